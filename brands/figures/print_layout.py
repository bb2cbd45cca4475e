"""What of a brand's figures fits a printed sheet: one page (A4), with its sources and the day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from brands.figures.figures import Figure, FigureGroup
from brands.models import Evidence

# Lines of both columns together that are left between the head and the foot, less what columns of unequal length waste.
LINES = 60

# Characters of a column's line.
ACROSS = 24

# Lines of one quote, as the style sheet cuts it.
DEEP = 5

# Sentences that name the brand.
NAMINGS = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """So many figures of each metric are printed, each with one quote; `figures` and `quotes` are left out."""

    room: dict[str, int]
    figures: int
    quotes: int


def sheet(groups: Sequence[FigureGroup], namings: Sequence[Evidence], *, besides: str = "") -> Sheet:
    """The newest figure of each metric, then the second ones and so on, as long as there is room; `besides` is what
    else takes room on the page, across both columns."""
    left = LINES - 2 * sum(map(_lines, namings[:NAMINGS:2])) - 2 * _wrapped(len(besides), 2 * ACROSS)
    room: Counter[str] = Counter()
    for at, figure, group in _in_turn(groups):
        heading = (3 + 3 * group.differing) if at == 0 else 0
        left -= heading + 1 + sum(map(_lines, figure.quotes[:1]))
        if left < 0:
            break
        room[group.key] += 1
    figures = [figure for group in groups for figure in group.figures]
    quotes = sum(len(figure.quotes) for figure in figures) - room.total() + max(len(namings) - NAMINGS, 0)
    return Sheet(dict(room), len(figures) - room.total(), quotes)


def _in_turn(groups: Sequence[FigureGroup]) -> list[tuple[int, Figure, FigureGroup]]:
    turns = [(at, figure, group) for group in groups for at, figure in enumerate(group.figures)]
    return sorted(turns, key=lambda turn: turn[0])


def _lines(quote: Evidence) -> int:
    """Lines of a quote and of the paper below it."""
    return 2 + min(_wrapped(quote.context_end - quote.context_start, ACROSS), DEEP)


def _wrapped(length: int, across: int) -> int:
    return -(-length // across)
