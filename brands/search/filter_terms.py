"""Words that mean a filter: 月薪 asks for incomes, 餐饮 for a trade, 省级 for a level."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[1] / "data" / "terms.csv"


@cache
def labels() -> Mapping[str, str]:
    """The label of documents (:class:`brands.search.conditions.Labelled`) that each word asks for: few words, none of
    which means something else in a query. Read at the first call."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["word"]: row["label"] for row in csv.DictReader(file)}
