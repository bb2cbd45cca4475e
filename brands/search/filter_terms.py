"""Words that mean a filter: 月薪 asks for incomes, 餐饮 for a trade, 省级 for a level."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[1] / "data" / "terms.csv"

TRADE = "industry:"


@cache
def labels() -> Mapping[str, str]:
    """The label of documents (:class:`brands.search.conditions.Labelled`) that each word asks for: few words, none of
    which means something else in a query. Read at the first call."""
    return {row["word"]: row["label"] for row in _rows()}


@cache
def whole_trades() -> frozenset[str]:
    """The words that name a trade as a whole: every brand of the trade is one of 家政, and none of 月嫂 for that."""
    return frozenset(row["word"] for row in _rows() if row["whole"])


@cache
def spelled_trades() -> Mapping[str, str]:
    """The words for trades by their pinyin, in which ü is u: 保姆 by baomu, 旅游 by luyou."""
    return {row["pinyin"]: row["word"] for row in _rows() if row["pinyin"]}


@cache
def _rows() -> tuple[Mapping[str, str], ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
