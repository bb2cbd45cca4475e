"""Loads a dump of the public data into an installation that has no catalogue yet."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from tqdm import tqdm

from brands.dumps.columns import Record
from brands.dumps.files import DumpError
from brands.dumps.loading import is_empty, load_dump
from brands.models import Brand


class Command(BaseCommand):
    help = (
        "Load a dump that `manage.py dump` wrote into an installation without a catalogue: the same brands, programs,"
        " numbers and sentences under the same numbers. All of it is loaded, or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, metavar="DIR", help="the folder of one dump: its SHA256SUMS are checked"
        )
        told = "delete the catalogue that is there, what staff decided included; the audit log keeps it"
        parser.add_argument("--replace", action="store_true", help=told)

    def handle(self, *args: Any, folder: Path, replace: bool, **options: Any) -> None:
        if Brand._meta.db_table not in connection.introspection.table_names():
            raise CommandError("There are no tables yet: run `manage.py migrate` first")
        if not replace and not is_empty():
            raise CommandError("This installation has a catalogue. To delete it and load the dump instead: --replace")
        try:
            written = load_dump(folder, replace=replace, tell=_shown)
        except DumpError as error:
            raise CommandError(str(error)) from error
        for name, rows in written.items():
            self.stdout.write(f"{name}: {rows}")


def _shown(name: str, records: Iterable[Record]) -> Iterable[Record]:
    """On a terminal, a count a table."""
    tqdm.monitor_interval = 0
    return tqdm(records, desc=name, unit="row", file=sys.stderr, disable=None, leave=False)
