"""Programs of a page -> Program."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from brands.audit.merge_records import programs_merged
from brands.models import Program
from brands.models.program import MAX_TITLE
from brands.vocabulary.dates import from_iso
from brands.vocabulary.names import name_key
from ingest.load.changes import ChangeLog, assign, snapshot
from ingest.load.earlier import EarlierEvidence, sureness
from ingest.load.match import CandidateRows, deeper
from ingest.load.pairs import FactPair, Facts, fits, new_rows, pair_up
from ingest.records import ExtractedProgram as Found

MAX_ISSUER = 200


def load_programs(
    found: Sequence[Found], earlier: EarlierEvidence, journal: ChangeLog
) -> list[FactPair[Program, Found]]:
    """Create and update rows, and say which is whose. Names that are too long or all punctuation are left out."""
    found = [program for program in found if fits(program.name, MAX_TITLE)]
    shelf = _shelf(found, earlier)
    before = snapshot(shelf.rows())
    pairs = pair_up(found, shelf, taken=earlier.shared("program", shelf.rows()), facts=Facts(_place, _new, _update))
    new = new_rows(pairs)
    journal.create(Program, new)
    journal.update(Program, shelf.rows(), before | snapshot(new))
    return pairs


def _shelf(found: Sequence[Found], earlier: EarlierEvidence) -> CandidateRows[Program]:
    keys = {name_key(name) for program in found for name in (program.name, *program.aliases)} - {""}
    spans = earlier.spans("program")
    shelf: CandidateRows[Program] = CandidateRows(lambda row: row.place_id or "")
    if not keys and not spans:
        return shelf
    merged: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for heir, key, place in programs_merged(keys):
        merged[heir.pk].append((key, place))
    rows = Program.objects.filter(Q(name_key__in=keys) | Q(pk__in=[*spans, *merged]))
    for row in rows.select_for_update().order_by("pk"):
        shelf.put(row, spans=spans[row.pk])
        for key, place in merged[row.pk]:
            shelf.know(key, place, row)
    return shelf


def _place(program: Found) -> str:
    return program.place


def _new(program: Found) -> Program:
    row = Program(name=program.name, kind=program.kind.value, place_id=program.place or None, **_details(program))
    row.confidence = sureness(program.quotes)
    return row.prepare()


def _details(program: Found) -> dict[str, object]:
    held_on, precision = from_iso(program.held)
    return {"issuer": program.issuer[:MAX_ISSUER], "held_on": held_on, "held_precision": precision}


def _update(row: Program, program: Found, alone: bool) -> None:
    """Bring a row up to date. What only this page says is as it says; to what others say, it adds what was unknown."""
    if not alone:
        better = {name: value for name, value in _details(program).items() if not getattr(row, name)}
        same_name = row.name_key == name_key(program.name)
        place = deeper(row.place_id or "", program.place) if same_name else row.place_id
        assign(row, place_id=place or None, **better)
        return
    assign(row, name=program.name, kind=program.kind.value, place_id=program.place or None, **_details(program))
    row.prepare()
