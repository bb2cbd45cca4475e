"""Rows of the catalogue -> lines of cells: some at a time, however many there are."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from brands.search.store import batches as chunks
from brands.spreadsheets.cells import Cell
from brands.spreadsheets.csv_lines import csv_lines
from curation.transfer.columns import Links, Reference, TableRow
from curation.transfer.tables import TABLES

# Rows that are held at once.
AT_ONCE = 1_000


def lines(kind: str, keys: Sequence[str | int]) -> Iterator[list[Cell]]:
    """The headers, then the cells of the rows with these keys, in their order; rows that are gone are left out."""
    table = TABLES[kind]()
    yield [*table.headers]
    for some in chunks(keys, AT_ONCE):
        found = table.rows(some)
        rows = [TableRow(found[key]) for key in map(str, some) if key in found]
        known = table.known_of(partial(_referred, rows))
        for row in rows:
            yield table.cells(row, known)


def _referred(rows: Iterable[TableRow], column: Reference | Links) -> Iterator[tuple[str, str]]:
    return ((key, "") for row in rows for key in column.keys(row))


def as_csv(table: Iterable[list[Cell]]) -> Iterator[str]:
    """Lines of a CSV file. All cells are quoted: who looks for other separators finds none inside."""
    return csv_lines(table, quote_all=True)
