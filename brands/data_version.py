"""The version of the public data: which triggers of the database keep, so that no way of changing data passes by it.

On SQLite each changed row writes a new random word. On PostgreSQL the first statement of a transaction that changes a
watched table inserts a row of its own into brands_dataversion, and at commit a deferred constraint trigger makes the
word anew and takes that row away: the one row that all writers share is locked for the moment of the commit alone.

What a process keeps of the data, answers of functions and whole pages, stands in a `VersionedCache`.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from typing import Generic, TypeVar

from django.apps import apps
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

# Key of the row that holds the word.
CURRENT = 1

TABLE = "brands_dataversion"

# What is for staff alone. A reader's report that made every page anew would be a way to slow the site down.
UNSEEN = {
    "brands_correction",
    "brands_batch",
    "brands_change",
    "brands_currentbatch",
    "brands_proposal",
    "brands_seal",
}


def current(cursor: CursorWrapper) -> str:
    """The word as this connection sees it; empty before the first change of all. The one statement of a cached page."""
    cursor.execute(f"SELECT word FROM {TABLE} WHERE id = {CURRENT}")  # noqa: S608  constants
    row = cursor.fetchone()
    return str(row[0]) if row else ""


Found = TypeVar("Found")
Asked = TypeVar("Asked", bound=Hashable)

# Answers of one function that a process keeps.
MOST_KEPT = 500


class VersionedCache(Generic[Asked, Found]):
    """What a process keeps of the data as long as that is the same: values by key, each with the version of the data
    that it shows. Safe for threads.

    There are at most `entries` of them, which weigh at most `limit` together: then those go that nobody has asked for
    longest. Django's cache counts entries alone, and copies each with every answer.
    """

    def __init__(self, entries: int, *, weight: Callable[[Found], int] = lambda _value: 0, limit: int = 0) -> None:
        self.entries, self.limit = entries, limit
        self.weight = 0
        self._weight_of = weight
        self._kept: OrderedDict[Asked, tuple[str, Found]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, key: Asked) -> bool:
        return key in self._kept

    def get(self, key: Asked, version: str) -> Found | None:
        """The value, if it shows this version of the data; one that shows another goes."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            if kept[0] != version:
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return kept[1]

    def last(self, key: Asked) -> Found | None:
        """The value, whichever version of the data it shows: for a time when nobody can say which one is current."""
        with self._lock:
            kept = self._kept.get(key)
            return kept[1] if kept else None

    def put(self, key: Asked, version: str, value: Found) -> None:
        with self._lock:
            if key in self._kept:
                self._drop(key)
            self._kept[key] = version, value
            self.weight += self._weight_of(value)
            while len(self._kept) > self.entries or self.weight > self.limit:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.weight = 0

    def _drop(self, key: Asked) -> None:
        self.weight -= self._weight_of(self._kept.pop(key)[1])


def kept(read: Callable[[Asked], Found]) -> Callable[[Asked], Found]:
    """The function, whose answers are kept as long as the data is the same; none of them is None. Inside a transaction
    it reads: there a connection sees what others don't. Of several threads that ask after a change, one reads and the
    others wait."""
    answers = VersionedCache[Asked, Found](MOST_KEPT)
    lock = threading.Lock()

    @wraps(read)
    def answer(asked: Asked) -> Found:
        if connection.in_atomic_block:
            return read(asked)
        with connection.cursor() as cursor:
            word = current(cursor)
        found = answers.get(asked, word) if word else None
        if found is None:
            with lock:
                found = answers.get(asked, word) if word else None
                if found is None:
                    found = read(asked)
                    answers.put(asked, word, found)
        return found

    return answer


def watch(*, using: str = "default", **_signal: object) -> None:
    """Make the triggers that are missing. Called after every `migrate`: where SQLite alters a table, Django makes it
    anew without its triggers."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = _watched(connection.introspection.table_names(cursor))
        if TABLE not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "sqlite":
            for table in tables:
                _watch_sqlite(cursor, table)
        elif connection.vendor == "postgresql":
            _watch_postgresql(cursor, tables)


def unwatch(connection: BaseDatabaseWrapper) -> None:
    """Take all triggers away, before their table goes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS brands_data_changed() CASCADE")
            cursor.execute("DROP FUNCTION IF EXISTS brands_data_committed() CASCADE")
        elif connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB '*_version'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')


def _watched(present: Iterable[str]) -> list[str]:
    """The tables of all models of the catalogue that a page shows something of, but the version's own."""
    models = apps.get_app_config("brands").get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models} & set(present) - {TABLE} - UNSEEN)


def _watch_sqlite(cursor: CursorWrapper, table: str) -> None:
    for event in ("INSERT", "UPDATE", "DELETE"):
        cursor.execute(_ON_ROW.format(table=table, event=event))


def _watch_postgresql(cursor: CursorWrapper, tables: Iterable[str]) -> None:
    cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'data_changed'")
    watched = {name for (name,) in cursor.fetchall()}
    missing = [table for table in (TABLE, *tables) if table not in watched]
    if not missing:
        return
    cursor.execute(_FUNCTIONS)
    for table in missing:
        cursor.execute(_ON_COMMIT if table == TABLE else _ON_CHANGE.format(table=table))


_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION brands_data_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  mine text := pg_current_xact_id()::text;
BEGIN
  IF current_setting('laobrand.changed', true) IS DISTINCT FROM mine THEN
    PERFORM set_config('laobrand.changed', mine, true);
    INSERT INTO {TABLE} (id, word) VALUES (mine::bigint + {CURRENT}, '');
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION brands_data_committed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM {TABLE} WHERE id = NEW.id;
  INSERT INTO {TABLE} (id, word) VALUES ({CURRENT}, gen_random_uuid()::text)
    ON CONFLICT (id) DO UPDATE SET word = excluded.word;
  RETURN NULL;
END $$;
"""  # noqa: S608  constants

_ON_ROW = f"""
CREATE TRIGGER IF NOT EXISTS "{{table}}_{{event}}_version" AFTER {{event}} ON "{{table}}" BEGIN
  INSERT INTO {TABLE} (id, word) VALUES ({CURRENT}, hex(randomblob(12)))
  ON CONFLICT (id) DO UPDATE SET word = excluded.word;
END
"""  # noqa: S608  constants and the names of tables

_ON_CHANGE = """
CREATE TRIGGER data_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}"
FOR EACH STATEMENT EXECUTE FUNCTION brands_data_changed()
"""

_ON_COMMIT = f"""
CREATE CONSTRAINT TRIGGER data_changed AFTER INSERT ON {TABLE} DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.id <> {CURRENT}) EXECUTE FUNCTION brands_data_committed()
"""
