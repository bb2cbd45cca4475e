"""Divisions as a facet shows them: a tree that is open where something is chosen, and counts that roll up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from brands.data_version import kept
from brands.listing.fields import UNKNOWN
from brands.models import Region
from brands.models.region import COUNTRY


@dataclass(frozen=True, slots=True)
class Place:
    """One division in the tree; `depth` counts from 0, a province."""

    adcode: str
    name: str
    depth: int


def lineage(adcode: str) -> list[str]:
    """The codes of a division and of those that hold it, the province first."""
    return list(dict.fromkeys((f"{adcode[:2]}0000", f"{adcode[:4]}00", adcode)))


def counts_by_region(codes: Mapping[Any, int]) -> Counter[str]:
    """Counts of divisions, each rolled up into all that hold it. The prefixes of a code name them, so 429004, which
    lies in no prefecture, also counts for 429000, which doesn't exist and is asked for by nobody."""
    totals: Counter[str] = Counter()
    for code, count in codes.items():
        for holder in lineage(code) if code and code != UNKNOWN else (UNKNOWN,):
            totals[holder] += count
    return totals


def opened(chosen: Iterable[str]) -> set[str]:
    """The divisions that are shown open: those chosen, and those that hold them."""
    return {holder for code in chosen if code != UNKNOWN for holder in lineage(code)}


def tree(chosen: Iterable[str]) -> list[Place]:
    """The country, the provinces, and what lies in the open divisions. Codes sort a division before those in it."""
    country = gettext("全国")
    shown = _shown(frozenset(opened(chosen) - {COUNTRY}))
    return [Place(COUNTRY, country, 0) if place.adcode == COUNTRY else place for place in shown]


@kept
def _shown(opened: frozenset[str]) -> list[Place]:
    """The divisions that are shown where these are open."""
    rows = Region.objects.filter(Q(level__in=["country", "province"]) | Q(parent__in=opened)).order_by("adcode")
    return [
        Place(code, name, _depth(level, parent))
        for code, name, level, parent in rows.values_list("adcode", "common_name", "level", "parent_id")
    ]


def _depth(level: str, parent: str | None) -> int:
    if level in {"country", "province"}:
        return 0
    return 1 if (parent or "").endswith("0000") else 2
