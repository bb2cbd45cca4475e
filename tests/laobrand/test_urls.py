"""Addresses that belong to no application."""

from django.contrib.staticfiles import finders
from django.test import Client


def test_the_icon_that_browsers_ask_for_is_there(client: Client) -> None:
    address = client.get("/favicon.ico").headers["Location"]
    assert finders.find(address.removeprefix("/static/"))


def test_a_reader_chooses_the_language(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/somewhere"})
    assert (response.status_code, response.headers["Location"]) == (302, "/somewhere")
    cookie = response.cookies["django_language"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("en", "Lax", True)


def test_choosing_a_language_needs_no_token_and_sets_no_strange_one() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/i18n/setlang/", {"language": "en"}).headers["Location"] == "/"
    assert not client.post("/i18n/setlang/", {"language": "xx\r\n"}).cookies
    assert client.get("/i18n/setlang/").status_code == 405


def test_choosing_a_language_leads_to_no_other_site(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "en", "next": "https://elsewhere.example/"})
    assert response.headers["Location"] == "/"
