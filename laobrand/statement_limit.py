"""What becomes of a request's statement that the database refuses, or stops after STATEMENT_SECONDS.

:func:`limit` is called for each connection of a process that serves requests, which `laobrand.wsgi` sees to. Commands
(ingest, rebuilding an index, migrations) never pass there: they may take as long as they need.
"""

import sqlite3
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DataError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from psycopg.errors import InvalidRegularExpression, QueryCanceled

from brands.api import problems

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


def _is_bad_pattern(error: BaseException) -> bool:
    """Whether a regular expression can't be read: on SQLite, Python's, called from within the statement."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.OperationalError):
        return "user-defined function raised exception" in str(cause)
    return isinstance(cause, InvalidRegularExpression)


class FailedStatementMiddleware:
    """Where a view failed because a statement was stopped, answers 503 with a page, or to a program with a problem
    document, that says what to do; where it was what the admin hands on as it was typed, 400: a NUL, which PostgreSQL
    takes in no text, or a broken pattern (?name__regex=[)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError) and was_stopped(error):
            return _too_slow(request)
        if isinstance(error, DataError) and "NUL" in str(error):
            raise BadRequest("NUL in a text") from error
        if isinstance(error, DataError | OperationalError) and _is_bad_pattern(error):
            raise BadRequest("broken regular expression") from error
        return None


def _too_slow(request: HttpRequest) -> HttpResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    if not request.path.startswith(reverse("brands:api_guide")):
        return render(request, "503.html", {"seconds": settings.STATEMENT_SECONDS}, status=status)
    told = gettext("换一个更具体的搜索词，或者少选几个条件，再试一次；也可以过一会儿再来。")
    headers = {"Access-Control-Allow-Origin": "*"}
    return JsonResponse(
        problems.document(status, told), status=status, content_type=problems.CONTENT_TYPE, headers=headers
    )


def _stopped_in_time(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Runs a statement of SQLite with a deadline. The handler stays for the rows that are fetched later, until the
    next statement sets its own."""
    deadline = time.monotonic() + settings.STATEMENT_SECONDS
    context["connection"].connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
    return execute(sql, params, many, context)
