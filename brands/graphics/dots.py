"""Dots on a scale: every value its own mark, a row for each kind, laid out here and drawn as SVG by a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

WIDTH = 380
# Room left and right, so that the outermost dots and numbers are whole.
MARGIN = 14
# Room above the first row, for the unit.
TOP = 24
# A row: its label, and the dots on their line.
LABEL = 16
ROW = 34
RADIUS = 6
# From one dot to the one that is set above it since they would cover each other.
APART = 2 * RADIUS + 1
# Room below the last row, for the scale.
FOOT = 26

# Marks of a scale at most, its ends with them.
MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Dot:
    """A value with the words for it and its date; `most` is the upper end of a range, `vague` that its date is unknown,
    `href` leads to its source."""

    value: Decimal
    words: str
    when: str
    href: str
    most: Decimal | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class PlacedDot:
    """`reach` is where its range ends, as far right as its middle where it is none."""

    dot: Dot
    x: int
    y: int
    reach: int


@dataclass(frozen=True, slots=True)
class DotRow:
    label: str
    y: int
    base: int
    dots: tuple[PlacedDot, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the scale: its number, and where it stands."""

    value: Decimal
    x: int


@dataclass(frozen=True, slots=True)
class DotChart:
    rows: tuple[DotRow, ...]
    ticks: tuple[Tick, ...]
    unit: str
    height: int
    width: int = WIDTH
    radius: int = RADIUS
    top: int = TOP

    @property
    def foot(self) -> int:
        """Where the scale stands."""
        return self.height - FOOT


def dot_chart(rows: Sequence[tuple[str, Sequence[Dot]]], *, unit: str) -> DotChart:
    """The rows in the order given on one scale from 0 to a round number. Dots that would cover each other are set one
    above the other, and their row is as high as that takes. There must be one dot at least."""
    largest = max(dot.most or dot.value for _label, dots in rows for dot in dots)
    ticks = round_ticks(largest)
    scale = Decimal(WIDTH - 2 * MARGIN) / ticks[-1]
    placed: list[DotRow] = []
    y = TOP
    for label, dots in rows:
        stacked = _stacked(dots, scale)
        base = y + LABEL + ROW - RADIUS + APART * max(level for _dot, _x, level in stacked)
        marks = (PlacedDot(dot, x, base - RADIUS - APART * level, _x(dot.most or dot.value, scale))
                 for dot, x, level in stacked)  # fmt: skip
        placed.append(DotRow(label, y + LABEL, base, tuple(marks)))
        y = base + RADIUS
    return DotChart(tuple(placed), tuple(Tick(tick, _x(tick, scale)) for tick in ticks), unit, y + FOOT)


def round_ticks(largest: Decimal) -> list[Decimal]:
    """Round numbers from 0 to the first that is no less than the largest value, `MOST_TICKS` at most.

    >>> [int(tick) for tick in round_ticks(Decimal(8300))]
    [0, 2000, 4000, 6000, 8000, 10000]
    """
    power = Decimal(10) ** (largest.adjusted() - 1)
    steps = ((power * size, _ceiling(largest / (power * size))) for size in (1, 2, 5, 10, 20, 50))
    step, count = next((step, count) for step, count in steps if count < MOST_TICKS)
    return [step * number for number in range(count + 1)]


def _ceiling(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_CEILING))


def _x(value: Decimal, scale: Decimal) -> int:
    return MARGIN + round(value * scale)


def _stacked(dots: Sequence[Dot], scale: Decimal) -> list[tuple[Dot, int, int]]:
    """Each dot with where it stands across, and how many stand below it."""
    ends: list[int] = []
    found: list[tuple[Dot, int, int]] = []
    for dot in sorted(dots, key=lambda dot: dot.value):
        x, reach = _x(dot.value, scale), _x(dot.most or dot.value, scale)
        level = next((level for level, end in enumerate(ends) if x - end >= APART), len(ends))
        ends[level:] = [*([reach] if level == len(ends) else [reach, *ends[level + 1 :]])]
        found.append((dot, x, level))
    return found
