"""Columns of a table: how each field of a row is written into a cell, read from one, compared and described."""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext

from brands.models import Brand, Evidence, Region
from brands.spreadsheets.cells import Cell, is_exact, joined, parted, plain
from brands.vocabulary.dates import from_iso, to_iso
from brands.vocabulary.names import name_key
from brands.vocabulary.numbers import day
from brands.vocabulary.typed_numbers import typed_decimal
from curation.transfer.people_words import chosen, iso_of, pieces_of, plain_width, whole_number, year_of
from curation.transfer.references import Known

# The cells of one line of a file, by column.
CellTexts: TypeAlias = Mapping[str, str]

# What a column of the database may hold.
Value: TypeAlias = str | int | bool | Decimal | None

# The largest number that counts something of a row: an edition.
MOST_COUNTED = 9999

_ITEM = re.compile(r"([0-9]+)(?:\s+(.*))?", re.DOTALL)


@dataclass(slots=True)
class TableRow:
    """A row of a model, and by attribute what a file wants its cells of many to be; where a file says nothing of them,
    they are what the database has."""

    row: models.Model
    wanted: dict[str, list[str]] = field(default_factory=dict)

    def copy(self) -> "TableRow":
        return TableRow(copy(self.row), dict(self.wanted))


class TableColumn:
    """A text. `attribute` is that of the model's row, `header` what the column is called in a file, and `name` what the
    history calls the field."""

    # Whether it is only there to be read: an import doesn't look at it.
    shown_only = False

    # Whether it holds a value of the row; else the row is no other one by what stands there.
    is_of_row = True

    def __init__(self, attribute: str, *, header: str = "", name: str = "") -> None:
        self.attribute = attribute
        self.header = header or attribute
        self.name = name or attribute.removesuffix("_id")

    def text(self, row: TableRow) -> str:
        """What the field holds, as text: two rows hold the same where this is the same."""
        value = getattr(row.row, self.attribute)
        return "" if value is None else str(value)

    def cell(self, row: TableRow, text: str, known: Known) -> Cell:
        """What stands in the cell. `text` is that of the row, `known` are the rows that the table refers to."""
        return text

    def described(self, row: TableRow, known: Known) -> str:
        """What the field holds, as people read it."""
        return self.text(row)

    def label(self, model: type[models.Model]) -> str:
        """What forms call the field."""
        field = model._meta.get_field(self.name)
        return str(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name)  # type: ignore[union-attr]

    def load(self, row: TableRow, cells: CellTexts, known: Known) -> None:
        """Set the field to what its cell says; ValueError, in words for people, where that is no value of it."""
        setattr(row.row, self.attribute, self.read(cells[self.header], row, cells, known))

    def read(self, text: str, row: TableRow, cells: CellTexts, known: Known) -> Value:
        """The value that the cell stands for; ValueError as with :meth:`load`. Blanks around a text go, unless it had
        them before."""
        return text if text == self.text(row) else text.strip()


class ReadOnlyColumn(TableColumn):
    """A field that an import leaves alone."""

    shown_only = True


class OtherNames(ReadOnlyColumn):
    """Names that belong to the row, to be read."""

    def text(self, row: TableRow) -> str:
        return joined([one.name for one in getattr(row.row, self.attribute).all()])


class ScopeWords(ReadOnlyColumn):
    """The words of the papers that say what a number measures, each once, to be read."""

    def text(self, row: TableRow) -> str:
        pieces: list[Evidence] = row.row.scope_evidence  # type: ignore[attr-defined]  # as the table fetches it
        return joined(list(dict.fromkeys("".join(one.quote.split()) for one in pieces)))

    def label(self, model: type[models.Model]) -> str:
        return gettext("口径的原话")


class Details(ReadOnlyColumn):
    """What else is said of a brand, each behind the code of its kind, to be read: trade:绣花|destination:北京."""

    def text(self, row: TableRow) -> str:
        if row.row._state.adding:
            return ""
        return joined([f"{one.kind}:{one.words}" for one in getattr(row.row, self.attribute).all()])


class ChoiceColumn(TableColumn):
    """One of a closed list, by its code; read by its label, too, and by other words for it."""

    def described(self, row: TableRow, known: Known) -> str:
        return str(dict(self._choices(row)).get(self.text(row), self.text(row)))

    def read(self, text: str, row: TableRow, cells: CellTexts, known: Known) -> str:
        if text.strip():
            return chosen(text, self.attribute, self._choices(row))
        field: Any = row.row._meta.get_field(self.attribute)
        return "" if field.blank or not row.row._state.adding else field.get_default() or ""

    def _choices(self, row: TableRow) -> Sequence[tuple[str, str | Promise]]:
        return list(row.row._meta.get_field(self.attribute).flatchoices)  # type: ignore[union-attr]


