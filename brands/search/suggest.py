"""Names to choose from while somebody types: brands, regions and programs, those that begin with the text first."""

from dataclasses import dataclass

from django.db.models import F, Q

from brands.highlight import Mark
from brands.models import Brand, Program, Region
from brands.search.index import find_marks
from brands.search.query import QueryError, parse

MOST = 8
"""Suggestions in all: as many as a phone shows above its keyboard."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`marks` are the matched characters of `name`; `alias` is the other name that matched where the name doesn't."""

    kind: str
    name: str
    url: str
    marks: list[Mark]
    region: Region | None
    alias: str = ""
    alias_marks: tuple[Mark, ...] = ()


def suggest(typed: str) -> list[Suggestion]:
    """At most `MOST` suggestions, brands, regions and programs in this order; none for what can't be asked."""
    try:
        words = parse(typed).words
    except QueryError:
        return []
    found: list[Suggestion] = []
    for kind, rows in (
        ("brand", Brand.objects.published().select_related("region__parent__parent")),
        ("region", Region.objects.exclude(level="country").select_related("parent__parent")),
        ("program", Program.objects.published().select_related("place__parent__parent")),
    ):
        asked = Q()
        for word in words:
            asked &= Q(name__icontains=word)
        for row in rows.filter(asked).order_by(F("name"))[:4] if words else []:
            place = row if isinstance(row, Region) else row.region if isinstance(row, Brand) else row.place
            found.append(Suggestion(kind, row.name, row.get_absolute_url(), find_marks(row.name, words), place))
    return found[:MOST]
