"""The public pages: what they show, what they cost, and that no request breaks them."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands import cards
from brands.choices import Metric, Qualifier
from brands.models import Article, Brand, Evidence, Page, Program, Region, Statistic
from brands.views.paging import PAGE_SIZE
from tests.brands.factories import article, bear_out, brand, brands_of, catalogue, program, regions, statistic

pytestmark = pytest.mark.django_db

STATEMENTS = {
    "home": 12,
    "brand_list": 12,
    "brand": 12,
    "region_list": 3,
    "region": 11,
    "program_list": 8,
    "program": 7,
    "statistic_list": 9,
    "statistic": 3,
    "article_list": 7,
    "article": 2,
    "search": 12,
    "about": 0,
}
"""The most statements that each kind of page may send to the database, however much it holds."""

HEAVIEST = 60 * 1024
"""Bytes of a page before compression."""

LISTS = ("brand_list", "program_list", "statistic_list", "article_list")


def addresses() -> dict[str, str]:
    """One address of each kind of page."""
    return {
        "home": reverse("brands:home"),
        "brand_list": reverse("brands:brand_list"),
        "brand": Brand.objects.get(name="吕梁山护工").get_absolute_url(),
        "region_list": reverse("brands:region_list"),
        "region": reverse("brands:region", args=["140000"]),
        "program_list": reverse("brands:program_list"),
        "program": Program.objects.get(kind="policy").get_absolute_url(),
        "statistic_list": reverse("brands:statistic_list"),
        "statistic": Statistic.objects.filter(region="100000")[0].get_absolute_url(),
        "article_list": reverse("brands:article_list"),
        "article": Article.objects.get(title="护工走出大山").get_absolute_url(),
        "search": reverse("brands:search") + "?q=" + quote("护工"),
        "about": reverse("brands:about"),
    }


def page(client: Client, address: str, *, language: str = "zh-hans") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def text_of(html: str) -> str:
    """What a reader sees, with runs of space made one."""
    body = html.split("<main", 1)[-1].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", re.sub(r"</t[dh]>", " ", body)))


class Outline(HTMLParser):
    """The names, headings and links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.links: list[str] = []
        self.styled: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.headings += [tag] if re.fullmatch("h[1-6]", tag) else []
        self.links += [given["href"] or ""] if tag == "a" else []
        script = tag == "script" and not given.get("src") and given.get("type") != "application/ld+json"  # data
        self.styled += [tag] if "style" in given or tag == "style" or script else []
        self.styled += [name for name in given if name.startswith("on")]


@pytest.mark.parametrize("kind", STATEMENTS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_well_made(client: Client, kind: str, language: str) -> None:
    catalogue()
    html = page(client, addresses()[kind], language=language)
    outline = Outline(html)
    assert len(outline.ids) == len(set(outline.ids)), "an id twice"
    assert outline.headings.count("h1") == 1
    assert outline.styled == [], "the content security policy allows nothing inline"
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}">' in html
    assert re.search(r"<title>\S", html)
    assert len(html.encode()) < HEAVIEST


@pytest.mark.parametrize("kind", STATEMENTS)
def test_statements_have_a_bound_that_does_not_grow(client: Client, kind: str) -> None:
    catalogue()
    address = addresses()[kind]
    with CaptureQueriesContext(connection) as few:
        page(client, address)
    grow()
    with CaptureQueriesContext(connection) as many:
        page(client, address)
    assert len(few) <= STATEMENTS[kind]
    assert len(many) <= STATEMENTS[kind]


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


@pytest.mark.parametrize("kind", sorted(STATEMENTS.keys() - {"article", "search"}))
def test_whole_texts_are_read_by_the_reader_and_search_alone(client: Client, kind: str) -> None:
    catalogue()
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


