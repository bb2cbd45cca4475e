"""Statistics of a page -> Statistic."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from brands.models import Statistic
from brands.models.statistic import LARGEST, MAX_PART, MAX_STATED, MAX_UNIT
from brands.vocabulary.choices import WAITING_CONFIDENCE, Scope
from brands.vocabulary.dates import from_iso
from ingest.load.changes import ChangeLog, assign, snapshot
from ingest.load.earlier import EarlierEvidence, sureness
from ingest.load.known_numbers import Identity, KnownNumbers, SubjectPk, identity_of
from ingest.records import StatisticFact, Subject, SubjectType, bearing
from ingest.text import Span


@dataclass(frozen=True, slots=True)
class StatisticPair:
    """A statistic of the page and its row."""

    row: Statistic
    found: StatisticFact


def load_statistics(
    found: Sequence[StatisticFact],
    subjects: Mapping[Subject, SubjectPk | None],
    earlier: EarlierEvidence,
    journal: ChangeLog,
) -> list[StatisticPair]:
    """Create and update rows, and say which is whose. Left out are numbers that no column holds, and statistics of a
    brand or program that was left out. A subject that the page does not have is an error of the extraction."""
    owned = [(fact, _pk(fact, subjects)) for fact in found if _fits(fact)]
    most = WAITING_CONFIDENCE if earlier.page.numbers_wait else 1.0
    wanted = [(fact, _row(fact, pk, most)) for fact, pk in owned if pk is not None]
    stored = _stored([row for _, row in wanted], earlier)
    before = snapshot(stored.values())
    taken = earlier.shared("statistic", list(stored.values()))
    identities = {identity_of(row) for _, row in wanted}
    own = _set_by_hand(stored, identities, earlier)
    reread = _reread(stored, identities, earlier, taken)
    known = KnownNumbers(stored.values())
    pairs, new = [], []
    for fact, candidate in wanted:
        row = known.same(candidate) or _same_place(own, fact)
        if row is None and (row := _same_number(reread, fact, candidate)) is not None:
            assign(row, **{name: getattr(candidate, name) for name in _READ})
            known.add(row)
        if row is None:
            row = candidate
            known.add(row)
            new.append(row)
        elif row.machine_may_write and id(row) not in taken:
            assign(row, stated=candidate.stated)
        known.complete(row, candidate)
        taken.add(id(row))
        pairs.append(StatisticPair(row, fact))
    _create(pairs, new, journal)
    journal.update(Statistic, (row for row in stored.values() if row.pk in before), before)
    return pairs


# What a run says of a number besides its subject; another reading of the same place replaces all of it.
_READ = (
    *("metric", "value", "value_max", "qualifier", "unit", "scope", "part_of", "per", "period"),
    *("as_of", "as_of_precision", "as_of_basis", "stated", "fact_key"),
)


def _create(pairs: Sequence[StatisticPair], new: Sequence[Statistic], journal: ChangeLog) -> None:
    """Insert the new rows, each whole before its parts, and tie the parts to it."""
    wholes = _wholes(pairs)
    waiting = list(new)
    while waiting:
        now = [row for row in waiting if (whole := wholes.get(id(row))) is None or not whole._state.adding]
        if not now:  # two numbers that are said to be parts of each other
            now, wholes = waiting, {}
        for row in now:
            assign(row, whole_id=wholes[id(row)].pk if id(row) in wholes else None)
        journal.create(Statistic, now)
        made = set(map(id, now))
        waiting = [row for row in waiting if id(row) not in made]
    for pair in pairs:
        if not journal.is_new(pair.row) and pair.row.machine_may_write and pair.row.scope == Scope.PART:
            whole = wholes.get(id(pair.row))
            assign(pair.row, whole_id=whole.pk if whole else None)


def _wholes(pairs: Sequence[StatisticPair]) -> dict[int, Statistic]:
    """By the identities of parts, the rows that they are parts of, where both speak of the same subject."""
    at = {quote.span: pair.row for pair in pairs for quote in bearing(pair.found.quotes)}
    found = {}
    for pair in pairs:
        whole = at.get(pair.found.whole) if pair.found.whole else None
        alike = whole is not None and whole is not pair.row and identity_of(whole)[:2] == identity_of(pair.row)[:2]
        if whole is not None and alike and pair.row.scope == Scope.PART:
            found[id(pair.row)] = whole
    return found


def _fits(fact: StatisticFact) -> bool:
    upper = fact.value if fact.value_max is None else fact.value_max
    return 0 <= fact.value <= upper < LARGEST and len(fact.unit) <= MAX_UNIT


def _pk(fact: StatisticFact, subjects: Mapping[Subject, SubjectPk | None]) -> SubjectPk | None:
    if fact.subject.type is SubjectType.REGION:
        return fact.subject.key
    try:
        return subjects[fact.subject]
    except KeyError:
        raise ValueError(f"{fact.stated}: the page has no {fact.subject.type.value} {fact.subject.key}") from None


def _row(fact: StatisticFact, subject: SubjectPk, most: float) -> Statistic:
    """The row that the fact would be, with `most` confidence at most."""
    as_of, precision = from_iso(fact.as_of)
    row = Statistic(
        metric=fact.metric.value,
        value=fact.value,
        value_max=fact.value_max,
        qualifier=fact.qualifier.value,
        unit=fact.unit,
        scope=fact.scope.value,
        part_of=fact.part_of[:MAX_PART],
        per=fact.per.value if fact.per else "",
        period=fact.period[:MAX_PART],
        as_of_basis=fact.as_of_basis.value if as_of and fact.as_of_basis else "",
        as_of=as_of,
        as_of_precision=precision,
        stated=fact.stated[:MAX_STATED],
        confidence=min(sureness(fact.quotes), most),
        **{f"{fact.subject.type.value}_id": subject},
    )
    return row.prepare()


def _stored(wanted: Sequence[Statistic], earlier: EarlierEvidence) -> dict[Identity, Statistic]:
    """The rows that may be the same as one that is wanted, since subject and value are, and all that the page bears out
    so far; locked."""
    keys: defaultdict[str, set[SubjectPk]] = defaultdict(set)
    values: defaultdict[str, set[Decimal]] = defaultdict(set)
    for row in wanted:
        column, pk, _ = identity_of(row)
        keys[column].add(pk)
        values[column].add(row.value)
    spans = earlier.spans("statistic")
    if not keys and not spans:
        return {}
    same = Q(pk__in=spans)
    for column, pks in keys.items():
        same |= Q(**{f"{column}__in": pks}, value__in=values[column])
    return {identity_of(row): row for row in Statistic.objects.filter(same).select_for_update().order_by("pk")}


def _set_by_hand(
    stored: Mapping[Identity, Statistic], wanted: set[Identity], earlier: EarlierEvidence
) -> dict[Span, list[Statistic]]:
    """By their places on the page, the rows that a person confirmed or changed and that no fact is the same as: a fact
    from the same place is what the person has seen, and does not come back beside it. Rejected rows say only that their
    own values are wrong."""
    places = earlier.spans("statistic")
    found: defaultdict[Span, list[Statistic]] = defaultdict(list)
    for identity, row in stored.items():
        if identity not in wanted and not row.machine_may_write and row.review != "rejected":
            for span in places[row.pk]:
                found[span].append(row)
    return found


def _reread(
    stored: Mapping[Identity, Statistic], wanted: set[Identity], earlier: EarlierEvidence, shared: set[int]
) -> dict[Span, list[Statistic]]:
    """By their places on the page, the rows that only this page bears out, no person has touched and no fact is the
    same as: another reading of the place changes them, so that they keep their addresses."""
    places = earlier.spans("statistic")
    found: defaultdict[Span, list[Statistic]] = defaultdict(list)
    for identity, row in stored.items():
        if identity not in wanted and row.machine_may_write and id(row) not in shared:
            for span in places[row.pk]:
                found[span].append(row)
    return found


def _same_number(reread: Mapping[Span, list[Statistic]], fact: StatisticFact, candidate: Statistic) -> Statistic | None:
    """The row from the same place that has the same subject and value; each serves one fact."""
    for quote in bearing(fact.quotes):
        for row in reread.get(quote.span, []):
            if identity_of(row)[:2] == identity_of(candidate)[:2] and row.value == candidate.value:
                for rows in reread.values():
                    rows[:] = [other for other in rows if other is not row]
                return row
    return None


def _same_place(own: Mapping[Span, Iterable[Statistic]], fact: StatisticFact) -> Statistic | None:
    """The person's row from the same place: of several that of the same metric, else the first."""
    found = [row for quote in fact.quotes if not quote.field for row in own.get(quote.span, ())]
    return next((row for row in found if row.metric == fact.metric), found[0] if found else None)
