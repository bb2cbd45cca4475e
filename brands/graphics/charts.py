"""Small charts, laid out here and drawn as SVG by a template. Every chart has a table with the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from brands.graphics.lettering import wrapped

# Columns that fit a phone with readable labels; the table has all.
MAX_COLUMNS = 5

WIDTH = 380
HEIGHT = 210
# Room for the label above the tallest column.
TOP = 46
# Where columns stand; dates and papers are written below.
BASE = 172
COLUMN = 46
# Columns of a timeline whose middles are nearer than this would touch.
CLOSE = 54
# A column is never lower than this, so that a small number can be seen.
LEAST = 3
# Pixels of a character below a column.
LABEL_SIZE = 12
# From one line of a label to the next.
LINE = 15
# Lines of a label; what is longer ends in an ellipsis, and the table has it whole.
MAX_LINES = 3


@dataclass(frozen=True, slots=True)
class Point:
    """A value with the words for it, and a short form of them that stands above its column. `when` stands below: its
    date, or in a comparison of whom it speaks. `open` says that it is more than the value, `vague` that its date or its
    size is only hinted at; `href` leads to its source."""

    value: Decimal
    words: str
    short: str
    when: str
    href: str = ""
    open: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a text, and where it stands."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class ChartBar:
    point: Point
    x: int
    y: int
    height: int
    middle: int
    label: tuple[TextLine, ...]

    @property
    def label_y(self) -> int:
        return self.y - 9


@dataclass(frozen=True, slots=True)
class Chart:
    columns: tuple[ChartBar, ...]
    unit: str
    width: int = WIDTH
    base: int = BASE
    column: int = COLUMN

    @property
    def height(self) -> int:
        """Room for the longest label."""
        lines = max((len(column.label) for column in self.columns), default=1)
        return HEIGHT + LINE * (lines - 1)


def columns(points: Sequence[Point], *, unit: str) -> Chart:
    """The last `MAX_COLUMNS` points side by side, heights in proportion to the values from 0.

    Room is shared evenly, in the order given. `unit` is that of all values, in words.
    """
    shown = points[-MAX_COLUMNS:]
    tallest = max((point.value for point in shown), default=Decimal(0)) or Decimal(1)
    room = WIDTH / max(len(shown), 1)
    placed = (_column(point, place, room, tallest) for place, point in enumerate(shown))
    return Chart(tuple(placed), unit)


def timeline(points: Sequence[tuple[date, Point]], *, unit: str) -> Chart | None:
    """The last `MAX_COLUMNS` points, in order of their dates and as far apart as these are; None where two stand so
    close that their labels would meet."""
    shown = points[-MAX_COLUMNS:]
    first, last = shown[0][0].toordinal(), shown[-1][0].toordinal()
    room = WIDTH / len(shown)
    across = (WIDTH - room) / max(last - first, 1)
    middles = [round(room / 2 + (when.toordinal() - first) * across) for when, _point in shown]
    closest = min((right - left for left, right in pairwise(middles)), default=room)
    if closest < CLOSE:
        return None
    tallest = max(point.value for _when, point in shown) or Decimal(1)
    placed = (
        _placed(point, middle, min(room, closest), tallest)
        for (_when, point), middle in zip(shown, middles, strict=True)
    )
    return Chart(tuple(placed), unit)


def _column(point: Point, place: int, room: float, tallest: Decimal) -> ChartBar:
    return _placed(point, round(room * (place + 0.5)), room, tallest)


def _placed(point: Point, middle: int, room: float, tallest: Decimal) -> ChartBar:
    height = max(round(point.value / tallest * (BASE - TOP)), LEAST)
    below = wrapped(point.when, room=room / LABEL_SIZE - 0.5, most=MAX_LINES)
    label = tuple(TextLine(text, BASE + 22 + LINE * number) for number, text in enumerate(below))
    return ChartBar(point, middle - COLUMN // 2, BASE - height, height, middle, label)
