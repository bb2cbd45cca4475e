"""Lists and single records of each kind, searches, and what stands where nothing is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import resolve, reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from brands.api import records
from brands.api.conventions import OpenView
from brands.api.description import described_history, described_list, described_record, described_search
from brands.api.history import entries
from brands.api.listed import LISTS
from brands.api.lists import PAGING, cut, fields_of, no_such, of_listing
from brands.api.parameters import is_one
from brands.api.pieces import Record
from brands.api.problems import Fault, Gone, Refused
from brands.api.serializers import (
    ArticleDetailSerializer,
    ArticleSerializer,
    BrandDetailSerializer,
    BrandSerializer,
    HistoryEntrySerializer,
    ProgramDetailSerializer,
    ProgramSerializer,
    RegionDetailSerializer,
    SearchSerializer,
    StatisticSerializer,
    SuggestionsSerializer,
)
from brands.audit.redirects import departure, heir_of
from brands.listing import ArticleList, BrandList, ProgramList, StatisticList
from brands.listing.address import full
from brands.models import Article, Brand, Card, DocumentKind, Program, Region, Statistic
from brands.search import hits
from brands.search.query import QueryError, visible
from brands.search.suggest import suggest

Kind = type[Serializer[Any]]


class ListView(OpenView):
    """The records of a list of the pages."""

    name: ClassVar[str]
    serializer: ClassVar[Kind]

    def known_parameters(self) -> tuple[str, ...]:
        return (*LISTS[self.name].listing.base_filters, "sort", *PAGING)

    def repeatable_parameters(self) -> tuple[str, ...]:
        rules = LISTS[self.name].listing.base_filters.items()
        return tuple(name for name, rule in rules if not is_one(rule.field))

    def get(self, request: Request) -> Response:
        return Response(of_listing(request, LISTS[self.name], self.serializer._declared_fields))


class RecordView(OpenView):
    """One record, with all that belongs to it."""

    parameters = ("fields",)
    serializer: ClassVar[Kind]

    def record(self, request: Request, key: int | str) -> Record:
        """Raises `Http404` or `Gone` where there is none that is public."""
        raise NotImplementedError

    def get(self, request: Request, key: int | str) -> Response:
        faults: list[Fault] = []
        fields = fields_of(request.query_params, self.serializer._declared_fields, faults)
        if faults:
            raise Refused(faults)
        try:
            found = self.record(request, key)
        except _MovedError as moved:
            return Response(status=301, headers={"Location": full(request, moved.address)})
        return Response(cut(found, fields))


class _MovedError(Exception):
    """The record was merged into the one at `address`."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@described_history
class HistoryView(OpenView):
    """What the audit log says of a public record."""

    def get(self, request: Request, kind: str, key: int) -> Response:
        rows: Mapping[str, Any] = {
            "brand": Card.objects,
            "program": Program.objects.published(),
            "statistic": Statistic.objects.published(),
        }
        if not rows[kind].filter(pk=key).exists():
            raise Http404
        return Response({"results": HistoryEntrySerializer(entries(kind, key), many=True).data})


@described_list(BrandSerializer, BrandList)
class BrandsView(ListView):
    """Labour brands, as the page /brands/ lists them."""

    name, serializer = "brands", BrandSerializer


@described_record(BrandDetailSerializer)
class BrandView(RecordView):
    """One labour brand with all that is public of it. 301 to the one it was merged into; 410 where it was withdrawn."""

    serializer = BrandDetailSerializer

    def record(self, request: Request, key: int | str) -> Record:
        card = Card.objects.values(*records.CARD_COLUMNS).filter(pk=key).first()
        if card is not None:
            return records.brand(request, card)
        if heir := heir_of(Brand, int(key)):
            raise _MovedError(reverse("brands:api_brand", args=[heir.pk]))
        if gone := departure(int(key)):
            raise Gone(f"{gone[0]}: {gone[1].label}")
        raise Http404


@described_list(StatisticSerializer, StatisticList)
class StatisticsView(ListView):
    """Numbers with what they measure, as the page /statistics/ lists them, each with its sentences."""

    name, serializer = "statistics", StatisticSerializer


