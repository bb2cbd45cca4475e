"""The editions of a series of programs, each with the figures that papers give of it."""

from collections import defaultdict
from dataclasses import dataclass

from brands.models import Program, Statistic

# Figures that are set out beside an edition; its own page has all.
FIGURES = 3
# Editions that are set out; no series in print has more.
MOST = 60


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition, with a few of its figures. `current` is the one whose page it is."""

    program: Program
    figures: list[Statistic]
    current: bool


def editions(program: Program) -> list[Edition]:
    """The public editions of the series of a program, the newest first; none where it is the only one."""
    rows = list(Program.objects.published().in_series_of(program).select_related("place__parent")[:MOST])
    if len(rows) < 2:
        return []
    figures = _figures(rows)
    return [Edition(row, figures[row.pk], row.pk == program.pk) for row in rows]


def _figures(programs: list[Program]) -> dict[int, list[Statistic]]:
    """The first figures of each, a metric once, the surest before the others."""
    found: defaultdict[int, dict[str, Statistic]] = defaultdict(dict)
    rows = Statistic.objects.published().filter(program__in=programs).order_by("metric", "-confidence", "-value", "pk")
    for row in rows:
        if row.program_id is not None and len(found[row.program_id]) < FIGURES:
            found[row.program_id].setdefault(row.metric, row)
    return {program.pk: list(found[program.pk].values()) for program in programs}
