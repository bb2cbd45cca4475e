"""Rows of the catalogue -> lines of cells, and of a CSV file: some at a time, however many there are."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from brands.search.store import batches as chunks
from brands.spreadsheets.cells import Cell, disarmed
from brands.spreadsheets.downloads import BYTE_ORDER_MARK
from curation.transfer.columns import Links, Reference, TableRow
from curation.transfer.tables import TABLES

# Rows that are held at once.
AT_ONCE = 1_000


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


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
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield BYTE_ORDER_MARK
    for cells in table:
        yield writer.writerow([disarmed(str(cell)) for cell in cells])
