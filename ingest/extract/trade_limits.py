"""Whose a number of a division is where its clause names one trade: 全省护工3万人 are not all who work there."""

import re
from functools import cache

from brands.vocabulary.choices import Metric
from ingest.extract.cues import either
from ingest.lexicon import words
from ingest.numerals import Number
from ingest.text import Span

# What people are counted by who do one trade, or are paid for it.
_OF_PEOPLE = (Metric.EMPLOYMENT, Metric.PLACEMENT, Metric.TRAINING, Metric.PER_CAPITA_INCOME)
# A trade stands at most so many characters before its number.
REACH = 24


def trade_of(text: str, number: Number, metric: Metric, clause: int) -> Span | None:
    """Where the trade is named that a number counts the people or the output of, within its clause (which begins at
    ``clause``): right before the number, with only words of the number itself between (护工有, 搞花木的约), or right
    behind it (3万名护工, 21万人做花木)."""
    if metric is not Metric.OUTPUT_VALUE and metric not in _OF_PEOPLE:
        return None
    before = _sector() if metric is Metric.OUTPUT_VALUE else _before()
    found = before.search(text, max(clause, number.start - REACH), number.start)
    if found is None and metric in _OF_PEOPLE:
        found = _behind().match(text, number.end)
    return Span(*found.span("trade")) if found else None


# Who does it: 做防水的|务工人员.
_WHO = "人|劳动力|务工人员"


@cache
def _before() -> re.Pattern[str]:
    between = either(words("waiting", "between")).pattern
    done = f"{either(words('waiting', 'doing')).pattern}(?!这)[^，。；：、的“”\\n]{{1,8}}的(?={_WHO}|{between}|$)"
    return re.compile(f"(?P<trade>{either(_people()).pattern}|{done})(?:{_WHO})?{between}{{0,5}}$")


@cache
def _behind() -> re.Pattern[str]:
    people = f"{either(_people()).pattern}(?!{either(words('waiting', 'no_people')).pattern})"
    done = f"{either(words('waiting', 'doing')).pattern}(?!这)[^，。；：、的“”\\n]{{1,8}}(?=[，。；、（）\\n])"
    return re.compile(f"(?P<trade>{people}|{done})")


@cache
def _sector() -> re.Pattern[str]:
    """A trade that is named as such: 家政产业, 养老服务行业."""
    between = either(words("waiting", "between")).pattern
    named = f"{either(words('waiting', 'sectors')).pattern}{either(words('waiting', 'trade')).pattern}"
    return re.compile(f"(?P<trade>{named}){between}{{0,5}}$")


def _people() -> list[str]:
    """The words for those who do a trade (护工, 厨师), without those for everybody who works (女工)."""
    trades = (word for word in words("shapes", "trades") if word.endswith(words("waiting", "people")))
    return [word for word in trades if word not in words("waiting", "everybody")]
