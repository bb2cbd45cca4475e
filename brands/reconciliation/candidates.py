"""The records that a name may mean, the likeliest first.

A brand that is called so has 100 points, one that has it as another name 90, and any other that the search finds as
many as its name is alike (Ratcliff and Metzener's ratio, as `difflib` works it out), 80 at most; letters are held
against the pinyin of a name, Traditional characters read as Simplified ones. Each property that disagrees halves them.
A candidate is a match where it is the only one with 90, and, known by another name alone, where its place agrees: many
brands are called 家政大嫂 for short.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation

from brands.models import Brand, BrandAlias, Card, Region
from brands.models.card import among
from brands.models.region import COUNTRY
from brands.place_words import region_words
from brands.reconciliation.requests import BRAND, REGION, ReconciliationQuery
from brands.search import divisions, hits
from brands.search.query import QueryError
from brands.vocabulary.adcodes import adcode_range
from brands.vocabulary.choices import BrandLevel, Industry
from brands.vocabulary.names import name_key
from brands.vocabulary.script import simplified

SAME, OTHER_NAME, ALIKE = 100.0, 90.0, 80.0

# Below this, two names have next to nothing in common.
LEAST_ALIKE = 0.3

# Of the brands that the search finds, those that are looked at.
LOOKED_AT = 40

# How many brands of a division are looked at where no name is given, but only properties.
WITHOUT_NAME = 200

# Digits of a division's code.
CODE = 6

# What stands between the names of divisions in tables: 山西-吕梁, 山西·吕梁.
_BETWEEN = re.compile(r"[\s,，、·・/\-]+")

_VOCABULARY = {"industry": Industry, "level": BrandLevel}


@dataclass(frozen=True, slots=True)
class MatchCandidate:
    """A record, how sure it is that it is meant, and whether each property that was asked for agrees."""

    id: str
    type: str
    name: str
    description: str
    score: float
    agrees: Mapping[str, bool]


# The codes of divisions by each way to call them.
Called = Mapping[str, Sequence[str]]


class Conditions:
    """What should be true of a brand besides its name."""

    def __init__(self, asked: Iterable[tuple[str, Sequence[str]]], called: Called) -> None:
        self.asked: dict[str, list[str]] = {}
        for name, values in asked:
            self.asked.setdefault(name, []).extend(values)
        self.called = called

    @cached_property
    def ranges(self) -> list[tuple[str, str]]:
        """The codes of what lies in any division that the words may mean."""
        codes: list[str] = []
        for written in self.asked.get("region", ()):
            words = _BETWEEN.sub("", simplified(written).strip("/").removeprefix("regions/"))
            codes += [words] if words.isascii() and words.isdigit() else self.called.get(divisions.solid(words), ())
        return [adcode_range(code) for code in codes if len(code) == CODE and code != COUNTRY]

    def holds(self, adcode: str) -> bool:
        """Whether the division with this code is asked for."""
        return any(first <= adcode < after for first, after in self.ranges)

    def agree(self, card: Card) -> dict[str, bool]:
        """By property, whether the brand has any of the values; a property that nothing is known of disagrees."""
        found = {}
        for name, values in self.asked.items():
            if name == "region":
                found[name] = self.holds(card.adcode)
            elif name == "year":
                found[name] = str(card.year) in values
            else:
                known = getattr(card, name)
                found[name] = bool(known) and not _ways_to_write(_VOCABULARY[name](known)).isdisjoint(values)
        return found


def _ways_to_write(choice: Any) -> set[str]:
    """A value of a closed list: its code, and what each language calls it."""
    found = {str(choice.value)}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(str(choice.label))
    return found


def candidates(query: ReconciliationQuery, called: Called) -> list[MatchCandidate]:
    """All of them: which one is meant is judged before a list is cut."""
    found: list[MatchCandidate] = []
    if BRAND in query.types:
        found += _brands(query, called)
    if REGION in query.types and query.text.strip():
        found += _regions(query.text, called, alone=BRAND not in query.types)
    return sorted(found, key=lambda one: (-one.score, one.id))


def match_of(found: Sequence[MatchCandidate]) -> MatchCandidate | None:
    """The one that is meant without doubt."""
    sure = [one for one in found if one.score >= OTHER_NAME]
    if len(sure) != 1 or (sure[0].score < SAME and not sure[0].agrees.get("region")):
        return None
    return sure[0]


def _brands(query: ReconciliationQuery, called: Called) -> list[MatchCandidate]:
    conditions = Conditions(query.conditions, called)
    text = simplified(query.text)
    key = name_key(text)
    scores = _scored(key, text, conditions) if key else {}
    cards = Card.objects.in_bulk(scores) if scores else {}
    if not key:
        scores, cards = _with_properties(conditions)
    return [_brand(card, scores[pk], conditions) for pk, card in cards.items()]


def _scored(key: str, text: str, conditions: Conditions) -> dict[int, float]:
    """Brands by key, with the points of their names; of those that the search finds, the ones in the division that is
    asked for before others."""
    called = Brand.objects.filter(name_key=key).values_list("pk", flat=True)
    otherwise = BrandAlias.objects.filter(name_key=key).values_list("brand_id", flat=True)
    scores = dict.fromkeys(otherwise, OTHER_NAME) | dict.fromkeys(called, SAME)
    try:
        found = hits.matching(text).pks
    except QueryError:
        found = []
    places = dict(Card.objects.filter(pk__in=among(found)).values_list("pk", "adcode")) if conditions.ranges else {}
    near = [pk for pk in found if conditions.holds(places.get(pk, ""))]
    first = [pk for pk in dict.fromkeys((*near, *found)) if pk not in scores][:LOOKED_AT]
    rows = Card.objects.filter(pk__in=first).values_list("pk", "name", "pinyin")
    alike = {pk: _likeness(key, name, pinyin) for pk, name, pinyin in rows}
    return scores | {pk: ALIKE * part for pk, part in alike.items() if part >= LEAST_ALIKE}


def _likeness(key: str, name: str, pinyin: str) -> float:
    """0 to 1."""
    other = divisions.solid(pinyin) if key.isascii() else name_key(name)
    return SequenceMatcher(None, divisions.solid(key), other, autojunk=False).ratio()


def _with_properties(conditions: Conditions) -> tuple[dict[int, float], dict[int, Card]]:
    """The brands in the division that is asked for, with half the points of a name: nothing says which is meant."""
    cards: dict[int, Card] = {}
    for first, after in conditions.ranges:
        rows = Card.objects.filter(adcode__gte=first, adcode__lt=after).order_by("pinyin", "id")[:WITHOUT_NAME]
        cards |= {card.pk: card for card in rows}
    return dict.fromkeys(cards, SAME / 2), cards


def _brand(card: Card, score: float, conditions: Conditions) -> MatchCandidate:
    agrees = conditions.agree(card)
    for agreed in agrees.values():
        score = score if agreed else score / 2
    trade = str(Industry(card.industry).label) if card.industry != Industry.OTHER else ""
    description = " ".join(part for part in (card.place, trade) if part)
    return MatchCandidate(f"brands/{card.pk}", BRAND, card.name, description, round(score, 1), agrees)


def _regions(text: str, called: Called, *, alone: bool) -> list[MatchCandidate]:
    """Divisions that are called so; where no brands are asked for, also those that are called like it."""
    exact = called.get(divisions.solid(text), ())
    near = [code for code in divisions.like(text) if code not in exact] if alone else []
    rows = Region.objects.select_related("parent__parent").in_bulk([*exact, *near])
    scores = dict.fromkeys(near, ALIKE / 2) | dict.fromkeys(exact, SAME)
    return [
        MatchCandidate(f"regions/{code}", REGION, row.name, _holders(row), scores[code], {})
        for code, row in rows.items()
    ]


def _holders(row: Region) -> str:
    """山西省吕梁市, for a county in it."""
    return "".join(region_words(one) for one in row.lineage[:-1] if one.adcode != COUNTRY)
