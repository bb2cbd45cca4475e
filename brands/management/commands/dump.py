"""Writes the whole public data, dated: for who wants all of it, and to be loaded into another installation."""

import sys
from argparse import ArgumentTypeError
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from brands.dumps.columns import DumpTable, Record
from brands.dumps.files import DumpError
from brands.dumps.formats import NoParquetError
from brands.dumps.pruning import prune
from brands.dumps.writing import newest_in, write_dump


class Command(BaseCommand):
    help = (
        "Write the whole public data as of now into a new folder of DIR: CSV, JSON lines, a SQLite file, their"
        " description (datapackage.json), SHA256SUMS, and what changed since the dump before (delta.jsonl). The site"
        " may serve and load meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        told = "the directory of the dumps; if not said, that of the setting DUMPS_DIRECTORY, which /data/ shows"
        parser.add_argument(
            "directory", nargs="?", type=Path, default=settings.DUMPS_DIRECTORY, metavar="DIR", help=told
        )
        told = "the dump with which the delta begins, by its name in DIR or its path; if not said, the newest in DIR"
        parser.add_argument("--since", metavar="DUMP", help=told)
        told = "afterwards, take the dumps in DIR away but the newest N, this one among them; if not said, none"
        parser.add_argument("--keep", type=_at_least_one, metavar="N", help=told)
        parser.add_argument("--parquet", action="store_true", help="Parquet files as well, for which pyarrow is needed")

    def handle(
        self, *args: Any, directory: Path, since: str | None, parquet: bool, keep: int | None, **options: Any
    ) -> None:
        before = newest_in(directory) if since is None else _named(directory, since)
        try:
            written = write_dump(directory, timezone.now(), since=before, parquet=parquet, progress=_shown)
        except NoParquetError as error:
            raise CommandError("For Parquet, pyarrow is needed: pip install 'laobrand[parquet]'") from error
        except (DumpError, OSError) as error:
            raise CommandError(str(error)) from error
        for name, rows in written.rows.items():
            self.stdout.write(f"{name}: {rows}")
        if before is not None:
            self.stdout.write(f"changed since {before.name}: {written.changed}")
        self.stdout.write(str(written.folder))
        if keep is not None:
            self._prune(directory, keep)

    def _prune(self, directory: Path, keep: int) -> None:
        try:
            for name, foreign in prune(directory, keep):
                if foreign:
                    self.stderr.write(f"{name} is kept: {foreign} in it is no file of a dump")
                else:
                    self.stdout.write(f"taken away: {name}")
        except OSError as error:
            raise CommandError(f"An old dump can't be taken away: {error}") from error


def _at_least_one(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text[:9]) >= 1):
        raise ArgumentTypeError(f"{text} is no whole number of 1 or more")
    return int(text[:9])


def _named(directory: Path, since: str) -> Path:
    """A dump by its name in the directory, or by its path."""
    there = directory / since
    return there if there.is_dir() else Path(since)


def _shown(table: DumpTable, records: Iterable[Record]) -> Iterable[Record]:
    """On a terminal, a bar a table."""
    if not sys.stderr.isatty():
        return records
    tqdm.monitor_interval = 0
    return tqdm(records, desc=table.name, total=table.rows().count(), unit="row", file=sys.stderr, leave=False)
