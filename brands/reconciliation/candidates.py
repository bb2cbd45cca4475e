"""The records that a name may mean, the likeliest first.

A brand that is called so has 100 points. One that is called so behind the name of a division that it lies in has 95
(山西省吕梁山护工; 大同市月嫂 for 大同月嫂), one that has the name as another one 90, and one in the division that is
asked for which is called so but for the division's own name 85. Any other has as many as its names are alike, 80 at
most (:mod:`brands.reconciliation.likeness`); letters are held against the pinyin of a name, Traditional characters read
as Simplified ones. Each property that disagrees halves them. A candidate is a match where it is the only one with 90,
and, known by another name alone, where its place agrees: many brands are called 家政大嫂 for short.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.utils import translation

from brands.models import Brand, BrandAlias, Card, Region
from brands.models.card import among
from brands.models.region import COUNTRY
from brands.place_words import region_words
from brands.reconciliation.likeness import name_index
from brands.reconciliation.names import ALIKE, OTHER_NAME, SAME, Area, Called, WrittenName, points
from brands.reconciliation.requests import BRAND, LONGEST, REGION, ReconciliationQuery
from brands.search import divisions, hits
from brands.search.query import QueryError
from brands.vocabulary.choices import BrandLevel, Industry
from brands.vocabulary.script import simplified

# Of the brands that are called like a name, those that are looked at.
LOOKED_AT = 40

# How many brands of a division are looked at where no name is given, but only properties.
WITHOUT_NAME = 200

# Digits of a division's code.
CODE = 6

# What stands between the names of divisions in tables: 山西-吕梁, 山西·吕梁.
_BETWEEN = re.compile(r"[\s,，、·・/\-]+")

_VOCABULARY = {"industry": Industry, "level": BrandLevel}

# What is read of the cards of candidates.
_COLUMNS = ("id", "name", "pinyin", "place", "adcode", "year", *_VOCABULARY)


@dataclass(frozen=True, slots=True)
class MatchCandidate:
    """A record, how sure it is that it is meant, whether its place was asked for, by a property or before its name, and
    whether each property that was asked for agrees."""

    id: str
    type: str
    name: str
    description: str
    score: float
    placed: bool
    agrees: Mapping[str, bool]


class Conditions:
    """What should be true of a brand besides its name."""

    def __init__(self, asked: Iterable[tuple[str, Sequence[str]]], called: Called) -> None:
        self.asked: dict[str, list[str]] = {}
        for name, values in asked:
            self.asked.setdefault(name, []).extend(values)
        self.called = called

    @cached_property
    def area(self) -> Area:
        """The divisions that the words may mean."""
        codes: list[str] = []
        for written in self.asked.get("region", ()):
            words = _BETWEEN.sub("", simplified(written).strip("/").removeprefix("regions/"))
            codes += [words] if words.isascii() and words.isdigit() else self.called.get(divisions.solid(words), ())
        return Area.of(code for code in codes if len(code) == CODE)

    def agree(self, card: Card) -> dict[str, bool]:
        """By property, whether the brand has any of the values; a property that nothing is known of disagrees."""
        found = {}
        for name, values in self.asked.items():
            if name == "region":
                found[name] = self.area.holds(card.adcode)
            elif name == "year":
                found[name] = str(card.year) in values
            else:
                known = getattr(card, name)
                found[name] = bool(known) and not _ways_to_write(_VOCABULARY[name](known)).isdisjoint(values)
        return found


@lru_cache
def _ways_to_write(choice: Any) -> frozenset[str]:
    """A value of a closed list: its code, and what each language calls it."""
    found = {str(choice.value)}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(str(choice.label))
    return frozenset(found)


def candidates(query: ReconciliationQuery, called: Called) -> list[MatchCandidate]:
    """All of them: which one is meant is judged before a list is cut."""
    found: list[MatchCandidate] = []
    if len(query.text) > LONGEST:
        return found
    if BRAND in query.types:
        found += _brands(query, called)
    if REGION in query.types and query.text.strip():
        found += _regions(query.text, called, alone=BRAND not in query.types)
    return sorted(found, key=lambda one: (-one.score, one.id))


def match_of(found: Sequence[MatchCandidate]) -> MatchCandidate | None:
    """The one that is meant without doubt."""
    sure = [one for one in found if one.score >= OTHER_NAME]
    if len(sure) != 1 or (sure[0].score < SAME and not sure[0].placed):
        return None
    return sure[0]


def _brands(query: ReconciliationQuery, called: Called) -> list[MatchCandidate]:
    conditions = Conditions(query.conditions, called)
    written = WrittenName.of(query.text, called)
    if not written.key:
        return [_brand(card, SAME / 2, conditions) for card in _in_area(conditions.area)]
    cards = Card.objects.only(*_COLUMNS).in_bulk(_looked_at(written, simplified(query.text), conditions.area))
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for pk, key in BrandAlias.objects.filter(brand__in=list(cards)).values_list("brand_id", "name_key"):
        aliases[pk].append(key)
    found = []
    for pk, card in cards.items():
        score, placed = points(written, card, aliases[pk], conditions.area, called)
        if score:
            found.append(_brand(card, score, conditions, placed=placed))
    return found


def _looked_at(written: WrittenName, text: str, area: Area) -> list[int]:
    """The brands that are called so, and of others those that are called most like it, the ones in the division that is
    meant before others; letters are searched for by their sound."""
    keys = [written.key, written.rest] if written.rest else [written.key]
    called = Brand.objects.filter(name_key__in=keys).values_list("pk", flat=True)
    otherwise = BrandAlias.objects.filter(name_key__in=keys).values_list("brand_id", flat=True)
    meant = (area or written.area).brands()
    like = (
        _that_sound_so(text, area) if written.key.isascii() else name_index(BRAND).like(written.key, meant, LOOKED_AT)
    )
    return [*dict.fromkeys((*called, *otherwise, *like))]


def _that_sound_so(text: str, area: Area) -> list[int]:
    try:
        found = hits.matching(text).pks
    except QueryError:
        return []
    near = area.brands()
    return sorted(found, key=lambda pk: pk not in near)[:LOOKED_AT]


def _in_area(area: Area) -> Iterable[Card]:
    """The brands in the division that is asked for: nothing says which is meant."""
    return Card.objects.filter(pk__in=among(area.brands())).order_by("pinyin", "id")[:WITHOUT_NAME] if area else ()


def _brand(card: Card, score: float, conditions: Conditions, *, placed: bool = False) -> MatchCandidate:
    agrees = conditions.agree(card)
    for agreed in agrees.values():
        score = score if agreed else score / 2
    trade = str(Industry(card.industry).label) if card.industry != Industry.OTHER else ""
    description = " ".join(part for part in (card.place, trade) if part)
    return MatchCandidate(f"brands/{card.pk}", BRAND, card.name, description, round(score, 1), placed, agrees)


def _regions(text: str, called: Called, *, alone: bool) -> list[MatchCandidate]:
    """Divisions that are called so; where no brands are asked for, also those that are called like it."""
    exact = called.get(divisions.solid(text), ())
    near = [code for code in divisions.like(text) if code not in exact] if alone else []
    rows = Region.objects.select_related("parent__parent").in_bulk([*exact, *near])
    scores = dict.fromkeys(near, ALIKE / 2) | dict.fromkeys(exact, SAME)
    return [
        MatchCandidate(f"regions/{code}", REGION, row.name, _holders(row), scores[code], False, {})
        for code, row in rows.items()
    ]


def _holders(row: Region) -> str:
    """山西省吕梁市, for a county in it."""
    return "".join(region_words(one) for one in row.lineage[:-1] if one.adcode != COUNTRY)
