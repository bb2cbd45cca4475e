"""Which brands and regions a program concerns: those named in the sentences that name the program."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from django.db import models

from brands.listing import sync
from brands.models import Brand, Program
from ingest import records
from ingest.load.changes import Action, ChangeLog, RowChange
from ingest.load.pairs import FactPair

# By article, where brands are named, in the order of the places.
Places: TypeAlias = Mapping[int, list[tuple[int, Brand]]]
Keys: TypeAlias = set[int | str]
BrandPairs: TypeAlias = Sequence[FactPair[Brand, records.ExtractedBrand]]
ProgramPairs: TypeAlias = Sequence[FactPair[Program, records.ExtractedProgram]]


def load_links(programs: ProgramPairs, brands: BrandPairs, journal: ChangeLog) -> None:
    """Add the brands and regions that the page's programs concern. Those that it names no more are taken off where no
    other page tells of the program."""
    places = _places(brands)
    named: defaultdict[Program, dict[int, Brand]] = defaultdict(dict)
    alone = {pair.row for pair in programs if pair.alone}
    for pair in programs:
        if pair.row.machine_may_write:
            named[pair.row] |= {brand.pk: brand for brand in _named_near(pair.found, places)}
    _sync("brands", {row: set(found) for row, found in named.items()}, alone, journal)
    _sync("regions", {row: _regions(row, found.values()) for row, found in named.items()}, alone, journal)


def _regions(program: Program, brands: Iterable[Brand]) -> Keys:
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


def _named_near(program: records.ExtractedProgram, places: Places) -> Iterator[Brand]:
    for quote in program.quotes:
        found = places.get(quote.article, [])
        at = bisect_left(found, quote.context.start, key=lambda place: place[0])
        while at < len(found) and found[at][0] < quote.context.end:
            yield found[at][1]
            at += 1


def _sync(relation: str, wanted: Mapping[Program, Keys], alone: set[Program], journal: ChangeLog) -> None:
    """Make the programs' rows of a many-to-many table those that are wanted."""
    table: type[models.Model] = getattr(Program, relation).through
    column = f"{relation.removesuffix('s')}_id"
    stored: defaultdict[int, dict[int | str, int]] = defaultdict(dict)
    if old := [program.pk for program in wanted if not journal.is_new(program)]:
        rows = table._default_manager.filter(program__in=old)
        for pk, program_pk, other in rows.values_list("pk", "program_id", column):
            stored[program_pk][other] = pk
    new: list[tuple[Program, int | str]] = []
    gone: list[tuple[Program, int]] = []
    for program, others in wanted.items():
        new.extend((program, other) for other in sorted(others - stored[program.pk].keys()))
        if program in alone:
            gone.extend((program, pk) for other, pk in stored[program.pk].items() if other not in others)
    table._default_manager.bulk_create(table(**{"program_id": program.pk, column: other}) for program, other in new)
    if gone:
        table._default_manager.filter(pk__in=[pk for _, pk in gone]).delete()
    sync.refresh(programs=[program.pk for program, _ in [*new, *gone]])  # a table of links sends no signals
    name = table._meta.object_name or ""
    journal.changes.extend(RowChange(Action.CREATED, name, str(program)) for program, _ in new)
    journal.changes.extend(RowChange(Action.DELETED, name, str(program)) for program, _ in gone)
