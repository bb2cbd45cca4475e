"""Which records of a list a file holds: those that the parameters of its page, or of the interface, choose."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Protocol

from django.http import HttpRequest, QueryDict

from brands.api.conventions import unknown_parameter
from brands.api.listed import RecordList
from brands.api.lists import refuse
from brands.api.other_lists import PlainListView, faults_of
from brands.api.pieces import Record
from brands.api.problems import Refused
from brands.listing.address import Address

# Records that are read at a time, so that memory stays the same however many there are.
BATCH = 2000


class ChosenRecords(Protocol):
    """The records of a list that parameters choose, in its order."""

    @property
    def address(self) -> Address:
        """What is chosen, as an address."""

    def refusals(self) -> Sequence[str]:
        """Why there is no file of them, a line each: what can't be followed, or what it would leave out."""

    def saying(self) -> str:
        """The choices in words."""

    def total(self) -> int: ...

    def batches(self, request: HttpRequest, *, quoted: bool = True) -> Iterator[Sequence[Record]]:
        """All of them, `BATCH` at a time; with the sentences that are part of them where these are to be `quoted`."""


class ListingRecords:
    """Those of a list of the pages."""

    def __init__(self, source: RecordList, given: QueryDict, path: str) -> None:
        self.source = source
        self.listing = source.listing(given, source.rows(), path=path)
        self.address = self.listing.address

    def refusals(self) -> Sequence[str]:
        try:
            refuse(self.listing)
        except Refused as refused:
            return _told(refused)
        return self.listing.complaints

    def saying(self) -> str:
        return self.listing.saying()

    def total(self) -> int:
        return self.listing.total()

    def batches(self, request: HttpRequest, *, quoted: bool = True) -> Iterator[Sequence[Record]]:
        made = self.source.made if quoted or self.source.bare is None else self.source.bare
        rows = self.listing.slice(0, BATCH)
        while rows:
            yield made(request, rows)
            rows = self.listing.following(rows[-1]["id"], BATCH) if len(rows) == BATCH else ()


class PlainRecords:
    """Those of a list that no page has, in the order of their keys."""

    def __init__(self, source: type[PlainListView], given: QueryDict, path: str) -> None:
        self.view, self.given = source(), given
        known = tuple(source.filters.base_filters)
        pairs = tuple((name, str(value)) for name, value in given.items() if name in known and value)
        self.address = Address(path, known, pairs)

    @cached_property
    def _chosen(self) -> Any:
        return self.view.filters(self.given, self.view.rows())

    def refusals(self) -> Sequence[str]:
        unknown = [unknown_parameter(name) for name in self.given if name not in self.address.keys]
        faults = unknown or faults_of(self._chosen)
        return _told(Refused(faults)) if faults else ()

    def saying(self) -> str:
        return " ".join(value for _name, value in self.address.pairs)

    def total(self) -> int:
        found: int = self._chosen.qs.count()
        return found

    def batches(self, request: HttpRequest, *, quoted: bool = True) -> Iterator[Sequence[Record]]:
        rows = self._chosen.qs.order_by("pk")
        made = self.view.made(request, rows[:BATCH])
        while made:
            yield made
            last = made[-1][self.view.key]
            made = self.view.made(request, rows.filter(pk__gt=last)[:BATCH]) if len(made) == BATCH else []


def _told(refused: Refused) -> list[str]:
    return [f"{name}: {detail}" for name, detail in refused.faults]
