"""Figures beside each other, and charts to take along: what an address asks for, and what comes of it."""

import csv
import io
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from brands.graphics.png import MOST_CHARACTERS
from brands.listing.sync import gathered
from brands.models import Brand
from brands.views.chart_params import MOST
from brands.views.pictures import PNG_ZOOM
from brands.vocabulary.choices import Metric, Qualifier
from brands.vocabulary.names import MAX_NAME
from tests.brands.factories import article, brand, program, regions, statistic
from tests.brands.pixels import size_of, with_fonts

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
@gathered()
def carer() -> Brand:
    made = brand("吕梁山护工", region=regions()["141100"])
    statistic(made, 50000, as_of="2021")
    statistic(made, 60000, as_of="2023")
    statistic(
        made,
        90000,
        qualifier=Qualifier.OVER,
        as_of="2025-11",
        source=article("超过9万人。", publisher="省报"),
        phrase="9万",
    )
    return made


@pytest.fixture
@gathered()
def tailor() -> Brand:
    made = brand("潜江裁缝", region=regions()["429005"])
    statistic(made, 100000, as_of="2025-11")
    return made


def ask(name: str, *rows: object, metric: str = Metric.EMPLOYMENT) -> str:
    """The address of one of the pages, about these rows or keys."""
    keys = [row if isinstance(row, str) else f"{type(row).__name__.lower()}:{row.pk}" for row in rows]  # type: ignore[attr-defined]
    return f"{reverse(f'brands:{name}')}?{urlencode([('metric', metric), *(('of', key) for key in keys)], safe=':')}"


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_the_newest_figures_stand_in_a_chart_a_table_and_a_sentence(
    client: Client, carer: Brand, tailor: Brand
) -> None:
    html = client.get(ask("statistic_compare", carer, tailor)).content.decode()
    said = "最新的就业人数从大到小：潜江裁缝 10 万人（2025年11月），吕梁山护工 超 9 万人（2025年11月）。"
    assert html.count(said) == 2  # in the chart's name, and below it
    chart, rest = html.split("<svg", maxsplit=1)[1].split("</svg>", maxsplit=1)
    assert re.findall(r'class="value"[^>]*>([^<]+)<', chart) == ["超 9 万", "10 万"]
    table = rest.split("</table>", maxsplit=1)[0]
    assert re.findall(r'title="([^"]+)"', table) == ["90,000 人", "100,000 人"]
    assert "6 万人" in rest.split("</table>", maxsplit=1)[1]  # among all of its figures


@pytest.mark.parametrize(
    ("unit", "as_of", "expected"),
    [
        ("人次", "2025-11", "单位或所数的东西不同，不能比大小。"),
        ("人", "2020", "各数的时间不同，只宜粗略相比。"),
        ("人", "2025-11", ""),
    ],
)
def test_what_must_not_be_compared_is_said(client: Client, carer: Brand, unit: str, as_of: str, expected: str) -> None:
    other = brand("天镇保姆")
    statistic(other, 5000, unit=unit, as_of=as_of)
    said = text(client, ask("statistic_compare", carer, other))
    assert expected in said
    assert ("不能比" in said, "只宜粗略" in said) == ("不能比" in expected, "只宜粗略" in expected)


def test_different_units_make_no_chart_of_both(client: Client, carer: Brand) -> None:
    other = brand("天镇保姆")
    statistic(other, 5000, unit="人次", as_of="2025-11")
    html = client.get(ask("statistic_compare", carer, other)).content.decode()
    assert html.index("<table") < html.index("<svg")  # the series of the one that has one


def test_who_has_no_figure_is_named(client: Client, carer: Brand) -> None:
    assert "本库没有无名工匠的就业人数。" in text(client, ask("statistic_compare", carer, brand("无名工匠")))


