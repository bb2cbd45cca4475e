"""Processes that judge cases. One that hangs or dies is ended and told with its case, and another takes its place."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from ingest.pipeline import extract_bytes
from tests.fuzz.cases import make
from tests.fuzz.judging import Extract, Verdict, judge, limit_memory
from tests.fuzz.pages import pages

# Seconds on the clock after which a process is taken to hang; what is slow is told by its processor time.
PATIENCE = 120.0

_SPAWN = get_context("spawn")


@dataclass(slots=True)
class Worker:
    """A process, the line to it, and what it is at."""

    process: BaseProcess
    line: Connection
    number: int | None = None
    since: float = 0.0


@dataclass(slots=True)
class Crew:
    """`jobs` processes that judge the cases of a seed with `extract`, a function of a module."""

    seed: int
    jobs: int
    extract: Extract = extract_bytes
    patience: float = PATIENCE
    workers: list[Worker] = field(default_factory=list)

    def judged(self, numbers: Iterable[int]) -> Iterator[tuple[int, Verdict]]:
        """The verdicts in the order in which they come."""
        waiting = iter(numbers)
        self.workers = [self._hired() for _ in range(self.jobs)]
        try:
            for worker in self.workers:
                _give(worker, next(waiting, None))
            while busy := [worker for worker in self.workers if worker.number is not None]:
                for worker, verdict in self._reports(busy):
                    number = worker.number
                    if number is not None:
                        yield number, verdict
                    _give(worker, next(waiting, None))
        finally:
            for worker in self.workers:
                _dismiss(worker)

    def _reports(self, busy: list[Worker]) -> Iterator[tuple[Worker, Verdict]]:
        ready = wait([worker.line for worker in busy], timeout=0.5)
        for worker in busy:
            if worker.line in ready:
                yield worker, self._report(worker)
            elif time.monotonic() - worker.since > self.patience:
                self._replace(worker)
                yield worker, Verdict(self.patience, 0, exceptions=(f"hung: no answer in {self.patience:.0f} s",))

    def _report(self, worker: Worker) -> Verdict:
        try:
            verdict: Verdict = worker.line.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return Verdict(0, 0, exceptions=("died: its process came to an end",))
        return verdict

    def _replace(self, worker: Worker) -> None:
        _dismiss(worker)
        fresh = self._hired()
        worker.process, worker.line = fresh.process, fresh.line

    def _hired(self) -> Worker:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_work, args=(theirs, self.seed, self.extract), daemon=True)
        process.start()
        theirs.close()
        ours.recv()  # ready: what loads once belongs to no case
        return Worker(process, ours)


def _give(worker: Worker, number: int | None) -> None:
    worker.number, worker.since = number, time.monotonic()
    if number is not None:
        worker.line.send(number)


def _dismiss(worker: Worker) -> None:
    worker.line.close()
    worker.process.kill()
    worker.process.join()


def _work(line: Connection, seed: int, extract: Extract) -> None:
    limit_memory()
    extract_bytes("warm.txt", pages()[0].encode())
    line.send("ready")
    while True:
        line.send(judge(make(seed, line.recv()).data, extract))