@described_record(StatisticSerializer)
class StatisticView(RecordView):
    """One number."""

    serializer = StatisticSerializer

    def record(self, request: Request, key: int | str) -> Record:
        found = get_object_or_404(Statistic.objects.published().values(*records.STATISTIC_COLUMNS), pk=key)
        return records.statistics(request, [found])[0]


@described_list(ProgramSerializer, ProgramList)
class ProgramsView(ListView):
    """Policies and events, as the page /programs/ lists them."""

    name, serializer = "programs", ProgramSerializer


@described_record(ProgramDetailSerializer)
class ProgramView(RecordView):
    """One policy or event, with the brands and divisions that it concerns, and its numbers."""

    serializer = ProgramDetailSerializer

    def record(self, request: Request, key: int | str) -> Record:
        found = Program.objects.published().values(*records.PROGRAM_COLUMNS).filter(pk=key).first()
        if found is not None:
            return records.program(request, found)
        if heir := heir_of(Program, int(key)):
            raise _MovedError(reverse("brands:api_program", args=[heir.pk]))
        raise Http404


@described_list(ArticleSerializer, ArticleList)
class ArticlesView(ListView):
    """Articles on labour brands, as the page /articles/ lists them: a story once, without its reprints."""

    name, serializer = "articles", ArticleSerializer


@described_record(ArticleDetailSerializer)
class ArticleView(RecordView):
    """One article, with the sentences in it that say public facts."""

    serializer = ArticleDetailSerializer

    def record(self, request: Request, key: int | str) -> Record:
        found = get_object_or_404(Article.objects.published().values(*records.ARTICLE_COLUMNS), pk=key)
        return records.article(request, found)


@described_record(RegionDetailSerializer)
class RegionView(RecordView):
    """One division, with those that hold it and those right below it."""

    serializer = RegionDetailSerializer

    def record(self, request: Request, key: int | str) -> Record:
        return records.region(request, get_object_or_404(Region.objects.select_related("parent__parent"), pk=key))


@described_search(SearchSerializer)
class SearchView(OpenView):
    """What the search finds, by kind, as the page /search/ does."""

    parameters = ("q", "kind")

    def get(self, request: Request) -> Response:
        typed, kind = request.query_params.get("q", ""), request.query_params.get("kind", "")
        if kind not in {"", *DocumentKind.values}:
            raise Refused([no_such("kind", kind)])
        told: Record = {"query": visible(typed), "corrected": None, "complaints": [], "groups": []}
        try:
            found = hits.answer(typed, kinds=[DocumentKind(kind)] if kind else tuple(DocumentKind))
        except QueryError as error:
            return Response(SearchSerializer(told | {"complaints": [str(error)]}).data)
        told |= {"query": found.typed, "corrected": found.corrected or None}
        told["groups"] = [_group(request, group) for group in found.groups]
        return Response(SearchSerializer(told).data)


def _group(request: Request, group: hits.HitGroup) -> Record:
    found: list[Record] = [
        {"type": hit.type.value, "key": hit.id, "name": hit.name, "url": full(request, hit.url)}
        | {"snippet": hit.snippet or None}
        for hit in group.hits
    ]
    return {"type": group.kind.value, "total": group.total, "at_least": group.at_least, "hits": found}


@described_search(SuggestionsSerializer, kinds=False)
class SuggestionsView(OpenView):
    """Names that begin with what was typed, or hold it."""

    parameters = ("q",)

    def get(self, request: Request) -> Response:
        typed = request.query_params.get("q", "")
        found = [
            {"type": one.kind.value, "name": one.name, "place": one.place or None, "url": full(request, one.url)}
            for one in suggest(typed)
        ]
        return Response(SuggestionsSerializer({"query": visible(typed), "suggestions": found}).data)


@extend_schema(exclude=True)
class NothingView(OpenView):
    """What stands at every other address of the interface: a problem document; where just the slash at the end was left
    out, the way to what is meant."""

    def faults(self, _name: str, _values: Sequence[str]) -> Iterable[Fault]:
        return ()

    def get(self, request: Request, **_path: Any) -> Response:
        meant = resolve(f"{request.path_info}/").func
        if getattr(meant, "view_class", None) is NothingView:
            raise Http404
        return Response(status=301, headers={"Location": request.get_full_path(force_append_slash=True)})
