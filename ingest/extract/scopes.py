"""What kind of number it is: the whole, an addition, an exhibit, a part, a rate for one of many, or a rise.

The six scopes and their examples are defined in the contract of the corpus (its README, "scope"). The words decide, not
the metric; they stand in ``lexicon/scope.toml``.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache

from brands.vocabulary.choices import Metric, Per, Qualifier, Scope
from ingest.extract.cues import either
from ingest.extract.metrics import MetricReading
from ingest.extract.subjects import TextScope
from ingest.frozen import frozen
from ingest.gazetteer import gazetteer
from ingest.lexicon import table, words
from ingest.numerals import Number
from ingest.text import Span

# A level stands at most so near its number of brands.
LEVEL = 16
# The verb that says how people got work stands so far behind their number at most.
HELPED = 16
# Another level of recognition stands at most so far from the number that it is beside.
BESIDE = 40


@frozen()
class ScopeReading:
    """The kind of a number. `part_of` are the words that say which part and `whole` is where the number stands that it
    is a part of (None where the text gives none), `per` for one of what a rate is; `said` are the characters of the
    article's text that say it, None where nothing does (a total). `place` is the division that the clause is about,
    where it names nothing else (天津有3万人): a limit if the number is a brand's, its owner if not."""

    scope: Scope
    part_of: str = ""
    whole: Span | None = None
    per: Per | None = None
    said: Span | None = None
    place: str = ""


@frozen()
class Counted:
    """A number of the paragraph that was read before: what it counts (None for nothing of ours), in which unit, how
    many, and of which kind."""

    start: int
    end: int
    metric: Metric | None
    unit: str
    value: Decimal
    scope: Scope | None = None


@frozen()
class NumberInText:
    """A number with its meaning, its clause ``[start, end)`` and what was counted before it in the paragraph."""

    text: str
    number: Number
    reading: MetricReading
    bounds: TextScope
    before: Sequence[Counted]
    start: int
    end: int

    @property
    def lead(self) -> str:
        """The clause up to the number."""
        return self.text[self.start : self.number.start]

    @property
    def tail(self) -> str:
        """The clause behind the number."""
        return self.text[self.number.end : self.end]

    def found(self, pattern: re.Pattern[str], start: int, end: int) -> Span | None:
        """The last match of a pattern in ``[start, end)`` of the text."""
        last = deque(pattern.finditer(self.text, start, end), maxlen=1)
        return Span(*last[0].span()) if last else None


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
    if one.reading.metric is Metric.GROWTH:
        return ScopeReading(Scope.RISE, said=Span(one.reading.start, one.reading.end))
    match = _rises(one.number.unit == "元").search(one.lead)
    if match is None or _level().search(one.lead, match.start("word")):
        return None
    return ScopeReading(Scope.RISE, said=Span(one.start + match.start("word"), one.start + match.end("word")))


@cache
def _rises(money: bool) -> re.Pattern[str]:
    filler = "[^，。、]{0,6}$"
    if money:
        return re.compile(f"(?P<word>{_any(words('scope', 'rise', 'money'))}){filler}")
    against = _any(words("scope", "rise", "against"))
    return re.compile(f"(?:{against})[^，。；]{{0,14}}?(?P<word>{_any(words('scope', 'rise', 'count'))})了?{filler}")


@cache
def _level() -> re.Pattern[str]:
    return re.compile(
        f"{_any(words('scope', 'rise', 'never'))}|(?:{_any(words('scope', 'rise', 'level'))})[约近超过逾]?$"
    )


def _each(one: NumberInText) -> ScopeReading | None:
    """每期45人, 户均补贴2000元, 一次性奖励5万元. A wage is one person's anyway, so only 户均 makes it a rate."""
    wage = one.reading.metric is Metric.PER_CAPITA_INCOME
    match = _each_words().search(one.lead)
    if match is not None:
        per = _each_kinds()[match["all"] or match["unit"]]
        if not (wage and per is not Per.HOUSEHOLD):
            return ScopeReading(Scope.EACH, per=per, said=_placed(one, match))
    funding = one.reading.metric is Metric.FUNDING
    if funding and one.number.qualifier is Qualifier.AT_MOST:
        return ScopeReading(Scope.EACH, said=Span(one.number.start, one.number.end))  # the most that one can get
    given = _given().search(one.lead) if funding else None
    return ScopeReading(Scope.EACH, said=_placed(one, given)) if given else None


def _placed(one: NumberInText, match: re.Match[str]) -> Span:
    return Span(one.start + match.start(), one.start + match.end())


@cache
def _each_kinds() -> dict[str, Per]:
    rule = table("scope")["each"]
    return {word: Per(per) for side in ("per", "all") for per, found in rule[side].items() for word in found}


