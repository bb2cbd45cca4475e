"""The columns of a table of public data, and how its rows are read."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, TypeAlias

from django.db.models import Model, QuerySet, TextChoices
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from brands.vocabulary.choices import ReviewState
from brands.vocabulary.dates import to_iso

# A type of Table Schema.
Kind: TypeAlias = Literal["string", "integer", "number", "date", "datetime", "array"]

# A public row, by the names of its columns.
Record: TypeAlias = dict[str, Any]

# Rows that are read together.
BATCH = 2_000

# A date that may stop at the month or the year.
PARTIAL_DATE = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


@dataclass(frozen=True, slots=True)
class DumpColumn:
    """A column. `sources` are the attributes or expressions of the row that it is made of; `into` is the attribute that
    takes its value where a dump is loaded, empty for what follows from others. `of` is the table that it refers to."""

    name: str
    sources: tuple[str | Combinable, ...]
    meaning: str
    kind: Kind = "string"
    into: str = ""
    of: str = ""
    choices: type[TextChoices] | None = None
    required: bool = False
    pattern: str = ""
    unit: str = ""
    made: Callable[..., Any] = field(default=lambda value: value)

    def value(self, values: tuple[Any, ...]) -> Any:
        """The public value of these of the row; unknown is None."""
        found = self.made(*values)
        if found == "":
            return None
        if isinstance(found, datetime):
            return found.astimezone(UTC).isoformat()
        return found.isoformat() if isinstance(found, date) else found


def plain(value: Decimal | None) -> int | Decimal | None:
    """The number without zeros that say nothing: whole where it is whole.

    >>> plain(Decimal("2.5000"))
    Decimal('2.5')
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()


def column(name: str, meaning: str = "", source: str | Combinable = "", **said: Any) -> DumpColumn:
    """A column that holds one attribute as it is."""
    source = source or name
    into = source if isinstance(source, str) else ""
    return DumpColumn(name, (source,), meaning, **({"into": into} | said))


def number_column(meaning: str = "number of the record; it stays the same") -> DumpColumn:
    return column("id", meaning, kind="integer", required=True)


def key_column(name: str, of: str, meaning: str = "", source: str | Combinable = "", **said: Any) -> DumpColumn:
    """A column that refers to a row of another table."""
    kind = "string" if of == "regions" else "integer"
    return column(name, meaning, source or f"{name}_id", **({"of": of, "kind": kind, "into": f"{name}_id"} | said))


def place_column(name: str, meaning: str, source: str) -> DumpColumn:
    return key_column(name, "regions", f"{meaning}: code of the division (GB/T 2260)", source, into=source)


def partial_date_column(name: str, precision: str, meaning: str) -> DumpColumn:
    told = f"{meaning}: ISO 8601; stops at the month or the year where no more is known"
    return DumpColumn(name, (name, precision), told, pattern=PARTIAL_DATE, made=to_iso)


def confidence_column() -> DumpColumn:
    return column("confidence", "the extraction's own estimate, 0 to 1", kind="number", required=True)


def review_column() -> DumpColumn:
    told = "confirmed by a person, or proposed by the machine"
    return column("review", told, choices=ReviewState, required=True)


@dataclass(frozen=True)
class DumpTable:
    """A table: its `rows` are all that are public; the first column is the key."""

    name: str
    title: Promise
    model: type[Model]
    meaning: str
    rows: Callable[[], QuerySet[Any]]
    columns: tuple[DumpColumn, ...]

    @property
    def key(self) -> DumpColumn:
        return self.columns[0]

    @cached_property
    def _places(self) -> list[slice]:
        """Where the values of each column stand in a row that is read."""
        ends = [sum(len(one.sources) for one in self.columns[: at + 1]) for at in range(len(self.columns))]
        return [slice(end - len(one.sources), end) for one, end in zip(self.columns, ends, strict=True)]

    def records(self, keys: Collection[Any] | None = None) -> Iterator[Record]:
        """The public rows in the order of their keys, or those of them with these keys."""
        rows = self.rows() if keys is None else self.rows().filter(pk__in=keys)
        sources = [source for column in self.columns for source in column.sources]
        found = rows.order_by("pk").values_list(*sources)
        for values in found.iterator(chunk_size=BATCH) if keys is None else found:
            yield {
                column.name: column.value(values[place])
                for column, place in zip(self.columns, self._places, strict=True)
            }
