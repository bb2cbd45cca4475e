"""The search box and the search page in a real browser: by keyboard, mouse, finger and ear, and without JavaScript."""

from typing import Literal
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, Request, expect

from brands.models import Brand
from tests.browser.accessibility import violations
from tests.browser.conftest import DESKTOP, PHONE, Browse, resize
from tests.browser.test_site import NARROWEST, sideways
from tests.needs import thorough

# Milliseconds: well over the delay after which a box asks.
QUIET = 400

QUERY = "?q=护工"
# Queries after which the page shows all that it has: groups, filters, additions, corrections, help, messages.
ANSWERS: tuple[dict[str, str], ...] = (
    {"q": "护工"},
    {"q": "山西 护工", "colour": "x" * 200},
    {"q": "lvliang"},
    {"q": "吕粱山护工"},
    {"q": "护工", "exact": "1", "kind": "brand"},
    {"q": "没有" * 40},
    {"q": "字" * 700},
    {"q": ""},
    {"q": "护工有多少人"},
    {"q": "哪里有护工"},
    {"q": "潜江的护工"},
    {"q": "怎么联系天镇保姆"},
)

# Pages with each kind of box: the large one, the one in the header, the one of the search page.
BOXES = ("home", "brand_list", "search")

Scheme = Literal["light", "dark"]
# Windows and colours in which pages are judged: each width and each scheme; a thorough run takes all pairs.
SETTINGS: list[tuple[int, Scheme]] = [(PHONE, "dark"), (DESKTOP, "light")]
if thorough():
    SETTINGS += [(PHONE, "light"), (DESKTOP, "dark")]


pytestmark = pytest.mark.usefixtures("catalogued")


def box(page: Page) -> Locator:
    return page.get_by_role("combobox")


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def type_in(page: Page, text: str, *, at: str = "home") -> None:
    page.goto(reverse(f"brands:{at}"))
    box(page).click()
    box(page).press_sequentially(text, delay=20)


def chosen(page: Page) -> str:
    """The name of the option that assistive technology is told is the active one."""
    active = box(page).get_attribute("aria-activedescendant")
    return page.locator(f"#{active}[aria-selected=true] .name").inner_text() if active else ""


@pytest.mark.parametrize("width", [PHONE, DESKTOP] if thorough() else [DESKTOP])
def test_from_two_characters_to_the_brand_by_keyboard(browse: Browse, width: int) -> None:
    page = browse(width=width)
    for at in BOXES:
        type_in(page, "吕梁", at=at)
        expect(options(page).first).to_contain_text("吕梁山护工")
        expect(options(page).first.locator("mark")).to_have_text("吕梁")
        expect(box(page)).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("ArrowDown")
        assert chosen(page) == "吕梁山护工", at
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("吕梁山护工")
        assert Brand.objects.get(name="吕梁山护工").get_absolute_url() in page.url


def test_pinyin_finds_names(page: Page) -> None:
    type_in(page, "")
    for typed in ("lvliangshan", "lüliang", "llshg", "lvl"):
        box(page).fill(typed)
        expect(options(page).filter(has_text="吕梁山护工")).to_have_count(1)
        box(page).fill("")
        expect(options(page)).to_have_count(0)


def test_arrows_go_around_and_home_and_end_jump(page: Page) -> None:
    type_in(page, "护")
    expect(options(page)).to_have_count(2)
    one, other = "吕梁山护工", "护工技能大赛"
    steps = {
        "ArrowDown": one, "End": other, "Home": one, "ArrowUp": "",
    }  # fmt: skip
    seen = {}
    for key in steps:
        page.keyboard.press(key)
        seen[key] = chosen(page)
    assert seen == steps
    page.keyboard.press("ArrowUp")
    assert chosen(page) == other
    page.keyboard.press("ArrowDown")
    assert chosen(page) == ""
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("护")


def test_escape_closes_the_list_and_then_clears_the_box(page: Page) -> None:
    type_in(page, "护工")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("护工")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(box(page)).to_have_value("")


def test_enter_on_the_text_searches_for_it(page: Page) -> None:
    type_in(page, "护工")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".hits").first.locator(".headline")).to_have_text("吕梁山护工")
    expect(box(page)).to_have_value("护工")


def test_a_click_follows_a_suggestion_and_one_elsewhere_closes_the_list(page: Page) -> None:
    type_in(page, "护工")
    expect(options(page).first).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(options(page).first).to_be_hidden()
    box(page).click()
    page.keyboard.press("ArrowDown")
    options(page).filter(has_text="吕梁山护工").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("吕梁山护工")


