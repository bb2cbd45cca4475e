"""What is turned away before anybody reads it: a request whose words are in no UTF-8, with 415.

Django decodes a form with the charset that its ``Content-Type`` names, codecs such as idna and utf-7 among them, and so
do its own error pages, which look for the form's token. Hence two gates: :class:`ReadableType` before Django makes a
request of what came, as it fails already at a parameter such as ``charset*=nothing''x``, and the middleware before any
view.
"""

import codecs
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from laobrand.language import chosen
from laobrand.problem_answers import is_of_program, problem

# A type that Django can read and the middleware refuses.
UNREADABLE = "application/octet-stream; charset=unreadable"

# Bytes of a body that nobody wanted and that are read all the same, a chunk at a time: a server that answers before it
# has read breaks the connection on which nginx still sends, and nginx then says 502.
MOST_DRAINED, CHUNK = 16 * 2**20, 2**16

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class ReadableType:
    """The WSGI application, that gets plain values of ``Content-Type`` alone."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = readable_type(environ.get("CONTENT_TYPE", ""))
        return self.application(environ, start_response)


def readable_type(told: str) -> str:
    """The ``Content-Type`` without the charset that goes without saying; `UNREADABLE` for one with another, with a
    parameter in an encoding (RFC 2231) or with a character outside ASCII."""
    kept = []
    for part in told.split(";"):
        name, _equals, value = part.partition("=")
        if "*" in name or (name.strip().lower() == "charset" and not _is_utf8(value.strip().strip('"'))):
            return UNREADABLE
        kept += [] if name.strip().lower() == "charset" else [part]
    return ";".join(kept) if told.isascii() and told.isprintable() else UNREADABLE


class RequestGateMiddleware:
    """Refuses charsets, and reads to its end what a view left unread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request) if _is_utf8(_charset(request)) else _refused(request)
        if request.method not in {"GET", "HEAD"}:
            _drain(request)
        return response


def _charset(request: HttpRequest) -> str:
    return (request.content_params or {}).get("charset", "utf-8")


def _is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        return False


def _refused(request: HttpRequest) -> HttpResponse:
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    if is_of_program(request):
        return problem(status, gettext("只收 UTF-8 编码的内容。"))
    with override(chosen(request)):
        return HttpResponse(render_to_string("400.html"), status=status)


def _drain(request: HttpRequest) -> None:
    """A request that has no body, or whose body is read already, has nothing left."""
    left = MOST_DRAINED
    try:
        while left > 0 and (chunk := request.read(min(CHUNK, left))):
            left -= len(chunk)
    except OSError:  # who sent it is gone
        return
