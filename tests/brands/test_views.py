"""The public pages: what they show, what they cost, and that no request breaks them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.listing import sync
from brands.models import Article, Brand, Evidence, Page, Region, Statistic
from brands.vocabulary.choices import Metric, Qualifier
from tests.brands.factories import article, bear_out, brand, brands_of, catalogue, program, statistic
from tests.brands.pages import Outline, addresses, page, text_of

pytestmark = pytest.mark.django_db

# The most statements that each kind of page may send to the database, however much it holds.
STATEMENTS = {
    "home": 20,  # four of them read once more what a page outside of a transaction has in memory
    "brand_list": 12,
    "brand": 16,
    "region_list": 8,  # four of them read what a page outside of a transaction has in memory
    "region": 19,  # articles without a date, and counts of two lists, by themselves
    "industry_list": 7,  # here too: four
    "industry": 16,  # here too: four
    "pay": 4,
    "destination_list": 8,  # here too: four
    "destination": 7,
    "recognition_list": 4,
    "recognition": 7,
    "program_list": 8,
    "program": 7,
    "statistic_list": 9,
    "statistic": 3,
    "article_list": 7,
    "article": 3,
    "search": 12,
    "about": 1,
}

# Bytes of a page before compression.
HEAVIEST = 60 * 1024

LISTS = ("brand_list", "program_list", "statistic_list", "article_list")


@pytest.mark.usefixtures("catalogued")
@pytest.mark.parametrize("kind", STATEMENTS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_well_made(client: Client, kind: str, language: str) -> None:
    html = page(client, addresses()[kind], language=language)
    outline = Outline(html)
    assert len(outline.ids) == len(set(outline.ids)), "an id twice"
    assert outline.headings.count("h1") == 1
    assert outline.styled == [], "the content security policy allows nothing inline"
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}">' in html
    assert re.search(r"<title>\S", html)
    assert len(html.encode()) < HEAVIEST


@pytest.mark.usefixtures("catalogued")
def test_statements_have_a_bound_that_does_not_grow(client: Client) -> None:
    where = addresses()
    few = {kind: asked_by(client, where[kind]) for kind in STATEMENTS}
    with sync.gathered():
        grow()
    many = {kind: asked_by(client, where[kind]) for kind in STATEMENTS}
    assert {kind: number for kind, number in few.items() if number > STATEMENTS[kind]} == {}
    assert {kind: number for kind, number in many.items() if number > STATEMENTS[kind]} == {}


def asked_by(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, address)
    return asked(captured)


def asked(statements: CaptureQueriesContext) -> int:
    """How many were asked, without those that only tell PostgreSQL how to plan a search."""
    return sum(not one["sql"].startswith(("SAVEPOINT", "RELEASE", "SET LOCAL")) for one in statements)


def grow() -> None:
    """Many more rows of each kind, around those that the pages show."""
    source = Article.objects.get(title="护工走出大山")
    places = list(Region.objects.exclude(adcode="100000"))
    carer = Brand.objects.get(name="吕梁山护工")
    for number in range(30):
        made = brand(f"工匠{number}", region=places[number % len(places)])
        statistic(made, number + 1, phrase=f"{number + 1}人", source=article(f"共{number + 1}人。"))
        statistic(carer, 1000 + number, as_of=f"{1990 + number}")
        work = program(f"计划{number}", place=places[number % len(places)])
        work.brands.add(carer)
        bear_out(made, source, "护工")
        brands_of(Region.objects.get(pk="140000"), number, Qualifier.EXACT, as_of=f"{1990 + number}")


@pytest.mark.usefixtures("catalogued")
@pytest.mark.parametrize("kind", sorted(STATEMENTS.keys() - {"article", "search"}))
def test_whole_texts_are_read_by_the_reader_and_search_alone(client: Client, kind: str) -> None:
    address = addresses()[kind]
    with CaptureQueriesContext(connection) as captured:
        page(client, address)
    column = f'"{Page._meta.db_table}"."text"'
    for query in captured:
        selected = query["sql"].split(" FROM ")[0]
        assert not re.search(rf"(?<!\(){re.escape(column)}", selected), query["sql"]


def test_an_empty_catalogue_has_pages_too(client: Client) -> None:
    for name in ("home", "region_list", "about", "search", *LISTS):
        page(client, reverse(f"brands:{name}"))


@pytest.mark.usefixtures("catalogued")
def test_a_region_shows_divisions_brands_figures_programs_and_reports(client: Client) -> None:
    brands_of(Region.objects.get(pk="140000"), 12, Qualifier.EXACT, as_of="2024")
    shown = text_of(page(client, addresses()["region"]))
    assert "山西省" in shown
    assert "本库收录了当地的 3 个劳务品牌。" in shown
    assert "吕梁 2" in shown
    assert "大同 1" in shown
    assert "12 个 2024年" in shown
    assert "护工技能大赛" in shown
    assert "护工走出大山" in shown
    assert "近 2500 个" not in shown, "a figure of the country is not one of the province"


@pytest.mark.usefixtures("catalogued")
def test_a_region_without_anything_says_what_that_means(client: Client) -> None:
    assert "没有收录不等于没有" in page(client, "/regions/500118/")


@pytest.mark.usefixtures("catalogued")
def test_the_country_has_a_page(client: Client) -> None:
    shown = text_of(page(client, "/regions/100000/"))
    assert "近 2500 个" in shown
    assert "山西 3" in shown


@pytest.mark.usefixtures("catalogued")
def test_provinces_with_their_prefectures(client: Client) -> None:
    shown = text_of(page(client, "/regions/"))
    assert "山西 3大同 1吕梁 2" in shown
    assert "湖北 1潜江 1" in shown
    assert "重庆 0" in shown


@pytest.mark.usefixtures("catalogued")
def test_a_program(client: Client) -> None:
    shown = text_of(page(client, addresses()["program"]))
    assert "政策文件" in shown
    assert "会上发布了《劳务品牌建设指导意见》。" in shown
    assert "吕梁山护工山西吕梁" in shown.replace(" ", "")


@pytest.mark.usefixtures("catalogued")
def test_a_statistic_with_its_words_and_its_series(client: Client) -> None:
    found = Statistic.objects.get(metric=Metric.BRANDS, value=2500)
    html = page(client, found.get_absolute_url())
    shown = text_of(html)
    assert "<mark>近2500个</mark>" in html
    assert "数值2,500个" in shown.replace(" ", "")
    assert "2024年11月 超 2300 个 县报" in shown


@pytest.mark.usefixtures("catalogued")
def test_the_list_of_statistics(client: Client) -> None:
    shown = text_of(page(client, "/statistics/?metric=brands"))
    assert "全国 劳务品牌数 近 2500 个 2025年11月" in shown
    assert "共 3 条数据" in shown


class TestArticle:
    def test_facts_are_marked_and_listed(self, client: Client) -> None:
        catalogue()
        html = page(client, addresses()["article"])
        pieces = Evidence.objects.filter(article__title="护工走出大山")
        assert pieces.count() >= 6
        for piece in pieces:
            assert html.count(f'id="e{piece.pk}"') == 1
            assert f'href="#e{piece.pk}"' in html
        assert 'class="key is-brand"' in html

    def test_the_delivered_page_is_shown_without_its_noise(self, client: Client) -> None:
        source = article("护 工 走 出 大\n\n山。", title="题")
        brand("护 工", source=source)
        assert "护工</a></mark>走出大" in page(client, source.get_absolute_url())

    def test_hostile_text_is_text(self, client: Client) -> None:
        hostile = '<img src=x onerror="alert(1)">护工'
        source = article(hostile, title=hostile, publisher=hostile)
        brand("护工", source=source)
        for address in (source.get_absolute_url(), "/articles/", "/", Brand.objects.get().get_absolute_url()):
            assert "<img" not in page(client, address)

    def test_an_unrelated_article_has_no_page(self, client: Client) -> None:
        assert client.get(article("信访工作", relevant=False).get_absolute_url()).status_code == 404


def test_the_language_can_be_changed_and_stays(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/brands/?region=140000"})
    assert response["Location"] == "/brands/?region=140000"
    assert "<h1>Labour brands</h1>" in client.get("/brands/").content.decode()


CHINESE = re.compile(r"[\u4e00-\u9fff]+")
NAMED = re.compile(r'<(\w+)[^>]*\blang="zh-Hans"[^>]*>.*?</\1>|<title>.*?</title>|<meta[^>]*>|<svg.*?</svg>', re.DOTALL)


@pytest.mark.usefixtures("catalogued")
@pytest.mark.parametrize("kind", sorted(STATEMENTS.keys() - {"article"}))
def test_no_chinese_in_english_pages_but_names_and_quotes(client: Client, kind: str) -> None:
    """What is Chinese is said to be Chinese, so that it is also read out as such."""
    html = page(client, addresses()[kind], language="en")
    body = html.split("<body", 1)[1]
    for _nested in range(4):
        body = NAMED.sub("", body)
    left = [part for part in CHINESE.findall(re.sub(r"<[^>]+>", " ", body)) if part != "劳"]
    assert left == [], "Chinese without lang"
