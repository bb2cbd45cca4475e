"""Columns of a table: how each field of a row is written into a cell, read from one, compared and told."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext
from import_export.fields import Field

from brands.models import Brand
from brands.vocabulary.dates import from_iso, to_iso
from brands.vocabulary.names import name_key
from brands.vocabulary.numbers import day
from curation.transfer.cells import Cell, is_exact, joined, parted, plain
from curation.transfer.references import Known

Row = Mapping[str, str]

_NUMBER = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,4})?")
_YEAR = re.compile(r"[0-9]{4}")
_SLASHED = re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})")
_ITEM = re.compile(r"([0-9]+)(?:\s+(.*))?", re.DOTALL)


class TableColumn(Field):  # type: ignore[misc]
    """A text. `attribute` is that of the model's row; `name` is what the history calls the field."""

    shown_only = False
    """Whether it is there to be read: an import doesn't look at it."""

    def __init__(self, attribute: str, *, column: str = "", name: str = "") -> None:
        super().__init__(attribute=attribute, column_name=column or attribute)
        self.name = name or attribute.removesuffix("_id")

    def said(self, row: Any) -> str:
        """What the field holds, as text: two rows hold the same where this is the same."""
        value = getattr(row, self.attribute)
        return "" if value is None else str(value)

    def export(self, row: Any, **given: Any) -> Cell:
        """What the cell says. `given` are the rows that are `known`, and what was `said` of this one, if it was asked
        already."""
        said: str | None = given.get("said")
        return self.said(row) if said is None else said

    def told(self, row: Any, known: Known) -> str:
        """What the field holds, as people read it."""
        return self.said(row)

    def label(self, model: type[models.Model]) -> str:
        """What forms call the field."""
        field = model._meta.get_field(self.name)
        return str(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name)  # type: ignore[union-attr]

    def save(self, instance: Any, row: Row, is_m2m: bool = False, **given: Any) -> None:
        setattr(instance, self.attribute, self.read(row[self.column_name], instance, row, given["known"]))

    def read(self, text: str, instance: Any, row: Row, known: Known) -> Any:
        """The value that the cell stands for; ValueError, in words for people, where it stands for none. Blanks around
        a text go, unless it had them before."""
        return text if text == self.said(instance) else text.strip()


class ReadOnlyColumn(TableColumn):
    """A field that an import leaves alone."""

    shown_only = True


class OtherNames(ReadOnlyColumn):
    """Names that belong to the row, to be read."""

    def export(self, row: Any, **given: Any) -> Cell:
        return joined([one.name for one in getattr(row, self.attribute).all()])


class ChoiceColumn(TableColumn):
    """One of a closed list, by its code."""

    def told(self, row: Any, known: Known) -> str:
        return str(dict(self._choices(row)).get(self.said(row), self.said(row)))

    def read(self, text: str, instance: Any, row: Row, known: Known) -> str:
        code = text.strip()
        choices = self._choices(instance)
        if not code or code in dict(choices):
            return code
        meant = next((value for value, label in choices if str(label) == code), "")
        if meant:
            raise ValueError(gettext("“%(text)s”请写作 %(code)s。") % {"text": code, "code": meant})
        raise ValueError(gettext("只能是 %s 之一。") % gettext("、").join(value for value, _label in choices if value))

    def _choices(self, row: Any) -> list[tuple[str, Any]]:
        return list(row._meta.get_field(self.attribute).flatchoices)


class YearColumn(TableColumn):
    """A year, or nothing."""

    def export(self, row: Any, **given: Any) -> Cell:
        value = getattr(row, self.attribute)
        return "" if value is None else int(value)

    def read(self, text: str, instance: Any, row: Row, known: Known) -> int | None:
        text = text.strip()
        if text and not _YEAR.fullmatch(text):
            raise ValueError(gettext("“%s”不是年份，请写四位数字。") % text)
        return int(text) if text else None


class NumberColumn(TableColumn):
    """A decimal number with all its digits."""

    def said(self, row: Any) -> str:
        return plain(getattr(row, self.attribute))

    def export(self, row: Any, **given: Any) -> Cell:
        value = getattr(row, self.attribute)
        return Decimal(self.said(row)) if value is not None and is_exact(value) else self.said(row)

    def told(self, row: Any, known: Known) -> str:
        value = getattr(row, self.attribute)
        return "" if value is None else f"{value.normalize():,f}"

    def read(self, text: str, instance: Any, row: Row, known: Known) -> Decimal | None:
        text = text.strip()
        if re.fullmatch(r"[0-9.]+[eE][+-]?[0-9]+", text):
            raise ValueError(gettext("“%s”是科学计数法，可能已丢失末尾几位；请把这一列设为文本，写全数字。") % text)
        if text and not _NUMBER.fullmatch(text):
            raise ValueError(gettext("“%s”不是数字；只写数字和小数点，最多 20 位整数、4 位小数。") % text)
        return Decimal(text) if text else None


