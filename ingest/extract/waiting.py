"""Which numbers wait for a person: their digits are sure, and what they are a number of is not.

Readers compared every public figure of two sets of pages with its sentence. Those of a division were misleading three
times of four where they were money, pay or posts of one trade, and every second time where neither the whole of the
division nor labour brands were spoken of, or another sentence named it; those of a brand where another sentence than
the number's named it. Such kinds wait, however surely the number was read (docs/extraction.md has the figures).
"""

import re
from functools import cache

from brands.vocabulary.choices import PUBLIC_CONFIDENCE, Metric, Scope
from ingest.confidence import meaning_confidence
from ingest.extract.cues import either
from ingest.extract.metrics import MetricReading
from ingest.extract.number_in_text import ScopeReading
from ingest.extract.refusals import is_a_firms_speech
from ingest.extract.subjects import Governed
from ingest.extract.text_layout import TextScope
from ingest.lexicon import table
from ingest.numerals import Number
from ingest.records import SubjectType

# Fewer people are rather those of a scene than all who work in a division.
HANDFUL = 100
# Rules by which a number has its subject from elsewhere than its own clause.
_LOOSE = ("same-paragraph", "introduced-after", "article", "speaker", "mid-sentence", "named-after")
_LOOSE_OF_BRANDS = ("same-paragraph", "introduced-after", "mid-sentence", "headline-away", "named-after")
# What a division has of these is most often one trade's.
_OF_A_TRADE = (Metric.OUTPUT_VALUE, Metric.PER_CAPITA_INCOME, Metric.GROWTH, Metric.VACANCIES, Metric.COVERAGE,
               Metric.AGREEMENTS)  # fmt: skip
_SUBJECT = "劳务品牌"
# Pay and growth are everybody's where the clause says so, and else often those of the best, of beginners, of one year.
_PAY = (Metric.PER_CAPITA_INCOME, Metric.GROWTH)
_USUAL = re.compile("人均|平均|每人|每名|年均|月均|户均|普遍|一般")
# What was added is seldom told with the whole stretch of time in which it was.
_ADDED = (Metric.EMPLOYMENT, Metric.TRAINING, Metric.PLACEMENT, Metric.LABOUR_INCOME)
# What is said beside a number stands within so many characters.
BESIDE = 6
_FAMILIES = re.compile("家庭|户")
_TRADE = re.compile("产业|行业")
# Families that are served are no places that are reached, and people with a title have no certificate.
_LOOSE_KINDS = ("households", "households-served", "graded", "unit-alone")


def waits(
    text: str, number: Number, bounds: TextScope, reading: MetricReading, scope: ScopeReading, who: Governed
) -> bool:
    """Whether a number is too little sure to mean what its labels say to be public before a person has looked."""
    bare = reading.start == number.start and reading.end == number.end
    if reading.metric is Metric.OTHER and bare and not scope.part_of:
        return True
    if meaning_confidence(reading.metric.value, scope.scope.value) < PUBLIC_CONFIDENCE:
        return True
    if _is_a_loose_kind(text, number, bounds, reading, scope):
        return True
    if who.subject.type is SubjectType.BRAND:
        return who.rule in _LOOSE_OF_BRANDS
    return who.subject.type is SubjectType.REGION and _of_a_division(text, number, bounds, reading, scope, who)


def _is_a_loose_kind(text: str, number: Number, bounds: TextScope, reading: MetricReading, scope: ScopeReading) -> bool:
    """Whether figures of a kind are often not what their label says, whoever they are of."""
    if reading.rule in _LOOSE_KINDS or (reading.metric is Metric.CREDENTIALS and scope.scope is Scope.TOTAL):
        return True
    if reading.metric in _PAY:
        return not _USUAL.search(text, _clause(text, number, bounds), number.start)
    other = {Metric.COVERAGE: _FAMILIES, Metric.OUTPUT_VALUE: _TRADE}.get(reading.metric)
    if other is not None and other.search(text, _clause(text, number, bounds), number.end + BESIDE):
        return True
    added = reading.metric in _ADDED and scope.scope in (Scope.NEW, Scope.EACH)
    return added or (reading.metric is Metric.VACANCIES and scope.scope is Scope.EACH)


def _clause(text: str, number: Number, bounds: TextScope) -> int:
    """Where the number's clause begins."""
    return max(bounds.sentence, max(text.rfind(mark, bounds.sentence, number.start) for mark in "，；：") + 1)


def _of_a_division(
    text: str, number: Number, bounds: TextScope, reading: MetricReading, scope: ScopeReading, who: Governed
) -> bool:
    if reading.metric is Metric.EMPLOYMENT and reading.value < HANDFUL:
        return True
    if is_a_firms_speech(text, number, bounds):
        return True
    if reading.metric is Metric.BRANDS:
        return False
    if who.rule in _LOOSE or reading.metric in _OF_A_TRADE:
        return True
    return scope.scope is Scope.TOTAL and not _of_the_whole(text, number, bounds)


def _of_the_whole(text: str, number: Number, bounds: TextScope) -> bool:
    """Whether the sentence speaks of labour brands, or the number's clause of a whole division (全市)."""
    said = text.find(_SUBJECT, bounds.sentence, bounds.sentence_end) >= 0
    return said or bool(_whole().search(text, _clause(text, number, bounds), number.start))


@cache
def _whole() -> re.Pattern[str]:
    """Words for a whole division: 全国, 全省, 全县."""
    named = (word for words in table("subjects")["scopes"].values() for word in words)
    return either([word for word in named if word.startswith("全")])
