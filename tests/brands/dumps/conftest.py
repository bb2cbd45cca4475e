"""What the tests of dumps share: catalogues with much that nobody may see, and dumps of them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import DjangoDbBlocker

from brands.dumps.writing import write_dump
from tests.conftest import used
from tests.ready import Databases

# When the dumps of the tests are made, and a second one of them.
NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """No test is told that another one has asked too much."""
    cache.clear()


@pytest.fixture(scope="module")
def of_samples(
    django_db_setup: None,
    databases: Databases,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The folder of a dump of the sample articles, while the database is an empty one."""
    with used(databases, django_db_blocker, "samples"), django_db_blocker.unblock():
        return write_dump(tmp_path_factory.mktemp("dumps"), NOON).folder
