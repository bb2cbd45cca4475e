"""What people ask of the samples, and what they expect to see first: questions.csv was written before the engine."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from brands.models import Brand
from brands.search.hits import Answer, answer

# Share of the questions whose answer stands first, and among the first five.
FIRST, FIRST_FIVE = 0.95, 1.0

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("samples")]


def questions() -> list[dict[str, str]]:
    """`type` and `name` of what is expected; several are separated, and any of them will do."""
    with Path(__file__).with_name("questions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def place(question: dict[str, str], found: Answer) -> int:
    """Where the first hit stands that is expected, from 1 on; 0 for nowhere."""
    types, names = question["type"].split(","), question["name"].split("|")
    expected = (at for at, hit in enumerate(found.hits, 1) if hit.type in types and hit.name in names)
    return next(expected, 0)


def test_the_questions_are_many_and_of_every_kind() -> None:
    kinds: defaultdict[str, int] = defaultdict(int)
    for question in questions():
        kinds[question["kind"]] += 1
    assert len({question["query"] for question in questions()}) == sum(kinds.values()) >= 120
    assert set(kinds) == {
        "name", "alias", "part", "words", "pinyin", "initials", "mixed", "prefix", "traditional", "width", "synonym",
        "literary", "slip", "region trade", "glued", "region", "program", "statistic", "article",
    }  # fmt: skip
    assert min(kinds.values()) >= 8


def test_what_is_asked_for_stands_first() -> None:
    places = {question["query"]: place(question, answer(question["query"])) for question in questions()}
    missed = [query for query, at in places.items() if not 1 <= at <= 5]
    later = [query for query, at in places.items() if 1 < at <= 5]
    assert len(missed) <= len(places) * (1 - FIRST_FIVE), missed
    assert len(missed) + len(later) <= len(places) * (1 - FIRST), missed + later


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("吕梁山护工", "精确"),
        ("福嫂", "别名"),
        ("llshg", "拼音"),
        ("呂梁山護工", "繁简"),
        ("东宝护理员", "同义"),
        ("山西 护工", "地区"),
        ("吕良山护工", "近音"),
        ("粤莱师傅", "形近"),
    ],
)
def test_the_first_hit_says_why(typed: str, label: str) -> None:
    assert str(answer(typed).hits[0].why.label) == label


@pytest.mark.parametrize(
    ("typed", "adcode", "least"), [("山西 护工", "14", 2), ("上海 月嫂", "31", 1), ("北京 保姆", "11", 0)]
)
def test_a_place_beside_another_word_is_a_filter(typed: str, adcode: str, least: int) -> None:
    """A brand of another province isn't there because a sentence about it names this one, too."""
    places = [hit.row.region_id or "" for hit in answer(typed).hits if isinstance(hit.row, Brand)]
    assert len(places) >= least
    assert {place[:2] for place in places} <= {adcode}


@pytest.mark.parametrize("typed", ["景点", "驴梁", "景典"])
def test_chinese_finds_no_other_chinese_of_the_same_sound(typed: str) -> None:
    names = [hit.name for hit in answer(typed).hits if not answer(typed).corrected]
    assert names == []


def test_a_recognised_word_may_be_taken_literally() -> None:
    read, literal = answer("山西 护工"), answer("“山西” 护工")
    assert [chip.text for chip in read.chips][:1] == ["山西"]
    assert "山西" not in [chip.text for chip in literal.chips]
    assert answer("山西 护工", exact=True).chips == []


@pytest.mark.parametrize("typed", ["llshg", "广西米粉", "重庆 火锅", "吕梁护理员", "sxxc", "绣娘"])
def test_scores_fall(typed: str) -> None:
    scores = [hit.score for hit in answer(typed).hits]
    assert scores == sorted(scores, reverse=True)
    assert scores
