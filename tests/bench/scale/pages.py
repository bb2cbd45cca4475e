"""Pages as a browser gets them, over loopback: the site by gunicorn, Datasette by uvicorn, one worker and one client
connection each. Both do all that they do in use, HTTP included; what is compared takes turns, a few requests each, so
that the machine's mood counts for all. Datasette gets the friendlier task: the one table of cards, few columns, names
alone to search.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import cycle
from random import Random
from urllib.parse import quote

from tests.bench.scale.client import Client, figures
from tests.bench.scale.databases import Database
from tests.bench.scale.queries import queries
from tests.bench.scale.servers import datasette, site

ROUNDS = 12
# Requests of one kind in a round: 240 in all, after one round that is not counted.
EACH = 20

LIST = "/brands/"
SUGGEST = "/search/suggest/?q="
SEARCH = "/search/?q="

TABLE = "brands_card"
FTS = "bench_card_fts"
COLUMNS = "".join(f"&_col={name}" for name in ("name", "place", "industry", "level", "articles", "value"))
ROWS = f"?_size=50{COLUMNS}&_facet=industry&_facet=level"

Asked = tuple[Client, Iterator[str]]


def measure(database: Database) -> dict[str, float]:
    """Milliseconds by name: list, statements, empty, search, suggest, cached, and Datasette's list and search."""
    with ExitStack() as stack:
        plain = stack.enter_context(site(database, cached=False))
        cached = stack.enter_context(site(database, cached=True))
        asked: dict[str, Asked] = {
            "empty": (plain, cycle(["/bench/empty/"])),
            "statements": (plain, cycle([f"/bench/statements/?of={quote(LIST)}"])),
            "list": (plain, cycle([LIST])),
            "filtered": (plain, cycle([f"{LIST}?industry=care&level=county"])),
            "search": (plain, cycle(_addresses(SEARCH, queries(database)))),
            "suggest": (plain, cycle(_addresses(SUGGEST, _typed(queries(database))))),
            "cached": (cached, cycle([LIST])),
        }
        if database.vendor == "sqlite":
            _index_for_datasette(database)
            stack.callback(_drop_index, database)
            other = stack.enter_context(datasette(database))
            path = f"/{database.path.stem}/{TABLE}{ROWS}"
            asked["datasette.list"] = (other, cycle([f"{path}&_sort=pinyin"]))
            search = f"{path}&_fts_table={FTS}&_fts_pk=rowid&_search="
            asked["datasette.search"] = (other, cycle(_addresses(search, [f'"{q}"' for q in queries(database)])))
        return _in_turns(asked)


def _in_turns(asked: dict[str, Asked]) -> dict[str, float]:
    """Each turn opens its connection anew, as a server closes one that was left waiting."""
    times: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(ROUNDS + 1):
        for name, (client, addresses) in asked.items():
            client.reopen()
            taken = [client.timed(next(addresses)) for _ in range(EACH)]
            if number:
                times[name] += taken
    return {key: value for name, found in times.items() for key, value in figures(name, found).items()}


def _addresses(start: str, typed: Iterable[str]) -> list[str]:
    return [start + quote(one) for one in typed]


def _typed(whole: Iterable[str]) -> list[str]:
    """What stands in the box while somebody types these."""
    rng = Random(1)
    return [one[: rng.randint(1, len(one))] for one in whole]


def _index_for_datasette(database: Database) -> None:
    """What its FTS page needs: an index of the names and places of the cards by three characters."""
    _drop_index(database)
    with sqlite3.connect(database.path) as connection:
        connection.execute(
            f"CREATE VIRTUAL TABLE {FTS} USING fts5(name, place, tokenize=trigram, content={TABLE}, content_rowid=id)"
        )
        connection.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')")
    connection.close()


def _drop_index(database: Database) -> None:
    with sqlite3.connect(database.path) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {FTS}")
    connection.close()
