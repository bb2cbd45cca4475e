"""Names of Chinese divisions in English: 陕西省 is Shaanxi, 威县 is Wei County, 西藏 is Xizang.

A name is its own part, which is written in pinyin unless data/english_places.csv has the official romanisation, the
peoples of an autonomous division (data/english_peoples.csv), and the kind of division, which is translated.
"""

import csv
from functools import cache, lru_cache
from pathlib import Path

from brands.vocabulary.pinyin import place_spelling

PLACES = Path(__file__).parents[1] / "data" / "english_places.csv"
PEOPLES = Path(__file__).parents[1] / "data" / "english_peoples.csv"

# What the end of a name says of the kind, the longest end first, and how English says it; a city's name says nothing.
KINDS = {
    "特别行政区": "",
    "自治区": "Autonomous Region",
    "自治州": "Autonomous Prefecture",
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
    "地区": "Prefecture",
    "新区": "New Area",
    "林区": "Forestry District",
    "矿区": "Mining District",
    "特区": "Special District",
    "省": "Province",
    "盟": "League",
    "市": "",
    "县": "County",
    "区": "District",
    "旗": "Banner",
}

# Names that are remembered: somewhat more than there are divisions.
REMEMBERED = 4096


@lru_cache(maxsize=REMEMBERED)
def english_name(name: str, common_name: str, pinyin: str) -> str:
    """How English text calls a division of that name, commonly called so, which is read so (a sort key).

    >>> english_name("山西省", "山西", "shan xi"), english_name("威县", "威县", "wei xian")
    ('Shanxi', 'Wei County')
    """
    known = _table(PLACES)
    if name in known or common_name in known:
        return known.get(name) or known[common_name]
    own, _peoples, _kind = _parts(name)
    return _own_in_english(own, pinyin) if common_name == own else english_full_name(name, pinyin)


@lru_cache(maxsize=REMEMBERED)
def english_full_name(name: str, pinyin: str) -> str:
    """The same with the kind of division, as a title has it. `pinyin` reads the common name.

    >>> english_full_name("恩施土家族苗族自治州", "en shi")
    'Enshi Tujia and Miao Autonomous Prefecture'
    """
    if name in _table(PLACES):
        return _table(PLACES)[name]
    own, peoples, kind = _parts(name)
    return " ".join(filter(None, (_own_in_english(own, pinyin), _listed(peoples), kind)))


def _parts(name: str) -> tuple[str, list[str], str]:
    """The name's own part, the peoples and the kind in English; a name that is all kind is its own part."""
    end = next((end for end in KINDS if name.endswith(end) and name != end), "")
    own = name.removesuffix(end)
    peoples: list[str] = []
    while own not in _table(PLACES) and (people := _last_people(own, end)):
        own = own.removesuffix(people)
        peoples.insert(0, _table(PEOPLES)[people])
    return own, peoples, KINDS.get(end, "")


def _last_people(own: str, end: str) -> str:
    """The people at the end of the name's own part: of an autonomous division, or of a district (瀍河回族区)."""
    return next(
        (
            people
            for people in _table(PEOPLES)
            if own.endswith(people) and (end.startswith("自治") or (end == "区" and people.endswith("族")))
        ),
        "",
    )


def _own_in_english(own: str, pinyin: str) -> str:
    return _table(PLACES).get(own) or place_spelling(" ".join(pinyin.split(" ")[: len(own)])) if own else ""


def _listed(words: list[str]) -> str:
    """A, B and C"""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


@cache
def _table(path: Path) -> dict[str, str]:
    """The first column with the second, the longest first. Read at the first call."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(first, second) for first, second in csv.reader(file)][1:]
    return dict(sorted(rows, key=lambda row: -len(row[0])))
