"""Answers queries on the command line as the search page does."""

import argparse
import json
import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils import translation

from brands.search.hits import Answer, Hit, answer
from brands.search.lead import OF_TRADE, Lead
from brands.search.query import QueryError

# Hits shown of a query where no number is asked for.
LIMIT = 20

# Hits that may be asked for.
MOST = 1000

# Bytes of a line of queries that are read; what is longer is no query.
LONGEST_LINE = 65_536

STDIN = "-"

# Exit status when the reader of the output went away: 128 + SIGPIPE, as a shell reports it.
CLOSED_PIPE = 141


def number_of_hits(text: str) -> int:
    """An argument from 1 to MOST."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST):
        raise argparse.ArgumentTypeError(f"expected a number from 1 to {MOST}, got {text!r}")
    return int(text)


class Command(BaseCommand):
    help = "Search as the site does. Prints what the search page shows, the best hits first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", nargs="?", help='what to look for, as in the search box: "吕梁护工"')
        parser.add_argument(
            "--file", metavar="QUERIES", help="answer each line of this UTF-8 file (- is standard input) as a JSON line"
        )
        parser.add_argument("--json", action="store_true", help="print a JSON object instead of a table")
        parser.add_argument(
            "--limit", type=number_of_hits, default=LIMIT, metavar="N", help=f"hits a query (default: {LIMIT})"
        )
        parser.add_argument("--exact", action="store_true", help="find exactly what was typed, and nothing else")

    def handle(self, *args: object, **options: object) -> None:
        if (options["query"] is None) == (options["file"] is None):
            raise CommandError("Give either a query or --file QUERIES")
        _write_utf8()
        try:
            with translation.override(settings.LANGUAGE_CODE):
                self._answer_file(options) if options["query"] is None else self._answer_one(options)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(CLOSED_PIPE) from None
        except OperationalError as error:
            raise CommandError(f"The database failed: {' '.join(str(error).split())}") from error

    def _answer_one(self, options: dict[str, Any]) -> None:
        typed = options["query"]
        try:
            typed.encode()
            found = answer(typed, exact=options["exact"], limit=options["limit"])
        except UnicodeEncodeError:
            raise CommandError("The query is not UTF-8") from None
        except QueryError as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(_line(_as_json(typed, found, options["limit"])))
        else:
            self.stdout.writelines(f"{line}\n" for line in _as_table(found, options["limit"]))

    def _answer_file(self, options: dict[str, Any]) -> None:
        if options["file"] == STDIN:
            self._answer_lines(sys.stdin.buffer, options)
            return
        try:
            with Path(options["file"]).open("rb") as file:
                self._answer_lines(file, options)
        except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
            raise CommandError(f"Can't read {options['file']}: {error.strerror}") from error

    def _answer_lines(self, file: BinaryIO, options: dict[str, object]) -> None:
        """A line that can't be asked costs itself alone: it is answered by an object with `error`."""
        for number, data in enumerate(_lines(file), 1):
            self.stdout.write(_line(_answer_line(number, data, options)))
            self.stdout.flush()


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file without their ends, each cut behind LONGEST_LINE bytes."""
    start = b"\xef\xbb\xbf"
    while data := file.readline(LONGEST_LINE + 1):
        rest = data
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE + 1)
        yield data.removeprefix(start).rstrip(b"\r\n")
        start = b""


def _answer_line(number: int, data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    typed = data[:LONGEST_LINE].decode("utf-8", "replace")
    try:
        if len(data) <= LONGEST_LINE:
            typed = data.decode("utf-8", "strict")
        return _as_json(typed, answer(typed, exact=options["exact"], limit=options["limit"]), options["limit"])
    except UnicodeDecodeError as error:
        return {"query": typed[:MOST], "hits": [], "error": f"line {number}: not UTF-8 from byte {error.start} on"}
    except QueryError as error:
        return {"query": typed[:MOST], "hits": [], "error": f"line {number}: {error}"}


def _as_json(typed: str, found: Answer, limit: int) -> dict[str, object]:
    """The answer as the page shows it, its hits in one list."""
    return {
        "query": typed,
        "hits": [_hit(hit) for hit in found.hits[:limit]],
        "totals": {group.kind.value: {"total": group.total, "at_least": group.at_least} for group in found.groups},
        "filters": [{"text": chip.text, "filter": chip.filter, "value": chip.value} for chip in found.chips],
        "added": [{"word": note.word, "texts": note.added, "why": str(note.why.label)} for note in found.notes],
        "corrected": found.corrected,
        "did_you_mean": found.did_you_mean,
        "lead": _lead(found.lead) if found.lead else None,
        "left_out": found.left_out,
        "elsewhere": [_hit(hit) for group in found.elsewhere for hit in group.hits],
        "beside": [_hit(hit) for group in found.beside for hit in group.hits],
    }


def _lead(lead: Lead) -> dict[str, object]:
    return {
        "wants": lead.wants,
        "whose": lead.whose,
        "brands": lead.brands,
        "unmet": lead.unmet,
        "waiting": lead.waiting,
        "figures": [
            {
                "id": str(figure.statistic.pk),
                "name": str(figure.statistic.subject),
                "stated": figure.statistic.stated,
                "sentence": figure.sentence.text,
            }
            for figure in lead.figures
        ],
        "provinces": {province.name: province.brands for province in lead.provinces},
    }


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "type": hit.type.value,
        "name": hit.name,
        "id": hit.id,
        "why": str(hit.why.label),
        "score": round(hit.score, 6),
        "field": hit.field,
        "url": hit.url,
        "marks": [(mark.start, mark.end) for mark in hit.marks],
        "snippet": hit.snippet,
        "snippet_marks": [(mark.start, mark.end) for mark in hit.snippet_marks],
        "reprints": [str(article.pk) for article in hit.reprints],
    }


def _as_table(found: Answer, limit: int) -> Iterator[str]:
    """A line a hit: what it is, its name, why it is there, its number and the words that say so."""
    if found.corrected:
        yield f"没有找到“{found.typed}”，以下是“{found.corrected}”："
    elif not found.hits:
        yield f"没有找到“{found.typed}”"
    if found.lead:
        yield from _as_lines(found.lead)
    if found.did_you_mean:
        yield f"是否要找：{'、'.join(found.did_you_mean)}"
    yield from _columns(found.hits[:limit])
    if found.elsewhere:
        yield f"其他地区（没有收录“{'、'.join(found.left_out)}”的）："
        yield from _columns([hit for group in found.elsewhere for hit in group.hits][:limit])


def _as_lines(lead: Lead) -> Iterator[str]:
    """What a question is answered before its hits."""
    if lead.whose == OF_TRADE:
        yield f"没有要找的{lead.metric}，同行业（{lead.called}）的有："
    for figure in lead.figures:
        yield f"{figure.statistic.subject}：{figure.statistic.stated}"
    if lead.provinces:
        yield "、".join(f"{province.name} {province.brands}" for province in lead.provinces)


def _columns(hits: Sequence[Hit]) -> Iterator[str]:
    rows = [(str(hit.type.label), hit.name, str(hit.why.label), hit.id, hit.snippet) for hit in hits]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)][:-1]
    for *cells, last in rows:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
        yield "  ".join((*padded, " ".join(last.split()))).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _line(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False)


def _write_utf8() -> None:
    """Answers are UTF-8, whatever the terminal speaks; what a file gave in other bytes is shown as question marks."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")