class DateColumn(TableColumn):
    """A date as ISO 8601, cut to its precision, which is a field of its own."""

    def __init__(self, attribute: str, precision: str) -> None:
        super().__init__(attribute)
        self.precision = precision

    def said(self, row: Any) -> str:
        return to_iso(getattr(row, self.attribute), getattr(row, self.precision))

    def told(self, row: Any, known: Known) -> str:
        date = getattr(row, self.attribute)
        return day(date, getattr(row, self.precision)) if date else ""

    def save(self, instance: Any, row: Row, is_m2m: bool = False, **given: Any) -> None:
        text = row[self.column_name].strip()
        slashed = _SLASHED.fullmatch(text)  # as spreadsheets rewrite it
        date, precision = from_iso("-".join(part.zfill(2) for part in slashed.groups()) if slashed else text)
        if text and date is None:
            raise ValueError(gettext("“%s”不是日期；请写成 2025、2025-11 或 2025-11-20。") % text)
        setattr(instance, self.attribute, date)
        setattr(instance, self.precision, precision)


class FlagColumn(TableColumn):
    """Yes or no, as 1 or 0."""

    def said(self, row: Any) -> str:
        return str(int(getattr(row, self.attribute)))

    def told(self, row: Any, known: Known) -> str:
        return gettext("是") if getattr(row, self.attribute) else gettext("否")

    def read(self, text: str, instance: Any, row: Row, known: Known) -> bool:
        if text.strip() not in {"0", "1"}:
            raise ValueError(gettext("只能是 1（是）或 0（否）。"))
        return text.strip() == "1"


class Reference(TableColumn):
    """Another row by its key. The column `named` holds its name: for people to read, and to find the row by where the
    key is empty."""

    def __init__(self, attribute: str, model: type[models.Model]) -> None:
        super().__init__(attribute, column=attribute.removesuffix("_id"))
        self.model = model
        self.named = f"{self.column_name}_name"

    def told(self, row: Any, known: Known) -> str:
        return known[self.model].of.get(self.said(row), self.said(row))

    def read(self, text: str, instance: Any, row: Row, known: Known) -> Any:
        key, name = text.strip(), row.get(self.named, "").strip()
        if not key and not name:
            return None
        return self.model._meta.pk.to_python(known[self.model].find(key, name))

    def keys(self, row: Any) -> list[str]:
        """The keys that the row holds."""
        key = self.said(row)
        return [key] if key else []

    def mentioned(self, row: Row) -> list[tuple[str, str]]:
        """The keys and names in a line of a file."""
        return [(row.get(self.column_name, "").strip(), row.get(self.named, "").strip())]


class NameOf(TableColumn):
    """The name beside a reference."""

    shown_only = True

    def __init__(self, reference: Reference) -> None:
        super().__init__(reference.attribute, column=reference.named)
        self.model = reference.model

    def export(self, row: Any, **given: Any) -> Cell:
        value = self.said(row)
        return given["known"][self.model].of.get(value, "") if value else ""


class Many(TableColumn):
    """Rows that belong to the row, in one cell. What a file wants them to be is kept beside the row until it is
    written."""

    def present(self, row: Any) -> list[str]:
        """The parts as the database has them, in order."""
        raise NotImplementedError

    def parts(self, row: Any) -> list[str]:
        """The parts as a file wants them, else as they are."""
        wanted: list[str] | None = vars(row).get(f"_wanted_{self.attribute}")
        if wanted is not None:
            return wanted
        return self.present(row) if row.pk is not None and not row._state.adding else []

    def said(self, row: Any) -> str:
        return joined(self.parts(row))

    def save(self, instance: Any, row: Row, is_m2m: bool = False, **given: Any) -> None:
        parts = [self.part(one, given["known"]) for one in parted(row[self.column_name])]
        vars(instance)[f"_wanted_{self.attribute}"] = self.ordered(parts)

    def part(self, text: str, known: Known) -> str:
        """What one part of the cell stands for; ValueError as with :meth:`read`."""
        raise NotImplementedError

    def ordered(self, parts: list[str]) -> list[str]:
        return sorted(parts)


class Aliases(Many):
    """Other names, sorted."""

    def present(self, row: Any) -> list[str]:
        return sorted(alias.name for alias in row.aliases.all())

    def told(self, row: Any, known: Known) -> str:
        return "、".join(self.parts(row))

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

    def present(self, row: Any) -> list[str]:
        return sorted(str(one.pk) for one in getattr(row, self.attribute).all())

    def export(self, row: Any, **given: Any) -> Cell:
        names = given["known"][self.model].of
        return joined([f"{key} {names.get(key, '')}".strip() for key in self.parts(row)])

    def told(self, row: Any, known: Known) -> str:
        return "、".join(known[self.model].of.get(key, key) for key in self.parts(row))

    def part(self, text: str, known: Known) -> str:
        return known[self.model].find(*item_of(text))

    def keys(self, row: Any) -> list[str]:
        return self.parts(row)

    def mentioned(self, row: Row) -> list[tuple[str, str]]:
        return [item_of(part) for part in parted(row.get(self.column_name, ""))]

    def ordered(self, parts: list[str]) -> list[str]:
        return sorted(set(parts))


def item_of(text: str) -> tuple[str, str]:
    """The key and the name in one part of a cell of links, either of which may be missing.

    >>> item_of("12 吕梁山护工"), item_of("90后绣娘")
    (('12', '吕梁山护工'), ('', '90后绣娘'))
    """
    match = _ITEM.fullmatch(text.strip())
    return (match[1], (match[2] or "").strip()) if match else ("", text.strip())
