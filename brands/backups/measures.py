"""How many rows each table has and what they sum up to: equal tables have equal sums, on either kind of database."""

import hashlib
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.migrations.recorder import MigrationRecorder

from brands.audit.replay import plain
from brands.audit.seals import canonical

# Sums are kept to this many bits.
BITS = 128

# What a transaction of SQLite writes down for itself.
PASSING = {"brands_currentbatch"}

Measures = dict[str, list[int | str]]


def tables() -> list[type[models.Model]]:
    """The models of all tables that hold data of their own."""
    found = apps.get_models(include_auto_created=True)
    ours = (model for model in found if model._meta.managed and not model._meta.proxy)
    return [model for model in ours if model._meta.db_table not in PASSING]


def measured(using: str) -> Measures:
    """Rows and sum of each table: the sum of the hashes of its rows, in whatever order."""
    return {model._meta.db_table: _measure(model, using) for model in tables()}


def _measure(model: type[models.Model], using: str) -> list[int | str]:
    fields = sorted(model._meta.concrete_fields, key=lambda field: str(field.column))
    rows = model._base_manager.using(using).order_by().values_list(*(field.attname for field in fields))
    count = total = 0
    for row in rows.iterator():
        digest = hashlib.sha256(canonical([_said(value) for value in row]).encode()).digest()
        total += int.from_bytes(digest[: BITS // 8], "big")
        count += 1
    return [count, f"{total % (1 << BITS):0{BITS // 4}x}"]


def _said(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, uuid.UUID | timedelta) or (isinstance(value, date | time) and not isinstance(value, datetime)):
        return str(value)
    return plain(value)


def counted(using: str) -> dict[str, int]:
    """Rows of each table that is there, whatever columns it has."""
    connection = connections[using]
    with connection.cursor() as cursor:
        return dict(_counts(cursor, set(connection.introspection.table_names(cursor))))


def _counts(cursor: Any, present: set[str]) -> Iterator[tuple[str, int]]:
    for model in tables():
        if model._meta.db_table in present:
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')  # noqa: S608  names of our tables
            yield model._meta.db_table, cursor.fetchone()[0]


def migrations(using: str) -> list[str]:
    """The migrations that were applied, as application.name."""
    return sorted(".".join(key) for key in MigrationRecorder(connections[using]).applied_migrations())
