"""The same work on many pages, in this process or in several, in the order of the pages and past those that fail."""

import os
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Generic, TypeVar

from ingest.files import Delivery
from ingest.records import RejectedPageError

T = TypeVar("T")
# From a page's name and bytes to a result; a function of a module, so that other processes can find it.
Work = Callable[[str, bytes], T]

# Pages a process that wait for it, read into memory or done: enough to keep it busy, at most 8 MB of text.
AHEAD = 4

# Characters of an unforeseen error's message that are repeated.
MESSAGE = 160


@dataclass(frozen=True, slots=True)
class PageOutcome(Generic[T]):
    """What came of one page: a result, or the reason why there is none."""

    label: str
    result: T | None = None
    failure: str = ""


def run(deliveries: Iterable[Delivery], work: Work[T], *, jobs: int = 1) -> Iterator[PageOutcome[T]]:
    """The outcome of each page, in order, as soon as it is known. `jobs` processes share the work, 0 for all cores."""
    jobs = jobs or available_cores()
    if jobs == 1:
        return map(partial(_attempt, work), deliveries)
    return _in_processes(deliveries, work, jobs)


def available_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _attempt(work: Work[T], delivery: Delivery) -> PageOutcome[T]:
    if delivery.failure:
        return PageOutcome(delivery.label, failure=delivery.failure)
    try:
        return PageOutcome(delivery.label, work(delivery.name, delivery.data))
    except RejectedPageError as error:
        detail = f" ({error.detail})" if error.detail else ""
        return PageOutcome(delivery.label, failure=f"{error.reason.value}{detail}")
    except Exception as error:  # noqa: BLE001 - an error in a stage costs its page, not the pages after it
        return PageOutcome(delivery.label, failure=unforeseen(error))


def unforeseen(error: Exception) -> str:
    """Class, message and place of an error in one line."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" [{Path(frames[-1].filename).name}:{frames[-1].lineno}]" if frames else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:MESSAGE]}{place}"


def _in_processes(deliveries: Iterable[Delivery], work: Work[T], jobs: int) -> Iterator[PageOutcome[T]]:
    waiting = iter(deliveries)
    pending: deque[tuple[Delivery, Future[PageOutcome[T]]]] = deque()
    pool = _pool(jobs)
    try:
        while True:
            for delivery in islice(waiting, AHEAD * jobs - len(pending)):
                pending.append((delivery, _submit(pool, work, delivery)))
            if not pending:
                return
            delivery, future = pending.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                # All pages under way are lost with the process that died; alone, the guilty one shows itself.
                pool.shutdown()
                pool = _pool(jobs)
                suspects = [delivery, *(later for later, _ in pending)]
                pending.clear()
                yield from (_alone(work, suspect) for suspect in suspects)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Copies of this process where it has no second thread, whose locks they would find locked for ever: they need not
    import and read the lexicons again, which takes as long as fifty pages. Database connections are copied too, but
    nobody touches them there, and the processes leave without closing them. Elsewhere processes that start anew."""
    alone = sys.platform == "linux" and threading.active_count() == 1
    return ProcessPoolExecutor(jobs, mp_context=get_context("fork" if alone else "spawn"))


def _submit(pool: ProcessPoolExecutor, work: Work[T], delivery: Delivery) -> "Future[PageOutcome[T]]":
    try:
        return pool.submit(_attempt, work, delivery)
    except BrokenProcessPool as error:
        lost: Future[PageOutcome[T]] = Future()
        lost.set_exception(error)
        return lost


def _alone(work: Work[T], delivery: Delivery) -> PageOutcome[T]:
    with _pool(1) as pool:
        try:
            return pool.submit(_attempt, work, delivery).result()
        except BrokenProcessPool:
            return PageOutcome(delivery.label, failure="the process that read it died")
