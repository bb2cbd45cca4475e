"""What writes the audit log: triggers on every table of the catalogue, so that no way of changing a row passes by it —
not bulk_create, not a queryset's update, not a cascade, not SQL by hand. Others keep the audit log as it was written.

On PostgreSQL one function serves all tables and writes once a statement, from the rows before and after. SQLite has
triggers a row, whose text names the columns; they are made anew after every `migrate`, since a table that is altered
there loses its triggers.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from django.apps import apps
from django.db import connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

# The models whose rows are followed, each after those that it refers to.
MODELS = (
    "Region",
    "RegionName",
    "Page",
    "Article",
    "Brand",
    "BrandAlias",
    "BrandDetail",
    "Program",
    "Program_brands",
    "Program_regions",
    "Statistic",
    "Evidence",
    "Proposal",
    "Redirect",
    "Synonym",
    "Correction",
    "StandingRule",
)

# Tables that are only added to.
GUARDED = ("brands_batch", "brands_change")

# A column that is in the audit log only where its row is deleted: pages are long, and their text never changes.
LEFT_OUT = {"brands_page": "text"}


@cache
def followed() -> dict[str, type[models.Model]]:
    """The models that are followed, by their tables, in the order of `MODELS`."""
    found = (apps.get_model("brands", name) for name in MODELS)
    return {model._meta.db_table: model for model in found}


def set_change_set(number: int | None) -> None:
    """Changes belong to the change set of this number, up to the end of the transaction or to the next call. To be
    called in a transaction: a number that outlived one would take in the changes of others."""
    if not connection.in_atomic_block:
        raise RuntimeError("a change set is set within a transaction")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('laobrand.batch', %s, true)", ["" if number is None else str(number)])
        else:
            cursor.execute("UPDATE brands_currentbatch SET number = %s WHERE id = 1", [number])


def current_change_set() -> int | None:
    """The number of the change set to which changes belong now, None outside of all."""
    if not connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nullif(current_setting('laobrand.batch', true), '')::bigint")
        else:
            cursor.execute("SELECT number FROM brands_currentbatch WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else None


def follow(*, using: str = "default", **_signal: object) -> None:
    """Make the triggers. Called after every `migrate`; does nothing while the audit log's tables are not there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        if not {*GUARDED, *followed()} <= present:
            return
        if connection.vendor == "postgresql":
            _follow_postgresql(cursor)
        elif connection.vendor == "sqlite":
            _follow_sqlite(cursor)


def release(connection: BaseDatabaseWrapper) -> None:
    """Take all triggers away: before the audit log's tables go, or a whole database is emptied."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS brands_ledger_write() CASCADE")
            cursor.execute("DROP FUNCTION IF EXISTS brands_ledger_refuse() CASCADE")
        elif connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB '*_ledger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')


# SQLite


def _follow_sqlite(cursor: CursorWrapper) -> None:
    cursor.execute("INSERT OR IGNORE INTO brands_currentbatch (id, number) VALUES (1, NULL)")
    for name, statement in _sqlite_triggers():
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [name])
        if cursor.fetchone() != (statement,):
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
            cursor.execute(statement)


def _sqlite_triggers() -> Iterator[tuple[str, str]]:
    for table in GUARDED:
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_{event}_ledger"
            yield name, _SQLITE_REFUSE.format(name=name, table=table, event=event)
    for table, model in followed().items():
        fields = model._meta.concrete_fields
        kept = [field for field in fields if field.column != LEFT_OUT.get(table)]
        differs = " OR ".join(f'OLD."{field.column}" IS NOT NEW."{field.column}"' for field in kept)
        key = model._meta.pk.column
        for event, sign, row, old, new, when in (
            ("INSERT", "+", "NEW", "NULL", _json("NEW", kept), ""),
            ("UPDATE", "~", "NEW", _json("OLD", kept), _json("NEW", kept), f"WHEN {differs}"),
            ("DELETE", "-", "OLD", _json("OLD", fields), "NULL", ""),
        ):
            name = f"{table}_{event}_ledger"
            yield (
                name,
                _SQLITE_WRITE.format(
                    name=name, table=table, event=event, sign=sign, row=f'{row}."{key}"', old=old, new=new, when=when
                ),
            )


def _json(row: str, fields: "Iterable[models.Field[object, object]]") -> str:
    """SQL for a JSON object of a row's columns. Numbers pass through quote(), which writes as many digits as it takes
    to read the same number again; json_object alone stops at 15."""
    parts = []
    for field in fields:
        column = f'{row}."{field.column}"'
        if isinstance(field, models.JSONField):
            column = f"json({column})"
        elif isinstance(field, models.FloatField | models.DecimalField):
            column = f"json(coalesce(nullif(quote({column}), 'NULL'), 'null'))"
        parts.append(f"'{field.column}', {column}")
    return f"json_object({', '.join(parts)})"


_SQLITE_REFUSE = """CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" BEGIN
  SELECT RAISE(ABORT, '{table}: the audit log is only added to');
