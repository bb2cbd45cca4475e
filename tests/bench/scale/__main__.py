"""`python -m tests.bench.scale`: how lists and searches hold up as the catalogue grows, on SQLite and PostgreSQL.

Ratios of figures of one run, beside what the project asks of them. With --keep the databases stay, SQLite's in the
folder, and the next run takes them again; 100,000 brands take some ten minutes to make, a million hours.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.bench.scale import fresh, pages
from tests.bench.scale.databases import Database, databases
from tests.bench.scale.goals import table
from tests.bench.scale.queries import queries
from tests.variables import ROOT

SIZES = (2_500, 100_000)
VENDORS = ("sqlite", "postgresql")
PARTS = ("pages", "statements", "fresh", "upkeep", "engine")


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="brands (default: 2500 100000)")
    parser.add_argument("--vendors", nargs="+", choices=VENDORS, default=VENDORS)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--keep", type=Path, help="folder for SQLite's databases, which stay, as PostgreSQL's do")
    chosen = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = chosen.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        for vendor in chosen.vendors:
            measured = {}
            for database in databases(vendor, list(chosen.sizes), folder.resolve()):
                if not chosen.keep:
                    stack.callback(database.drop)
                database.fill()
                measured[database.brands] = measure(database, chosen.parts, folder)
            if measured:
                print(*table(vendor, measured), sep="\n", flush=True)
                print(json.dumps({vendor: measured}, indent=1), flush=True)


def measure(database: Database, parts: Sequence[str], folder: Path) -> dict[str, float]:
    """All figures of one database by name."""
    print(f"measuring {database.brands} brands on {database.vendor}", file=sys.stderr, flush=True)
    found: dict[str, float] = {}
    if "pages" in parts:
        found |= pages.measure(database)
    if "statements" in parts:
        found |= _process("statements", database, queries(database))
    if "fresh" in parts:
        found |= fresh.measure(database)
    if "upkeep" in parts and database.vendor == "sqlite":
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            empty = Database("sqlite", 0, f"sqlite:///{scratch}/ingest.sqlite3")
            found |= _process("upkeep", empty, ())
    if "engine" in parts:
        found |= _process("engine", database, queries(database))
    return found


def _process(part: str, database: Database, arguments: Sequence[str]) -> dict[str, float]:
    """The figures that a part prints, run in a process whose settings name the database."""
    command = [sys.executable, "-W", "ignore", "-m", f"tests.bench.scale.{part}", *arguments]
    environment = database.environment | {"BENCH_CACHE": "off"}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    main(sys.argv[1:])
