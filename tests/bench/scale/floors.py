"""Views that no page can be faster than: one does nothing, one runs the statements of a page and throws them away."""

from functools import cache
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

Statement = tuple[str, Any]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n")


def statements(request: HttpRequest) -> HttpResponse:
    """Runs what the page at `of` asks the database, and fetches all rows."""
    host = request.get_host()
    with connection.cursor() as cursor:
        for sql, params in of_page(request.GET["of"], host):
            cursor.execute(sql, params)
            cursor.fetchall()
    return HttpResponse("ok\n")


@cache
def of_page(address: str, host: str = "localhost") -> tuple[Statement, ...]:
    """The statements of one request to the address, the second: the first reads what a process keeps."""
    client = Client(headers={"host": host})
    client.get(address)
    asked: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        client.get(address)
    return tuple(asked)


urlpatterns = [
    path("bench/empty/", empty),
    path("bench/statements/", statements),
    path("", include("laobrand.urls")),
]
