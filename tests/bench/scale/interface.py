"""Lists of the interface for programs, 100 records each, uncached, in one process.

`python -m tests.bench.scale.interface` prints a line a list. The baseline is the statements of the same request, their
rows fetched and thrown away, and the same answer encoded as JSON by the standard library; the three take turns, and the
fastest of ROUNDS counts. On SQLite it is processor time, on PostgreSQL wall time. The goal is twice the baseline.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.bench.scale.kinds import EMPTY, HOST, in_turns, run

LISTS = {
    "brands": "/api/brands/",
    "brands, one province": "/api/brands/?region=510000",
    "brands, behind one": "/api/brands/?after={after}",
    "statistics": "/api/statistics/",
    "articles": "/api/articles/",
    "programs": "/api/programs/",
    "regions": "/api/regions/",
    "evidence": "/api/evidence/",
}
ROUNDS = 15
MOST = 2


@dataclass(frozen=True, slots=True)
class ListTimes:
    """Milliseconds of a list, of its statements alone, of encoding its answer, and of the empty view."""

    page: float
    sql: float
    encoding: float
    empty: float

    @property
    def ratio(self) -> float:
        return self.page / (self.sql + self.encoding)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale.interface", description=__doc__)
    parser.add_argument("names", nargs="*", help="lists (default: all)")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.scale.settings")
    os.environ.setdefault("BENCH_CACHE", "off")
    import django

    django.setup()
    print(f"{'list':<22}{'ms':>7}{'SQL':>7}{'JSON':>7}{'times':>7}{'empty':>7}")
    for name, address in LISTS.items():
        if not chosen.names or name in chosen.names:
            one = measure(address)
            told = f"{name:<22}{one.page:>7.2f}{one.sql:>7.2f}{one.encoding:>7.2f}{one.ratio:>7.2f}{one.empty:>7.2f}"
            print(told if one.ratio <= MOST else f"{told}  missed", flush=True)
    return 0


def measure(address: str) -> ListTimes:
    from django.test import Client

    from tests.bench.scale.floors import of_page

    client = Client(headers={"host": HOST})
    if "{after}" in address:
        address = address.format(after=client.get("/api/brands/?page=50").json()["results"][-1]["id"])
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{response.status_code} for {address}")
    asked, answer = of_page(address, HOST), response.json()
    works: dict[str, Callable[[], Any]] = {
        "page": lambda: client.get(address).content,
        "sql": lambda: run(asked),
        "encoding": lambda: json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode(),
        "empty": lambda: client.get(EMPTY),
    }
    return ListTimes(**{name: min(taken) for name, taken in in_turns(works, ROUNDS)})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
