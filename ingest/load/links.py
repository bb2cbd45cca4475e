"""Which brands and regions a program concerns: those named in the sentences that name the program."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from django.db import models

from brands.models import Brand, Program
from ingest import records
from ingest.load.entities import Pair
from ingest.load.journal import Action, Change, Journal

Places: TypeAlias = Mapping[int, list[tuple[int, Brand]]]
"""By article, where brands are named, in the order of the places."""
BrandPairs: TypeAlias = Sequence[Pair[Brand, records.Brand]]
ProgramPairs: TypeAlias = Sequence[Pair[Program, records.Program]]


def load_links(programs: ProgramPairs, brands: BrandPairs, journal: Journal) -> None:
    """Add the brands and regions that the page's programs concern. Those that it names no more are taken off where no
    other page tells of the program."""
    places = _places(brands)
    named: defaultdict[Program, dict[int, Brand]] = defaultdict(dict)
    alone: set[int] = set()
    for pair in programs:
        if pair.row.machine_may_write:
            named[pair.row] |= {brand.pk: brand for brand in _named_near(pair.found, places)}
            alone.update({pair.row.pk} if pair.alone else ())
    wanted: dict[int, set[int | str]] = {row.pk: set(found) for row, found in named.items()}
    _sync(Program.brands.through, "brand_id", wanted, alone, journal)
    regions = {row.pk: _regions(row, found.values()) for row, found in named.items()}
    _sync(Program.regions.through, "region_id", regions, alone, journal)


def _regions(program: Program, brands: Iterable[Brand]) -> set[int | str]:
    codes = [program.place_id, *(brand.region_id for brand in brands)]
    return {code for code in codes if code is not None}


def _places(brands: BrandPairs) -> Places:
    places: defaultdict[int, list[tuple[int, Brand]]] = defaultdict(list)
    for pair in brands:
        for quote in pair.found.quotes:
            if not quote.field:
                places[quote.article].append((quote.span.start, pair.row))
    for found in places.values():
        found.sort(key=lambda place: place[0])
    return places


def _named_near(program: records.Program, places: Places) -> Iterator[Brand]:
    for quote in program.quotes:
        found = places.get(quote.article, [])
        at = bisect_left(found, quote.context.start, key=lambda place: place[0])
        while at < len(found) and found[at][0] < quote.context.end:
            yield found[at][1]
            at += 1


def _sync(
    table: type[models.Model], column: str, wanted: Mapping[int, set[int | str]], alone: set[int], journal: Journal
) -> None:
    """Make the rows of a many-to-many table those that are wanted for each program."""
    stored: defaultdict[int, dict[int | str, int]] = defaultdict(dict)
    rows = table._default_manager.filter(program__in=wanted)
    for pk, program, other in rows.values_list("pk", "program_id", column):
        stored[program][other] = pk
    new = [(pk, other) for pk, others in wanted.items() for other in sorted(others - stored[pk].keys())]
    gone = [row for pk in alone & wanted.keys() for other, row in stored[pk].items() if other not in wanted[pk]]
    table._default_manager.bulk_create(table(**{"program_id": pk, column: other}) for pk, other in new)
    if gone:
        table._default_manager.filter(pk__in=gone).delete()
    name = table._meta.object_name or ""
    journal.changes.extend(Change(Action.CREATED, name, f"{pk} – {other}") for pk, other in new)
    journal.changes.extend(Change(Action.DELETED, name, f"{pk}") for pk in gone)
