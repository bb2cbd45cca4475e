"""Names of Chinese divisions in English: 陕西省 is Shaanxi, 威县 is Wei County, 西藏 is Xizang.

A name is its own part, which is written in pinyin unless data/english_places.csv has the official romanisation, the
peoples of an autonomous division (data/english_peoples.csv), and the kind of division, which is translated.

The romanisations were compared in November 2026 with the Roman letters that GB/T 2260 gives beside each code (a public
copy of its 2007 edition) and with the names and other names of GeoNames. Of 235, the copy has its own letters for 207,
of which 198 agreed, counting 左, 右, 前, 中, 后, 东, 西, 新 and 陈 as translated. What differed:
- corrected: 岗巴 Gamba, 贡觉 Konjo and 达日 Tarlag as the standard has them; 多伦 Duolun and 波密 Bomi, which both
  have in pinyin; 奎屯 Kuytun and 舟曲 Zhugqu were missing;
- kept, since GeoNames has them: 芒康 Markam (Mangkam), 墨脱 Mêdog (Metog), 班戈 Baingoin (Bangoin); 内蒙古 is English;
- kept in pinyin: 德令哈 (Delhi), 四子王 (Dorbod), 扎囊 (Chanang), 萨尔图 (Sairt), 富拉尔基 (Hulan Ergi), where the
  standard's letters mislead or nobody else writes them;
- kept as the name is spoken there, where the copy reads the characters: 铅山 Yanshan, 乐亭 Laoting, 乐陵 Laoling,
  大城 Daicheng, 宕昌 Tanchang, 中牟 Zhongmu.
Of the other 28, GeoNames has ten as they stand here, such as 鄂尔多斯 Ordos; for 昆都仑 Hondlon, 白云鄂博 Bayan Obo,
和布克赛尔 Hoboksar, 巴音郭楞 Bayingolin, 茫崖 Mangnai and 可克达拉 Kokdala no second source was found.
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
