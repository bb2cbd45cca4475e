"""A file as it was uploaded -> its lines of cells, or in plain words why it can't be read. Nothing of it is believed:
not its size, not its encoding, not what an archive says of itself."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from brands.spreadsheets.cells import MAX_CELL, armed, plain, unspelled

# Largest file: what nginx lets through, with the form around it.
MAX_BYTES = 8 * 1024 * 1024

# Most rows of a file: as many changes as one click takes back.
MAX_ROWS = 10_000

MAX_COLUMNS = 40

# Lines that are looked through, empty ones among them.
MAX_LINES = 100_000

# Bytes that a workbook may unpack to.
MAX_UNPACKED = 64 * 1024 * 1024

# Files within a workbook.
MAX_PARTS = 500

# Tags of one row of a workbook, which openpyxl holds all at once: more than the widest row of a spreadsheet needs.
MAX_TAGS = 200_000

ENCODINGS = {"utf-8-sig": "UTF-8", "gb18030": "GB18030"}
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
DELIMITERS = ",\t;"

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


class RefusedFileError(Exception):
    """Why the file can't be read, in the active language."""


@dataclass(slots=True)
class Lines:
    """The names of the columns, and the rows with the numbers that they have in a spreadsheet. `format` and `encoding`
    say how they were read, `notes` what of the file was passed over."""

    headers: list[str]
    rows: list[tuple[int, list[str]]]
    format: str
    encoding: str = ""
    notes: list[str] = field(default_factory=list)


def read(data: bytes) -> Lines:
    """The lines of a CSV or XLSX file, whatever its name says. RefusedFileError for any other."""
    if len(data) > MAX_BYTES:
        raise RefusedFileError(gettext("文件太大，最多 %d MB。") % (MAX_BYTES // 2**20))
    if data.startswith(b"PK\x03\x04"):
        return _of_workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedFileError(gettext("这是旧式的 .xls 文件（或加了密码），请另存为 .xlsx 或 CSV。"))
    text, encoding = _decoded(data)
    return _sorted_out(_of_text(text), "CSV", encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    """A text that decodes without a fault: UTF-16 says what it is, anything that is no UTF-8 is what spreadsheets in
    China write."""
    candidates = {"utf-16": "UTF-16"} if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ENCODINGS
    for codec, name in candidates.items():
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, name
    raise RefusedFileError(gettext("不是 CSV 或 XLSX 文件，或者文字编码认不出来；请存为 UTF-8 的 CSV 或 XLSX。"))


def _of_text(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error:
        told = gettext("文件第 %d 行的引号不配对，或单元格太长，后面的内容读不了。")
        raise RefusedFileError(told % reader.line_num) from None


def _of_workbook(data: bytes) -> Lines:
    _check_archive(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheets = book.worksheets
        if not sheets:
            raise RefusedFileError(gettext("工作簿里没有工作表。"))
        sheets[0].reset_dimensions()  # what a file says of its size need not be true
        lines = _sorted_out(_of_sheet(sheets[0]), "XLSX")
    except BROKEN:
        raise RefusedFileError(gettext("工作簿已损坏，或不是 XLSX 文件。")) from None
    if len(sheets) > 1:
        told = gettext("文件有 %(count)d 张工作表，只读了第一张“%(name)s”。")
        lines.notes.append(told % {"count": len(sheets), "name": sheets[0].title})
    return lines


def _check_archive(data: bytes) -> None:
    """That the archive doesn't unpack to more than it may: reading stops at the sizes that it gives."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
        is_small = len(parts) <= MAX_PARTS and sum(part.file_size for part in parts) <= MAX_UNPACKED
        is_small = is_small and not any(
            _has_an_endless_row(archive, part) for part in parts if "sheet" in part.filename
        )
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise RefusedFileError(gettext("工作簿已损坏，或不是 XLSX 文件。")) from None
    if not is_small:
        raise RefusedFileError(gettext("工作簿解开后太大，最多 %d MB。") % (MAX_UNPACKED // 2**20))


def _has_an_endless_row(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    tags = 0
    with archive.open(part) as file:
        while chunk := file.read(2**16):
            before, *rows = _ROW.split(chunk)
            tags += before.count(b"<")
            if tags > MAX_TAGS:
                return True
            if rows:
                tags = rows[-1].count(b"<")
    return False


def _of_sheet(sheet: Any) -> Iterator[list[str]]:
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), 1):
        cells = []
        for cell in row:
            if cell.data_type == "f":
                told = gettext("第 %(line)d 行有公式（%(place)s）；请先把公式粘贴为数值。")
                raise RefusedFileError(told % {"line": number, "place": cell.coordinate})
            cells.append(_written(cell.value))
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


def _sorted_out(lines: Iterable[list[str]], format: str, encoding: str = "") -> Lines:  # noqa: A002
    """The first line as the headers; lines without a word in them are left out."""
    found: Lines | None = None
    for number, cells in enumerate(lines, 1):
        if number > MAX_LINES or (found and len(found.rows) > MAX_ROWS):
            raise RefusedFileError(gettext("超过 %s 行，请拆成几个文件。") % f"{MAX_ROWS:,}")
        if not any(cell.strip() for cell in cells):
            continue
        if found is None:
            found = Lines(_headers(cells), [], format, encoding)
        else:
            found.rows.append((number, _fitted(number, cells, found.headers)))
    if found is None or not found.rows:
        raise RefusedFileError(gettext("文件里没有数据：第一行应是列名，下面每行一条记录。"))
    if len(found.rows) > MAX_ROWS:
        raise RefusedFileError(gettext("超过 %s 行，请拆成几个文件。") % f"{MAX_ROWS:,}")
    return found


def _headers(cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise RefusedFileError(gettext("超过 %d 列。") % MAX_COLUMNS)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise RefusedFileError(gettext("列名“%s”为空或出现了两次。") % twice[0])
    if "" in names:
        raise RefusedFileError(gettext("列名“%s”为空或出现了两次。") % "")
    return names


def _fitted(number: int, cells: list[str], headers: list[str]) -> list[str]:
    """The cells of a line, one for each header."""
    if any(cell.strip() for cell in cells[len(headers) :]):
        told = gettext("第 %(line)d 行有 %(count)d 格，多于 %(headers)d 个列名；多半是逗号或引号用错了。")
        raise RefusedFileError(told % {"line": number, "count": len(cells), "headers": len(headers)})
    for name, cell in zip(headers, cells, strict=False):
        if len(cell) > MAX_CELL + 1:
            told = gettext("第 %(line)d 行“%(column)s”太长，最多 %(limit)d 字。")
            raise RefusedFileError(told % {"line": number, "column": name, "limit": MAX_CELL})
        if _UNSTORABLE.search(cell):
            told = gettext("第 %(line)d 行“%(column)s”里有不能保存的字符。")
            raise RefusedFileError(told % {"line": number, "column": name})
    filled = [armed(cell) for cell in cells[: len(headers)]]
    return filled + [""] * (len(headers) - len(filled))
