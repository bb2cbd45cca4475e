"""Lines of cells -> an XLSX workbook: numbers as numbers, every text as a text, whatever it looks like.

Written as XML by hand: openpyxl, which reads what comes in, takes five times as long to write a hundred thousand rows,
and guesses of each text what it may be.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext

from brands.spreadsheets.cells import MAX_CELL, Cell, disarmed, spelled

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# All but the sheets and their names. The second of the formats, 49, is text: what is typed there stays as it is typed.
_PARTS = {
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}

_SHEET = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)

# Characters of the name of a sheet that spreadsheets take, and those that they don't.
MAX_TITLE = 31
_NOT_IN_TITLES = str.maketrans(dict.fromkeys(":\\/?*[]", " "))


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet: its name, its lines, the first of which stays in view, and how wide its columns are, in characters; of
    those that are not named, as the program has them."""

    title: str
    lines: Iterable[list[Cell]]
    widths: Sequence[int] = ()


class CellTooLongError(Exception):
    """A cell is longer than a spreadsheet takes."""


def workbook(table: Iterable[list[Cell]], title: str) -> IO[bytes]:
    """A workbook of one sheet, as :func:`workbook_of`."""
    return workbook_of([WorkbookSheet(title, table)])


def workbook_of(sheets: Sequence[WorkbookSheet]) -> IO[bytes]:
    """The workbook, in a file that is gone once it is closed; lines are written as they come, one sheet after the
    other. CellTooLongError where a cell is too long for one."""
    file = TemporaryFile()  # noqa: SIM115  # it is handed on
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, part in (_PARTS | _parts_about(sheets)).items():
            archive.writestr(name, _HEAD + part)
        for at, sheet in enumerate(sheets, 1):
            with archive.open(f"xl/worksheets/sheet{at}.xml", "w", force_zip64=True) as written:
                written.write(f"{_HEAD}{_SHEET}{_columns(sheet.widths)}<sheetData>".encode())
                for number, cells in enumerate(sheet.lines, 1):
                    written.write(_row(number, cells).encode())
                written.write(b"</sheetData></worksheet>")
    file.seek(0)
    return file


def _parts_about(sheets: Sequence[WorkbookSheet]) -> dict[str, str]:
    """The parts that name the sheets."""
    numbers = range(1, len(sheets) + 1)
    worksheet = f'ContentType="{_TYPE}.worksheet+xml"'
    titles = [escape(one.title.translate(_NOT_IN_TITLES)[:MAX_TITLE], {'"': "&quot;"}) for one in sheets]
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        + "".join(f'<Override PartName="/xl/worksheets/sheet{at}.xml" {worksheet}/>' for at in numbers)
        + f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in numbers
        )
        + f'<Relationship Id="styles" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name="{title}" sheetId="{at}" r:id="rId{at}"/>' for at, title in enumerate(titles, 1))
        + "</sheets></workbook>",
    }


def _columns(widths: Sequence[int]) -> str:
    told = (f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1))
    return f"<cols>{''.join(told)}</cols>" if widths else ""


def _row(number: int, cells: list[Cell]) -> str:
    return f'<row r="{number}">{"".join(_cell(f"{_letter(at)}{number}", cell) for at, cell in enumerate(cells))}</row>'


def _cell(place: str, cell: Cell) -> str:
    if not isinstance(cell, str):
        return f'<c r="{place}"><v>{cell}</v></c>'
    if not cell:
        return f'<c r="{place}" s="1"/>'
    text = disarmed(cell)
    if len(text) > MAX_CELL:
        told = gettext("单元格 %(place)s 超过 %(limit)d 字，XLSX 放不下，请导出 CSV。")
        raise CellTooLongError(told % {"place": place, "limit": MAX_CELL})
    return f'<c r="{place}" s="1" t="inlineStr"><is><t xml:space="preserve">{escape(spelled(text))}</t></is></c>'


def _letter(at: int) -> str:
    """The name of a column, of which there are fewer than 26 times 27."""
    return f"{chr(64 + at // 26) if at >= 26 else ''}{chr(65 + at % 26)}"
