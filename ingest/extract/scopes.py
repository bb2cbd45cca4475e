"""What kind of number it is: the whole, an addition, an exhibit, a part, a rate for one of many, or a rise.

The six scopes and their examples are defined in the contract of the corpus (its README, "scope"). The words decide, not
the metric; they stand in ``lexicon/scope.toml``.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from brands.vocabulary.choices import Metric, Per, Qualifier, Scope
from ingest.extract.cues import either
from ingest.extract.metrics import MetricReading
from ingest.extract.number_in_text import Counted, NumberInText, ScopeReading, placed
from ingest.extract.scope_limits import level_of, limit_of
from ingest.extract.scope_parts import among, kind_part, larger, of_exhibits, side_by_side, within
from ingest.extract.text_layout import TextScope
from ingest.lexicon import table, words
from ingest.name_shapes import alternation
from ingest.numerals import Number
from ingest.text import Span

# The verb that says how people got work stands so far behind their number at most.
HELPED = 16


def read_scope(
    text: str, number: Number, reading: MetricReading, bounds: TextScope, before: Sequence[Counted]
) -> ScopeReading:
    """The kind of a number, by the first rule that the words around it meet; a total where none does. ``before`` are
    the numbers of the paragraph that were read already, in order."""
    start, end = _clause(text, number, bounds)
    one = NumberInText(text, number, reading, bounds, before, start, end)
    return next((found for rule in _RULES if (found := rule(one)) is not None), _timed(one))


def _clause(text: str, number: Number, bounds: TextScope) -> tuple[int, int]:
    start = bounds.sentence
    for match in _STOP.finditer(text, bounds.sentence, number.start):
        start = match.end()
    stop = _STOP.search(text, number.end, bounds.sentence_end)
    return start, stop.start() if stop else bounds.sentence_end


_STOP = re.compile("[，。；！？：:;\n（(）)]")


# --- rises and rates --------------------------------------------------------------------------------------------------


def _rise(one: NumberInText) -> ScopeReading | None:
    """增收, 多挣 before money, 比上年多 before people; not 增加到, which is a level."""
    higher = one.reading.unit == "%" and _HIGHER.search(one.lead)
    if one.reading.metric is Metric.GROWTH or higher:
        return ScopeReading(Scope.RISE, said=Span(one.reading.start, one.reading.end))
    match = _rises(one.number.unit == "元").search(one.lead)
    word = match and (match.span("word") if match["word"] else match.span("alone"))
    if not word or _level().search(one.lead, word[0]):
        return None
    return ScopeReading(Scope.RISE, said=Span(one.start + word[0], one.start + word[1]))


_HIGHER = re.compile("[比较][^，。；]{1,16}(?:高出?|多出)[了约近]?$")  # 比普通务工者高出两成


@cache
def _rises(money: bool) -> re.Pattern[str]:
    filler = "[^，。、]{0,6}$"
    if money:
        return re.compile(f"(?P<word>{alternation(words('scope', 'rise', 'money'))})(?P<alone>){filler}")
    against = alternation(words("scope", "rise", "against"))
    count = alternation(words("scope", "rise", "count"))
    alone = alternation(words("scope", "rise", "alone"))
    return re.compile(f"(?:(?:{against})[^，。；]{{0,14}}?(?P<word>{count})了?|(?P<alone>{alone})){filler}")


@cache
def _level() -> re.Pattern[str]:
    return re.compile(
        f"{alternation(words('scope', 'rise', 'never'))}"
        f"|(?:{alternation(words('scope', 'rise', 'level'))})[约近超过逾]?$"
    )


def _each(one: NumberInText) -> ScopeReading | None:
    """每期45人, 户均补贴2000元, 一次性奖励5万元. A wage is one person's anyway, so only 户均 makes it a rate."""
    wage = one.reading.metric is Metric.PER_CAPITA_INCOME
    match = _each_words().search(one.lead)
    if match is not None:
        of_brands = "品牌" in one.text[one.bounds.sentence : one.number.start]  # 30个品牌，每个补助30万元
        per = _each_kinds().get(match["all"] or match["unit"], Per.BRAND if of_brands else None)
        if not (wage and per is not Per.HOUSEHOLD):
            return ScopeReading(Scope.EACH, per=per, said=placed(one, match))
    if one.reading.metric is Metric.VACANCIES and (choice := _CHOICE.search(one.tail)):
        return ScopeReading(Scope.EACH, said=Span(one.number.start, one.number.end + choice.end()))
    funding = one.reading.metric is Metric.FUNDING
    if funding and one.number.qualifier is Qualifier.AT_MOST:
        return ScopeReading(Scope.EACH, said=Span(one.number.start, one.number.end))  # the most that one can get
    given = _given().search(one.lead) if funding else None
    if given is None and funding and one.text.endswith("的，", one.bounds.sentence, one.start):
        return ScopeReading(Scope.EACH, said=Span(one.start, one.number.start))  # 获评的，奖励30万元
    return ScopeReading(Scope.EACH, said=placed(one, given)) if given else None


