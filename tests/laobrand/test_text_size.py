"""大字版: a reader chooses it, a cookie keeps it, and no reader gets the page of another."""

import re

import pytest
from django.test import Client

from laobrand.page_cache import pages

LARGE = 'class="large"'


def choose(client: Client, size: str, following: str = "/about/") -> None:
    response = client.post("/text-size/", {"size": size, "next": following})
    assert (response.status_code, response.headers["Location"]) == (302, following)


@pytest.mark.django_db
def test_the_switch_turns_large_text_on_and_off(client: Client) -> None:
    assert LARGE not in client.get("/about/").content.decode()
    choose(client, "large")
    page = client.get("/about/").content.decode()
    assert LARGE in page
    assert re.search('value="large"[^>]* aria-pressed="true"', page)
    choose(client, "largest")
    page = client.get("/about/").content.decode()
    assert 'class="large largest"' in page
    assert re.findall('value="(\\w+)"[^>]* aria-pressed="true"', page) == ["largest"]
    choose(client, "normal")
    assert LARGE not in client.get("/about/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("size", ["", "huge", "large\r\n", "字" * 300])
def test_what_is_no_size_is_not_kept(size: str) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/text-size/", {"size": size, "next": "https://elsewhere.example/"})
    assert response.headers["Location"] == "/"
    assert not response.cookies
    assert client.get("/text-size/").status_code == 405


@pytest.mark.django_db
def test_a_cookie_that_names_no_size_is_passed_over(client: Client) -> None:
    client.cookies["text_size"] = "LARGE; x"
    assert LARGE not in client.get("/about/").content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("catalogued")
def test_each_size_has_its_page_in_the_cache() -> None:
    pages.clear()
    normal, large = Client(), Client()
    choose(large, "large", "/regions/")
    for _twice in range(2):
        assert LARGE not in normal.get("/regions/").content.decode()
        assert LARGE in large.get("/regions/").content.decode()
    assert len(pages) == 2
    pages.clear()
