"""Which numbers wait for a person: their digits are sure, and what they are a number of is not.

Readers compared every public figure of two sets of pages with its sentence. Those of a division were misleading three
times of four where they were money, pay or posts of one trade, and every second time where neither the whole of the
division nor labour brands were spoken of, or another sentence named it; those of a brand where another sentence than
the number's named it. Such kinds wait, however surely the number was read (docs/extraction.md has the figures). Where
the trade is named that has the number, its label says so and nothing misleads (trade_limits.py).
"""

import re
from functools import cache

from brands.vocabulary.choices import PUBLIC_CONFIDENCE, Metric, Scope
from ingest.confidence import meaning_confidence
from ingest.extract.cues import either
from ingest.extract.metrics import OF_THEM_ALL, MetricReading
from ingest.extract.number_in_text import ScopeReading
from ingest.extract.refusals import is_a_firms_speech
from ingest.extract.subjects import Governed
from ingest.extract.text_layout import TextScope
from ingest.frozen import frozen
from ingest.gazetteer import COUNTRY, gazetteer
from ingest.lexicon import table, words
from ingest.numerals import Number
from ingest.records import SubjectType

# Fewer people are rather those of a scene than all who work in a division.
HANDFUL = 100
# Rules by which a number has its subject from elsewhere than its own clause.
_LOOSE = ("same-paragraph", "introduced-after", "article", "speaker", "led-in", "mid-sentence", "named-after")
_LOOSE_OF_BRANDS = ("same-paragraph", "introduced-after", "led-in", "mid-sentence", "headline-away", "named-after")
# What a division has of these is most often one trade's.
_OF_A_TRADE = (Metric.OUTPUT_VALUE, Metric.PER_CAPITA_INCOME, Metric.GROWTH, Metric.VACANCIES, Metric.COVERAGE,
               Metric.AGREEMENTS)  # fmt: skip
_PAY = (Metric.PER_CAPITA_INCOME, Metric.GROWTH)
# What was added is seldom told with the whole stretch of time in which it was.
_ADDED = (Metric.EMPLOYMENT, Metric.TRAINING, Metric.PLACEMENT, Metric.LABOUR_INCOME)
# What is told as new of these was often there before, or is paid every year.
_NEW_TO_A_PLAN = (Metric.ORGANISATIONS, Metric.FUNDING)
# Fewer brands are rather those that a sentence is about than all that a division has.
FEW_BRANDS = 5
# Where goods go is told at most so many characters behind the number of places.
REACH = 12
# What is said beside a number stands within so many characters.
BESIDE = 6
# Whom a brand serves is named right before their number (服务近300家).
SERVED = 4
# The word for the whole country.
COUNTRY_WIDE = "全国"
# Families that are served are no places that are reached, and people with a title have no certificate.
_LOOSE_KINDS = ("households", "households-served", "graded", "unit-alone")


@frozen()
class OwnedFigure:
    """A number with all that was read of it: what it counts, what it measures, whose it is. `of_trade` says that the
    trade is named which has it, and not the whole of its subject."""

    text: str
    number: Number
    bounds: TextScope
    reading: MetricReading
    measured: ScopeReading
    governed: Governed
    of_trade: bool = False

    @property
    def clause(self) -> int:
        """Where the number's clause begins."""
        marks = (self.text.rfind(mark, self.bounds.sentence, self.number.start) for mark in "，；：")
        return max(self.bounds.sentence, max(marks) + 1)


def waits(one: OwnedFigure) -> bool:
    """Whether a number is too little sure to mean what its labels say to be public before a person has looked."""
    reading, scope = one.reading, one.measured.scope
    bare = reading.start == one.number.start and reading.end == one.number.end
    if reading.metric is Metric.OTHER and bare and not one.measured.part_of:
        return True
    if meaning_confidence(reading.metric.value, scope.value) < PUBLIC_CONFIDENCE:
        return True
    if _is_a_loose_kind(one):
        return True
    if one.governed.subject.type is SubjectType.BRAND:
        return one.governed.rule in _LOOSE_OF_BRANDS
    return one.governed.subject.type is SubjectType.REGION and _of_a_division(one)


def _is_a_loose_kind(one: OwnedFigure) -> bool:
    """Whether figures of a kind are often not what their label says, whoever they are of."""
    metric, scope = one.reading.metric, one.measured.scope
    if one.reading.unit == "%" and not one.measured.part_of and scope is not Scope.RISE:
        return True  # a share of what?
    if _EACH_OF_THEM.search(one.text, one.clause, one.number.start) or _is_of_its_namesake(one):
        return True
    if metric is Metric.COVERAGE and _said("sold").search(one.text, one.clause, one.number.end + REACH):
        return True
    if one.reading.rule in _LOOSE_KINDS or (metric is Metric.CREDENTIALS and scope is Scope.TOTAL):
        return True
    if metric in _PAY:
        return not _said("usual").search(one.text, one.clause, one.number.start)
    if metric is Metric.COVERAGE and _said("families").search(one.text, one.clause, one.number.end + BESIDE):
        return True
    if metric is Metric.OUTPUT_VALUE and not one.of_trade:
        return bool(_said("trade").search(one.text, one.clause, one.number.end + BESIDE))
    if metric is Metric.ORGANISATIONS and _said("served").search(one.text, one.number.start - SERVED, one.number.start):
        return True
    if metric in _NEW_TO_A_PLAN and scope is Scope.NEW:
        return True
    added = metric in _ADDED and scope in (Scope.NEW, Scope.EACH)
    return added or (metric is Metric.VACANCIES and scope is Scope.EACH)


