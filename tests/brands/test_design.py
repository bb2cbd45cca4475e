"""The page about the design: every specimen is there, measured, and no reader or search engine is sent to it."""

import re

import pytest
from django.test import Client

from brands.graphics import palette
from brands.models import Brand
from brands.vocabulary.choices import Metric
from tests.brands.factories import regions, statistic
from tests.brands.pages import Outline, page, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/design/"


@pytest.mark.usefixtures("catalogued")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_is_well_made(client: Client, language: str) -> None:
    html = page(client, ADDRESS, language=language)
    outline = Outline(html)
    assert len(outline.ids) == len(set(outline.ids)), "an id twice"
    assert outline.headings.count("h1") == 1
    assert outline.styled == []
    assert len(html.encode()) < 60 * 1024


def test_an_empty_database_has_a_design_too(client: Client) -> None:
    assert "库里还没有品牌。" in text_of(page(client, ADDRESS))


def test_every_pair_of_colours_stands_with_its_measured_contrast(client: Client) -> None:
    html = page(client, ADDRESS)
    for pair in palette.pairs():
        row = html.split(f"<code>{pair.text} / {pair.behind}</code>")[1].partition("</tr>")[0]
        assert re.findall(r'class="sr">([\d.]+)<', row) == [f"{tone.contrast:.2f}" for tone in (pair.light, pair.dark)]
        assert re.findall(r'<rect[^>]* fill="(#\w+)"', row) == [pair.light.behind, pair.dark.behind]


def test_sizes_are_those_of_the_style_sheet(client: Client) -> None:
    said = text_of(page(client, ADDRESS))
    for selector in ("h1", "h2", ".lead"):
        assert palette.declared(selector, "font-size") in said
    large, largest = (palette.declared(selector, "font-size") for selector in (".large", ".largest"))
    assert f"放大到 {large} 或 {largest}" in said


PARTS = (
    'class="chip"', 'class="card"', 'class="numbers"', 'class="figure"', 'class="quote"', 'class="differing"',
    'class="is-brand"', 'class="is-program"', 'class="is-statistic"', 'class="column is-open"',
    'class="column is-vague"', 'class="report"', 'class="ask"', 'class="wrong"', 'class="find"', 'class="notice"',
    'class="size"', 'class="inferred"', 'class="unknown"', 'class="sorts"', 'class="legend"', "chart.svg",
)  # fmt: skip


@pytest.mark.usefixtures("catalogued")
def test_every_kind_of_part_is_shown(client: Client) -> None:
    country = regions()["100000"]
    statistic(country, 60_000_000, metric=Metric.EMPLOYMENT, as_of="2025")
    statistic(country, 50_000_000, metric=Metric.EMPLOYMENT, as_of="2024")
    statistic(country, 40_000_000, metric=Metric.EMPLOYMENT, as_of="2022")
    main = page(client, ADDRESS).split("<main", 1)[1]
    assert [part for part in PARTS if part not in main] == []


@pytest.mark.usefixtures("catalogued")
def test_pictures_and_hedges_are_those_of_the_site(client: Client) -> None:
    html = page(client, ADDRESS)
    hedged = html.split("限定的写法", 1)[1].partition("</table>")[0]
    assert re.findall(r'class="num">([^<]+)<', hedged) == [
        "1 万人",
        "近 1 万人",
        "约 1 万人",
        "超 1 万人",
        "至多 1 万人",
        "数万人",
    ]
    assert Brand.objects.order_by("pk")[0].name in text_of(html)


@pytest.mark.usefixtures("catalogued")
def test_nobody_is_sent_there(client: Client) -> None:
    assert '<meta name="robots" content="noindex">' in page(client, ADDRESS)
    assert "canonical" not in page(client, ADDRESS)
    assert ADDRESS not in client.get("/sitemap-pages-1.xml").content.decode()
    for address in ("/", "/about/", "/brands/"):
        assert f'href="{ADDRESS}"' not in page(client, address)
