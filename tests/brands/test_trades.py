"""Trades and pay: what carers earn, where they come from and go, each with its sentence."""

import csv
import io
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from brands.figures.pay import pays, spread
from brands.graphics.png import drawable
from brands.models import Brand, Region, Statistic
from brands.vocabulary.choices import DateBasis, DetailKind, Industry, Metric, Qualifier, ReviewState, Scope
from tests.brands.factories import article, brand, detail, regions, statistic
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Region]:
    return regions()


def pay(subject: Brand, value: int, unit: str = "元/月", **fields: object) -> Statistic:
    options = {"as_of": "2024", "metric": Metric.PER_CAPITA_INCOME, **fields}
    return statistic(subject, value, unit=unit, **options)  # type: ignore[arg-type]


@pytest.fixture
def carers(places: dict[str, Region]) -> list[Brand]:
    """Three carers with pay, of which one is told by the year; a nanny with pay."""
    made = [brand(name, region=places["141121"]) for name in ("文水护工", "离石护工", "大同护工")]
    for one, (value, unit) in zip(made, ((4000, "元/月"), (100_000, "元/年"), (6000, "元/月")), strict=True):
        pay(one, value, unit)
    nanny = brand("天镇保姆", region=places["140222"], industry=Industry.DOMESTIC_SERVICE)
    pay(nanny, 7000, qualifier=Qualifier.OVER, as_of_basis=DateBasis.PUBLISHED)
    return made


@pytest.mark.usefixtures("carers")
def test_what_carers_earn_stands_in_the_first_line(client: Client) -> None:
    shown = text_of(page(client, "/industries/care/"))
    assert "本库收录了 3 个养老护理品牌，最多的是山西（3 个）。" in shown
    assert "有人均收入数据的 3 个品牌：4000 至 8300 元/月，中位数 6000 元/月。" in shown
    assert "折合约 8300 元/月" in shown
    assert "据介绍，4000元/月。" in shown, "each has its sentence"


def test_every_brand_is_a_dot_that_leads_to_its_figure(client: Client, carers: list[Brand]) -> None:
    html = page(client, "/industries/care/")
    chart = html.split("<svg", 1)[1].partition("</svg>")[0]
    for one in carers:
        assert f'href="{one.statistics.get().get_absolute_url()}"' in chart
    assert chart.count("<circle") == 3
    assert "2024年 文水护工 4000 元/月" in chart


@pytest.mark.usefixtures("carers")
def test_too_few_pays_are_said_to_be_so_and_listed(client: Client) -> None:
    html = page(client, "/industries/domestic_service/")
    assert "<svg" not in html
    assert "有收入数据的品牌太少，看不出分布" in html
    assert "超 7000 元/月" in text_of(html)


@pytest.mark.usefixtures("carers")
def test_the_page_of_pay_has_a_row_for_each_brand(client: Client) -> None:
    html = page(client, "/pay/")
    shown = text_of(html)
    assert "本库有 4 个品牌的公开收入数据：4000 至 8300 元/月，中位数 6500 元/月。" in shown
    assert html.count('<tr><th scope="row">') == 4
    assert html.split("<svg", 1)[1].partition("</svg>")[0].count('class="row"') == 1, "one trade has enough"
    assert "10 万元/年" in shown


@pytest.mark.usefixtures("carers")
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("", "文水护工"),
        ("?sort=pay", "离石护工"),
        ("?sort=pay_asc", "文水护工"),
        ("?industry=domestic_service", "天镇保姆"),
    ],
)
def test_pay_is_sorted_and_narrowed(client: Client, query: str, first: str) -> None:
    table = page(client, f"/pay/{query}").split("<tbody>")[1]
    assert first in table.split("</tr>")[0]


@pytest.mark.usefixtures("carers")
def test_what_the_address_says_wrongly_is_told(client: Client) -> None:
    shown = text_of(page(client, "/pay/?industry=sorcery&sort=x&colour=red"))
    for said in ("“行业”里没有“sorcery”", "“排序”里没有“x”", "无法识别参数“colour”"):
        assert said in shown


def test_rises_parts_and_what_waits_are_no_pay(client: Client, places: dict[str, Region]) -> None:
    one = brand("文水护工", region=places["141121"])
    pay(one, 1000, scope=Scope.RISE)
    pay(one, 9000, scope=Scope.PART, part_of="骨干")
    pay(one, 300, unit="元/天")
    pay(one, 5000, confidence=0.4)
    pay(one, 6000, review=ReviewState.REJECTED)
    assert pays("") == []
    shown = text_of(page(client, "/industries/care/"))
    assert "尚无公开的收入数据。" in shown
    assert "另有 1 条收入数据含义尚不确定，核对后公布。" in shown


