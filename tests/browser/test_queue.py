"""The review by keyboard, as somebody does it who never touches the mouse."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from brands.listing.sync import gathered
from brands.models import Article, Brand, ChangeSet
from brands.vocabulary.choices import ReviewState
from curation.models import Decision, Waiting
from curation.roles import assign
from tests.brands.factories import article, brand, regions
from tests.browser.accessibility import violations
from tests.browser.conftest import DESKTOP, PHONE, Browse, resize
from tests.needs import thorough

# Facts that are reviewed at one go.
FACTS = 200 if thorough() else 10


@pytest.fixture
def enter(browse: Browse, live_server: LiveServer, transactional_db: None) -> Browse:
    """Opens pages as a reviewer who has logged in; takes what `browse` does."""
    user = User.objects.create_user("shenhe")
    assign(user, "reviewer")
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}

    def open_page(**options: object) -> Page:
        page = browse(**options)
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    return open_page


@gathered()
def page_of(count: int, *, title: str = "师傅们", first: int = 1) -> Article:
    """An article with so many brands in paragraphs of prose; `first` is the number of the first."""
    region = regions()["141100"]
    names = [f"第{number}号师傅" for number in range(first, first + count)]
    made = article(
        "\n".join(f"会上，{name}讲了自己出门学手艺、回乡开班的经过，台下掌声不断。" for name in names), title=title
    )
    for name in names:
        brand(name, source=made, region=region, confidence=0.8)
    return made


def test_a_page_is_reviewed_by_keyboard_alone(enter: Browse) -> None:
    made = page_of(FACTS)
    following = page_of(1, title="另一篇", first=1000)
    keys = [
        f"brand-{pk}" for pk in Brand.objects.filter(evidence__article=made).order_by("pk").values_list("pk", flat=True)
    ]
    page = enter()
    page.goto(f"/admin/queue/{made.pk}/")
    for number, key in enumerate(keys):
        expect(page.locator(f"#{key}")).to_be_focused()
        expect(page.locator("mark.is-at").first).to_be_in_viewport()
        page.keyboard.press("n" if number % 5 == 4 else "y")
        expect(page.locator(f"#{key}")).to_have_count(0)
    expect(page.locator("#desk")).to_contain_text("这一篇审完了")
    assert Brand.objects.filter(review=ReviewState.REJECTED).count() == FACTS // 5
    assert Brand.objects.filter(review=ReviewState.CONFIRMED).count() == FACTS - FACTS // 5
    assert ChangeSet.objects.filter(kind="review").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/admin/queue/{following.pk}/")


def test_keys_move_edit_take_back_and_are_not_lost_when_typed_fast(enter: Browse) -> None:
    made = page_of(6)
    keys = [f"brand-{pk}" for pk in Brand.objects.order_by("pk").values_list("pk", flat=True)]
    page = enter()
    page.goto(f"/admin/queue/{made.pk}/")
    for press, at in [("j", 1), ("j", 2), ("k", 1)]:
        page.keyboard.press(press)
        expect(page.locator(f"#{keys[at]}")).to_be_focused()
    page.keyboard.press("e")
    field = page.locator(".edit input[name=name]")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f"#{keys[1]}")).to_be_focused()
    page.keyboard.press("e")
    expect(field).to_be_focused()
    field.fill("")
    page.keyboard.press("Enter")
    expect(page.locator(".edit .wrong")).to_be_visible()
    field.fill("乙字号师傅")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{keys[2]}")).to_be_focused()
    assert Brand.objects.get(name="乙字号师傅").hand_set == ["name"]
    page.keyboard.press("u")
    expect(page.locator(f"#{keys[1]}")).to_be_focused()
    expect(page.locator("#told")).to_contain_text("已撤销")
    for press in "yny":
        page.keyboard.press(press)
    expect(page.locator("#desk")).to_have_attribute("data-left", "3")
    assert [one.verdict for one in Decision.objects.filter(undone=False).order_by("pk")] == [
        "confirmed", "rejected", "confirmed",
    ]  # fmt: skip
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_have_attribute("open", "")


def test_single_keys_can_be_switched_off(enter: Browse) -> None:
    made = page_of(2)
    page = enter()
    page.goto(f"/admin/queue/{made.pk}/")
    page.keyboard.press("?")
    page.locator("#single-keys").uncheck()
    page.reload()
    page.keyboard.press("y")
    page.locator("[data-key=y]").last.click()
    expect(page.locator("#desk")).to_have_attribute("data-left", "1")
    assert Decision.objects.count() == 1


def test_everything_works_without_scripts(enter: Browse) -> None:
    made = page_of(3)
    page = enter(javascript=False)
    page.goto("/admin/queue/")
    page.get_by_role("button", name="从第一篇开始审").click()
    page.wait_for_url(f"**/admin/queue/{made.pk}/")
    first, second, third = (f"#brand-{pk}" for pk in Brand.objects.order_by("pk").values_list("pk", flat=True))
    page.locator(f"{first} button[name=yes]").click()
    page.wait_for_url(f"**/{second}")
    page.locator(f"{second} a", has_text="修改").click()
    page.locator(".edit input[name=name]").fill("乙字号师傅")
    page.locator(".edit button").click()
    page.wait_for_url(f"**/{third}")
    page.get_by_role("button", name="撤销刚才的结论").click()
    expect(page.locator(".messagelist")).to_contain_text("已撤销")
    page.locator(f"{third} button[name=no]").click()
    assert dict(Brand.objects.values_list("name", "review")) == {
        "第1号师傅": "confirmed", "第2号师傅": "proposed", "第3号师傅": "rejected",
    }  # fmt: skip
    page.get_by_role("button", name="放下").click()
    page.wait_for_url("**/admin/queue/")
    assert Waiting.objects.get().total == 1


def test_the_queue_meets_the_rules_of_accessibility(enter: Browse) -> None:
    made = page_of(3)
    page = enter()
    for path in ("/admin/queue/", "/admin/doubtful/misplaced/", f"/admin/queue/{made.pk}/"):
        page.goto(path)
        in_each_window(page)
    page.keyboard.press("e")
    expect(page.locator(".edit")).to_be_visible()
    in_each_window(page)


def in_each_window(page: Page) -> None:
    """Nothing to stumble over and nothing out of the window, on a desktop and on a phone."""
    for width in (DESKTOP, PHONE):
        resize(page, width)
        assert violations(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
