"""The pairs that wait for somebody, surest first, and those that somebody said are two."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from brands.models.audit import MAX_NOTE
from brands.vocabulary.choices import ReviewState
from curation.duplicates.comparison import MODELS, TRADES, ComparedField, ComparedRecord, lines, sides
from curation.duplicates.scoring import in_words
from curation.models import Distinct, DuplicatePair, DuplicateSearch


@dataclass(frozen=True, slots=True)
class ShownPair:
    """Two records beside each other, with why they may be the same, or why somebody said that they are not."""

    kind: str
    left: ComparedRecord
    right: ComparedRecord
    lines: list[ComparedField]
    row: DuplicatePair | Distinct

    @property
    def reasons(self) -> list[str]:
        return in_words(self.row.reasons) if isinstance(self.row, DuplicatePair) else []

    @property
    def likeness(self) -> int | None:
        """Of a hundred."""
        return round(self.row.score * 100) if isinstance(self.row, DuplicatePair) else None


def waiting(kind: str, *, province: str = "", trade: str = "") -> QuerySet[DuplicatePair]:
    """The pairs of which both are there and nobody has said that they are two; of a province or trade, those of which
    one side is."""
    there: QuerySet[Any] = MODELS[kind]._default_manager.exclude(review=ReviewState.REJECTED)
    apart = Distinct.objects.filter(kind=kind, first=OuterRef("first"), second=OuterRef("second"))
    found = DuplicatePair.objects.filter(_among(there, "first"), _among(there, "second"), ~Exists(apart), kind=kind)
    for some in _narrowed(there, kind, province, trade):
        found = found.filter(Q(_among(some, "first")) | Q(_among(some, "second")))
    return found


def _among(rows: QuerySet[Any], side: str) -> Exists:
    """That this side of a pair is one of the rows. Asked of each pair: pairs are few, and SQLite would go through all
    records for `IN`."""
    return Exists(rows.filter(pk=OuterRef(side)))


def _narrowed(there: Any, kind: str, province: str, trade: str) -> list[Any]:
    places = [there.in_region(province)] if province else []
    return [*places, there.filter(**{TRADES[kind]: trade})] if trade else places


def said_apart(kind: str) -> QuerySet[Distinct]:
    """The pairs that people said are two, the newest first."""
    there = MODELS[kind]._default_manager.all()
    found = Distinct.objects.filter(_among(there, "first"), _among(there, "second"), kind=kind)
    return found.select_related("author")


def of_record(kind: str, pk: int) -> QuerySet[DuplicatePair]:
    """The pairs in which the record stands."""
    return waiting(kind).filter(Q(first=pk) | Q(second=pk))


def pairs(kind: str, rows: "list[DuplicatePair] | list[Distinct]") -> list[ShownPair]:
    """The rows with both records. The one with more articles stands first: it is more likely the one to keep."""
    found = sides(kind, (pk for row in rows for pk in (row.first, row.second)))
    return [
        _pair(kind, found[row.first], found[row.second], row) for row in rows if {row.first, row.second} <= found.keys()
    ]


def _pair(kind: str, one: ComparedRecord, other: ComparedRecord, row: DuplicatePair | Distinct) -> ShownPair:
    left, right = sorted((one, other), key=lambda side: (-side.articles, -side.statistics, side.record.pk))
    return ShownPair(kind, left, right, lines(left.record, right.record), row)


def set_apart(kind: str, one: int, other: int, *, author: User, why: str = "") -> Distinct:
    """Take down that the two are not the same."""
    first, second = sorted((one, other))
    said = {"author": author, "why": why[:MAX_NOTE]}
    return Distinct.objects.update_or_create(kind=kind, first=first, second=second, defaults=said)[0]


def no_longer_apart(kind: str, one: int, other: int) -> None:
    """Forget that somebody said so. The pair is listed again if it was found."""
    first, second = sorted((one, other))
    Distinct.objects.filter(kind=kind, first=first, second=second).delete()


def last_search(kind: str) -> tuple[DuplicateSearch | None, int]:
    """When doubles were last looked for, and how many records came since."""
    done = DuplicateSearch.objects.filter(kind=kind).first()
    rows = MODELS[kind]._default_manager.exclude(review=ReviewState.REJECTED)
    return done, rows.filter(created_at__gt=done.done_at).count() if done else rows.count()