class TestHome:
    def test_the_national_series_with_its_sources(self, client: Client) -> None:
        catalogue()
        shown = text_of(page(client, "/"))
        assert "近 2500 个" in shown
        for when, value in (("2025年11月", "近 2500 个"), ("2024年11月", "超 2300 个"), ("未注明时间", "近 2000 个")):
            assert re.search(rf"{when} {value} 县报", shown), when

    def test_the_chart_and_its_table_agree(self, client: Client) -> None:
        catalogue()
        html = page(client, "/")
        labels = re.findall(r'<text class="value"[^>]*>([^<]*)<', html)
        assert labels == ["近 2000", "超 2300", "近 2500"]
        assert 'aria-label="劳务品牌数：未注明时间 近 2000 个，2024年11月 超 2300 个，2025年11月 近 2500 个"' in html
        assert html.count("is-open") == 1
        assert html.count("is-vague") == 1

    def test_values_of_one_date_stand_with_the_words_that_tell_them_apart(self, client: Client) -> None:
        catalogue()
        country = Region.objects.get(pk="100000")
        assert "原话" not in text_of(page(client, "/"))
        part = brands_of(country, 200, Qualifier.NEARLY, as_of="2025-11", phrase="近200个是脱贫地区特色劳务品牌")
        for address in ("/", part.get_absolute_url()):
            shown = text_of(page(client, address))
            assert "近 200 个 县报原话：近200个是脱贫地区特色劳务品牌" in shown, address
            assert "近 2500 个 县报原话：近2500个" in shown, address

    def test_a_tile_a_province_and_the_same_numbers_as_a_list(self, client: Client) -> None:
        catalogue()
        html = page(client, "/")
        tiles = re.findall(
            r'href="/regions/(\d{6})/"><span class="tile-name">(\S+?)</span><span class="tile-count">(\d+)<', html
        )
        assert tiles == [("140000", "山西", "3"), ("500000", "重庆", "0"), ("420000", "湖北", "1")]
        rows = re.findall(r'<a href="/regions/\d{6}/">(\S+?)</a></th><td class="num">(\d+)<', html)
        assert sorted(rows) == sorted((name, count) for _code, name, count in tiles)

    def test_totals_are_what_the_lists_hold(self, client: Client) -> None:
        catalogue()
        found = re.findall(r'<a href="([^"]+)"><b>(\d+)</b>', page(client, "/"))
        assert len(found) == 4
        for address, count in found:
            assert re.search(rf"共 {count} ", text_of(page(client, address))), address


class TestBrandList:
    def test_cards_say_place_trade_level_and_a_figure(self, client: Client) -> None:
        catalogue()
        shown = text_of(page(client, "/brands/?region=141100&industry=care"))
        assert "吕梁山护工 山西吕梁 养老护理国家级 就业人数 超 9 万人 1 篇报道" in shown

    def test_the_newest_figure_is_shown_and_undated_ones_only_without_another(self, client: Client) -> None:
        made = brand("护工", region=regions()["140000"])
        statistic(made, 10)
        assert "就业人数 10 人" in text_of(page(client, "/brands/"))
        statistic(made, 20, as_of="2020")
        statistic(made, 30, as_of="2021-05")
        assert "就业人数 30 人" in text_of(page(client, "/brands/"))

    def test_of_several_figures_of_one_date_the_most_reported_is_shown_then_the_largest(self, client: Client) -> None:
        """An article gives the whole and then its parts; the last part is what a careless list would show."""
        made = brand("护工", region=regions()["140000"])
        statistic(made, 1000, as_of="2021-05")
        part = statistic(made, 100, as_of="2021-05")
        assert "就业人数 1000 人" in text_of(page(client, "/brands/"))
        bear_out(part, article("又报：100人。"), "100人")
        assert "就业人数 100 人" in text_of(page(client, "/brands/"))

    def test_chips_and_complaints(self, client: Client) -> None:
        catalogue()
        html = page(client, "/brands/?region=141100&industry=nonsense&colour=red")
        assert "不认识参数“colour”" in html
        assert "“行业”里没有“nonsense”" in html
        assert re.search(r'<a class="chip" href="/brands/">.*吕梁', html)

    def test_every_value_of_a_facet_leads_to_as_many_rows(self, client: Client) -> None:
        catalogue()
        html = page(client, "/brands/?region=140000")
        found = re.findall(
            r'<li class="depth-\d[^>]*><a href="([^"]+)"[^>]*><span lang="\S*">\S+</span> <span class="count">(\d+)',
            html,
        )
        assert len(found) > 5
        for address, count in found:
            assert f"共 {count} 个品牌" in page(client, address.replace("&amp;", "&"))

    def test_paging(self, client: Client) -> None:
        regions()
        for number in range(PAGE_SIZE + 2):
            brand(f"工匠{number:02}")
        first = page(client, "/brands/?industry=care")
        assert 'rel="next" href="/brands/?industry=care&amp;page=2"' in first
        second = page(client, "/brands/?industry=care&page=2")
        assert second.count('<article class="card"') == 2
        assert 'rel="prev" href="/brands/?industry=care"' in second
        assert '<link rel="canonical" href="http://testserver/brands/?industry=care&amp;page=2">' in second

    @pytest.mark.parametrize("number", ["0", "-1", "99", "9" * 30, "9" * 5000, "two", "1.5", "\x00", "１"])
    def test_pages_that_do_not_exist(self, client: Client, number: str) -> None:
        catalogue()
        assert "没有这一页，显示第 1 页" in page(client, f"/brands/?{urlencode({'page': number})}")

    def test_nothing_found_says_so(self, client: Client) -> None:
        catalogue()
        assert "没有符合这些条件的记录" in page(client, "/brands/?category=skilled")