# 学生往往有4到6个岗位可挑: what one of them can choose from.
_CHOICE = re.compile("岗位可[挑选]")


@cache
def _each_kinds() -> dict[str, Per]:
    rule = table("scope")["each"]
    return {word: Per(per) for side in ("per", "all") for per, found in rule[side].items() for word in found}


@cache
def _each_words() -> re.Pattern[str]:
    rule = table("scope")["each"]
    whole = alternation(tuple(word for found in rule["all"].values() for word in found))
    units = alternation(tuple(word for found in rule["per"].values() for word in found))
    return re.compile(f"(?P<all>{whole})|每一?(?P<unit>{units}|个(?!月|年|季|星期|人))(?![年月周])")


@cache
def _given() -> re.Pattern[str]:
    return re.compile(f"{alternation(words('scope', 'each', 'given', 'words'))}|(?<!奖)[补奖]$")


# --- exhibits ---------------------------------------------------------------------------------------------------------


def _exhibit(one: NumberInText) -> ScopeReading | None:
    """251个劳务品牌参展, 24名选手进入决赛."""
    if one.reading.metric not in table("scope")["shown"]["metrics"]:
        return None
    if one.reading.metric is Metric.BRANDS and _WON.search(one.tail):
        return None
    said = one.found(_shown(), one.start, one.end)
    if said is None and one.reading.metric is Metric.BRANDS and (match := _THESE.search(one.lead)):
        said = placed(one, match)
    if said is None and one.reading.metric is Metric.BRANDS and not _whole().search(one.lead):
        said = one.found(_shown(), one.bounds.sentence, one.start)
        if said is None and _BROUGHT.search(one.lead):
            said = one.found(_events(), one.bounds.sentence, one.number.start)
    if said is None and one.reading.metric is Metric.ORGANISATIONS and _BRINGING.search(one.lead + one.tail):
        said = one.found(_events(), one.bounds.sentence, one.number.start)
    if said is None and one.reading.metric is Metric.COVERAGE and _shown_next(one):
        said = Span(one.number.start, one.number.end)
    return ScopeReading(Scope.SHOWN, said=said) if said else None


def _shown_next(one: NumberInText) -> bool:
    """Whether what comes from so many places is shown: 吸引8个市的45个品牌参加."""
    return bool(re.match("[^，。；]{0,8}的", one.tail)) and bool(_JOINING.search(one.lead + one.tail))


# 最终20个品牌胜出: picked by a jury.
_WON = re.compile("胜出|脱颖而出|当选|夺得|摘得|榜上有名")
# 湖北在会上推出35个劳务品牌.
_BROUGHT = re.compile("推出|带来|带去|亮出|拿出|送去")
# 活动现场，62家企业带来岗位4300个: they came to the event.
_BRINGING = re.compile("带来|携|提供|推出|进场|设摊|参加|前来|到来|来挑|来招|赶来")
_JOINING = re.compile("吸引|参加|参展|参赛|选送|亮相")


