"""Provinces beside each other: what papers report of each apart from sums, sorted, and taken along."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from brands.figures import sums
from brands.models import Region, Statistic
from brands.vocabulary.choices import BrandLevel, DateBasis, Metric, Qualifier, Scope
from tests.brands.factories import brand, brands_of, regions, statistic
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/regions/"


@pytest.fixture
def places() -> dict[str, Region]:
    return regions()


@pytest.fixture
def told(places: dict[str, Region]) -> dict[str, Statistic]:
    """Two provinces with totals, of which one has brands that are added up too."""
    shanxi, hubei = places["140000"], places["420000"]
    brand("离石月嫂", region=places["141102"], level=BrandLevel.PROVINCIAL)
    for name, people in (("文水护工", 300), ("天镇保姆", 40)):
        statistic(brand(name, region=places["141121"]), people, as_of="2024")
    return {
        "old": statistic(shanxi, 700_000, as_of="2020"),
        "new": statistic(shanxi, 800_000, as_of="2025-11", as_of_basis=DateBasis.PUBLISHED, qualifier=Qualifier.OVER),
        "hubei": statistic(hubei, 1_900_000, as_of="2023"),
        "brands": brands_of(shanxi, 122, Qualifier.EXACT, as_of="2025"),
        "own": brands_of(shanxi, 13, Qualifier.EXACT, as_of="2025", scope=Scope.PART, part_of="省级"),
    }


def rows_of(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"{ADDRESS}compared.csv{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="laobrand-provinces.csv"' in answer["Content-Disposition"]
    assert answer.content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def names(client: Client, query: str) -> list[str]:
    return [row["省份"] for row in rows_of(client, query)]


def test_each_number_leads_to_its_sentence_and_has_its_date(client: Client, told: dict[str, Statistic]) -> None:
    html = page(client, ADDRESS)
    shown = text_of(html)
    assert "超 80 万人 据2025年11月报道" in shown
    assert f'href="{told["new"].get_absolute_url()}"' in html
    assert told["old"].get_absolute_url() not in html, "an older total stands no more"
    assert "未收录" in shown
    assert "报道给出品牌总数的有 1 个省份，给出就业人数的有 2 个。" in shown


def test_brands_of_the_province_s_own_level_have_a_column(client: Client, told: dict[str, Statistic]) -> None:
    html = page(client, ADDRESS)
    assert "报道的省级品牌" in html
    assert f'href="{told["own"].get_absolute_url()}">13 个</a>' in html
    assert 'href="/brands/?region=140000&amp;level=provincial">1</a>' in html


@pytest.mark.usefixtures("told")
def test_sums_are_told_apart_from_what_papers_report(client: Client) -> None:
    reported, added = text_of(page(client, ADDRESS)), text_of(page(client, f"{ADDRESS}?figures=sums"))
    assert "340 人" not in reported
    assert "340 人 2 个品牌" in added
    assert "80 万人" not in added
    assert "/statistics/?sum=employment&amp;region=140000" in page(client, f"{ADDRESS}?figures=sums")


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("", ["山西", "湖北", "重庆"]),
        ("?sort=employment", ["湖北", "山西", "重庆"]),
        ("?sort=employment_asc", ["山西", "湖北", "重庆"]),
        ("?sort=held", ["山西", "湖北", "重庆"]),
        ("?sort=brands", ["山西", "湖北", "重庆"]),
        ("?figures=sums&sort=employment", ["山西", "湖北", "重庆"]),
    ],
)
def test_heads_sort_and_what_is_unknown_comes_last(client: Client, query: str, first: list[str]) -> None:
    assert names(client, query) == first


@pytest.mark.usefixtures("told")
def test_a_sorted_table_says_who_is_first_and_ranks_who_has_the_number(client: Client) -> None:
    html = page(client, f"{ADDRESS}?sort=employment")
    assert (
        "就业人数最多的：湖北 190 万人（2023年）、山西 超 80 万人（据2025年11月报道）。2 个省份有这个数字。"
        in text_of(html)
    )
    assert html.count('class="rank"') == 2
    assert 'aria-sort="descending"' in html
    assert "sort=employment_asc" in html


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("?sort=weight", "“排序”里没有“weight”，已忽略。"),
        ("?figures=guesses", "“数字”里没有“guesses”，已忽略。"),
        ("?colour=red", "无法识别参数“colour”，已忽略。"),
    ],
)
def test_what_an_address_says_wrongly_is_told(client: Client, query: str, complaint: str) -> None:
    assert complaint in text_of(page(client, ADDRESS + query))


def test_a_spreadsheet_has_numbers_dates_and_full_addresses(client: Client, told: dict[str, Statistic]) -> None:
    shanxi, hubei, chongqing = rows_of(client)
    assert shanxi["报道：就业人数（人）"] == "800000"
    assert shanxi["就业人数（人）：限定"] == "超"
    assert shanxi["就业人数（人）：截至"] == "2025-11"
    assert shanxi["就业人数（人）：网址"] == f"http://testserver{told['new'].get_absolute_url()}"
    assert shanxi["各品牌合计：就业人数（人）"] == "340"
    assert shanxi["就业人数（人）：合计的品牌数"] == "2"
    assert (shanxi["本库品牌"], shanxi["本库省级品牌"]) == ("3", "1")
    assert hubei["就业人数（人）：限定"] == ""
    assert chongqing["报道：就业人数（人）"] == ""


@pytest.mark.usefixtures("told")
def test_excel_gets_numbers_as_numbers(client: Client) -> None:
    answer = client.get(f"{ADDRESS}compared.xlsx?sort=employment")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
    assert sheet is not None
    lines: list[Any] = list(sheet.iter_rows(values_only=True))
    at = lines[0].index("报道：就业人数（人）")
    assert [line[at] for line in lines[1:3]] == [1_900_000, 800_000]
    assert lines[1][0] == "湖北"


@pytest.mark.usefixtures("told")
def test_too_many_brands_are_not_added(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("brands.listing.provinces.MOST_ADDED", 2)
    assert sums.MOST_ADDED > 2
    assert "340 人" not in page(client, f"{ADDRESS}?figures=sums")
    assert "各品牌合计：就业人数（人）" not in rows_of(client)[0]


def test_pay_is_told_by_the_month_and_by_the_year(client: Client, places: dict[str, Region]) -> None:
    for unit, value in (("元/月", 5000), ("元/年", 60000)):
        statistic(places["140000"], value, metric=Metric.PER_CAPITA_INCOME, unit=unit, as_of="2024")
    shown = text_of(page(client, ADDRESS))
    assert "人均收入（元/月）" in shown
    assert "人均收入（元/年）" in shown


@pytest.mark.usefixtures("told")
def test_a_number_of_some_brands_stands_with_its_words_where_none_of_all_is_reported(
    client: Client, places: dict[str, Region]
) -> None:
    some: dict[str, Any] = {"part_of": "省级劳务品牌", "qualifier": Qualifier.OVER}
    statistic(places["500000"], 1_200_000, as_of="2024-11", **some)
    statistic(places["140000"], 9_000_000, as_of="2026-01", **some)
    statistic(places["420000"], 9_500_000, as_of="2026-01", part_of="农村劳动力")
    shown = text_of(page(client, ADDRESS))
    assert "“省级劳务品牌”超 120 万人 2024年11月" in shown
    assert "超 80 万人 据2025年11月报道" in shown
    assert "900 万人" not in shown
    assert "950 万人" not in shown
