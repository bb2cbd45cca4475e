"""Every kind of page at the size that the site is made for, on SQLite and, where a server answers, on PostgreSQL: a
catalogue of its own, filled first."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.scale.databases import Database
from tests.run import refusal, server
from tests.variables import ROOT

# 20,000 brands with some 100,000 articles and 228,000 figures: eight times the labour brands that exist.
BRANDS, REPORTS, MORE = 20_000, 6, 1


def time_kinds(brands: int = BRANDS) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for database in _databases(Path(folder).resolve(), brands):
            try:
                database.fill()
                clock = "processor" if database.vendor == "sqlite" else "wall"
                print(f"\nEvery kind of page, {brands:,} brands, {database.vendor}, {clock} time", flush=True)
                command = [sys.executable, "-W", "ignore", "-m", "tests.bench.scale.kinds"]
                subprocess.run(command, cwd=ROOT, env=database.environment | {"BENCH_CACHE": "off"}, check=True)
            finally:
                database.drop()


def _databases(folder: Path, brands: int) -> Iterator[Database]:
    yield Database("sqlite", brands, f"sqlite:///{folder}/kinds.sqlite3", REPORTS, MORE)
    reason = refusal(server())
    if reason is None:
        base, name = server().rpartition("/")[0], f"laobrand_bench_kinds_{brands}"
        yield Database("postgresql", brands, f"{base}/{name}", REPORTS, MORE)
    else:
        print(f"PostgreSQL left out: {reason}")