END"""

_SQLITE_WRITE = """CREATE TRIGGER "{name}" AFTER {event} ON "{table}" {when} BEGIN
  INSERT INTO brands_change (batch_id, "table", "row", action, old, new, at)
  VALUES ((SELECT number FROM brands_currentbatch WHERE id = 1), '{table}', {row}, '{sign}', {old}, {new},
    strftime('%Y-%m-%d %H:%M:%f', 'now'));
END"""


# PostgreSQL


def _follow_postgresql(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'ledger_%%'")
    done = {name for (name,) in cursor.fetchall()}
    cursor.execute(_PG_FUNCTIONS)
    for table in GUARDED:
        if table not in done:
            cursor.execute(_PG_REFUSE.format(table=table))
    for table, model in followed().items():
        if table in done:
            continue
        key = model._meta.pk.column
        arguments = f"'{key}', '{LEFT_OUT.get(table, '')}'"
        for event, rows in _PG_ROWS.items():
            cursor.execute(_PG_WRITE.format(table=table, event=event, rows=rows, arguments=arguments))


_PG_ROWS = {
    "INSERT": "NEW TABLE AS after",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
}

_PG_FUNCTIONS = """
CREATE OR REPLACE FUNCTION brands_ledger_write() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ledger_batch bigint := nullif(current_setting('laobrand.batch', true), '')::bigint;
  ledger_key text := TG_ARGV[0];
  ledger_aside text := TG_ARGV[1];
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO brands_change (batch_id, "table", "row", action, old, new, at)
      SELECT ledger_batch, TG_TABLE_NAME, to_jsonb(a) ->> ledger_key, '+', NULL, to_jsonb(a) - ledger_aside,
        clock_timestamp() FROM after a;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO brands_change (batch_id, "table", "row", action, old, new, at)
      SELECT ledger_batch, TG_TABLE_NAME, to_jsonb(b) ->> ledger_key, '-', to_jsonb(b), NULL,
        clock_timestamp() FROM before b;
  ELSE
    INSERT INTO brands_change (batch_id, "table", "row", action, old, new, at)
      SELECT ledger_batch, TG_TABLE_NAME, n.row ->> ledger_key, '~', o.row - ledger_aside, n.row - ledger_aside,
        clock_timestamp()
      FROM (SELECT to_jsonb(b) AS row FROM before b) o
      JOIN (SELECT to_jsonb(a) AS row FROM after a) n ON o.row ->> ledger_key = n.row ->> ledger_key
      WHERE o.row - ledger_aside IS DISTINCT FROM n.row - ledger_aside;
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION brands_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: the audit log is only added to', TG_TABLE_NAME;
END $$;
"""

_PG_REFUSE = """
CREATE TRIGGER ledger_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}"
FOR EACH STATEMENT EXECUTE FUNCTION brands_ledger_refuse()
"""

_PG_WRITE = """
CREATE TRIGGER ledger_{event} AFTER {event} ON "{table}" REFERENCING {rows}
FOR EACH STATEMENT EXECUTE FUNCTION brands_ledger_write({arguments})
"""
