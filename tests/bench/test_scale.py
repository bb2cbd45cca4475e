"""What the bench at scale compares, and the floors that pages are held against."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.bench.scale.client import figures
from tests.bench.scale.floors import of_page
from tests.bench.scale.goals import GOALS, table

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
