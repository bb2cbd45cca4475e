"""Of whose work a number of a division tells: of its labour brands, which needs no word; of some of them
(51个省级劳务品牌带动120多万人); or of everybody who works there (全省转移农村劳动力489.7万人), under a brand or not.

Readers compared provinces by numbers of the second and third kind as if they were of the first. The words of
``lexicon/population.toml`` decide.
"""

import re
from functools import cache

from brands.vocabulary.choices import Metric
from ingest.extract.cues import either
from ingest.extract.metrics import MetricReading
from ingest.extract.text_layout import TextScope
from ingest.frozen import frozen
from ingest.lexicon import words
from ingest.numerals import Number
from ingest.text import Span, last_match

# What people, or all they earn and make, are counted by.
_OF_PEOPLE = (
    Metric.EMPLOYMENT, Metric.PLACEMENT, Metric.TRAINING, Metric.CREDENTIALS, Metric.LABOUR_INCOME,
    Metric.OUTPUT_VALUE,
)  # fmt: skip


@frozen()
class PopulationLimit:
    """Whose a number is, in the words of the text or by `EVERYBODY`, and where the text says so."""

    part_of: str
    said: Span


def population_of(
    text: str, number: Number, reading: MetricReading, bounds: TextScope, clause: int
) -> PopulationLimit | None:
    """Whose a number of a division is that is not of all its brands: of the brands of one level or choice, of the
    people who work, or of all of the division. The number's clause begins at ``clause``. None where it is of all
    brands, or where nothing says whose."""
    if reading.metric not in _OF_PEOPLE:
        return None
    brands = max(text.rfind(word, bounds.sentence, number.start) for word in _OF_BRANDS)
    since = bounds.sentence if number.unit == "元" else clause
    workers = last_match(_workers(), text, max(brands, since), number.start)
    place = last_match(_place(), text, max(brands, bounds.sentence), number.start)
    if brands < 0:
        earned = reading.metric is Metric.LABOUR_INCOME and _EARNED.search(text, reading.start, reading.end)
        whole = PopulationLimit(EVERYBODY, place) if earned and place else None
        return PopulationLimit(workers.of(text), workers) if workers else whole
    if workers is not None and place is not None:
        return PopulationLimit(workers.of(text), workers)  # 劳务品牌有18个；全市转移农村劳动力20万人
    some = last_match(_some_brands(), text, bounds.sentence, number.start)
    if some is None or BRAND in text[some.end : number.start]:
        return None
    return PopulationLimit(some.of(text), some)


# What a number of all of a division is called where the text has no word for the people.
EVERYBODY = "不限品牌"
BRAND = "品牌"
# 靠它们就业的超30万人次: of the brands of the sentence before.
_OF_BRANDS = (BRAND, "靠它", "牌子")
_EARNED = re.compile("劳务|务工|打工")


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
