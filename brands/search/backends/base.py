"""What the two databases say differently, so that :mod:`brands.search.find` writes each statement once."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

from brands.models import DocumentKind


@dataclass(frozen=True, slots=True)
class Have:
    """Documents that have all of these tokens, of which there is one at least."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """Documents that all of the parts ask for."""

    parts: "tuple[Wanted, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """Documents that some of the parts asks for."""

    parts: "tuple[Wanted, ...]"


Wanted: TypeAlias = Have | Every | Some


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a statement, and the values of its placeholders in order."""

    sql: str
    values: tuple[Any, ...] = ()


class Dialect(ABC):
    """One database's index and its words."""

    greatest: ClassVar[str]
    """The function that gives the largest of its arguments."""
    least: ClassVar[str]
    """The function that gives the smallest of its arguments."""
    position: ClassVar[str]
    """The function that says where in its first argument the second begins, counted from 1; 0 for nowhere."""

    @abstractmethod
    def found(self, wanted: Wanted, kind: DocumentKind, *, first: int = 0) -> Part:
        """A query for the numbers (`id`) of the kind's documents that are wanted, if given among the first so many."""

    @abstractmethod
    def among(self, column: str, numbers: Collection[int]) -> Part:
        """That the column is one of the numbers, however many."""

    @abstractmethod
    def rows(self, statement: Part) -> list[Any]:
        """Ask a statement that searches."""

    @abstractmethod
    def write(self, entries: Sequence[tuple[int, Collection[str]]]) -> None:
        """Make these the tokens of the documents with these numbers."""

    @abstractmethod
    def delete(self, numbers: Sequence[int]) -> None:
        """Take entries off the index."""

    @abstractmethod
    def entries(self, numbers: Sequence[int]) -> dict[int, list[str]]:
        """The tokens of the documents with these numbers, as far as they are indexed."""

    @abstractmethod
    def numbers(self, kind: DocumentKind) -> list[int]:
        """The numbers of all documents of a kind that are indexed."""
