"""A list that can be filtered and sorted: the one thing that pages, facets and the API ask."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from pyroaring import BitMap64

from brands.listing.address import Address
from brands.listing.counts import FacetIndex, index_of
from brands.listing.fields import MAX_VALUES, no_such, not_known
from brands.listing.filters import BoundFilter, RegionFilter
from brands.listing.form import ListingForm
from brands.listing.keyset import behind
from brands.listing.orders import Column, Head, Order
from brands.listing.regions import Place, tree

# Rows of a page of a list, unless it says otherwise, and cards where another page shows some of many.
PAGE_SIZE = 24

# Characters of what is looked for in a facet; no name is longer.
SOUGHT = 60


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
    """A list that can be filtered and sorted: a FilterSet whose address may hold nonsense. `orders` maps the values of
    ``sort`` to orders; the first is the default. `columns` are those of a table whose heads sort it. `ranges` are those
    of the form."""

    orders: ClassVar[dict[str, Order]]
    columns: ClassVar[tuple[Column, ...]] = ()
    page_size: ClassVar[int] = PAGE_SIZE
    ranges: ClassVar[dict[str, tuple[Any, Any]]] = {}

    class Meta:
        form = ListingForm

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        queryset: QuerySet[Any] | None = None,
        *,
        path: str = "",
        request: HttpRequest | None = None,
    ) -> None:
        """`queryset` holds what is to be shown of the rows, which must be those of `all_rows`: they are counted."""
        super().__init__(data, self.all_rows() if queryset is None else queryset, request=request)
        self._choices: dict[str, list[str]] = {name: [] for name in self.filters}
        if self.is_bound:
            self.form.full_clean()
            self._choices = self.form.cleaned_data
        self.ways = self.offered()
        chosen = [(name, value) for name in self.filters for value in self.chosen(name)]
        self.address = Address(path, (*self.filters, "sort", "page"), (*chosen, *self._sort_pairs()))

    @classmethod
    def all_rows(cls) -> QuerySet[Any]:
        """The rows of the list before any choice."""
        raise NotImplementedError

    def get_form_class(self) -> type[forms.Form]:
        """Made once for all lists of a kind: that takes longer than the answer of the database."""
        kind = type(self)
        if kind not in _FORMS:
            fields = {name: rule.field for name, rule in self.base_filters.items()}
            _FORMS[kind] = type(f"{kind.__name__}Form", (self._meta.form,), {**fields, "ranges": self.ranges})
        return _FORMS[kind]

    def chosen(self, name: str) -> list[str]:
        """The accepted values of one filter."""
        return self._choices[name]

    # Rows and counts

    def ordered(self) -> QuerySet[Any]:
        """What the choices select, in the chosen order; what has no value there stands where the columns put it."""
        rows: QuerySet[Any] = self.qs.order_by(*self.ways[self.sort].columns)
        return rows

    def slice(self, start: int, stop: int) -> Sequence[Any]:
        """Rows of the chosen order, from `start` up to `stop`: those that have a value there, and then the others."""
        order = self.ways[self.sort]
        if order.nothing is None:
            return list(self.ordered()[start:stop])
        known = self.ordered().filter(order.known)
        rows = list(known[start:stop])
        if len(rows) == stop - start:
            return rows
        passed = start + len(rows) if rows or not start else known.count()
        others = self.qs.filter(order.unknown).order_by(*order.rest)
        return rows + list(others[max(start - passed, 0) : stop - passed])

    def following(self, key: int, count: int) -> Sequence[Any]:
        """At most `count` rows of the chosen order, from behind the one with this key. Raises `LookupError` where that
        is not among them."""
        order = self.ways[self.sort]
        if order.nothing is None:
            return behind(self.ordered(), order.columns, key, count)
        known = self.ordered().filter(order.known)
        others = self.qs.filter(order.unknown).order_by(*order.rest)
        if not known.filter(pk=key).exists():
            return behind(others, order.rest, key, count)
        rows = behind(known, order.columns, key, count)
        return rows + list(others[: count - len(rows)])

    def total(self, *, but: str = "") -> int:
        """How many rows the choices select; without the choices of the filter `but`."""
        return len(self.selected(but=but))

    def counts(self, name: str, values: Iterable[str] | None = None) -> Counter[str]:
        """How many rows each value of a facet has, or each of these, whatever is chosen of it. Divisions count for all
        that lies in them."""
        return self._index.counts(name, self.selected(but=name), values)

    def selected(self, *, but: str = "") -> BitMap64:
        """The keys of the rows that the choices select; without the choices of the filter `but`."""
        found = self._index.rows
        for name, values in self._choices.items():
            if values and name != but:
                found = found & self._having(name)
        return found

    def _having(self, name: str) -> BitMap64:
        """The keys of the rows that have what is chosen of a filter: the database is asked where no facet knows."""
        if name not in self._known:
            rule, values = self.filters[name], self._choices[name]
            if rule.faceted:
                self._known[name] = self._index.having(name, values, every=rule.every)
            else:
                rows = rule.filter(self.queryset.all(), values).order_by()
                self._known[name] = BitMap64(rows.values_list("pk", flat=True))
        return self._known[name]

    @cached_property
    def _known(self) -> dict[str, BitMap64]:
        return {}

    @cached_property
    def _index(self) -> FacetIndex:
        return index_of(type(self))

    @cached_property
    def places(self) -> list[Place]:
        """The divisions that the facet of regions may show."""
        name = next(name for name, rule in self.filters.items() if isinstance(rule, RegionFilter))
        return tree(self.chosen(name))

    # Order

    def offered(self) -> Mapping[str, Order]:
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
        """The ways to sort that no head of a column has; the chosen one has no address."""
        by_heads = {key for column in self.columns for key in (column.first, column.second)}
        return [
            Chip(key, str(order.label), "" if key == self.sort else self._sorted_by(key))
            for key, order in self.ways.items()
            if key not in by_heads
        ]

    def heads(self) -> list[Head]:
        """The heads of the columns, each with the address of the list sorted by it, or the other way round."""
        found = [column.head(self.ways, self.sort) for column in self.columns]
        return [replace(head, url=self._sorted_by(head.order)) for head in found]

    def _sorted_by(self, key: str) -> str:
        base = self.address.only("sort", [])
        return (base if key == self.default_sort else base.plus("sort", key)).url

    # Words

    def sought(self, name: str) -> str:
        """What is looked for among the values of this facet: ``facet`` names the facet, or means all where it is
        missing, and ``find`` has the words. Neither changes the rows, so no address of the list holds them."""
        words = self.data.get("find", "") if self.data.get("facet", name) == name else ""
        return "".join(c for c in words.strip()[:SOUGHT] if c.isprintable())

    @cached_property
    def complaints(self) -> list[str]:
        """What the address says that we can't follow, a sentence each."""
        told = not_known(self.data, (*self.address.keys, "facet", "find"))
        told += [sentence for errors in self.errors.values() for sentence in errors]
        given = self.data.get("sort", "")
        if given.strip() and given not in self.ways:
            told.append(no_such(gettext("排序"), given))
        among = self.data.get("facet", "")
        if among.strip() and not (among in self.filters and self.filters[among].faceted):
            told.append(no_such(gettext("筛选"), among))
        return told[:MAX_VALUES]

    @cached_property
    def refused(self) -> list[tuple[str, str]]:
        """What the address says that we can't follow: each parameter that we don't know, with an empty value, and of
        those that we know each value that there isn't, or that choices together make impossible."""
        told = [(name, "") for name in self.data if name not in (*self.address.keys, "facet", "find")]
        for name in filter(self.data.__contains__, self.filters):
            values = self.form.fields[name].refused(self.form[name].data, self.chosen(name))
            told += [(name, value) for value in values]
        offered = {"sort": [*self.ways], "facet": [name for name, rule in self.filters.items() if rule.faceted]}
        given = [(name, self.data.get(name, "")) for name in offered]
        return told + [(name, value) for name, value in given if value.strip() and value not in offered[name]]

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
        word = gettext("且") if self.filters[name].every else gettext("或")
        return word.join(self.label(name, value) for value in values)

    def spans(self) -> list[Range]:
        """The ranges that a reader may fill in, with what is typed there, also where its ends are crossed."""
        return [
            Range(
                str(label),
                str(unit),
                f"{name}_min",
                f"{name}_max",
                *self._typed(name),
            )
            for name, (label, unit) in self.ranges.items()
        ]

    def kept(self) -> list[tuple[str, str]]:
        """What the form of the ranges sends along: all that is chosen besides."""
        ends = {f"{name}_{end}" for name in self.ranges for end in ("min", "max")}
        return [(name, value) for name, value in self.address.pairs if name not in ends]

    def choices(self) -> list[tuple[str, str]]:
        """What the form of a facet sends along: all that is chosen."""
        return list(self.address.pairs)

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
        crossed: dict[str, tuple[str, str]] = self.form.crossed if self.is_bound else {}
        return crossed.get(name) or ("".join(self._choices[f"{name}_min"]), "".join(self._choices[f"{name}_max"]))


_FORMS: dict[type[Listing], type[forms.Form]] = {}
