"""How many searches and forms a minute are taken from one visitor (`SEARCH_REQUESTS`, `FORM_REQUESTS`): one more is
told when to come again.

Each process counts by itself, as it does for `/api/`: what is kept out is who would keep it busy. nginx limits all
requests of a visitor before, and some forms count by the day in the database. Kept pages are answered before anybody
counts.
"""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse

from brands.visitors import network, visitor

# Seconds for which requests are counted together.
WINDOW = 60

# Visitors whose requests are counted at a time; the one who was quiet longest is forgotten.
MOST_VISITORS = 20_000


class Counter:
    """Requests of each visitor since its first one within the last WINDOW. Safe for threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, kind: str, who: str, most: int) -> int:
        """Count one more; the seconds until it may come where `most` have come already, else 0."""
        now = self._clock()
        with self._lock:
            began, count = self._seen.pop((kind, who), (now, 0))
            if now - began >= WINDOW:
                began, count = now, 0
            self._seen[kind, who] = began, count + 1
            if len(self._seen) > MOST_VISITORS:
                self._seen.popitem(last=False)
        return max(1, round(began + WINDOW - now)) if count >= most else 0

    def clear(self) -> None:
        with self._lock:
            self._seen.clear()


counter = Counter()


# A query string with words to search for.
_ASKS = re.compile("(?:^|&)q=")


class RateLimitMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        kind, most = _limit(request)
        wait = counter.wait(kind, network(visitor(request)), most) if most else 0
        return _told(wait) if wait else self.get_response(request)


def _limit(request: HttpRequest) -> tuple[str, int]:
    """What is counted, and how many a minute; 0 for no limit. Staff write forms as fast as they can; who tries to
    become staff does not."""
    inside = request.path_info.startswith(reverse("admin:index")) and request.path_info != reverse("admin:login")
    if request.method == "POST" and not inside:
        # batches of names to be matched change nothing; their own view counts them as requests of the interface
        return "form", settings.FORM_REQUESTS if request.path_info != reverse("brands:reconcile") else 0
    # the query as it came: who parses it may find too many parameters, which is for the view to say
    asks = _ASKS.search(request.META.get("QUERY_STRING", "")) is not None
    is_search = request.path_info.startswith(reverse("brands:search")) or asks
    return "search", settings.SEARCH_REQUESTS if is_search else 0


def _told(wait: int) -> HttpResponse:
    headers = {"Retry-After": str(wait), "Cache-Control": "no-store"}
    body = render_to_string("429.html", {"wait": wait})
    return HttpResponse(body, status=HTTPStatus.TOO_MANY_REQUESTS, headers=headers)
