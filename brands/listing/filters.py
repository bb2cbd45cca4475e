"""What a chosen value asks of the rows: the filters of django-filter that the lists are made of."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from brands.figures.sums import of_kinds
from brands.listing.fields import (
    UNKNOWN,
    BoundField,
    BrandField,
    DestinationField,
    KnownField,
    PrintedField,
    ProgramField,
    RegionCodeField,
    StatisticField,
    TypedField,
    ValuesField,
    YearField,
)
from brands.models import CardLink
from brands.models.card import among
from brands.models.region import COUNTRY
from brands.vocabulary.adcodes import adcode_range, lineage


class ValuesFilter(django_filters.MultipleChoiceFilter):  # type: ignore[misc]
    """Rows that have any of the chosen values in `field_name`. `faceted`: the list offers the values with counts, of
    which the `most` frequent are shown, 0 for all. `every`: a row must have all that are chosen, instead of any.
    `links`: where the values stand in no column of the row, what reads pairs of a value and the key of a row."""

    field_class: type[ValuesField] = ValuesField
    faceted = True
    every = False
    links: ClassVar[Callable[[Any], Iterable[tuple[str, int]]] | None] = None

    def __init__(self, field_name: str, choices: Iterable[Any] = (), *, most: int = 0, **options: Any) -> None:
        super().__init__(field_name=field_name, choices=[*choices, (UNKNOWN, _("未注明"))], distinct=False, **options)
        self.most = most

    def __deepcopy__(self, memo: object) -> Self:
        """A copy for one list, with the same field, which keeps nothing of a request and has hundreds of choices."""
        self.field  # noqa: B018  made once, and then shared
        own = self.__class__.__new__(self.__class__)  # copy() takes four times as long, for twenty filters a list
        own.__dict__.update(self.__dict__)
        return own

    def values_of(self, stored: Any) -> Iterable[str]:
        """The values of the facet that a row with this in its column counts for."""
        return (UNKNOWN if stored in {None, ""} else str(stored),)

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

    def values_of(self, stored: Any) -> Iterable[str]:
        """The division, and those that hold it."""
        return lineage(stored) if stored else (UNKNOWN,)


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


class DateFilter(YearFilter):
    """Rows of the chosen years; `field_name` holds a day or nothing."""

    def condition(self, value: str) -> Q:
        return super().condition(value) if value == UNKNOWN else Q(**{f"{self.field_name}__year": int(value)})

    def values_of(self, stored: Any) -> Iterable[str]:
        return (str(stored.year) if stored else UNKNOWN,)


class PrintedFilter(ValuesFilter):
    """Cards with any of the chosen words, as the papers print them, in `field_name`."""

    field_class = PrintedField

    def __init__(self, field_name: str, **options: Any) -> None:
        super().__init__(field_name, column=field_name, **options)


class SeriesFilter(ValuesFilter):
    field_class = BrandField


class HeldFilter(KnownFilter):
    """Cards that have all that is chosen: `field_name` names what a card has, separated by blanks."""

    every = True

    def values_of(self, stored: Any) -> Iterable[str]:
        return str(stored).split()

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(*(Q(**{f"{self.field_name}__contains": one}) for one in value))


class SubjectFilter(KnownFilter):
    """Statistics of the chosen kinds of subject; `field_name` holds the kind, and a column of its name the key."""

    def condition(self, value: str) -> Q:
        return Q(**{f"{value}__isnull": False})


class TradeFilter(KnownFilter):
    """Statistics of brands of the chosen trades; `field_name` leads to the trade, which other subjects don't have."""

    def values_of(self, stored: Any) -> Iterable[str]:
        return (str(stored),) if stored else ()


class SumFilter(KnownFilter):
    """Statistics that add up to the chosen sums over brands."""

    faceted = False

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return of_kinds(qs, value) if value else qs


class LinkFilter(KnownFilter):
    """Cards with any of the chosen values among their links of the facet `field_name`."""

    def links(self) -> Iterable[tuple[str, int]]:
        return CardLink.objects.filter(facet=self.field_name).values_list("value", "card")

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        if not value:
            return qs
        links = CardLink.objects.filter(facet=self.field_name, value__in=value)
        return qs.filter(pk__in=links.values("card"))


class ProgramFilter(LinkFilter):
    field_class = ProgramField


class DestinationFilter(LinkFilter):
    """Brands whose people work in any of the chosen provinces or countries."""

    field_class = DestinationField


class StatisticBrandFilter(ValuesFilter):
    """Statistics of the brands with any of the chosen numbers; `field_name` holds the number. No facet: each brand has
    a page of its own."""

    field_class = BrandField
    faceted = False


class StatisticProgramFilter(StatisticBrandFilter):
    """The same of programs."""

    field_class = ProgramField


class StatisticFilter(StatisticBrandFilter):
    """The statistics with any of the chosen numbers themselves."""

    field_class = StatisticField


class BoundFilter(ValuesFilter):
    """Rows whose number is at least (gte) or at most (lte) the one given. What has no number is in no range."""

    field_class = BoundField
    faceted = False

    def condition(self, value: str) -> Q:
        known = Q(**{f"{self.field_name}__gte": 0})
        return known & Q(**{f"{self.field_name}__{self.lookup_expr}": int(value)})


class TypedFilter(ValuesFilter):
    """Rows that the search of the list finds (`matching`)."""

    field_class = TypedField
    faceted = False

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(pk__in=among(self.parent.matching.pks)) if value else qs
