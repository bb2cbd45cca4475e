"""Divisions as a facet shows them: a tree that is open where something is chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.translation import gettext

from brands.data_version import kept
from brands.listing.fields import UNKNOWN
from brands.models import Region
from brands.models.region import COUNTRY
from brands.place_words import english_names, place_words, region_names
from brands.vocabulary.adcodes import lineage


@dataclass(frozen=True, slots=True)
class Place:
    """One division in the tree; `depth` counts from 0, a province."""

    adcode: str
    name: str
    depth: int


def opened(chosen: Iterable[str]) -> set[str]:
    """The divisions that are shown open: those chosen, and those that hold them."""
    return {holder for code in chosen if code != UNKNOWN for holder in lineage(code)}


def tree(chosen: Iterable[str]) -> list[Place]:
    """The country, the provinces, and what lies in the open divisions, each as the active language calls it. Codes sort
    a division before those in it."""
    shown = _shown(frozenset(opened(chosen) - {COUNTRY}))
    called = region_names({place.adcode: place.name for place in shown}) | {COUNTRY: gettext("全国")}
    return [replace(place, name=called[place.adcode]) for place in shown]


def named(words: str) -> list[Place]:
    """The divisions of the country of which a name, or its pinyin, has these words; each with that of what holds it."""
    sought = words.casefold().replace(" ", "")
    found = [place for place, names in _inside(COUNTRY) if sought in names]
    return [replace(place, name=place_words(place.adcode, place.name)) for place in found]


def near(region: Region, counts: Mapping[str, int], most: int) -> tuple[Region | None, list[tuple[Region, int]]]:
    """For a division without brands: what holds it, a prefecture or else a province, and the divisions right under that
    which have brands, with how many; those whose codes are nearest, as these follow each other on the map more often
    than not. Its parents must be loaded; nothing for a province."""
    for holder in reversed(region.lineage[:-1]):
        inside = Region.objects.filter(parent=holder, adcode__in=[code for code, count in counts.items() if count])
        found = sorted(inside.exclude(pk=region.pk), key=lambda one: abs(int(one.adcode) - int(region.adcode)))
        if found:
            return holder, [(one, counts[one.adcode]) for one in found[:most]]
    return None, []


@kept
def _inside(country: str) -> list[tuple[Place, str]]:
    """The divisions below the country, each with its names as they are looked for."""
    rows = Region.objects.exclude(adcode=country).order_by("adcode")
    english = english_names()
    return [
        (
            Place(code, common if parent == country else f"{holder}{common}", 0),
            f"{name}\n{common}\n{pinyin.replace(' ', '')}\n{english[code].casefold().replace(' ', '')}",
        )
        for code, name, common, pinyin, parent, holder in rows.values_list(
            "adcode", "name", "common_name", "pinyin", "parent_id", "parent__common_name"
        )
    ]


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
