"""Statements that are written once and run often: Django takes longer to write one than the database to answer it.

    @prepared
    def _names(keys: object) -> object:
        return Brand.objects.filter(pk__in=keys).values_list("pk", "name")

``_names([1, 2])`` are the rows, as tuples. The queryset may depend on nothing but its keys.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from itertools import chain
from typing import Any, TypeAlias

from django.db import connection, models
from django.db.models.expressions import RawSQL

Row: TypeAlias = tuple[Any, ...]
# From an expression for the keys to a queryset of values.
Make: TypeAlias = Callable[[Any], Any]


# Values in one statement; both databases take 32,766.
MOST_VALUES = 5_000


class _Keys:
    """Stands for the keys among the parameters of a statement."""


@dataclass(frozen=True, slots=True)
class _Statement:
    sql: str
    values: Sequence[Any]
    converters: Sequence[tuple[int, Any, Any]]
    """Column, what makes the value of a field of it, and the field's expression."""

    def run(self, given: Any) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [given if value is _Keys else value for value in self.values])
            rows: list[Row] = cursor.fetchall()
        return [self._converted(row) for row in rows] if self.converters else rows

    def _converted(self, row: Row) -> Row:
        values = list(row)
        for column, convert, expression in self.converters:
            values[column] = convert(values[column], expression, connection)
        return tuple(values)


def prepared(make: Make) -> Callable[[Collection[object]], list[Row]]:
    """The function that runs the statement. Keys are all numbers or all texts; without keys nothing is asked."""

    @cache
    def statement(vendor: str, array: str) -> _Statement:
        return _written(make, _listed(array))

    @wraps(make)
    def rows(keys: Collection[object]) -> list[Row]:
        if not keys:
            return []
        array = "text[]" if isinstance(next(iter(keys)), str) else "bigint[]"
        given = json.dumps(list(keys)) if connection.vendor == "sqlite" else list(keys)
        return statement(connection.vendor, array).run(given)

    return rows


def prepared_for_one(make: Make) -> Callable[[object], list[Row]]:
    """The same for a statement that is asked of one key, so that an index gives its rows in their order."""

    @cache
    def statement(_vendor: str) -> _Statement:
        return _written(make, "%s")

    @wraps(make)
    def rows(key: object) -> list[Row]:
        return statement(connection.vendor).run(key)

    return rows


def _listed(array: str) -> str:
    """The keys as rows."""
    return "SELECT value FROM json_each(%s)" if connection.vendor == "sqlite" else f"SELECT unnest(%s::{array})"


def _written(make: Make, listed: str) -> _Statement:
    compiler = make(RawSQL(listed, [_Keys])).query.get_compiler(connection=connection)  # noqa: S611  two constants
    sql, values = compiler.as_sql()
    found = compiler.get_converters([expression for expression, *_ in compiler.select])
    converters = [(column, one, expression) for column, (several, expression) in found.items() for one in several]
    return _Statement(sql, values, converters)


def upsert(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Write rows, each with the values of all columns, in the order of the model's fields; a row with the key of one
    that is there takes its place."""
    key, *others = (f'"{field.column}"' for field in model._meta.concrete_fields)
    new = ", ".join(f"{column} = excluded.{column}" for column in others)
    _write(model, [key, *others], rows, f" ON CONFLICT ({key}) DO UPDATE SET {new}")


def insert(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Write new rows, each with the values of all columns but the key, which the database gives."""
    _write(model, [f'"{field.column}"' for field in model._meta.concrete_fields if not field.primary_key], rows)


def _write(model: type[models.Model], columns: Sequence[str], rows: Sequence[Row], conflict: str = "") -> None:
    """Many rows a statement: SQLite makes each statement on a table with triggers ready to be undone by itself."""
    into = f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES '  # noqa: S608  names of columns
    marks = f"({', '.join(['%s'] * len(columns))})"
    size = MOST_VALUES // len(columns)
    with connection.cursor() as cursor:
        for at in range(0, len(rows), size):
            some = rows[at : at + size]
            cursor.execute(into + ", ".join([marks] * len(some)) + conflict, [*chain.from_iterable(some)])


def grouped(pairs: Iterable[Row]) -> dict[Any, list[Any]]:
    """The second values by the first.

    >>> grouped([(1, "a"), (2, "b"), (1, "c")])
    {1: ['a', 'c'], 2: ['b']}
    """
    found: dict[object, list[object]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