def test_regions_are_compared_too(client: Client) -> None:
    places = regions()
    statistic(places["140000"], 30, unit="个", metric=Metric.BRANDS, as_of="2025")
    statistic(places["420000"], 40, unit="个", metric=Metric.BRANDS, as_of="2025")
    said = text(client, ask("statistic_compare", "region:140000", "region:420000", metric=Metric.BRANDS))
    assert "最新的劳务品牌数从大到小：湖北 40 个（2025年），山西 30 个（2025年）。" in said


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("metric=weight", "参数 metric：没有“weight”这个指标。"),
        ("metric=employment&of=12", "参数 of：看不懂“12”，应当像 brand:12 或 region:140000 这样。"),
        ("metric=employment&of=brand:0", "参数 of：看不懂“brand:0”"),
        ("metric=employment&of=brand:999999999", "参数 of：没有“brand:999999999”这个对象。"),
        ("metric=employment&of=region:140000&of=brand:1", "不能混在一起比"),
        ("metric=employment" + "".join(f"&of=region:{n}" for n in range(100001, 100008)), f"一次最多比较 {MOST} 个"),
        ("metric=%00&of=%3Cb%3E", "参数 of：看不懂“&lt;b&gt;”"),
    ],
)
def test_bad_parameters_are_named(client: Client, query: str, complaint: str) -> None:
    regions()
    page = client.get(reverse("brands:statistic_compare") + "?" + query)
    assert page.status_code == 200
    assert complaint in page.content.decode()
    for name in ("chart_svg", "chart_png", "chart_csv"):
        refused = client.get(reverse(f"brands:{name}") + "?" + query)
        assert refused.status_code == 400
        assert refused.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert complaint.replace("&lt;b&gt;", "<b>") in refused.content.decode()


def test_subjects_are_added_and_taken_away_by_links(client: Client, carer: Brand, tailor: Brand) -> None:
    html = client.get(ask("statistic_compare", carer)).content.decode()
    links = re.findall(r'href="([^"]+)" rel="nofollow">潜江裁缝<', html)
    assert len(links) == 1
    both = client.get(links[0].replace("&amp;", "&")).content.decode()
    assert "从大到小" in both
    away = re.findall(r'href="([^"]+)" rel="nofollow">移除潜江裁缝<', both)[0].replace("&amp;", "&")
    assert client.get(away).content == client.get(ask("statistic_compare", carer)).content


@pytest.mark.parametrize(
    ("name", "found"), [("裁缝", True), ("保姆", False), ("", True), ("\x00裁缝", True), ("%", False)]
)
def test_a_part_of_the_name_finds_what_to_add(
    client: Client, carer: Brand, tailor: Brand, name: str, found: bool
) -> None:
    html = client.get(
        ask("statistic_compare", carer), {"metric": "employment", "of": f"brand:{carer.pk}", "name": name}
    )
    assert (">潜江裁缝<" in html.content.decode()) == found


