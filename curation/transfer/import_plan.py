"""What a file would make of the catalogue: rows that are new or change, what is wrong with which cell. Nothing is
written, and the same file on the same catalogue gives the same plan, with the same seal."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext

from brands.audit.describe import Difference
from brands.audit.undo import MOST_CHANGES
from brands.search.store import batches as chunks
from curation.transfer import source_columns
from curation.transfer.columns import CellTexts, Many, TableColumn, TableRow
from curation.transfer.headings import Lines
from curation.transfer.people_words import plain_width
from curation.transfer.raw_table import RefusedFileError
from curation.transfer.references import AT_ONCE, Known
from curation.transfer.tables import TABLES, VERSION, Errors, Table

# Characters of a cell that a fault quotes.
MAX_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell; `line` is its row's number in a spreadsheet."""

    line: int
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A row as it would be, and the columns in which it differs from `before`."""

    line: int
    now: TableRow
    was: TableRow
    columns: list[TableColumn]
    is_new: bool

    @property
    def row(self) -> Any:
        """The model's row, with the new values."""
        return self.now.row

    @property
    def before(self) -> Any:
        """The model's row as it was."""
        return self.was.row

    @property
    def name(self) -> str:
        return str(self.before) if not self.is_new else str(self.row)

    @property
    def address(self) -> str:
        """The row's page in the admin; a new one has none."""
        opts = self.row._meta
        return "" if self.is_new else reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.row.pk])

    def differences(self, known: Known) -> list[Difference]:
        """The columns in people's words; a new row has nothing before."""
        return [
            Difference(
                column.label(type(self.row)),
                None if self.is_new else column.described(self.was, known),
                column.described(self.now, known),
            )
            for column in self.columns
        ]

    @property
    def weight(self) -> int:
        """How many changes it is for the audit log, at most."""
        many = [column for column in self.columns if isinstance(column, Many)]
        return (
            1
            + bool(source_columns.said(self.now))
            + sum(len({*column.parts(self.was)} ^ {*column.parts(self.now)}) for column in many)
        )


@dataclass(slots=True)
class ImportPlan:
    """What a file comes to. `passed_over` are columns that are only there to be read."""

    table: Table
    known: Known
    rows: list[Planned] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    @property
    def new(self) -> list[Planned]:
        return [one for one in self.rows if one.is_new]

    @property
    def changed(self) -> list[Planned]:
        return [one for one in self.rows if not one.is_new]

    @property
    def unsourced(self) -> int:
        """How many new rows are facts for which the file gives no source: they are not public."""
        is_fact = source_columns.WORDS in self.table.columns
        return sum(1 for one in self.new if is_fact and not source_columns.said(one.now))

    @property
    def faulty_lines(self) -> int:
        return len({fault.line for fault in self.faults})

    @property
    def seal(self) -> str:
        """Stands for all that the plan would do and all that it says."""
        said = [
            (one.line, [(column.header, column.text(one.was), column.text(one.now)) for column in one.columns])
            for one in self.rows
        ]
        keys = [one.row.pk for one in self.changed]
        return hashlib.sha256(repr((said, keys, self.unchanged, self.faults)).encode()).hexdigest()[:32]


def plan(kind: str, lines: Lines, *, locks: bool = False) -> ImportPlan:
    """What the lines would make of the table. RefusedFileError where they come to more than can be taken back at
    once."""
    table = TABLES[kind](confirms=not settings.FOUR_EYES)
    rows, faults = _once(table, lines)
    found = ImportPlan(table, {}, faults=faults)
    read = {column.header for column in table.written} | {column.named for column in table.references}
    found.passed_over = [name for name in lines.headers if name in table.columns and name not in read]
    found.known = table.known_of(lambda column: (pair for _line, cells in rows for pair in column.mentioned(cells)))
    keys = {plain_width(cells[table.key]) for _line, cells in rows}
    there = table.rows(sorted(filter(table.is_key, keys)), locks=locks)
    unread: dict[int, Errors] = {}
    for (line, column), why in lines.faults.items():
        unread.setdefault(line, {})[column] = [why]
    for line, cells in rows:
        _add_line(found, line, cells, there, unread.get(line, {}))
    _set_doubles_apart(found)
    _name_what_was(found)
    found.faults.sort(key=lambda fault: fault.line)
    if sum(one.weight for one in found.rows) > MOST_CHANGES:
        told = gettext("这个文件要改动的内容超过 %s 项，一次撤销不了这么多，请拆成几个文件。")
        raise RefusedFileError(told % f"{MOST_CHANGES:,}")
    return found


