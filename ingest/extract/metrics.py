"""What a number counts: its metric by the unit and the words around it, or that it counts nothing of ours."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from brands.choices import Metric, Qualifier
from ingest.lexicon import table, words
from ingest.numerals import DOUBLING, Number

REACH = 34
"""How far before a number a word may stand that says what it counts, in characters of the same sentence."""
NEAR = 26
"""Largest cost at which such a word still decides; a comma between costs COMMA characters."""
COMMA = 8
FEW = 100
"""Fewer people than this, with no word that says what they do, are a story and no figure."""
HARD = 4
"""A word that turns a number away must stand as near as this."""
NONE = "none"
"""In the lexicon: a word that says the number counts nothing of ours."""
FAINT = "faint"
"""In the lexicon: a word that tells of people, but hardly what they do; it counts as if it stood farther off."""
GRADED = "graded"
"""In the lexicon: a grade (省级6个), which goes on with what was counted before, or else counts brands."""
HELD = "held"
"""In the lexicon: a word that tells of something held, which counts sessions only."""
JOINED = "joined"
"""In the lexicon: a word that counts people where training is spoken of and nobody of ours elsewhere (9973人参加)."""
TITLE = 5
"""By so much a title after a number (2名中国制茶大师) outweighs a word before it."""
PHRASE = 22
"""Longest noun phrase after a number (10个有地方味道的劳务品牌)."""
WAGE = Decimal(1_000_000)
"""元 a year that no single worker in this trade earns: above, an income is that of all together."""

_STOP = re.compile("[，。；！？：:;\n]")
_PHRASE_END = re.compile("[，。；！？：:;、\n]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number means. ``[start, end)`` are the words that say so, number included."""

    metric: Metric
    value: Decimal
    value_max: Decimal | None
    unit: str
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A number with the words of its sentence before it (at most REACH characters) and after it (PHRASE)."""

    number: Number
    before: str
    after: str

    @classmethod
    def of(cls, text: str, number: Number, sentence_start: int) -> "Surroundings":
        before = text[max(sentence_start, number.start - REACH) : number.start]
        after = text[number.end : number.end + PHRASE]
        stop = _STOP.search(after)
        return cls(number, before, after[: stop.start()] if stop else after)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says what a number counts: `cost` grows with its distance, `edge` is its far end."""

    metric: str
    word: str
    cost: int
    edge: int
    rule: str


def read_number(around: Surroundings, previous: Reading | None) -> Reading | None:
    """The meaning of a number, or None where it counts nothing of ours. ``previous`` is what the number before it in the
    same sentence means: a number without words of its own (其中…, 省级的占53个) goes on with that."""
    number = around.number
    unit_class = _classes().get(number.unit, "")
    if not unit_class:
        unit_class = "people" if _counts_people(around) else ""
    if not unit_class or _is_idiom(number):
        return None
    return _READERS[unit_class](around, previous)


def _is_idiom(number: Number) -> bool:
    """千家万户, 百名, 一个: bare ranks and small numbers in characters name no figure (shares do: 三成)."""
    small = 10 if number.unit in ("人", "人次", "户") else 2
    return number.bare or (number.chinese and number.value < small and _classes().get(number.unit) != "share")


def _counts_people(around: Surroundings) -> bool:
    """26.46万 without a classifier counts people when one is named right after it or right before it."""
    number = around.number
    if number.unit or number.value < 100:
        return False
    if around.after[:1] in _OF_TIME:
        return False
    if _people_noun().match(around.after):
        return True
    return not around.after and bool(_counted().search(around.before))


_OF_TIME = tuple("年月日号时分岁天期届级")


