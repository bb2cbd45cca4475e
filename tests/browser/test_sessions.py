"""What was typed into a form of the staff before the session ended is on the screen after the login, and not saved."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page

from brands.models import Brand, Change
from curation.models import DuplicatePair, Import
from tests.browser.conftest import Browse
from tests.browser.test_admin import log_in
from tests.curation.asking import filled, make_world, routes
from tests.needs import thorough

WORDS = "会话结束之前填的"

# Pages on which forms stand that are sent elsewhere, that come into the page later, or that are none of these.
USUAL = {
    "admin/brands/brand/<path:object_id>/change/",
    "admin/doubles/",
    "admin/import/files/<int:number>/",
    "admin/lists/<int:number>/",
    "admin/merge/<slug:kind>/<int:kept>/<int:gone>/",
    "admin/reports/<int:number>/",
    "admin/upload/",
}

# A form of a page that takes typed text, by its place among all of them; a password or a file is not kept.
FORMS = """() => [...document.querySelectorAll("#content form[method=post]")]
  .map((form, place) => [form, place])
  .filter(([form]) => form.id !== "changelist-form" && typed(form).length)
  .map(([_form, place]) => place)"""
TYPED = """window.typed = (form) => [...form.elements].filter((field) => field.name && !field.readOnly
  && !field.disabled && (field.tagName === "TEXTAREA" || field.type === "text") && !/__prefix__/.test(field.name))"""
TYPE = """([place, words]) => {
  const form = document.querySelectorAll("#content form[method=post]")[place];
  const said = typed(form).slice(0, 5).map((field, at) => {
    field.value = (words + at).slice(0, field.maxLength > 0 ? field.maxLength : undefined);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return [field.name, field.value];
  });
  form.noValidate = true;
  return said;
}"""
SEND = """(place) => document.querySelectorAll("#content form[method=post]")[place].requestSubmit()"""
# What is not on the screen of what was typed.
LOST = """(said) => said.filter(([name, value]) => ![...document.querySelectorAll("#content [name]")]
  .filter((field) => field.name === name).some((field) => field.value === value && field.checkVisibility()))"""


@pytest.fixture
def curator(transactional_db: None) -> User:
    make_world()
    first, second = Brand.objects.order_by("pk").values_list("pk", flat=True)[:2]
    DuplicatePair.objects.create(kind="brand", first=first, second=second, score=1, reasons=[])
    user = User.objects.create_superuser("curator", password="a-long-enough-word")
    Import.objects.update(author=user, data="name\n离石绣娘\n".encode("utf-8-sig"))
    return user


def end_session(page: Page) -> None:
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def log_in_again(page: Page, user: User) -> None:
    page.wait_for_url("**/login/**")
    page.locator("#id_username").fill(user.username)
    page.locator("#id_password").fill("a-long-enough-word")
    page.locator("#login-form button").click()
    page.wait_for_url(re.compile("^((?!/login/).)*$"))


def with_forms(user: User) -> Iterator[str]:
    """The addresses of pages with a form that is sent, as far as they are looked at."""
    client = Client()
    client.force_login(user)
    for route in sorted(set(routes())):
        if route.startswith("admin/") and not route.startswith("admin/logout") and (thorough() or route in USUAL):
            shown = client.get(address := f"/{filled(route)}")
            page = shown.content.decode() if shown.headers.get("Content-Type", "").startswith("text/html") else ""
            if re.search(r'<form[^>]*method="post"', page):
                yield address


def test_typed_text_comes_back_in_every_form(browse: Browse, curator: User) -> None:
    addresses = list(with_forms(curator))
    page = browse()
    page.add_init_script(TYPED)
    log_in(page, curator)
    lost, seen = {}, set()
    for address in addresses:
        page.goto(address)
        for place in page.evaluate(FORMS):
            page.goto(address)
            before = Change.objects.count()
            said = page.evaluate(TYPE, [place, WORDS])
            end_session(page)
            page.evaluate(SEND, place)
            log_in_again(page, curator)
            page.wait_for_load_state("load")
            seen.add(address)
            told = page.locator("#draft-told")
            if (gone := page.evaluate(LOST, said)) or not told.is_visible() or Change.objects.count() != before:
                lost[f"{address} {place}"] = [page.url, gone]
    assert lost == {}
    assert {f"/{filled(route)}" for route in USUAL} <= seen
