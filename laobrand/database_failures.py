"""What becomes of a request whose statement the database stops, refuses or can't do at present.

A statement that took too long, and a database that is away, full, locked or read-only, are told with 503 and how long
to wait, whichever layer met them: a view (:meth:`DatabaseFailureMiddleware.process_exception`) or a middleware
(:func:`server_error`, Django's handler of what nobody caught). What only reads is tried once more on a new connection.
"""

import logging
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from itertools import chain, islice
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DataError, Error, InterfaceError, OperationalError, connection
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views import defaults
from psycopg.errors import InvalidRegularExpression

from laobrand.problem_answers import is_of_program, problem
from laobrand.statement_limit import was_stopped

# Seconds after which it is worth while to ask again.
RETRY_AFTER = 10

# A failure within so many seconds is tried again; what took longer, a connection that nobody answers, would again.
QUICK = 1.0

# Parts of an answer that is made while it is sent: the mark of UTF-8, the names of the columns, what the database says.
FIRST_PARTS = 4

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

# Classes of PostgreSQL's SQLSTATE: connection, resources (disk full, memory, too many connections), an operator's
# intervention (shutting down, starting up), the system's own errors (I/O); and a lock, a read-only transaction.
_POSTGRESQL = ("08", "53", "57P", "58", "55P03", "25006")

_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)


def is_away(error: BaseException | None) -> bool:
    """Whether the database can't do its work at present, though nothing is wrong with what it was asked."""
    if not isinstance(error, Error):
        return False
    cause = error.__cause__
    if isinstance(cause, psycopg.Error):
        state = cause.sqlstate or ""
        return state.startswith(_POSTGRESQL) or (not state and isinstance(error, OperationalError | InterfaceError))
    if isinstance(cause, sqlite3.Error):
        return (getattr(cause, "sqlite_errorcode", 0) & 0xFF) in _SQLITE
    return isinstance(error, InterfaceError)


class DatabaseFailureMiddleware:
    """Tells failures of the database for what they are. Where it was what was typed, 400: a NUL, which PostgreSQL takes
    in no text, or a broken pattern."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.monotonic()
        response = _begun(request, self.get_response(request))
        is_quick = time.monotonic() - began < QUICK
        if getattr(response, "database_away", False) and request.method in SAFE and is_quick:
            renew_connection()
            response = _begun(request, self.get_response(request))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DataError) and "NUL" in str(error):
            raise BadRequest("NUL in a text") from error
        if isinstance(error, DataError | OperationalError) and _is_bad_pattern(error):
            raise BadRequest("broken regular expression") from error
        return _told(request, error)


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to an exception that nobody caught: 503 for the database's, else 500. Django calls it while it handles
    the exception."""
    return _told(request, sys.exc_info()[1]) or defaults.server_error(request)


def renew_connection() -> None:
    """Let the next statement have a new connection, unless this one is within a transaction, which would be lost."""
    if not connection.in_atomic_block:
        connection.close()


class WithoutTrace(logging.Filter):
    """Keeps the traceback of our own mistakes alone in the log: what a visitor did wrong (4xx) and a database that is
    away are told in one line, or whoever asks often could fill the disk."""

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR)
        if record.exc_info and (status < HTTPStatus.INTERNAL_SERVER_ERROR or is_away(record.exc_info[1])):
            record.exc_info = record.exc_text = None
        return True


def _begun(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer; of one that is made while it is sent, the first parts are made now, as long as there is still a way
    to say that they can't be. What fails later breaks off, and whoever reads it sees that."""
    if not isinstance(response, StreamingHttpResponse) or isinstance(response, FileResponse) or response.is_async:
        return response
    parts: Iterator[bytes] = iter(response)
    try:
        first = list(islice(parts, FIRST_PARTS))
    except Error as error:
        response.close()
        told = _told(request, error)
        if told is None:
            raise
        return told
    response.streaming_content = chain(first, parts)
    return response


def _told(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    if isinstance(error, OperationalError) and was_stopped(error):
        return _unavailable(
            request,
            "503.html",
            {"seconds": settings.STATEMENT_SECONDS},
            gettext("换一个更具体的搜索词，或者少选几个条件，再试一次；也可以过一会儿再来。"),
        )
    if is_away(error):
        response = _unavailable(request, "database_away.html", {}, gettext("数据库暂时没有应答，请过一会儿再试。"))
        response.database_away = True  # type: ignore[attr-defined]
        return response
    return None


def _unavailable(request: HttpRequest, template: str, context: dict[str, Any], told: str) -> HttpResponse:
    """To a program a problem document, to a person a page, which asks no session and no database."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    if is_of_program(request):
        return problem(status, told, headers)
    return HttpResponse(render_to_string(template, context), status=status, headers=headers)


def _is_bad_pattern(error: BaseException) -> bool:
    """Whether a regular expression can't be read: on SQLite, Python's, called from within the statement."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.OperationalError):
        return "user-defined function raised exception" in str(cause)
    return isinstance(cause, InvalidRegularExpression)
