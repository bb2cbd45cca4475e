"""The line of JSON that a page becomes."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from brands.vocabulary.choices import BrandLevel, Category, Industry, Metric, ProgramKind, Qualifier
from ingest.export import export, export_line
from tests.ingest.building import PageBuilder

TEXT = "护工出山\n“吕梁山护工”带动近9万人，“吕梁山护工”月入6000元到2万元。劳务品牌大会召开。"


def page() -> PageBuilder:
    page = PageBuilder(TEXT, name="报/第1版.txt")
    quotes = (
        page.quote("吕梁山护工", confidence=0.7),
        page.quote("吕梁山护工", nth=1, rule="series", confidence=0.9),
        page.quote("出山", name="region", confidence=0.99),
    )
    page.brand(
        "吕梁山护工",
        "141100",
        quotes=quotes,
        aliases=("山护工",),
        level=BrandLevel.PREFECTURAL,
        category=Category.SERVICE,
    )
    page.program("劳务品牌大会", ProgramKind.CONFERENCE, held="2025-11", place="140000")
    page.statistic("吕梁山护工", "近9万人", 90000, qualifier=Qualifier.NEARLY, as_of="2025-11")
    page.statistic(
        "吕梁山护工", "6000元到2万元", 6000, "元/月", metric=Metric.PER_CAPITA_INCOME, value_max=Decimal(20000)
    )
    page.statistic("140000", "9万", "0.5", "%", metric=Metric.GROWTH)
    page.statistic("#劳务品牌大会", "2万元", "1E+5", "元", metric=Metric.FUNDING)
    return page


@pytest.fixture
def line() -> Any:
    return json.loads(export_line(page().facts()))


def words(spans: list[list[int]]) -> list[str]:
    return [TEXT[start:end] for start, end in spans]


def test_a_page_is_one_line_of_plain_characters() -> None:
    text = export_line(page().facts())
    assert "\n" not in text
    assert "吕梁山护工" in text


def test_the_file_is_its_base_name(line: Any) -> None:
    assert line["file"] == "第1版.txt"
    assert list(line) == ["file", "articles", "brands", "programs", "statistics"]


def test_articles_carry_title_date_publisher_and_spans(line: Any) -> None:
    assert (
        line["articles"][0].items()
        >= {
            "title": "护工出山",
            "relevant": True,
            "published_on": "2025-11-19",
            "publisher": "新华社",
            "spans": [[0, len(TEXT)]],
        }.items()
    )


def test_a_date_that_nobody_knows_is_null() -> None:
    undated = PageBuilder(TEXT, published_on=None, relevant=False)
    article = export(undated.facts())["articles"][0]
    assert (article["published_on"], article["relevant"]) == (None, False)


def test_brands_carry_their_attributes(line: Any) -> None:
    assert (
        line["brands"][0].items()
        >= {
            "name": "吕梁山护工",
            "aliases": ["山护工"],
            "region": "141100",
            "industry": "care",
            "category": "service",
            "level": "prefectural",
            "rule": "series",
            "confidence": 0.9,
        }.items()
    )


def test_evidence_of_a_single_field_is_no_evidence_of_the_brand(line: Any) -> None:
    assert words(line["brands"][0]["evidence"]) == ["吕梁山护工", "吕梁山护工"]


def test_what_is_unknown_is_empty() -> None:
    bare = PageBuilder(TEXT)
    bare.brand("吕梁山护工", industry=Industry.OTHER)
    brand = export(bare.facts())["brands"][0]
    assert (brand["region"], brand["level"], brand["category"], brand["industry"]) == ("", "", "", "other")


def test_programs_carry_kind_date_and_place(line: Any) -> None:
    program = line["programs"][0]
    assert (program["name"], program["kind"], program["held"], program["place"]) == (
        "劳务品牌大会",
        "conference",
        "2025-11",
        "140000",
    )
    assert words(program["evidence"]) == ["劳务品牌大会"]


def test_statistics_carry_number_hedge_unit_and_date(line: Any) -> None:
    statistic = line["statistics"][0]
    assert (
        statistic.items()
        >= {
            "subject": {"type": "brand", "name": "吕梁山护工"},
            "metric": "employment",
            "value": 90000,
            "value_max": None,
            "qualifier": "nearly",
            "unit": "人",
            "as_of": "2025-11",
            "stated": "近9万人",
        }.items()
    )
    assert words([statistic["evidence"]]) == ["近9万人"]
    assert words([statistic["context"]])[0].startswith("“吕梁山护工”带动")


@pytest.mark.parametrize(
    ("nth", "subject", "value", "upper"),
    [
        (1, {"type": "brand", "name": "吕梁山护工"}, 6000, 20000),
        (2, {"type": "region", "code": "140000"}, 0.5, None),
        (3, {"type": "program", "name": "劳务品牌大会"}, 100000, None),
    ],
)
def test_whole_numbers_are_integers(line: Any, nth: int, subject: Any, value: float, upper: int | None) -> None:
    statistic = line["statistics"][nth]
    assert (statistic["subject"], statistic["value"], statistic["value_max"]) == (subject, value, upper)
    assert type(statistic["value"]) is type(value)


def test_the_surest_place_counts_for_a_statistic() -> None:
    twice = page()
    fact = twice.statistics[0]
    twice.statistics[0] = replace(fact, quotes=(*fact.quotes, replace(fact.quotes[0], confidence=0.95)))
    assert export(twice.facts())["statistics"][0]["confidence"] == 0.95
