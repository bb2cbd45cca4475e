"""The review by keyboard, as somebody does it who never touches the mouse."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from brands.listing.sync import gathered
from brands.models import Article, Brand, ChangeSet
from brands.vocabulary.choices import ReviewState
from curation.models import Decision, Waiting
from tests.brands.factories import article, brand, regions
from tests.browser.accessibility import violations
from tests.browser.conftest import DESKTOP, PHONE, Browse, Pages, resize
from tests.needs import thorough
from tests.staff import member

# Facts that are reviewed at one go.
FACTS = 200 if thorough() else 10


@pytest.fixture
def enter(browse: Browse, live_server: LiveServer, transactional_db: None) -> Browse:
    """Opens pages as a reviewer who has logged in; takes what `browse` does."""
    user = member("reviewer", "shenhe")
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


def arrived(page: Page) -> None:
    """Waits until the site has every answer."""
    expect(page.locator(".review")).to_have_attribute("data-underway", "0")


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
        expect(page.locator(f"#{key}")).to_be_hidden()
    expect(page.locator("#all-done")).to_be_visible()
    arrived(page)
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
    arrived(page)
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
    arrived(page)
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


def forgive(pages: Pages, what: str) -> None:
    """What the browser says of a request that the test made fail is as it should be."""
    pages.wrong[:] = [line for line in pages.wrong if what not in line]


def test_no_answer_is_lost_while_the_network_fails(enter: Browse, pages: Pages) -> None:
    made = page_of(5)
    page = enter()
    page.goto(f"/admin/queue/{made.pk}/")
    page.route("**/answers/", lambda route: route.abort())
    for press in "yny":
        page.keyboard.press(press)
    expect(page.locator("#desk")).to_have_attribute("data-left", "2")
    unsent = page.locator("#unsent [data-when=offline]")
    expect(unsent).to_contain_text("有 3 条结论还没有送到")
    assert violations(page) == []
    page.keyboard.press("u")  # what has not been sent is only forgotten
    expect(page.locator("#desk")).to_have_attribute("data-left", "3")
    assert not Decision.objects.exists()
    page.unroute("**/answers/")
    page.reload()
    arrived(page)
    expect(page.locator("#desk")).to_have_attribute("data-left", "3")
    expect(unsent).to_be_hidden()
    assert dict(Brand.objects.exclude(review="proposed").values_list("name", "review")) == {
        "第1号师傅": "confirmed", "第2号师傅": "rejected",
    }  # fmt: skip
    forgive(pages, "ERR_FAILED")


def test_an_answer_whose_receipt_was_lost_counts_once(enter: Browse, pages: Pages) -> None:
    made = page_of(3)
    page = enter()
    page.goto(f"/admin/queue/{made.pk}/")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/answers/", lose, times=1)
    page.keyboard.press("y")
    arrived(page)
    assert Decision.objects.count() == 1
    expect(page.locator("#refused .wrong")).to_have_count(0)
    page.keyboard.press("u")
    arrived(page)
    assert not Brand.objects.exclude(review=ReviewState.PROPOSED).exists()
    forgive(pages, "ERR_FAILED")


def test_answers_left_behind_are_sent_after_the_next_login(enter: Browse, pages: Pages) -> None:
    made, other = page_of(3), page_of(2, title="另一篇", first=100)
    page = enter()
    page.goto(f"/admin/queue/{made.pk}/")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.keyboard.press("y")
    expect(page.locator("#unsent [data-when=login]")).to_be_visible()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(f"/admin/queue/{other.pk}/")
    expect(page.locator("#unsent")).to_be_hidden()
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('laobrand.answers')).length"
    while page.evaluate(kept):
        page.wait_for_timeout(100)
    assert Brand.objects.filter(review=ReviewState.CONFIRMED).count() == 1
    forgive(pages, "403")


def test_what_is_refused_comes_back_with_the_reason(enter: Browse) -> None:
    made = page_of(3)
    first, second, _third = Brand.objects.order_by("pk")
    page = enter()
    page.goto(f"/admin/queue/{made.pk}/")
    first.organisation = "离石区人社局"
    first.save()
    page.keyboard.press("y")
    expect(page.locator("#refused")).to_contain_text("“第1号师傅”刚有改动，请再看一眼。")
    expect(page.locator(f"#brand-{first.pk}")).to_contain_text("离石区人社局")
    page.keyboard.press("y")
    arrived(page)
    second.refresh_from_db()
    assert second.review == ReviewState.CONFIRMED
    page.locator(f"#brand-{first.pk} [data-key=y]").click()
    arrived(page)
    first.refresh_from_db()
    assert first.review == ReviewState.CONFIRMED


def test_the_next_facts_come_before_those_of_the_page_are_gone(enter: Browse) -> None:
    made = page_of(40)
    page = enter()
    page.goto(f"/admin/queue/{made.pk}/")
    for _key in range(38):
        page.keyboard.press("y")
        expect(page.locator(".fact:focus")).to_have_count(1)
    arrived(page)
    expect(page.locator("#left")).to_have_text("2")
    assert Brand.objects.filter(review=ReviewState.CONFIRMED).count() == 38
