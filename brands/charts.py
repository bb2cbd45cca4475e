"""Small charts, laid out here and drawn as SVG by a template. Every chart has a table with the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

MAX_COLUMNS = 5
"""Columns that fit a phone with readable labels; the table has all."""

WIDTH = 380
HEIGHT = 210
TOP = 46
"""Room for the label above the tallest column."""
BASE = 172
"""Where columns stand; dates and papers are written below."""
COLUMN = 46
LEAST = 3
"""A column is never lower than this, so that a small number can be seen."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value with the words for it, and a short form of them that stands above its column. `open` says that it is more
    than the value, `vague` that its date or its size is only hinted at; `href` leads to its source."""

    value: Decimal
    words: str
    short: str
    when: str
    href: str = ""
    open: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    point: Point
    x: int
    y: int
    height: int
    middle: int

    @property
    def label_y(self) -> int:
        return self.y - 9


@dataclass(frozen=True, slots=True)
class Chart:
    columns: tuple[Column, ...]
    unit: str
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BASE
    column: int = COLUMN
    dates: int = BASE + 22


def columns(points: Sequence[Point], *, unit: str) -> Chart:
    """The last `MAX_COLUMNS` points side by side, heights in proportion to the values from 0.

    Room is shared evenly, in the order given. `unit` is that of all values, in words.
    """
    shown = points[-MAX_COLUMNS:]
    tallest = max((point.value for point in shown), default=Decimal(0)) or Decimal(1)
    room = WIDTH / max(len(shown), 1)
    placed = (_column(point, round(room * (place + 0.5)), tallest) for place, point in enumerate(shown))
    return Chart(tuple(placed), unit)


def _column(point: Point, middle: int, tallest: Decimal) -> Column:
    height = max(round(point.value / tallest * (BASE - TOP)), LEAST)
    return Column(point, x=middle - COLUMN // 2, y=BASE - height, height=height, middle=middle)
