"""The tables of divisions and names are whole and say what is in force."""

import re
from collections import Counter

import pytest

from brands.vocabulary.choices import RegionLevel, RegionNameKind
from brands.vocabulary.pinyin import syllables
from ingest import lexicon

REGIONS = lexicon.rows("regions")
NAMES = lexicon.rows("region_names")
WORDS = lexicon.rows("ordinary_words")
BY_CODE = {row["adcode"]: row for row in REGIONS}


def expected_parent(code: str) -> str:
    """GB/T 2260: two digits a province, two a prefecture, two a county (some counties hang on their province)."""
    if code.endswith("0000"):
        return "100000"
    if code.endswith("00") or f"{code[:4]}00" not in BY_CODE:
        return f"{code[:2]}0000"
    return f"{code[:4]}00"


def test_codes_are_unique_and_sorted() -> None:
    codes = [row["adcode"] for row in REGIONS]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"[1-8]\d{5}", code) for code in codes)


def test_there_are_as_many_divisions_of_each_level_as_in_force() -> None:
    assert Counter(row["level"] for row in REGIONS) == {"country": 1, "province": 34, "prefecture": 333, "county": 2847}


def test_levels_are_those_of_the_vocabulary() -> None:
    assert {row["level"] for row in REGIONS} == set(RegionLevel.values)


def test_every_division_hangs_where_its_code_says() -> None:
    wrong = [r["adcode"] for r in REGIONS if r["level"] != "country" and r["parent"] != expected_parent(r["adcode"])]
    assert wrong == []
    assert BY_CODE["100000"]["parent"] == ""


def test_parents_stand_one_level_up_or_skip_the_prefecture() -> None:
    steps = Counter((BY_CODE[r["parent"]]["level"], r["level"]) for r in REGIONS if r["parent"])
    assert set(steps) == {
        ("country", "province"),
        ("province", "prefecture"),
        ("prefecture", "county"),
        ("province", "county"),
    }


def test_no_row_stands_for_an_office_of_the_code_table() -> None:
    assert [r["name"] for r in REGIONS if re.search("市辖区$|^县$|直辖|开发区|管理区", r["name"])] == []


@pytest.mark.parametrize(
    ("code", "name", "parent"),
    [
        ("310104", "徐汇区", "310000"),
        ("419001", "济源市", "410000"),
        ("429005", "潜江市", "420000"),
        ("429021", "神农架林区", "420000"),
        ("469025", "白沙黎族自治县", "460000"),
        ("659001", "石河子市", "650000"),
        ("450181", "横州市", "450100"),
        ("510981", "射洪市", "510900"),
        ("140681", "怀仁市", "140600"),
        ("610881", "神木市", "610800"),
        ("420882", "京山市", "420800"),
        ("130881", "平泉市", "130800"),
        ("610305", "凤翔区", "610300"),
        ("330113", "临平区", "330100"),
        ("330114", "钱塘区", "330100"),
        ("350405", "沙县区", "350400"),
        ("320613", "崇川区", "320600"),
        ("370116", "莱芜区", "370100"),
        ("460302", "西沙区", "460300"),
        ("540481", "米林市", "540400"),
        ("540581", "错那市", "540500"),
        ("659012", "白杨市", "650000"),
        ("653228", "和康县", "653200"),
        ("653229", "和安县", "653200"),
        ("500157", "两江新区", "500000"),
        ("653132", "岑岭县", "653100"),
        ("659013", "草湖市", "650000"),
        ("710000", "台湾省", "100000"),
        ("810000", "香港特别行政区", "100000"),
        ("820000", "澳门特别行政区", "100000"),
    ],
)
def test_changes_up_to_today_are_in(code: str, name: str, parent: str) -> None:
    assert (BY_CODE[code]["name"], BY_CODE[code]["parent"]) == (name, parent)


@pytest.mark.parametrize(
    "code", ["450127", "130823", "610322", "500105", "500112", "371200", "310108", "110100", "500200"]
)
def test_codes_no_longer_in_force_are_out(code: str) -> None:
    assert code not in BY_CODE


