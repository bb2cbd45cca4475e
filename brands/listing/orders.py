"""Ways to sort a list: each an order of columns, and what stands behind all others since it has no value there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

# The order of rows that have no value to be sorted by.
BY_NAME = ("pinyin", "id")


@dataclass(frozen=True, slots=True)
class Order:
    """What a way to sort is called, and its columns, the last of which make it one order. `nothing` names a column and
    what stands there, below every value, where nothing is known: such rows come last whichever way the others go.
    It is left out where the columns say the same. `rest` is the order of these rows."""

    label: Any
    columns: tuple[Any, ...]
    nothing: tuple[str, Any] | None = None
    rest: tuple[Any, ...] = BY_NAME

    @property
    def known(self) -> Q:
        """The rows that have a value, as a range of an index."""
        column, lowest = self.nothing or ("pk", None)
        return Q(**({f"{column}__isnull": False} if lowest is None else {f"{column}__gt": lowest}))

    @property
    def unknown(self) -> Q:
        column, lowest = self.nothing or ("pk", None)
        return Q(**({f"{column}__isnull": True} if lowest is None else {column: lowest}))

    @property
    def downwards(self) -> bool:
        """Whether the largest comes first."""
        return str(self.columns[0]).startswith("-")

    def turned(self, *nothing: Any) -> "Order":
        """The other way round, read off the same index backwards; `nothing` is the column and value of nothing."""
        columns = tuple(_turned(column) for column in self.columns)
        return replace(self, columns=columns, nothing=nothing or self.nothing)


def _turned(column: str) -> str:
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table by whose head the list is sorted: `first` with the first click, `second` with the next."""

    label: Any
    first: str
    second: str

    def head(self, orders: Mapping[str, Order], sort: str) -> "Head":
        """The head where the list is sorted so: which order it leads to."""
        leads_to = self.second if sort == self.first else self.first
        if sort not in {self.first, self.second}:
            return Head(str(self.label), leads_to, "")
        return Head(str(self.label), leads_to, "descending" if orders[sort].downwards else "ascending")


@dataclass(frozen=True, slots=True)
class Head:
    """`sorted` is the value of aria-sort, empty for a column that the list is not sorted by."""

    label: str
    order: str
    sorted: str
    url: str = ""
