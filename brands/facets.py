"""What a list can be narrowed to: each value with the number of rows that its address gives.

A facet's own choices don't change its counts. Its values are counted by the database in one statement a facet; what
is added up here are divisions, of which there are some 3,200, never rows.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext

from brands.filters import UNKNOWN, Listing, RegionFilter, SubjectFilter, YearFilter
from brands.models import Region
from brands.models.region import COUNTRY

_ADCODE = re.compile(r"[1-9][0-9]{5}")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """`url` shows the rows of this value alone, `count` of them. While others are chosen, `also` adds it to them;
    when it is chosen itself, `off` takes it away. `depth` is the level in a tree, from 0."""

    value: str
    label: str
    count: int
    url: str
    selected: bool
    also: str = ""
    off: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    values: list[FacetValue]
    chosen: bool


def facets(listing: Listing) -> list[Facet]:
    """The facets of a list, in the order of its filters; none of which nothing is known."""
    found = [_facet(listing, name) for name in listing.filters]
    return [facet for facet in found if facet.chosen or any(value.value != UNKNOWN for value in facet.values)]


def counts_by_region(codes: Mapping[str | None, int]) -> Counter[str]:
    """Counts of divisions, each rolled up into all that hold it. The prefixes of a code name them, so 429004, which
    lies in no prefecture, also counts for 429000, which doesn't exist and is asked for by nobody."""
    totals: Counter[str] = Counter()
    for code, count in codes.items():
        for holder in lineage(code) if code else (UNKNOWN,):
            totals[holder] += count
    return totals


def lineage(adcode: str) -> list[str]:
    """The codes of a division and of those that hold it, the province first."""
    return list(dict.fromkeys((f"{adcode[:2]}0000", f"{adcode[:4]}00", adcode)))


def _facet(listing: Listing, name: str) -> Facet:
    rule = listing.filters[name]
    values = (_region_values if isinstance(rule, RegionFilter) else _flat_values)(listing, name)
    return Facet(name, str(rule.label), values, chosen=bool(listing.chosen(name)))


def _flat_values(listing: Listing, name: str) -> list[FacetValue]:
    rule = listing.filters[name]
    counts = _subject_counts(listing, name) if isinstance(rule, SubjectFilter) else _counts(listing, name)
    chosen = listing.chosen(name)
    if isinstance(rule, YearFilter):
        order = [*sorted({*counts, *chosen} - {UNKNOWN}, reverse=True), UNKNOWN]
    else:
        order = [value for value, _label in listing.form.fields[name].choices]
    return [
        _value(listing, name, value, listing.label(name, value), counts[value])
        for value in order
        if counts[value] or value in chosen
    ]


def _counts(listing: Listing, name: str) -> Counter[str]:
    column = listing.filters[name].field_name
    rows = listing.rows(but=name).order_by().values_list(column).annotate(rows=Count("pk"))
    return Counter({UNKNOWN if value in {None, ""} else str(value): count for value, count in rows})


def _subject_counts(listing: Listing, name: str) -> Counter[str]:
    """Statistics name their subject by which of three columns is set."""
    kinds = [value for value, _label in listing.form.fields[name].choices if value != UNKNOWN]
    return Counter(
        listing.rows(but=name)
        .order_by()
        .aggregate(**{kind: Count("pk", filter=Q(**{f"{kind}__isnull": False})) for kind in kinds})
    )


def _region_values(listing: Listing, name: str) -> list[FacetValue]:
    """Provinces, and below each that is chosen or holds a choice, what lies in it."""
    column = listing.filters[name].field_name
    rows = listing.rows(but=name).order_by().values_list(column).annotate(rows=Count("pk"))
    counts = counts_by_region(dict(rows))
    chosen = [code for code in listing.chosen(name) if code != UNKNOWN]
    opened = {holder for code in chosen for holder in lineage(code)}
    shown = [
        _region_value(listing, name, region, counts[region.adcode])
        for region in _in_tree_order(opened)
        if counts[region.adcode] or region.adcode in opened
    ]
    if counts[UNKNOWN] or UNKNOWN in listing.chosen(name):
        shown.append(_value(listing, name, UNKNOWN, listing.label(name, UNKNOWN), counts[UNKNOWN]))
    return shown


def _in_tree_order(opened: set[str]) -> Iterable[Region]:
    """The country, provinces, and the children of opened divisions. Codes sort a division before those in it."""
    inside = Q(parent__in=opened - {COUNTRY})
    return Region.objects.filter(Q(level__in=["country", "province"]) | inside).order_by("adcode")


def _region_value(listing: Listing, name: str, region: Region, count: int) -> FacetValue:
    deep = region.level not in {"country", "province"}
    depth = deep + (deep and not (region.parent_id or "").endswith("0000"))
    label = gettext("全国") if region.adcode == COUNTRY else region.common_name
    return _value(listing, name, region.adcode, label, count, depth=depth)


def _value(listing: Listing, name: str, value: str, label: str, count: int, *, depth: int = 0) -> FacetValue:
    chosen = listing.chosen(name)
    selected = value in chosen
    others = [other for other in chosen if not _related(other, value)]
    return FacetValue(
        value=value,
        label=label,
        count=count,
        url=listing.address.only(name, [value]).url,
        selected=selected,
        also=listing.address.only(name, [*others, value]).url if others and not selected else "",
        off=listing.address.minus(name, value).url if selected else "",
        depth=depth,
    )


def _related(one: str, other: str) -> bool:
    """Whether one division holds the other: choosing both would be choosing the larger."""
    if COUNTRY in {one, other} or not (_ADCODE.fullmatch(one) and _ADCODE.fullmatch(other)):
        return False
    return one in lineage(other) or other in lineage(one)
