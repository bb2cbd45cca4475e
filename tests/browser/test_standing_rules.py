"""A mistake is corrected once: what is like it goes with it, and a rule is kept that pages to come are read by."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from brands.models import Brand, StandingRule, Statistic
from brands.vocabulary.choices import Metric, RuleState
from ingest.load.page import load_page
from ingest.pipeline import extract_bytes
from ingest.version import extractor_version
from tests.browser.accessibility import violations
from tests.browser.conftest import Browse
from tests.browser.test_admin import log_in
from tests.browser.test_editing import fits
from tests.curation.jobs import at_hand
from tests.curation.test_standing_rules import ONE, TWO

__all__ = ["at_hand"]

PHONE, DESKTOP = 375, 1280

pytestmark = pytest.mark.usefixtures("divisions", "at_hand")


@pytest.fixture
def curator(transactional_db: None) -> User:
    for number, text in enumerate((ONE, TWO), 1):
        load_page(extract_bytes(f"{number}.txt", text.encode()), version=extractor_version())
    return User.objects.create_superuser("curator", password="a-long-enough-word")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def looks_well(page: Page) -> None:
    assert fits(page), page.url
    assert violations(page) == [], page.url


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, True), (DESKTOP, False)])
def test_a_name_that_is_never_a_brand(browse: Browse, curator: User, width: int, scripts: bool) -> None:
    page = browse(width=width, javascript=scripts)
    log_in(page, curator)
    brand = Brand.objects.get(name="天镇保姆")
    page.goto(reverse("admin:brands_brand_change", args=[brand.pk]))
    page.locator("#id_review").select_option("rejected")
    page.locator("[name=_save]").first.click()
    page.goto(reverse("admin:brands_brand_change", args=[brand.pk]))
    page.get_by_role("link", name="同样的还有吗").click()
    expect(page.locator("#id_words")).to_have_value("天镇保姆")
    page.locator("#id_why").fill("泛称，不是品牌")
    if scripts:
        looks_well(page)
    press(page, "记住，以后都照办")
    expect(page.locator("main, #content").first).to_contain_text("泛称，不是品牌")
    assert StandingRule.objects.get().state == RuleState.PROPOSED
    if scripts:
        looks_well(page)
    press(page, "看生效后会改动什么")
    page.goto(page.url)
    expect(page.locator("#words")).to_contain_text("已备好")
    if scripts:
        looks_well(page)
    press(page, "应用")
    page.goto(page.url)
    expect(page.locator("#content")).to_contain_text("已经应用")
    assert StandingRule.objects.get().state == RuleState.IN_FORCE
    page.goto(reverse("curation:rules"))
    expect(page.get_by_role("row", name=re.compile("天镇保姆"))).to_contain_text("生效")
    if scripts:
        looks_well(page)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_metric_and_what_is_like_it(browse: Browse, curator: User, width: int) -> None:
    page = browse(width=width)
    log_in(page, curator)
    firms = Statistic.objects.get(value=3200)
    page.goto(reverse("admin:brands_statistic_change", args=[firms.pk]))
    page.locator("#id_metric").select_option("facilities")
    page.locator("[name=_save]").first.click()
    page.goto(reverse("curation:rules_work"))
    looks_well(page)
    page.get_by_role("link", name=re.compile("^(thing|unit)")).click()
    page.get_by_role("link", name="同样的还有吗").click()
    expect(page.get_by_role("heading", name="同样的还有 1 处")).to_be_visible()
    expect(page.locator("td", has_text="领办作坊1500家")).to_be_visible()
    looks_well(page)
    press(page, "勾选的也这样改")
    expect(page.locator(".messagelist")).to_contain_text("同样的也改了")
    assert Statistic.objects.get(value=1500).metric == Metric.FACILITIES
    page.locator(".messagelist a").click()
    expect(page.locator("#content")).to_contain_text("基地与站点")
    expect(page.get_by_role("link", name="撤销这一批…")).to_be_visible()