@pytest.mark.parametrize(
    ("code", "common"),
    [
        ("100000", "中国"),
        ("450000", "广西"),
        ("150000", "内蒙古"),
        ("810000", "香港"),
        ("422800", "恩施"),
        ("513300", "甘孜"),
        ("630223", "互助"),
        ("622926", "东乡"),
        ("622927", "积石山"),
        ("152221", "科尔沁右翼前旗"),
        ("150430", "敖汉"),
        ("150724", "鄂温克"),
        ("130634", "曲阳"),
        ("371722", "单县"),
        ("110105", "朝阳"),
        ("320114", "雨花台"),
        ("652323", "呼图壁"),
        ("429021", "神农架"),
        ("520203", "六枝"),
        ("140109", "万柏林"),
        ("152500", "锡林郭勒"),
        ("653100", "喀什"),
        ("220200", "吉林市"),
        ("632324", "河南县"),
        ("510302", "自流井"),
        ("370103", "市中区"),
    ],
)
def test_common_names_are_what_papers_say(code: str, common: str) -> None:
    assert BY_CODE[code]["common_name"] == common


def test_no_common_name_is_a_single_character_or_the_name_of_another_province() -> None:
    assert [row["name"] for row in REGIONS if len(row["common_name"]) < 2] == []
    provinces = {row["common_name"] for row in REGIONS if row["level"] == "province"}
    below = [row["name"] for row in REGIONS if row["level"] in {"prefecture", "county"}]
    assert [row["name"] for row in REGIONS if row["name"] in below and row["common_name"] in provinces] == []


def test_every_province_and_nothing_else_has_a_short_name_of_its_own() -> None:
    short = [row["short_name"] for row in REGIONS if row["short_name"]]
    assert len(short) == len(set(short)) == 34
    assert all(len(name) == 1 for name in short)
    assert all(bool(row["short_name"]) == (row["level"] == "province") for row in REGIONS)


def test_pinyin_is_what_the_reader_of_pinyin_says() -> None:
    def read(row: dict[str, str]) -> str:
        whole = row["name"] if row["name"].startswith(row["common_name"]) else row["common_name"]
        return " ".join(syllables(whole)[: len(row["common_name"])])

    assert [(row["name"], row["pinyin"]) for row in REGIONS if row["pinyin"] != read(row)] == []


def test_other_names_are_of_divisions_in_force_and_of_a_known_kind() -> None:
    assert [row for row in NAMES if row["adcode"] not in BY_CODE] == []
    assert {row["kind"] for row in NAMES} <= set(RegionNameKind.values)
    assert [row for row in NAMES if not row["note"]] == []


def test_other_names_repeat_neither_each_other_nor_the_table() -> None:
    pairs = [(row["name"], row["adcode"]) for row in NAMES]
    assert len(pairs) == len(set(pairs))
    own = {(row[key], row["adcode"]) for row in REGIONS for key in ("name", "common_name", "short_name")}
    assert own & set(pairs) == set()


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("八桂", "450000", "literary"),
        ("荆楚", "420000", "literary"),
        ("三晋", "140000", "literary"),
        ("浭城", "130208", "literary"),
        ("驼城", "610800", "literary"),
        ("申", "310000", "short"),
        ("蜀", "510000", "short"),
        ("横县", "450181", "former"),
        ("射洪县", "510981", "former"),
        ("清苑县", "130608", "former"),
        ("襄樊", "420600", "former"),
        ("通什", "469001", "former"),
        ("江北区", "500157", "former"),
        ("科右前旗", "152221", "autonomous"),
        ("达茂旗", "150223", "autonomous"),
        ("西柏坡", "130131", "place"),
        ("莫干山", "330521", "place"),
        ("雄安新区", "130600", "place"),
    ],
)
def test_names_that_papers_use_are_in(name: str, code: str, kind: str) -> None:
    assert {"name": name, "adcode": code, "kind": kind} in [
        {key: row[key] for key in ("name", "adcode", "kind")} for row in NAMES
    ]


def test_ordinary_words_are_names_and_decoys_only_hold_one() -> None:
    names = {row[key] for row in REGIONS for key in ("name", "common_name")} | {row["name"] for row in NAMES}
    words = [row["word"] for row in WORDS]
    assert len(words) == len(set(words))
    assert {row["kind"] for row in WORDS} == {"ambiguous", "decoy"}
    assert [row["word"] for row in WORDS if (row["word"] in names) != (row["kind"] == "ambiguous")] == []
    decoys = [row["word"] for row in WORDS if row["kind"] == "decoy"]
    assert [word for word in decoys if not any(name in word for name in names if len(name) > 1)] == []
