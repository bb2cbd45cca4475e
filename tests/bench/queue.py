"""How long the review queue takes to open with 100,000 facts waiting, on SQLite and PostgreSQL, held against its plain
SQL plus an admin page with nothing on it: `python -m tests.bench queue`.

Two ratios: to the statements of the page itself, which read a table of counts and take next to nothing, and to the
question that the page answers, asked of the catalogue in plain SQL. The second is the one that has a goal."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass

import psycopg

from tests.run import refusal, server
from tests.variables import ROOT

GOAL = 1.5
NAME = "laobrand_bench_queue"
CHILD = "import django; django.setup(); from tests.bench.queue_filled import main; main()"


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds: of the page, of its statements alone, of the empty page."""

    page: float
    statements: float
    empty: float

    @property
    def ratio(self) -> float:
        return self.page / (self.statements + self.empty)


def time_queue() -> None:
    """Both databases, each in a process of its own and gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        _run("sqlite", f"sqlite:///{folder}/queue.sqlite3")
    reason = refusal(server())
    if reason is not None:
        print(f"PostgreSQL left out: {reason}")
        return
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME}")
        connection.execute(f"CREATE DATABASE {NAME}")
        try:
            _run("postgresql", f"{server().rpartition('/')[0]}/{NAME}")
        finally:
            connection.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def _run(vendor: str, url: str) -> None:
    environment = os.environ | {
        "DATABASE_URL": url,
        "ALLOWED_HOSTS": "localhost",
        "HTTPS": "false",
        "SECRET_KEY": "b" * 50,
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "tests.bench.queue_settings",
    }
    command = [sys.executable, "-W", "ignore", "-c", CHILD]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    print(
        f"\n{vendor}: {found['facts']:,} facts wait at {found['articles']:,} articles; counted in {found['seconds']} s"
    )
    plain = found["plain"]
    print(f"the same asked of the catalogue in plain SQL: {plain:.1f} ms")
    print(f"{'page':>8}{'own SQL':>9}{'empty':>8}{'ratio':>7}{'to plain':>10}  (milliseconds; the goal is {GOAL})")
    for address, values in found["pages"].items():
        times = Times(*values)
        against = times.page / (plain + times.empty)
        print(
            f"{times.page:8.1f}{times.statements:9.1f}{times.empty:8.1f}{times.ratio:7.2f}{against:10.2f}  {address}",
            flush=True,
        )
