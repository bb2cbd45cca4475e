"""What people type: drawn from the names in the database, so that the site and its rivals have something to find."""

import sqlite3
from functools import cache
from random import Random

import psycopg

from tests.bench.scale.databases import Database

NAMES = "SELECT name FROM brands_card ORDER BY id LIMIT 2000"
DRAWN = 40


@cache
def queries(database: Database) -> tuple[str, ...]:
    """Parts of names, three characters and more, which Datasette's index can find, too."""
    rng = Random(1)
    found = []
    for name in rng.sample(_names(database), DRAWN):
        length = rng.randint(3, min(6, len(name)))
        start = rng.randint(0, len(name) - length)
        found.append(name[start : start + length])
    return tuple(found)


def _names(database: Database) -> list[str]:
    if database.vendor == "sqlite":
        connection = sqlite3.connect(database.path)
        rows = connection.execute(NAMES).fetchall()
        connection.close()
    else:
        with psycopg.connect(database.url) as server:
            rows = server.execute(NAMES).fetchall()
    return [name for (name,) in rows if len(name) > 3]