# 这251个劳务品牌中: those that were named as the meeting's.
_THESE = re.compile("(?:这|上述)$")


@cache
def _shown() -> re.Pattern[str]:
    return either(words("scope", "shown", "words"))


# --- additions --------------------------------------------------------------------------------------------------------


def _added(one: NumberInText) -> ScopeReading | None:
    """新增, 第三批, 又添; what a jury names; what is done within a period or at an event."""
    said = one.found(_new(), one.start, min(one.number.end + 6, one.end))
    if said is None and one.reading.metric in (Metric.BRANDS, Metric.COVERAGE):
        said = _recognised(one)
    if said is None and _is_flow(one) and not (one.reading.metric is Metric.EVENTS and _is_divided(one)):
        said = _period(one)
    return ScopeReading(Scope.NEW, level_of(one), said=said) if said is not None else None


def _is_divided(one: NumberInText) -> bool:
    """分9个赛项比高下: what an event consists of is held at it, and comes on top of nothing."""
    return bool(_DIVIDED.search(one.lead)) and bool(_SECTION.match(one.tail))


_DIVIDED = re.compile("(?:分[为成]?|设[立置]?)了?$")
_SECTION = re.compile("(?:比赛|竞赛)?赛[项区]")


@cache
def _new() -> re.Pattern[str]:
    batch = "第[一二三四五六七八九十0-9]{1,3}批|前[两二三四五六七八九0-9]批"
    return re.compile(f"{alternation(words('scope', 'new', 'words'))}|{batch}")


def _recognised(one: NumberInText) -> Span | None:
    """The word by which brands are named by a jury or a list, unless the clause counts all there are so far."""
    if _whole().search(one.lead) or _so_far().search(one.text, one.bounds.sentence, one.start):
        return None
    return one.found(_recognising(), one.start, one.end)


@cache
def _recognising() -> re.Pattern[str]:
    return either(words("scope", "new", "recognised"))


@cache
def _whole() -> re.Pattern[str]:
    return either(words("scope", "new", "whole"))


@cache
def _so_far() -> re.Pattern[str]:
    return re.compile(f"{alternation(words('scope', 'new', 'so_far'))}|[到至][^，。；]{{0,8}}[底末年]，")


def _is_flow(one: NumberInText) -> bool:
    if one.reading.metric in table("scope")["new"]["flows"]:
        return True
    helped = one.reading.metric is Metric.EMPLOYMENT and bool(_helped().search(one.lead + one.tail[:HELPED]))
    if one.before and one.before[-1].start >= one.bounds.sentence and one.before[-1].scope is Scope.NEW:
        helped = helped or one.reading.metric in (Metric.EMPLOYMENT, Metric.ORGANISATIONS, Metric.OTHER)
    if one.reading.metric not in (Metric.OUTPUT_VALUE, Metric.LABOUR_INCOME):
        return helped
    sentence = one.text[one.bounds.sentence : one.number.start]
    return bool(_events().search(one.lead)) or bool(_within_a_year().search(sentence))


@cache
def _within_a_year() -> re.Pattern[str]:
    """Times shorter than a year: the money of one of them is no year's."""
    short = alternation(words("scope", "new", "short"))
    return re.compile(f"(?:{short}|[0-9]{{1,2}}月?[—–－~～至到-]{{1,2}}[0-9]{{1,2}}月)(?!底|末|的统计|的数据)")


@cache
def _helped() -> re.Pattern[str]:
    return either(words("scope", "new", "helped"))


@cache
def _events() -> re.Pattern[str]:
    return either(words("scope", "new", "events"))


def _period(one: NumberInText) -> Span | None:
    """The period or event of the sentence in which something is done; None where it only ends what was counted so far
    (截至2024年底) or where a habit is told (每年)."""
    if _habit().search(one.lead) or _so_far().search(one.text, one.bounds.sentence, one.number.start):
        return None
    said = one.found(_events(), one.bounds.sentence, one.number.start) or one.found(
        _comers(), one.bounds.sentence, one.start
    )
    if said is not None and "：" not in one.text[said.end : one.number.start]:
        return said
    said = one.found(_periods(), one.bounds.sentence, one.number.start)
    if said is None or _until().search(one.text, max(said.start - 8, 0), said.start):
        return None
    if _OF_A_COUNT.match(one.text, said.end) or _is_since_founded(one, said):
        return None
    if said.end <= one.start and _BY_NOW.search(one.text, said.end, one.number.start):
        return None
    return said


