"""Lists that no page has: divisions, and evidence by itself. In the order of their keys, from behind `after`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

import django_filters
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from brands.api import records
from brands.api.conventions import OpenView
from brands.api.description import described_plain_list
from brands.api.lists import Paging, cut, no_such, refuse_after
from brands.api.parameters import ADCODE, KEY
from brands.api.pieces import Record, evidence_of_facts, pieces, pieces_behind
from brands.api.problems import Fault, Refused
from brands.api.serializers import EvidenceOfFactSerializer, RegionSerializer
from brands.data_version import kept
from brands.listing.address import Address, full
from brands.models import Article, Card, Evidence, Program, Region, Statistic
from brands.vocabulary.choices import RegionLevel


class HolderFilter(django_filters.CharFilter):  # type: ignore[misc]
    """Rows that belong to what a key names. Only one of `holders`, told by their column `told_by`, names anything."""

    def __init__(self, holders: Callable[[], QuerySet[Any]], pattern: str = KEY, *, told_by: str = "pk") -> None:
        super().__init__(validators=[RegexValidator(f"^{pattern}$")])
        self.holders, self.told_by = holders, told_by

    def names_one(self, value: str) -> bool:
        return self.holders().filter(**{self.told_by: value}).exists()


class RegionFilters(django_filters.FilterSet):  # type: ignore[misc]
    parent = HolderFilter(Region.objects.all, ADCODE)
    level = django_filters.ChoiceFilter(choices=RegionLevel.choices)


class EvidenceFilters(django_filters.FilterSet):  # type: ignore[misc]
    brand = HolderFilter(Card.objects.all)
    program = HolderFilter(Program.objects.published)
    statistic = HolderFilter(Statistic.objects.published)
    article = HolderFilter(Article.objects.published)
    field = HolderFilter(Evidence.objects.public, "[a-z_]+", told_by="field")


def _faults(errors: Mapping[str, Iterable[object]]) -> list[Fault]:
    return [(name, " ".join(map(str, told))) for name, told in errors.items()]


def _missing(chosen: Any) -> Iterable[Fault]:
    """The values of such filters that name nothing."""
    for name, rule in chosen.filters.items():
        value = chosen.form.cleaned_data[name]
        if value and isinstance(rule, HolderFilter) and not rule.names_one(value):
            yield no_such(name, value)


def faults_of(chosen: Any) -> list[Fault]:
    """What can't be followed of what was given to such filters."""
    return _faults(chosen.errors) or list(_missing(chosen))


class PlainListView(OpenView):
    """A list with plain filters. Subclasses say which, what rows become, and the field of these that is the key."""

    filters: ClassVar[Any]
    serializer: ClassVar[type[Serializer[Any]]]
    key: ClassVar[str] = "id"

    def known_parameters(self) -> tuple[str, ...]:
        return (*self.filters.base_filters, "after", "limit", "fields")

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def made(self, request: HttpRequest, rows: QuerySet[Any]) -> list[Record]:
        raise NotImplementedError

    def get(self, request: Request) -> Response:
        paging = Paging.of(request.query_params, self.serializer._declared_fields)
        if request.query_params.keys().isdisjoint(self.filters.base_filters):
            refuse_after(paging.after)
            total, found = self.whole(request, paging.after, paging.limit + 1)
        else:
            total, found = self._filtered(request, paging)
        more, found = found[paging.limit :], found[: paging.limit]
        answer = {
            "count": total,
            "next": self._next(request, found[-1][self.key]) if more else None,
            "results": [cut(record, paging.fields) for record in found],
        }
        return Response(answer)

    def whole(self, request: HttpRequest, after: str, count: int) -> tuple[int, list[Record]]:
        """How many records the whole list has, and the first `count` behind the one with the key `after`."""
        rows = self.rows().filter(pk__gt=after) if after else self.rows()
        return _count(type(self).__name__), self.made(request, rows.order_by("pk")[:count])

    def _filtered(self, request: Request, paging: Paging) -> tuple[int, list[Record]]:
        """How many records the filters choose, and those that are asked for, with one more where there is one."""
        chosen = self.filters(request.query_params, self.rows())
        refuse_after(paging.after, _faults(chosen.errors))
        missing = list(_missing(chosen))
        if missing:
            raise Refused(missing, missing=True)
        rows = chosen.qs.filter(pk__gt=paging.after) if paging.after else chosen.qs
        return chosen.qs.count(), self.made(request, rows.order_by("pk")[: paging.limit + 1])

    def _next(self, request: Request, last: Any) -> str:
        kept = [(name, str(value)) for name, value in request.query_params.items() if value and name != "after"]
        return full(request, Address(request.path, self.known_parameters(), (*kept, ("after", str(last)))).url)


@kept
def _count(name: str) -> int:
    """How many records the whole list has, which each answer tells: to count all evidence takes half a second."""
    view = next(view for view in PlainListView.__subclasses__() if view.__name__ == name)
    return view().rows().count()


@described_plain_list(RegionSerializer, RegionFilters)
class RegionsView(PlainListView):
    """Administrative divisions after GB/T 2260 in the order of their codes; from the country down with `parent`."""

    filters, serializer, key = RegionFilters, RegionSerializer, "adcode"

    def rows(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = Region.objects.values(*records.REGION_COLUMNS)
        return rows

    def made(self, request: HttpRequest, rows: QuerySet[Any]) -> list[Record]:
        return records.regions(request, rows)


@described_plain_list(EvidenceOfFactSerializer, EvidenceFilters)
class EvidenceView(PlainListView):
    """The sentences that say public facts, each with its offsets in the page, its article and its rule."""

    filters, serializer = EvidenceFilters, EvidenceOfFactSerializer

    def rows(self) -> QuerySet[Any]:
        return Evidence.objects.public()

    def made(self, request: HttpRequest, rows: QuerySet[Any]) -> list[Record]:
        return evidence_of_facts(request, pieces(rows))

    def whole(self, request: HttpRequest, after: str, count: int) -> tuple[int, list[Record]]:
        return _count(type(self).__name__), evidence_of_facts(request, pieces_behind(int(after or 0), count))
