"""What a number counts: its metric by the unit and the words around it, or that it counts nothing of ours."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from brands.vocabulary.choices import Metric
from ingest.extract.cues import (
    COMMA,
    GRADED,
    HARD,
    HELD,
    JOINED,
    NEAR,
    NONE,
    Cue,
    Surroundings,
    after,
    before,
    either,
    listed,
    noun,
    period,
    trade,
)
from ingest.extract.people_words import counted, people_noun, reach, reached, residents, served
from ingest.frozen import frozen
from ingest.lexicon import table, words
from ingest.numerals import DOUBLING, Number

# Fewer people than this, with no word that says what they do, are a story and no figure.
FEW = 100
# The word for firms stands so near a number of 户.
FIRM = 8
# People that nothing but their number tells of are a figure from here on; fewer are often those of one day or place.
SOME = 1000
# 元 a year that no single worker in this trade earns: above, an income is that of all together.
WAGE = Decimal(1_000_000)
# From here on a number without a unit is money where a word of money stands right before it.
HUNDRED_MILLION = Decimal(100_000_000)
# A word of growth stands at most at this cost before its share (产值同比增长12.5%).
GROWN = 12


@frozen()
class MetricReading:
    """What a number means. ``[start, end)`` are the words that say so, number included; `confidence` is that in the
    metric alone."""

    metric: Metric
    value: Decimal
    value_max: Decimal | None
    unit: str
    start: int
    end: int
    rule: str
    confidence: float


def read_number(around: Surroundings, previous: MetricReading | None) -> MetricReading | None:
    """The meaning of a number, or None where it counts nothing of ours. ``previous`` is what the number before it in
    the paragraph means: a number without words of its own (其中…, 省级的占53个) goes on with that."""
    number = around.number
    unit_class = unit_classes().get(number.unit) or _unsaid(around)
    if number.unit == "块" and any(cue.cost <= COMMA for cue in before("money", around)):
        unit_class = "money"  # 一个月能挣三四千块: spoken for 元; 三块牌子 has no word of money before it
    chosen = number.unit == "大" and around.before.endswith(_CHOSEN)  # 评出十大劳务品牌
    if not unit_class or (is_idiom(number) and not chosen):
        return None
    return _READERS[unit_class](around, previous)


_CHOSEN = ("评出", "选出", "推出", "评出的")


def _unsaid(around: Surroundings) -> str:
    """What a number without a unit counts: people who are named beside it, or money (产值上千亿)."""
    if _counts_people(around) or (around.after.startswith("家庭") and served().search(around.clause)):
        return "people"
    large = not around.number.unit and around.number.value >= HUNDRED_MILLION and not around.after
    return "money" if large and any(cue.cost <= HARD for cue in before("money", around)) else ""


def is_idiom(number: Number) -> bool:
    """千家万户, 百名, 一个: bare ranks and small numbers in characters name no figure (shares do: 三成)."""
    small = 10 if unit_classes().get(number.unit) == "people" else 2
    return number.bare or (number.chinese and number.value < small and unit_classes().get(number.unit) != "share")


# --- people -----------------------------------------------------------------------------------------------------------

_OF_TIME = tuple("年月日号时分岁天期届级")
_HAVING = re.compile("[有达到为是就]了?$")


def _counts_people(around: Surroundings) -> bool:
    """26.46万 without a classifier counts people when one is named right after it or right before it."""
    number = around.number
    if number.unit or number.value < FEW or around.after.startswith(_OF_TIME):
        return False
    if around.after.startswith("人口") and reached().search(around.before):
        return True
    if people_noun().match(around.after):
        return True
    return not around.after and (bool(counted().search(around.before)) or _doing(around))


# 云上焊工有20多万，; 跑运输的有3万多，.
_WHO_DO = re.compile("(?:[师工匠嫂娘员]|的人?)(?:[就也已还]?[有达]|共|约)$")


def _doing(around: Surroundings) -> bool:
    """Whether a round number that ends its clause is of people by what they do."""
    return around.number.value >= SOME and around.number.scale > 1 and bool(_WHO_DO.search(around.before))


def _people(around: Surroundings, previous: MetricReading | None) -> MetricReading | None:
    unit = around.number.unit or "人"
    cues = [*before("people", around), *trade(around), *after("people", around)]
    best = min(cues, key=lambda cue: cue.cost, default=None)
    if around.after.startswith("家庭") or (unit == "户" and (best is None or best.metric != NONE)):
        return _households(around, best)
    if best is not None and best.metric == JOINED:
        best = next((cue for cue in cues if cue.metric == Metric.TRAINING and cue.cost <= NEAR), None)
        if best is None:
            return None
    if (best is not None and best.metric == NONE) or _live_there(around, best):
        return None
    if around.after.startswith("人口"):
        return _made(around, Metric.OTHER, unit, "people-reached", 0.7) if reached().search(around.before) else None
    if unit == "人次" and (
        best is None or best.rule == "people-trade" or best.word in words("metrics", "people", "before", "faint")
    ):
        cue = next((cue for cue in cues if cue.metric == Metric.TRAINING), None)
        best = replace(cue, cost=min(cue.cost, COMMA)) if cue else best
    if best is None or best.cost > NEAR or ("其中" in around.before[-8:] and best.cost > COMMA):
        return _carried(around, previous, unit) or _workers(around, unit)
    return _cued(around, best, unit)


# 全县80万人，: who lives there.
_POPULATION = re.compile("全[国省市县州区旗盟]$")


# 全市有112万农村劳动力，: who could work; 6万劳动力中就有1.1万人….
_COULD_WORK = re.compile("(?:农村|农业|富余|城乡|常住|户籍|总){0,2}(?:劳动力|人口|居民|农民)(?:中|里|当中)?$")


def _live_there(around: Surroundings, best: Cue | None) -> bool:
    """Whether those are counted who live somewhere, and no verb before the number says what becomes of them."""
    clause = _IN_A_CLAUSE.split(around.after, maxsplit=1)[0]
    told = best is not None and best.rule.endswith("-before") and best.cost <= NEAR
    patterns = ((_COULD_WORK, clause), (_AMONG_THEM, around.after), (_SIZE_OF, around.after))
    return not told and any(pattern.match(text) for pattern, text in patterns)


_IN_A_CLAUSE = re.compile("[，。；、（(]")
# 5万人的小镇: how large it is.
_SIZE_OF = re.compile("的[^，。；的]{0,4}[县镇村乡城市](?:$|[里中有，。；])")
_AMONG_THEM = re.compile("(?:农村|农业|富余|城乡|户籍){0,2}(?:劳动力|人口|居民|农民)(?:中|里|当中)")
_OPENING_QUOTES, _CLOSING_QUOTES = tuple("“‘「『"), tuple("”’」』")


def _workers(around: Surroundings, unit: str) -> MetricReading | None:
    """People of whom nothing more is said work in the trade; surer where the number is stated as one (有, 达, 近)."""
    number = around.number
    if number.value < FEW or residents().search(around.before):
        return None
    if _POPULATION.search(around.before) and not people_noun().match(around.after):
        return None
    hedged = number.digits > number.start or bool(_HAVING.search(around.before))
    named = around.after.startswith(_OPENING_QUOTES) or around.before.endswith(_CLOSING_QUOTES)
    stated = hedged or named or people_noun().match(around.after) or counted().search(around.before)
    sure = stated and number.value >= SOME
    return _made(around, Metric.EMPLOYMENT, unit, "people-default", 0.75 if sure else 0.5)


def _households(around: Surroundings, best: Cue | None) -> MetricReading:
    """户 counts families that find work where a word right at it says so, firms that are called so, else families."""
    if around.number.unit != "户" or served().search(around.clause):
        return _made(around, Metric.COVERAGE, "户", "households-served", 0.8)
    if best is not None and best.cost <= HARD and best.word.startswith(words("metrics", "people", "pulls", "words")):
        return _made(around, Metric.EMPLOYMENT, "户", best.rule, 0.85, edge=best.edge)
    firms = listed("people", "firms")
    kept = firms.search(around.before[-FIRM:]) or firms.search(around.after[:FIRM])
    return _made(around, Metric.ORGANISATIONS if kept else Metric.OTHER, "户", "households", 0.7)


# --- money and shares -------------------------------------------------------------------------------------------------


def _money(around: Surroundings, previous: MetricReading | None) -> MetricReading | None:
    cues = [*before("money", around), *after("money", around)]
    best = min(cues, key=lambda cue: cue.cost, default=None)
    if best is None or best.metric == NONE or best.cost > NEAR:
        told = (best is None or best.metric != NONE) and _THEN_AND_NOW.fullmatch(around.opening)
        return _carried(around, previous, "元") if told else None
    given = next((cue for cue in cues if cue.metric == Metric.FUNDING and cue.cost <= COMMA), None)
    if best.metric == Metric.PER_CAPITA_INCOME and given is not None:
        best = given
    if best.metric not in (Metric.LABOUR_INCOME, Metric.PER_CAPITA_INCOME):
        return _cued(around, best, "元")
    if around.number.value >= WAGE:
        return _cued(around, replace(best, metric=Metric.LABOUR_INCOME), "元")
    wages = [cue for cue in cues if cue.metric == Metric.PER_CAPITA_INCOME and cue.cost <= NEAR]
    if not wages:
        return None
    edge = min(cue.edge for cue in wages)
    return _made(around, Metric.PER_CAPITA_INCOME, period(around), "wage", 0.9, edge=edge)


# 年销售额4年前是4亿元，如今是|18亿元: goes on with what was counted before.
_THEN_AND_NOW = re.compile(
    "(?:到?(?:如今|现在|今年|去年|目前|眼下|20[0-9]{2}年)(?:底|末)?[已就]?)[是为达增涨升到至了]{0,3}"
)


def _share(around: Surroundings, previous: MetricReading | None) -> MetricReading | None:
    number = around.number
    if around.after.startswith("群"):
        return None  # 三五成群
    cues = [*(cue for cue in before("share", around) if cue.cost <= GROWN), *after("share", around)]
    best = min(cues, key=lambda cue: cue.cost, default=None)
    if best is not None and best.metric == NONE:
        return None
    edge = best.edge if best else None
    if number.unit == DOUBLING or (best is not None and best.metric == Metric.GROWTH):
        grown = _made(around, Metric.GROWTH, "%", "growth", 0.85, edge=edge)
        return replace(grown, value=number.value * 100) if number.unit == "倍" else grown
    if whole := OF_THEM_ALL.search(around.opening):
        edge = min(edge or number.start, number.start - len(around.opening) + whole.start())
    return None if number.unit == "倍" else _made(around, Metric.OTHER, "%", "share", 0.75, edge=edge)


# 占全县劳动力的|36%, 全国鲜面市场的|70%: the whole is said right before its share, which says nothing without it.
OF_THEM_ALL = re.compile("占[去到据了]?(?!的?比[例重])[^，。；占]{2,20}$|全[国省市县区州旗][^，。；]{1,12}的$")


# --- things -----------------------------------------------------------------------------------------------------------

_SESSIONS = ("场", "期", "次")
# 贫困县有10个，国家级的|5个: what is graded is no brand.
_OTHER_THINGS = re.compile("(?:贫困|示范|重点|特困|帮扶)[^，。；、]{0,6}(?:县|村|镇|乡|区|户)[^，。；]{0,8}[0-9]")
_ONE_BY_ONE = ("大", "块", "张", "席", "域")
_GOING_ON = re.compile("[有占达的是级共各了为出选加增添]$")


def _thing(around: Surroundings, previous: MetricReading | None) -> MetricReading | None:
    number = around.number
    cue = _allowed(number.unit, noun(around)) or _noun_before(around)
    if cue is None:
        return _carried(around, previous, number.unit) or _unnamed_brands(around, previous) or _alone(around)
    if cue.metric == NONE:
        return _signed_orserved(around, cue)
    if cue.metric == GRADED:
        graded = _made(around, Metric.BRANDS, number.unit, "graded", 0.8)
        return _carried(around, previous, number.unit) or (None if _OTHER_THINGS.search(around.before) else graded)
    if cue.metric == Metric.COVERAGE and not _is_reached(around, cue):
        return None
    if number.chinese and number.value < 10 and not _few_brands(around, cue):
        return None
    plain = number.unit in _ONE_BY_ONE or (cue.metric == Metric.COVERAGE and number.unit == "座")
    return _cued(around, cue, "个" if plain else number.unit)


def _noun_before(around: Surroundings) -> Cue | None:
    allowed = (_allowed(around.number.unit, cue) for cue in before("thing", around))
    near = (cue for cue in allowed if cue and cue.cost <= _farthest(cue, around.number.unit))
    best = min(near, key=lambda cue: cue.cost, default=None)
    return best and _whole_term(around, best)


def _whole_term(around: Surroundings, cue: Cue) -> Cue:
    """The cue with the words that its noun ends: 引领|单位211家, 的连锁培训|机构达200家. What 等 ends is a list."""
    at = len(around.before) - (around.number.start - cue.edge)
    beside = around.before.startswith(cue.word, at) and not around.before.startswith("等", at + len(cue.word))
    if not beside or cue.metric not in (Metric.ORGANISATIONS, Metric.FACILITIES):
        return cue
    term = _TERM.search(around.before, 0, at)
    return replace(cue, edge=cue.edge - len(term[1])) if term else cue


_TERM = re.compile(
    "[，。；、：的](?!其中|吸引|引进|带动|发展|培育|服务|组织|联合|对接|动员|扶持|催生)"
    "((?:(?![的了有和与及在把让由从给已也就共达办开建设为是到被将向对个家])[一-鿿]){1,6})$"
)


def _farthest(cue: Cue, unit: str) -> int:
    """The largest cost of a noun before: 家 after a comma counts firms and no brands, 块 what stands beside it."""
    if cue.metric == Metric.COVERAGE:
        return HARD
    if cue.metric != Metric.BRANDS:
        return NEAR
    return HARD if unit in ("块", "张") else COMMA if unit == "家" else NEAR


def _allowed(unit: str, cue: Cue | None) -> Cue | None:
    """The cue where the classifier can count such a thing (份 counts agreements, not shops)."""
    if cue is not None and cue.metric == HELD:
        return replace(cue, metric=Metric.EVENTS) if unit in _SESSIONS else None
    only = table("metrics")["thing"]["only"].get(unit)
    return cue if cue is None or only is None or cue.metric in only else None


_SIGNED = re.compile("签[约下订署了]|揭榜")


def _signed_orserved(around: Surroundings, cue: Cue) -> MetricReading | None:
    """Projects are agreements where they are signed, families a reach where they are served; else nothing of ours."""
    if cue.word.endswith("项目") and _SIGNED.search(around.clause):
        return _cued(around, replace(cue, metric=Metric.AGREEMENTS), around.number.unit)
    if cue.word == "家庭" and served().search(around.clause):
        return _cued(around, replace(cue, metric=Metric.COVERAGE), "户")
    return None


_TURN = re.compile("(?:[^，。；：的]{0,8})?品牌(?:的|：|，一[个块张]|[之以]外|基础上)")


def _few_brands(around: Surroundings, cue: Cue) -> bool:
    """两个劳务品牌 is a figure, 这两个品牌 and 三个品牌都 at the head of a sentence take up what was named before, and
    两个劳务品牌的故事, 有两个劳务品牌，一个往外走 or 靠两块劳务品牌出名 is a turn of phrase."""
    if _TURN.match(around.beyond) or around.number.unit in ("块", "张"):
        return False
    if not around.before or around.number.unit == "大":
        return around.number.unit == "大"
    return cue.word.endswith("品牌") and around.before[-1] not in "这那"


def _is_reached(around: Surroundings, cue: Cue) -> bool:
    """Whether places are what something reaches (足迹到了30多个城市); not where they open the clause and act themselves
    (10个市提前交卷), or where a clause about them counts them (手握两个品牌的地市只有3个)."""
    opening = _WHOLE.sub("", around.opening)
    told = cue.rule == "thing-noun" and (bool(opening) or "有" in around.after)  # 38个城市有活干
    return told or bool(reach().search(around.clause))


_WHOLE = re.compile("^全[国省市县州区旗盟]")


def _unnamed_brands(around: Surroundings, previous: MetricReading | None) -> MetricReading | None:
    """个 without a noun counts brands where they are what is chosen or graded (第二批15个, 9个上榜), and where brands
    were counted just before (又添了12个, 占了5席)."""
    unit = around.number.unit
    graded = unit == "个" and (_graded().search(around.before) or _chosen().match(around.after))
    going_on = previous is not None and previous.metric is Metric.BRANDS and unit in ("个", "席", "块", "家")
    if graded or (going_on and _GOING_ON.search(around.before)):
        return _made(around, Metric.BRANDS, "个", "graded", 0.75)
    return None


def _alone(around: Surroundings) -> MetricReading | None:
    metric = table("metrics")["thing"]["alone"].get(around.number.unit)
    if metric is None or around.number.chinese:
        return None
    unit = "个" if around.number.unit in _ONE_BY_ONE else around.number.unit
    return _made(around, Metric(metric), unit, "unit-alone", 0.6)


_READERS = {"people": _people, "money": _money, "share": _share, "thing": _thing}


# --- what all of them do ----------------------------------------------------------------------------------------------


def _cued(around: Surroundings, cue: Cue, unit: str) -> MetricReading:
    confidence = 0.95 if cue.cost <= HARD else 0.9 if cue.cost <= COMMA else 0.8
    return _made(around, Metric(cue.metric), unit, cue.rule, confidence, edge=cue.edge)


def _carried(around: Surroundings, previous: MetricReading | None, unit: str) -> MetricReading | None:
    """What the number before it in the sentence means, where both have the same unit."""
    if previous is None or previous.unit != unit or previous.start < around.sentence:
        return None
    return _made(around, previous.metric, unit, "carried", 0.85)


def _made(
    around: Surroundings, metric: Metric, unit: str, rule: str, confidence: float, *, edge: int | None = None
) -> MetricReading:
    number = around.number
    start, end = min(number.start, edge or number.start), max(number.end, edge or number.end)
    return MetricReading(metric, number.value, number.value_max, unit, start, end, rule, confidence)


@cache
def unit_classes() -> dict[str, str]:
    """The class of each unit."""
    return {unit: name for name, units in table("metrics")["classes"].items() for unit in units}


@cache
def _graded() -> re.Pattern[str]:
    return either(words("metrics", "thing", "graded", "before"), "[的有占共达已了各]{0,3}$")


@cache
def _chosen() -> re.Pattern[str]:
    return either(words("metrics", "thing", "graded", "after"))
