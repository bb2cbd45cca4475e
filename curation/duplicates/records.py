"""What is known of records when they are compared."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import F

from brands.models import Brand, BrandAlias, Evidence, Program, Region
from brands.models.region import COUNTRY
from brands.vocabulary.choices import Industry, ReviewState
from brands.vocabulary.names import name_key
from brands.vocabulary.pinyin import syllables
from curation.models import RecordKind

# Characters of the longest name of a division.
LONGEST_PLACE = 15

_YEAR = re.compile(r"\A[0-9]{4}年?")


@dataclass(frozen=True, slots=True)
class Naming:
    """A place of an article where a record is named, with its sentence."""

    article: int
    start: int
    end: int
    context: int


@dataclass(slots=True)
class Record:
    """A brand or program. `keys` are those of its names, its own first; `cores` the same without the names of the
    places that hold it; `trade` is empty where it says nothing."""

    kind: RecordKind
    pk: int
    name: str
    keys: tuple[str, ...]
    cores: frozenset[str] = frozenset()
    region: str = ""
    trade: str = ""
    year: int | None = None
    edition: int | None = None
    namings: list[Naming] = field(default_factory=list)


@lru_cache(maxsize=8192)
def holders(region: str) -> tuple[str, ...]:
    """The codes of a division and of all that hold it, and the empty one."""
    found = [region, f"{region[:4]}00", f"{region[:2]}0000", COUNTRY] if region else []
    return (*dict.fromkeys(found), "")


def related(one: str, other: str) -> bool:
    """Whether one of two known divisions holds the other."""
    return one in holders(other) or other in holders(one)


def load(kind: RecordKind) -> list[Record]:
    """All records of the kind but those that were rejected."""
    records = completed(list(_brands() if kind == RecordKind.BRAND else _programs()))
    found = {one.pk: one for one in records}
    for pk, naming in _namings(kind):
        if pk in found:
            found[pk].namings.append(naming)
    return records


def completed(records: list[Record]) -> list[Record]:
    """The records, with the places that their names say and their names without these."""
    places = _place_names()
    named = _told_by_name(places)
    for one in records:
        one.region = one.region or _named_place(one.keys[0], named)
        one.cores = frozenset(core for key in one.keys for core in _cores(key, places, one.region))
    return records


def _brands() -> Iterator[Record]:
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for pk, key in BrandAlias.objects.order_by("pk").values_list("brand_id", "name_key"):
        aliases[pk].append(key)
    rows = Brand.objects.exclude(review=ReviewState.REJECTED).order_by("pk")
    for pk, name, key, region, trade in rows.values_list("pk", "name", "name_key", "region_id", "industry"):
        known = "" if trade == Industry.OTHER else trade
        yield Record(RecordKind.BRAND, pk, name, (key, *aliases[pk]), region=region or "", trade=known)


def _programs() -> Iterator[Record]:
    rows = Program.objects.exclude(review=ReviewState.REJECTED).order_by("pk")
    for row in rows.only(
        "name", "name_key", "series_key", "other_names", "place_id", "kind", "held_on", "edition", "year"
    ):
        own = (row.name_key,) if row.edition or row.year else (row.name_key, row.series_key)
        keys = tuple(dict.fromkeys([*own, *map(name_key, row.names)]))
        year = row.year or (row.held_on.year if row.held_on else None)
        place, kind = row.place_id or "", row.kind
        yield Record(
            RecordKind.PROGRAM, row.pk, row.name, keys, region=place, trade=kind, year=year, edition=row.edition
        )


def _namings(kind: RecordKind) -> Iterator[tuple[int, Naming]]:
    rows = Evidence.objects.of_facts().filter(**{f"{kind}__isnull": False}).order_by()
    for pk, *place in rows.values_list(F(kind), "article_id", "start", "end", "context_start").iterator():
        yield pk, Naming(*place)


def _place_names() -> dict[str, tuple[str, ...]]:
    """The keys of the names of each division, the longest first."""
    rows = Region.objects.values_list("adcode", "name", "common_name")
    return {
        code: tuple(sorted({name_key(name), name_key(common)}, key=len, reverse=True)) for code, name, common in rows
    }


def _told_by_name(places: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The code of each name that only one division has."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, names in places.items():
        for name in names:
            codes[name].add(code)
    return {name: min(found) for name, found in codes.items() if len(found) == 1}


def _named_place(key: str, named: Mapping[str, str]) -> str:
    """The division with whose name a name begins, after a year; empty for none."""
    plain = _YEAR.sub("", key)
    return next((named[plain[:end]] for end in range(LONGEST_PLACE, 1, -1) if plain[:end] in named), "")


def _cores(key: str, places: Mapping[str, tuple[str, ...]], region: str) -> Iterator[str]:
    """The name without the names of the record's own place and of those that hold it, from the largest down, one after
    the other: 山西吕梁护工 of Lüliang is 吕梁护工 and 护工."""
    for code in reversed(holders(region)):
        for name in places.get(code, ()):
            if key.startswith(name) and len(key) - len(name) >= 2:
                key = key[len(name) :]
                yield key
                break


@lru_cache(maxsize=65536)
def sound(key: str) -> str:
    """How a name sounds."""
    return " ".join(syllables(key))
