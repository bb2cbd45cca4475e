"""The table of who gets what: matrix.csv has a row for each address, method and action, and a column for each role.

A cell is the status of the answer, with a plus where the request wrote to the catalogue.

`python -m tests.curation.matrix` asks for what has no row yet, adds what came of it, and drops the rows of what is no
more. What it wrote is to be read before it is committed: it is what the site does, not what it should. A row that is
wrong is taken out by hand and asked for again once the site is right.
"""

import csv
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

import django

TABLE = Path(__file__).with_name("matrix.csv")
ROLES = ("anonymous", "viewer", "editor", "reviewer", "admin")
KEYS = ("address", "method", "action")

Key: TypeAlias = tuple[str, str, str]
# What each of `ROLES` gets.
Cells: TypeAlias = tuple[str, ...]


def read() -> dict[Key, Cells]:
    """The rows of the table; ValueError where one stands twice."""
    if not TABLE.exists():
        return {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    table: dict[Key, Cells] = {
        (row["address"], row["method"], row["action"]): tuple(row[role] for role in ROLES) for row in rows
    }
    if len(table) != len(rows):
        raise ValueError(f"{TABLE.name}: a row stands twice")
    return table


def write(table: Mapping[Key, Iterable[str]]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*KEYS, *ROLES))
        writer.writerows((*key, *table[key]) for key in sorted(table))


def main() -> None:
    """Bring the table up to date in a database made for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laobrand.settings")
    django.setup()
    from django.test.runner import DiscoverRunner

    from tests.curation.asking import asked, keys, make_world

    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        make_world()
        present, known = list(keys()), read()
        missing = [key for key in present if key not in known]
        gone = set(known) - set(present)
        write({key: row for key, row in known.items() if key not in gone} | asked(missing))
    finally:
        runner.teardown_databases(databases)
    print(f"{len(missing)} rows added, {len(gone)} dropped: read `git diff {TABLE.name}` before you commit it")


if __name__ == "__main__":
    main()