def _once(table: Table, lines: Lines) -> tuple[list[tuple[int, dict[str, str]]], list[Fault]]:
    """The rows by column, without those whose key an earlier line has."""
    rows, faults, seen = [], [], dict[str, int]()
    for number, cells in lines.rows:
        row = dict(zip(lines.headers, cells, strict=True))
        key = row.setdefault(table.key, "").strip()
        if key and key in seen:
            faults.append(Fault(number, table.key, key, gettext("第 %d 行已有同一编号。") % seen[key]))
            continue
        seen[key] = number
        for column in table.references:  # a name alone says which row is meant
            if column.named in row:
                row.setdefault(column.header, "")
        rows.append((number, row))
    return rows, faults


def _add_line(
    found: ImportPlan,
    line: int,
    cells: CellTexts,
    there: Mapping[str, models.Model],
    wrong: Errors,
) -> None:
    """Note in the plan what becomes of a line; `there` are the rows that lines name, by key, and `wrong` is what is
    wrong with cells that could not be read."""
    try:
        planned = _planned(found.table, line, cells, there, found.known, wrong)
    except ValidationError as error:
        found.faults += _faults(line, cells, error)
        return
    if planned is None:
        found.unchanged += 1
    else:
        found.rows.append(planned)


def _planned(
    table: Table, line: int, cells: CellTexts, there: Mapping[str, models.Model], known: Known, wrong: Errors
) -> Planned | None:
    """The row as the line would have it; None where that is what it is, and where the line says just what was written
    out: then it was somebody else who changed the row. ValidationError by column, `wrong` among what is wrong."""
    key = plain_width(cells[table.key])
    is_new = key not in there
    if is_new and not table.may_be_new(cells):
        raise ValidationError({table.key: gettext("没有编号为“%s”的记录。") % key, **wrong})
    row = TableRow(table.new_row(cells) if is_new else there[key])
    before = row.copy()
    readable = {column: text for column, text in cells.items() if column not in wrong}
    errors = {**table.load(row, readable, known), **wrong}
    changed = table.changed(row, before)
    if not errors and not is_new and (not changed or _says_what_was(table, row, changed, cells)):
        return None
    table.check(row, before, errors)
    if not is_new:
        table.check_version(before, cells)
    changed = table.changed(row, before)
    table.by_hand(row.row, [column.name for column in changed if column.is_of_row])
    return Planned(line, row, before, changed, is_new)


def _says_what_was(table: Table, row: TableRow, changed: list[TableColumn], cells: CellTexts) -> bool:
    """Whether the line says just what was written out, and nothing of a source."""
    of_row = all(column.is_of_row for column in changed)
    return of_row and table.version(row) == cells.get(VERSION, "").strip()


def _faults(number: int, row: CellTexts, error: ValidationError) -> Iterator[Fault]:
    for column, words in error.message_dict.items():
        for why in words:
            yield Fault(number, column, row.get(column, "")[:MAX_SHOWN], why)


def _name_what_was(found: ImportPlan) -> None:
    """Learn the names of rows that those which change referred to so far: the file need not mention them."""
    known = found.table.known_of(lambda column: ((key, "") for one in found.changed for key in column.keys(one.was)))
    for model, names in known.items():
        found.known[model].of.update(names.of)


def _set_doubles_apart(found: ImportPlan) -> None:
    """A row that would be the same as another is a fault: as one that is there, even if that one is to change by the
    same file, or as one of an earlier line."""
    table = found.table
    if not table.identity or not found.rows:
        return
    taken = _taken(table, found.rows)
    seen: dict[tuple[Any, ...], int] = {}
    kept = []
    for one in found.rows:
        identity = _identity(table, one.row)
        other = taken.get(identity, one.row.pk)
        why = gettext("已有相同的一条，编号 %s。") % other if other != one.row.pk else ""
        if identity in seen:
            why = gettext("与第 %d 行相同。") % seen[identity]
        if why:
            column = "name" if "name_key" in table.identity else "value"
            found.faults.append(Fault(one.line, column, getattr(one.row, "name", str(one.row))[:MAX_SHOWN], why))
        else:
            seen[identity] = one.line
            kept.append(one)
    found.rows = kept


def _taken(table: Table, rows: list[Planned]) -> dict[tuple[object, ...], int]:
    """The keys of the rows that are there, by what no two may have the same."""
    key = next(name for name in table.identity if name.endswith("_key"))
    taken: dict[tuple[Any, ...], int] = {}
    for some in chunks(sorted({getattr(one.row, key) for one in rows}), AT_ONCE):
        there = table.model._base_manager.filter(**{f"{key}__in": some}).values_list("pk", *table.identity)
        taken.update({tuple(identity): pk for pk, *identity in there})
    return taken


def _identity(table: Table, row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in table.identity)
