"""Files are read in a process of their own: what hangs, eats memory or dies costs its file and nothing else."""

import os
import time
from collections.abc import Iterator

import pytest

from curation.jobs import page_reader, reader_process
from curation.jobs.lease import LostLeaseError
from curation.jobs.page_reader import FailedFileError, Reader
from curation.models import Failure
from tests.curation import odd_child
from tests.ingest.test_commands import SAMPLES

PAGE = (SAMPLES / "02_tianzhen_baomu.txt").read_bytes()
SECONDS = 1.0


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    monkeypatch.setattr(reader_process, "serve", odd_child.serve_oddly)
    with Reader(lambda: None) as reader:
        yield reader


def failure(reader: Reader, name: str, data: bytes = PAGE) -> Failure:
    with pytest.raises(FailedFileError) as caught:
        reader.read(name, data)
    return caught.value.kind


def test_the_limits() -> None:
    assert page_reader.MAX_SECONDS == 20
    assert reader_process.MAX_MEMORY == 512 * 2**20


def test_a_file_that_is_stopped_costs_itself_alone(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    before = time.monotonic()
    with monkeypatch.context() as hurried:
        hurried.setattr(page_reader, "MAX_SECONDS", SECONDS)
        assert failure(reader, "spins") is Failure.TIME
    assert SECONDS < time.monotonic() - before < SECONDS + page_reader.STARTING_SECONDS
    assert "天镇保姆" in {brand.name for brand in reader.read("page", PAGE).brands}
    assert failure(reader, "eats") is Failure.MEMORY
    assert failure(reader, "dies") is Failure.DIED
    assert reader.read("page", PAGE).page.name == "page"


def test_what_is_no_page_is_refused_and_the_process_goes_on(reader: Reader) -> None:
    reader.read("page", PAGE)
    process = reader._running
    assert failure(reader, "picture", b"\x89PNG") is Failure.BINARY
    assert failure(reader, "nothing", b" \n") is Failure.EMPTY
    with pytest.raises(FailedFileError, match="RuntimeError: no such rule"):
        reader.read("errs", PAGE)
    assert reader._running is process


def test_who_waits_may_end_the_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a job does that was cancelled: the file is dropped, and no process stays."""
    monkeypatch.setattr(reader_process, "serve", odd_child.serve_oddly)
    pids: list[int | None] = []

    def lost() -> None:
        if waiting._running:
            pids.append(waiting._running.process.pid)
        if len(pids) > 2:
            raise LostLeaseError

    waiting = Reader(lost)
    with waiting, pytest.raises(LostLeaseError):
        waiting.read("hangs", PAGE)
    with pytest.raises(ProcessLookupError):
        os.kill(pids[-1] or 0, 0)
