"""The same work on many pages, in this process and in several."""

import os
import time
from collections.abc import Iterator

import pytest

from ingest.files import Delivery
from ingest.parallel import AHEAD, run
from ingest.records import RejectedPageError, RejectionReason


def work(name: str, data: bytes) -> str:
    """What the page's name says."""
    match name:
        case "slow":
            time.sleep(0.2)
        case "refused":
            raise RejectedPageError(name, RejectionReason.TOO_LARGE, "3 bytes")
        case "broken":
            raise KeyError("an\nerror")
        case "dead":
            os._exit(9)
    return f"{name}:{len(data)}"


def deliveries(*names: str) -> Iterator[Delivery]:
    return (Delivery(f"./{name}", name, name.encode()) for name in names)


@pytest.mark.parametrize("jobs", [1, 2])
def test_outcomes_come_in_order_past_what_fails(jobs: int) -> None:
    found = list(run(deliveries("slow", "refused", "a", "broken", "b"), work, jobs=jobs))
    assert [outcome.label for outcome in found] == ["./slow", "./refused", "./a", "./broken", "./b"]
    assert [outcome.result for outcome in found] == ["slow:4", None, "a:1", None, "b:1"]
    assert found[1].failure == "the file is larger than the limit (3 bytes)"
    assert found[3].failure.startswith("KeyError: 'an\\nerror' [test_batch.py:")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_delivery_without_bytes_keeps_its_reason(jobs: int) -> None:
    found = list(run([Delivery("./x", "x", failure="no such file")], work, jobs=jobs))
    assert [(outcome.result, outcome.failure) for outcome in found] == [(None, "no such file")]


def test_a_page_that_kills_its_process_costs_itself_alone() -> None:
    found = list(run(deliveries("a", "dead", "b", "c"), work, jobs=2))
    assert [outcome.result for outcome in found] == ["a:1", None, "b:1", "c:1"]
    assert found[1].failure == "the process that read it died"


def test_pages_are_fetched_as_they_are_needed() -> None:
    fetched = []

    def watched() -> Iterator[Delivery]:
        for delivery in deliveries(*("x" * 50)):
            fetched.append(delivery)
            yield delivery

    outcomes = run(watched(), work, jobs=2)
    next(outcomes)
    assert len(fetched) <= AHEAD * 2
    assert len(list(outcomes)) == 49
