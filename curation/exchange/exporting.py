"""Rows of the catalogue -> a file, some at a time, however many there are."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from brands.search.store import batches as chunks
from curation.exchange.cells import MAX_CELL, Cell, disarmed, spelled
from curation.exchange.columns import Links, Reference
from curation.exchange.resources import TABLES

AT_ONCE = 1_000
"""Rows that are held at once."""

BOM = "\ufeff"
"""By which Excel knows that a CSV file is UTF-8; without it, it takes GBK for granted."""


class CellTooLongError(Exception):
    """A cell is longer than a spreadsheet takes."""


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def lines(kind: str, keys: Sequence[Any]) -> Iterator[list[Cell]]:
    """The headers, then the cells of the rows with these keys, in their order; rows that are gone are left out."""
    table = TABLES[kind]()
    yield table.get_export_headers()
    for some in chunks(keys, AT_ONCE):
        rows = table.rows().in_bulk(some)
        known = table.known_of(partial(_referred, list(rows.values())))
        for key in some:
            if key in rows:
                yield table.export_resource(rows[key], known=known)


def _referred(rows: Iterable[Any], column: Reference | Links) -> Iterator[tuple[str, str]]:
    return ((key, "") for row in rows for key in column.keys(row))


def as_csv(table: Iterable[list[Cell]]) -> Iterator[str]:
    """Lines of a CSV file. All cells are quoted: who looks for other separators finds none inside."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield BOM
    for cells in table:
        yield writer.writerow([disarmed(str(cell)) for cell in cells])  # type: ignore[misc]  # what write gives back


def as_xlsx(table: Iterable[list[Cell]], title: str) -> IO[bytes]:
    """A workbook in a file that is gone once it is closed; texts are texts, whatever they look like. CellTooLongError
    where a cell is too long for one."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    pattern = WriteOnlyCell(sheet)
    pattern.number_format = "@"
    for number, cells in enumerate(table, 1):
        sheet.append([_text(sheet, cell, number, pattern._style) if isinstance(cell, str) else cell for cell in cells])
    file = TemporaryFile()  # noqa: SIM115  # it is handed on
    book.save(file)
    file.seek(0)
    return file


def _text(sheet: Any, text: str, number: int, style: Any) -> Any:
    """A cell with this text, past all guessing of what it may be."""
    if not text:
        return None
    if len(text) >= MAX_CELL:
        told = gettext("第 %(line)d 行有超过 %(limit)d 字的内容，XLSX 放不下，请导出 CSV。")
        raise CellTooLongError(told % {"line": number, "limit": MAX_CELL})
    cell = WriteOnlyCell(sheet)
    cell._value, cell.data_type, cell._style = spelled(disarmed(text)), "s", style
    return cell
