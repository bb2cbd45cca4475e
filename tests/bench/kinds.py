"""Every kind of page at the size that the site is made for, on SQLite: a catalogue of its own, filled first."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.scale.databases import Database
from tests.variables import ROOT

# 20,000 brands with some 83,000 articles and 114,000 figures: eight times the labour brands that exist.
BRANDS, REPORTS = 20_000, 5


def time_kinds() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database("sqlite", BRANDS, f"sqlite:///{Path(folder).resolve()}/kinds.sqlite3", REPORTS)
        database.fill()
        print(f"\nEvery kind of page, {BRANDS:,} brands, processor time", flush=True)
        command = [sys.executable, "-W", "ignore", "-m", "tests.bench.scale.kinds"]
        subprocess.run(command, cwd=ROOT, env=database.environment | {"BENCH_CACHE": "off"}, check=True)
