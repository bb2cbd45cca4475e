"""A database that can't do its work at present: what is said, on pages and to programs, and what is tried again."""

import logging
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from brands import data_version
from brands.models import Region
from laobrand import database_failures, page_cache
from laobrand.database_failures import RETRY_AFTER, WithoutTrace, is_away
from laobrand.page_cache import pages

pytestmark = pytest.mark.django_db(transaction=True)

asked: list[str] = []

# What makes the next write of this connection fail, as a database on a disk that is mounted read-only does.
READ_ONLY = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET default_transaction_read_only = on"}


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def write(request: HttpRequest) -> HttpResponse:
    run(READ_ONLY[connection.vendor])
    Region.objects.create(adcode="140000", name="山西省", common_name="山西", level="province")
    return HttpResponse("written")


def lost(request: HttpRequest) -> HttpResponse:
    """The first request of all loses its connection, on PostgreSQL truly."""
    asked.append(str(request.method))
    if len(asked) == 1 and connection.vendor == "postgresql":
        run("SELECT pg_terminate_backend(pg_backend_pid())")
    if len(asked) == 1:
        raise InterfaceError("connection already closed")
    return HttpResponse(str(Region.objects.count()))


def away(request: HttpRequest) -> HttpResponse:
    asked.append(str(request.method))
    raise InterfaceError("connection already closed")


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    """Fails at its first part, or later."""

    def parts() -> Iterator[str]:
        yield from ["first"] * 5 if "late" in request.GET else []
        raise InterfaceError("connection already closed")

    return StreamingHttpResponse(parts())


urlpatterns = [
    path("streamed/", streamed),
    path("write/", write),
    path("lost/", lost),
    path("away/", away),
    path("api/away/", away),
    path("", include("laobrand.urls")),
]
handler500 = "laobrand.database_failures.server_error"


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> Iterator[None]:
    settings.ROOT_URLCONF = __name__
    asked.clear()
    pages.clear()
    yield
    pages.clear()
    connection.close()


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False)


def test_a_database_that_takes_no_writes(reader: Client) -> None:
    response = reader.post("/write/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, str(RETRY_AFTER))
    assert response.headers["Cache-Control"] == "no-store"
    assert "数据库暂时没有应答" in response.content.decode()
    assert "Content-Security-Policy" in response.headers


def test_a_program_is_told_in_its_own_form(reader: Client) -> None:
    response = reader.get("/api/away/")
    assert (response.status_code, response.headers["Content-Type"]) == (503, "application/problem+json")
    assert response.headers["Retry-After"] == str(RETRY_AFTER)
    assert response.json()["status"] == 503


def test_who_reads_another_language_is_told_in_it(reader: Client) -> None:
    reader.cookies["django_language"] = "en"
    assert "The database does not answer" in reader.get("/away/").content.decode()


def test_what_only_reads_is_tried_once_more(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_failures, "QUICK", 60)  # on a machine that does much else
    assert reader.get("/lost/").status_code == 200
    assert asked == ["GET", "GET"]


def test_what_writes_is_not_tried_again(reader: Client) -> None:
    assert reader.post("/lost/").status_code == 503
    assert asked == ["POST"]


def test_and_not_more_than_once(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_failures, "QUICK", 60)
    assert reader.get("/away/").status_code == 503
    assert asked == ["GET", "GET"]


@pytest.mark.parametrize(
    "layer", ["django.contrib.sessions.backends.db.SessionStore.load", "brands.data_version.current"]
)
def test_a_layer_around_the_views_may_meet_it(reader: Client, monkeypatch: pytest.MonkeyPatch, layer: str) -> None:
    def fails(*_args: object) -> Any:
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(layer, fails)
    reader.cookies["sessionid"] = "x" * 32
    response = reader.get("/admin/")
    assert response.status_code == (503 if "session" in layer else 302)


class TestKeptPages:
    @pytest.fixture(autouse=True)
    def _catalogue(self, catalogued: None) -> None:
        pages.clear()

    def test_are_shown_as_they_were_last(self, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        before = reader.get("/brands/")

        def fails(_cursor: object) -> str:
            raise OperationalError("away")

        monkeypatch.setattr(page_cache, "current", fails)
        after = reader.get("/brands/")
        assert (after.status_code, after.content) == (200, before.content)
        assert "ttl=-1" in after.headers["Cache-Status"]
        assert "Cache-Status" not in before.headers
        assert reader.get("/brands/", headers={"If-None-Match": before.headers["ETag"]}).status_code == 304

    def test_are_anew_once_it_is_back(self, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        reader.get("/brands/")
        times: list[int] = []

        def fails_once(cursor: Any) -> str:
            times.append(1)
            if len(times) == 1:
                raise OperationalError("the connection is lost")
            return data_version.current(cursor)

        monkeypatch.setattr(page_cache, "current", fails_once)
        assert "Cache-Status" not in reader.get("/brands/").headers
        assert len(times) == 2


class TestTheLog:
    def test_has_no_traceback_of_an_outage_or_of_a_bad_request(
        self, reader: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.handler.addFilter(WithoutTrace())
        reader.get("/away/")
        reader.post("/write/", headers={"host": "elsewhere.example"})
        assert [record.exc_info for record in caplog.records if record.exc_info] == []
        assert any(record.levelno >= logging.ERROR for record in caplog.records)

    def test_keeps_that_of_our_own_mistakes(self) -> None:
        try:
            raise ValueError("ours")
        except ValueError as error:
            record = logging.LogRecord("x", logging.ERROR, "", 0, "", (), (ValueError, error, error.__traceback__))
        WithoutTrace().filter(record)
        assert record.exc_info


def test_a_mistake_is_no_outage() -> None:
    with pytest.raises(Exception, match="no_such_table") as caught:
        run("SELECT * FROM no_such_table")
    assert not is_away(caught.value)
    assert not is_away(ValueError())


def test_a_server_that_nobody_finds_is_away() -> None:
    with pytest.raises(psycopg.OperationalError) as refused:
        psycopg.connect("postgres://nobody@127.0.0.1:9/none", connect_timeout=2)
    error = OperationalError("refused")
    error.__cause__ = refused.value
    assert is_away(error)
