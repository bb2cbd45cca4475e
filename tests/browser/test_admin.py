"""The admin in a browser: it must work under the site's content security policy, which the `browse` fixture watches."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

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
