"""A row of the grid: what the list says of one brand, as texts, and what a person made of it; and what of the list is
in no row."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

# The cells of a row, by the columns of the table of brands that they become, in the order of the grid.
CELLS = ("name", "region", "industry", "level", "recognised_year", "batch", "organisation")

# Characters of a cell, as many as its field takes.
LONGEST: Mapping[str, int] = {
    "name": 60,
    "region": 80,
    "industry": 20,
    "level": 12,
    "recognised_year": 8,
    "batch": 60,
    "organisation": 200,
}

# Rows of a list.
MAX_ROWS = 500

# Characters of the words of a row that bear it out.
MAX_WORDS = 1000

# That the row is a brand of its own; the empty text: nobody has said so far, and the desk's guess holds.
NEW = "new"


@dataclass(slots=True)
class GridRow:
    """`words` are those of the list that say the row. `match` is what a person chose: `NEW`, the number of a brand, or
    nothing. `said` is the name as the list has it. `stamp` counts how often the row was written. `change_set` is the
    one that brought it in."""

    words: str
    said: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    match: str = ""
    ticked: bool = False
    left_out: bool = False
    stamp: int = 0
    change_set: int | None = None

    def cell(self, name: str) -> str:
        return self.cells.get(name, "")

    @property
    def stored(self) -> dict[str, Any]:
        """The row as JSON keeps it."""
        return asdict(self)


class WhyUnread(StrEnum):
    """WhyUnread words of a list are in no row."""

    LONG = "long"
    NO_NAME = "no_name"
    EMPTY = "empty"
    FULL = "full"
    TWICE = "twice"
    COLUMNS = "columns"
    HEADING = "heading"
    TOTAL = "total"
    NOTE = "note"
    PROSE = "prose"


# What is in no row for good reason: it stands folded, and is not counted as unread.
UNDERSTOOD = frozenset(
    {WhyUnread.TWICE, WhyUnread.COLUMNS, WhyUnread.HEADING, WhyUnread.TOTAL, WhyUnread.NOTE, WhyUnread.PROSE}
)


@dataclass(slots=True)
class UnreadLine:
    """Words of the list that are in no row, and why. `name` is what a person is offered as the name, `cells` what the
    words say besides. `row` is the place of the row that somebody made of them."""

    words: str
    why: str
    name: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    row: int | None = None

    @property
    def is_understood(self) -> bool:
        return self.why in UNDERSTOOD

    @property
    def stored(self) -> dict[str, Any]:
        """The line as JSON keeps it."""
        return asdict(self)


@dataclass(slots=True)
class ListReading:
    """The rows of a list, in its order, and all its other words."""

    rows: list[GridRow] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)

    @property
    def left(self) -> list[UnreadLine]:
        """The lines that nobody could read."""
        return [line for line in self.unread if not line.is_understood]


def brand_number(match: str) -> int | None:
    """The number of the brand that a choice means: of 12:v5f…, 12."""
    text = match.partition(":")[0]
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def restored(stored: Mapping[str, Any]) -> GridRow:
    """The reverse of `stored`."""
    return GridRow(**stored)