def _of_a_division(one: OwnedFigure) -> bool:
    if one.reading.metric is Metric.EMPLOYMENT and one.reading.value < HANDFUL:
        return True
    if is_a_firms_speech(one.text, one.number, one.bounds):
        return True
    if one.measured.scope is Scope.SHOWN or _is_a_share(one) or _is_of_something(one):
        return True
    if one.reading.metric is Metric.BRANDS:
        return _is_of_few_brands(one)
    if one.governed.rule in _LOOSE or (one.reading.metric in _OF_A_TRADE and not one.of_trade):
        return True
    return one.measured.scope is Scope.TOTAL and not (one.of_trade or _of_the_whole(one))


# 两边各有|10个: there are more.
_EACH_OF_THEM = re.compile("各[有占为设获]?[约近超]?$")


def _is_of_its_namesake(one: OwnedFigure) -> bool:
    """Whether the sentence names the brand only in the name of another thing, and the number stands in another clause:
    “南粤家政”综合服务站立了起来，…输出约50万人."""
    if one.governed.subject.type is not SubjectType.BRAND:
        return False
    name = re.escape(one.governed.subject.key)
    sentence = one.text[one.bounds.sentence : one.bounds.sentence_end]
    named, called = len(re.findall(name, sentence)), _namesakes(name).findall(sentence)
    return bool(called) and len(called) == named and name not in one.text[one.clause : one.number.end]


def _namesakes(name: str) -> re.Pattern[str]:
    return re.compile(f"{name}[”’」』](?:{_said('namesakes').pattern})")


def _is_a_share(one: OwnedFigure) -> bool:
    """Whether the part is the division itself (其中黄石3个): its share of what others exhibit, win or recommend."""
    named = gazetteer().by_code(one.governed.subject.key).common_name
    return one.measured.scope is Scope.PART and named in one.measured.part_of


def _is_of_something(one: OwnedFigure) -> bool:
    """Whether the figure is a share of other things than those of the division (老板八成是荆门人), or a part of those
    of its people who work at one place or came by one agreement (在北京上班的，其中1.3万人…)."""
    lead = one.text[one.clause : one.number.start]
    if one.reading.unit == "%":
        return not OF_THEM_ALL.search(lead)
    part = one.measured.scope is Scope.PART and one.reading.metric is not Metric.BRANDS
    return part and bool(_said("limited").search(one.text, one.bounds.sentence, one.clause))


def _is_of_few_brands(one: OwnedFigure) -> bool:
    """Whether so few brands are no stock that is told: 议的是3个劳务品牌的标准."""
    if one.measured.scope is not Scope.TOTAL or one.measured.part_of or one.reading.value > FEW_BRANDS:
        return False
    return not _said("stock").search(one.text, one.clause, one.number.end + BESIDE)


def _of_the_whole(one: OwnedFigure) -> bool:
    """Whether the sentence speaks of labour brands, or the number's clause of a whole division (全市); of the whole
    country (全国100多家) only where that is meant."""
    if _said("subject").search(one.text, one.bounds.sentence, one.bounds.sentence_end):
        return True
    found = _whole().search(one.text, one.clause, one.number.start)
    if found is None or _SOME.search(one.text, one.clause, found.start()):
        return False
    named = _said("generic").sub("", _NO_WORD.sub("", one.text[found.end() : one.number.start]))
    if one.reading.metric in _OF_PEOPLE and len(named) > BARE:
        return False  # 全市|茶类技能人才|超过1.2万人
    return found.group() != COUNTRY_WIDE or one.governed.subject.key == COUNTRY


_OF_PEOPLE = (Metric.EMPLOYMENT, Metric.PLACEMENT, Metric.TRAINING, Metric.CREDENTIALS)
# More characters that are no word for all people name some of them.
BARE = 2
_NO_WORD = re.compile("[^一-鿿]")
# 会制茶的技能人才|全市超过1.2万人: those who are named first, and not all.
_SOME = re.compile("的[一-鿿]{2,8}$")


@cache
def _said(kind: str) -> re.Pattern[str]:
    return either(words("waiting", kind))


@cache
def _whole() -> re.Pattern[str]:
    """Words for a whole division: 全国, 全省, 全县."""
    named = (word for found in table("subjects")["scopes"].values() for word in found)
    return either([word for word in named if word.startswith("全")])
