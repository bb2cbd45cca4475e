"""A small run of the odd requests, and that it would tell."""

from random import Random

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from tests.needs import tries
from tests.odd.addresses import address, routes
from tests.odd.asking import ASKERS, Asked, answers, requests
from tests.odd.queries import MANY, keys, query

SEED = 3
REQUESTS = tries(400, 150)


@pytest.mark.usefixtures("catalogued")
@pytest.mark.django_db
def test_no_odd_request_breaks_a_page() -> None:
    found = list(answers(requests(SEED, range(REQUESTS), posts=0.2)))
    assert [(answer.status, str(answer.asked), answer.reason) for answer in found if answer.failed] == []
    assert {answer.status for answer in found} >= {200, 302, 404}


@pytest.mark.usefixtures("catalogued")
@pytest.mark.parametrize(
    "path",
    ["/admin/brands/statistic/add/?brand=x&region=%00", "/admin/brands/brand/?region=%00", "/search/suggest/?q=zzzz"],
)
def test_what_once_broke_a_page(path: str, admin_client: Client) -> None:
    admin_client.raise_request_exception = False
    assert admin_client.get(path).status_code < 500


def test_every_page_is_asked() -> None:
    asked = {"/", "/brands/", "/brands/<pk>/", "/regions/<adcode>/", "/search/", "/search/suggest/", "/admin/login/"}
    assert asked <= set(routes())
    assert address(Random(1), "/regions/<adcode>/") in {
        f"/regions/{code}/" for code in ("140000", "999999", "100000", "429005")
    }


def test_the_seed_says_all() -> None:
    numbers = range(300)
    first, again = (list(requests(1, numbers, posts=0.5)) for _ in range(2))
    assert first == again != list(requests(2, numbers, posts=0.5))
    assert {one.asker for one in first} == set(ASKERS)
    assert 0.4 < sum(one.sent is not None for one in first) / len(first) < 0.6
    assert any(one.sent.is_large for one in requests(1, range(2000), posts=0.5) if one.sent)


def test_the_query_strings_are_odd() -> None:
    made = [query(Random(number)) for number in range(2000)]
    for part in (b"%00", b"\xff", b"__regex", b"%0D%0A", b"%E2%80%AE", b"%ED%A0%80", b"9" * 20, b"%zz"):
        assert any(part in one for one in made), part
    assert max(one.count(b"&") for one in made) >= MANY - 1
    assert {"region", "industry", "q", "metric"} <= set(keys())


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("planted")


urlpatterns = [path("broken/", broken), path("", include("laobrand.urls"))]


@pytest.mark.django_db
def test_a_failure_is_told(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    (answer,) = answers([Asked(0, "/broken/", b"q=1", partial=False)])
    assert (answer.status, answer.failed) == (500, True)
    assert "planted" in answer.reason