@pytest.mark.parametrize(
    ("value", "most", "qualifier", "words"),
    [
        (50_000, None, "over", "超 4100 元/月"),  # more than 4166, which nobody may call more than 4200
        (50_000, None, "nearly", "近 4200 元/月"),
        (50_000, None, "at_most", "至多 4200 元/月"),
        (50_000, None, "about", "约 4200 元/月"),
        (50_000, None, "exact", "约 4200 元/月"),
        (60_000, None, "over", "超 5000 元/月"),
        (1_000, None, "over", "超 83 元/月"),
        (50_000, 80_000, "exact", "约 4200 至 6700 元/月"),
    ],
)
def test_a_hedge_stays_true_by_the_month(
    places: dict[str, Region], value: int, most: int | None, qualifier: str, words: str
) -> None:
    pay(
        brand("文水护工", region=places["141121"]),
        value,
        "元/年",
        qualifier=qualifier,
        value_max=None if most is None else Decimal(most),
    )
    assert pays("")[0].monthly_words == words


def test_the_newest_pay_stands_for_its_brand(places: dict[str, Region]) -> None:
    one = brand("文水护工", region=places["141121"])
    pay(one, 3000, as_of="2019")
    pay(one, 60_000, "元/年", as_of="2024")
    (found,) = pays("")
    assert (found.monthly, found.monthly_words) == (5000, "约 5000 元/月")
    assert spread([found]) == "约 5000 元/月"


@pytest.mark.usefixtures("carers")
def test_pay_is_taken_along(client: Client) -> None:
    table = client.get("/pay/pay.csv?industry=care").content.decode("utf-8-sig")
    rows = {row["品牌"]: row for row in csv.DictReader(io.StringIO(table))}
    assert set(rows) == {"文水护工", "离石护工", "大同护工"}
    assert rows["离石护工"]["折合每月"] == "8333"
    assert rows["离石护工"]["网址"].startswith("http://testserver/statistics/")
    svg = client.get("/pay/chart.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert len(ET.fromstring(svg.content).findall(".//{http://www.w3.org/2000/svg}circle")) == 3
    assert client.get("/pay/chart.svg?industry=domestic_service").status_code == 400
    picture = client.get("/pay/chart.png")
    assert picture.content[:8] == b"\x89PNG\r\n\x1a\n" if drawable() else picture.status_code == 503


def test_a_trade_tells_provinces_destinations_people_and_sums(client: Client, places: dict[str, Region]) -> None:
    source = article("文水护工有5000人，去了重庆。")
    one = brand("文水护工", source=source, region=places["141121"])
    statistic(one, 5000, as_of="2024", source=source, phrase="5000人")
    detail(one, DetailKind.DESTINATION, "重庆", source=source, region=places["500000"])
    html = page(client, "/industries/care/")
    assert "最常去的是重庆（1 个）" in html
    assert 'href="/destinations/500000/?industry=care"' in html
    assert 'href="/brands/?region=140000&amp;industry=care"' in html
    assert 'href="/statistics/?sum=employment&amp;industry=care"' in html
    assert "文水护工有<mark>5000人</mark>" in html
    listed = text_of(page(client, "/statistics/?sum=employment&industry=care"))
    assert "1 个品牌的数字相加，得5000 人" in listed


@pytest.mark.usefixtures("carers")
def test_all_trades_in_a_table(client: Client) -> None:
    html = page(client, "/industries/?sort=pay")
    rows = html.split("<tbody>")[1].split("</tr>")
    assert "家政服务" in rows[0]
    assert 'href="/industries/care/"' in rows[1]
    assert "4000 至 8300 元/月，中位数 6000 元/月" in text_of(html)


@pytest.mark.parametrize("name", ["sorcery", "other", "CARE"])
def test_no_page_for_what_is_no_trade(client: Client, name: str) -> None:
    assert client.get(f"/industries/{name}/").status_code == 404


def test_a_trade_without_brands_has_a_page_too(client: Client) -> None:
    assert "本库收录了 0 个餐饮品牌。" in text_of(page(client, "/industries/catering/"))
