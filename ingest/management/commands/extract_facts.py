"""Prints the facts of newspaper pages as JSON, one line a page. Needs no database."""

import os
import sys
from contextlib import closing
from typing import Any

from ingest.export import export_line
from ingest.management.commands._pages import PagesCommand
from ingest.pipeline import extract_bytes

# Exit status when the reader of the output went away: 128 + SIGPIPE, as a shell reports it.
CLOSED_PIPE = 141


def facts_line(name: str, data: bytes) -> str:
    """The facts of one page as a line of JSON."""
    return export_line(extract_bytes(name, data))


class Command(PagesCommand):
    help = "Print the facts of newspaper pages as JSON lines, one a page, in the order given. Needs no database."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._print(options)
        except BrokenPipeError:
            _discard_output()
            raise SystemExit(CLOSED_PIPE) from None

    def _print(self, options: dict[str, Any]) -> None:
        listing = self.listing(options)
        total = len(listing.entries)
        failures = []
        _write_utf8()
        found = self.outcomes(self.deliveries(listing, options), facts_line, jobs=options["jobs"], total=total)
        with closing(found) as outcomes:
            for outcome in outcomes:
                if outcome.result is None:
                    failures.append(f"{outcome.label}: {outcome.failure}")
                else:
                    self.stdout.write(outcome.result)
                    self.stdout.flush()
        self.report(failures, total=total, what="failed")


def _write_utf8() -> None:
    """JSON lines are UTF-8, whatever the terminal speaks."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8")


def _discard_output() -> None:
    """Nobody reads it any more; without this, Python would complain when it empties its buffer at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
