"""The files of a job, each read in a process of its own within its time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType

from brands.models import Page
from curation.jobs import reader_process
from curation.models import Failure, JobFile
from ingest.load.articles import raw_page
from ingest.records import PageFacts, RawPage
from ingest.standing_rules import StandingRules

# So long a file may take. The largest that is accepted, full of facts, takes 2.
MAX_SECONDS = 20.0

# So long the process may take to start, on a machine that has much to do.
STARTING_SECONDS = 20.0

# Seconds between two looks at whether to go on waiting.
TICK = 0.5


class FailedFileError(Exception):
    """A file that could not be read, with the kind of failure and what is to be said of it."""

    def __init__(self, kind: Failure, detail: str = "") -> None:
        super().__init__(kind, detail)
        self.kind, self.detail = kind, detail


def source(file: JobFile, rules: StandingRules) -> bytes | RawPage:
    """What is to be read: the bytes as they came or, where there are none or people have corrected something of it, the
    page that the catalogue has of them, by these rules. FailedFileError where it has none any more."""
    page = Page.objects.filter(sha256=file.sha256).first()
    if page is None:
        if not file.data:
            raise FailedFileError(Failure.GONE)
        return bytes(file.data)
    raw = raw_page(page, rules=rules)
    return bytes(file.data) if file.data and not raw.corrected else raw


@dataclass(slots=True)
class _Running:
    process: BaseProcess
    pipe: Connection


class Reader:
    """Reads files one after the other, in one process as long as that does well. To be used in a `with`.

    `waiting` is called about twice a second while a file is read; what it raises ends the reading.
    """

    def __init__(self, waiting: Callable[[], None]) -> None:
        self._waiting = waiting
        self._running: _Running | None = None

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def read(self, name: str, data: bytes | RawPage) -> PageFacts:
        """The facts of a file, or of a page that was stored. FailedFileError where there are none, also when it was
        stopped."""
        try:
            running = self._running or self._start()
            running.pipe.send((name, data))
            self._wait(running, MAX_SECONDS)
            facts, kind, detail = running.pipe.recv()
        except (EOFError, ConnectionError) as error:
            self._stop()
            raise FailedFileError(Failure.DIED) from error
        except BaseException:
            self._stop()
            raise
        if facts is None:
            if kind == reader_process.MEMORY:
                self._stop()
            raise FailedFileError(Failure(kind), detail)
        found: PageFacts = facts
        return found

    def _wait(self, running: _Running, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not running.pipe.poll(TICK):
            if time.monotonic() > deadline:
                raise FailedFileError(Failure.TIME)
            self._waiting()

    def _start(self) -> _Running:
        """A copy of a process that has done nothing but import: this one may have threads, whose locks a copy of it
        would find locked for ever, and holds more memory than a reader needs."""
        context = get_context("forkserver")
        context.set_forkserver_preload([reader_process.__name__])
        ours, theirs = context.Pipe()
        process = context.Process(target=reader_process.serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        self._running = _Running(process, ours)
        self._wait(self._running, STARTING_SECONDS)
        ours.recv()
        return self._running

    def _stop(self) -> None:
        if self._running is not None:
            self._running.process.kill()
            self._running.process.join()
            self._running.pipe.close()
            self._running = None
