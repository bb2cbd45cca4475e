"""How many searches and forms a minute one visitor may send."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from laobrand import rate_limit
from laobrand.page_cache import pages
from laobrand.rate_limit import WINDOW, Counter, counter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _limits(settings: Settings) -> Iterator[None]:
    settings.SEARCH_REQUESTS, settings.FORM_REQUESTS, settings.PROXIES = 3, 2, 1
    counter.clear()
    pages.clear()
    yield
    counter.clear()


def of(address: str) -> Client:
    return Client(headers={"X-Forwarded-For": address})


def test_searches(client: Client) -> None:
    told = [of("192.0.2.1").get("/search/", {"q": f"护工{number}"}) for number in range(5)]
    assert [answer.status_code for answer in told] == [200, 200, 200, 429, 429]
    assert 0 < int(told[-1].headers["Retry-After"]) <= WINDOW
    assert f"请 {told[-1].headers['Retry-After']} 秒后再试" in told[-1].content.decode()
    assert "Content-Security-Policy" in told[-1].headers
    assert of("192.0.2.2").get("/search/", {"q": "护工9"}).status_code == 200
    assert of("192.0.2.1").get("/about/").status_code == 200


@pytest.mark.parametrize("address", ["/search/suggest/", "/brands/", "/admin/brands/brand/"])
def test_other_ways_to_search(address: str) -> None:
    told = [of("192.0.2.1").get(address, {"q": f"工{number}"}).status_code for number in range(4)]
    assert told[-1] == 429


def test_forms_without_an_account() -> None:
    told = [of("2001:db8:1:2::1").post("/corrections/new/", {"wrong": "错"}).status_code for _ in range(2)]
    told += [of("2001:db8:1:2::2").post("/admin/login/", {"username": "x", "password": "y"}).status_code]
    assert told == [302, 302, 429]
    assert of("2001:db8:1:3::1").post("/text-size/", {"size": "large"}).status_code == 302


def test_staff_are_not_counted_at_work(admin_client: Client) -> None:
    told = [admin_client.post("/admin/brands/brand/", {"action": ""}).status_code for _ in range(4)]
    assert 429 not in told


def test_zero_is_no_limit(settings: Settings) -> None:
    settings.FORM_REQUESTS = 0
    assert {of("192.0.2.1").post("/text-size/").status_code for _ in range(9)} == {302}


def test_the_next_minute_begins_anew() -> None:
    now = [0.0]
    counted = Counter(lambda: now[0])
    assert [counted.wait("form", "a", 2) for _ in range(3)] == [0, 0, WINDOW]
    now[0] = WINDOW - 1
    assert counted.wait("form", "a", 2) == 1
    now[0] = WINDOW
    assert counted.wait("form", "a", 2) == 0


def test_many_visitors_fill_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MOST_VISITORS", 10)
    counted = Counter()
    for number in range(100):
        counted.wait("form", str(number), 1)
    assert len(counted._seen) == 10
    assert counted.wait("form", "99", 1) > 0
