"""Programs of a page -> Program."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from brands.audit.redirects import names_taken_over
from brands.models import Program
from brands.models.program import BETWEEN_NAMES, MAX_OTHER_NAMES, MAX_TITLE
from brands.models.region import COUNTRY
from brands.vocabulary.choices import ProgramKind
from brands.vocabulary.dates import from_iso
from brands.vocabulary.names import name_key
from brands.vocabulary.titles import TitleParts, names_its_reach, title_parts
from ingest.load.changes import ChangeLog, assign, snapshot
from ingest.load.earlier import EarlierEvidence, sureness
from ingest.load.match import CandidateRows, deeper, related
from ingest.load.pairs import FactPair, Facts, fits, new_rows, pair_up
from ingest.records import ExtractedProgram as Found
from ingest.text import Span

MAX_ISSUER = 200
# Shortest other name by which a row is found: shorter ones are short for several.
MIN_OTHER_NAME = 5


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


# --- which row a fact is ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class ProgramRows(CandidateRows[Program]):
    """Programs that the facts of a page may be. Besides by its name, a row is found by the name without the words of
    its issue, with an edition or a year that agree, and by another name that a paper gave it."""

    by_series: defaultdict[str, list[Program]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[str, Found] = field(default_factory=dict)

    def put(self, row: Program, aliases: Iterable[str] = (), spans: Iterable[Span] = ()) -> None:
        super(ProgramRows, self).put(row, aliases, spans)
        self.by_series[row.series_key].append(row)
        for name in row.names:
            self.by_series[name_key(name)].append(row)

    def named(self, key: str, region: str) -> Program | None:
        """The row of this name in a place that agrees, else the only one that is the same edition of the series."""
        row = super(ProgramRows, self).named(key, region)
        if row is not None and _is_the_country_s(row.place_id or "", region):
            row = None
        return row or self._same_edition(self.facts.get(key))

    def _same_edition(self, fact: Found | None) -> Program | None:
        if fact is None:
            return None
        keys = {name_key(name) for name in fact.other_names} | {title_parts(fact.name).series}
        rows = {row.pk or id(row): row for key in keys for row in self.by_series.get(key, ()) if _is_same(row, fact)}
        return next(iter(rows.values())) if len(rows) == 1 else None


def _is_the_country_s(one: str, other: str) -> bool:
    """Whether one of two known places is the country and the other is a division in it."""
    return bool(one and other) and one != other and COUNTRY in (one, other)


def _is_same(row: Program, fact: Found) -> bool:
    """Whether a row of the series is the edition that the fact tells of: neither edition nor year differ, and one of
    them is the same unless both have none; and the places agree, where the name does not say it."""
    told, known = _edition(fact), _edition_of(row)
    pairs = [(told.edition, known.edition), (told.year, known.year)]
    differ = any(a and b and a != b for a, b in pairs)
    alike = any(a and a == b for a, b in pairs) or not any(a or b for a, b in pairs)
    return not differ and alike and _places_agree(row, fact) and _kinds_agree(row, fact)


def _edition(fact: Found) -> TitleParts:
    held_on, _precision = from_iso(fact.held)
    held = held_on.year if held_on and fact.kind is not ProgramKind.POLICY else None
    return TitleParts("", fact.edition, fact.year or held)


def _edition_of(row: Program) -> TitleParts:
    held = row.held_on.year if row.held_on and row.kind != ProgramKind.POLICY else None
    return TitleParts("", row.edition, row.year or held)


def _places_agree(row: Program, fact: Found) -> bool:
    """The same name is issued in many provinces; a name that says where it holds is one, wherever it was held."""
    one, other = row.place_id or "", fact.place
    if not one or not other or one == other or names_its_reach(row.series_key):
        return True
    return not _is_the_country_s(one, other) and related(one, other)


def _kinds_agree(row: Program, fact: Found) -> bool:
    return (row.kind == ProgramKind.POLICY) == (fact.kind is ProgramKind.POLICY)


def _shelf(found: Sequence[Found], earlier: EarlierEvidence) -> ProgramRows:
    keys = {name_key(name) for program in found for name in (program.name, *program.aliases)} - {""}
    spans = earlier.spans("program")
    shelf = ProgramRows(lambda row: row.place_id or "")
    shelf.facts = {name_key(program.name): program for program in found}
    if not keys and not spans:
        return shelf
    merged = names_taken_over(Program, keys)
    wanted = Q(name_key__in=keys) | Q(pk__in=[*spans, *merged]) | Q(series_key__in=_series(found))
    rows = {row.pk: row for row in Program.objects.filter(wanted).select_for_update().order_by("pk")}
    rows |= _by_other_names(found, rows.values())
    for row in sorted(rows.values(), key=lambda row: row.pk):
        shelf.put(row, spans=spans[row.pk])
        for key, place in merged.get(row.pk, ()):
            shelf.know(key, place, row)
    return shelf


def _series(found: Iterable[Found]) -> set[str]:
    return {title_parts(name).series for program in found for name in (program.name, *program.other_names)}


def _by_other_names(found: Iterable[Found], rows: Iterable[Program]) -> dict[int, Program]:
    """The rows that papers call so besides; asked only for names that no row has."""
    had = {key for row in rows for key in (row.name_key, row.series_key)}
    unknown = [
        program.name for program in found if not {name_key(program.name), title_parts(program.name).series} & had
    ]
    asked = Q()
    for name in unknown:
        if len(name) >= MIN_OTHER_NAME:
            asked |= Q(other_names__contains=name)
    if not asked:
        return {}
    return {row.pk: row for row in Program.objects.filter(asked).exclude(other_names="").select_for_update()}


# --- what a row says --------------------------------------------------------------------------------------------------


def _place(program: Found) -> str:
    return program.place


def _new(program: Found) -> Program:
    row = Program(name=program.name, kind=program.kind.value, place_id=program.place or None, **details(program))
    row.confidence = sureness(program.quotes)
    return row.prepare()


def details(program: Found) -> dict[str, object]:
    """What the columns of a row would hold, but its name, kind and place."""
    held_on, precision = from_iso(program.held)
    return {
        "edition": program.edition,
        "year": program.year,
        "other_names": _joined(program.other_names),
        "issuer": program.issuer[:MAX_ISSUER],
        "held_on": held_on,
        "held_precision": precision,
    }


def _joined(names: Iterable[str]) -> str:
    """As many of the names as the column takes, each once."""
    kept = ""
    for name in dict.fromkeys(name for name in names if BETWEEN_NAMES not in name):
        longer = f"{kept}{BETWEEN_NAMES}{name}" if kept else name
        kept = longer if len(longer) <= MAX_OTHER_NAMES else kept
    return kept


def _update(row: Program, program: Found, alone: bool) -> None:
    """Bring a row up to date. What only this page says is as it says; to what others say, it adds what was unknown."""
    if not alone:
        better = {name: value for name, value in details(program).items() if not getattr(row, name)}
        same_name = row.name_key == name_key(program.name)
        place = deeper(row.place_id or "", program.place) if same_name else row.place_id or program.place
        others = _joined([*row.names, *program.other_names, *_also(row, program)])
        assign(row, **{**better, "place_id": place or None, "other_names": others})
    else:
        assign(row, name=program.name, kind=program.kind.value, place_id=program.place or None, **details(program))
    row.prepare()


def _also(row: Program, program: Found) -> list[str]:
    """The page's name for the program, where it is no other form of the row's own."""
    same = title_parts(program.name).series == row.series_key
    return [] if same or len(program.name) < MIN_OTHER_NAME else [program.name]
