"""A database with 100,000 facts waiting, and how long the pages of the queue take on it."""

import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from statistics import median

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from brands.models import Article, Brand, Evidence, Page, Region, Statistic
from curation.models import Waiting
from curation.review.waiting import rebuild
from tests.bench.lifelike.bulk import Tables

ARTICLES = 10_000
# Facts of one article: 100,000 in all.
BRANDS, NUMBERS = 2, 8

ROUNDS = 25
PAGES = ("/admin/queue/", "/admin/queue/?province=140000", "/admin/queue/?kind=statistics&confidence=low")


_WAITING = """
WITH waiting AS (
  SELECT confidence, 1 AS kind,
    (SELECT MIN(article_id) FROM brands_evidence e WHERE e.brand_id = f.id AND e.field = '') AS article
  FROM brands_brand f WHERE review = 'proposed'
  UNION ALL SELECT confidence, 2,
    (SELECT MIN(article_id) FROM brands_evidence e WHERE e.program_id = f.id AND e.field = '')
  FROM brands_program f WHERE review = 'proposed'
  UNION ALL SELECT confidence, 3,
    (SELECT MIN(article_id) FROM brands_evidence e WHERE e.statistic_id = f.id AND e.field = '')
  FROM brands_statistic f WHERE review = 'proposed'
)
"""
# The question of the queue in plain SQL, asked of the catalogue itself: the first articles, and what is left of each
# kind in each province. What makes a fact hard besides its confidence is not even asked.
PLAIN = (
    _WAITING
    + """
SELECT a.id, a.title, w.lowest, w.facts FROM (
  SELECT article, MIN(confidence) AS lowest, COUNT(*) AS facts FROM waiting GROUP BY article
) w JOIN brands_article a ON a.id = w.article ORDER BY w.lowest LIMIT 25""",
    _WAITING
    + """
SELECT substr(a.place_id, 1, 2), kind, COUNT(*) FROM waiting JOIN brands_article a ON a.id = article
GROUP BY substr(a.place_id, 1, 2), kind""",
)


def main() -> None:
    """Fill the database and measure; the last line is JSON."""
    call_command("migrate", verbosity=0)
    call_command("load_regions", stdout=StringIO())
    fill()
    start = time.perf_counter()
    articles = rebuild()
    seconds = round(time.perf_counter() - start)
    facts = sum(row.total for row in Waiting.objects.all())
    print(json.dumps({"articles": articles, "facts": facts, "seconds": seconds, "pages": measure(), "plain": plain()}))


def fill() -> None:
    """Articles with a brand or two and their numbers, a third of them unsure, in many places."""

    chance = random.Random(1)
    places = list(Region.objects.exclude(level="country").values_list("adcode", flat=True))
    for first in range(0, ARTICLES, 1000):
        tables = Tables()
        for number in range(first, first + 1000):
            add_article(tables, number, chance.choice(places), chance)
        tables.write()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def add_article(tables: Tables, number: int, place: str, chance: random.Random) -> None:

    text = f"第{number}篇。师傅们上岗。"
    page = tables.add(
        Page, name=f"{number}.txt", sha256=f"{number:064}", encoding="utf-8", text=text, extractor="bench"
    )
    told = {"page_id": page.pk, "order": 0, "title": text[:8], "spans": [[0, len(text)]], "relevant": True}
    article = tables.add(Article, place_id=place, **told)
    bear = {"article_id": article.pk, "start": 0, "end": 4, "context_start": 0, "context_end": 5}
    for which in range(BRANDS):
        name = f"第{number}号{which}师傅"
        brand = tables.add(
            Brand, name=name, name_key=name, pinyin=name, region_id=place, confidence=chance.uniform(0.3, 1)
        )
        tables.add(Evidence, brand_id=brand.pk, **bear)
        for year in range(2015, 2015 + NUMBERS // BRANDS):
            row = Statistic(
                brand_id=brand.pk,
                metric="employment",
                value=Decimal(chance.randrange(10, 100_000)),
                unit="人",
                confidence=chance.uniform(0.3, 1),
                as_of=date(year, 1, 1),
                as_of_precision="year",
            ).prepare()
            values = {name: value for name, value in vars(row).items() if name not in {"_state", "id"}}
            statistic = tables.add(Statistic, **values)
            tables.add(Evidence, statistic_id=statistic.pk, **bear)


def measure() -> dict[str, tuple[float, float, float]]:
    """The times of each page."""

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.create_superuser("bench"))

    def statements(address: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")
        return [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]

    def ask(texts: list[str]) -> None:
        for text in texts:
            with connection.cursor() as cursor:
                cursor.execute(text.replace("%", "%%"), ())
                cursor.fetchall()

    def times(address: str) -> Iterator[float]:
        every_page = set(statements("/admin/empty/"))
        own = [text for text in statements(address) if text not in every_page]
        yield timed(lambda: client.get(address))
        yield timed(lambda: ask(own))
        yield timed(lambda: client.get("/admin/empty/"))

    return {address: tuple(times(address)) for address in PAGES}  # type: ignore[misc]


def plain() -> float:
    """Milliseconds of `PLAIN`."""

    def ask() -> None:
        for text in PLAIN:
            with connection.cursor() as cursor:
                cursor.execute(text)
                cursor.fetchall()

    return timed(ask, rounds=5)


def timed(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """The median of several rounds in milliseconds; the first, which loads what is read once, is left out."""
    taken = []
    for _round in range(rounds + 1):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return median(taken[1:])
