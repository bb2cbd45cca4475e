"""A small table that is worked out whole: its rows sorted by the column that the address names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from brands.listing.fields import no_such
from brands.listing.orders import Head
from brands.models import Region
from brands.place_words import region_words


@dataclass(frozen=True, slots=True)
class SortedColumn:
    """A column by whose head a table is sorted: numbers from the largest, texts from the first. `key` names it in the
    address."""

    key: str
    label: str
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class SortedCell:
    """What a cell says, and where it leads. `value` is what its column is sorted by, None for nothing known; `note`
    stands small behind the text: a date. `chinese`: the text is Chinese on an English page too, where `reading` stands
    beside it."""

    text: str
    value: Any = None
    url: str = ""
    note: str = ""
    chinese: bool = False
    reading: str = ""


@dataclass(frozen=True, slots=True)
class SortedRow:
    """`rank` is its place by the number that the table is sorted by, 0 for none. Equal numbers share a place."""

    cells: Sequence[SortedCell]
    rank: int = 0

    @property
    def name(self) -> SortedCell:
        """The first cell, which says of whom the others speak."""
        return self.cells[0]

    @property
    def others(self) -> Sequence[SortedCell]:
        return self.cells[1:]


@dataclass(frozen=True, slots=True)
class SortedTable:
    """The rows in the order that is asked for, the columns' heads with the addresses of the others. `column` is the one
    sorted by, None for the order in which the rows were given; what has no value there comes last."""

    rows: Sequence[SortedRow]
    heads: Sequence[Head]
    column: SortedColumn | None = None
    complaints: Sequence[str] = field(default_factory=list)

    @property
    def has_unknown(self) -> bool:
        """Whether a cell says in words that nothing is known."""
        return any(cell.value is None and cell.text for row in self.rows for cell in row.others)


def place_cell(region: Region) -> SortedCell:
    """The division's name, which leads to its page."""
    return SortedCell(region_words(region), region.pinyin, region.get_absolute_url())


def sorted_table(
    columns: Sequence[SortedColumn],
    rows: Sequence[Sequence[SortedCell]],
    asked: str,
    *,
    path: str,
    kept: Mapping[str, str] | None = None,
) -> SortedTable:
    """The table sorted by `asked`: the key of a column, or with `_asc` or `_desc` behind it the other way round. `kept`
    are the other parameters of the address."""
    ways = {way: (at, turned) for at, column in enumerate(columns) for way, turned in _ways(column)}
    complaints = [no_such(gettext("排序"), asked)] if asked.strip() and asked not in ways else []
    at, turned = ways.get(asked, (-1, False))
    heads = [_head(column, asked, path, kept or {}) for column in columns]
    if at < 0:
        return SortedTable([SortedRow(cells) for cells in rows], heads, None, complaints)
    known = [cells for cells in rows if cells[at].value is not None]
    down = columns[at].is_number != turned
    ordered = sorted(known, key=lambda cells: cells[at].value, reverse=down)
    ranked = _ranks([cells[at].value for cells in ordered]) if columns[at].is_number and down else [0] * len(known)
    shown = [SortedRow(cells, rank) for cells, rank in zip(ordered, ranked, strict=True)]
    others = [SortedRow(cells) for cells in rows if cells[at].value is None]
    return SortedTable([*shown, *others], heads, columns[at], complaints)


def _ways(column: SortedColumn) -> list[tuple[str, bool]]:
    return [(column.key, False), (f"{column.key}_{'asc' if column.is_number else 'desc'}", True)]


def _head(column: SortedColumn, asked: str, path: str, kept: Mapping[str, str]) -> Head:
    (first, _), (second, _) = _ways(column)
    leads_to = second if asked == first else first
    url = f"{path}?{urlencode({**kept, 'sort': leads_to})}"
    if asked not in {first, second}:
        return Head(column.label, leads_to, "", url)
    return Head(column.label, leads_to, "descending" if column.is_number == (asked == first) else "ascending", url)


def _ranks(values: Sequence[Any]) -> list[int]:
    ranks: list[int] = []
    for place, value in enumerate(values):
        ranks.append(ranks[-1] if place and values[place - 1] == value else place + 1)
    return ranks
