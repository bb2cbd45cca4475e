"""A list as a file: CSV, XLSX, JSON lines, JSON-LD. All but XLSX are sent while they are made."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any, TypeAlias

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext
from rest_framework.utils.encoders import JSONEncoder

from brands.api.pieces import Record
from brands.downloads.asked import AskedFile
from brands.downloads.tables import SOURCES, lines, meaning_lines, source_lines
from brands.listing.address import full
from brands.spreadsheets.csv_lines import csv_lines
from brands.spreadsheets.downloads import XLSX
from brands.spreadsheets.workbook import WorkbookSheet, workbook_of

# What each ending is called where files are sent.
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
    "jsonl": "application/jsonl; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
}

# Characters that are sent at a time.
BLOCK = 32_768

# Columns of a record that stand before its sentences on their own sheet.
_KEYS = ("id", "name", "subject.name", "metric", "value", "unit", "as_of")

Batches: TypeAlias = Iterator[Sequence[Record]]
# What sees the records of a file go by, and passes them on.
Passed: TypeAlias = Callable[[Batches], Batches]


def _unseen(batches: Batches) -> Batches:
    return batches


def response_of(request: HttpRequest, asked: AskedFile) -> HttpResponseBase:
    """The file as an answer of the site. CellTooLongError where XLSX can't hold a text."""
    if asked.ending == "xlsx":
        return _sent(FileResponse(workbook_file(request, asked)), asked)
    return _sent(StreamingHttpResponse(_spoken(pieces(request, asked))), asked)


def pieces(request: HttpRequest, asked: AskedFile, passed: Passed = _unseen) -> Iterable[str]:
    """The text of a file that is no workbook, as it is made. `passed` sees the records go by."""
    batches = passed(asked.chosen.batches(request, quoted=asked.sentences or asked.ending != "csv"))
    if asked.ending == "csv":
        table = asked.table
        rows = source_lines(table, request, batches) if asked.sentences else lines(table.columns, batches)
        return _blocks(csv_lines(rows, mark=asked.mark))
    return _blocks(_json_lines(batches) if asked.ending == "jsonl" else _json_ld(request, batches))


def _blocks(told: Iterable[str]) -> Iterator[str]:
    """The same text in pieces of some size: what is sent and written costs something each time."""
    waiting: list[str] = []
    size = 0
    for one in told:
        waiting.append(one)
        size += len(one)
        if size >= BLOCK:
            yield "".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting)


def workbook_file(request: HttpRequest, asked: AskedFile, passed: Passed = _unseen) -> IO[bytes]:
    """Three sheets: the list, its sentences, and what the columns mean."""
    table = asked.table
    columns = table.columns
    listed = lines(columns, passed(asked.chosen.batches(request, quoted=False)))
    sheets = [WorkbookSheet(str(table.title), listed, [one.width for one in columns])]
    if table.proofs is not None:
        keys = [column for column in columns if column.name in _KEYS]
        said = source_lines(table, request, asked.chosen.batches(request), keys)
        sheets.append(WorkbookSheet(gettext("原句"), said, [column.width for column in (*keys, *SOURCES)]))
    return workbook_of([*sheets, WorkbookSheet(gettext("列的含义"), meaning_lines(asked.told_columns), (18, 60, 24))])


def _sent(response: HttpResponseBase, asked: AskedFile) -> HttpResponseBase:
    response.headers["Content-Type"] = KINDS[asked.ending]
    response.headers["Content-Disposition"] = content_disposition_header(True, asked.name) or "attachment"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _spoken(told: Iterable[str]) -> Iterator[str]:
    """The pieces, each made in the language of the request, which is over by then."""
    language = get_language() or ""
    rest = iter(told)
    while True:
        with translation.override(language):
            piece = next(rest, None)
        if piece is None:
            return
        yield piece


def _json_lines(batches: Batches) -> Iterator[str]:
    for batch in batches:
        for record in batch:
            yield f"{_json(record)}\n"


def _json_ld(request: HttpRequest, batches: Batches) -> Iterator[str]:
    """One graph: each record with its page as its identity, its fields as the interface names them."""
    vocabulary = {"@vocab": f"{full(request, reverse('brands:api_schema'))}#", "url": "@id"}
    yield f'{{"@context": {_json(vocabulary)}, "@graph": [\n'
    before = ""
    for batch in batches:
        for record in batch:
            yield f"{before}{_json(record)}"
            before = ",\n"
    yield "\n]}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, cls=JSONEncoder)
