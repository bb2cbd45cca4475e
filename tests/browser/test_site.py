"""The public site as a reader meets it: in a real browser, on a phone and a desktop, without JavaScript."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from brands.listing.sync import gathered
from brands.models import Article, Brand, Evidence, Program, Statistic
from brands.vocabulary.choices import Metric
from tests.brands.factories import article, bear_out, brand, statistic
from tests.browser.conftest import DESKTOP, PHONE, Browse, resize
from tests.needs import thorough

# Pixels: the width at which WCAG 2.2 (1.4.10, reflow) asks for no sideways scrolling.
NARROWEST = 320

# Pixels: the least height of what a finger shall hit on a phone.
TARGET = 44

TARGETS = (
    ".sections a, .trail a, .find input, .find button, .tile, .facet summary, .chip, .sorts a, .pager a,"
    " .language button, .totals a, .as-list summary"
)


@pytest.fixture
def addresses(catalogued: None, live_server: LiveServer) -> dict[str, str]:
    """A small catalogue, with names as long as they get, and an address of each kind of page."""
    long = "恩施土家族苗族自治州一红一绿非物质文化遗产手工制茶技艺传承人师傅工匠大师名家"
    brand(
        long,
        source=article(f"{long}与Supercalifragilisticexpialidocious同行https://example.org/{'a' * 90}", title=long * 3),
    )
    found = {name: reverse(f"brands:{name}") for name in ("home", "brand_list", "region_list", "about")}
    found |= {name: reverse(f"brands:{name}") for name in ("program_list", "statistic_list", "article_list")}
    answers = ("industry_list", "pay", "destination_list", "recognition_list")
    found |= {name: reverse(f"brands:{name}") for name in answers}
    return found | {
        "long brand": Brand.objects.get(name=long).get_absolute_url(),
        "long article": Article.objects.get(title=long * 3).get_absolute_url(),
        "brand": Brand.objects.get(name="吕梁山护工").get_absolute_url(),
        "region": reverse("brands:region", args=["140000"]),
        "country": reverse("brands:region", args=["100000"]),
        "industry": reverse("brands:industry", args=["care"]),
        "destination": reverse("brands:destination", args=["500000"]),
        "recognition": reverse("brands:recognition", args=["420000", "provincial", "2023", "第二批"]),
        "compared": reverse("brands:region_list") + "?figures=sums&sort=employment",
        "program": Program.objects.get(kind="policy").get_absolute_url(),
        "statistic": Statistic.objects.filter(region="100000")[0].get_absolute_url(),
        "article": Article.objects.get(title="护工走出大山").get_absolute_url(),
        "search": reverse("brands:search") + "?q=工",
        "no hits": reverse("brands:search") + "?q=" + "无" * 90,
        "filtered": reverse("brands:brand_list") + "?region=141100&industry=care&industry=craft&sort=newest",
        "complaints": reverse("brands:brand_list") + "?colour=" + "x" * 200 + "&level=" + "很" * 60,
    }


def sideways(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("language", ["", "en"])
def test_no_page_scrolls_sideways(browse: Browse, addresses: dict[str, str], language: str) -> None:
    page = browse(language=language)
    wide = {}
    for kind, address in addresses.items():
        page.goto(address)
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        for width in (DESKTOP, PHONE, NARROWEST):
            resize(page, width)
            wide[kind, width] = sideways(page)
    assert not any(wide.values()), {kind: pixels for kind, pixels in wide.items() if pixels}


def small_targets(page: Page) -> Iterator[str]:
    for target in page.locator(TARGETS).all():
        box = target.bounding_box()
        if box is not None and box["height"] < TARGET - 0.5:
            yield f"{target.inner_text()} {box['height']}"


def test_what_a_finger_shall_hit_is_large_enough(phone: Page, addresses: dict[str, str]) -> None:
    small = {}
    for kind in ("home", "filtered", "brand", "article", "search"):
        phone.goto(addresses[kind])
        small[kind] = list(small_targets(phone))
    assert not any(small.values()), small


@pytest.mark.parametrize(
    ("width", "javascript"),
    product((PHONE, DESKTOP), (True, False)) if thorough() else [(PHONE, False), (DESKTOP, True)],
)
def test_from_the_home_page_by_province_to_a_brand_to_its_sentence(
    browse: Browse, addresses: dict[str, str], width: int, javascript: bool
) -> None:
    page = browse(width=width, javascript=javascript)
    page.goto(addresses["home"])
    page.locator(".tiles").get_by_role("link", name="山西").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("山西省")
    page.locator(".cards").get_by_role("link", name="吕梁山护工").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("吕梁山护工")
    figure = page.locator(".figures > li").filter(has_text="超 9 万人")
    expect(figure.locator("blockquote mark")).to_have_text("9万余名")
    figure.get_by_role("link", name="看原文").click()
    piece = Evidence.objects.get(statistic__value=90000)
    expect(page).to_have_url(f"{page.url.split('#')[0]}#e{piece.pk}")
    marked = page.locator("mark:target")
    expect(marked).to_have_text("9万余名")
    expect(marked).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_have_text("护工走出大山")
    marked.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("超 9 万人")


def test_narrowing_a_list_and_taking_it_back(browse: Browse, addresses: dict[str, str]) -> None:
    page = browse(javascript=False)
    page.goto(addresses["brand_list"])
    facets = page.get_by_role("complementary", name="筛选")
    facets.get_by_role("link", name="山西 3").click()
    facets.get_by_role("link", name="吕梁 2").click()
    facets.get_by_role("link", name="家政服务 1").click()
    expect(page.locator(".rows tbody tr")).to_have_count(1)
    page.get_by_role("link", name="移除 行业： 家政服务").click()
    expect(page.locator(".rows tbody tr")).to_have_count(2)
    facets.get_by_role("link", name="同时选择湖北").click()
    expect(page.locator(".rows tbody tr")).to_have_count(3)
    page.get_by_role("link", name="全部清除").click()
    expect(page.locator(".rows tbody tr")).to_have_count(6)


def test_facets_fold_on_a_phone(browse: Browse, addresses: dict[str, str]) -> None:
    page = browse(width=PHONE, javascript=False)
    page.goto(addresses["brand_list"])
    link = page.get_by_role("link", name="养老护理 2")
    expect(link).to_be_hidden()
    page.get_by_role("link", name="筛选", exact=True).click()
    page.locator("summary", has_text="行业").click()
    link.click()
    expect(page.locator(".rows tbody tr")).to_have_count(2)


def test_searching(browse: Browse, addresses: dict[str, str]) -> None:
    page = browse(width=PHONE, javascript=False)
    page.goto(addresses["home"])
    page.get_by_role("searchbox").fill("山西 护工")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".hits").first.locator(".headline")).to_have_text("吕梁山护工")
    expect(page.locator(".hits").first.locator("mark")).to_have_text("护工")
    expect(page.get_by_role("searchbox")).to_have_value("山西 护工")


def test_a_keyboard_reaches_a_province(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["home"])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    expect(page.locator(":focus")).to_be_in_viewport()
    reached = False
    for _step in range(30):
        page.keyboard.press("Tab")
        reached = page.evaluate("document.activeElement.className").startswith("tile")
        if reached:
            break
    assert reached
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_language_switch(browse: Browse, addresses: dict[str, str]) -> None:
    page = browse(width=PHONE, javascript=False)
    page.goto(addresses["filtered"])
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Labour brands")
    expect(page).to_have_url(f"**{addresses['filtered']}".replace("**", page.url.split("/brands/")[0]))
    page.get_by_role("button", name="简体中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("劳务品牌")


def test_dark_and_light_differ(browse: Browse, addresses: dict[str, str]) -> None:
    page = browse()
    page.goto(addresses["home"])
    colours = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2


def test_print_leaves_out_what_paper_cannot_do(browse: Browse, addresses: dict[str, str]) -> None:
    page = browse()
    page.goto(addresses["brand"])
    page.emulate_media(media="print")
    for part in (".sections", ".find", ".language", ".related"):
        for piece in page.locator(part).all():
            expect(piece).to_be_hidden()
    expect(page.locator("blockquote").first).to_be_visible()


def test_a_brand_with_very_much_to_say_is_printed_on_one_sheet(browse: Browse, addresses: dict[str, str]) -> None:
    told = Brand.objects.get(name="吕梁山护工")
    with gathered():
        for number, metric in enumerate([*Metric][:12]):
            for year in ("2023", "2024"):
                words = f"据介绍，{number + 5}人{'在各地做工，' * 40}"
                statistic(told, number + 5, metric=metric, as_of=year, source=article(words), phrase=f"{number + 5}人")
            bear_out(told, article(f"吕梁山护工{'在各地做工，' * 40}", title=f"{number}"), "吕梁山护工")
    page = browse()
    page.goto(addresses["brand"])
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.emulate_media(media="print")
    expect(page.get_by_text("未印出")).to_be_visible()
    expect(page.locator(".printed").last).to_contain_text("打印自劳务品牌库 http")
