"""From one kind of database to the other, row by row, the audit log and its seals included: field by field the same."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connections, models
from psycopg.types.json import Jsonb

from brands import data_version
from brands.audit import triggers
from brands.audit.check import check, snapshot
from brands.audit.replay import plain
from brands.backups.measures import measured, migrations, tables

# Values in one statement.
MOST_VALUES = 5_000

# Tables that have rows as soon as a database is prepared.
FILLED = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "brands_batch",
    "brands_cardfigure",
    "brands_change",
    "brands_dataversion",
    "brands_region",
    "brands_regionname",
    "brands_seal",
    "brands_searchdocument",
    "brands_synonym",
    "django_content_type",
}


class UnequalError(Exception):
    """The databases are not made for each other, or not the same afterwards."""


def copy(source: str, target: str = "default") -> int:
    """Make the tables of the target, which `migrate` has just made, those of the source; how many rows. Nobody should
    write to either meanwhile. UnequalError, and nothing is changed, if the target has rows or other migrations, or the
    source's audit log does not hold."""
    if migrations(source) != migrations(target):
        raise UnequalError("the databases have other migrations: run `migrate` of this version on both first")
    with snapshot(source):
        if findings := check(source).findings:
            raise UnequalError(f"the audit log of the source does not hold: {findings[0]}")
        wanted = measured(source)
        with triggers.released(target):
            if full := [model._meta.db_table for model in tables() if _has_rows(model, target)]:
                raise UnequalError(f"{full[0]} has rows already: copy into a new database")
            data_version.unwatch(connections[target])
            _empty(target)  # foreign keys are looked at when the transaction ends
            for model in tables():
                _copy(model, source, target)
            connections[target].check_constraints()
            _set_numbers(source, target)
            if (found := measured(target)) != wanted:
                other = next(table for table in wanted if found[table] != wanted[table])
                raise UnequalError(f"{other} is not the same: {found[other]}, and was {wanted[other]}")
    data_version.watch(using=target)
    if findings := check(target).findings:
        raise UnequalError(f"the audit log does not hold after copying: {findings[0]}")
    return sum(int(count) for count, _sum in wanted.values())


def _has_rows(model: type[models.Model], using: str) -> bool:
    return model._meta.db_table not in FILLED and model._base_manager.using(using).exists()


def _empty(using: str) -> None:
    with connections[using].cursor() as cursor:
        for model in reversed(tables()):
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608  names of our tables


def _copy(model: type[models.Model], source: str, target: str) -> None:
    fields = list(model._meta.concrete_fields)
    connection = connections[target]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    rows = model._base_manager.using(source).order_by("pk").values_list(*(field.attname for field in fields))
    with connection.cursor() as cursor:
        for some in _some(rows.iterator(), max(MOST_VALUES // len(fields), 1)):
            values = [
                _value(field, value, connection) for row in some for field, value in zip(fields, row, strict=True)
            ]
            into = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES {", ".join([marks] * len(some))}'  # noqa: S608
            cursor.execute(into, values)


def _some(rows: Iterator[Any], size: int) -> Iterator[Sequence[Any]]:
    some: list[Any] = []
    for row in rows:
        some.append(row)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


def _value(field: "models.Field[Any, Any]", value: Any, connection: Any) -> Any:
    """The value as the target takes it; numbers within JSON keep all their digits."""
    if isinstance(field, models.JSONField) and value is not None:
        return Jsonb(value, dumps=exact) if connection.vendor == "postgresql" else exact(value)
    return field.get_db_prep_save(value, connection)


def exact(value: Any) -> str:
    """JSON whose numbers have all the digits that they came with.

    >>> from decimal import Decimal
    >>> exact({"value": Decimal("12345678901.2345")})
    '{"value": 12345678901.2345}'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(name))}: {exact(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(exact, value)) + "]"
    if isinstance(value, float) or type(value).__name__ == "Decimal":
        return f"{plain(value)}"
    return json.dumps(value, ensure_ascii=False)


def _set_numbers(source: str, target: str) -> None:
    """The next row of each table gets the number that it would have got in the source, so that none comes twice."""
    for model in tables():
        key = model._meta.pk
        if isinstance(key, models.AutoField):  # and those of other sizes
            _set_number(model, _number(model, source), target)


def _number(model: type[models.Model], using: str) -> int:
    """The last number that was given."""
    table, column = model._meta.db_table, str(model._meta.pk.column)
    with connections[using].cursor() as cursor:
        if connections[using].vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            return int(row[0]) if row else 0
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
        sequence = cursor.fetchone()[0]
        if sequence is None:
            return 0
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608  its own
        return int(cursor.fetchone()[0])


def _set_number(model: type[models.Model], number: int, using: str) -> None:
    table, column = model._meta.db_table, str(model._meta.pk.column)
    with connections[using].cursor() as cursor:
        if connections[using].vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                [f'"{table}"', column, max(number, 1), number > 0],
            )
