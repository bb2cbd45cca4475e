"""Staff enter and change records in a browser: with a source, a region found by its chain, while others work."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from brands.models import Brand
from tests.brands.factories import article, brand, regions
from tests.browser.accessibility import violations
from tests.browser.conftest import Browse
from tests.browser.test_admin import log_in

PHONE, DESKTOP = 375, 1280


@pytest.fixture
def curator(transactional_db: None) -> User:
    return User.objects.create_superuser("curator", password="a-long-enough-word")


@pytest.fixture
def carer(curator: User) -> Brand:
    return brand("吕梁山护工", region=regions()["141100"], source=article("“吕梁山护工”走出大山。"))


def choose_region(page: Page, typed: str, offered: str) -> None:
    page.locator(".field-region .select2-selection").click()
    page.locator(".select2-search__field").fill(typed)
    page.locator(".select2-results__option", has_text=offered).first.click()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_brand_is_entered_with_its_source_and_public(browse: Browse, carer: Brand, curator: User, width: int) -> None:
    page = browse(width=width)
    log_in(page, curator)
    page.goto(reverse("admin:brands_brand_add"))
    page.locator("#id_name").fill("离石月嫂")
    choose_region(page, "山西离石", "山西吕梁离石 141102")
    page.locator("#id_industry").select_option("care")
    page.locator("#id_source_words").fill("12 离石月嫂 山西省吕梁市")
    page.locator("#id_source_title").fill("第三批名单")
    assert fits(page)
    page.locator("[name=_save]").first.click()
    page.wait_for_url("**/brand/")
    made = Brand.objects.get(name="离石月嫂")
    assert made.region_id == "141102"
    page.goto(made.get_absolute_url())
    expect(page.locator("h1")).to_contain_text("离石月嫂")
    expect(page.locator("main")).to_contain_text("第三批名单")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_what_somebody_else_wrote_meanwhile_stands_beside(
    browse: Browse, carer: Brand, curator: User, width: int
) -> None:
    page = browse(width=width)
    log_in(page, curator)
    page.goto(reverse("admin:brands_brand_change", args=[carer.pk]))
    Brand.objects.filter(pk=carer.pk).update(organisation="吕梁市人社局", review="confirmed")
    page.locator("#id_batch").fill("第一批")
    page.locator("[name=_save]").first.click()
    expect(page.locator(".errorlist.nonfield")).to_contain_text("建设单位：现在是“吕梁市人社局”")
    expect(page.locator("#id_organisation")).to_have_value("吕梁市人社局")
    expect(page.locator("#id_batch")).to_have_value("第一批")
    assert fits(page)
    page.locator("[name=_save]").first.click()
    page.wait_for_url("**/brand/")
    carer.refresh_from_db()
    assert (carer.batch, carer.organisation, carer.review) == ("第一批", "吕梁市人社局", "confirmed")
    assert carer.hand_set == ["batch"]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_level_is_set_in_bulk(browse: Browse, carer: Brand, curator: User, width: int) -> None:
    page = browse(width=width)
    log_in(page, curator)
    page.goto(reverse("admin:brands_brand_changelist"))
    page.get_by_role("link", name="批量修改这 1 条").click()
    page.get_by_role("button", name="设级别：预览").click()
    expect(page.locator(".wrong")).to_contain_text("请填写新的值")
    expect(page.get_by_label("清空：不设任何值")).to_be_visible()
    page.go_back()
    assert violations(page) == []
    page.get_by_label("设级别", exact=True).select_option("provincial")
    page.get_by_role("button", name="设级别：预览").click()
    assert fits(page)
    page.get_by_role("button", name="改动 1 条").click()
    page.wait_for_url("**/brand/")
    carer.refresh_from_db()
    assert (carer.level, carer.review) == ("provincial", "proposed")


def test_what_was_typed_before_the_session_ended_comes_back(browse: Browse, carer: Brand, curator: User) -> None:
    page = browse()
    log_in(page, curator)
    address = reverse("admin:brands_brand_change", args=[carer.pk])
    page.goto(address)
    page.locator("#id_organisation").fill("吕梁市人社局")
    page.locator("#id_level").select_option("provincial")
    choose_region(page, "山西离石", "山西吕梁离石 141102")
    page.context.clear_cookies(name="sessionid")
    page.locator("[name=_save]").first.click()
    page.locator("#id_username").fill(curator.username)
    page.locator("#id_password").fill("a-long-enough-word")
    page.locator("#login-form button").click()
    page.wait_for_url(f"**{address}")
    expect(page.locator("#draft-told")).to_be_visible()
    expect(page.locator("#id_organisation")).to_have_value("吕梁市人社局")
    expect(page.locator(".field-region .select2-selection")).to_contain_text("离石")
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    carer.refresh_from_db()
    assert (carer.organisation, carer.level, carer.region_id) == ("吕梁市人社局", "provincial", "141102")
    page.goto(address)
    expect(page.locator("#draft-told")).to_be_hidden()
