"""A workbook -> its lines of cells. Nothing of it is believed: not its size, not what the archive says of itself."""

import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from brands.spreadsheets.cells import plain, unspelled
from curation.transfer.raw_table import (
    MAX_COLUMNS,
    MAX_LINES,
    RawTable,
    RefusedFileError,
    collected,
    too_many_rows,
)

# How an archive, and so a workbook, begins.
MAGIC = b"PK\x03\x04"

# Bytes that a workbook may unpack to.
MAX_UNPACKED = 64 * 1024 * 1024

# Files within a workbook.
MAX_PARTS = 500

# Tags of one row or one shared string of a workbook, which openpyxl holds all at once, and of a part without any, such
# as the styles: more than the widest row of a spreadsheet needs.
MAX_TAGS = 200_000

# Tags of all parts together: those of 10,000 rows of 40 columns, each cell with its text.
MAX_TAGS_IN_ALL = 2_500_000

# Merged ranges of one sheet.
MAX_MERGED = 20_000

# What begins a row, and what a row or a shared string.
_ROW = re.compile(rb"<(?:\w{1,20}:)?row\b")
_UNIT = re.compile(rb"<(?:\w{1,20}:)?(?:row|si)\b")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]{0,80}?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_CHUNK, _OVERLAP = 2**16, 200

# What openpyxl raises on a workbook that is none.
BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
)


def read_workbook(data: bytes) -> RawTable:
    """The lines of the first sheet that is not hidden. RefusedFileError where there are none to read."""
    _check_archive(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        if not sheets:
            raise RefusedFileError(gettext("工作簿里没有工作表。"))
        table = _of_sheet(sheets[0])
    except BROKEN:
        raise RefusedFileError(gettext("工作簿已损坏，或不是 XLSX 文件。")) from None
    if len(book.worksheets) > 1:
        told = gettext("文件有 %(count)d 张工作表，只读了“%(name)s”这一张。")
        table.notes.append(told % {"count": len(book.worksheets), "name": sheets[0].title})
    return table


def _check_archive(data: bytes) -> None:
    """That no part of the archive is more than it may be, whatever it is called. Each is unpacked once, a chunk at a
    time, and reading stops at the sizes that the archive gives."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise _too_large()
        tags = 0
        for part in parts:
            tags += _tags(archive, part)
            if tags > MAX_TAGS_IN_ALL:
                raise _too_large()
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise RefusedFileError(gettext("工作簿已损坏，或不是 XLSX 文件。")) from None


def _too_large() -> RefusedFileError:
    return RefusedFileError(gettext("工作簿解开后太大，最多 %d MB。") % (MAX_UNPACKED // 2**20))


def _tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """How many tags a part has. RefusedFileError where it has endless rows, or an endless one."""
    found = rows = since = 0  # tags, rows, tags since a row or a string began
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            found += chunk.count(b"<")
            rows += len(_ROW.findall(chunk))
            first, *others = (piece.count(b"<") for piece in _UNIT.split(chunk))
            since += first
            if max(since, *others, 0) > MAX_TAGS:
                raise _too_large()
            if rows > MAX_LINES:
                raise too_many_rows()
            if others:
                since = others[-1]
    return found


@dataclass(slots=True)
class _Merged:
    """Merged ranges of a sheet, by the row in which they begin, each as (column, last column, last row, its name)."""

    by_row: defaultdict[int, list[tuple[int, int, int, str]]] = field(default_factory=lambda: defaultdict(list))
    # What stands in the columns that go on downwards: column, counted from 0, to last row and text.
    open: dict[int, tuple[int, str]] = field(default_factory=dict)

    def fill(self, number: int, cells: list[str], faults: dict[tuple[int, int], str]) -> None:
        """Write into the cells of a row what ranges from above say; ranges over several columns are faults of it."""
        for first, last, bottom, name in self.by_row.get(number, ()):
            if last > first:
                told = gettext("%s 是跨列合并的单元格，看不出各列的值；请拆开，再逐格填写。")
                faults[number, first - 1] = told % name
            elif first <= len(cells):
                self.open[first - 1] = bottom, cells[first - 1]
        for at, (bottom, text) in list(self.open.items()):
            if number > bottom:
                del self.open[at]
            elif text.strip():
                cells += [""] * (at + 1 - len(cells))
                cells[at] = text


def _of_sheet(sheet: Any) -> RawTable:
    merged, ranges = _Merged(), list(_merged_ranges(sheet))
    for name in ranges:
        first, top, last, bottom = range_boundaries(name)
        merged.by_row[top].append((first, last, bottom, name))
    faults: dict[tuple[int, int], str] = {}
    sheet.reset_dimensions()  # what a file says of its size need not be true
    table = collected(_lines(sheet, merged, faults), "XLSX")
    table.faults |= faults
    table.merged = ranges
    return table


def _merged_ranges(sheet: Any) -> Iterator[str]:
    """The names of the merged ranges, A2:A5. openpyxl reads none of them where it reads a sheet row by row."""
    found, rest = 0, b""
    with sheet._get_source() as file:
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            end = 0
            for match in _MERGED.finditer(text):
                found, end = found + 1, match.end()
                if found > MAX_MERGED:
                    raise RefusedFileError(gettext("合并的单元格超过 %s 处，请先拆开。") % f"{MAX_MERGED:,}")
                yield match[1].decode()
            rest = text[max(end, len(text) - _OVERLAP) :]


def _lines(sheet: Any, merged: _Merged, faults: dict[tuple[int, int], str]) -> Iterator[list[str]]:
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), 1):
        cells = []
        for at, cell in enumerate(row):
            if cell.data_type == "f":
                faults[number, at] = gettext("这一格是公式；请先把公式粘贴为数值。")
                cells.append("=")  # a formula is no text, and no empty cell either
            else:
                cells.append(_written(cell.value))
        merged.fill(number, cells, faults)
        yield cells


def _written(value: object) -> str:
    """A cell's value as a text file would have it."""
    if isinstance(value, str):
        return unspelled(value)
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return plain(Decimal(repr(value)))
    if isinstance(value, datetime):
        return value.date().isoformat() if (value.hour, value.minute, value.second) == (0, 0, 0) else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
