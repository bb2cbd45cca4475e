"""Which row is the fact that a page tells: papers tell one number with and without its date and its hedge."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import TypeAlias

from brands.models import Statistic
from brands.models.statistic import is_dated, measure_of, same_fact
from brands.vocabulary.choices import Qualifier, ReviewState
from brands.vocabulary.dates import to_iso
from ingest.load.changes import assign
from ingest.records import SubjectType

SubjectPk: TypeAlias = int | str
# Column and value of the subject, and the fact's key: what makes two statistics the same.
Identity: TypeAlias = tuple[str, SubjectPk, str]

DATE = ("as_of", "as_of_precision", "as_of_basis", "period")


def identity_of(row: Statistic) -> Identity:
    column = next(f"{kind.value}_id" for kind in SubjectType if getattr(row, f"{kind.value}_id") is not None)
    return column, getattr(row, column), row.fact_key


class KnownNumbers:
    """The numbers that a fact of the page may be: those that are stored, and those that were made for it so far."""

    def __init__(self, rows: Iterable[Statistic]) -> None:
        self._alike: defaultdict[tuple[object, ...], list[Statistic]] = defaultdict(list)
        for row in rows:
            self.add(row)

    def add(self, row: Statistic) -> None:
        self._alike[_key(row)].append(row)

    def same(self, candidate: Statistic) -> Statistic | None:
        """The row that is the same fact: of several a person's own, then the one that says most."""
        alike = self._alike.get(_key(candidate), ())
        return max((row for row in alike if _may_be(row, candidate)), key=_says_more(candidate), default=None)

    def complete(self, row: Statistic, candidate: Statistic) -> None:
        """Take over what only the candidate says of the fact, unless another row says just that."""
        names = tuple(_missing(row, candidate)) if row.machine_may_write and row is not candidate else ()
        fuller = copy(row)
        assign(fuller, **{name: getattr(candidate, name) for name in names})
        taken = {other.fact_key for other in self._alike[_key(row)] if other is not row}
        if names and fuller.prepare().fact_key not in taken:
            assign(row, **{name: getattr(fuller, name) for name in (*names, "fact_key")})


def _key(row: Statistic) -> tuple[object, ...]:
    return (*identity_of(row)[:2], *measure_of(row))


def _may_be(row: Statistic, candidate: Statistic) -> bool:
    """A rejected row says only that its very words are wrong."""
    return row.fact_key == candidate.fact_key or (row.review != ReviewState.REJECTED and same_fact(row, candidate))


def _says_more(candidate: Statistic) -> Callable[[Statistic], tuple[bool, str, bool, bool, int]]:
    def key(row: Statistic) -> tuple[bool, str, bool, bool, int]:
        same = row.fact_key == candidate.fact_key
        dated = to_iso(row.as_of, row.as_of_precision) if is_dated(row) else ""
        return same and not row.machine_may_write, dated, row.qualifier != Qualifier.EXACT, same, -(row.pk or 0)

    return key


def _missing(row: Statistic, candidate: Statistic) -> Iterator[str]:
    """The fields of which the candidate says more: a date that its text states or that is finer, of two dates of papers
    the earlier, since later ones may only repeat the number, or the only one; a hedge."""
    if not same_fact(row, candidate):
        return
    if is_dated(candidate):
        if not is_dated(row) or len(_iso(candidate)) > len(_iso(row)):
            yield from DATE
    elif not is_dated(row) and candidate.as_of and (row.as_of is None or candidate.as_of < row.as_of):
        yield from DATE
    if row.qualifier == Qualifier.EXACT != candidate.qualifier:
        yield "qualifier"


def _iso(row: Statistic) -> str:
    return to_iso(row.as_of, row.as_of_precision)