class TestBrand:
    def test_what_it_is(self, client: Client) -> None:
        catalogue()
        html = page(client, addresses()["brand"])
        shown = text_of(html)
        assert "吕梁山护工是山西吕梁的养老护理类劳务品牌。" in shown
        assert "也作 吕梁护工" in shown
        assert "级别国家级" in shown.replace(" ", "")
        assert "类型未见报道" in shown.replace(" ", "")
        trail = html.split('class="wrap trail"')[1].split("</nav>")[0]
        assert re.findall(r">([^<\s]+)<", trail) == ["首页", "劳务品牌", "山西", "吕梁", "吕梁山护工"]

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"industry": "other"}, "甲是一个劳务品牌。"),
            ({"industry": "care"}, "甲是养老护理类劳务品牌。"),
            ({"industry": "other", "region_id": "429005"}, "甲是湖北潜江的劳务品牌。"),
            ({"industry": "craft", "region_id": "100000"}, "甲是全国的手工技艺与非遗类劳务品牌。"),
        ],
    )
    def test_one_sentence_of_known_facts_alone(self, client: Client, fields: dict[str, Any], sentence: str) -> None:
        regions()
        assert sentence in page(client, brand("甲", **fields).get_absolute_url())

    def test_each_figure_has_its_quoted_sentence_with_the_phrase_marked(self, client: Client) -> None:
        catalogue()
        html = page(client, addresses()["brand"])
        piece = Evidence.objects.get(statistic__value=90000)
        assert '超 9 万人</data></a> <span class="when">2025年11月</span>' in html
        assert "吕梁山护工走出大山，如今<mark>9万余名</mark>护工扎根20多个城市，年工资总收入超16亿元。" in html
        assert f'href="{piece.get_absolute_url()}"' in html
        assert "县报" in html
        assert "2025年11月19日" in html

    def test_values_of_one_date_that_differ_stand_side_by_side(self, client: Client) -> None:
        catalogue()
        shown = text_of(page(client, addresses()["brand"]))
        assert "同一时间有几个数字" in shown
        assert "近 6 万人 2023年" in shown
        assert "7 万人 2023年" in shown

    def test_inferred_fields_are_told_from_reported_ones(self, client: Client) -> None:
        catalogue()
        made = Brand.objects.get(name="离石月嫂")
        Brand.objects.filter(pk=made.pk).update(inferred=["industry"])
        piece = bear_out(made, article("县级劳务品牌"), "县级", field="level")
        html = page(client, made.get_absolute_url())
        assert re.search(r'家政服务</a> <span class="inferred"', html)
        assert re.search(rf'县级</a> <a class="source" href="[^"]*#e{piece.pk}">', html)

    def test_an_inferred_series_is_marked(self, client: Client) -> None:
        member = brand("川妹子", series=brand("川字号"))
        Brand.objects.filter(pk=member.pk).update(inferred=["series"])
        assert re.search(r'川字号</a> <span class="inferred"', page(client, member.get_absolute_url()))

    def test_a_series_is_named_while_it_is_public(self, client: Client) -> None:
        family = brand("川字号")
        member = brand("川妹子", series=family)
        link = f'href="{family.get_absolute_url()}">川字号</a>'
        assert link in page(client, member.get_absolute_url())
        Brand.objects.filter(pk=family.pk).update(review="rejected")
        assert "川字号" not in page(client, member.get_absolute_url())

    def test_neighbours_and_colleagues(self, client: Client) -> None:
        catalogue()
        brand("离石保姆", region=Region.objects.get(pk="141102"), industry="domestic_service")
        html = page(client, Brand.objects.get(name="离石月嫂").get_absolute_url())
        near, same = html.split("离石的其他品牌")[1].split("其他家政服务品牌")
        assert "离石保姆" in near
        assert "天镇保姆" in same
        assert "离石月嫂" not in near

    @pytest.mark.parametrize(("state", "status"), [({"review": "rejected"}, 410), ({"confidence": 0.1}, 404)])
    def test_what_is_not_public_has_no_page(self, client: Client, state: dict[str, Any], status: int) -> None:
        catalogue()
        address = addresses()["brand"]
        article_address = addresses()["article"]
        changed = Brand.objects.filter(name="吕梁山护工")
        changed.update(**state)
        cards.refresh([changed[0].pk])
        assert client.get(address).status_code == status
        assert "is-brand" in page(client, article_address), "the other brands stay"
        assert address not in page(client, article_address)
        assert "吕梁山护工" not in text_of(page(client, "/brands/"))


