"""The admin in a browser: it must work under the site's content security policy, which the `browse` fixture watches."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.brands.factories import brand, regions
from tests.browser.conftest import Browse


@pytest.fixture
def curator(transactional_db: None) -> User:
    return User.objects.create_superuser("curator", password="a-long-enough-word")


def log_in(page: Page, user: User) -> None:
    page.goto("/admin/")
    page.locator("#id_username").fill(user.username)
    page.locator("#id_password").fill("a-long-enough-word")
    page.locator("[type=submit]").click()
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize(("language", "heading"), [("", "工作台"), ("en", "Desk")])
def test_a_curator_logs_in_and_sees_the_language_chosen(
    browse: Browse, curator: User, language: str, heading: str
) -> None:
    page = browse(language=language)
    log_in(page, curator)
    expect(page.locator("#content h1")).to_have_text(heading)


def test_pages_with_scripts_run_them_without_a_breach(phone: Page, curator: User) -> None:
    log_in(phone, curator)
    for path in ("auth/user/", "auth/user/add/"):
        phone.goto(f"/admin/{path}")
        expect(phone.locator("#content")).to_be_visible()


def test_leaving_and_coming_back_asks_for_the_password_again(page: Page, curator: User) -> None:
    log_in(page, curator)
    page.locator("#logout-form button").click()
    page.goto("/admin/")
    expect(page.locator("#id_password")).to_be_visible()


def test_a_list_on_a_phone_breaks_no_name_and_shows_what_it_is_filtered_by(phone: Page, curator: User) -> None:
    brand("安康毛玩缝纫工", region=regions()["141100"], level="provincial")
    log_in(phone, curator)
    phone.goto("/admin/brands/brand/?level__exact=provincial&province=140000")
    on = phone.locator("#list-filters .filter", has=phone.locator(".off")).locator("summary")
    expect(on).to_have_text(["级别：省级", "省份：山西"])
    assert all(one.bounding_box()["y"] < 600 for one in on.all())  # type: ignore[index]
    name = phone.get_by_role("link", name="安康毛玩缝纫工")
    assert name.evaluate("one => one.getClientRects().length") == 1
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_role("link", name="取消筛选：级别").click()
    phone.locator("#list-filters summary", has_text="审核").click()
    phone.get_by_role("link", name="待审").click()
    expect(on).to_have_text(["审核：待审", "省份：山西"])


def test_the_page_of_a_brand_is_as_wide_as_the_window_and_has_words_for_its_ways(page: Page, curator: User) -> None:
    made = brand("天镇保姆", region=regions()["140222"])
    made.details.create(kind="honour", words="特色劳务品牌形象代言人")
    log_in(page, curator)
    page.goto(f"/admin/brands/brand/{made.pk}/change/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("#view_id_region")).to_have_text("查看")
    assert page.locator(".related-widget-wrapper img").count() == 0
