"""Lines of cells -> an XLSX workbook with one sheet: numbers as numbers, every text as a text, whatever it looks like.

Written as XML by hand: openpyxl, which reads what comes in, takes five times as long to write a hundred thousand rows,
and guesses of each text what it may be.
"""

from collections.abc import Iterable
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

# All but the sheet and its name. The second of the formats, 49, is text: what is typed there stays as it is typed.
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
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
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)


class CellTooLongError(Exception):
    """A cell is longer than a spreadsheet takes."""


def workbook(table: Iterable[list[Cell]], title: str) -> IO[bytes]:
    """The workbook, in a file that is gone once it is closed. `title` names the sheet. CellTooLongError where a cell is
    too long for one."""
    file = TemporaryFile()  # noqa: SIM115  # it is handed on
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, _HEAD + part)
        archive.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name="{escape(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((_HEAD + _SHEET).encode())
            for number, cells in enumerate(table, 1):
                sheet.write(_row(number, cells).encode())
            sheet.write(b"</sheetData></worksheet>")
    file.seek(0)
    return file


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
