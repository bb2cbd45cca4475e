"""The triggers of the audit log on SQLite: three a table that write, whose text names the columns, and guards.

`INSERT OR REPLACE` and `UPDATE OR REPLACE` take away the rows in their way, and no trigger sees it while the pragma
`recursive_triggers` is off, as it is unless a connection says otherwise. Ours does (laobrand/settings.py); guards
refuse what another one writes until it does, too. Here a file is whoever may write it: triggers keep mistakes out, and
`manage.py check_audit` finds what went past them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.backends.utils import CursorWrapper

from brands.audit.followed_tables import GROWS, GUARDED, MOST_MINUTES, FollowedTable


def follow(cursor: CursorWrapper, tables: Iterable[FollowedTable]) -> None:
    """Make the triggers that are missing or differ, and drop those of an older version."""
    cursor.execute("INSERT OR IGNORE INTO brands_currentbatch (id, number) VALUES (1, NULL)")
    wanted, present = dict(_triggers(tables)), _present(cursor)
    for name in present:
        if name not in wanted and name.endswith("_ledger"):
            cursor.execute(f'DROP TRIGGER "{name}"')
    for name, statement in wanted.items():
        if present.get(name, ("", ""))[1] != statement:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
            cursor.execute(statement)


def differences(cursor: CursorWrapper, tables: Iterable[FollowedTable]) -> list[str]:
    tables = list(tables)
    wanted, present = dict(_triggers(tables)), _present(cursor)
    names = {*GUARDED, *(table.name for table in tables)}
    found = [f"trigger {name} is missing" for name in wanted if name not in present]
    found += [
        f"trigger {name} is not what it should be"
        for name in wanted
        if name in present and present[name][1] != wanted[name]
    ]
    for name, (table, _statement) in present.items():
        if table in names and name not in wanted and name != f"{table}_{name.split('_')[-2]}_version":
            found.append(f"trigger {name} on {table} is none of ours")
    return found


def release(cursor: CursorWrapper) -> None:
    for name in _present(cursor):
        if name.endswith("_ledger"):
            cursor.execute(f'DROP TRIGGER "{name}"')


def _present(cursor: CursorWrapper) -> dict[str, tuple[str, str]]:
    """Table and text of each trigger by its name."""
    cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: (table, statement) for name, table, statement in cursor.fetchall()}


def _triggers(tables: Iterable[FollowedTable]) -> Iterator[tuple[str, str]]:
    for guarded in GUARDED:
        for event in ("UPDATE", "DELETE"):
            yield _trigger(
                guarded, event, "BEFORE", "", f"SELECT RAISE(ABORT, '{guarded}: the audit log is only added to');"
            )
        yield _trigger(guarded, "INSERT", "BEFORE", "", _TAKES[guarded].replace("{table}", guarded))
    yield _trigger("brands_change", "INSERT", "AFTER", "", _IN_ORDER)
    for table in tables:
        yield from _writing(table)
        yield _trigger(table.name, "INSERT", "BEFORE", f"WHEN {_REPLACES_SILENTLY}", _TELL_PRAGMA)
        names = [str(field.column) for field in table.fixed]
        fixed = " OR ".join(_changes(table.name, name) for name in names)
        refuse = f"SELECT RAISE(ABORT, '{table.name}: {', '.join(names)} can not be changed') WHERE {fixed};"
        yield _trigger(
            table.name, "UPDATE", "BEFORE", f"WHEN {fixed} OR {_REPLACES_SILENTLY}", f"{refuse}\n  {_TELL_PRAGMA}"
        )


def _changes(table: str, column: str) -> str:
    """The condition that an UPDATE gives the column what it may not have."""
    changes = f'OLD."{column}" IS NOT NEW."{column}"'
    grown, text, told_by, value = GROWS
    if (table, column) != (grown, text):
        return changes
    start = f'substr(NEW."{text}", 1, length(OLD."{text}"))'
    return f"""({changes} AND NOT (OLD."{told_by}" IS '{value}' AND {start} IS OLD."{text}"))"""


def _writing(table: FollowedTable) -> Iterator[tuple[str, str]]:
    differs = " OR ".join(f'OLD."{field.column}" IS NOT NEW."{field.column}"' for field in table.kept)
    for event, sign, row, old, new, when in (
        ("INSERT", "+", "NEW", "NULL", json_object("NEW", table.kept), ""),
        ("UPDATE", "~", "NEW", json_object("OLD", table.kept), json_object("NEW", table.kept), f"WHEN {differs}"),
        ("DELETE", "-", "OLD", json_object("OLD", table.fields), "NULL", ""),
    ):
        body = _WRITE.format(table=table.name, sign=sign, row=f'{row}."{table.key}"', old=old, new=new)
        yield _trigger(table.name, event, "AFTER", when, body)


def _trigger(table: str, event: str, time: str, when: str, body: str) -> tuple[str, str]:
    """Name and text of a trigger. Those that write keep the names that they had before there were guards."""
    writes = time == "AFTER" and table not in GUARDED
    name = f"{table}_{event}_ledger" if writes else f"{table}_{event}_{time.lower()}_ledger"
    return name, f'CREATE TRIGGER "{name}" {time} {event} ON "{table}" {when} BEGIN\n  {body}\nEND'


def json_object(row: str, fields: "Iterable[models.Field[Any, Any]]") -> str:
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


_WRITE = """INSERT INTO brands_change (batch_id, "table", "row", action, old, new, at)
  VALUES ((SELECT number FROM brands_currentbatch WHERE id = 1), '{table}', {row}, '{sign}', {old}, {new},
    strftime('%Y-%m-%d %H:%M:%f', 'now'));"""

# Whether rows that are replaced would go without a trigger.
_REPLACES_SILENTLY = "(SELECT recursive_triggers FROM pragma_recursive_triggers) = 0"
_TELL_PRAGMA = f"""SELECT
    RAISE(ABORT, 'say PRAGMA recursive_triggers = ON first: the audit log misses replaced rows without')
    WHERE {_REPLACES_SILENTLY};"""

_NOT_NOW = f"(abs(julianday(NEW.{{column}}) - julianday('now')) * 1440 <= {MOST_MINUTES}) IS NOT 1"

# Of each guarded table: no number that is there, and no other time than now.
_TAKEN = """SELECT RAISE(ABORT, '{table}: the audit log is only added to')
    WHERE EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id);"""

_TAKES = {
    "brands_batch": f"""{_TAKEN}
  SELECT RAISE(ABORT, 'brands_batch: the time is now, the name that of the account')
    WHERE {_NOT_NOW.format(column="created_at")}
    OR NEW.author_name IS NOT coalesce((SELECT username FROM auth_user WHERE id = NEW.author_id), '');""",  # noqa: S608  constants
    "brands_change": f"""{_TAKEN}
  SELECT RAISE(ABORT, 'brands_change: the time is now') WHERE {_NOT_NOW.format(column="at")};""",
    "brands_seal": f"""{_TAKEN}
  SELECT RAISE(ABORT, 'brands_seal: the audit log is only added to')
    WHERE EXISTS (SELECT 1 FROM brands_seal WHERE last >= NEW.last AND count > 0);
  SELECT RAISE(ABORT, 'brands_seal: the time is now') WHERE {_NOT_NOW.format(column="at")};""",  # noqa: S608  constants
}

# One transaction writes at a time, and one that is rolled back gives its numbers back.
_IN_ORDER = """SELECT RAISE(ABORT, 'brands_change: entries are numbered without a gap')
    WHERE NEW.id IS NOT coalesce((SELECT max(id) FROM brands_change WHERE id < NEW.id), NEW.id - 1) + 1
    OR EXISTS (SELECT 1 FROM brands_change WHERE id > NEW.id);"""