def _people(around: Surroundings, previous: Reading | None) -> Reading | None:
    unit = around.number.unit or "人"
    cues = [*_before("people", around), *_trade(around), *_after("people", around)]
    best = min(cues, key=lambda cue: cue.cost, default=None)
    if best is not None and best.metric == JOINED:
        best = next((cue for cue in cues if cue.metric == Metric.TRAINING and cue.cost <= NEAR), None)
        if best is None:
            return None
    if best is not None and best.metric == NONE:
        return None
    if unit == "户":
        return _households(around, best)
    if best is None or best.cost > NEAR or ("其中" in around.before[-8:] and best.cost > COMMA):
        stated = around.number.digits > around.number.start or bool(_HAVING.search(around.before))
        carried = _carried(around, previous, unit)
        if carried or around.number.value < FEW:
            return carried
        return _made(around, Metric.EMPLOYMENT, unit, "people-default", 0.45 if stated else 0.3)
    return _cued(around, best, unit)


def _households(around: Surroundings, best: Cue | None) -> Reading:
    """户 counts families that find work where a word right at it says so, families where they are called so, else firms."""
    if best is not None and best.cost <= HARD and best.word.startswith(_pulls()):
        return _made(around, Metric.EMPLOYMENT, "户", best.rule, 0.7, edge=best.edge)
    family = bool(_families().match(around.after)) or not _firms().search(around.before) and bool(_families().search(around.before[-6:]))
    return _made(around, Metric.OTHER if family else Metric.ORGANISATIONS, "户", "households", 0.5)


_TRADE = re.compile("[师工匠嫂娘员郎](?:傅|们)?(?:目前|现|已|就|共|更){0,2}[有达到为]{0,2}$")


def _trade(around: Surroundings) -> Iterator[Cue]:
    """The name of a trade right before a number counts its people: 在国内外掌勺的厨师近两万人."""
    match = _TRADE.search(around.before)
    if match:
        yield Cue(Metric.EMPLOYMENT, match.group(), HARD, around.number.start, "people-trade")


_HAVING = re.compile("[有达到为是就]$")


def _money(around: Surroundings, previous: Reading | None) -> Reading | None:
    cues = [*_before("money", around), *_after("money", around)]
    best = min(cues, key=lambda cue: cue.cost, default=None)
    if best is None or best.metric == NONE or best.cost > NEAR:
        return None
    given = next((cue for cue in cues if cue.metric == Metric.FUNDING and cue.cost <= COMMA), None)
    if best.metric == Metric.PER_CAPITA_INCOME and given is not None:
        best = given
    value = around.number.value
    wages = [cue for cue in cues if cue.metric == "per_capita_income" and cue.cost <= NEAR]
    if value < WAGE and best.metric in (Metric.LABOUR_INCOME, Metric.PER_CAPITA_INCOME):
        start = min((cue.edge for cue in wages), default=None)
        return _made(around, Metric.PER_CAPITA_INCOME, _period(around), "wage", 0.8, edge=start) if wages else None
    if best.metric == Metric.PER_CAPITA_INCOME:
        metric = Metric.LABOUR_INCOME if value > WAGE else Metric.PER_CAPITA_INCOME
        return _made(around, metric, "元", "money-wage", 0.5, edge=best.edge)
    return _cued(around, best, "元")


def _share(around: Surroundings, previous: Reading | None) -> Reading | None:
    number = around.number
    cues = [cue for cue in _before("share", around) if cue.cost <= 12] + list(_after("share", around))
    best = min(cues, key=lambda cue: cue.cost, default=None)
    if best is not None and best.metric == NONE:
        return None
    if number.unit == DOUBLING or (best is not None and best.metric == Metric.GROWTH):
        times = 100 if number.unit == "倍" else 1
        return _made(around, Metric.GROWTH, "%", "growth", 0.75, times=times, edge=best.edge if best else None)
    if number.unit == "倍":
        return None
    return _made(around, Metric.OTHER, "%", "share", 0.5, edge=best.edge if best else None)


