"""Fixtures of all tests, and the option that picks the tests that talk to a database."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from django.test import TransactionTestCase, override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.again import again
from tests.needs import missing, thorough
from tests.ready import EMPTY, ROOT, Databases, corpus_folder

# Examples of a property that does not name a number; a thorough run takes Hypothesis's own.
EXAMPLES = 40
if not thorough():
    hypothesis.settings.register_profile("short", max_examples=EXAMPLES)
    hypothesis.settings.load_profile("short")

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


def pytest_collection_finish(session: pytest.Session) -> None:
    """The search for garbage need not look at ten thousand tests, nor at what was imported, again and again."""
    gc.collect()
    gc.freeze()


def uses_database(item: pytest.Item) -> bool:
    """Whether another database may change the outcome: tests/again.py says for which files it may. A thorough run takes
    all that talk to a database, with what a browser makes of their pages."""
    if not thorough() and not again(item.path.relative_to(ROOT / "tests").as_posix()):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """A request leaves its language active in the thread that made it, where the next test would speak it."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Databases]:
    """The databases of this process, so that several runs on one machine don't meet; see tests/ready.py. SQLite's are
    files: one in memory is shared by all threads, knows no WAL, and hides what a live server does to a real one."""
    with django_db_blocker.unblock():
        found = Databases(tmp_path_factory.mktemp("database"), request.config.cache.mkdir("ready"))
        with pytest.MonkeyPatch.context() as patch:
            # Instead of `flush`, which takes longer, and which the audit log's triggers refuse as they should.
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: found.renew())
            yield found
        found.drop()


@pytest.fixture(scope="session")
def django_db_setup(databases: Databases, django_db_blocker: DjangoDbBlocker) -> None:
    """In place of pytest-django's: a copy of the empty database, not migrations anew."""
    with django_db_blocker.unblock():
        databases.use(EMPTY)


@contextmanager
def used(databases: Databases, blocker: DjangoDbBlocker, kind: str) -> Iterator[None]:
    """The ready database of this kind instead of the empty one."""
    with blocker.unblock():
        databases.use(kind)
    yield
    with blocker.unblock():
        databases.use(EMPTY)


@pytest.fixture(scope="class")
def divisions(django_db_setup: None, databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The whole table of divisions in the database, for the tests of a class or for one outside of all."""
    with used(databases, django_db_blocker, "regions"):
        yield


@pytest.fixture(scope="class")
def samples(django_db_setup: None, databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The regions and the sample articles in the database, as `divisions`."""
    with used(databases, django_db_blocker, "samples"):
        yield


@pytest.fixture(scope="class")
def catalogued(django_db_setup: None, databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The small catalogue of tests/brands/factories.py in the database, as `divisions`."""
    with used(databases, django_db_blocker, "catalogue"):
        yield


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder with the seeds, the retold articles, their gold and the score."""
    folder = corpus_folder()
    if not (folder / "seeds").is_dir():
        missing("corpus", "no corpus: set LAOBRAND_CORPUS to the folder that holds seeds/, retold/ and gold/")
    return folder


@pytest.fixture(scope="session", autouse=True)
def jobs_at_once() -> Iterator[None]:
    """What is put into the queue of jobs is done at once, in the process that does so."""
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}):
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Passwords of tests are no secrets, and the slow hash of a real one takes longer than most tests."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield
