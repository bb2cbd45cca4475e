"""How much the extraction finds, and how much of that is right, as `make accuracy` measured it: what README.md and the
about page tell."""

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Written by `make accuracy` beside the table of README.md, from the same scores.
TABLE = Path(__file__).parent / "data" / "accuracy.csv"

# The sets of gold that readers are told of, by their names in the table, the cleanest pages first.
SETS: dict[str, Promise] = {
    "own, held out": _("排印整齐的文章"),
    "harvest, held-out": _("照真实网页改写的第一组"),
    "retold, held-out": _("照真实网页改写的第二组"),
}
# What is told of each, by the names in the table.
FACTS: dict[str, Promise] = {
    "relevant_articles": _("劳务品牌报道"),
    "brands": _("品牌"),
    "programs": _("政策与活动"),
    "statistics": _("数据"),
    "statistics_with_scope": _("数据，口径也对"),
}


@dataclass(frozen=True, slots=True)
class Unseen:
    """F1 of an earlier version on pages that nobody who worked on it had seen, as README.md tells them."""

    pages: Promise
    brands: float
    statistics: float


UNSEEN_VERSION = dt.date(2026, 11, 22)
UNSEEN = (Unseen(_("改写的报道"), 0.844, 0.809), Unseen(_("真实网页"), 0.744, 0.723))


@dataclass(frozen=True, slots=True)
class FactScore:
    """What a set of gold says of one kind of fact; shares are between 0 and 1."""

    fact: Promise
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured on one day."""

    day: dt.date
    sets: tuple[tuple[Promise, tuple[FactScore, ...]], ...]


@cache
def measured() -> Measured:
    """The scores of `SETS` in their order, each with `FACTS` in theirs. Read at the first call."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    scores = {
        name: {row["fact"]: _score(row) for row in of_one if row["fact"] in FACTS}
        for name, of_one in groupby(rows, key=lambda row: row["set"])
    }
    sets = tuple((title, tuple(scores[name][fact] for fact in FACTS)) for name, title in SETS.items())
    return Measured(dt.date.fromisoformat(rows[0]["measured"]), sets)


def _score(row: dict[str, str]) -> FactScore:
    return FactScore(FACTS[row["fact"]], float(row["precision"]), float(row["recall"]), float(row["f1"]))
