"""What the database takes for a list and for searches, HTTP and templates left out: `python -m …statements` prints
milliseconds as JSON. A process of its own, for its settings name the database that it asks.

The scan that searches are held against is what answers without an index: LIKE over the same documents.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any

ROUNDS = 15
SCAN = (
    "SELECT kind, count(*) FROM brands_searchdocument WHERE name LIKE %s OR aliases LIKE %s OR place LIKE %s"
    " OR description LIKE %s OR evidence LIKE %s OR body LIKE %s GROUP BY kind"
)
COLUMNS = 6
# Queries that find very much, or nothing, beside those drawn from names.
HARD = (
    "的",
    "工",
    "师傅",
    "月嫂",
    "金牌",
    "lv",
    "培训",
    "县",
    "就业 培训",
    "人均月收入",
    "zzzz",
    "品牌建设",
    "shifu",
    "东西部协作",
)


def main(typed: list[str]) -> int:
    import django

    django.setup()
    from django.db import connection

    found = {"list_sql.median": median(_list())}
    sql, scan = [], []
    for query in (*typed, *HARD):
        sql.append(_search(query))
        like = f"%{query.split()[0]}%"
        scan.append(_fastest(lambda like=like: _run(connection, [(SCAN, [like] * COLUMNS)]), 2))  # type: ignore[misc]
    found |= {"search_sql.median": median(sql), "search_sql.worst": max(sql)}
    found |= {"scan.median": median(scan), "scan.worst": max(scan)}
    print(json.dumps(found))
    return 0


def _list() -> list[float]:
    """All statements of the first page of the list of brands."""
    from django.db import connection

    from tests.bench.scale.floors import of_page

    statements = of_page("/brands/")
    return [_timed(lambda: _run(connection, statements)) for _ in range(ROUNDS)]


def _search(query: str) -> float:
    """What a search asks the database, the best of three; noted once, and then asked by itself."""
    from urllib.parse import quote

    from django.db import connection

    from tests.bench.scale.floors import of_page

    statements = of_page(f"/search/?q={quote(query)}")
    return _fastest(lambda: _run(connection, statements), 3)


def _fastest(work: Callable[[], None], times: int) -> float:
    return min(_timed(work) for _ in range(times))


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def _run(connection: Any, statements: Iterable[tuple[str, Any]]) -> None:
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
