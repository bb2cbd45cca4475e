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
from brands.listing.regions import opened
from brands.models.region import COUNTRY
from brands.vocabulary.adcodes import lineage

_ADCODE = re.compile(r"[1-9][0-9]{5}")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """`url` shows the rows of this value alone, `count` of them. While others are chosen, `also` adds it to them;
    when it is chosen itself, `off` takes it away. `depth` is the level in a tree, from 0; `lang` is the language of the
    label: names are Chinese whatever the page speaks."""

    value: str
    label: str
    count: int
    url: str
    selected: bool
    also: str = ""
    off: str = ""
    depth: int = 0
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """`more`: there are other values, each with no more rows than those here that are not chosen."""

    name: str
    label: str
    values: list[FacetValue]
    chosen: bool
    more: bool = False


def facets(listing: Listing) -> list[Facet]:
    """The facets of a list, in the order of its filters; none of which nothing is known."""
    found = [_facet(listing, name) for name, rule in listing.filters.items() if rule.faceted]
    return [facet for facet in found if facet.chosen or any(value.value != UNKNOWN for value in facet.values)]


def _facet(listing: Listing, name: str) -> Facet:
    rule = listing.filters[name]
    if isinstance(rule, RegionFilter):
        return Facet(name, str(rule.label), _region_values(listing, name), bool(listing.chosen(name)))
    counts = listing.counts(name)
    values = _flat_values(listing, name, counts)
    return Facet(name, str(rule.label), values, bool(listing.chosen(name)), more=0 < rule.most < len(counts))


def _flat_values(listing: Listing, name: str, counts: Counter[str]) -> list[FacetValue]:
    offered = counts.most_common(listing.filters[name].most or None)  # of equals, the first in the order of values
    values = {value for value, _count in offered}.union(listing.chosen(name))
    labels = listing.labels(name, values)
    maker = _Maker(listing, name)
    return [
        maker.value(value, labels[value], counts[value])
        for value in _in_order(listing, name, values, counts)
        if value in labels
    ]


def _in_order(listing: Listing, name: str, values: Collection[str], counts: Counter[str]) -> Iterable[str]:
    """Years from the newest, values of a closed list in its order, others by count; unknown last."""
    if isinstance(listing.filters[name], YearFilter):
        return sorted(values, key=lambda value: (value == UNKNOWN, -int(value) if value != UNKNOWN else 0))
    closed = known(listing.filters[name].field)
    if len(closed) > 1:  # besides unknown
        return [value for value in closed if value in values]
    return sorted(values, key=lambda value: (value == UNKNOWN, -counts[value], value))


def _region_values(listing: Listing, name: str) -> list[FacetValue]:
    """Provinces, and below each that is chosen or holds a choice, what lies in it."""
    counts = listing.counts(name, [UNKNOWN, *(place.adcode for place in listing.places)])
    chosen = listing.chosen(name)
    shown = opened(chosen)
    maker = _Maker(listing, name)
    values = [
        maker.value(place.adcode, place.name, counts[place.adcode], depth=place.depth)
        for place in listing.places
        if counts[place.adcode] or place.adcode in shown
    ]
    if counts[UNKNOWN] or UNKNOWN in chosen:
        values.append(maker.value(UNKNOWN, listing.labels(name, [UNKNOWN])[UNKNOWN], counts[UNKNOWN]))
    return values


class _Maker:
    """Makes the values of one facet; what their addresses have in common is written once."""

    def __init__(self, listing: Listing, name: str) -> None:
        rule = listing.filters[name]
        self.slot: Slot = listing.address.slot(name)
        self.start, self.end = self.slot.around()
        self.chosen = listing.chosen(name)
        self.language = get_language() or ""
        spoken = rule.extra["choices"][:-1] or isinstance(rule, YearFilter)
        self.names = self.language if spoken else "zh-Hans"

    def value(self, value: str, label: str, count: int, *, depth: int = 0) -> FacetValue:
        url = f"{self.start}{quote_plus(value)}{self.end}"
        lang = self.language if value in {UNKNOWN, COUNTRY} else self.names
        if not self.chosen:
            return FacetValue(value, label, count, url, False, depth=depth, lang=lang)
        if value in self.chosen:
            off = self.slot.url([other for other in self.chosen if other != value])
            return FacetValue(value, label, count, url, True, off=off, depth=depth, lang=lang)
        others = [other for other in self.chosen if not _related(other, value)]
        also = self.slot.url([*others, value]) if others else ""
        return FacetValue(value, label, count, url, False, also=also, depth=depth, lang=lang)


def _related(one: str, other: str) -> bool:
    """Whether one division holds the other: choosing both would be choosing the larger."""
    if COUNTRY in {one, other} or not (_ADCODE.fullmatch(one) and _ADCODE.fullmatch(other)):
        return False
    return one in lineage(other) or other in lineage(one)
