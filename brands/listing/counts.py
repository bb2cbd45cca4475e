"""How many rows of a list have each value of each facet, whatever is chosen besides: exact, by no statement.

The index of a list holds, for each value of each facet, the keys of the rows that have it, as a bitmap in memory. What
several choices select is the intersection of their bitmaps, and its size the count. Each process reads the index of a
list when it first needs it, and anew when the data has another version. A filter of the list says in which column its
values stand, or which links hold them, and how a stored value counts.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from pyroaring import BitMap64

from brands.data_version import kept


@dataclass(frozen=True, slots=True)
class FacetIndex:
    """The keys of all rows of a list; by facet and value, in the order of the values, the keys of those that have it;
    and in `totals` how many these are. Nobody may change them."""

    rows: BitMap64
    values: Mapping[str, Mapping[str, BitMap64]]
    totals: Mapping[str, Counter[str]]

    def having(self, facet: str, values: Iterable[str], *, every: bool = False) -> BitMap64:
        """The rows that have any of the values, or every one."""
        known = self.values[facet]
        if every:
            return self.rows.intersection(*(known.get(value, BitMap64()) for value in values))
        return BitMap64().union(*(known[value] for value in values if value in known))

    def counts(self, facet: str, selected: BitMap64, values: Iterable[str] | None = None) -> Counter[str]:
        """How many of the selected rows have each value, or each of these; of values that none has, nothing is told."""
        if selected is self.rows and values is None:
            return self.totals[facet]
        known = self.values[facet]
        asked = known if values is None else known.keys() & values
        counts = ((value, known[value].intersection_cardinality(selected)) for value in asked)
        return Counter({value: count for value, count in counts if count})


class Countable(Protocol):
    """What is asked of a list: its rows before any choice, and its filters."""

    base_filters: Mapping[str, Any]

    @classmethod
    def all_rows(cls) -> QuerySet[Any]: ...


@kept
def index_of(listing: type[Countable]) -> FacetIndex:
    """The index of a list: one statement for the columns of all its facets, and one for each facet of links."""
    faceted = {name: rule for name, rule in listing.base_filters.items() if rule.faceted}
    columns = [name for name, rule in faceted.items() if rule.links is None]
    stored = listing.all_rows().order_by().values_list("pk", *(faceted[name].field_name for name in columns))
    rows = list(stored)
    values = {
        name: _bitmaps(((row[at], row[0]) for row in rows), faceted[name].values_of)
        for at, name in enumerate(columns, start=1)
    }
    linked = {name: _bitmaps(rule.links(), rule.values_of) for name, rule in faceted.items() if name not in values}
    values |= linked
    totals = {name: Counter({value: len(keys) for value, keys in held.items()}) for name, held in values.items()}
    return FacetIndex(BitMap64([row[0] for row in rows]), values, totals)


def _bitmaps(pairs: Iterable[tuple[Any, int]], values_of: Callable[[Any], Iterable[str]]) -> dict[str, BitMap64]:
    """The keys by value, of pairs of what is stored and a key."""
    keys: defaultdict[Any, list[int]] = defaultdict(list)
    for stored, key in pairs:
        keys[stored].append(key)
    found: defaultdict[str, BitMap64] = defaultdict(BitMap64)
    for stored, some in keys.items():
        rows = BitMap64(some)
        for value in values_of(stored):
            found[value] |= rows
    return dict(sorted(found.items()))
