"""What a chosen value asks of the rows: the filters of django-filter that the lists are made of."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from brands.figures.sums import of_kinds
from brands.listing.fields import (
    UNKNOWN,
    BatchField,
    BoundField,
    KnownField,
    ProgramField,
    RegionCodeField,
    SeriesField,
    TypedField,
    ValuesField,
    YearField,
)
from brands.models import CardLink
from brands.models.region import COUNTRY
from brands.vocabulary.adcodes import adcode_range


class ValuesFilter(django_filters.MultipleChoiceFilter):  # type: ignore[misc]
    """Rows that have any of the chosen values in `field_name`. `faceted`: the list offers the values with counts."""

    field_class: type[ValuesField] = ValuesField
    faceted = True

    def __init__(self, field_name: str, choices: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(field_name=field_name, choices=[*choices, (UNKNOWN, _("未见报道"))], distinct=False, **options)

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(reduce(or_, map(self.condition, value))) if value else qs

    def condition(self, value: str) -> Q:
        return Q(**{self.field_name: "" if value == UNKNOWN else value})


class KnownFilter(ValuesFilter):
    """One of values that every row has: nothing is unknown."""

    field_class: type[ValuesField] = KnownField


class RegionFilter(ValuesFilter):
    """Rows of the chosen divisions and all in them; `field_name` holds a code. The country means what is said of the
    country itself: all that lies in it is what no choice at all gives."""

    field_class = RegionCodeField

    def condition(self, value: str) -> Q:
        if value == UNKNOWN:
            return Q(**{f"{self.field_name}__isnull": True})
        if value == COUNTRY:
            return Q(**{self.field_name: COUNTRY})
        first, after = adcode_range(value)
        return Q(**{f"{self.field_name}__gte": first, f"{self.field_name}__lt": after})


def in_division(adcode: str) -> Q:
    """The cards of a division and all in it; of the country, those of the country itself."""
    column = "province" if adcode.endswith("0000") else "prefecture" if adcode.endswith("00") else "adcode"
    return Q(**{column: adcode})


class CardRegionFilter(RegionFilter):
    """The same over cards, which name the province and the prefecture: one value, and its list is read off an index."""

    def condition(self, value: str) -> Q:
        return Q(adcode="") if value == UNKNOWN else in_division(value)


class YearFilter(ValuesFilter):
    """Rows of the chosen years; `field_name` holds a year or nothing."""

    field_class = YearField

    def condition(self, value: str) -> Q:
        return Q(**{f"{self.field_name}__isnull": True} if value == UNKNOWN else {self.field_name: int(value)})


class RecognitionBatchFilter(ValuesFilter):
    field_class = BatchField


class SeriesFilter(ValuesFilter):
    field_class = SeriesField


class SubjectFilter(KnownFilter):
    """Statistics of the chosen kinds of subject."""

    def condition(self, value: str) -> Q:
        return Q(**{f"{value}__isnull": False})


class SumFilter(KnownFilter):
    """Statistics that add up to the chosen sums over brands."""

    faceted = False

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return of_kinds(qs, value) if value else qs


class LinkFilter(KnownFilter):
    """Cards with any of the chosen values among their links of the facet `field_name`."""

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        links = CardLink.objects.filter(facet=self.field_name, value__in=value)
        return qs.filter(pk__in=links.values("card")) if value else qs


class ProgramFilter(LinkFilter):
    field_class = ProgramField


class BoundFilter(ValuesFilter):
    """Rows whose number is at least (gte) or at most (lte) the one given. What has no number is in no range."""

    field_class = BoundField
    faceted = False

    def condition(self, value: str) -> Q:
        known = Q(**{f"{self.field_name}__gte": 0})
        return known & Q(**{f"{self.field_name}__{self.lookup_expr}": int(value)})


class TypedFilter(ValuesFilter):
    """Rows that a search finds; the list itself asks for them."""

    field_class = TypedField
    faceted = False

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs
