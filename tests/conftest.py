"""Fixtures of all tests, and the option that picks the tests that talk to a database."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from brands.audit import triggers
from tests.needs import missing, thorough

ROOT = Path(__file__).resolve().parent.parent
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="run only the tests that talk to a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --database-only, leave out what would only repeat a run on another database."""
    if not config.getoption("--database-only"):
        return
    chosen = [item for item in items if uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def uses_database(item: pytest.Item) -> bool:
    """Whether another database may change the outcome. What a browser makes of a page that both databases give is seen
    once, but in a thorough run."""
    if item.get_closest_marker("browser") and not thorough():
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """A request leaves its language active in the thread that made it, where the next test would speak it."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each process a test database of its own, so that several runs on one machine don't meet. SQLite's is a file:
    one in memory is shared by all threads, knows no WAL, and would hide what a live server does to a real one."""
    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        test["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        test["NAME"] = f"test_laobrand_{os.getpid()}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """End what is still connected before PostgreSQL drops the database, which it refuses while that is in use: the
    server takes a while to notice that a process which a test killed is gone."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="module")
def divisions(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The whole table of divisions, which takes half a second to load, for all tests of a module; taken back at its
    end. What a test adds goes with the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_regions", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def samples(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The regions and the sample articles in the database, for all tests of a module; taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_regions", verbosity=0)
        call_command("ingest_pages", str(ROOT / "ingest" / "samples"), verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder with the seeds, the retold articles, their gold and the score."""
    folder = Path(os.environ.get("LAOBRAND_CORPUS") or ROOT.parent / "shared" / "corpus")
    if not (folder / "seeds").is_dir():
        missing("corpus", "no corpus: set LAOBRAND_CORPUS to the folder that holds seeds/, retold/ and gold/")
    return folder


@pytest.fixture(scope="session", autouse=True)
def jobs_at_once() -> Iterator[None]:
    """What is put into the queue of jobs is done at once, in the process that does so."""
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}):
        yield


@pytest.fixture(scope="session", autouse=True)
def emptied_with_the_ledger() -> Iterator[None]:
    """Tests that commit are followed by `flush`, which the ledger's triggers refuse as they should: it is let through
    here, with the triggers away for the moment. Playwright's event loop has a connection of its own."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def without_triggers(ops: BaseDatabaseOperations, sql_list: list[str]) -> None:
        triggers.release(connection)
        flush(ops, sql_list)
        triggers.follow()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", without_triggers)
        yield
