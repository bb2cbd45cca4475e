"""What loading brands and loading programs have in common: each fact of the page is paired with a row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from brands.models import Brand, Program
from brands.vocabulary.names import name_key
from ingest.load.match import CandidateRows
from ingest.records import Quote

Row = TypeVar("Row", Brand, Program)


class Entity(Protocol):
    """What a brand and a program of a page have in common."""

    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def quotes(self) -> tuple[Quote, ...]: ...


Found = TypeVar("Found", bound=Entity)


@dataclass(frozen=True, slots=True)
class FactPair(Generic[Row, Found]):
    """A fact of the page and its row. `alone` says that no other page, and no fact before it on this one, bears the row
    out: then the row says what the fact says."""

    row: Row
    found: Found
    alone: bool


@dataclass(frozen=True, slots=True)
class Facts(Generic[Row, Found]):
    """What sets one kind of facts apart: where they are, how a row is made of one, how one changes a row, and by which
    keys a fact is called with or without its place, each with the division in which that row must be."""

    place: Callable[[Found], str]
    new: Callable[[Found], Row]
    update: Callable[[Row, Found, bool], None]
    forms: Callable[[Found], Mapping[str, str]] = lambda _fact: {}


def pair_up(
    found: Sequence[Found], shelf: CandidateRows[Row], *, taken: set[int], facts: Facts[Row, Found]
) -> list[FactPair[Row, Found]]:
    """The row of each fact, new where the shelf has none, changed in memory where a machine may write it. `taken` are
    the identities of rows that other pages bear out."""
    pairs = []
    for fact in found:
        row = _find(shelf, fact, facts.place(fact))
        row = row or shelf.with_or_without_place(facts.forms(fact), facts.place(fact))
        alone = row is None or id(row) not in taken
        if row is None:
            row = facts.new(fact)
            shelf.put(row)
        elif row.machine_may_write:
            facts.update(row, fact, alone)
        taken.add(id(row))
        pairs.append(FactPair(row, fact, alone))
    return pairs


def fits(name: str, longest: int) -> bool:
    """Whether a name can be stored: not all punctuation, and no longer than its column, as its key is."""
    return 0 < len(name_key(name)) <= longest and len(name) <= longest


def new_rows(pairs: Sequence[FactPair[Row, Found]]) -> list[Row]:
    """The rows that are not in the database, each once."""
    return list({id(pair.row): pair.row for pair in pairs if pair.row._state.adding}.values())


def _find(shelf: CandidateRows[Row], fact: Entity, place: str) -> Row | None:
    return shelf.find(
        name_key(fact.name),
        others=[name_key(alias) for alias in fact.aliases],
        region=place,
        spans=[quote.span for quote in fact.quotes if not quote.field],
    )
