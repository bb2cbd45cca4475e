"""A rebuild while the site serves: who searches finds everything at any moment, also when the rebuild is killed."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.db import connections

from brands.listing import sync
from brands.models import DocumentKind
from brands.search import find, store
from brands.search.conditions import Question, Text
from tests.brands.factories import brand
from tests.ready import ROOT, address

pytestmark = pytest.mark.django_db(transaction=True)

BRANDS = 60
QUESTION = Question(((Text("号工匠"),),))


@pytest.fixture
def _many(catalogued: None) -> None:
    with sync.gathered():
        for number in range(BRANDS):
            brand(f"第{number}号工匠")


def found() -> int:
    return sum(kind.total for kind in find.find(QUESTION, kinds=[DocumentKind.BRAND], limit=1))


@pytest.mark.usefixtures("_many")
def test_readers_find_everything_while_it_is_rebuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BATCH", 7)
    failures: list[BaseException] = []

    def rebuild() -> None:
        try:
            for _ in range(3):
                list(sync.rebuild())
        except BaseException as error:  # noqa: BLE001  told by the thread that waits
            failures.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=rebuild)
    thread.start()
    counts = []
    while thread.is_alive():
        counts.append(found())
    thread.join()
    assert failures == []
    assert len(counts) > 10
    assert set(counts) == {BRANDS}
    assert list(sync.differences()) == []


@pytest.mark.usefixtures("_many")
def test_a_killed_rebuild_leaves_a_whole_index() -> None:
    """Three kills at growing distances from the first batch; the last run is left alone."""
    for wait in (0.0, 0.02, 0.1):
        process = start_rebuild()
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
        process.stdout.close()
        assert found() == BRANDS
        assert list(sync.differences()) == []


REBUILD = """
import django; django.setup()
from brands.listing import sync
from brands.search import store
store.BATCH = 3
print("begun", flush=True)
while True:
    list(sync.rebuild())
"""


def start_rebuild() -> "subprocess.Popen[str]":
    """Rebuilds without end in a process of its own, on the database of this test."""
    environment = os.environ | {"DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "laobrand.settings"}
    command = [sys.executable, "-c", REBUILD]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
