"""What is turned away before any view: words in another charset than UTF-8."""

from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
from django.test import Client, RequestFactory

from laobrand.request_gate import UNREADABLE, readable_type
from laobrand.wsgi import application

pytestmark = pytest.mark.django_db

CHARSETS = ["utf-16", "utf-7", "gbk", "latin1", "idna", "hex", "punycode", "nothing", "rot13", "utf-8-sig", '"utf-16"']

ADDRESSES = ["/", "/nonexist", "/healthz", "/admin/login/", "/text-size/", "/i18n/setlang/", "/corrections/new/"]

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def visitor() -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    return client


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_charset_is_refused(visitor: Client, charset: str) -> None:
    for address in ADDRESSES:
        for kind in (FORM, "multipart/form-data; boundary=x", "text/plain"):
            answer = visitor.generic("POST", address, b"a=1", content_type=f"{kind}; charset={charset}")
            assert answer.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE, (address, kind)
            assert "Content-Security-Policy" in answer.headers
            assert visitor.get(address, CONTENT_TYPE=f"{kind}; charset={charset}").status_code == 415


def test_a_program_is_told_in_its_own_form(visitor: Client) -> None:
    answer = visitor.get("/api/brands/", CONTENT_TYPE="text/plain; charset=utf-16")
    assert (answer.status_code, answer.headers["Content-Type"]) == (415, "application/problem+json")


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"UTF-8"'])
def test_utf_8_is_read(client: Client, charset: str) -> None:
    answer = client.generic("POST", "/text-size/", b"size=large", content_type=f"{FORM}; charset={charset}")
    assert (answer.status_code, answer.cookies["text_size"].value) == (302, "large")


@pytest.mark.parametrize(
    "told",
    ["text/plain; charset*=nothing''x", "text/plain; charset*=idna''%ff", "text/plain; x*=hex''x", "text/\xff", "a\tb"],
)
def test_what_django_cannot_even_read(told: str) -> None:
    environ = RequestFactory()._base_environ() | {"CONTENT_TYPE": told, "PATH_INFO": "/text-size/"}  # type: ignore[attr-defined]
    said: list[Any] = []
    b"".join(application(environ | {"REQUEST_METHOD": "POST"}, lambda status, headers, *_: said.append(status)))
    assert said == ["415 Unsupported Media Type"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("text/plain", "text/plain"),
        ("text/plain; charset=utf-8", "text/plain"),
        ('multipart/form-data; Charset="UTF-8"; boundary=x', "multipart/form-data; boundary=x"),
        ("text/plain; charset=gbk", UNREADABLE),
        ("", ""),
    ],
)
def test_what_goes_without_saying_is_dropped(told: str, kept: str) -> None:
    assert readable_type(told) == kept


def test_a_charset_and_too_many_parameters() -> None:
    """Django makes the parameters out while it makes the request, where nobody catches what goes wrong."""
    query = "&".join("a=1" for _ in range(2000))
    environ = RequestFactory()._base_environ() | {"CONTENT_TYPE": "text/plain; charset=utf-8", "QUERY_STRING": query}  # type: ignore[attr-defined]
    said: list[Any] = []
    b"".join(application(environ | {"PATH_INFO": "/brands/"}, lambda status, headers, *_: said.append(status)))
    assert said == ["400 Bad Request"]


@pytest.mark.parametrize("address", ["/corrections/new/", "/admin/login/", "/nonexist", "/text-size/", "/api/brands/"])
def test_a_large_body_is_read_to_its_end(visitor: Client, address: str) -> None:
    """Whatever the answer is: a server that answers before would break the connection on which nginx still sends."""
    sent = BytesIO(b"a=" + b"x" * 5_000_000 + b"next request")
    told: Any = {"wsgi.input": sent, "CONTENT_LENGTH": "5000002", "CONTENT_TYPE": FORM}
    assert visitor.post(address, **told).status_code in {302, 400, 403, 404, 405}
    assert sent.read() == b"next request"
