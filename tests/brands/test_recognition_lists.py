"""Pages of printed lists, and provinces by years of recognition."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client

from brands.figures.recognitions import list_address, recognised_with
from brands.models import Brand, Region
from brands.vocabulary.choices import BrandLevel, DateBasis, DetailKind, Qualifier, Scope
from tests.brands.factories import article, bear_out, brand, brands_of, detail, regions
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db

REGISTER = "2025年山西省省级劳务品牌名单"


@pytest.fixture
def places() -> dict[str, Region]:
    return regions()


@pytest.fixture
def listed(places: dict[str, Region]) -> list[Brand]:
    """Two brands of one printed list, which counts three; one of another level, one of another batch."""
    source = article(f"{REGISTER}：离石月嫂、文水护工。2025年认定3个。", title="山西公布名单")
    brands_of(
        places["140000"], 3, Qualifier.EXACT, scope=Scope.NEW, as_of="2025", as_of_basis=DateBasis.STATED,
        source=source, phrase="3个",
    )  # fmt: skip
    fields: dict[str, Any] = {"level": BrandLevel.PROVINCIAL, "recognised_year": 2025}
    made = [
        brand("离石月嫂", source=source, region=places["141102"], issuer="山西省人社厅", **fields),
        brand("文水护工", source=source, region=places["141121"], document_number="晋人社〔2025〕1号", **fields),
    ]
    for one in made:
        detail(one, DetailKind.REGISTER, REGISTER, source=source)
        bear_out(one, source, "2025年认定", field="recognised_year")
    brand("大同锅匠", region=places["140200"], level=BrandLevel.PREFECTURAL, recognised_year=2025)
    brand("天镇保姆", region=places["140222"], batch="第二批", **fields)
    return made


ADDRESS = "/recognitions/140000/provincial/2025/"


@pytest.mark.usefixtures("listed")
def test_a_list_has_its_brands_issuer_number_and_source(client: Client) -> None:
    html = page(client, ADDRESS)
    shown = text_of(html)
    assert "2025年山西省级劳务品牌名单" in shown
    assert "本库收录了这份名单上的 2 个品牌。报道：新增 3 个。" in shown
    for said in (
        "离石月嫂",
        "文水护工",
        "山西省人社厅",
        "晋人社〔2025〕1号",
        f"名单名称{REGISTER}",
        "提到其中 2 个品牌",
    ):
        assert said in shown
    for other in ("大同锅匠", "天镇保姆"):
        assert other not in shown
    assert "<mark>2025年认定</mark>3个" in html
    assert html.count("<blockquote") == 1, "the sentence once, which says it of both"


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("140000", "2024年山西省级劳务品牌名单"),
        ("650000", "2024年新疆自治区级劳务品牌名单"),
        ("500000", "2024年重庆市级劳务品牌名单"),
    ],
)
def test_a_list_of_a_province_is_called_as_its_papers_call_it(client: Client, code: str, title: str) -> None:
    known = {"name": "新疆维吾尔自治区", "common_name": "新疆", "level": "province"}
    place, _ = Region.objects.get_or_create(adcode=code, defaults=known)
    brand("本地工匠", region=place, level=BrandLevel.PROVINCIAL, recognised_year=2024)
    assert title in text_of(page(client, f"/recognitions/{code}/provincial/2024/"))


@pytest.mark.usefixtures("listed")
def test_a_batch_is_a_list_of_its_own(client: Client) -> None:
    html = page(client, list_address("140000", "provincial", 2025, "第二批"))
    shown = text_of(html)
    assert all(address.isascii() for address in re.findall(r'(?:href|content)="(/[^"]*|http[^"]*)"', html))
    assert "山西第二批省级劳务品牌名单（2025年）" in shown
    assert "天镇保姆" in shown
    assert "离石月嫂" not in shown


def test_a_brand_leads_to_its_list(client: Client, listed: list[Brand]) -> None:
    assert recognised_with(listed[0]) == ADDRESS
    assert f'href="{ADDRESS}"' in page(client, listed[0].get_absolute_url())


@pytest.mark.parametrize(
    ("level", "code", "by"),
    [
        (BrandLevel.NATIONAL, "141102", "100000/national"),
        (BrandLevel.PROVINCIAL, "141102", "140000/provincial"),
        (BrandLevel.PREFECTURAL, "141102", "141100/prefectural"),
        (BrandLevel.COUNTY, "141102", "141102/county"),
        ("", "141102", "140000/unknown"),
    ],
)
def test_who_recognised_follows_from_the_level(level: str, code: str, by: str) -> None:
    assert recognised_with(Brand(level=level, region_id=code, recognised_year=2020)) == f"/recognitions/{by}/2020/"


def test_a_brand_without_year_batch_or_place_is_on_no_list() -> None:
    assert recognised_with(Brand(level=BrandLevel.PROVINCIAL, region_id="141102")) == ""
    assert recognised_with(Brand(level=BrandLevel.PROVINCIAL, recognised_year=2020)) == ""
    assert (
        recognised_with(Brand(level=BrandLevel.NATIONAL, recognised_year=2020)) == "/recognitions/100000/national/2020/"
    )


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("path", ["140000/provincial/1999/", "140000/sorcery/2025/", "150000/provincial/2025/"])
def test_no_page_for_a_list_of_which_nothing_is_here(client: Client, path: str) -> None:
    assert client.get(f"/recognitions/{path}").status_code == 404


@pytest.mark.usefixtures("listed")
def test_provinces_stand_by_years_with_what_is_told_and_held(client: Client) -> None:
    html = page(client, "/recognitions/")
    shown = text_of(html)
    assert "报道提及 1 个省份的认定，自 2025 年至 2025 年。" in shown
    assert f'<a href="{ADDRESS}">本库 2 个</a>' in html
    assert "新增 3 个" in shown
    assert "第二批" in shown
    assert "本库 2 个" not in text_of(page(client, "/recognitions/?level=national"))


@pytest.mark.usefixtures("listed")
def test_recognitions_are_taken_along(client: Client) -> None:
    table = client.get("/recognitions/recognitions.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    first = next(row for row in rows if row["报道的新增数"])
    assert (first["地区"], first["年份"], first["报道的新增数"], first["本库收录"]) == ("山西", "2025", "3", "2")
    assert first["名单的网址"] == f"http://testserver{ADDRESS}"


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/recognitions/?level=x", "“级别”里没有“x”"),
        (f"{ADDRESS}?sort=x", "“排序”里没有“x”"),
        (f"{ADDRESS}?colour=red", "无法识别参数“colour”"),
    ],
)
def test_what_an_address_says_wrongly_is_told(client: Client, path: str, complaint: str) -> None:
    assert complaint in text_of(page(client, path))


@pytest.mark.usefixtures("listed")
def test_search_engines_find_the_lists(client: Client) -> None:
    assert f"<loc>http://testserver{ADDRESS}</loc>" in client.get("/sitemap-recognitions-1.xml").content.decode()


def test_a_county_without_brands_leads_to_what_holds_it_and_to_those_near(
    client: Client, places: dict[str, Region]
) -> None:
    brand("离石月嫂", region=places["141102"])
    html = page(client, "/regions/141121/")
    shown = text_of(html)
    assert "本库还没有收录这里的劳务品牌。没有收录不等于没有" in shown
    assert "可以先看：吕梁 1、山西 1；吕梁有品牌的还有：离石 1" in shown
    assert 'href="/regions/141102/"' in html
    brand("文水护工", region=places["141121"])
    assert "可以先看" not in text_of(page(client, "/regions/141121/"))


def test_where_no_neighbour_has_brands_the_province_has(client: Client, places: dict[str, Region]) -> None:
    brand("天镇保姆", region=places["140222"])
    assert "可以先看：吕梁 0、山西 1；山西有品牌的还有：大同 1" in text_of(page(client, "/regions/141121/"))
    assert "有品牌的还有" not in text_of(page(client, "/regions/500118/"))