def test_a_comparison_costs_the_same_however_much_there_is(
    client: Client, carer: Brand, tailor: Brand, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(1990, 2020):
        statistic(tailor, year, as_of=str(year))
    with django_assert_max_num_queries(5):
        client.get(ask("statistic_compare", carer, tailor))


def test_a_picture_stands_alone(client: Client, carer: Brand) -> None:
    response = client.get(ask("chart_svg", carer))
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Content-Disposition"] == f'attachment; filename="laobrand-employment-brand-{carer.pk}.svg"'
    svg = ET.fromstring(response.content)
    assert svg.findtext(f"{SVG}title") == "吕梁山护工 · 就业人数"
    assert svg.findtext(f"{SVG}desc") == "2021年 5 万人，2023年 6 万人，2025年11月 超 9 万人"
    assert not {"class", "style", "href"} & {name for node in svg.iter() for name in node.attrib}
    written = "".join(node.text or "" for node in svg.iter(f"{SVG}text"))
    assert "来源：省报 2025年11月19日" in written
    assert "http://testserver/statistics/compare/?metric=employment" in written
    bottom = max(int(node.attrib["y"]) for node in svg.iter(f"{SVG}text"))
    assert bottom < int(svg.attrib["height"])


def test_a_picture_of_several(client: Client, carer: Brand, tailor: Brand) -> None:
    svg = ET.fromstring(client.get(ask("chart_svg", carer, tailor)).content)
    assert svg.findtext(f"{SVG}desc") == "吕梁山护工 超 9 万人（2025年11月），潜江裁缝 10 万人（2025年11月）"


def test_what_makes_no_picture_says_why(client: Client, tailor: Brand) -> None:
    response = client.get(ask("chart_svg", tailor))
    assert response.status_code == 400
    assert "画不成图" in response.content.decode()


def test_names_with_control_characters_and_markup_stay_well_formed(client: Client, tailor: Brand) -> None:
    odd = brand("<b>&\x01]]>工")
    statistic(odd, 3, as_of="2025")
    svg = ET.fromstring(client.get(ask("chart_svg", odd, tailor)).content)
    assert (svg.findtext(f"{SVG}title") or "").startswith("<b>&�]]>工、潜江裁缝")


def sheet(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_table_has_every_number_in_full_and_its_source(client: Client, carer: Brand, tailor: Brand) -> None:
    rows = sheet(client, ask("chart_csv", carer, tailor))
    assert [(row["对象"], row["数值"], row["限定"], row["单位"], row["截至"]) for row in rows] == [
        ("吕梁山护工", "90000", "超", "人", "2025-11"),
        ("吕梁山护工", "60000", "", "人", "2023"),
        ("吕梁山护工", "50000", "", "人", "2021"),
        ("潜江裁缝", "100000", "", "人", "2025-11"),
    ]
    assert rows[0]["来源"] == "省报 2025-11-19 一篇报道"
    number = carer.statistics.get(value=90000)
    assert rows[0]["网址"] == f"http://testserver{number.get_absolute_url()}"


@pytest.mark.parametrize("name", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "＝1"])
def test_no_cell_is_a_formula(client: Client, name: str) -> None:
    statistic(brand(name), 3, phrase="=cmd|' /C calc'!A0")
    (row,) = sheet(client, ask("chart_csv", Brand.objects.get()))
    assert row["对象"] == f"'{name}"
    assert row["原文表述"] == "'=cmd|' /C calc'!A0"


def test_programs_have_their_numbers_to_take_along(client: Client) -> None:
    held = program("护工技能大赛")
    statistic(held, 300, metric=Metric.OTHER)
    assert [row["数值"] for row in sheet(client, ask("chart_csv", held, metric=Metric.OTHER))] == ["300"]


def test_pages_lead_to_their_charts(client: Client, carer: Brand, tailor: Brand) -> None:
    html = client.get(carer.get_absolute_url()).content.decode()
    links = re.findall(r'href="(/statistics/c[^"]+)"', html)
    assert [link.partition("?")[0][12:] for link in links] == ["chart.svg", "chart.png", "chart.csv", "compare/"]
    assert {client.get(link.replace("&amp;", "&")).status_code for link in links} == {200}


def test_a_picture_in_pixels_is_that_of_the_svg(client: Client, carer: Brand) -> None:
    with_fonts()
    svg = ET.fromstring(client.get(ask("chart_svg", carer)).content)
    response = client.get(ask("chart_png", carer))
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Disposition"] == f'attachment; filename="laobrand-employment-brand-{carer.pk}.png"'
    assert size_of(response.content) == tuple(PNG_ZOOM * int(svg.attrib[side]) for side in ("width", "height"))


def test_without_fonts_there_is_no_picture_and_no_link_to_one(
    client: Client, carer: Brand, settings: Any, tmp_path: Path
) -> None:
    settings.FONTS_DIR = tmp_path
    response = client.get(ask("chart_png", carer))
    assert (response.status_code, response.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert "没有装中文字体" in response.content.decode()
    html = client.get(carer.get_absolute_url()).content.decode()
    assert "chart.svg" in html
    assert "chart.png" not in html


def test_the_longest_chart_is_one_that_is_drawn(client: Client) -> None:
    with_fonts()
    named = [brand(f"{number}" + "龘" * (MAX_NAME - 1)) for number in range(MOST)]
    for made in named:
        source = article("超过9万人。", title=made.name, publisher=(made.name + "报" * 100)[:100])
        statistic(made, 123_456_789, qualifier=Qualifier.OVER, as_of="2025-11", source=source, phrase="9万")
    svg = client.get(ask("chart_svg", *named))
    assert MOST_CHARACTERS / 4 < len(svg.content.decode()) < MOST_CHARACTERS
    assert client.get(ask("chart_png", *named)).status_code == 200
