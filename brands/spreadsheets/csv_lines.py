"""Lines of cells as the lines of a CSV file, one after the other, so that a file may be sent while it is made."""

import csv
from collections.abc import Iterable, Iterator

from brands.spreadsheets.cells import Cell, disarmed

# By which Excel knows that a CSV file is UTF-8; without it, it takes GBK for granted.
BYTE_ORDER_MARK = "\ufeff"


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(table: Iterable[list[Cell]], *, mark: bool = True, quote_all: bool = False) -> Iterator[str]:
    """The lines, each with its end; `mark` puts `BYTE_ORDER_MARK` before them. With `quote_all`, who looks for other
    separators finds none outside of quotes."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
    if mark:
        yield BYTE_ORDER_MARK
    for cells in table:
        # No formula begins with a letter or a digit, as nearly all texts do: most need no second look.
        yield writer.writerow(
            [cell if not isinstance(cell, str) or cell[:1].isalnum() else disarmed(cell) for cell in cells]
        )