# 当年8月的统计显示: when it was counted, and not in which time it was done; 2019年创立以来: all its time.
_FOUNDED = re.compile(
    "(?:创[立建办]|成立|打[造响]|启动|实施|组建|设立|诞生|推出|注册|挂牌|开办)[^，。；\n]{0,6}(?:以来|至今)"
)
_BY_NOW = re.compile("，[^。；]*，[^，。；]{0,8}已|，[^，。；]{0,2}已有")
_OF_A_COUNT = re.compile("[^，。；]{0,6}(?:统计|数据|数字|报告|公布|发布|通报)")


def _is_since_founded(one: NumberInText, said: Span) -> bool:
    since, until = max(said.start - 12, one.bounds.sentence), min(said.end + 14, one.number.start)
    return bool(_FOUNDED.search(one.text, since, until))


@cache
def _comers() -> re.Pattern[str]:
    """Who comes to an event: what is signed behind it is signed there."""
    return either(words("scope", "new", "comers"))


@cache
def _periods() -> re.Pattern[str]:
    return re.compile(
        f"{alternation(words('scope', 'new', 'periods'))}|首[批期]|第[一二三四五六七八九十0-9]{{1,3}}[批期]"
        """|(?:19|20)[0-9]{2}年(?![底末起以])|[“‘"]?十[一二三四五]五[”’"]?"""
        "|前?[0-9一二三四五六七八九十]{1,2}个?月(?:[0-9]{1,2}日)?(?![底末])|[0-9]{1,2}[—–－~～至到-]{1,2}[0-9]{1,2}月"
    )


@cache
def _until() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words('scope', 'new', 'until'))})(?:(?:19|20)[0-9]{{2}}年|今年|去年|目前)?$")


# --- totals, by the year or the week ----------------------------------------------------------------------------------


def _timed(one: NumberInText) -> ScopeReading:
    """A total, limited to a level, a place or a chain where the words say so; people and things by the week, month or
    year are a rate over time."""
    limit = limit_of(one)
    if one.number.unit == "元" or one.reading.unit == "%":
        return ScopeReading(Scope.TOTAL, part_of=limit)
    if not limit and (place := one.place):
        like = [c for c in larger(one, one.bounds.sentence) if c.metric is one.reading.metric]
        whole = Span(like[-1].start, like[-1].end) if like else None
        return ScopeReading(Scope.TOTAL, whole=whole, place=place)
    match = _habit().search(one.lead)
    if match is None:
        return ScopeReading(Scope.TOTAL, part_of=limit)
    per = _habits().get(match.group(), Per.YEAR)
    return ScopeReading(Scope.TOTAL, part_of=limit, per=per, said=placed(one, match))


@cache
def _habits() -> dict[str, Per]:
    return {word: Per(per) for per, found in table("scope")["per"].items() for word in found}


@cache
def _habit() -> re.Pattern[str]:
    return re.compile(f"{either(_habits()).pattern}|{_BY_THE_YEAR}")


# 一年培训能有3800余人, 年输送2万人: so many each year; 2024年培训, 当年培训, 两年培训 are of their time.
_BY_THE_YEAR = (
    "(?<![0-9〇零两二三四五六七八九十几数多来半近今去前后当这那同全往历])"
    "(?<![近第头这那]一)年(?=[能可]?(?:培训|输送|输出|输转|转移))"
)


# The rules in the order in which they are asked.
_RULES: tuple[Callable[[NumberInText], ScopeReading | None], ...] = (
    _rise,
    _each,
    among,
    of_exhibits,
    kind_part,
    side_by_side,
    _exhibit,
    _added,
    within,
)
