"""How the connections of the database at hand are set up."""

import pytest
from django.db import connection

EXPECTED: dict[str, dict[str, object]] = {
    "sqlite": {
        "PRAGMA journal_mode": "wal",
        "PRAGMA synchronous": 1,
        "PRAGMA foreign_keys": 1,
        "PRAGMA busy_timeout": 20_000,
    },
    "postgresql": {"SHOW client_encoding": "UTF8", "SHOW timezone": "UTC"},
}


@pytest.mark.django_db
def test_a_connection_is_set_up() -> None:
    expected = EXPECTED[connection.vendor]
    assert {statement: answer(statement) for statement in expected} == expected


def answer(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
