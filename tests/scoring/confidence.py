"""Whether confidence means something: sorted by it, precision falls from the top to the bottom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from tests.scoring.calibrate import PRIOR, Table
from tests.scoring.runs import Judged

PARTS = 3


def precision(facts: Sequence[Judged]) -> float:
    """The share of facts that are right; 0 of none."""
    return sum(fact.right for fact in facts) / max(len(facts), 1)


def thirds(facts: Iterable[Judged]) -> list[float]:
    """The precision of the surest third, the middle and the last one.

    Facts of one confidence have no order among themselves: each counts with the precision of all of them.

    >>> thirds([Judged("brands", "a", 0.9, True), Judged("brands", "b", 0.5, True), Judged("brands", "b", 0.5, False)])
    [1.0, 0.5, 0.5]
    """
    alike: dict[float, list[Judged]] = defaultdict(list)
    for fact in facts:
        alike[fact.confidence].append(fact)
    ranked = [precision(alike[c]) for c in sorted(alike, reverse=True) for _ in alike[c]]
    cuts = [round(len(ranked) * part / PARTS) for part in range(PARTS + 1)]
    return [sum(ranked[a:b]) / max(b - a, 1) for a, b in pairwise(cuts)]


def rated(facts: Iterable[Judged], numbers: Table) -> list[Judged]:
    """The facts with the confidence that another table gives their rules."""
    return [replace(fact, confidence=numbers[fact.kind].get(fact.rule, PRIOR)) for fact in facts]
