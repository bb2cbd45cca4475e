"""Public pages, kept as they were sent as long as the data is the same: the version of the data is part of their key.

Each process keeps its own pages. One statement reads the version, and takes the place of the connection's health check;
sessions, views and templates are not asked. Kept is what every reader gets alike: a GET of a page of the catalogue that
is whole (200), sets no cookie and varies by nothing but what stands in the key. A reader with a session gets every page
anew. While the database is away, a kept page is shown as it was last.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response

from brands.data_version import VersionedCache, current
from laobrand.database_failures import QUICK
from laobrand.language import chosen
from laobrand.text_size import chosen_size

MOST_ENTRIES = 2_000
# What one process keeps: pages, and bytes of them.
MOST_BYTES = 32 * 2**20

# Bytes of a page that is kept; a larger one would push out too many others.
LARGEST_PAGE = 512 * 2**10

# Characters of a query string: nobody sends a longer one twice.
LONGEST_QUERY = 500

# The application whose pages are public.
APPLICATION = "brands"

# Headers by which a kept page may vary: the cookies of the language and of the size of the text stand in the key, as
# does htmx's header, and encoding is for the server in front.
VARY = frozenset({"cookie", "hx-request", "accept-encoding"})


# Says of a page that it may be out of date, since the database is away (RFC 9211: its lifetime is over).
STALE = {"Cache-Status": "laobrand; hit; ttl=-1; detail=database-away"}


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page as it was sent."""

    content: bytes
    headers: dict[str, str]


pages = VersionedCache[Hashable, CachedPage](MOST_ENTRIES, weight=lambda page: len(page.content), limit=MOST_BYTES)


class PageCacheMiddleware:
    """Answers from `pages` what stands there. The outermost middleware: what is kept has all headers of the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_be_kept(request):
            return self.get_response(request)
        key = _key(request)
        version = _version() if key in pages or _is_of_catalogue(request) else ""
        if version is None and (last := pages.last(key)):
            return _conditional(request, HttpResponse(last.content, headers=last.headers | STALE))
        if not version:
            return self.get_response(request)
        kept = pages.get(key, version)
        if kept is not None:
            return _conditional(request, HttpResponse(kept.content, headers=kept.headers))
        response = self.get_response(request)
        if not (isinstance(response, HttpResponse) and _is_public(response)):
            return response
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers["ETag"] = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
        if len(response.content) <= LARGEST_PAGE:
            pages.put(key, version, CachedPage(response.content, dict(response.headers)))
        return _conditional(request, response)


def _may_be_kept(request: HttpRequest) -> bool:
    """Before the answer is known. Inside a transaction, a connection sees what others don't."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
        and not connection.in_atomic_block
    )


def _version() -> str | None:
    """The version of the data, None where the database can't be asked, nor on a second connection."""
    for _attempt in range(2):
        began = time.monotonic()
        connection.health_check_done = True  # type: ignore[attr-defined]  # this statement is one
        try:
            with connection.cursor() as cursor:
                return current(cursor)
        except Error:
            connection.close()
        if time.monotonic() - began > QUICK:
            break
    return None


def _key(request: HttpRequest) -> Hashable:
    """All that a public page depends on, but the data: the day as well, for what is told as of today."""
    return (
        request.scheme,
        request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME"),
        request.path,
        request.META.get("QUERY_STRING", ""),
        chosen(request),
        chosen_size(request),
        request.headers.get("HX-Request", ""),
        timezone.localdate(),
    )


def _is_of_catalogue(request: HttpRequest) -> bool:
    """Whether the address is one of the public pages: for others, no database is asked here."""
    try:
        return resolve(request.path_info).app_names == [APPLICATION]
    except Resolver404:
        return False


def _is_public(response: HttpResponse) -> bool:
    """Whether every reader gets this answer."""
    vary = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")} - {""}
    return (
        response.status_code == 200
        and not response.cookies
        and vary <= VARY
        and not {"no-store", "private"}
        & {part.strip() for part in response.headers.get("Cache-Control", "").split(",")}
    )


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """304 for who has the page already. A script of another origin may read that only with the headers that let it."""
    answer = get_conditional_response(request, etag=response.headers["ETag"], response=response) or response
    for name, value in response.headers.items():
        if name.startswith("Access-Control-"):
            answer.headers[name] = value
    return answer
