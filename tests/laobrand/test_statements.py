"""Statements that run too long, on the database at hand."""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from brands.models import Region
from laobrand.statement_limit import lift, limit, was_stopped
from tests.variables import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {} FROM n {}"
ENDLESS = {"sqlite": COUNTING.format("max(i)", ""), "postgresql": "SELECT pg_sleep(60)"}
BRIEF = {"sqlite": COUNTING.format("i", "LIMIT 50000"), "postgresql": "SELECT pg_sleep(0.01)"}

# Longer than the limit of these tests.
LONG = {
    "sqlite": "SELECT count(*) FROM (" + COUNTING.format("i", "LIMIT 5000000") + ")",
    "postgresql": "SELECT pg_sleep(0.5)",
}


def run(statement: str) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def slow(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(run(ENDLESS[connection.vendor])))


def wrong(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(run("SELECT * FROM no_such_table")))


def nul(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Region.objects.filter(name="\0").exists()))


def pattern(request: HttpRequest) -> HttpResponse:
    Region.objects.get_or_create(
        adcode="140000", defaults={"name": "山西省", "common_name": "山西", "level": "province"}
    )
    return HttpResponse(str(Region.objects.filter(name__regex=request.GET["p"]).exists()))


urlpatterns = [
    path("nul/", nul),
    path("pattern/", pattern),
    path("slow/", slow),
    path("api/slow/", slow),
    path("wrong/", wrong),
    path("", include("laobrand.urls")),
]


@pytest.fixture
def limited(settings: Settings) -> Iterator[None]:
    settings.STATEMENT_SECONDS = 0.3
    settings.ROOT_URLCONF = __name__
    connection.ensure_connection()
    limit(connection)
    yield
    lift(connection)


def test_an_endless_statement_is_stopped_and_the_connection_goes_on(limited: None) -> None:
    with pytest.raises(OperationalError) as caught:
        run(ENDLESS[connection.vendor])
    assert was_stopped(caught.value)
    assert run("SELECT 1") == [(1,)]


def test_rows_that_are_fetched_later_count(limited: None) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL sends all rows at once")
    with connection.cursor() as cursor:
        cursor.execute(COUNTING.format("i", ""))
        with pytest.raises(OperationalError) as caught:
            sum(len(rows) for rows in iter(lambda: cursor.fetchmany(100), []))
    assert was_stopped(caught.value)


def test_each_statement_has_its_own_time(limited: None, settings: Settings) -> None:
    """Together they take longer than the limit, which is wide here: a busy machine may stop a process for a while."""
    lift(connection)
    settings.STATEMENT_SECONDS = 3
    limit(connection)
    before = time.monotonic()
    while time.monotonic() - before < 3.5:
        assert run(BRIEF[connection.vendor])


def test_the_reader_is_told_what_would_help(limited: None, client: Client) -> None:
    response = client.get("/slow/")
    assert response.status_code == 503
    assert "查询太慢" in response.content.decode()
    assert 'action="/search/"' in response.content.decode()
    assert client.get("/about/").status_code == 200


def test_a_program_is_told_in_its_own_form(limited: None, client: Client) -> None:
    response = client.get("/api/slow/")
    assert (response.status_code, response.headers["Content-Type"]) == (503, "application/problem+json")
    assert (response.json()["status"], response.headers["Access-Control-Allow-Origin"]) == (503, "*")


def test_what_postgresql_cannot_hold_is_a_bad_request(limited: None, client: Client) -> None:
    assert client.get("/nul/").status_code == {"sqlite": 200, "postgresql": 400}[connection.vendor]


@pytest.mark.parametrize(("typed", "status"), [("[", 400), ("\\", 400), ("(", 400), ("^山", 200)])
def test_a_broken_pattern_is_a_bad_request(limited: None, client: Client, typed: str, status: int) -> None:
    assert client.get("/pattern/", {"p": typed}).status_code == status


def test_another_failure_is_still_our_own(limited: None, client: Client) -> None:
    client.raise_request_exception = False
    assert client.get("/wrong/").status_code == 500


def test_without_the_limit_nothing_is_stopped(limited: None) -> None:
    lift(connection)
    assert len(run(LONG[connection.vendor])) == 1
    limit(connection)
    with pytest.raises(OperationalError):
        run(LONG[connection.vendor])


@pytest.mark.parametrize(
    ("imported", "expected"),
    [("laobrand.wsgi", True), ("django.core.management", False)],
)
def test_what_serves_is_limited_and_commands_are_not(imported: str, expected: bool) -> None:
    code = (
        f"import django; django.setup(); import {imported}\n"
        "from django.db.backends.signals import connection_created as created\n"
        "from laobrand.statement_limit import limit\n"
        "print(any(receiver[1]() is limit for receiver in created.receivers))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "laobrand.settings", "DATABASE_URL": "sqlite:///:memory:"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(expected)
