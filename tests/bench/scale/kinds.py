"""One page of every kind, uncached, in one process: `python -m tests.bench.scale.kinds` prints a line a page.

Each page is held against two floors of the same run: what its own statements take when their rows are fetched and
thrown away, and a view that does nothing. The three take turns; the fastest of ROUNDS counts, as whatever else the
machine does only adds. On SQLite it is processor time, all of which is this process's; on PostgreSQL, which works in a
process of its own, wall time. A process of its own too, since its settings name the database.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

ROUNDS = 5
HOST = "localhost"
EMPTY = "/bench/empty/"
# Goals: of its own statements, or of the empty view (one of both is enough), and milliseconds on two quiet cores.
MOST_OF_SQL, MOST_OF_EMPTY, MOST = 4, 12, 150


@dataclass(frozen=True, slots=True)
class Measured:
    """A page's milliseconds, those of its statements alone and of the empty view; how many statements and bytes."""

    page: float
    sql: float
    empty: float
    statements: int
    size: int

    @property
    def met(self) -> bool:
        near = self.page <= MOST_OF_SQL * self.sql or self.page <= MOST_OF_EMPTY * self.empty
        return near and self.page <= MOST


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale.kinds", description=__doc__)
    parser.add_argument("names", nargs="*", help="kinds of pages (default: all)")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.scale.settings")
    os.environ.setdefault("BENCH_CACHE", "off")
    import django

    django.setup()
    print(f"{'page':<22}{'ms':>8}{'SQL':>8}{'times':>7}{'empty':>8}{'asked':>6}{'KB':>6}")
    for name, address in addresses().items():
        if not chosen.names or name in chosen.names:
            print(line(name, measure(address)), flush=True)
    return 0


def line(name: str, one: Measured) -> str:
    told = f"{name:<22}{one.page:>8.1f}{one.sql:>8.1f}{one.page / one.sql if one.sql else 0:>7.1f}"
    told += f"{one.page / one.empty:>8.1f}{one.statements:>6}{one.size / 1024:>6.0f}"
    return told if one.met else f"{told}  missed"


def addresses() -> dict[str, str]:
    """An address of each kind of page, the fullest of its kind where rows differ much."""
    from django.db.models import Count

    from brands.models import Article, Brand, Program, Statistic

    brand = Brand.objects.published().annotate(n=Count("statistics")).order_by("-n", "pk")[0]
    told = Article.objects.published().annotate(n=Count("evidence")).order_by("-n", "pk")[0]
    statistic = Statistic.objects.published().filter(brand=brand)[:1] or Statistic.objects.published()[:1]
    search = "/search/?q="
    return {
        "home": "/",
        "brands": "/brands/",
        "brands, page 100": "/brands/?page=100",
        "brands, two filters": "/brands/?industry=care&level=county",
        "brands, three": "/brands/?industry=care&level=county&region=510000",
        "brands, words": f"/brands/?q={quote('月嫂')}",
        "brands, by people": "/brands/?sort=-people",
        "brand": brand.get_absolute_url(),
        "brand history": f"/api/brands/{brand.pk}/history/",
        "regions": "/regions/",
        "regions, sums": "/regions/?figures=sums",
        "country": "/regions/100000/",
        "province": "/regions/510000/",
        "county": "/regions/511124/",
        "industries": "/industries/",
        "industry": "/industries/care/",
        "pay": "/pay/",
        "destinations": "/destinations/",
        "destination": "/destinations/110000/",
        "recognitions": "/recognitions/",
        "programs": "/programs/",
        "program": Program.objects.published()[0].get_absolute_url(),
        "statistics": "/statistics/",
        "statistics, filtered": "/statistics/?metric=employment&region=510000",
        "statistic": statistic[0].get_absolute_url(),
        "chart": "/statistics/chart.svg?metric=brands&of=region:510000",
        "compare": "/statistics/compare/?metric=brands&of=region:510000&of=region:330000",
        "articles": "/articles/",
        "articles, year": "/articles/?year=2024",
        "article": told.get_absolute_url(),
        "search, trade": search + quote("护工"),
        "search, part": search + quote("师傅"),
        "search, brands": f"{search}{quote('米粉')}&kind=brand",
        "search, question": search + quote("月嫂一个月多少钱"),
        "search, nothing": f"{search}zzzz",
        "suggest": f"/search/suggest/?q={quote('月')}",
        "feed": "/brands/feed/",
        "sitemap": "/sitemap.xml",
        "about": "/about/",
        "data": "/data/",
        "api brands": "/api/brands/?limit=100",
        "api statistics": "/api/statistics/?limit=100",
        "api search": f"/api/search/?q={quote('护工')}",
    }


def measure(address: str) -> Measured:
    """SystemExit for any answer but 200, which is fast and says nothing."""
    from django.test import Client

    from tests.bench.scale.floors import of_page

    client = Client(headers={"host": HOST})
    response = client.get(address, follow=True)
    if response.status_code != 200:
        raise SystemExit(f"{response.status_code} for {address}")
    size = len(_body(response))
    last = response.redirect_chain[-1][0] if response.redirect_chain else address
    asked = of_page(last, HOST)
    works: dict[str, Callable[[], Any]] = {
        "page": lambda: _body(client.get(last)),
        "sql": lambda: run(asked),
        "empty": lambda: client.get(EMPTY),
    }
    times = {name: min(taken) for name, taken in in_turns(works)}
    return Measured(**times, statements=len(asked), size=size)


def in_turns(works: dict[str, Callable[[], Any]], rounds: int = ROUNDS) -> Iterator[tuple[str, list[float]]]:
    """The milliseconds that each work takes, round by round."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = clock()
            work()
            times[name].append(1000 * (clock() - start))
    yield from times.items()


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def run(asked: Any) -> None:
    """Ask the statements and throw their rows away."""
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(sql, params)
            if cursor.description:  # else a setting of PostgreSQL's, which answers nothing
                cursor.fetchall()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
