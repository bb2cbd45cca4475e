"""Base entries: what rows are that no entry tells of, as those that are older than the log.

A migration of a followed table that changes rows on SQLite after altering it writes them at its end, since such a table
has lost its triggers by then. They belong to no change set.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connections, models

from brands.audit import triggers_sqlite
from brands.audit.replay import AT_ONCE, strays
from brands.audit.triggers import LEFT_OUT
from brands.search.store import batches as chunks
from brands.vocabulary.choices import ChangeAction

# The moment, as the triggers write it.
_NOW = {"postgresql": "clock_timestamp()", "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')"}


def write(followed: Mapping[str, type[models.Model]], changes: Any, using: str) -> int:
    """Write an entry for each row that is not what its newest entry says; how many. To be called without the triggers
    that guard the log (:func:`brands.audit.triggers.released`), from a migration with its models."""
    written = 0
    for table, model in followed.items():
        found = list(strays(model, changes, using))
        there = [stray.row.pk for stray in found if stray.row is not None]
        for some in chunks(there, AT_ONCE):
            _write(table, model, some, using)
        for stray in found:
            if stray.row is None:
                _write_gone(table, stray.key, stray.newest.pk, using)
        written += len(found)
    return written


def _write(table: str, model: type[models.Model], keys: Any, using: str) -> None:
    connection = connections[using]
    key = model._meta.pk.column
    kept = [field for field in model._meta.concrete_fields if field.column != LEFT_OUT.get(table)]
    now = _NOW[connection.vendor]
    if connection.vendor == "postgresql":
        row, new = f"(to_jsonb(t) ->> '{key}')", f"to_jsonb(t) - '{LEFT_OUT.get(table, '')}'"
    else:
        row, new = f't."{key}"', triggers_sqlite.json_object("t", kept)
    newest = f"""(SELECT c.new FROM brands_change c WHERE c."table" = '{table}' AND c."row" = CAST({row} AS varchar(40))
        ORDER BY c.id DESC LIMIT 1)"""  # noqa: S608  names of tables and columns
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO brands_change (batch_id, "table", "row", action, old, new, at)
            SELECT NULL, '{table}', {row}, '{ChangeAction.BASE}', {newest}, {new}, {now}
            FROM "{table}" t WHERE t."{key}" IN ({marks}) ORDER BY t."{key}\"""",  # noqa: S608  names of tables and columns
            list(keys),
        )


def _write_gone(table: str, row: str, newest: int, using: str) -> None:
    connection = connections[using]
    now = _NOW[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO brands_change (batch_id, "table", "row", action, old, new, at)
            SELECT NULL, "table", "row", '{ChangeAction.DELETED}', new, NULL, {now}
            FROM brands_change WHERE id = %s AND "table" = %s AND "row" = %s""",  # noqa: S608  constants
            [newest, table, row],
        )
