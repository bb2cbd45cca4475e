"""What a list can be narrowed to: each value with the number of rows that its address gives.

A facet's own choices don't change its counts. The counts are the listing's; rows are never looped over here.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.utils.translation import get_language

from brands.listing import UNKNOWN, Listing, RegionFilter, YearFilter
from brands.listing.address import Slot
from brands.listing.fields import known
from brands.listing.filters import DestinationFilter
from brands.listing.regions import named, opened
from brands.models.region import COUNTRY
from brands.vocabulary.adcodes import lineage

# Values of a facet that are shown at once, besides those chosen; the rest is folded.
TOP = 6

# A facet with more values than these has a field to look for one.
MANY = 20

# Values at most that are shown of those that were looked for.
FOUND = 30

_ADCODE = re.compile(r"[1-9][0-9]{5}")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """`url` shows the rows of this value alone, `count` of them. While others are chosen, `also` adds it to them;
    when it is chosen itself, `off` takes it away. `held`: it is chosen or holds a choice. `depth` is the level in a
    tree, from 0; `lang` is the language of the label where it is not the page's: names are Chinese whatever that is."""

    value: str
    label: str
    count: int
    url: str
    selected: bool
    also: str = ""
    off: str = ""
    held: bool = False
    depth: int = 0
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """`more`: there are other values, each with no more rows than those here that are not chosen. `sought`: the words
    that a reader looks for among all values, of which those here have them."""

    name: str
    label: str
    values: list[FacetValue]
    chosen: bool
    more: bool = False
    sought: str = ""
    searchable: bool = False

    @property
    def first(self) -> list[FacetValue]:
        """What is shown at once: what is held, and `TOP` others; one that were left alone is no reason to fold."""
        return self.values if self._cut >= len(self.values) - 1 else self.values[: self._cut]

    @property
    def rest(self) -> list[FacetValue]:
        """What is shown on demand."""
        return self.values[len(self.first) :]

    @property
    def _cut(self) -> int:
        return len(self.values) if self.sought else TOP + sum(value.held for value in self.values)


def facets(listing: Listing, *, only: str = "") -> list[Facet]:
    """The facets of a list, or the only one of this name, in the order of its filters; none of which nothing is
    known."""
    names = [name for name, rule in listing.filters.items() if rule.faceted and only in {"", name}]
    found = [_facet(listing, name) for name in names]
    return [facet for facet in found if facet.chosen or facet.sought or _tells(facet)]


def useful(listing: Listing) -> list[Facet]:
    """Those facets of which a choice would change the list, in the same order, but that those with a choice lead."""
    total = listing.total()
    found = [facet for facet in facets(listing) if facet.chosen or facet.sought or _narrows(facet, total)]
    return sorted(found, key=lambda facet: not facet.chosen)


def _tells(facet: Facet) -> bool:
    return any(value.value != UNKNOWN for value in facet.values)


def _narrows(facet: Facet, total: int) -> bool:
    return any(value.value != UNKNOWN and 0 < value.count < total for value in facet.values)


def _facet(listing: Listing, name: str) -> Facet:
    rule = listing.filters[name]
    sought = listing.sought(name)
    chosen = bool(listing.chosen(name))
    if isinstance(rule, RegionFilter):
        values = _regions_named(listing, name, sought) if sought else _region_values(listing, name)
        return Facet(name, str(rule.label), values, chosen, sought=sought, searchable=True)
    counts = listing.counts(name)
    values = _values_named(listing, name, counts, sought) if sought else _flat_values(listing, name, counts)
    more = not sought and 0 < rule.most < len(counts)
    return Facet(name, str(rule.label), values, chosen, more, sought, searchable=len(counts) > MANY)


def _flat_values(listing: Listing, name: str, counts: Counter[str]) -> list[FacetValue]:
    offered = counts.most_common(listing.filters[name].most or None)  # of equals, the first in the order of values
    chosen = listing.chosen(name)
    values = {value for value, _count in offered}.union(chosen)
    labels = listing.labels(name, values)
    maker = _Maker(listing, name)
    ordered = [value for value in _in_order(listing, name, values, counts) if value in labels]
    ordered.sort(key=lambda value: value not in chosen)
    return [maker.value(value, labels[value], counts[value]) for value in ordered]


