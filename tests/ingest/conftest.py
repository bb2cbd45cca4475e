"""Fixtures of the tests that bring pages into the database."""

import pytest

from ingest.load.regions import load_regions


@pytest.fixture
def regions(db: None) -> None:
    """The whole table of divisions: it loads in half a second."""
    load_regions()
