"""How fast pages are read, held against jieba on the same text: `python -m tests.bench extraction`.

All in one process on one core, processor time, the lexicons loaded beforehand. The machine's mood counts for both
sides: each round measures one after the other, and the best round of each counts.
"""

import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from random import Random
from unittest.mock import patch

from ingest import pipeline
from ingest.files import Delivery
from ingest.management.commands.extract_facts import facts_line
from ingest.parallel import Work, run
from ingest.pipeline import PAST_LIMIT, extract_bytes
from ingest.place_mentions import places_in
from ingest.segment.topic import pairs
from ingest.sentences import sentences_of
from tests.fuzz.pages import pages

# Bytes of text.
TOTAL = 5_000_000
# Bytes from which a page is full; the articles that come with the project have 2 KB, real pages up to 24 KB.
PAGE = 10_000
LARGE = 1_500_000
# Bytes that are tagged with parts of speech: jieba takes half a minute for all. Scaled up in the table.
SLICE = 500_000
ROUNDS = 3
# What is remembered of a text, forgotten before each page: here the same articles come round again.
CACHES = (pairs, places_in, sentences_of)
SIZES = tuple(125_000 * 2**i for i in range(5))
JOBS = 2


def time_extraction() -> None:
    files, large = list(page_files(PAGE)), list(page_files(LARGE))
    whole = "\n".join(files)
    size = len(whole.encode())
    told = f"{size / 1e6:.1f} MB, processor seconds on one core, best of {ROUNDS}; the same text as\n"
    print(f"{told}{len(files)} pages: {counted(files)}\n{len(large)} pages: {counted(large)}\n")
    taken = peak()
    import jieba  # here, for its dictionary would count as our memory
    import jieba.posseg

    jieba.setLogLevel(60)
    jieba.lcut(whole[:100])
    jieba.posseg.lcut(whole[:100])
    piece = whole.encode()[:SLICE].decode(errors="ignore")
    works = (
        lambda: extract_all(files),
        lambda: extract_all(large),
        lambda: jieba.lcut(whole),
        lambda: jieba.posseg.lcut(piece),
    )
    ours, ours_large, cut, tagged = best(*works)
    tagged *= size / SLICE
    print(f"{'seconds':>8}{'MB/s':>7}  what")
    for seconds, what in (
        (ours, f"read to statistics, {len(files)} pages"),
        (ours_large, f"read to statistics, {len(large)} pages"),
        (cut, "jieba.lcut"),
        (tagged, f"jieba.posseg.lcut, scaled from {SLICE / 1e6:g} MB"),
    ):
        print(f"{seconds:8.2f}{size / seconds / 1e6:7.2f}  {what}")
    print(f"\n{cut / ours:.1f} times as fast as jieba.lcut (goal: 5), {tagged / ours:.1f} times as posseg (goal: 25)")
    print(f"peak memory before jieba {taken:.0f} MB (goal: 300)", flush=True)


def time_growth() -> None:
    """A page twice as long: how many times as long it takes, as it is and with facts of all its articles."""
    print("\nOne page; times as long as half of it (goal: at most 2.3)")
    growth()
    print(f"\nThe same without the limit of {pipeline.MAX_RELEVANT} characters on labour brands a page")
    with patch.object(pipeline, "MAX_RELEVANT", LARGE):
        growth()


def growth() -> None:
    text = "\n\n".join(islice(page_files(PAGE), 400)).encode()
    print(f"{'KB':>8}{'seconds':>9}  times")
    before = 0.0
    for size in SIZES:
        page = text[:size].decode(errors="ignore")
        seconds = best(lambda page=page: extract_all([page]))[0]  # type: ignore[misc]
        print(f"{size / 1000:8.0f}{seconds:9.2f}  {f'{seconds / before:.2f}' if before else ''}", flush=True)
        before = seconds


def counted(texts: Iterable[str]) -> str:
    """What is found, and how many articles are past the limit of their page."""
    found = [extract_bytes("bench.txt", text.encode()) for text in texts]
    facts = sum(len(one.brands) + len(one.programs) + len(one.statistics) for one in found)
    articles = [article for one in found for article in one.articles]
    past = sum(article.reason == PAST_LIMIT for article in articles)
    relevant = past + sum(article.relevant for article in articles)
    return f"{len(articles)} articles, {relevant} on labour brands, {past} of these past the limit, {facts} facts"


def time_jobs() -> None:
    """The same pages in one process and in several: wall time, as a person waits for it."""
    texts = page_files(PAGE)
    deliveries = [Delivery(f"{i}.txt", f"{i}.txt", text.encode()) for i, text in enumerate(texts)]
    print(f"\n{'alone':>8}{'--jobs ' + str(JOBS):>10}  times  (wall time, {len(deliveries)} pages; goal: 1.7)")
    works: tuple[tuple[str, Work[object]], ...] = (
        ("extract_facts: a line of text comes back", facts_line),
        ("ingest_pages: the facts come back, to be loaded", extract_bytes),
    )
    for what, work in works:
        alone, several = (wall_time(deliveries, work, jobs) for jobs in (1, JOBS))
        print(f"{alone:8.2f}{several:10.2f}{alone / several:7.2f}  {what}", flush=True)


def wall_time(deliveries: Sequence[Delivery], work: Work[object], jobs: int) -> float:
    start = time.perf_counter()
    failures = [outcome.failure for outcome in run(deliveries, work, jobs=jobs) if outcome.failure]
    if failures:
        raise SystemExit(f"{len(failures)} pages failed, the first: {failures[0]}")
    return time.perf_counter() - start


def page_files(least: int, *, total: int = TOTAL) -> Iterator[str]:
    """The articles of the corpus, shuffled anew each time round, put together to pages of `least` bytes and more."""
    rng = Random(1)
    made, page = 0, ""
    while made < total:
        for text in rng.sample(pages(), len(pages())):
            page += text.split("---\n", 2)[-1] + "\n\n"
            if len(page.encode()) >= least:
                yield page
                made += len(page.encode())
                page = ""
                if made >= total:
                    return


def extract_all(texts: Iterable[str]) -> None:
    for text in texts:
        for cache in CACHES:
            cache.cache_clear()
        extract_bytes("bench.txt", text.encode())


def best(*works: Callable[[], object]) -> list[float]:
    """The processor seconds of each in its best round."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, found in zip(works, times, strict=True):
            start = time.process_time()
            work()
            found.append(time.process_time() - start)
    return [min(found) for found in times]


def peak() -> float:
    """The most memory that this process has taken, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
