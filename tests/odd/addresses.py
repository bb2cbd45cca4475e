"""Every address that the resolver knows, with likely and unlikely values in its places."""

import re
from collections.abc import Iterator
from functools import cache
from random import Random

from django.urls import URLPattern, URLResolver, get_resolver

NUMBERS = ("1", "2", "0", "99999999999999999999", "9223372036854775808")
# Values of the places that addresses have, by name.
PLACES: dict[str, tuple[str, ...]] = {
    "pk": NUMBERS,
    "object_id": (*NUMBERS, "1_002", "_", "%00", "__regex"),
    "adcode": ("140000", "999999", "100000", "429005"),
    "content_type_id": NUMBERS,
    "app_label": ("brands", "auth", "x"),
}

# Values of any other place.
OTHER = ("1", "x", "字", "%00", "%ff%fe", "..%2f", "%0d%0a", "x" * 700)

_ROUTE_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
_REGEX_PLACE = re.compile(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)")


@cache
def routes() -> tuple[str, ...]:
    """All routes, places as ``<name>``: ``/brands/<pk>/``."""
    return tuple(sorted({f"/{route}" for route in _routes(get_resolver(), "")}))


def address(rng: Random, route: str) -> str:
    """The route with a value in each place."""
    return _ROUTE_PLACE.sub(lambda place: rng.choice(PLACES.get(place[1], OTHER)), route)


def _routes(resolver: URLResolver, before: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + _plain(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _routes(pattern, route)


def _plain(pattern: str) -> str:
    """A route or a regular expression as text with places: ``^regions/(?P<adcode>…)/$`` is ``regions/<adcode>/``."""
    text = _REGEX_PLACE.sub(r"<\1>", pattern)
    text = _ROUTE_PLACE.sub(r"<\1>", text)
    return text.removeprefix("^").removesuffix("$").removesuffix("\\Z").replace("\\", "")