@pytest.mark.parametrize(("language", "told"), [("", "2 条建议"), ("en", "2 suggestions")])
def test_the_number_of_suggestions_is_said(browse: Browse, language: str, told: str) -> None:
    page = browse(language=language)
    type_in(page, "护")
    expect(options(page)).to_have_count(2)
    expect(page.locator(".find [role=status]")).to_contain_text(told)


def test_nothing_is_asked_while_an_input_method_composes(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggest" in request.url else None)
    page.goto(reverse("brands:home"))
    box(page).click()
    session = page.context.new_cdp_session(page)
    for half in ("l", "lv", "lv l", "lv liang"):
        session.send("Input.imeSetComposition", {"text": half, "selectionStart": len(half), "selectionEnd": len(half)})
        page.wait_for_timeout(QUIET)
    assert asked == []
    session.send("Input.insertText", {"text": "吕梁"})
    expect(options(page).first).to_contain_text("吕梁山护工")
    assert len(asked) == 1


def test_fast_typing_asks_once_and_shows_the_last_answer(page: Page) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "suggest" in request.url else None)
    page.goto(reverse("brands:home"))
    box(page).click()
    page.wait_for_function("window.htmx")
    box(page).press_sequentially("潜江裁", delay=10)
    expect(options(page)).to_have_count(1)
    expect(options(page)).to_contain_text("潜江裁缝")
    assert len(asked) == 1


def test_an_emptied_box_shows_nothing(page: Page) -> None:
    type_in(page, "护工")
    expect(options(page).first).to_be_visible()
    box(page).fill("")
    expect(options(page)).to_have_count(0)
    page.wait_for_timeout(QUIET)
    expect(options(page)).to_have_count(0)


def test_the_list_moves_nothing(phone: Page) -> None:
    heights = "[document.querySelector('main').clientHeight, document.querySelector('header').clientHeight]"
    for at in BOXES:
        phone.goto(reverse(f"brands:{at}"))
        before = phone.evaluate(heights)
        box(phone).click()
        box(phone).press_sequentially("护")
        expect(options(phone).first).to_be_visible()
        assert phone.evaluate(heights) == before, at


def test_suggestions_are_large_enough_for_a_finger(phone: Page) -> None:
    type_in(phone, "护")
    expect(options(phone)).to_have_count(2)
    heights = [option.bounding_box() for option in options(phone).all()]
    assert all(found and found["height"] >= 44 for found in heights), heights


def test_htmx_waits_for_the_first_focus(page: Page) -> None:
    page.goto(reverse("brands:home"), wait_until="networkidle")
    assert page.evaluate("typeof htmx") == "undefined"
    box(page).click()
    page.wait_for_function("window.htmx")


def test_without_javascript_the_box_is_a_form(browse: Browse) -> None:
    page = browse(javascript=False)
    page.goto(reverse("brands:brand_list"))
    expect(page.get_by_role("combobox")).to_have_count(0)
    page.get_by_role("searchbox").fill("吕梁 护工")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".hits").first.locator(".headline")).to_have_text("吕梁山护工")
    page.goto(reverse("brands:suggest") + QUERY)
    page.get_by_role("link", name="吕梁山护工").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("吕梁山护工")


@pytest.mark.parametrize(("width", "scheme"), SETTINGS)
def test_an_open_list_breaks_no_rule_of_accessibility(browse: Browse, width: int, scheme: Scheme) -> None:
    page = browse(width=width)
    page.emulate_media(color_scheme=scheme)
    for at in BOXES:
        type_in(page, "护", at=at)
        expect(options(page)).to_have_count(2)
        page.keyboard.press("ArrowDown")
        assert violations(page) == [], at


def test_answers_break_no_rule_of_accessibility_and_fit_the_window(page: Page) -> None:
    for query in ANSWERS:
        page.goto(f"{reverse('brands:search')}?{urlencode(query)}")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        for width, scheme in SETTINGS:
            resize(page, width)
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], (query, width, scheme)
        resize(page, NARROWEST)
        assert sideways(page) == 0, query


def test_answers_in_english_fit_the_window(browse: Browse) -> None:
    page = browse(width=NARROWEST, language="en", javascript=False)
    wide = {}
    for query in ANSWERS:
        page.goto(f"{reverse('brands:search')}?{urlencode(query)}")
        wide[query["q"]] = sideways(page)
    assert set(wide.values()) == {0}, wide


@pytest.mark.parametrize("language", ["", "en"])
def test_an_open_list_fits_the_window(browse: Browse, language: str) -> None:
    page = browse(width=NARROWEST, language=language)
    for at in BOXES:
        type_in(page, "护", at=at)
        expect(options(page)).to_have_count(2)
        assert sideways(page) == 0, at