@cache
def _each_words() -> re.Pattern[str]:
    rule = table("scope")["each"]
    whole = _any([word for found in rule["all"].values() for word in found])
    units = _any([word for found in rule["per"].values() for word in found])
    return re.compile(f"(?P<all>{whole})|每一?(?P<unit>{units})(?![年月周])")


@cache
def _given() -> re.Pattern[str]:
    return re.compile(f"{_any(words('scope', 'each', 'given', 'words'))}|(?<!奖)[补奖]$")


# --- parts ------------------------------------------------------------------------------------------------------------


def _among(one: NumberInText) -> ScopeReading | None:
    """其中5个, and what a list goes on with behind it; a share (占四成)."""
    if one.number.unit == "%":
        return None if _RATE.search(one.lead) else _part(one)
    said = one.found(_among_words(), one.bounds.part, one.number.start)
    if said is not None and not any(c.start < said.start for c in _larger(one, one.bounds.sentence)):
        said = None
    if said is None and (match := _share().search(one.lead)):
        said = _placed(one, match)
    if said is None and (match := _only().match(one.lead)):
        said = _placed(one, match)
    return _part(one, said) if said is not None else None


# 就业率, 满意度: a rate is of all.
_RATE = re.compile("[率度][^，。；]{0,6}$")


def _part(one: NumberInText, said: Span | None = None) -> ScopeReading:
    brands = one.reading.metric is Metric.BRANDS
    since = one.bounds.paragraph if brands else one.bounds.sentence
    like = [] if one.number.unit == "%" else _larger(one, since)
    whole = next((Span(c.start, c.end) for c in reversed(like) if c.scope is not Scope.PART), None)
    return ScopeReading(Scope.PART, _which(one, said), whole, said=said or Span(one.start, one.number.end))


def _which(one: NumberInText, said: Span | None) -> str:
    """The words that say which part: those before the number, the word that tells it, or those behind; only a short
    phrase without a verb's 了 or quotes is one."""
    lead = _VERB.sub("", _AMONG.sub("", one.lead)).strip(" \u3000、的")
    tail = _FIRST.match(one.tail)
    word = said.of(one.text) if said else ""
    known = word if _kinds().fullmatch(word) or _villages().fullmatch(word) else ""
    found = (lead, known, tail["words"].strip() if tail else "")
    return next((words for words in found if words and _PHRASE.fullmatch(words)), "")


_AMONG = re.compile("^.*?(?:其中|里头|当中|之中|里面)[，的]?|^(?:仅|光是?|单是?)|^占(?:去|到|据|了)?")
_VERB = re.compile("(?:[只就]?[占有达为是到]了?|[就也已还]|带动|吸纳|培训|做工)*[约近超过逾]*$")
_FIRST = re.compile("(?:[是在来]自?)?(?P<words>[^，。；、]{1,20})$")
_PHRASE = re.compile("(?![的以])[^“”‘’「」《》了着过0-9、]{1,9}[^的“”‘’「」《》了着过0-9、]|[^“”的0-9]")


@cache
def _among_words() -> re.Pattern[str]:
    return either(words("scope", "part", "among"))


@cache
def _share() -> re.Pattern[str]:
    return re.compile(f"(?:{_any(words('scope', 'part', 'share'))})[^，。；]{{0,12}}$")


@cache
def _only() -> re.Pattern[str]:
    return re.compile(f"(?:{_any(words('scope', 'part', 'only'))})[^，。；]{{1,16}}(?:就|便|也)?有?$")


def _side_by_side(one: NumberInText) -> ScopeReading | None:
    """省级13个，市级9个，县级17个: brands of one level, people of one grade, beside those of another."""
    kind = {Metric.BRANDS: "levels", Metric.TRAINING: "grades", Metric.CREDENTIALS: "grades"}.get(one.reading.metric)
    if kind is None or not _ranks(kind).search(one.lead + one.tail[:8]):
        return None
    around = (max(one.number.start - BESIDE, 0), one.number.end + BESIDE)
    others = {match.group() for match in _ranks_counted(kind).finditer(one.text, *around)}
    larger = any(c.metric is one.reading.metric and c.value > one.number.value for c in one.before)
    return _part(one) if larger or len(others) > 1 else None


@cache
def _ranks(kind: str) -> re.Pattern[str]:
    return either(words("scope", "part", kind))


@cache
def _ranks_counted(kind: str) -> re.Pattern[str]:
    """The ranks that have a number beside them."""
    return re.compile(
        rf"(?:{_any(words('scope', 'part', kind))})(?=[^，。；、0-9\n]{{0,8}}[0-9一二两三四五六七八九十])"
    )


