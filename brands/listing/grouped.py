"""Counts of facets over cards that are read once: what brands.listing.tallies doesn't know."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from brands.listing.fields import UNKNOWN
from brands.listing.regions import counts_by_region

# The column of a card by facet.
COLUMNS = {
    "region": "adcode",
    "industry": "industry",
    "category": "category",
    "level": "level",
    "year": "year",
    "batch": "batch",
    "series": "series",
    "review": "review",
}

# The facets that are links.
LINKS = ("metric", "program")


def counted_cards(cards: QuerySet[Any], facets: Sequence[str]) -> dict[str, Counter[str]]:
    """How many of the cards have each value of each facet, in one statement.

    The cards are picked once, into a table of the columns that matter. Left to itself, SQLite walks an index of the
    column that is grouped by, the whole of it and once a facet.
    """
    found: dict[str, Counter[str]] = {facet: Counter() for facet in facets}
    try:
        picked, values = cards.order_by().values("id", *COLUMNS.values()).query.sql_with_params()
    except EmptyResultSet:
        return found
    parts = " UNION ALL ".join(_LINKS.format(f=f) if f in LINKS else _COLUMN.format(f=f, c=COLUMNS[f]) for f in facets)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH picked AS MATERIALIZED ({picked}) {parts}", values)
        for facet, value, count in cursor.fetchall():
            found[facet][value or UNKNOWN] = count
    if "region" in found:
        found["region"] = counts_by_region(found["region"])
    return found


_COLUMN = "SELECT '{f}', CAST({c} AS varchar(60)), count(*) FROM picked GROUP BY {c}"
# the cards first: with JOIN, SQLite goes through all links of the facet
_LINKS = """SELECT '{f}', value, count(*) FROM picked CROSS JOIN brands_cardlink
WHERE card = picked.id AND facet = '{f}' GROUP BY value"""
