"""Lists that no page has: divisions, and evidence by itself. In the order of their keys, from behind `after`."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import django_filters
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from brands.api import records
from brands.api.conventions import OpenView
from brands.api.description import described_plain_list
from brands.api.lists import Paging, cut, refuse_after
from brands.api.problems import Fault
from brands.api.serializers import EvidenceOfFactSerializer, RegionSerializer
from brands.listing.address import Address, full
from brands.models import Evidence, Region
from brands.vocabulary.choices import RegionLevel

# Largest key that a column of the database holds.
_LARGEST = 2**63 - 1


def _key_filter(name: str) -> Any:
    return django_filters.NumberFilter(name, min_value=1, max_value=_LARGEST)


def _text_filter(name: str, pattern: str) -> Any:
    return django_filters.CharFilter(name, validators=[RegexValidator(pattern)])


class RegionFilters(django_filters.FilterSet):  # type: ignore[misc]
    parent = _text_filter("parent", "^[1-9][0-9]{5}$")
    level = django_filters.ChoiceFilter(choices=RegionLevel.choices)


class EvidenceFilters(django_filters.FilterSet):  # type: ignore[misc]
    brand = _key_filter("brand")
    program = _key_filter("program")
    statistic = _key_filter("statistic")
    article = _key_filter("article")
    field = _text_filter("field", "^[a-z_]+$")


def _faults(errors: Mapping[str, Iterable[object]]) -> list[Fault]:
    return [(name, " ".join(map(str, told))) for name, told in errors.items()]


class PlainListView(OpenView):
    """A list with plain filters. Subclasses say which, and what rows become."""

    filters: ClassVar[Any]
    serializer: ClassVar[type[Serializer[Any]]]

    def known_parameters(self) -> tuple[str, ...]:
        return (*self.filters.base_filters, "after", "limit", "fields")

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def made(self, request: Request, rows: list[Any]) -> list[records.Record]:
        raise NotImplementedError

    def get(self, request: Request) -> Response:
        paging = Paging.of(request.query_params, self.serializer._declared_fields)
        chosen = self.filters(request.query_params, self.rows())
        refuse_after(paging.after, _faults(chosen.errors))
        rows = chosen.qs.filter(pk__gt=paging.after) if paging.after else chosen.qs
        found = list(rows.order_by("pk")[: paging.limit + 1])
        more, found = found[paging.limit :], found[: paging.limit]
        answer = {
            "count": chosen.qs.count(),
            "next": self._next(request, found[-1].pk) if more else None,
            "results": [cut(record, paging.fields) for record in self.made(request, found)],
        }
        return Response(answer)

    def _next(self, request: Request, last: Any) -> str:
        kept = [(name, str(value)) for name, value in request.query_params.items() if value and name != "after"]
        return full(request, Address(request.path, self.known_parameters(), (*kept, ("after", str(last)))).url)


@described_plain_list(RegionSerializer, RegionFilters)
class RegionsView(PlainListView):
    """Administrative divisions after GB/T 2260 in the order of their codes; from the country down with `parent`."""

    filters, serializer = RegionFilters, RegionSerializer

    def rows(self) -> QuerySet[Any]:
        return Region.objects.all()

    def made(self, request: Request, rows: list[Any]) -> list[records.Record]:
        return records.regions(request, rows)


@described_plain_list(EvidenceOfFactSerializer, EvidenceFilters)
class EvidenceView(PlainListView):
    """The sentences that say public facts, each with its offsets in the page, its article and its rule."""

    filters, serializer = EvidenceFilters, EvidenceOfFactSerializer

    def rows(self) -> QuerySet[Any]:
        return Evidence.objects.public().filter(article__relevant=True).with_words()

    def made(self, request: Request, rows: list[Any]) -> list[records.Record]:
        return records.evidence_of_facts(request, rows)
