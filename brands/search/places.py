"""Divisions as queries call them: by name, by a short, old or literary name, or by the sound of one."""

import csv
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from django.db.models import Q

from brands.models import Region, RegionName
from brands.models.region import COUNTRY
from brands.search.conditions import Why, Within
from brands.sql import prepared
from brands.vocabulary.adcodes import adcode_range
from brands.vocabulary.choices import RegionNameKind

# Names in Latin letters that are no pinyin: Shaanxi, Inner Mongolia, Hohhot.
ROMANISED = Path(__file__).parents[1] / "data" / "romanised.csv"

# Divisions that one name may mean: 鼓楼 are four, 朝阳 three.
MOST = 8

# Characters of the longest name: 双江拉祜族佤族布朗族傣族自治县.
LONGEST = 15

_SUFFIXES = frozenset("省市县区州旗盟")
_OLD = {RegionNameKind.LITERARY, RegionNameKind.FORMER}

Places = Mapping[str, tuple[Within, ...]]
Sounds = Mapping[tuple[str, ...], tuple[Within, ...]]


def named(texts: Collection[str]) -> Places:
    """The divisions that each of these texts names, as far as one does, the large ones first; in two statements.

    A text names a division in full (恩施土家族苗族自治州), as people call it (恩施, 恩施州), or by another name (八桂).
    A name of one character is that of a province (桂).
    """
    found: dict[str, dict[str, Why]] = {text: {} for text in texts}
    stems = {text[:-1] for text in texts if text[-1:] in _SUFFIXES and len(text) > 2}
    for adcode, name, common, short in _called([*texts, *stems]):
        for text in {name, common, short, common + name[-1]} & found.keys():
            found[text][adcode] = Why.REGION
    for adcode, name, kind in _otherwise_called(list(texts)):
        if kind != RegionNameKind.PLACE or not adcode.endswith("0000"):  # 陕北 is not all of 陕西
            found[name].setdefault(adcode, Why.SYNONYM if kind in _OLD else Why.REGION)
    return {text: _conditions(text, whys) for text, whys in found.items() if whys}


def sounding(sounds: Collection[tuple[str, ...]]) -> Sounds:
    """The divisions whose common name is spelled with each of these series of syllables, in which ü is u; in one
    statement."""
    spelled = {" ".join(umlauts): sound for sound in sounds for umlauts in product(*map(_with_umlaut, sound))}
    found: dict[tuple[str, ...], dict[str, Why]] = {}
    for adcode, pinyin in _spelled(list(spelled)):
        found.setdefault(spelled[pinyin], {})[adcode] = Why.PINYIN
    return {sound: _conditions("".join(sound), whys) for sound, whys in found.items()}


@cache
def romanised_names() -> Mapping[str, str]:
    """The codes of divisions by their names in Latin letters, without blanks, where these are no pinyin. Read at the
    first call."""
    with ROMANISED.open(encoding="utf-8", newline="") as file:
        return {row["letters"]: row["adcode"] for row in csv.DictReader(file)}


@prepared
def _called(keys: object) -> object:
    asked = Q(name__in=keys) | Q(common_name__in=keys) | Q(short_name__in=keys)
    rows = Region.objects.exclude(pk=COUNTRY).filter(asked)
    return rows.order_by("pk").values_list("adcode", "name", "common_name", "short_name")


@prepared
def _otherwise_called(keys: Any) -> Any:
    rows = RegionName.objects.exclude(region=COUNTRY).filter(name__in=keys)
    return rows.order_by("region_id", "kind", "name").values_list("region_id", "name", "kind")


@prepared
def _spelled(keys: Any) -> Any:
    rows = Region.objects.exclude(pk=COUNTRY).filter(pinyin__in=keys)
    return rows.order_by("pk").values_list("adcode", "pinyin")


def inside(places: Iterable[Within], outer: Iterable[Within]) -> tuple[Within, ...]:
    """Those of the places that lie in one of the others."""
    codes = [place.adcode for place in outer]
    return tuple(place for place in places if any(holds(code, place.adcode) for code in codes))


def holds(outer: str, adcode: str) -> bool:
    """Whether the division with the second code is that with the first, or lies in it."""
    first, after = adcode_range(outer)
    return first <= adcode < after


def _conditions(text: str, whys: Mapping[str, Why]) -> tuple[Within, ...]:
    """One condition a division, but none for one that lies in another of the same name: 吉林 holds 吉林市."""
    kept: list[Within] = []
    for adcode in sorted(whys, key=lambda code: (not code.endswith("0000"), not code.endswith("00"), code)):
        place = Within(adcode, text, whys[adcode])
        if not inside([place], kept):
            kept.append(place)
    return tuple(kept[:MOST])


def _with_umlaut(syllable: str) -> tuple[str, ...]:
    """The syllable as the table of divisions may have it, which writes ü as v."""
    if syllable in {"lu", "nu", "lue", "nue"}:
        return syllable, syllable[0] + "v" + syllable[2:]
    return (syllable,)
