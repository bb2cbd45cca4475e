"""A list that can be filtered and sorted: the one thing that pages, facets and the API ask."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext

from brands.listing.address import Address
from brands.listing.fields import MAX_VALUES, UNKNOWN, no_such, not_known
from brands.listing.filters import BoundFilter, RegionFilter
from brands.listing.regions import Place, counts_by_region, tree


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value: what it is called, of which facet, and the address without it."""

    facet: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Range:
    """Two numbers that a reader may fill in: the parameters, and what they hold."""

    label: str
    unit: str
    least: str
    most: str
    least_value: str
    most_value: str


@dataclass(frozen=True, slots=True)
class Removal:
    """What an empty list becomes without one of its filters: so many rows, at this address."""

    facet: str
    label: str
    count: int
    url: str


class Listing(django_filters.FilterSet):  # type: ignore[misc]
    """A list that can be filtered and sorted. `orders` maps the values of ``sort`` to what they are called and the
    columns; the first is the default. `ranges` maps a number to what it is called and its unit; its parameters are
    ``NAME_min`` and ``NAME_max``."""

    _choices: dict[str, list[str]]
    _refused: dict[str, list[str]]

    orders: ClassVar[dict[str, tuple[Any, tuple[Any, ...]]]]
    ranges: ClassVar[dict[str, tuple[Any, Any]]] = {}

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], *, path: str) -> None:
        """Without a call of django-filter's own: it copies all filters and makes a class of form for each request,
        which takes longer than the answer of the database. Filters and their fields keep nothing of a request."""
        self.data = data
        self.queryset = queryset
        self.filters = self.base_filters
        self._choices, self._refused = {}, {}
        for name, rule in self.filters.items():
            given = list(dict.fromkeys(part.strip() for part in data.getlist(name) if part.strip()))
            known = rule.field.accept(given[:MAX_VALUES]) if given else []
            self._choices[name] = known
            self._refused[name] = [part for part in given if part not in known] if len(known) < len(given) else []
        self.ways = self.offered()
        self._crossed = {name: self._typed(name) for name in self.ranges if self._is_crossed(name)}
        for name in self._crossed:
            self._choices[f"{name}_min"] = self._choices[f"{name}_max"] = []
        chosen = [(name, value) for name in self.filters for value in self.chosen(name)]
        self.address = Address(path, (*self.filters, "sort", "page"), (*chosen, *self._sort_pairs()))

    def chosen(self, name: str) -> list[str]:
        """The accepted values of one filter."""
        return self._choices[name]

    # Rows and counts

    def rows(self, *, but: str = "") -> QuerySet[Any]:
        """What the choices select, in no order; without the choices of the filter `but`."""
        rows: QuerySet[Any] = self.queryset.all()
        for name, rule in self.filters.items():
            if name != but and self._choices[name]:
                rows = rule.filter(rows, self._choices[name])
        return rows

    def ordered(self) -> QuerySet[Any]:
        """What the choices select, in the chosen order."""
        return self.rows().order_by(*self.ways[self.sort][1])

    def slice(self, start: int, stop: int) -> Sequence[Any]:
        """Rows of the chosen order, from `start` up to `stop`."""
        return list(self.ordered()[start:stop])

    def total(self, *, but: str = "") -> int:
        """How many rows the choices select; without the choices of the filter `but`."""
        return self.rows(but=but).count()

    def counts(self, name: str) -> Counter[str]:
        """How many rows each value of a facet has, whatever is chosen of it. Divisions count for
        all that lies in them."""
        column = self.filters[name].field_name
        rows = self.rows(but=name).order_by().values_list(column).annotate(rows=Count("pk"))
        counts = Counter({UNKNOWN if value in {None, ""} else str(value): count for value, count in rows})
        return counts_by_region(counts) if isinstance(self.filters[name], RegionFilter) else counts

    def counted(self, name: str) -> bool:
        """Whether `counts` holds numbers for a facet, and not only which values there are."""
        return True

    def is_cut(self, name: str) -> bool:
        """Whether `counts` holds only the most frequent values of a facet."""
        return False

    @cached_property
    def places(self) -> list[Place]:
        """The divisions that the facet of regions may show."""
        name = next(name for name, rule in self.filters.items() if isinstance(rule, RegionFilter))
        return tree(self.chosen(name))

    # Order

    def offered(self) -> Mapping[str, tuple[Any, tuple[Any, ...]]]:
        """Those of `orders` that make sense for the choices."""
        return self.orders

    @property
    def default_sort(self) -> str:
        return next(iter(self.ways))

    @property
    def sort(self) -> str:
        given = self.data.get("sort", "")
        return given if given in self.ways else self.default_sort

    def _sort_pairs(self) -> list[tuple[str, str]]:
        return [] if self.sort == self.default_sort else [("sort", self.sort)]

    def sorts(self) -> list[Chip]:
        """The ways to sort; the chosen one has no address."""
        base = self.address.only("sort", [])
        return [
            Chip(key, str(label), "" if key == self.sort else self._sorted_by(base, key))
            for key, (label, _columns) in self.ways.items()
        ]

    def _sorted_by(self, base: Address, key: str) -> str:
        return (base if key == self.default_sort else base.plus("sort", key)).url

    # Words

    @cached_property
    def complaints(self) -> list[str]:
        """What the address says that we can't follow, a sentence each."""
        told = not_known(self.data, self.address.keys)
        for name, rule in self.filters.items():
            told += [rule.field.complaint(rule.label, value) for value in self._refused[name]]
        told += [gettext("“%s”的下限大于上限，已忽略。") % self.ranges[name][0] for name in self._crossed]
        given = self.data.get("sort", "")
        if given.strip() and given not in self.ways:
            told.append(no_such(gettext("排序"), given))
        return told[:MAX_VALUES]

    @cached_property
    def _names(self) -> dict[str, Mapping[str, str]]:
        """What the chosen values are called, by filter."""
        return {
            name: self.filters[name].field.names(values)
            for name, values in self._choices.items()
            if values and name in self.filters
        }

    def label(self, name: str, value: str) -> str:
        """What a chosen value of a filter is called."""
        word = self._names[name].get(value, value)
        return f"{self.filters[name].label} {word}" if isinstance(self.filters[name], BoundFilter) else word

    def labels(self, name: str, values: Iterable[str]) -> Mapping[str, str]:
        """What values of a facet are called, in the order in which the facet shows them; some may not be shown."""
        names: Mapping[str, str] = self.filters[name].field.names(values)
        return names

    def chips(self) -> list[Chip]:
        """The chosen values, each with the address without it."""
        return [
            Chip(str(self.filters[name].label), self.label(name, value), self.address.minus(name, value).url)
            for name, values in self._choices.items()
            for value in values
        ]

    def saying(self) -> str:
        """The choices in words, for titles: 广西或广东 · 餐饮."""
        return " · ".join(self._said(name, values) for name, values in self._choices.items() if values)

    def _said(self, name: str, values: list[str]) -> str:
        return gettext("或").join(self.label(name, value) for value in values)

    def spans(self) -> list[Range]:
        """The ranges that a reader may fill in, with what is typed there, also where its ends are crossed."""
        return [
            Range(
                str(label),
                str(unit),
                f"{name}_min",
                f"{name}_max",
                *self._crossed.get(name, self._typed(name)),
            )
            for name, (label, unit) in self.ranges.items()
        ]

    def kept(self) -> list[tuple[str, str]]:
        """What the form of the ranges sends along: all that is chosen besides."""
        ends = {f"{name}_{end}" for name in self.ranges for end in ("min", "max")}
        return [(name, value) for name, value in self.address.pairs if name not in ends]

    def removals(self) -> list[Removal]:
        """For an empty list: each filter without which there are rows, the one that gives most first."""
        found = [
            Removal(
                str(self.filters[name].label),
                self._said(name, values),
                self.total(but=name),
                self.address.only(name, []).url,
            )
            for name, values in self._choices.items()
            if values
        ]
        return sorted((one for one in found if one.count), key=lambda one: -one.count)

    def _typed(self, name: str) -> tuple[str, str]:
        """The ends of a range; empty for none."""
        return "".join(self._choices[f"{name}_min"]), "".join(self._choices[f"{name}_max"])

    def _is_crossed(self, name: str) -> bool:
        least, most = self._typed(name)
        return bool(least and most) and int(least) > int(most)
