"""The site speaks Chinese until a reader says otherwise."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["", "en-US,en;q=0.9", "fr"])
def test_the_browser_does_not_choose_the_language(client: Client, asked: str) -> None:
    response = client.get(reverse("brands:about"), headers={"accept-language": asked})
    assert response.headers["Content-Language"] == "zh-hans"
    assert '<html lang="zh-Hans">' in response.content.decode()


@pytest.mark.django_db
def test_the_switch_does(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    response = client.get(reverse("brands:about"))
    assert response.headers["Content-Language"] == "en"
    assert "Cookie" in response.headers["Vary"]
    assert '<html lang="en">' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["xx", "en\x00", "a" * 600, ""])
def test_a_cookie_that_names_no_language_is_passed_over(client: Client, cookie: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    assert client.get(reverse("brands:about")).headers["Content-Language"] == "zh-hans"
