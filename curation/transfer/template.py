"""An empty workbook for a table, to be filled in: the columns as people call them, lists to choose from, what each
column takes. What is filled in comes in by the import as it is."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from curation.transfer.columns import (
    Aliases,
    ChoiceColumn,
    CountColumn,
    DateColumn,
    FlagColumn,
    Links,
    NameOf,
    NumberColumn,
    Reference,
    TableColumn,
    YearColumn,
)
from curation.transfer.headings import labels_of
from curation.transfer.source_columns import SourceColumn
from curation.transfer.tables import TABLES, VERSION, Table

# Rows in which the lists are offered.
PREPARED = 1_000

# The rows of the sheet of choices that a list may take.
MOST_CHOICES = 60


def template(kind: str) -> IO[bytes]:
    """The workbook, in a file that is gone once it is closed."""
    table = TABLES[kind]()
    labels = labels_of(table)
    headers = list(_headers(table))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = gettext("填写")
    sheet.freeze_panes = "A2"
    choices = book.create_sheet(gettext("取值"))
    help_sheet = book.create_sheet(gettext("说明"))
    for at, header in enumerate(headers, 1):
        column = table.columns.get(header)
        letter = get_column_letter(at)
        sheet[f"{letter}1"] = labels[header]
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet.column_dimensions[letter].width = width_of(labels[header], column)
        sheet.column_dimensions[letter].number_format = "@"
        offered = _offered(table, column)
        if offered:
            _offer(sheet, choices, letter, labels[header], offered)
    _explain(help_sheet, table, headers, labels)
    file = TemporaryFile()  # noqa: SIM115  # it is handed on
    book.save(file)
    file.seek(0)
    return file


def width_of(label: str, column: TableColumn | None) -> int:
    """How wide a column of a spreadsheet is, in digits: Chinese characters are two."""
    by_kind = {"name": 26, "description": 48, "organisation": 30, "aliases": 26, "source_words": 40, "source_title": 34}
    wanted = by_kind.get(column.header if column else "", 14)
    return max(wanted, 2 * len(label) + 2)


def _headers(table: Table) -> Iterator[str]:
    """The columns that somebody fills in for new rows: a place once, by its name."""
    yield table.key
    for header, column in table.columns.items():
        if not column.shown_only and header != VERSION and not isinstance(column, NameOf):
            yield header


def _offered(table: Table, column: TableColumn | None) -> list[str]:
    if isinstance(column, ChoiceColumn):
        field = table.model._meta.get_field(column.attribute)
        return [str(label) for value, label in field.flatchoices if value]  # type: ignore[union-attr]
    return [gettext("是"), gettext("否")] if isinstance(column, FlagColumn) else []


def _offer(sheet: Worksheet, choices: Worksheet, letter: str, label: str, offered: list[str]) -> None:
    """Let the cells of the column be chosen from a list, which stands in a column of the other sheet."""
    at = get_column_letter(choices.max_column + (choices["A1"].value is not None))
    for number, text in enumerate([label, *offered[:MOST_CHOICES]], 1):
        choices[f"{at}{number}"] = text
    choices.column_dimensions[at].width = 20
    formula = f"'{choices.title}'!${at}$2:${at}${len(offered) + 1}"
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = label, gettext("请从列表里选。")
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{PREPARED + 1}")


def _explain(sheet: Worksheet, table: Table, headers: list[str], labels: dict[str, str]) -> None:
    sheet.append([gettext("列"), gettext("怎么填"), gettext("程序里的列名")])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for header in headers:
        sheet.append([labels[header], _how(table, header), header])
    for line in (
        gettext("在“填写”这一张表里填，每行一条；填好之后从“导入”上传，先核对，再写入。"),
        gettext("列可以删，顺序可以换；表头上方可以有标题。"),
        gettext("改已有的记录，请先导出，在导出的表里改。"),
    ):
        sheet.append([line])
    for letter, width in (("A", 22), ("B", 70), ("C", 20)):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_col=2, max_col=2):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")


def _how(table: Table, header: str) -> str:
    column = table.columns.get(header)
    if header == table.key:
        return gettext("六位代码。") if header == "adcode" else gettext("新记录留空。")
    if isinstance(column, SourceColumn):
        return gettext("哪里说到它：有原话和来源才会公开。")
    if isinstance(column, Reference):
        is_place = column.model._meta.model_name == "region"
        return gettext("名称、山西吕梁这样的写法、拼音或六位代码。") if is_place else gettext("编号或名称。")
    told = {
        ChoiceColumn: gettext("从列表里选。"),
        FlagColumn: gettext("从列表里选。"),
        YearColumn: gettext("四位年份，如 2024。"),
        CountColumn: gettext("整数。"),
        NumberColumn: gettext("数字，如 50000、50,000 或 5万。"),
        DateColumn: gettext("日期，知道多少写多少：2025、2025-11、2025年11月20日。"),
        Aliases: gettext("可以有几个，用顿号隔开。"),
        Links: gettext("编号或名称，可以有几个，用顿号隔开。"),
    }
    return next((words for kind, words in told.items() if isinstance(column, kind)), gettext("文字。"))
