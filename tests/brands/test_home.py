"""The home page: the national series, a tile a province, and totals."""

import re

import pytest
from django.test import Client

from brands.models import Region
from brands.vocabulary.choices import Qualifier
from tests.brands.factories import brands_of
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("catalogued")
def test_the_national_series_with_its_sources(client: Client) -> None:
    shown = text_of(page(client, "/"))
    assert "近 2500 个" in shown
    for when, value in (("2025年11月", "近 2500 个"), ("2024年11月", "超 2300 个"), ("2022年", "近 2000 个")):
        assert re.search(rf"{when} {value} 县报", shown), when


@pytest.mark.usefixtures("catalogued")
def test_the_chart_and_its_table_agree(client: Client) -> None:
    html = page(client, "/")
    labels = re.findall(r'<text class="value"[^>]*>([^<]*)<', html)
    assert labels == ["近 2000", "超 2300", "近 2500"]
    assert 'aria-label="劳务品牌数：2022年 近 2000 个，2024年11月 超 2300 个，2025年11月 近 2500 个"' in html
    assert html.count("is-open") == 1
    assert html.count("is-vague") == 0


@pytest.mark.usefixtures("catalogued")
def test_values_of_one_date_stand_with_the_words_that_tell_them_apart(client: Client) -> None:
    country = Region.objects.get(pk="100000")
    assert "原话" not in text_of(page(client, "/"))
    other = brands_of(country, 2600, Qualifier.OVER, as_of="2025-11", phrase="2600多个劳务品牌")
    for address in ("/", other.get_absolute_url()):
        shown = text_of(page(client, address))
        assert re.search(r"超 2600 个 县报：\S+ ?原话：2600多个劳务品牌", shown), address
        assert re.search(r"近 2500 个 县报：\S+ ?原话：近2500个", shown), address


@pytest.mark.usefixtures("catalogued")
def test_a_tile_a_province_and_the_same_numbers_as_a_list(client: Client) -> None:
    html = page(client, "/")
    tiles = re.findall(r'href="/regions/(\d{6})/"><span class="tile-name">(\S+?)</span>.*?"tile-count">(\d+)<', html)
    assert tiles == [("140000", "山西", "3"), ("500000", "重庆", "0"), ("420000", "湖北", "1")]
    rows = re.findall(r'<a href="/regions/\d{6}/">(\S+?)</a></th><td class="num">(?:<a [^>]+>)?(\d+)<', html)
    assert sorted(rows) == sorted((name, count) for _code, name, count in tiles)


@pytest.mark.usefixtures("catalogued")
def test_each_count_of_the_list_leads_to_what_it_counts(client: Client) -> None:
    found = re.findall(r'<td class="num"><a href="(/brands/[^"]+)">(\d+)<', page(client, "/"))
    assert found == [("/brands/?region=140000", "3"), ("/brands/?region=420000", "1")]
    for address, count in found:
        assert f"共 {count} 个品牌" in text_of(page(client, address))


@pytest.mark.usefixtures("catalogued")
def test_totals_are_what_the_lists_hold(client: Client) -> None:
    found = re.findall(r'<a href="([^"]+)"><b>(\d+)</b>', page(client, "/"))
    assert len(found) == 4
    for address, count in found:
        assert re.search(rf"共 {count} ", text_of(page(client, address))), address
