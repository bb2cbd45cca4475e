"""Suggestions: names that begin with what was typed, then names that hold it, by characters and by sound."""

import pytest
from django.db import connection
from pytest_django.fixtures import DjangoAssertNumQueries

from brands.models import Brand, DocumentKind, RegionName
from brands.search.query import MAX_QUERY
from brands.search.suggest import MOST, SHARES, Suggestion, suggest
from tests.brands.factories import brand, program, regions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogued")]

# Names that begin with the text, names that hold it, names as they are written, divisions.
STATEMENTS = 4


def names(typed: str) -> list[str]:
    return [found.name for found in suggest(typed)]


def marked(found: Suggestion) -> str:
    return "|".join(found.name[mark.start : mark.end] for mark in found.marks)


def test_names_by_their_characters() -> None:
    expected = {
        "吕梁": ["吕梁山护工", "吕梁市"],
        "吕": ["吕梁山护工", "吕梁市"],
        "护工": ["吕梁山护工", "护工技能大赛"],
        "呂梁山護工": ["吕梁山护工"],
        "山西 护工": ["吕梁山护工", "护工技能大赛"],
        "护工 吕梁": ["吕梁山护工", "护工技能大赛"],
        "护工 裁缝": [],
        "指导意见": ["《劳务品牌建设指导意见》"],
        "劳务品牌建设": ["《劳务品牌建设指导意见》"],
        "“吕梁”": ["吕梁山护工", "吕梁市"],
        "中国": [],
        "": [],
        " 、 ": [],
        "字" * (MAX_QUERY + 1): [],
    }
    assert {typed: names(typed) for typed in expected} == expected


def test_names_by_their_sound() -> None:
    expected = {
        "lvliangshanhugong": ("吕梁山护工", "吕梁山护工"),
        "lüliang": ("吕梁山护工", "吕梁"),
        "LULIANG": ("吕梁山护工", "吕梁"),
        "lvliangsh": ("吕梁山护工", "吕梁山"),
        "lv liang": ("吕梁山护工", "吕梁"),
        "llshg": ("吕梁山护工", "吕梁山护工"),
        "hugong": ("吕梁山护工", "护工"),
        "吕梁shan": ("吕梁山护工", "吕梁山"),
        "qj": ("潜江裁缝", "潜江"),
        "tianzhen": ("天镇保姆", "天镇"),
    }
    first = {typed: suggest(typed)[0] for typed in expected}
    assert {typed: (found.name, marked(found)) for typed, found in first.items()} == expected


def test_chinese_is_never_read_as_sound() -> None:
    brand("经典师傅")
    assert names("景点") == []


def test_another_name_that_matches_is_shown_and_marked() -> None:
    found = next(one for one in suggest("吕梁护工") if one.kind == DocumentKind.BRAND)
    assert (found.name, found.marks, found.alias) == ("吕梁山护工", [], "吕梁护工")
    assert [(mark.start, mark.end) for mark in found.alias_marks] == [(0, 4)]


def test_names_are_shown_as_they_are_written() -> None:
    brand("AI「訓練師」")
    found = suggest("ai训练")
    assert [(one.name, marked(one)) for one in found] == [("AI「訓練師」", "AI「訓練")]


def test_the_name_itself_comes_first_then_what_begins_with_it() -> None:
    for name in ("裁缝", "裁缝师傅", "巧裁缝"):
        brand(name)
    assert names("裁缝") == ["裁缝", "裁缝师傅", "潜江裁缝", "巧裁缝"]


def test_a_literary_name_leads_to_the_division() -> None:
    RegionName.objects.create(region=regions()["140000"], name="三晋", kind="literary")
    assert [(one.name, one.alias) for one in suggest("三晋")] == [("山西省", "三晋")]


def test_places_are_told() -> None:
    assert {one.name: one.place for one in suggest("吕梁")} == {"吕梁山护工": "山西吕梁", "吕梁市": "山西"}
    assert [one.place for one in suggest("无名")] == [""]


def test_of_equal_divisions_the_larger_comes_first() -> None:
    assert names("离") == ["离石月嫂", "离石区"]
    assert [one.name for one in suggest("市") if one.kind == DocumentKind.REGION] == [
        "重庆市", "大同市", "吕梁市", "潜江市",
    ]  # fmt: skip


def test_each_kind_has_its_share_and_leaves_what_it_does_not_need() -> None:
    for number in range(MOST):
        brand(f"永川匠人{number}")
        program(f"永川计划{number}")
    found = suggest("永川")
    assert [one.kind for one in found] == [DocumentKind.BRAND] * 5 + [DocumentKind.REGION] + [DocumentKind.PROGRAM] * 2
    assert len(found) == sum(SHARES.values()) == MOST


def test_what_is_not_public_is_not_suggested() -> None:
    made = Brand.objects.get(name="吕梁山护工")
    made.review = "rejected"
    made.save()
    assert "吕梁山护工" not in names("吕梁")


def test_statements_have_a_bound(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    each = 1 if connection.vendor == "sqlite" else 4  # PostgreSQL's settings and savepoints count
    for typed in ("护", "lvl", "山西 护工", "没有"):
        with django_assert_max_num_queries(STATEMENTS * each):
            suggest(typed)
