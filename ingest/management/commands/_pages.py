"""What the commands that read pages have in common: their arguments, a progress bar, and the report of failures."""

import argparse
import sys
from collections.abc import Generator, Iterator
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from ingest.files import STDIN, SUFFIX, Delivery, FileListing, deliver, list_files
from ingest.parallel import PageOutcome, Work, run

T = TypeVar("T")


def whole_number(text: str) -> int:
    """An argument that is a whole number, 0 or more."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"expected a whole number, 0 or more, got {text!r}")
    return int(text)


class PagesCommand(BaseCommand):
    """A command over files, folders and standard input. It goes on after a page that fails and says so at the end."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="FILE|FOLDER|-",
            help=f"pages as text; of a folder, all *{SUFFIX} files in it and below; {STDIN} reads standard input",
        )
        parser.add_argument("--name", default=STDIN, help="name of the page on standard input")
        parser.add_argument(
            "--jobs",
            type=whole_number,
            default=1,
            metavar="N",
            help="processes that extract, 0 for all cores (default: 1)",
        )

    def listing(self, options: dict[str, Any]) -> FileListing:
        """The files to read, once it is said what was passed over."""
        found = list_files(options["paths"])
        if found.passed_over:
            self.stderr.write(f"{found.passed_over} files in folders are not *{SUFFIX} and were passed over")
        return found

    def outcomes(
        self, deliveries: Iterator[Delivery], work: Work[T], *, jobs: int, total: int
    ) -> Generator[PageOutcome[T], None, None]:
        """The outcome of each page, with a progress bar where standard error is a terminal."""
        tqdm.monitor_interval = 0  # its thread would keep batch from copying this process, and the bar does without
        yield from tqdm(run(deliveries, work, jobs=jobs), total=total, unit="page", file=sys.stderr, disable=None)

    def deliveries(self, listing: FileListing, options: dict[str, Any]) -> Iterator[Delivery]:
        return deliver(listing.entries, stdin_name=options["name"])

    def report(self, failures: list[str], *, total: int, what: str) -> None:
        """CommandError, which ends the command with status 1, where something failed."""
        for failure in failures:
            self.stderr.write(failure)
        if failures:
            raise CommandError(f"{len(failures)} of {total} files {what}")
