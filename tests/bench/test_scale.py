"""What the bench at scale compares, and the floors that pages are held against."""

from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from pytest_django import Settings

from tests.bench.scale.client import figures
from tests.bench.scale.floors import of_page
from tests.bench.scale.goals import GOALS, table
from tests.bench.scale.kinds import Measured, addresses, line, measure
from tests.brands import pages

MEASURED = {
    2_500: {"list.p50": 10.0, "statements.p50": 5.0},
    100_000: {"list.p50": 30.0, "statements.p50": 5.0, "scan.median": 400.0, "search_sql.median": 2.0},
}


def test_a_line_says_whether_a_goal_is_met() -> None:
    told = [line.rpartition("  ")[2] for line in table("x", MEASURED)]
    assert told.count("at most 3.5, missed") == 1  # 30 / 5
    assert told.count("at most 3.5") == 1  # 10 / 5
    assert told.count("at most 2.2, missed") == 1  # 30 / 10, of two sizes
    assert told.count("at most 0.01") == 1


def test_what_was_not_measured_is_not_told() -> None:
    assert len(list(table("x", {100_000: {"list.p50": 30.0}}))) == 1


def test_every_goal_names_its_bound_once() -> None:
    assert all(not (goal.most and goal.least) for goal in GOALS)
    assert len({goal.what for goal in GOALS}) == len(GOALS)


def test_figures_of_times() -> None:
    found = figures("page", [float(number) for number in range(1, 102)])
    assert found == {"page.mean": 51.0, "page.p50": 51.0, "page.p95": 96.0, "page.p99": 100.0}


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogued")
def test_the_floor_runs_what_the_page_asks(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.bench.scale.floors"
    settings.ALLOWED_HOSTS = ["testserver"]
    of_page.cache_clear()
    asked = of_page("/regions/", "testserver")
    assert asked
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/bench/statements/", {"of": "/regions/"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert len(queries) == len(asked)
    assert client.get("/bench/empty/").content == b"ok\n"
    of_page.cache_clear()


@pytest.mark.parametrize(
    ("page", "sql", "empty", "met"), [(40, 10, 1, True), (41, 10, 1, False), (12, 1, 1, True), (151, 150, 1, False)]
)
def test_a_page_is_near_one_of_its_floors_and_quick(page: float, sql: float, empty: float, met: bool) -> None:
    one = Measured(page, sql, empty, statements=3, size=2048)
    assert one.met == met
    assert line("home", one).endswith("missed") != met


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogued")
def test_every_kind_of_page_is_measured(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.bench.scale.floors"
    settings.ALLOWED_HOSTS = ["localhost"]
    measured = {resolve(urlsplit(address).path).url_name for address in addresses().values()}
    assert set(pages.addresses()) - {"recognition", "api_guide"} <= measured
    of_page.cache_clear()
    found = measure("/about/")
    assert found.statements > 0
    assert found.page > found.empty > 0
    of_page.cache_clear()
