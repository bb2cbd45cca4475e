"""Doubles by keyboard: one pair is merged and taken apart again, another is said to be two."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from brands.models import Brand
from curation.duplicates.search import search
from curation.models import Distinct, RecordKind
from tests.brands.factories import brand, regions
from tests.brands.whole import state
from tests.browser.accessibility import violations
from tests.browser.conftest import PHONE, Browse
from tests.browser.test_admin import log_in


@pytest.fixture
def curator(transactional_db: None) -> User:
    """Who finds two pairs: the surer one are brands whose names sound alike."""
    place = regions()["141100"]
    for name in ("吕梁山护工", "吕梁护工", "离石月嫂", "离石月扫"):
        brand(name, region=place)
    search(RecordKind.BRAND)
    return User.objects.create_superuser("curator", password="a-long-enough-word")


def usable(page: Page) -> None:
    """No breach of the rules of access, and nothing wider than the window."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_pairs_are_merged_taken_apart_and_set_apart_without_a_mouse(browse: Browse, curator: User) -> None:
    page = browse()
    log_in(page, curator)
    before = state()
    page.goto("/admin/doubles/")
    usable(page)
    expect(page.locator(".pair").first).to_be_focused()
    page.keyboard.press("y")
    expect(page.get_by_role("heading", level=1)).to_have_text("把“离石月扫”并入“离石月嫂”")
    usable(page)
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("已把“离石月扫”并入“离石月嫂”")
    assert not Brand.objects.filter(name="离石月扫").exists()
    expect(page.locator(".pair")).to_have_count(1)
    page.get_by_role("link", name="拆开").click()
    expect(page.locator(".told")).to_contain_text("“离石月扫”恢复为单独的记录")
    usable(page)
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("已撤销批次")
    usable(page)
    assert state() == before
    page.goto("/admin/doubles/")
    page.keyboard.press("j")
    expect(page.locator(".pair").nth(1)).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator(".pair")).to_have_count(1)
    expect(page.locator(".pair")).to_be_focused()
    assert Distinct.objects.count() == 1


def test_pairs_on_a_phone_without_scripts(browse: Browse, curator: User) -> None:
    page = browse(width=PHONE, javascript=False)
    log_in(page, curator)
    page.goto("/admin/doubles/")
    page.get_by_role("link", name="是同一个，合并…").first.click()
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="按所选重新预览").click()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.get_by_role("button", name="合并", exact=True).click()
    assert Brand.objects.filter(name="离石月扫").exists()
    page.get_by_role("button", name="不是同一个").click()
    expect(page.locator(".pair")).to_have_count(0)