def _values_named(listing: Listing, name: str, counts: Counter[str], words: str) -> list[FacetValue]:
    """The most frequent of the values that are called so."""
    labels = listing.labels(name, counts)
    called = Counter({value: counts[value] for value, label in labels.items() if words.casefold() in label.casefold()})
    maker = _Maker(listing, name)
    return [maker.value(value, labels[value], count) for value, count in called.most_common(FOUND)]


def _in_order(listing: Listing, name: str, values: Collection[str], counts: Counter[str]) -> Iterable[str]:
    """Years from the newest, values of a short closed list in its order, others by count; unknown last."""
    if isinstance(listing.filters[name], YearFilter):
        return sorted(values, key=lambda value: (value == UNKNOWN, -int(value) if value != UNKNOWN else 0))
    closed = known(listing.filters[name].field)
    in_order = [value for value in closed if value in values] if len(closed) > 1 else sorted(values)  # besides unknown
    if len(closed) > 1 and len(in_order) <= TOP + 1:
        return in_order
    return sorted(in_order, key=lambda value: (value == UNKNOWN, -counts[value]))


def _region_values(listing: Listing, name: str) -> list[FacetValue]:
    """What is chosen with what holds it and lies in it, and the provinces, those with most rows first."""
    counts = listing.counts(name, [UNKNOWN, *(place.adcode for place in listing.places)])
    shown = opened(listing.chosen(name))
    maker = _Maker(listing, name)
    values = [
        maker.value(place.adcode, place.name, counts[place.adcode], depth=place.depth, held=place.adcode in shown)
        for place in listing.places
        if counts[place.adcode] or place.adcode in shown
    ]
    values = _held_first(values)
    if counts[UNKNOWN] or UNKNOWN in listing.chosen(name):
        values.append(maker.value(UNKNOWN, listing.labels(name, [UNKNOWN])[UNKNOWN], counts[UNKNOWN]))
    return values


def _held_first(tree: list[FacetValue]) -> list[FacetValue]:
    """The same tree: of what lies in one division, what is held leads, and then what has most rows."""
    path: list[tuple[bool, int, str]] = []
    places = []
    for value in tree:
        path = [*path[: value.depth], (not value.held, -value.count, value.value)]
        places.append((path, value))
    return [value for _path, value in sorted(places, key=lambda place: place[0])]


def _regions_named(listing: Listing, name: str, words: str) -> list[FacetValue]:
    """The divisions of any level that are called so, each with what holds it; those with most rows first."""
    counts = listing.counts(name)
    places = [place for place in named(words) if counts[place.adcode]]
    places.sort(key=lambda place: -counts[place.adcode])
    maker = _Maker(listing, name)
    return [maker.value(place.adcode, place.name, counts[place.adcode]) for place in places[:FOUND]]


class _Maker:
    """Makes the values of one facet; what their addresses have in common is written once."""

    def __init__(self, listing: Listing, name: str) -> None:
        rule = listing.filters[name]
        self.slot: Slot = listing.address.slot(name)
        self.start, self.end = self.slot.around()
        self.chosen = listing.chosen(name)
        translated = rule.extra["choices"][:-1] or isinstance(rule, (RegionFilter, YearFilter, DestinationFilter))
        spoken = translated or get_language() == "zh-hans"
        self.names = "" if spoken else "zh-Hans"

    def value(self, value: str, label: str, count: int, *, depth: int = 0, held: bool = False) -> FacetValue:
        url = f"{self.start}{quote_plus(value)}{self.end}"
        lang = "" if value in {UNKNOWN, COUNTRY} else self.names
        if not self.chosen:
            return FacetValue(value, label, count, url, False, depth=depth, lang=lang)
        if value in self.chosen:
            off = self.slot.url([other for other in self.chosen if other != value])
            return FacetValue(value, label, count, url, True, off=off, held=True, depth=depth, lang=lang)
        others = [other for other in self.chosen if not _related(other, value)]
        also = self.slot.url([*others, value]) if others else ""
        return FacetValue(value, label, count, url, False, also=also, held=held, depth=depth, lang=lang)


def _related(one: str, other: str) -> bool:
    """Whether one division holds the other: choosing both would be choosing the larger."""
    if COUNTRY in {one, other} or not (_ADCODE.fullmatch(one) and _ADCODE.fullmatch(other)):
        return False
    return one in lineage(other) or other in lineage(one)
