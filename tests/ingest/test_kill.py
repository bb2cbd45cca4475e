"""An ingest that is killed at any moment and run again ends where an undisturbed one does, field by field."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker

from tests import ready
from tests.needs import tries

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "ingest" / "samples"
# Samples that are ingested: enough that a run outlives some kills.
PAGES = tries(16, 10)
ROUNDS = tries(25, 1)
# Kills a round, a hundred in all in a thorough run: a run, the run after it and so on, before one comes to its end.
KILLS = tries(4, 3)
# A kill comes after at most so many lines of what a run tells; one that nothing disturbs tells about 250.
LINES = 50
SEED = 20260101
# Seconds that a run may take before the test gives up on it: many, for a machine that does much else.
PATIENCE = 240
# How many pages are there, bring in the rest, and print the whole catalogue.
FINISH = """
import sys, django; django.setup()
from django.core.management import call_command
from brands.audit.check import check
from brands.models import Page
from tests.ingest.dump import dump
print(Page.objects.count()); call_command("ingest_pages", sys.argv[1], stdout=sys.stderr)
assert not check().findings, check().findings[0]
print(dump())
"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for path in sorted(SAMPLES.glob("*.txt"))[:PAGES]:
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def empty(
    tmp_path: Path, django_db_setup: None, databases: ready.Databases, django_db_blocker: DjangoDbBlocker
) -> Iterator["Databases"]:
    """Databases of the kind that this test run is on, with the table of regions and no pages."""
    named = Postgres() if connection.vendor == "postgresql" else Sqlite(tmp_path)
    with django_db_blocker.unblock():
        databases.copy("regions", named.name("empty"))
    yield named
    named.clean_up()


class Databases:
    """Named databases, to be reached by other processes; each may be made as a copy of another."""

    def url(self, name: str) -> str:
        raise NotImplementedError

    def name(self, name: str) -> str:
        """What Django calls it; it is removed at the end."""
        raise NotImplementedError

    def copy(self, name: str, target: str) -> str:
        """Make `target` equal to `name`, which nobody may be using, and give its address."""
        raise NotImplementedError

    def clean_up(self) -> None:
        """Remove what the end of the test leaves."""


class Sqlite(Databases):
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, name: str) -> str:
        return f"sqlite:///{self.folder / name}.sqlite3"

    def name(self, name: str) -> str:
        return str(self.folder / f"{name}.sqlite3")

    def copy(self, name: str, target: str) -> str:
        for old in self.folder.glob(f"{target}.sqlite3-*"):
            old.unlink()  # the journal of a database that is no more
        shutil.copy(self.folder / f"{name}.sqlite3", self.folder / f"{target}.sqlite3")
        return self.url(target)


class Postgres(Databases):
    def __init__(self) -> None:
        self.made: list[str] = []
        settings = connection.settings_dict
        self.server = {
            "host": settings["HOST"],
            "port": settings["PORT"],
            "user": settings["USER"],
            "password": settings["PASSWORD"],
        }

    def url(self, name: str) -> str:
        where = self.server
        secret = f":{where['password']}" if where["password"] else ""
        return f"postgres://{where['user']}{secret}@{where['host']}:{where['port']}/{self._full(name)}"

    def name(self, name: str) -> str:
        self.made.append(name)
        return self._full(name)

    def copy(self, name: str, target: str) -> str:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", target)
        self._run("CREATE DATABASE {} TEMPLATE {}", target, name)
        self.made.append(target)
        return self.url(target)

    def clean_up(self) -> None:
        for name in self.made:
            self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _full(self, name: str) -> str:
        return f"test_laobrand_kill_{os.getpid()}_{name}"

    def _run(self, statement: str, *names: str) -> None:
        where = {key: value for key, value in self.server.items() if value}
        with psycopg.connect(dbname="postgres", autocommit=True, **where) as server:
            server.execute(sql.SQL(statement).format(*(sql.Identifier(self._full(name)) for name in names)))


def environment(url: str) -> dict[str, str]:
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "laobrand.settings"}


def finish(url: str, pages: Path) -> tuple[int, str]:
    """Run the ingest to its end, after which the audit log must hold: the number of pages that were there before, and
    the catalogue after."""
    command = [sys.executable, "-c", FINISH, str(pages)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(url), capture_output=True, check=True, text=True, timeout=PATIENCE
    )
    count, content = done.stdout.split("\n", 1)
    return int(count), content


def killed_after(lines: int, seconds: float, url: str, pages: Path) -> bool:
    """Start an ingest, wait until it has told so many lines of what it does and a moment longer, and kill it. Gives
    whether it was still running."""
    command = [sys.executable, "-u", "manage.py", "ingest_pages", "--verbosity=2", str(pages)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(url), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        return process.wait(PATIENCE) == -signal.SIGKILL


def test_kills_leave_no_trace(empty: Databases, pages: Path) -> None:
    before, expected = finish(empty.copy("empty", "whole"), pages)
    assert (before, expected.count("'sha256'")) == (0, PAGES)

    chance = random.Random(SEED)
    killed, met = 0, set()
    for attempt in range(ROUNDS):
        url = empty.copy("empty", "killed")
        for _ in range(KILLS):
            killed += killed_after(chance.randrange(LINES), chance.uniform(0, 0.05), url, pages)
        count, content = finish(url, pages)
        met.add(count)
        assert content == expected, f"round {attempt}, with {count} pages in"
        print(f"round {attempt}: {killed} killed so far, the last with {count} pages in; nothing lost, nothing twice")
    assert killed > ROUNDS * KILLS // 2, "most runs were over before they could be killed"
    assert met - {0, PAGES}, "the kills met no ingest under way"
