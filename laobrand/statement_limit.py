"""A request's statement is stopped after STATEMENT_SECONDS; what its reader is told says laobrand.database_failures.

:func:`limit` is called for each connection of a process that serves requests, which `laobrand.wsgi` sees to. Commands
(ingest, rebuilding an index, migrations) never pass there: they may take as long as they need.
"""

import sqlite3
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import QueryCanceled

# Instructions of SQLite's machine between two looks at the clock: about 0.2 ms, and too rare to be felt.
STEPS = 10_000


def limit(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Limit every later statement of an open connection, on either database. A receiver of `connection_created`."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", [f"{settings.STATEMENT_SECONDS}s"])
    elif _stopped_in_time not in connection.execute_wrappers:  # the wrappers outlive the connection to the file
        connection.execute_wrappers.append(_stopped_in_time)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the limit away again."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout TO DEFAULT")
    elif _stopped_in_time in connection.execute_wrappers:
        connection.execute_wrappers.remove(_stopped_in_time)
        connection.connection.set_progress_handler(None, 0)


def was_stopped(error: BaseException) -> bool:
    """Whether it was the limit that made the statement fail."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT
    return isinstance(cause, QueryCanceled)


def _stopped_in_time(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Runs a statement of SQLite with a deadline. The handler stays for the rows that are fetched later, until the
    next statement sets its own."""
    deadline = time.monotonic() + settings.STATEMENT_SECONDS
    context["connection"].connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
    return execute(sql, params, many, context)
