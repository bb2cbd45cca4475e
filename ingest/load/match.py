"""Which row a fact of a page is: names are compared by key, places by containment."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from brands.models import Brand, Program
from brands.vocabulary.adcodes import adcode_range
from ingest.text import Span

Row = TypeVar("Row", Brand, Program)


def inside(inner: str, outer: str) -> bool:
    """Whether the division `inner` is `outer` or lies in it; both are adcodes."""
    first, after = adcode_range(outer)
    return first <= inner < after


def related(one: str, other: str) -> bool:
    """Whether one of two divisions contains the other."""
    return inside(one, other) or inside(other, one)


def deeper(one: str, other: str) -> str:
    """The smaller of two divisions, of which one contains the other or is unknown (empty)."""
    if not one or not other:
        return one or other
    return one if inside(one, other) else other


@dataclass(frozen=True, slots=True)
class Known(Generic[Row]):
    """A row and a region (empty for unknown) in which it bears a name."""

    row: Row
    region: str


def choose(known: Sequence[Known[Row]], region: str) -> Row | None:
    """Of rows with the same name, the one that a fact of `region` (empty for unknown) belongs to.

    The row of just this region; else the only one whose region contains it or lies in it (any known region, where the
    fact's is unknown); else one without a region. Several that may be meant are none: the fact makes a row of its own.
    """
    exact = [one.row for one in known if one.region == region]
    if exact:
        return exact[0]
    near = {id(one.row): one.row for one in known if one.region and (not region or related(one.region, region))}
    if near:
        return next(iter(near.values())) if len(near) == 1 else None
    return next((one.row for one in known if not one.region), None)


def choose_related(rows: Iterable[Row], region: str, *, region_of: Callable[[Row], str]) -> Row | None:
    """Of rows that share another name than their own with a fact, the only one in a known and related region."""
    found = [row for row in rows if region and region_of(row) and related(region_of(row), region)]
    return found[0] if len(found) == 1 else None


@dataclass(slots=True)
class CandidateRows(Generic[Row]):
    """The rows that the facts of a page may be: by name, by other name, and, for those that a person made his own, by
    the very place that bears them out, since a person may have changed name and region.

    A name that a person gave a row, or that a record had which a person merged into it, counts like its own name, in
    the region that it had then (`by_word`).
    """

    region_of: Callable[[Row], str]
    by_name: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_word: defaultdict[str, list[Known[Row]]] = field(default_factory=lambda: defaultdict(list))
    by_alias: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_span: dict[Span, Row] = field(default_factory=dict)

    def put(self, row: Row, aliases: Iterable[str] = (), spans: Iterable[Span] = ()) -> None:
        """Add a row with the keys of its other names and the places that bear it out."""
        self.by_name[row.name_key].append(row)
        for key in aliases:
            self.by_alias[key].append(row)
        if not row.machine_may_write:
            self.by_span.update(dict.fromkeys(spans, row))

    def know(self, key: str, region: str, row: Row) -> None:
        """Somebody says that the row has the name with this key in this region."""
        self.by_word[key].append(Known(row, region))

    def named(self, key: str, region: str) -> Row | None:
        """The row of this name, see :func:`choose`; names of its own go before those that somebody gave it."""
        own: list[Known[Row]] = [Known(row, self.region_of(row)) for row in self.by_name.get(key, ())]
        return choose([*own, *self.by_word.get(key, ())], region)

    def rows(self) -> list[Row]:
        """All rows, each once, in the order in which they were put."""
        return [row for rows in self.by_name.values() for row in rows]

    def find(self, key: str, *, others: Iterable[str], region: str, spans: Iterable[Span]) -> Row | None:
        """The row of a fact with this name's key, the keys of its other names, region and places. Words that bear out a
        row of a person's bear out no other, whatever that row is called by now."""
        spans = list(spans)
        row = self.named(key, region)
        held = [self.by_span.get(span) for span in spans]
        if held and None not in held and row not in held:
            return held[0]
        if row is None:
            row = choose_related(self._kin(key, others), region, region_of=self.region_of)
        if row is None:
            row = next((self.by_span[span] for span in spans if span in self.by_span), None)
        return row

    def with_or_without_place(self, forms: Mapping[str, str], region: str) -> Row | None:
        """The only row of one of these names that is at home within the form's division, and in a division related to
        the fact's region: 白云月嫂 of 白云县 and 月嫂 of the same county are one."""
        rows = {
            id(row): row
            for key, place in forms.items()
            for row in self.by_name.get(key, ())
            if region and (home := self.region_of(row)) and inside(home, place) and related(home, region)
        }
        return next(iter(rows.values())) if len(rows) == 1 else None

    def _kin(self, key: str, others: Iterable[str]) -> list[Row]:
        """Rows of which the fact's name is another name, or whose name is another name of the fact; each once."""
        kin = [*self.by_alias.get(key, ()), *(row for other in others for row in self.by_name.get(other, ()))]
        return list({id(row): row for row in kin}.values())
