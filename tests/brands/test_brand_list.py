"""The list of brands: cards, facets, chips and pages."""

import re
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from brands.listing import BrandList
from tests.brands.factories import article, bear_out, brand, regions, statistic
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("catalogued")
def test_rows_say_place_trade_level_people_and_the_newest_report(client: Client) -> None:
    shown = text_of(page(client, "/brands/?region=141100&industry=care"))
    assert "吕梁山护工 山西吕梁 养老护理 国家级 超 9 万人 2025 2025-11-19" in shown


def test_pay_is_told_as_the_paper_prints_it_with_its_year(client: Client) -> None:
    wages: dict[str, dict[str, Any]] = {
        "月嫂": {"unit": "元/月", "qualifier": "over", "as_of": "2024-03"},
        "焊工": {"unit": "元/年", "qualifier": "about", "value_max": Decimal(120_000)},
        "日工": {"unit": "元/天"},
        "增收工": {"unit": "元/月", "scope": "rise"},
    }
    for name, fields in wages.items():
        value = 96_000 if fields["unit"] == "元/年" else 8000
        statistic(brand(name, region=regions()["140000"]), value, metric="per_capita_income", **fields)
    shown = text_of(page(client, "/brands/?sort=income"))
    assert "月嫂 山西 养老护理 超 8000 元/月 2024" in shown
    assert "焊工 山西 养老护理 约 9.6 万 至 12 万元/年" in shown
    assert "日工 山西 养老护理 2025" in shown, "a day's wage is none of a month or year"
    assert "增收工 山西 养老护理 2025" in shown, "a rise is no pay"


def test_a_table_has_its_caption_and_heads_that_sort_both_ways(client: Client) -> None:
    brand("护工", region=regions()["140000"])
    html = page(client, "/brands/?region=140000&sort=headcount")
    assert "<caption" in html
    assert '<th scope="col" aria-sort="descending"><a href="/brands/?region=140000&amp;sort=headcount_asc">' in html
    assert '<th scope="col"><a href="/brands/?region=140000">' in html, "the default stands in no address"
    turned = page(client, "/brands/?region=140000&sort=headcount_asc")
    assert '<th scope="col" aria-sort="ascending"><a href="/brands/?region=140000&amp;sort=headcount">' in turned


def test_the_newest_figure_is_shown_and_undated_ones_only_without_another(client: Client) -> None:
    made = brand("护工", region=regions()["140000"])
    statistic(made, 10)
    assert " 10 人 " in text_of(page(client, "/brands/"))
    statistic(made, 20, as_of="2020")
    statistic(made, 30, as_of="2021-05")
    assert " 30 人 2021 " in text_of(page(client, "/brands/"))


def test_of_several_figures_of_one_date_the_most_reported_is_shown_then_the_largest(client: Client) -> None:
    """An article gives the whole and then its parts; the last part is what a careless list would show."""
    made = brand("护工", region=regions()["140000"])
    statistic(made, 1000, as_of="2021-05")
    part = statistic(made, 100, as_of="2021-05")
    assert " 1000 人 2021 " in text_of(page(client, "/brands/"))
    bear_out(part, article("又报：100人。"), "100人")
    assert " 100 人 2021 " in text_of(page(client, "/brands/"))


@pytest.mark.usefixtures("catalogued")
def test_chips_and_complaints(client: Client) -> None:
    html = page(client, "/brands/?region=141100&industry=nonsense&colour=red")
    assert "无法识别参数“colour”" in html
    assert "“行业”里没有“nonsense”" in html
    assert re.search(r'<a class="chip" href="/brands/">.*吕梁', html)


@pytest.mark.usefixtures("catalogued")
def test_every_value_of_a_facet_leads_to_as_many_rows(client: Client) -> None:
    html = page(client, "/brands/?region=140000")
    found = re.findall(
        r'<li[^>]*><a href="([^"]+)"[^>]*><span>\S+</span> <span class="count">(\d+)',
        html,
    )
    assert len(found) > 5
    for address, count in found:
        assert f"共 {count} 个品牌" in page(client, address.replace("&amp;", "&"))


def test_paging(client: Client) -> None:
    regions()
    for number in range(BrandList.page_size + 2):
        brand(f"工匠{number:02}")
    first = page(client, "/brands/?industry=care")
    assert 'rel="next" href="/brands/?industry=care&amp;page=2"' in first
    second = page(client, "/brands/?industry=care&page=2")
    assert second.count('<th scope="row">') == 2
    assert 'rel="prev" href="/brands/?industry=care"' in second
    assert '<link rel="canonical" href="http://testserver/brands/?industry=care&amp;page=2">' in second


@pytest.mark.usefixtures("catalogued")
@pytest.mark.parametrize("number", ["0", "-1", "99", "9" * 30, "9" * 5000, "two", "1.5", "\x00", "１"])
def test_pages_that_do_not_exist(client: Client, number: str) -> None:
    assert "该页不存在，已显示第 1 页" in page(client, f"/brands/?{urlencode({'page': number})}")


@pytest.mark.usefixtures("catalogued")
def test_nothing_found_says_so(client: Client) -> None:
    assert "没有符合这些条件的记录" in page(client, "/brands/?category=skilled")
