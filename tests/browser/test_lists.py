"""Lists in a real browser: a table that sorts, cards and one sheet of filters on a phone, few stops for a keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from brands.listing.sync import gathered
from brands.models import Region
from tests.brands.factories import brand, program, regions, statistic
from tests.browser.accessibility import violations
from tests.browser.conftest import DESKTOP, PHONE, Browse, resize

LISTS = ("/brands/", "/statistics/", "/programs/", "/articles/")

# Times that Tab is pressed at most until the first row has the focus.
STOPS = 25

# Pixels: the least height of what a finger shall hit on a phone.
TARGET = 44

FIRST_ROW = ".rows tbody a, .rows .items a"


@pytest.fixture(autouse=True)
def many(catalogued: None, live_server: object) -> None:
    """More brands, programs and places than a facet shows at once."""
    with gathered():
        places = list(Region.objects.exclude(adcode="100000"))
        for number in range(24):
            code = f"{11 + number}0000"
            place = regions().get(code) or Region.objects.create(
                adcode=code,
                name=f"第{number}省",
                common_name=f"{number}省",
                level="province",
                parent_id="100000",
                pinyin="",
            )
            made = brand(f"绣娘{number}", region=place if number % 2 else places[number % len(places)])
            program(f"第{number}期绣娘培训计划").brands.add(made)
            statistic(made, 1000 + number, as_of="2024")


def names(page: Page) -> list[str]:
    return page.locator(".rows tbody th a").all_inner_texts()


@pytest.mark.parametrize("language", ["", "en"])
def test_a_keyboard_is_soon_at_the_first_row(browse: Browse, language: str) -> None:
    page = browse(language=language)
    for address in LISTS:
        for width in (DESKTOP, PHONE):
            resize(page, width)
            page.goto(address)
            assert stops(page) <= STOPS, (address, width)


def stops(page: Page) -> int:
    """How often Tab is pressed until the first row has the focus."""
    for number in range(1, 100):
        page.keyboard.press("Tab")
        if page.evaluate("rows => document.activeElement === document.querySelector(rows)", FIRST_ROW):
            return number
    raise AssertionError("no row has the focus")


def test_a_figure_with_many_words_runs_into_nothing(phone: Page) -> None:
    words = "在外做豆腐的钟祥石牌豆腐郎"
    statistic(brand("钟祥石牌豆腐郎", region=regions()["140000"]), 100_000, part_of=words, as_of="2026-11-19")
    for large in ("", "large", "largest"):
        phone.goto("/statistics/")
        phone.evaluate("large => large && document.documentElement.classList.add(large)", large)
        row = phone.locator(".rows tbody tr", has_text=words)
        figure, when = row.locator(".num a").bounding_box(), row.locator("td:last-child").bounding_box()
        assert figure is not None
        assert when is not None
        assert figure["x"] + figure["width"] <= when["x"], large or "standard"
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), large or "standard"


def test_the_first_stop_leads_past_all_others_to_the_rows(page: Page) -> None:
    page.goto("/brands/?region=140000")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到结果")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#results$"))
    for _head in page.locator(".rows thead a").all():
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("rows => document.activeElement === document.querySelector(rows)", FIRST_ROW)


def test_heads_sort_and_turn_the_list(browse: Browse) -> None:
    page = browse(javascript=False)
    page.goto("/brands/?region=140000")
    head = page.get_by_role("columnheader", name="就业人数")
    head.get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="就业人数")).to_have_attribute("aria-sort", "descending")
    largest = names(page)
    assert largest[0] == "吕梁山护工"
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    turned = names(page)
    assert turned[0] != "吕梁山护工"
    assert sorted(turned) == sorted(largest)
    assert turned.index("吕梁山护工") < turned.index("天镇保姆"), "who has no number comes last"


def test_on_a_phone_rows_are_cards_and_no_row_is_there_twice(browse: Browse) -> None:
    page = browse(width=PHONE, javascript=False)
    page.goto("/brands/?sort=headcount")
    row = page.get_by_role("row").filter(has_text="吕梁山护工")
    expect(row).to_have_count(1)
    box, link = row.bounding_box(), row.get_by_role("link").bounding_box()
    assert box is not None
    assert link is not None
    assert TARGET <= box["height"] <= 4 * TARGET
    expect(row).to_contain_text("超 9 万人 2025")
    page.mouse.click(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2)  # all of a card leads to its brand
    expect(page.get_by_role("heading", level=1)).to_have_text("吕梁山护工")


def test_filters_are_one_button_and_a_sheet_without_scripts(browse: Browse) -> None:
    page = browse(width=PHONE, javascript=False)
    for address in LISTS:
        page.goto(address)
        sheet = page.locator("#filters")
        expect(sheet).to_be_hidden()
        page.get_by_role("link", name="筛选", exact=True).click()
        expect(sheet).to_be_in_viewport()
        sheet.get_by_role("link", name=re.compile("^查看 .*条结果")).click()
        expect(sheet).to_be_hidden()
    page.goto("/brands/")
    page.get_by_role("link", name="筛选", exact=True).click()
    page.locator("#filters > details > summary", has_text="行业").click()
    page.get_by_role("link", name="家政服务 2").click()
    expect(page.locator("#filters")).to_be_hidden()
    assert names(page) == ["离石月嫂", "天镇保姆"]
    expect(page.get_by_role("link", name="筛选 1", exact=True)).to_be_visible()


def test_a_facet_shows_its_top_and_the_rest_on_demand(browse: Browse) -> None:
    page = browse(javascript=False)
    page.goto("/brands/")
    facet = page.locator("#of-program")
    shown = facet.locator("a:visible")
    expect(shown).to_have_count(6)
    facet.locator(".rest > summary").click()
    expect(shown).to_have_count(20)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_long_facet_is_searched_by_a_plain_form(browse: Browse, width: int) -> None:
    page = browse(width=width, javascript=False)
    page.goto("/brands/?industry=care")
    if width == PHONE:
        page.get_by_role("link", name="筛选 1", exact=True).click()
        page.locator("#of-program > summary").click()
    facet = page.locator("#of-program")
    facet.locator(".rest > summary").click()
    facet.get_by_role("searchbox").fill("第7期")
    facet.get_by_role("button", name="查找").click()
    expect(page).to_have_url(re.compile(r"industry=care&facet=program&find=.*#of-program$"))
    expect(page.locator(".chips .chip")).to_have_count(1)
    found = page.locator("#of-program > ul a")
    expect(found).to_have_count(1)
    expect(found).to_be_in_viewport()
    found.click()
    assert names(page) == ["绣娘7"]


def test_nothing_of_that_name_is_said(browse: Browse) -> None:
    page = browse(javascript=False)
    page.goto("/brands/?facet=region&find=没有的地方")
    expect(page.locator("#of-region")).to_contain_text("没有名称包含“没有的地方”的选项。")
    assert page.locator(".rows tbody tr").count() > 20, "the rows stay"


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_everybody_can_use_table_sheet_and_search(browse: Browse, width: int) -> None:
    page = browse(width=width)
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for address in (
            "/brands/?sort=income",
            "/brands/?region=140000#filters",
            "/brands/?facet=region&find=吕#of-region",
        ):
            page.goto("about:blank")
            page.goto(address)
            page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
            found[scheme, address] = violations(page)
    assert not any(found.values()), {state: lines for state, lines in found.items() if lines}


def test_a_finger_hits_what_the_sheet_offers(phone: Page) -> None:
    phone.goto("/brands/?region=140000#filters")
    phone.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    small = []
    for target in phone.locator("#filters :is(summary, a, button, input:not([type=hidden])), thead a").all():
        box = target.bounding_box()
        if box is not None and box["height"] < TARGET - 0.5:
            small.append(f"{target.inner_text()} {box['height']}")
    assert small == []