def _thing(around: Surroundings, previous: Reading | None) -> Reading | None:
    unit = around.number.unit
    noun = _allowed(unit, _noun(around))
    if noun is None:
        cues = [allowed for cue in _before("thing", around) if (allowed := _allowed(unit, cue))]
        noun = min(cues, key=lambda cue: cue.cost, default=None)
        if noun is None or noun.cost > NEAR:
            carried = _carried(around, previous, unit) or _brands_spoken_of(around)
            alone = None if around.number.chinese else table("metrics")["thing"]["alone"].get(unit)
            return carried or (_made(around, Metric(alone), unit, "unit-alone", 0.4) if alone else None)
    if noun.metric == NONE:
        return None
    if noun.metric == GRADED:
        return _carried(around, previous, unit) or _made(around, Metric.BRANDS, unit, "graded", 0.5)
    if around.number.chinese and around.number.value < 10 and not _few_brands(around, noun):
        return None
    return _cued(around, noun, "个" if unit in ("大", "块", "张") else unit)


def _few_brands(around: Surroundings, noun: Cue) -> bool:
    """两个劳务品牌 is a figure, 这两个品牌 and 三个品牌都 at the head of a sentence take up what was named before."""
    return noun.word.endswith("品牌") and bool(around.before) and around.before[-1] not in "这那"


def _brands_spoken_of(around: Surroundings) -> Reading | None:
    """个 without a noun counts brands where they are what is chosen or graded: 省级6个, 又有15个上榜, 前两批的42个."""
    graded = around.number.unit == "个" and (_graded().search(around.before) or _chosen().match(around.after))
    return _made(around, Metric.BRANDS, "个", "graded", 0.5) if graded else None


_SESSIONS = ("场", "期", "次")


def _allowed(unit: str, cue: Cue | None) -> Cue | None:
    """The cue where the classifier can count such a thing (份 counts agreements, not shops)."""
    if cue is not None and cue.metric == HELD:
        return replace(cue, metric=Metric.EVENTS) if unit in _SESSIONS else None
    only = table("metrics")["thing"]["only"].get(unit)
    return cue if cue is None or only is None or cue.metric in only else None


_READERS = {"people": _people, "money": _money, "share": _share, "thing": _thing}


def _cued(around: Surroundings, cue: Cue, unit: str) -> Reading:
    confidence = 0.9 if cue.cost <= 4 else 0.8 if cue.cost <= COMMA else 0.6
    return _made(around, Metric(cue.metric), unit, cue.rule, confidence, edge=cue.edge)


def _carried(around: Surroundings, previous: Reading | None, unit: str) -> Reading | None:
    if previous is None or previous.unit != unit:
        return None
    return _made(around, previous.metric, unit, "carried", 0.6)


def _made(
    around: Surroundings,
    metric: Metric,
    unit: str,
    rule: str,
    confidence: float,
    *,
    times: int = 1,
    edge: int | None = None,
) -> Reading:
    number = around.number
    start, end = min(number.start, edge or number.start), max(number.end, edge or number.end)
    high = None if number.value_max is None else number.value_max * times
    return Reading(metric, number.value * times, high, unit, start, end, rule, confidence)


def _period(around: Surroundings) -> str:
    """元/月, 元/年, 元/天 by the nearest word of time before the number, 元 where none stands."""
    found = [(m.end(), m.group()) for m in _periods()[0].finditer(around.before)]
    return _periods()[1][found[-1][1]] if found else "元"


def _before(unit_class: str, around: Surroundings) -> Iterator[Cue]:
    pattern, metrics = _cues(unit_class, "before")
    text = around.before
    for match in pattern.finditer(text):
        between = text[match.end() :]
        cost = len(between) + COMMA * sum(between.count(c) for c in "，；：")
        metric = metrics[match.group()]
        if metric == NONE and cost > HARD:
            continue
        if metric == FAINT:
            metric, cost = Metric.EMPLOYMENT, cost + COMMA
        edge = around.number.start - len(text) + match.start() if cost <= COMMA else around.number.start
        yield Cue(_PLAIN.get(metric, metric), match.group(), cost, edge, f"{unit_class}-before")