def test_a_region_shows_divisions_brands_figures_programs_and_reports(client: Client) -> None:
    catalogue()
    brands_of(Region.objects.get(pk="140000"), 12, Qualifier.EXACT, as_of="2024")
    shown = text_of(page(client, addresses()["region"]))
    assert "山西省" in shown
    assert "本库收有这里的 3 个劳务品牌。" in shown
    assert "吕梁 2" in shown
    assert "大同 1" in shown
    assert "12 个 2024年" in shown
    assert "护工技能大赛" in shown
    assert "护工走出大山" in shown
    assert "近 2500 个" not in shown, "a figure of the country is not one of the province"


def test_a_region_without_anything_says_what_that_means(client: Client) -> None:
    catalogue()
    assert "没有收录不等于没有" in page(client, "/regions/500118/")


def test_the_country_has_a_page(client: Client) -> None:
    catalogue()
    shown = text_of(page(client, "/regions/100000/"))
    assert "近 2500 个" in shown
    assert "山西 3" in shown


def test_provinces_with_their_prefectures(client: Client) -> None:
    catalogue()
    shown = text_of(page(client, "/regions/"))
    assert "山西 3 大同1吕梁2" in shown
    assert "湖北 1 潜江1" in shown
    assert "重庆 0" in shown


def test_a_program(client: Client) -> None:
    catalogue()
    shown = text_of(page(client, addresses()["program"]))
    assert "政策文件" in shown
    assert "会上发布了《劳务品牌建设指导意见》。" in shown
    assert "吕梁山护工 山西吕梁" in shown


def test_a_statistic_with_its_words_and_its_series(client: Client) -> None:
    catalogue()
    found = Statistic.objects.get(metric=Metric.BRANDS, value=2500)
    html = page(client, found.get_absolute_url())
    shown = text_of(html)
    assert "<mark>近2500个</mark>" in html
    assert "写成数字2,500个" in shown.replace(" ", "")
    assert "2024年11月 超 2300 个 县报" in shown


def test_the_list_of_statistics(client: Client) -> None:
    catalogue()
    shown = text_of(page(client, "/statistics/?metric=brands"))
    assert "全国 劳务品牌数 近 2500 个 2025年11月" in shown
    assert "共 3 个数字" in shown


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


@pytest.mark.parametrize("kind", sorted(STATEMENTS.keys() - {"article"}))
def test_no_chinese_in_english_pages_but_names_and_quotes(client: Client, kind: str) -> None:
    """What is Chinese is said to be Chinese, so that it is also read out as such."""
    catalogue()
    html = page(client, addresses()[kind], language="en")
    body = html.split("<body", 1)[1]
    for _nested in range(4):
        body = NAMED.sub("", body)
    left = [part for part in CHINESE.findall(re.sub(r"<[^>]+>", " ", body)) if part != "劳"]
    assert left == [], "Chinese without lang"