def _kind_part(one: NumberInText) -> ScopeReading | None:
    """Women, masters, those from elsewhere, behind a larger number of the like in the sentence (of brands, in the
    paragraph); who do one thing (搞研发的有3000余人) behind a larger number in the paragraph."""
    if _pulled().search(one.lead) or _BESIDES.search(one.lead):
        return None
    brands = one.reading.metric is Metric.BRANDS
    like = _larger(one, one.bounds.paragraph if brands else one.bounds.part)
    said = one.found(_kinds(), one.start, min(one.number.end + 8, one.end)) if like else None
    if said is None and (match := _WHO.search(one.lead)) and _larger(one, one.bounds.paragraph):
        said = _placed(one, match)
    return _part(one, said) if said is not None else None


# 县内2161户，县外还有724户: these come on top.
_BESIDES = re.compile("还有|另有|另外|此外")
_WHO = re.compile("^[^，。；]{2,16}的[也就还又便]?[有占达]$")


@cache
def _pulled() -> re.Pattern[str]:
    return either(words("scope", "part", "pulled"))


@cache
def _kinds() -> re.Pattern[str]:
    return either(words("scope", "part", "kinds"), "(?!外)")


def _larger(one: NumberInText, since: int) -> list[Counted]:
    """The larger numbers of the like since a place; of a share, all."""
    return [
        c
        for c in one.before
        if c.start >= since and (one.number.unit == "%" or (_alike(c, one) and c.value > one.number.value))
    ]


def _alike(counted: Counted, one: NumberInText) -> bool:
    people = {"人", "人次"}
    return counted.unit in (one.number.unit, one.reading.unit) or {counted.unit, one.reading.unit} <= people


def _of_exhibits(one: NumberInText) -> ScopeReading | None:
    """What the brands at an event do (参展品牌带动5万人) is no figure of a place: a part."""
    last = one.before[-1] if one.before else None
    if last is None or last.metric is not Metric.BRANDS or one.reading.metric is Metric.BRANDS:
        return None
    if one.reading.metric in table("scope")["new"]["signed"]:
        return None
    shown = any(c.scope is Scope.SHOWN and c.start >= one.bounds.sentence for c in one.before)
    return _part(one) if shown else None


def _within(one: NumberInText) -> ScopeReading | None:
    """What a village or a town has of a brand's or a county's."""
    if one.reading.metric is Metric.COVERAGE:
        return None
    said = one.found(_chosen(), one.start, one.number.start)
    if said is None:
        villages = _villages().finditer(one.text, one.bounds.sentence, one.number.start)
        real = (
            Span(*match.span()) for match in villages if not match[0].endswith(words("scope", "part", "no_village"))
        )
        said = next(real, None)
    return _part(one, said) if said else None


@cache
def _chosen() -> re.Pattern[str]:
    return either(words("scope", "part", "chosen"))


@cache
def _villages() -> re.Pattern[str]:
    """全村, or a village or town by its name where a clause begins with it."""
    no_name = "[每各全几这那某]|[一二两三四五六七八九十][个座条大]"
    opens = f"(?<=[，。；：\n县市区旗州“])(?!{no_name})[一-鿿]{{2,4}}[村镇乡](?![村镇]|[一-鿿]?[名个级])"
    return re.compile(f"{_any(words('scope', 'part', 'within'))}|{opens}")


# --- exhibits ---------------------------------------------------------------------------------------------------------


def _exhibit(one: NumberInText) -> ScopeReading | None:
    """251个劳务品牌参展, 24名选手进入决赛."""
    if one.reading.metric not in table("scope")["shown"]["metrics"]:
        return None
    said = one.found(_shown(), one.start, one.end)
    if said is None and one.reading.metric is Metric.BRANDS and (match := _THESE.search(one.lead)):
        said = _placed(one, match)
    if said is None and one.reading.metric is Metric.BRANDS and not _whole().search(one.lead):
        said = one.found(_shown(), one.bounds.sentence, one.start)
    return ScopeReading(Scope.SHOWN, said=said) if said else None


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
    if said is None and _is_flow(one):
        said = _period(one)
    return ScopeReading(Scope.NEW, _level_of(one), said=said) if said is not None else None


@cache
def _new() -> re.Pattern[str]:
    return re.compile(f"{_any(words('scope', 'new', 'words'))}|第[一二三四五六七八九十0-9]{{1,3}}批")


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
    return re.compile(f"{_any(words('scope', 'new', 'so_far'))}|[到至][^，。；]{{0,8}}[底末年]，")


