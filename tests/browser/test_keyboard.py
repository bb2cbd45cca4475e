"""From the home page to a sentence and back with a keyboard alone: what has the focus can be seen at every step."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Browse
from tests.browser.test_answers import asked
from tests.needs import thorough

__all__ = ["asked"]

# Times that Tab is pressed before what is looked for counts as out of reach.
STEPS = 120

# Times 50 milliseconds that a busy machine may take to scroll.
PATIENCE = 40

# Empty where a ring around what has the focus stands in the window; else what has it.
VISIBLE = """() => {
  const element = document.activeElement;
  if (element === document.body) return ""; // between the last element and the first
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  return ring && seen ? "" : `${element.outerHTML.slice(0, 120)} ${style.outline} ${box.top} ${box.height}`;
}"""


pytestmark = pytest.mark.usefixtures("catalogued")


def tab_to(page: Page, selector: str, words: str = "") -> None:
    """Press Tab until what matches has the focus, which must be seen on the whole way."""
    for _step in range(STEPS):
        page.keyboard.press("Tab")
        seen_to(page)
        there = page.evaluate("selector => document.activeElement.matches(selector)", selector)
        if there and words in page.evaluate("document.activeElement.innerText"):
            return
    raise AssertionError(f"Tab does not reach {selector} {words}")


def seen_to(page: Page) -> None:
    """Wait until the page has scrolled to what has the focus."""
    for _moment in range(PATIENCE):
        hidden = page.evaluate(VISIBLE)
        if not hidden:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"the focus can't be seen: {hidden}")


def follow(page: Page) -> None:
    """Press Enter on a link and wait for what it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def titled(page: Page, words: str) -> None:
    expect(page).to_have_title(re.compile(f"^{words}"))


@pytest.mark.parametrize("width", [PHONE, DESKTOP] if thorough() else [PHONE])
def test_search_filter_brand_evidence_and_back(browse: Browse, width: int) -> None:
    page = browse(width=width)
    page.goto("/")
    tab_to(page, "main [name=q]")
    page.keyboard.type("吕梁", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("吕梁山护工")
    follow(page)
    tab_to(page, ".hits a.headline", "吕梁山护工")
    follow(page)
    titled(page, "吕梁山护工")
    tab_to(page, ".sections a", "品牌")
    follow(page)
    titled(page, "劳务品牌")
    if width == PHONE:  # where facets are folded, in a sheet
        tab_to(page, ".to-filters")
        follow(page)
        tab_to(page, ".facet summary", "行业")
        page.keyboard.press("Enter")
    tab_to(page, ".facet a", "养老护理")
    follow(page)
    expect(page.locator(".chips .chip")).to_contain_text("养老护理")
    tab_to(page, ".rows tbody a", "吕梁山护工")
    follow(page)
    titled(page, "吕梁山护工")
    tab_to(page, ".figures figcaption a", "看原文")
    follow(page)
    titled(page, "护工走出大山")
    expect(page.locator("mark:target")).to_be_in_viewport()
    tab_to(page, "mark:target a")
    follow(page)
    titled(page, "吕梁山护工 就业人数")
    tab_to(page, "main a", "吕梁山护工")
    follow(page)
    titled(page, "吕梁山护工")


@pytest.mark.usefixtures("asked")
def test_pay_and_destinations_by_keys(phone: Page) -> None:
    """The questions of test_answers.py: every answer is a link away, and no list stands before it for long."""
    phone.goto("/")
    tab_to(phone, "main .chip", "养老护理")
    follow(phone)
    titled(phone, "养老护理劳务品牌")
    tab_to(phone, ".figures .figure a", "5000")
    follow(phone)
    expect(phone.locator("h1")).to_contain_text("5000")
    phone.goto("/")
    tab_to(phone, "main .inline a", "去哪里干活")
    follow(phone)
    tab_to(phone, "main table a", "重庆")
    follow(phone)
    titled(phone, "谁在重庆干活")
    expect(phone.locator("main")).to_contain_text("联系方式：天镇县妇联0352-6820000")