_TITLES: dict[str, int] = {Metric.OTHER: TITLE, Metric.CREDENTIALS: 2 * TITLE}
_PLAIN = {"titles": Metric.OTHER}


def _after(unit_class: str, around: Surroundings) -> Iterator[Cue]:
    pattern, metrics = _cues(unit_class, "after")
    for match in pattern.finditer(around.after):
        metric = metrics[match.group()]
        if metric == NONE and match.start() > COMMA:
            continue
        cost = match.start() + 1 - _TITLES.get(metric, 0)
        yield Cue(metric, match.group(), cost, around.number.end + match.end(), f"{unit_class}-after")


def _noun(around: Surroundings) -> Cue | None:
    """The head of the noun phrase right after a number: 就业之家 in 33处劳务品牌就业之家, none in 61个来自脱贫地区."""
    end = _PHRASE_END.search(around.after)
    phrase = around.after[: end.start()] if end else around.after
    pattern, metrics = _cues("thing", "after")
    phrase = phrase.removeprefix("都").removeprefix("是")
    stop = _verbs().search(phrase)
    match = _head(pattern, phrase[: stop.start()] if stop else phrase, 0)
    if match is None and "的" in phrase:
        match = _head(pattern, phrase, phrase.rfind("的") + 1)
    if match is None:
        return None
    edge = around.number.end + around.after.find(phrase) + match.end()
    return Cue(metrics[match.group()], match.group(), 0, edge, "thing-noun")


_APART = re.compile("[和与及、（）()的]")


def _head(pattern: re.Pattern[str], phrase: str, at: int) -> re.Match[str] | None:
    """The last of the nouns that stand close together: in Chinese the head comes last."""
    head = None
    for match in pattern.finditer(phrase, at):
        if head is not None and (match.start() - head.end() > 4 or _APART.search(phrase, head.end(), match.start())):
            break
        head = match
    return head


@cache
def _classes() -> dict[str, str]:
    return {unit: name for name, units in table("metrics")["classes"].items() for unit in units}


@cache
def _cues(unit_class: str, side: str) -> tuple[re.Pattern[str], dict[str, str]]:
    metrics = {word: metric for metric, words in table("metrics")[unit_class][side].items() for word in words}
    return _either(metrics), metrics


@cache
def _periods() -> tuple[re.Pattern[str], dict[str, str]]:
    units = {word: unit for unit, words in table("metrics")["money"]["period"].items() for word in words}
    return _either(units), units


@cache
def _graded() -> re.Pattern[str]:
    return re.compile(f"{_either(table('metrics')['thing']['graded']['before']).pattern}[的有占共达已了各]{{0,3}}$")


@cache
def _chosen() -> re.Pattern[str]:
    return _either(table("metrics")["thing"]["graded"]["after"])


@cache
def _firms() -> re.Pattern[str]:
    return _either(table("metrics")["people"]["firms"]["words"])


@cache
def _pulls() -> tuple[str, ...]:
    return words("metrics", "people", "pulls", "words")


@cache
def _families() -> re.Pattern[str]:
    return _either(table("metrics")["people"]["families"]["words"])


@cache
def _verbs() -> re.Pattern[str]:
    return _either(table("metrics")["thing"]["stop"]["words"])


@cache
def _people_noun() -> re.Pattern[str]:
    return re.compile(f"[^、年月日号]{{0,8}}?{_either(table('metrics')['people']['nouns']['words']).pattern}")


@cache
def _counted() -> re.Pattern[str]:
    words = _either(table("metrics")["people"]["nouns"]["counted"]).pattern
    return re.compile(f"{words}[就已达有到为共约超过近]{{0,3}}$")


def _either(words: Iterable[str]) -> re.Pattern[str]:
    """The longest of the words that stands at a place."""
    return re.compile("(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w))) + ")")