def _is_flow(one: NumberInText) -> bool:
    if one.reading.metric in table("scope")["new"]["flows"]:
        return True
    helped = one.reading.metric is Metric.EMPLOYMENT and bool(_helped().search(one.lead + one.tail[:HELPED]))
    if one.before and one.before[-1].start >= one.bounds.sentence and one.before[-1].scope is Scope.NEW:
        helped = helped or one.reading.metric in (Metric.EMPLOYMENT, Metric.ORGANISATIONS, Metric.OTHER)
    return helped or (one.reading.metric is Metric.OUTPUT_VALUE and bool(_events().search(one.lead)))


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
    said = one.found(_events(), one.bounds.sentence, one.number.start)
    if said is not None and "：" not in one.text[said.end : one.number.start]:
        return said
    said = one.found(_periods(), one.bounds.sentence, one.number.start)
    if said is None or _until().search(one.text, max(said.start - 8, 0), said.start):
        return None
    return said


@cache
def _periods() -> re.Pattern[str]:
    return re.compile(
        f'{_any(words("scope", "new", "periods"))}|(?:19|20)[0-9]{{2}}年(?![底末起以])|[“‘"]?十[一二三四五]五[”’"]?'
        "|前?[0-9一二三四五六七八九十]{1,2}个?月(?:[0-9]{1,2}日)?(?![底末])|[0-9]{1,2}[—–－~～至到-]{1,2}[0-9]{1,2}月"
    )


@cache
def _until() -> re.Pattern[str]:
    return re.compile(f"(?:{_any(words('scope', 'new', 'until'))})(?:(?:19|20)[0-9]{{2}}年|今年|去年|目前)?$")


# --- totals, by the year or the week ----------------------------------------------------------------------------------


def _timed(one: NumberInText) -> ScopeReading:
    """A total, limited to a level, a place or a chain where the words say so; people and things by the week, month or
    year are a rate over time."""
    limit = _limit(one)
    if one.number.unit == "元" or one.reading.unit == "%":
        return ScopeReading(Scope.TOTAL, part_of=limit)
    if not limit and (place := _clause_place(one)):
        return ScopeReading(Scope.TOTAL, place=place)
    match = _habit().search(one.lead)
    if match is None:
        return ScopeReading(Scope.TOTAL, part_of=limit)
    return ScopeReading(Scope.TOTAL, part_of=limit, per=_habits()[match.group()], said=_placed(one, match))


def _level_of(one: NumberInText) -> str:
    """The level of recognition of the brands that are counted, where the words beside the number say one."""
    level = (
        _ranks("levels").search(one.lead[-LEVEL:] + one.tail[:LEVEL]) if one.reading.metric is Metric.BRANDS else None
    )
    return level.group() if level else ""


def _limit(one: NumberInText) -> str:
    """To what a whole is limited, in the words of the text: 省级 of brands, 在京津 or 间接 of people."""
    if one.reading.metric is Metric.BRANDS:
        return _level_of(one)
    if one.reading.metric in (Metric.EMPLOYMENT, Metric.PLACEMENT):
        indirect = _indirect().search(one.lead)
        if indirect is not None:
            return _chains()[indirect.group()]
        where = _WHERE.search(one.lead)
        if where is not None and gazetteer().find(where["place"]):
            return f"在{where['place']}"
    return ""


def _clause_place(one: NumberInText) -> str:
    match = _PLACE_HAS.fullmatch(one.lead)
    hits = gazetteer().find(match["place"]) if match else []
    return match["place"] if match and hits and hits[0].end - hits[0].start == len(match["place"]) else ""


_PLACE_HAS = re.compile("(?:其中|如今|目前|仅|光)?(?P<place>[一-鿿]{2,5}?)(?:就?有|约|达|的)?[约近超]?")
_WHERE = re.compile(
    "(?:在|服务|留在|驻)(?P<place>[^，。；“”]{2,10}?)(?:的|就业|务工|上班|做工|从业|打工|干活)?[有达]?$"
)


@cache
def _chains() -> dict[str, str]:
    """What a word for more than a brand's own people is called: 捎带着 is 间接."""
    return {word: name for name, found in table("scope")["limit"].items() for word in found}


@cache
def _indirect() -> re.Pattern[str]:
    return either(_chains())


@cache
def _habits() -> dict[str, Per]:
    return {word: Per(per) for per, found in table("scope")["per"].items() for word in found}


@cache
def _habit() -> re.Pattern[str]:
    return either(_habits())


def _any(alternatives: Iterable[str]) -> str:
    """The words as alternatives of a pattern, the longest first."""
    return "|".join(map(re.escape, sorted(alternatives, key=lambda word: (-len(word), word))))


# The rules in the order in which they are asked.
_RULES: tuple[Callable[[NumberInText], ScopeReading | None], ...] = (
    _rise,
    _each,
    _among,
    _of_exhibits,
    _kind_part,
    _side_by_side,
    _exhibit,
    _added,
    _within,
)
