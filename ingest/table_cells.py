"""The cells of a line of a table, as they stand in a text: parted by blanks or bars."""

import re
from functools import cache

from ingest.frozen import frozen

# A longer line is no row of a table.
MAX_LINE = 200
# A table of a page has at most so many columns; ten were seen.
MAX_COLUMNS = 16
# Longest name of a column, its unit in brackets included: 带动就业人数（万人次）.
MAX_COLUMN = 16


@frozen()
class TableCell:
    """A cell and where it begins in its line."""

    start: int
    text: str


def cells(line: str) -> list[TableCell]:
    """The cells of a line, parted by blanks or bars; a unit in brackets ends one too."""
    return [TableCell(match.start(), match[0]) for match in _cell().finditer(line[:MAX_LINE])]


@cache
def _cell() -> re.Pattern[str]:
    return re.compile(r"[^ \t|　（(]+(?:[（(][^（）()]*[）)])?|[（(][^ \t|　]*")
