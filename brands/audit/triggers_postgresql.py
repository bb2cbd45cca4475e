"""The triggers of the audit log on PostgreSQL: one function serves all tables and writes once a statement, from the
rows before and after; guards refuse what no entry could tell.

The functions run with the rights of who owns the tables (SECURITY DEFINER), so that the role that serves the site needs
none to write entries. Nobody else may hang them on a table, and names are looked up in the schema of the catalogue, not
in a temporary table of the same name. Triggers are ENABLE ALWAYS: `session_replication_role` does not switch them off.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.backends.utils import CursorWrapper

from brands.audit.followed_tables import GUARDED, FollowedTable

# Triggers that belong to other modules, and see what is written without changing it.
OTHERS = {"data_changed"}


def follow(cursor: CursorWrapper, tables: Iterable[FollowedTable]) -> None:
    """Make the functions anew, and the triggers that are missing, switched off or differ."""
    schema = _schema(cursor)
    for name, (arguments, body) in _FUNCTIONS.items():
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {arguments}"
            f" SET search_path = {schema}, pg_temp AS $${body}$$"
        )
        cursor.execute(f"REVOKE ALL ON FUNCTION {name}() FROM PUBLIC")
    wanted, present = dict(_triggers(tables)), _present(cursor)
    for table, name in present.keys() - wanted.keys():
        if name.startswith("ledger_"):
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
    for (table, name), statement in wanted.items():
        if present.get((table, name)) != ("A", statement):
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
            cursor.execute(statement)
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"')


def differences(cursor: CursorWrapper, tables: Iterable[FollowedTable]) -> list[str]:
    tables = list(tables)
    names = {*GUARDED, *(table.name for table in tables)}
    wanted, present = dict(_triggers(tables)), _present(cursor)
    found = [f"trigger {name} on {table} is missing" for table, name in wanted if (table, name) not in present]
    for (table, name), (enabled, statement) in present.items():
        if table not in names or name in OTHERS:
            continue
        if (table, name) not in wanted:
            found.append(f"trigger {name} on {table} is none of ours")
        elif enabled != "A":
            found.append(f"trigger {name} on {table} is switched off")
        elif statement != wanted[table, name]:
            found.append(f"trigger {name} on {table} is not what it should be")
    return found + _functions_that_differ(cursor) + _ways_round(cursor, names)


def release(cursor: CursorWrapper) -> None:
    for name in _FUNCTIONS:
        cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


def _schema(cursor: CursorWrapper) -> str:
    cursor.execute("SELECT quote_ident(current_schema())")
    return str(cursor.fetchone()[0])


def _present(cursor: CursorWrapper) -> dict[tuple[str, str], tuple[str, str]]:
    """Whether each trigger is on, and its statement, by table and name."""
    cursor.execute(
        "SELECT c.relname, t.tgname, t.tgenabled::text, pg_get_triggerdef(t.oid, true) FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    )
    return {(table, name): (enabled, statement) for table, name, enabled, statement in cursor.fetchall()}


def _functions_that_differ(cursor: CursorWrapper) -> list[str]:
    found = []
    schema = _schema(cursor)
    for name, (arguments, body) in _FUNCTIONS.items():
        cursor.execute(
            "SELECT prosrc, prosecdef, proconfig FROM pg_proc"
            " WHERE proname = %s AND pronamespace = current_schema()::regnamespace",
            [name],
        )
        if cursor.fetchall() != [(body, bool(arguments), [f"search_path={schema}, pg_temp"])]:
            found.append(f"function {name} is not what it should be")
    return found


def _ways_round(cursor: CursorWrapper, names: set[str]) -> list[str]:
    """Rules that rewrite statements on our tables, tables that inherit from them and row security that hides rows."""
    cursor.execute(
        "SELECT tablename, 'rule ' || rulename FROM pg_rules"
        " WHERE schemaname = current_schema() AND tablename = ANY(%s)"
        " UNION ALL SELECT p.relname, 'child ' || c.relname FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent"
        " JOIN pg_class c ON c.oid = i.inhrelid WHERE p.relname = ANY(%s) AND p.relkind = 'r'"
        " UNION ALL SELECT relname, 'row security' FROM pg_class WHERE relrowsecurity AND relname = ANY(%s)",
        [list(names)] * 3,
    )
    return [f"{what} on {table} is none of ours" for table, what in cursor.fetchall()]


def _triggers(tables: Iterable[FollowedTable]) -> Iterator[tuple[tuple[str, str], str]]:
    """The statement of each trigger as PostgreSQL writes it (pg_get_triggerdef), by table and name."""
    for guarded in GUARDED:
        yield _trigger(
            guarded, "ledger_refuse", "BEFORE DELETE OR UPDATE OR TRUNCATE", "STATEMENT", "brands_ledger_refuse()"
        )
    yield _trigger(
        "brands_change",
        "ledger_forged",
        "BEFORE INSERT",
        "STATEMENT WHEN (pg_trigger_depth() < 1)",
        "brands_ledger_refuse()",
    )
    for guarded, function in (("brands_batch", "brands_ledger_sign()"), ("brands_seal", "brands_ledger_stamp()")):
        yield _trigger(guarded, "ledger_sign", "BEFORE INSERT", "ROW", function)
    for table in tables:
        for event, rows in _ROWS.items():
            write = f"brands_ledger_write('{table.key}', '{table.left_out}')"
            yield _trigger(table.name, f"ledger_{event.lower()}", f"AFTER {event}", "STATEMENT", write, rows)
        fixed = " OR ".join(f"old.{name} IS DISTINCT FROM new.{name}" for name in map(_comparable, table.fixed))
        yield _trigger(table.name, "ledger_fixed", "BEFORE UPDATE", f"ROW WHEN ({fixed})", "brands_ledger_fixed()")
        yield _trigger(table.name, "ledger_truncate", "BEFORE TRUNCATE", "STATEMENT", "brands_ledger_refuse()")


def _comparable(field: "models.Field[Any, Any]") -> str:
    """The column as PostgreSQL compares it."""
    return f"{field.column}::text" if isinstance(field, models.CharField) else str(field.column)


def _trigger(table: str, name: str, when: str, each: str, call: str, rows: str = "") -> tuple[tuple[str, str], str]:
    seen = f" REFERENCING {rows}" if rows else ""
    return (table, name), f"CREATE TRIGGER {name} {when} ON {table}{seen} FOR EACH {each} EXECUTE FUNCTION {call}"


_ROWS = {
    "INSERT": "NEW TABLE AS after",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
}

# With what each function is made, and its body.
_FUNCTIONS = {
    "brands_ledger_write": (
        "SECURITY DEFINER",
        """
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
END """,
    ),
    "brands_ledger_refuse": (
        "",
        """
BEGIN
  RAISE EXCEPTION '%: % is refused, the audit log is only added to by changes of rows', TG_TABLE_NAME, TG_OP;
END """,
    ),
    "brands_ledger_fixed": (
        "",
        """
BEGIN
  IF TG_TABLE_NAME = 'brands_page' THEN  -- the words of a person's own source grow at their end
    IF NEW.id = OLD.id AND OLD.extractor = 'by-hand' AND starts_with(NEW.text, OLD.text) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '%: this column can not be changed', TG_TABLE_NAME;
END """,
    ),
    "brands_ledger_sign": (
        "SECURITY DEFINER",
        """
BEGIN
  NEW.created_at := clock_timestamp();
  NEW.author_name := coalesce((SELECT username FROM auth_user WHERE id = NEW.author_id), '');
  RETURN NEW;
END """,
    ),
    "brands_ledger_stamp": (
        "",
        """
BEGIN
  NEW.at := clock_timestamp();
  RETURN NEW;
END """,
    ),
}
