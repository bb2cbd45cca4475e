"""Bringing pages into the database, held against one `save()` a row in as many transactions."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median

from django.db import connection, models, transaction
from django.db.models.signals import post_save, pre_save
from django.test.utils import override_settings

from brands.audit.undo import undo
from brands.models import Article, Brand, BrandAlias, BrandDetail, ChangeSet, Evidence, Page, Program, Statistic
from ingest.load.change_set import load_in_batch
from ingest.load.page import load_page
from ingest.pipeline import extract_bytes
from ingest.records import PageFacts
from tests.bench.extraction import PAGE, page_files
from tests.fuzz.pages import pages

# In this order each row's foreign keys lead to rows that are there.
MODELS: tuple[type[models.Model], ...] = (
    *(Page, Article, Brand, BrandAlias, BrandDetail, Program, Statistic, Evidence),
)
ROUNDS = 3
# Times as fast as a bare save() of each row.
GOAL = 2.5


@override_settings(DEBUG=False)  # else Django keeps every statement, and writes the long ones out
def time_loading() -> None:
    once = sum(len(text.encode()) for text in pages())
    texts = page_files(PAGE, total=once - PAGE)
    facts = [extract_bytes(f"bench{i}.txt", text.encode()) for i, text in enumerate(texts)]
    delete_all()
    load_all(facts)  # reads the lexicons
    rows = all_rows()
    times: dict[str, list[float]] = {"ours": [], "bare": [], "asked": []}
    for _ in range(ROUNDS):
        times["ours"].append(_seconds(lambda: load_all(facts)))
        with without_signals():
            times["bare"].append(_seconds(lambda: save_each(rows, transactions=len(facts))))
            times["asked"].append(_seconds(lambda: save_each(rows, transactions=len(facts), asking=True)))
    changes, undone = _undone(facts)
    delete_all()
    ours, bare, asked = (median(taken) for taken in times.values())
    clock = "processor" if connection.vendor == "sqlite" else "wall"
    print(f"\n{len(rows)} rows of {len(facts)} pages in {connection.vendor}, a transaction a page ({clock} time)\n")
    print(f"{'seconds':>8}{'rows/s':>8}  how (median of {ROUNDS})")
    print(f"{ours:8.2f}{len(rows) / ours:8.0f}  load_page: looked up, compared, written, and what follows worked out")
    print(f"{bare:8.2f}{len(rows) / bare:8.0f}  save() of each row, made beforehand, as an INSERT and no more")
    print(f"{asked:8.2f}{len(rows) / asked:8.0f}  the same, once it was asked whether the row is there")
    print(f"\n{bare / ours:.1f} and {asked / ours:.1f} times as fast as one save() a row (goal: {GOAL})")
    print(f"{undone:.2f} s to undo its {changes} changes, {10_000 * undone / changes:.1f} s for 10,000", flush=True)


def _seconds(work: Callable[[], object]) -> float:
    """What the work takes on an empty catalogue: on SQLite of this process's time, which is all of it."""
    delete_all()
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    start = clock()
    work()
    return clock() - start


def _undone(facts: Sequence[PageFacts]) -> tuple[int, float]:
    """How many changes loading the pages is, and the seconds of undoing them."""
    delete_all()
    batch: ChangeSet | None = None
    for page in facts:
        _, batch = load_in_batch(page, batch, version="bench")
    if batch is None:
        raise SystemExit("the pages changed nothing")
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    start = clock()
    undo(batch, author=None)
    return batch.changes.count(), clock() - start


@contextmanager
def without_signals() -> Iterator[None]:
    """Rows are written and nothing follows from it: no document, no card, no table of what waits."""
    kept = {signal: signal.receivers for signal in (pre_save, post_save)}
    try:
        for signal in kept:
            signal.receivers = []
            signal.sender_receivers_cache.clear()
        yield
    finally:
        for signal, receivers in kept.items():
            signal.receivers = receivers
            signal.sender_receivers_cache.clear()


def all_rows() -> list[models.Model]:
    """All rows but the regions, each after those that it leads to: brands that are a series before those in one, and
    articles without what they repeat."""
    rows: list[models.Model] = [row for model in MODELS for row in model._default_manager.order_by("pk")]
    for row in rows:
        if isinstance(row, Article):
            row.reprint_of = None
    within = [row for row in rows if isinstance(row, Brand) and row.series_id]
    first = next(
        (at for at, row in enumerate(rows) if isinstance(row, BrandAlias | BrandDetail | Program | Statistic)),
        len(rows),
    )
    return [*(row for row in rows[:first] if row not in within), *within, *rows[first:]]


def load_all(facts: Sequence[PageFacts]) -> None:
    for page in facts:
        load_page(page, version="bench")


def save_each(rows: Sequence[models.Model], *, transactions: int, asking: bool = False) -> None:
    size = -(-len(rows) // transactions)
    for first in range(0, len(rows), size):
        with transaction.atomic():
            for row in rows[first : first + size]:
                if not asking or type(row)._default_manager.filter(pk=row.pk).first() is None:
                    row.save(force_insert=True)


def delete_all() -> None:
    """Leave the regions; what else the commands brought in goes."""
    with transaction.atomic():
        Program.brands.through.objects.all().delete()
        Program.regions.through.objects.all().delete()
        Brand.objects.update(series=None)
        Article.objects.update(reprint_of=None)
        for model in reversed(MODELS):
            model._default_manager.all().delete()
