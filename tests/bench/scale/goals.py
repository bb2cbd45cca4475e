"""Which figures are compared, and what the project asks of their ratios. Nothing here fails a run: a goal that is
missed is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Milliseconds, or shares, by name.
Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Goal:
    """`figure` over `baseline`, at most `most` or at least `least`. `of` and `by` are the sizes of the databases, 0 for
    each that was measured."""

    what: str
    figure: str
    baseline: str
    most: float = 0.0
    least: float = 0.0
    of: int = 0
    by: int = 0

    def met(self, ratio: float) -> bool:
        return ratio <= self.most if self.most else ratio >= self.least


GOALS = (
    Goal("list page: Datasette's mean time / ours", "datasette.list.mean", "list.mean", least=3),
    Goal("list page p50 / its statements alone", "list.p50", "statements.p50", most=3.5),
    Goal("list page p50 / an empty view", "list.p50", "empty.p50"),
    Goal("list page p99 / its own p50", "list.p99", "list.p50", most=2.5),
    Goal("filtered list p50 / statements of the plain one", "filtered.p50", "statements.p50"),
    Goal("list page p50 / the same from the cache", "list.p50", "cached.p50", least=20),
    Goal("search page: Datasette's mean time / ours", "datasette.search.mean", "search.mean", least=5),
    Goal("search SQL median / LIKE scan's median", "search_sql.median", "scan.median", most=0.01),
    Goal("search SQL worst / LIKE scan's worst", "search_sql.worst", "scan.worst", most=0.5),
    Goal("suggestions p95 / the list's statements p95", "suggest.p95", "statements.p95", most=2),
    Goal("first search of a process / its first /healthz", "fresh.search", "fresh.trivial", most=1.6),
    Goal("upkeep of index and cards / all of ingest", "upkeep", "ingest", most=0.2),
    Goal("list page p50, 100,000 / 2,500 brands", "list.p50", "list.p50", most=2.2, of=100_000, by=2_500),
    Goal(
        "list SQL, 1,000,000 / 100,000 brands", "list_sql.median", "list_sql.median", most=1.3, of=1_000_000, by=100_000
    ),
    Goal("search SQL median / tantivy's median", "search_sql.median", "tantivy.median"),
)


def table(vendor: str, measured: Mapping[int, Figures]) -> Iterator[str]:
    """A line for each goal that the figures of a database's sizes say something about."""
    yield f"{vendor}: {'what is compared':<52}{'brands':>9}{'ms':>10}{'baseline':>10}{'ratio':>8}  goal"
    for goal in GOALS:
        for size in [goal.of] if goal.of else sorted(measured):
            value = measured.get(size, {}).get(goal.figure)
            base = measured.get(goal.by or size, {}).get(goal.baseline)
            if value is not None and base:
                yield f"{' ' * len(vendor)}  {_line(goal, size, value, base)}"


def _line(goal: Goal, size: int, value: float, base: float) -> str:
    ratio = value / base
    if not (goal.most or goal.least):
        told = ""
    else:
        bound = f"at most {goal.most:g}" if goal.most else f"at least {goal.least:g}"
        told = f"{bound}{'' if goal.met(ratio) else ', missed'}"
    return f"{goal.what:<52}{size:>9}{value:>10.3g}{base:>10.3g}{ratio:>8.3g}  {told}".rstrip()
