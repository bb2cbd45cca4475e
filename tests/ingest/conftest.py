"""Fixtures of the tests that bring pages into the database."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.conftest import used
from tests.ready import Databases


@pytest.fixture(scope="class")
def regions(django_db_setup: None, databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The whole table of divisions in the database, for the tests of a class or for one outside of all."""
    with used(databases, django_db_blocker, "regions"):
        yield
