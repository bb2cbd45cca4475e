"""A list as a file: CSV, XLSX, JSON lines, JSON-LD. All but XLSX are sent while they are made."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext
from rest_framework.utils.encoders import JSONEncoder

from brands.api.pieces import Record
from brands.downloads.tables import DownloadTable, lines, meaning_lines, source_lines
from brands.listing import Listing
from brands.listing.address import full
from brands.spreadsheets.csv_lines import csv_lines
from brands.spreadsheets.downloads import XLSX
from brands.spreadsheets.workbook import WorkbookSheet, workbook_of

# Rows of a list that XLSX is made of: it is whole before the first byte is sent, and a spreadsheet takes no more than
# 1,048,576 lines of sentences.
MOST_IN_XLSX = 50_000

# Characters of a file's name that say what is chosen.
MAX_SAYING = 60

# Columns of a record that stand before its sentences on their own sheet.
_KEYS = ("id", "name", "subject.name", "metric", "value", "unit", "as_of")


def file_of(
    request: HttpRequest, table: DownloadTable, listing: Listing, ending: str, *, sentences: bool, mark: bool
) -> HttpResponseBase:
    """The list as a file with this ending. `sentences`: a line a sentence, of CSV. `mark`: CSV begins with the mark by
    which Excel knows UTF-8."""
    name = _name(table, listing, ending, sentences=sentences)
    if ending == "xlsx":
        return _sent(FileResponse(_workbook(request, table, listing)), name, XLSX)
    kinds: dict[str, tuple[str, Callable[[], Iterable[str]]]] = {
        "csv": ("text/csv; charset=utf-8", lambda: _csv(request, table, listing, sentences=sentences, mark=mark)),
        "jsonl": ("application/jsonl; charset=utf-8", lambda: _json_lines(request, table, listing)),
        "jsonld": ("application/ld+json; charset=utf-8", lambda: _json_ld(request, table, listing)),
    }
    kind, made = kinds[ending]
    return _sent(StreamingHttpResponse(_spoken(made())), name, kind)


def _sent(response: HttpResponseBase, name: str, kind: str) -> HttpResponseBase:
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _name(table: DownloadTable, listing: Listing, ending: str, *, sentences: bool) -> str:
    """劳务品牌-山西-养老护理-2026-11-29.csv"""
    saying = "".join(c if c.isalnum() else "-" for c in listing.saying())[:MAX_SAYING]
    parts = [str(table.title), *(part for part in saying.split("-") if part)]
    parts += [gettext("原句")] if sentences else []
    return f"{'-'.join([*parts, timezone.localdate().isoformat()])}.{ending}"


def _spoken(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces, each made in the language of the request, which is over by then."""
    language = get_language() or ""
    rest = iter(pieces)
    while True:
        with translation.override(language):
            piece = next(rest, None)
        if piece is None:
            return
        yield piece


def _csv(request: HttpRequest, table: DownloadTable, listing: Listing, *, sentences: bool, mark: bool) -> Iterator[str]:
    batches = table.batches(request, listing)
    rows = source_lines(table, request, batches, table.columns) if sentences else lines(table.columns, batches)
    return csv_lines(rows, mark=mark)


def _records(request: HttpRequest, table: DownloadTable, listing: Listing) -> Iterator[Record]:
    """The records as the interface gives them."""
    for batch in table.batches(request, listing):
        yield from batch


def _json_lines(request: HttpRequest, table: DownloadTable, listing: Listing) -> Iterator[str]:
    for record in _records(request, table, listing):
        yield f"{_json(record)}\n"


def _json_ld(request: HttpRequest, table: DownloadTable, listing: Listing) -> Iterator[str]:
    """One graph: each record with its page as its identity, its fields as the interface names them."""
    vocabulary = {"@vocab": f"{full(request, reverse('brands:api_schema'))}#", "url": "@id"}
    yield f'{{"@context": {_json(vocabulary)}, "@graph": [\n'
    before = ""
    for record in _records(request, table, listing):
        yield f"{before}{_json(record)}"
        before = ",\n"
    yield "\n]}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, cls=JSONEncoder)


def _workbook(request: HttpRequest, table: DownloadTable, listing: Listing) -> Any:
    """Three sheets: the list, its sentences, and what the columns mean."""
    columns = table.columns
    first = WorkbookSheet(
        str(table.title), lines(columns, table.batches(request, listing)), [one.width for one in columns]
    )
    sheets = [first]
    if table.proofs is not None:
        keys = [column for column in columns if column.name in _KEYS]
        sheets.append(
            WorkbookSheet(gettext("原句"), source_lines(table, request, table.batches(request, listing), keys))
        )
    return workbook_of([*sheets, WorkbookSheet(gettext("列的含义"), meaning_lines(columns), (18, 60, 24))])