class CountColumn(TableColumn):
    """A whole number, or nothing."""

    def cell(self, row: TableRow, text: str, known: Known) -> Cell:
        return int(text) if text else ""

    def read(self, text: str, row: TableRow, cells: CellTexts, known: Known) -> int | None:
        number = whole_number(text)
        if text.strip() and (number is None or number > MOST_COUNTED):
            raise ValueError(gettext("“%s”不是整数。") % text.strip())
        return number


class YearColumn(CountColumn):
    """A year, or nothing."""

    def read(self, text: str, row: TableRow, cells: CellTexts, known: Known) -> int | None:
        return year_of(text)


class NumberColumn(TableColumn):
    """A decimal number with all its digits."""

    def text(self, row: TableRow) -> str:
        return plain(getattr(row.row, self.attribute))

    def cell(self, row: TableRow, text: str, known: Known) -> Cell:
        value = getattr(row.row, self.attribute)
        return Decimal(text) if value is not None and is_exact(value) else text

    def described(self, row: TableRow, known: Known) -> str:
        value = getattr(row.row, self.attribute)
        return "" if value is None else f"{value.normalize():,f}"

    def read(self, text: str, row: TableRow, cells: CellTexts, known: Known) -> Decimal | None:
        text = text.strip()
        if re.fullmatch(r"[0-9.]+[eE][+-]?[0-9]+", text):
            raise ValueError(gettext("“%s”是科学计数法，可能已丢失末尾几位；请把这一列设为文本，写全数字。") % text)
        number = typed_decimal(text)
        if text and number is None:
            raise ValueError(gettext("“%s”不是数字；请写成 50000、50,000 或 5万，最多 20 位整数、4 位小数。") % text)
        return number


class DateColumn(TableColumn):
    """A date as ISO 8601, cut to its precision, which is a field of its own."""

    def __init__(self, attribute: str, precision: str) -> None:
        super().__init__(attribute)
        self.precision = precision

    def text(self, row: TableRow) -> str:
        return to_iso(getattr(row.row, self.attribute), getattr(row.row, self.precision))

    def described(self, row: TableRow, known: Known) -> str:
        date = getattr(row.row, self.attribute)
        return day(date, getattr(row.row, self.precision)) if date else ""

    def load(self, row: TableRow, cells: CellTexts, known: Known) -> None:
        text = cells[self.header].strip()
        date, precision = from_iso(iso_of(text))
        if text and date is None:
            raise ValueError(gettext("“%s”不是日期；请写成 2025、2025-11 或 2025-11-20。") % text)
        setattr(row.row, self.attribute, date)
        setattr(row.row, self.precision, precision)


class FlagColumn(TableColumn):
    """Yes or no, as 1 or 0."""

    def text(self, row: TableRow) -> str:
        return str(int(getattr(row.row, self.attribute)))

    def described(self, row: TableRow, known: Known) -> str:
        return gettext("是") if getattr(row.row, self.attribute) else gettext("否")

    def read(self, text: str, row: TableRow, cells: CellTexts, known: Known) -> bool:
        code = plain_width(text)
        if code not in {"0", "1", "是", "否"}:
            raise ValueError(gettext("只能是 1（是）或 0（否）。"))
        return code in {"1", "是"}


class Reference(TableColumn):
    """Another row by its key. The column `named` holds its name: for people to read, and to find the row by where the
    key is empty."""

    def __init__(self, attribute: str, model: type[models.Model]) -> None:
        super().__init__(attribute, header=attribute.removesuffix("_id"))
        self.model = model
        self.named = f"{self.header}_name"

    def described(self, row: TableRow, known: Known) -> str:
        return known[self.model].of.get(self.text(row), self.text(row))

    def read(self, text: str, row: TableRow, cells: CellTexts, known: Known) -> str | int | None:
        key, name = self.mentioned(cells)[0]
        if not key and not name:
            return None
        found: str | int = self.model._meta.pk.to_python(known[self.model].find(key, name))
        return found

    def keys(self, row: TableRow) -> list[str]:
        """The keys that the row holds."""
        key = self.text(row)
        return [key] if key else []

    def mentioned(self, cells: CellTexts) -> list[tuple[str, str]]:
        """The keys and names in a line of a file. A name may stand where the key should, or behind it."""
        key, name = plain_width(cells.get(self.header, "")), cells.get(self.named, "").strip()
        if key and not key.isdecimal() and not name:
            return [("", key) if self.model is Region else item_of(key)]
        return [(key, name)]


