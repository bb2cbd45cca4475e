"""`manage.py export` of a million numbers, against what the database's own program takes to write the same query.

That is sqlite3 with ``.mode csv`` or psql with ``COPY … TO STDOUT``. Both are processes of their own: memory is the
largest that a process had resident, times are a row's. Processor time is that of the process alone, so on PostgreSQL,
whose server works in another, wall time counts.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.scale.databases import Database, databases
from tests.variables import ROOT

BRANDS, REPORTS, NUMBERS = 2500, 8, 1_000_000
GOAL = 4
MOST_MEMORY = 150

# What prints the rows and the statement of the list, in a process whose settings name the database.
_STATEMENT = """
import django; django.setup()
from django.db import connection
from django.http import QueryDict
from brands.downloads.tables import TABLES
rows = TABLES["statistics"].chosen(QueryDict(""), "").listing.ordered()
sql, values = rows.query.sql_with_params()
with connection.cursor() as cursor:
    if connection.vendor == "postgresql":
        from psycopg import ClientCursor
        print(ClientCursor(connection.connection).mogrify(sql, values))
    else:
        print(connection.ops.last_executed_query(cursor, sql, values))
"""
_MULTIPLY = f"import django; django.setup()\nfrom tests.bench.million import multiply\nprint(multiply({NUMBERS}))"


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of wall and of processor time, and the most MB of memory that were resident."""

    wall: float
    processor: float
    memory: float


def time_export() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for vendor in ("sqlite", "postgresql"):
            for database in databases(vendor, [BRANDS], Path(folder)):
                million = replace(database, reports=REPORTS)
                million.fill()
                _python(million, _MULTIPLY)
                measure(million, Path(folder))
                million.drop()


def measure(database: Database, folder: Path) -> None:
    """Print what all numbers take as CSV and with a line a sentence, and what the database's own program takes."""
    statement = _python(database, _STATEMENT).strip()
    theirs = _run(_program(database, statement), database, folder / "theirs.csv")
    plain = _run(["export", "statistics", "--no-bom"], database, folder / "ours.csv")
    said = _run(["export", "statistics", "--no-bom", "--sentences"], database, folder / "said.csv")
    rows = _lines(folder / "ours.csv") - 1
    print(f"\n{database.vendor}: {rows:,} numbers as CSV; microseconds a row of the file\n")
    print(f"{'':24}{'wall':>8}{'processor':>11}{'MB':>7}")
    told = (("its own program", theirs, _lines(folder / "theirs.csv")), ("export", plain, rows),
            ("export --sentences", said, _lines(folder / "said.csv") - 1))  # fmt: skip
    for name, one, lines in told:
        print(f"{name:24}{one.wall / lines * 1e6:8.1f}{one.processor / lines * 1e6:11.1f}{one.memory:7.0f}")
    counted = "processor" if database.vendor == "sqlite" else "wall"
    ratio = getattr(plain, counted) / getattr(theirs, counted)
    print(f"ratio of {counted} time: {ratio:.1f} (goal: at most {GOAL}{'' if ratio <= GOAL else ': missed'})")
    print(f"memory: {max(plain.memory, said.memory):.0f} MB (goal: below {MOST_MEMORY})", flush=True)


def _program(database: Database, statement: str) -> list[str]:
    if database.vendor == "sqlite":
        return ["sqlite3", "-csv", str(database.path), statement]
    return ["psql", "-q", database.url, "-c", f"COPY ({statement}) TO STDOUT WITH (FORMAT csv)"]


def _run(command: list[str], database: Database, file: Path) -> Taken:
    if command[0] == "export":
        command = [sys.executable, "-W", "ignore", "manage.py", *command, "--output", str(file)]
    environment = database.environment | {"DJANGO_SETTINGS_MODULE": "laobrand.settings"}
    start = time.perf_counter()
    with file.with_suffix(".out").open("wb") as out:
        done = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out)
        _pid, status, used = os.wait4(done.pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise RuntimeError(f"{command[:4]} failed with status {status}")
    if not file.exists():
        file.with_suffix(".out").rename(file)
    return Taken(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _python(database: Database, code: str) -> str:
    environment = database.environment | {"DJANGO_SETTINGS_MODULE": "laobrand.settings"}
    command = [sys.executable, "-W", "ignore", "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _lines(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _line in lines)
