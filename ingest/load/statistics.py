"""Statistics of a page -> Statistic."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from brands.models import Statistic
from brands.models.statistic import LARGEST, MAX_STATED, MAX_UNIT
from brands.vocabulary.dates import from_iso
from ingest.load.changes import ChangeLog, assign, snapshot
from ingest.load.earlier import EarlierEvidence, sureness
from ingest.records import StatisticFact, Subject, SubjectType
from ingest.text import Span

SubjectPk = int | str
# Column and value of the subject, and the fact's key: what makes two statistics the same.
Identity = tuple[str, SubjectPk, str]


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
    wanted = [(fact, _row(fact, pk)) for fact, pk in owned if pk is not None]
    stored = _stored([row for _, row in wanted], earlier)
    before = snapshot(stored.values())
    taken = earlier.shared("statistic", list(stored.values()))
    own = _set_by_hand(stored, {_identity(row) for _, row in wanted}, earlier)
    pairs, new = [], []
    for fact, candidate in wanted:
        row = stored.get(_identity(candidate)) or _same_place(own, fact)
        if row is None:
            row = stored[_identity(candidate)] = candidate
            new.append(row)
        elif row.machine_may_write and id(row) not in taken:
            assign(row, stated=candidate.stated)
        taken.add(id(row))
        pairs.append(StatisticPair(row, fact))
    journal.create(Statistic, new)
    journal.update(Statistic, (row for row in stored.values() if row.pk in before), before)
    return pairs


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


def _row(fact: StatisticFact, subject: SubjectPk) -> Statistic:
    as_of, precision = from_iso(fact.as_of)
    row = Statistic(
        metric=fact.metric.value,
        value=fact.value,
        value_max=fact.value_max,
        qualifier=fact.qualifier.value,
        unit=fact.unit,
        as_of=as_of,
        as_of_precision=precision,
        stated=fact.stated[:MAX_STATED],
        confidence=sureness(fact.quotes),
        **{f"{fact.subject.type.value}_id": subject},
    )
    return row.prepare()


def _identity(row: Statistic) -> Identity:
    column = next(f"{kind.value}_id" for kind in SubjectType if getattr(row, f"{kind.value}_id") is not None)
    return column, getattr(row, column), row.fact_key


def _stored(wanted: Sequence[Statistic], earlier: EarlierEvidence) -> dict[Identity, Statistic]:
    """The rows that are the same as one that is wanted, and all that the page bears out so far; locked."""
    keys: defaultdict[str, set[SubjectPk]] = defaultdict(set)
    for column, pk, _ in map(_identity, wanted):
        keys[column].add(pk)
    spans = earlier.spans("statistic")
    if not keys and not spans:
        return {}
    same = Q(pk__in=spans)
    for column, pks in keys.items():
        same |= Q(**{f"{column}__in": pks}, fact_key__in={row.fact_key for row in wanted})
    return {_identity(row): row for row in Statistic.objects.filter(same).select_for_update().order_by("pk")}


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


def _same_place(own: Mapping[Span, Iterable[Statistic]], fact: StatisticFact) -> Statistic | None:
    """The person's row from the same place: of several that of the same metric, else the first."""
    found = [row for quote in fact.quotes if not quote.field for row in own.get(quote.span, ())]
    return next((row for row in found if row.metric == fact.metric), found[0] if found else None)
