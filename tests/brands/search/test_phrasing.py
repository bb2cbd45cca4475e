"""Questions in plain words, by the table of phrases alone: what is left of them, and what they ask."""

import csv

import pytest

from brands.search import phrasing
from brands.search.phrasing import Bound, Phrased, phrased
from brands.vocabulary.choices import Metric
from brands.vocabulary.folding import fold
from tests.pace import keeps_pace

KNOWN = frozenset(
    {"月嫂", "护工", "家政", "保安", "拉面", "天镇", "保姆", "上海", "四川", "陕西", "陕西省", "省级", "收入", "成都"}
)
PAY, PEOPLE = phrasing.PAY, phrasing.PEOPLE


def read(typed: str) -> Phrased | None:
    return phrased([fold(word) for word in typed.split()], KNOWN.__contains__)


@pytest.mark.parametrize(
    ("typed", "words", "wants"),
    [
        ("月嫂一个月多少钱", "月嫂", PAY),
        ("月嫂 一个月 多少钱", "月嫂", PAY),
        ("请问护工一般一年能挣多少", "护工", PAY),
        ("在上海做护工能挣多少钱", "上海 护工", PAY),
        ("上海的护工", "上海 护工", ""),
        ("上海的修表师", "上海 修表师", ""),
        ("四川做拉面的", "四川 拉面", ""),
        ("哪里有月嫂", "月嫂", "places"),
        ("月嫂哪個省有", "月嫂", "places"),
        ("哪里能请到月嫂", "月嫂", "places"),
        ("四川家政品牌有哪些", "四川 家政", "list"),
        ("成都有哪些劳务品牌", "成都", "list"),
        ("四川家政品牌", "四川 家政", "list"),
        ("陕西省级劳务品牌名单", "陕西 省级", "list"),
        ("怎么联系磨刀匠", "磨刀匠", "contact"),
        ("磨刀匠联系方式", "磨刀匠", "contact"),
        ("磨刀匠带动了多少人就业", "磨刀匠", PEOPLE),
        ("磨刀匠培训了多少人", "磨刀匠", "metric:training"),
        ("磨刀匠有多少家门店", "磨刀匠", "metric:organisations"),
        ("磨刀工人收入多少", "磨刀工人", PAY),  # 工人 is no frame
        ("上海有多少个劳务品牌", "上海", "metric:brands"),
        ("月嫂培训多少钱", "月嫂", "price"),
        ("月嫂培训班", "月嫂", "training"),
        ("上海哪里能找到靠谱的月嫂", "上海 月嫂", "places"),
        ("四川都有啥品牌", "四川", "list"),
    ],
)
def test_what_is_asked_and_of_what(typed: str, words: str, wants: str) -> None:
    asked = read(typed)
    assert asked is not None
    assert (" ".join(asked.words), asked.wants, asked.bound) == (words, wants, None)


@pytest.mark.parametrize(
    "typed",
    [
        "月嫂",
        "四川家政",
        "四川 家政",
        "月嫂 收入",
        "劳务品牌发展大会",
        "四川 家政 品牌",  # a word of its own is looked for
        "最美劳务品牌",  # a name, as 最美 is not known
        "关于劳务品牌建设的指导意见",
        "磨刀匠的徒弟",
        "有名的磨刀匠",
        "外出务工人员",
        "",
    ],
)
def test_what_asks_nothing_is_left_as_it_is(typed: str) -> None:
    assert read(typed) is None


@pytest.mark.parametrize(
    ("typed", "words", "label", "least"),
    [
        ("月薪过万", "", PAY, 10_000),
        ("月入過萬", "", PAY, 10_000),
        ("月薪8000以上的保安", "保安", PAY, 8_000),
        ("月薪１．５万以上", "", PAY, 15_000),
        ("工资不低于六千", "", PAY, 6_000),
        ("一个月挣一万五以上", "", PAY, 15_000),
        ("月薪超过两万五千元的家政品牌", "家政", PAY, 25_000),
        ("年薪12万以上", "", PAY, 10_000),
        ("一年挣二十四万以上", "", PAY, 20_000),
        ("就业人数超过10万", "", PEOPLE, 100_000),
        ("四川10万人以上的品牌", "四川", PEOPLE, 100_000),
        ("从业人数至少3,000", "", PEOPLE, 3_000),
    ],
)
def test_a_bound(typed: str, words: str, label: str, least: int) -> None:
    asked = read(typed)
    assert asked is not None
    assert (" ".join(asked.words), asked.wants, asked.bound) == (words, label, Bound(label, least))


@pytest.mark.parametrize("typed", ["月薪8000", "保安2000", "10万人", "2024年以上", "第2届", "过万", "12000以上"])
def test_a_number_without_a_noun_or_a_side_is_no_bound(typed: str) -> None:
    asked = read(typed)
    assert asked is None or asked.bound is None


@pytest.mark.parametrize(
    "piece", ["一共有", "有", "的", "月薪", "0,", "最多的", "劳务品牌", "请问", "一万", "多少", "上海的"]
)
def test_a_long_question_costs_linear_time(piece: str) -> None:
    short, long = [piece * (40 // len(piece))], [piece * (400 // len(piece))]
    assert keeps_pace(
        lambda: phrased(short, KNOWN.__contains__), lambda: phrased(long, KNOWN.__contains__), times=60, slack=0.1
    )


def test_the_table_says_what_the_program_knows() -> None:
    with phrasing.TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {"", "places", "contact", "list", "price", "training", *(f"metric:{metric}" for metric in Metric)}
    assert {row["asks"] for row in rows} <= known
    roles = {"core", "before", "after", "opening", "closing", "ending", "link", "over", "above", "country"}
    assert {row["role"] for row in rows} == roles
    placed = [(row["role"], word) for row in rows for word in row["words"].split("、")]
    assert len(placed) == len(set(placed))
    assert all(fold(word) == word for _, word in placed)
