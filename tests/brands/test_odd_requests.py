"""Requests that nobody should send: each gets an answer that helps, none breaks a page."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.brands.factories import regions
from tests.needs import tries

pytestmark = pytest.mark.django_db

LISTS = ("search", "brand_list", "program_list", "statistic_list", "article_list")


@pytest.mark.parametrize(
    "address",
    [
        "/brands/0/",
        "/brands/99999999999999999999999999/",
        "/articles/9223372036854775808/",
        "/statistics/123456789/",
        "/regions/999999/",
        "/regions/012345/",
        "/nothing/",
    ],
)
def test_no_such_page_helps(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "没有这一页" in response.content.decode()
    assert 'action="/search/"' in response.content.decode()


def test_too_many_parameters(client: Client) -> None:
    response = client.get("/brands/?" + "&".join(f"a{number}=1" for number in range(1100)))
    assert response.status_code == 400
    assert "太多参数" in response.content.decode()


def test_our_own_failure(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("brands.views.about.trail", lambda *steps: 1 / 0)
    response = client.get("/about/")
    assert response.status_code == 500
    assert "出错了" in response.content.decode()


def test_posting_without_a_token() -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert "安全凭据" in response.content.decode()


@pytest.mark.parametrize("name", [*LISTS, "home", "region_list", "about", "sitemap", "brand_feed", "statistic_compare"])
def test_a_page_that_is_only_read_takes_no_post(name: str) -> None:
    response = Client(enforce_csrf_checks=True).post(reverse(f"brands:{name}"), {"q": "x"})
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_the_list_of_regions_tells_of_parameters_that_it_does_not_know(client: Client) -> None:
    regions()
    html = client.get("/regions/?q=<b>&page=2").content.decode()
    assert "无法识别参数“q”，已忽略。" in html
    assert "无法识别参数“page”，已忽略。" in html
    assert "无法识别参数" not in client.get("/regions/").content.decode()


STRANGE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["\x00", "9" * 25, "-1", "140000", "unknown", "字" * 700, "\r\n", "\u202e", "%", "__regex", "💥", "\ud800"]
    ),
)
KEYS = st.sampled_from(
    ["region", "industry", "category", "level", "sort", "page", "q", "metric", "subject", "year", "kind", "x"]
)


ODD = ["?%00=%00", "?region", "?=&&=;", "?region[]=1", "?region=%ff%fe", "?" + "page=1&" * 70, "?q=%C0%80"]


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("name", [*LISTS, "home", "region_list", "about"])
def test_odd_addresses_get_an_answer(client: Client, name: str, query: str) -> None:
    regions()
    assert client.get(reverse(f"brands:{name}") + query).status_code == 200


@settings(max_examples=tries(60, 20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(LISTS), pairs=st.lists(st.tuples(KEYS, STRANGE), max_size=8))
def test_no_query_string_breaks_a_page(client: Client, name: str, pairs: list[tuple[str, str]]) -> None:
    query = urlencode([(key, value.encode("utf-8", "replace")) for key, value in pairs])
    assert client.get(f"{reverse(f'brands:{name}')}?{query}").status_code == 200