class NameOf(TableColumn):
    """The name beside a reference."""

    shown_only = True

    def __init__(self, reference: Reference) -> None:
        super().__init__(reference.attribute, header=reference.named)
        self.model = reference.model

    def cell(self, row: TableRow, text: str, known: Known) -> Cell:
        return known[self.model].of.get(text, "") if text else ""


class Many(TableColumn):
    """Rows that belong to the row, in one cell."""

    def present(self, row: models.Model) -> list[str]:
        """The parts as the database has them, in order."""
        raise NotImplementedError

    def parts(self, row: TableRow) -> list[str]:
        """The parts as a file wants them, else as they are."""
        if self.attribute in row.wanted:
            return row.wanted[self.attribute]
        return self.present(row.row) if row.row.pk is not None and not row.row._state.adding else []

    def text(self, row: TableRow) -> str:
        return joined(self.parts(row))

    def load(self, row: TableRow, cells: CellTexts, known: Known) -> None:
        parts = [self.part(one, known) for one in self.parted(row, cells[self.header])]
        row.wanted[self.attribute] = self.ordered(parts)

    def parted(self, row: TableRow, text: str) -> list[str]:
        """The parts that stand in a cell: between the marks of a file of the site, and those that people write."""
        return [piece for part in parted(text) for piece in pieces_of(part)]

    def part(self, text: str, known: Known) -> str:
        """What one part of the cell stands for; ValueError as with :meth:`load`."""
        raise NotImplementedError

    def ordered(self, parts: list[str]) -> list[str]:
        return sorted(parts)


class Aliases(Many):
    """Other names, sorted."""

    def present(self, row: models.Model) -> list[str]:
        return sorted(alias.name for alias in getattr(row, self.attribute).all())

    def described(self, row: TableRow, known: Known) -> str:
        return "、".join(self.parts(row))

    def parted(self, row: TableRow, text: str) -> list[str]:
        """A name that the brand has stays whole, whatever marks it has in it."""
        there = {*self.present(row.row)} if not row.row._state.adding else set()
        return [piece for part in parted(text) for piece in ([part] if part in there else pieces_of(part))]

    def part(self, text: str, known: Known) -> str:
        return text

    def ordered(self, parts: list[str]) -> list[str]:
        """ValueError for what can't be a name, or is there twice."""
        keys: dict[str, str] = {}
        longest = Brand._meta.get_field("name").max_length or 0
        for part in parts:
            key = name_key(part)
            if not key or len(part) > longest:
                raise ValueError(gettext("别名“%s”太长，或只有标点。") % part[:longest])
            if key in keys:
                raise ValueError(gettext("别名“%(one)s”与“%(other)s”是同一个。") % {"one": keys[key], "other": part})
            keys[key] = part
        return sorted(parts)


class Links(Many):
    """Rows of another model, each as its key and its name."""

    def __init__(self, attribute: str, model: type[models.Model]) -> None:
        super().__init__(attribute)
        self.model = model

    def present(self, row: models.Model) -> list[str]:
        return sorted(str(one.pk) for one in getattr(row, self.attribute).all())

    def cell(self, row: TableRow, text: str, known: Known) -> Cell:
        names = known[self.model].of
        return joined([f"{key} {names.get(key, '')}".strip() for key in self.parts(row)])

    def described(self, row: TableRow, known: Known) -> str:
        return "、".join(known[self.model].of.get(key, key) for key in self.parts(row))

    def part(self, text: str, known: Known) -> str:
        return known[self.model].find(*item_of(text))

    def keys(self, row: TableRow) -> list[str]:
        return self.parts(row)

    def mentioned(self, cells: CellTexts) -> list[tuple[str, str]]:
        return [item_of(piece) for part in parted(cells.get(self.header, "")) for piece in _linked(part)]

    def parted(self, row: TableRow, text: str) -> list[str]:
        return [piece for part in parted(text) for piece in _linked(part)]

    def ordered(self, parts: list[str]) -> list[str]:
        return sorted(set(parts))


def _linked(part: str) -> list[str]:
    """The items of a cell of links. What has its key before it was written by the site, and is one."""
    return [part] if _ITEM.fullmatch(part.strip()) else pieces_of(part)


def item_of(text: str) -> tuple[str, str]:
    """The key and the name in one part of a cell of links, either of which may be missing.

    >>> item_of("12 吕梁山护工"), item_of("90后绣娘")
    (('12', '吕梁山护工'), ('', '90后绣娘'))
    """
    match = _ITEM.fullmatch(text.strip())
    return (match[1], (match[2] or "").strip()) if match else ("", text.strip())
