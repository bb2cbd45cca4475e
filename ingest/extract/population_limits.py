"""Of whose work a number of a division tells: of its labour brands, which needs no word; of some of them
(51个省级劳务品牌带动120多万人); or of everybody who works there (全省转移农村劳动力489.7万人), under a brand or not.

Readers compared provinces by numbers of the second and third kind as if they were of the first. The words of
``lexicon/population.toml`` decide.
"""

import re
from collections import deque
from functools import cache

from brands.vocabulary.choices import Metric
from ingest.extract.cues import either
from ingest.extract.metrics import MetricReading
from ingest.extract.text_layout import TextScope
from ingest.lexicon import words
from ingest.numerals import Number
from ingest.text import Span

# What people, or all they earn and make, are counted by.
_OF_PEOPLE = (
    Metric.EMPLOYMENT, Metric.PLACEMENT, Metric.TRAINING, Metric.CREDENTIALS, Metric.LABOUR_INCOME,
    Metric.OUTPUT_VALUE,
)  # fmt: skip


def population_of(text: str, number: Number, reading: MetricReading, bounds: TextScope, clause: int) -> Span | None:
    """Where the text says whose a number of a division is that is not of all its brands: of the brands of one level or
    choice, or of the people who work. The number's clause begins at ``clause``. None where it is of all brands, or
    where nothing says whose."""
    if reading.metric not in _OF_PEOPLE:
        return None
    brands = max(text.rfind(word, bounds.sentence, number.start) for word in _OF_BRANDS)
    money = number.unit == "元"
    workers = _last(_workers(), text, max(brands, bounds.sentence if money else clause), number.start)
    if brands < 0:
        earned = reading.metric is Metric.LABOUR_INCOME and _EARNED.search(text, reading.start, reading.end)
        return workers or (_last(_place(), text, bounds.sentence, number.start) if earned else None)
    if workers is not None and _last(_place(), text, brands, number.start):
        return workers  # 劳务品牌有18个；全市转移农村劳动力20万人
    some = _last(_some_brands(), text, bounds.sentence, number.start)
    return None if some is None or BRAND in text[some.end : number.start] else some


BRAND = "品牌"
# 靠它们就业的超30万人次: of the brands of the sentence before.
_OF_BRANDS = (BRAND, "靠它", "牌子")
_EARNED = re.compile("劳务|务工|打工")


def _last(pattern: re.Pattern[str], text: str, since: int, before: int) -> Span | None:
    last = deque(pattern.finditer(text, since, before), maxlen=1)
    return Span(*last[0].span()) if last else None


@cache
def _workers() -> re.Pattern[str]:
    return either(words("population", "workers"), "(?!返乡|工作|服务)")


@cache
def _place() -> re.Pattern[str]:
    return either(words("population", "place"))


@cache
def _some_brands() -> re.Pattern[str]:
    """A number of brands of one level or choice: 51个|省级劳务品牌, 十大|领军劳务品牌."""
    some = either(words("population", "some")).pattern
    return re.compile(
        f"(?<=[个块家大张])(?<=[0-9一二三四五六七八九十百余多].)[^，。；：、“”0-9\n]{{0,4}}?{some}[^，。；：、“”0-9\n]{{0,6}}?{BRAND}"
    )
