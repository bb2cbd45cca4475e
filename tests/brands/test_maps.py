"""The three states of the map on the home page: the same numbers in tiles and list, and sums of what may be added."""

import re

import pytest
from django.test import Client

from brands.figures.sums import MOST
from brands.listing.sync import gathered
from brands.models import Brand, Region
from brands.vocabulary.choices import Metric, Qualifier
from tests.brands.factories import brand, brands_of, regions, statistic

pytestmark = pytest.mark.django_db


@pytest.fixture
def series() -> Brand:
    """Shanxi: a series of two brands with figures, one in another unit, one without; Hubei: one with a slip."""
    with gathered():
        places = regions()
        head = brand("三晋系列", region=places["140000"])
        statistic(head, 500_000)
        for name, people in (("吕梁山护工", 90_000), ("天镇保姆", 12_345)):
            statistic(brand(name, region=places["141100"], series=head), people, as_of="2025")
        statistic(brand("离石月嫂", region=places["141102"]), 7000, unit="人次")
        statistic(brand("潜江裁缝", region=places["429005"]), MOST["人"] + 1)
        brands_of(places["140000"], 40, Qualifier.OVER, as_of="2025-11")
        brands_of(places["140000"], 99, Qualifier.EXACT, as_of="2020")
        brands_of(places["420000"], 3, Qualifier.EXACT)
    return head


def parts(client: Client, state: str) -> tuple[dict[str, str], dict[str, list[str]], str]:
    """The tiles and the list, by province, and the page."""
    response = client.get(f"/?map={state}")
    assert response.status_code == 200
    html = response.content.decode()
    tiles = dict(re.findall(r'"tile-name">(\S+?)</span>.*?"tile-count">([^<]+)<', html))
    rows = re.findall(r'<th scope="row"><a href="/regions/\d{6}/">(\S+?)</a></th>(.*?)</tr>', html)
    listed = {name: re.findall(r'<td class="num">(?:<a [^>]+>)?([^<]+)<', cells) for name, cells in rows}
    return tiles, listed, html


def test_people_are_added_where_they_may_be(client: Client, series: Brand) -> None:
    tiles, listed, html = parts(client, "people")
    assert tiles == {"山西": "10万", "湖北": "—", "重庆": "—"}
    assert listed == {
        "山西": ["—", "10 万人", "2 / 4"],
        "湖北": ["—", "—", "0 / 1"],
        "重庆": ["—", "—", "0 / 0"],
    }
    assert "0 个省份有报道给出的总数，取最新一条；另有 1 个省份由各品牌的报道人数相加。" in html
    assert "不含人次" in html
    assert 'href="/statistics/?sum=employment&amp;region=140000">10 万人<' in html
    assert re.findall(r'swatch step-\d" aria-hidden="true"></span>([^<]+)<', html) == ["未收录", "至 10 万"]


def test_a_reported_total_stands_where_there_is_one(client: Client, series: Brand) -> None:
    province = Region.objects.get(pk="140000")
    statistic(province, 800_000, as_of="2024", qualifier="over")
    statistic(province, 900_000, as_of="2025", scope="new")
    statistic(province, 950_000, as_of="2025", unit="人次")
    tiles, listed, _html = parts(client, "people")
    assert tiles["山西"] == "80万"
    assert listed["山西"] == ["超 80 万人（2024年）", "10 万人", "2 / 4"]
    assert "超 80 万人" in client.get(province.get_absolute_url()).content.decode()


def test_coverage_is_what_we_hold_of_the_newest_report(client: Client, series: Brand) -> None:
    tiles, listed, html = parts(client, "coverage")
    assert tiles == {"山西": "4/40", "湖北": "1/3", "重庆": "0/?"}
    assert listed["山西"] == ["4", "超 40 个（2025年11月）"]
    assert listed["重庆"] == ["0", "未收录"]
    assert list(listed) == ["湖北", "山西", "重庆"]
    assert re.findall(r'swatch step-\d" aria-hidden="true"></span>(\d[^<]*)<', html) == ["1–10%", "11–50%"]
    assert "2 个省份有此类报道" in html


def test_the_choice_is_marked_and_led_to(client: Client, series: Brand) -> None:
    _tiles, _listed, html = parts(client, "people")
    links = re.findall(r'<a class="chip" href="(/[^"]*#map)"( aria-current="true")?>', html)
    assert links == [("/#map", ""), ("/?map=people#map", ' aria-current="true"'), ("/?map=coverage#map", "")]


@pytest.mark.parametrize(
    ("asked", "told"), [("weather", "“weather”"), ("<b>\x00", "“&lt;b&gt;"), ("x" * 500, "没有“x")]
)
def test_an_unknown_map_is_told_and_shows_brands(client: Client, series: Brand, asked: str, told: str) -> None:
    html = client.get("/", {"map": asked}).content.decode()
    assert "参数 map：" in html
    assert told in html
    assert '<span class="tile-count">4<' in html


def test_an_empty_catalogue_has_every_map(client: Client) -> None:
    regions()
    assert [parts(client, state)[0]["山西"] for state in ("brands", "people", "coverage")] == ["0", "—", "0/?"]


def test_no_map_adds_a_metric_that_says_something_else(client: Client, series: Brand) -> None:
    with gathered():
        statistic(series, 1_000_000, metric=Metric.TRAINING)
    assert parts(client, "people")[0]["山西"] == "10万"
