"""Counts of cards that are kept up, so that the facets of a plain list read no cards.

A key is ``facet|province|industry|category|level|value``. With an empty facet and value it counts the cards of these
four, of which each may be ``*``, any: 16 keys a card. With a facet, the cards with this value of it as well, where at
most one of the four is given: five keys a value of a card. What no key counts, :mod:`brands.listing` counts in the
cards. The value stands last, so that all values of a facet lie in one range of the index.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from django.db import connection

from brands.models import Tally

ANY = "*"
# The columns of a card of which every combination is counted.
BASE = ("province", "industry", "category", "level")

# A facet besides the four, and a value.
Extra = tuple[str, str]

# The facet of prefectures and counties: a card has as many values as divisions below the province hold it.
WITHIN = "within"


def key(given: Mapping[str, str], facet: str = "", value: str = "") -> str:
    """The key of the cards with these values of `BASE` and this value of a facet.

    >>> key({"industry": "care"})
    '|*|care|*|*|'
    """
    return "|".join((facet, *(given.get(name, ANY) for name in BASE), value))


def keys_of(base: Sequence[str], extras: Iterable[Extra]) -> Iterator[str]:
    """All keys that count a card with these values of `BASE` and these further ones."""
    for chosen in product(*((ANY, value) for value in base)):
        yield "|".join(("", *chosen, ""))
    singles = [(ANY,) * 4, *(tuple(v if i == at else ANY for i, v in enumerate(base)) for at in range(4))]
    for facet, value in extras:
        for chosen in singles:
            yield "|".join((facet, *chosen, value))


def add(changes: Mapping[str, int]) -> None:
    """Add to the counts, in one statement. In the order of the keys, so that two writers don't wait for each other."""
    rows = sorted((key, by) for key, by in changes.items() if by)
    for at in range(0, len(rows), ROWS):
        part = rows[at : at + ROWS]
        values = ", ".join(["(%s, %s)"] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(_ADD.format(values=values), [item for row in part for item in row])
    if any(by < 0 for _key, by in rows):
        Tally.objects.filter(count=0, key__in=[key for key, by in rows if by < 0][:ROWS]).delete()


# Rows that one statement adds to: both databases take 32,766 values and more.
ROWS = 5000

_ADD = """
INSERT INTO brands_tally ("key", "count") VALUES {values}
ON CONFLICT ("key") DO UPDATE SET "count" = brands_tally."count" + excluded."count"
"""


def read(keys: Iterable[str], ranges: Iterable[tuple[str, int]] = ()) -> Counter[str]:
    """The counts of the keys, and of each range (a beginning of keys, at most so many) those that count most, in one
    statement."""
    keys = list(dict.fromkeys(keys))
    parts: list[str] = []
    values: list[str | int] = []
    if keys:
        parts.append(f'SELECT "key", "count" FROM brands_tally WHERE "key" IN ({", ".join(["%s"] * len(keys))})')  # noqa: S608  placeholders
        values += keys
    for start, most in ranges:
        parts.append(_RANGE)
        values += [start, start[:-1] + chr(ord(start[-1]) + 1), most]
    if not parts:
        return Counter()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return Counter(dict(cursor.fetchall()))


_RANGE = """SELECT * FROM (SELECT "key", "count" FROM brands_tally WHERE "key" >= %s AND "key" < %s AND "count" > 0
ORDER BY "count" DESC, "key" LIMIT %s) AS ranked"""


# More than there are divisions in the country.
MOST_DIVISIONS = 5000


def of_divisions(provinces: Iterable[str], *, inside: str = "") -> Counter[str]:
    """How many brands these provinces hold, and each division below them whose code begins with `inside`, by code.
    Under the empty code, all brands there are."""
    keys = {key({"province": code}): code for code in provinces} | {key({}): ""}
    start = key({}, WITHIN, inside)
    counts = read(keys, [(start, MOST_DIVISIONS)])
    within = len(key({}, WITHIN))
    return Counter({keys[name] if name in keys else name[within:]: count for name, count in counts.items()})
