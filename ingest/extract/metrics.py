"""What a number counts: its metric by the unit and the words around it, or that it counts nothing of ours."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from brands.choices import Metric
from ingest.lexicon import table
from ingest.numerals import DOUBLING, Number

REACH = 34
"""How far before a number a word may stand that says what it counts, in characters of the same sentence."""
NEAR = 26
"""Largest cost at which such a word still decides; a comma between costs COMMA characters."""
COMMA = 8
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
    if _people_noun().match(around.after):
        return True
    return not around.after and bool(_counted().search(around.before))


def _people(around: Surroundings, previous: Reading | None) -> Reading | None:
    cues = [*_before("people", around), *_after("people", around)]
    unit = around.number.unit or "人"
    best = min(cues, key=lambda cue: cue.cost, default=None)
    if best is not None and best.metric == "none":
        return None
    if best is None or best.cost > NEAR or ("其中" in around.before[-8:] and best.cost > COMMA):
        return _carried(around, previous, unit) or _made(around, Metric.EMPLOYMENT, unit, "people-default", 0.45)
    return _cued(around, best, unit)


def _money(around: Surroundings, previous: Reading | None) -> Reading | None:
    cues = [*_before("money", around), *_after("money", around)]
    best = min(cues, key=lambda cue: cue.cost, default=None)
    if best is None or best.metric == "none" or best.cost > NEAR:
        return None
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
    if best is not None and best.metric == "none":
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
        cues = [cue for cue in _before("thing", around) if _allowed(unit, cue)]
        noun = min(cues, key=lambda cue: cue.cost, default=None)
        if noun is None or noun.cost > NEAR:
            carried = _carried(around, previous, unit)
            alone = table("metrics")["thing"]["alone"].get(unit)
            return carried or (_made(around, Metric(alone), unit, "unit-alone", 0.4) if alone else None)
    if noun.metric == "none":
        return None
    if around.number.chinese and around.number.value < 10 and noun.metric != Metric.BRANDS:
        return None
    return _cued(around, noun, "个" if unit in ("大", "块", "张") else unit)


def _allowed(unit: str, cue: Cue | None) -> Cue | None:
    """The cue where the classifier can count such a thing (份 counts agreements, not shops)."""
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
        edge = around.number.start - len(text) + match.start()
        if metrics[match.group()] == "none" and cost > COMMA:
            continue
        yield Cue(
            metrics[match.group()],
            match.group(),
            cost,
            edge if cost <= COMMA else around.number.start,
            f"{unit_class}-before",
        )


def _after(unit_class: str, around: Surroundings) -> Iterator[Cue]:
    pattern, metrics = _cues(unit_class, "after")
    match = pattern.search(around.after)
    if match:
        edge = around.number.end + match.end()
        title = TITLE if metrics[match.group()] == Metric.OTHER else 0
        yield Cue(metrics[match.group()], match.group(), match.start() + 1 - title, edge, f"{unit_class}-after")


def _noun(around: Surroundings) -> Cue | None:
    """The head of the noun phrase right after a number: 就业之家 in 33处劳务品牌就业之家, none in 61个来自脱贫地区."""
    end = _PHRASE_END.search(around.after)
    phrase = around.after[: end.start()] if end else around.after
    pattern, metrics = _cues("thing", "after")
    at = phrase.rfind("的") + 1
    match = _head(pattern, phrase, at) if at else None
    if match is None:
        stop = _verbs().search(phrase)
        match = _head(pattern, phrase[: stop.start()] if stop else phrase, 0)
    if match is None:
        return None
    return Cue(metrics[match.group()], match.group(), 0, around.number.end + match.end(), "thing-noun")


def _head(pattern: re.Pattern[str], phrase: str, at: int) -> re.Match[str] | None:
    """The last of the nouns that stand close together: in Chinese the head comes last."""
    head = None
    for match in pattern.finditer(phrase, at):
        if head is not None and match.start() - head.end() > 4:
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
def _verbs() -> re.Pattern[str]:
    return _either(table("metrics")["thing"]["stop"]["words"])


@cache
def _people_noun() -> re.Pattern[str]:
    return re.compile(f"[^、]{{0,8}}?{_either(table('metrics')['people']['nouns']['words']).pattern}")


@cache
def _counted() -> re.Pattern[str]:
    words = _either(table("metrics")["people"]["nouns"]["counted"]).pattern
    return re.compile(f"{words}[就已达有到为共约超过近]{{0,3}}$")


def _either(words: Iterable[str]) -> re.Pattern[str]:
    """The longest of the words that stands at a place."""
    return re.compile("(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w))) + ")")
