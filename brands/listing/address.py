"""Addresses of lists: short, canonical, and always the same for the same choices. And full addresses of anything."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote_plus, urlencode

from django.conf import settings
from django.http import HttpRequest


def full(request: HttpRequest, path: str) -> str:
    """A path with what a full address begins with: SITE_URL, or else the host that was asked."""
    return settings.SITE_URL + path if settings.SITE_URL else request.build_absolute_uri(path)


@dataclass(frozen=True, slots=True)
class Address:
    """A path with chosen values. `keys` gives the order in which they stand in the address; the page's number belongs
    to one set of choices, so every change but :meth:`page` forgets it.

    >>> Address("/brands/", ("region", "industry"), (("industry", "care"),)).plus("region", "140000").url
    '/brands/?region=140000&industry=care'
    """

    path: str
    keys: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        order = {key: place for place, key in enumerate(self.keys)}
        pairs = sorted(set(self.pairs), key=lambda pair: (order.get(pair[0], len(order)), pair))
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    def values(self, key: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.pairs if name == key)

    def only(self, key: str, values: Iterable[str]) -> "Address":
        """With these values of `key` in place of those it has."""
        kept = tuple(pair for pair in self.pairs if pair[0] not in {key, "page"})
        return replace(self, pairs=kept + tuple((key, value) for value in values))

    def plus(self, key: str, value: str) -> "Address":
        return self.only(key, [*self.values(key), value])

    def minus(self, key: str, value: str) -> "Address":
        return self.only(key, [kept for kept in self.values(key) if kept != value])

    def page(self, number: int) -> "Address":
        return replace(self.only("page", []), pairs=self.only("page", [str(number)] if number > 1 else []).pairs)

    def slot(self, key: str) -> "Slot":
        """The address around the values of `key`, to be filled with one after the other; without the page's number."""
        order = {name: place for place, name in enumerate(self.keys)}
        pairs = sorted(set(self.only(key, []).pairs), key=lambda pair: (order.get(pair[0], len(order)), pair))
        before = [pair for pair in pairs if order.get(pair[0], len(order)) < order[key]]
        return Slot(self.path, key, urlencode(before), urlencode(pairs[len(before) :]))


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands before and after the values of one key, encoded."""

    path: str
    key: str
    before: str
    after: str

    def url(self, values: Iterable[str]) -> str:
        """The canonical address with these values."""
        own = "&".join(f"{self.key}={quote_plus(value)}" for value in sorted(set(values)))
        query = "&".join(part for part in (self.before, own, self.after) if part)
        return f"{self.path}?{query}" if query else self.path

    def around(self) -> tuple[str, str]:
        """What stands before and after one value in the address that has no other."""
        before = f"{self.path}?{self.before}{'&' if self.before else ''}{self.key}="
        return before, f"&{self.after}" if self.after else ""


def nearest_page(asked: str, pages: int) -> int:
    """The number of the page that is asked for, or of the nearest one; the first for what is no number.

    >>> nearest_page("12", 9), nearest_page("two", 9)
    (9, 1)
    """
    if not (asked.isascii() and asked.isdecimal()):
        return 1
    digits = asked.lstrip("0")
    return pages if len(digits) > MAX_DIGITS else max(1, min(int(digits or "1"), pages))


# Digits of a page's number; one that is longer is past every last page.
MAX_DIGITS = 9
