"""The words around a number that say what it counts, weighed by distance. They stand in lexicon/metrics.toml."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from brands.vocabulary.choices import Metric
from ingest.frozen import frozen
from ingest.lexicon import table, words
from ingest.numerals import Number

# How far before a number a word may stand that says what it counts, in characters of the same sentence.
REACH = 34
# Longest noun phrase after a number (10个有地方味道的劳务品牌).
PHRASE = 22
# What a comma between a word and its number adds to the cost.
COMMA = 8
# Largest cost at which a word still decides.
NEAR = 26
# A word before a number that turns it away must stand as near as this.
HARD = 4
# By so much a title after a number (2名中国制茶大师) outweighs a word before it.
TITLE = 5

# In the lexicon: a word that says the number counts nothing of ours.
NONE = "none"
# In the lexicon: a word that tells of people, but hardly what they do; it counts as if it stood farther off.
FAINT = "faint"
# In the lexicon: a grade (省级6个), which goes on with what was counted before, or else counts brands.
GRADED = "graded"
# In the lexicon: a word that tells of something held, which counts sessions only.
HELD = "held"
# In the lexicon: a word that counts people where training is spoken of and nobody of ours elsewhere (9973人参加).
JOINED = "joined"

_STOP = re.compile("[，。；！？：:;\n]")
_PHRASE_END = re.compile("[，。；！？：:;、\n]")
# Another number of a list, where this one has words of its own: 10万缝纫工|、10万水产能手.
_NEXT_NUMBER = re.compile("(?<=[一-鿿])、(?=[约近超逾]?[0-9])")
_APART = re.compile("[和与及、（）()的]")
_TRADE = re.compile("(?P<trade>(?:[师工匠嫂娘郎]|(?<!人)员)(?:傅|们)?)(?:目前|现|已|就|共|更){0,2}[有达到为]{0,2}$")
_OBJECT = re.compile("(?:培训|培养|培育|输送|输出|派出|派遣|输转|转移|组织|送出|送走|带出|外出)[^，。；、：\n]{0,14}$")
_NAME_END = re.compile('[”’」』"]')
_TAUGHT = re.compile("(?:培训|输送|输出|派出|输转|转移)[^，。；、：\n]{0,10}$")
_WEIGHTS: dict[str, int] = {Metric.OTHER: TITLE, Metric.CREDENTIALS: 2 * TITLE}


@frozen()
class Surroundings:
    """A number with the words of its sentence before it (at most REACH characters) and after it (at most PHRASE, up to
    the next comma). `beyond` goes on behind that comma, `sentence` is where the sentence begins."""

    number: Number
    before: str
    after: str
    beyond: str
    sentence: int

    @classmethod
    def of(cls, text: str, number: Number, sentence: int) -> "Surroundings":
        before = text[max(sentence, number.start - REACH) : number.start]
        after = text[number.end : number.end + PHRASE]
        stop = _STOP.search(after)
        return cls(number, before, after[: stop.start()] if stop else after, after, sentence)

    @property
    def opening(self) -> str:
        """What is seen of the number's clause before it."""
        return _STOP.split(self.before)[-1]

    @property
    def clause(self) -> str:
        """What is seen of the number's clause, without the number."""
        return self.opening + self.after


@frozen()
class Cue:
    """A word that says what a number counts: a metric or one of the names above. `cost` grows with its distance, `edge`
    is its far end in the text."""

    metric: str
    word: str
    cost: int
    edge: int
    rule: str


def before(unit_class: str, around: Surroundings) -> Iterator[Cue]:
    """The telling words before a number, the farthest first."""
    pattern, metrics = _cues(unit_class, "before")
    text = around.before
    for match in pattern.finditer(text):
        metric, end = metrics[match.group()], match.end()
        cost = len(text) - end + COMMA * sum([text.count(c, end) for c in "，；："])
        if metric == NONE and cost > HARD:
            continue
        if metric == FAINT:
            metric, cost = Metric.EMPLOYMENT, cost + COMMA
        elif metric == "titles":
            if _NAME_END.match(text, end):
                continue  # “吉他工匠”1.4万余人: the end of a name
            if cost > COMMA or _TAUGHT.search(text, 0, match.start()):
                continue
            metric = Metric.OTHER
        edge = around.number.start - len(text) + match.start() if cost <= COMMA else around.number.start
        yield Cue(metric, match.group(), cost, edge, f"{unit_class}-before")


def after(unit_class: str, around: Surroundings) -> Iterator[Cue]:
    """The telling words after a number within its clause, the nearest first. What a title or a certificate says of
    people outweighs a verb before, but not behind another number of a list, where it is that one's."""
    pattern, metrics = _cues(unit_class, "after")
    following = _NEXT_NUMBER.search(around.after)
    for match in pattern.finditer(around.after):
        metric = metrics[match.group()]
        weight = _WEIGHTS.get(metric, 0)
        others = weight and following and match.start() > following.start()
        if others or (metric == NONE and match.start() > COMMA):
            continue
        cost = match.start() + 1 - weight
        yield Cue(metric, match.group(), cost, around.number.end + match.end(), f"{unit_class}-after")


# 在外做工的泥瓦匠有5万多名: the trade is only who goes.
_AWAY = re.compile("(?:在外|外出|出门|离乡)[务打做帮]工的[^，。；、\n]{0,6}$")


def trade(around: Surroundings) -> Iterator[Cue]:
    """The name of a trade right before a number counts its people: 在国内外掌勺的厨师近两万人. One that is only the
    object of a verb (培训绣娘1280人次) leaves it to the verb."""
    match = _TRADE.search(around.before)
    if match and not _OBJECT.search(around.before, 0, match.end("trade")):
        away = _AWAY.search(around.before, 0, match.start("trade"))
        metric = Metric.PLACEMENT if away else Metric.EMPLOYMENT
        yield Cue(metric, match.group(), HARD, around.number.start, "people-trade")


def noun(around: Surroundings) -> Cue | None:
    """The head of the noun phrase right after a number: 就业之家 in 33处劳务品牌就业之家, none in 61个来自脱贫地区."""
    end = _PHRASE_END.search(around.after)
    phrase = around.after[: end.start()] if end else around.after
    if phrase.startswith(("（", "(")):
        return None  # 7个（其中省级2个）
    skipped = len(phrase) - len(phrase.removeprefix("都").removeprefix("是"))
    wanted = (Metric.BRANDS,) if skipped else None  # 8个是家政类: what they are, not what is counted
    pattern, metrics = _cues("thing", "after")
    stop = listed("thing", "stop").search(phrase, skipped)
    match = _head(pattern, phrase, skipped, stop.start() if stop else len(phrase))
    if match is None and "的" in phrase:
        match = _head(pattern, phrase, phrase.rfind("的") + 1, len(phrase))
    metric = metrics[match.group()] if match else NONE
    if match is None or (metric == NONE and match.start() > COMMA) or (wanted and metric not in wanted):
        return None
    return Cue(metric, match.group(), 0, around.number.end + match.end(), "thing-noun")


def _head(pattern: re.Pattern[str], phrase: str, start: int, end: int) -> re.Match[str] | None:
    """The last of the nouns that stand close together: in Chinese the head comes last."""
    head = None
    for match in pattern.finditer(phrase, start, end):
        if head is not None and (match.start() - head.end() > 4 or _APART.search(phrase, head.end(), match.start())):
            break
        head = match
    return head


def period(around: Surroundings) -> str:
    """元/月, 元/年, 元/天 by what stands below a stroke (5000元/月), else by the nearest word of time before it,
    元 where none stands. A date (2024年, 去年) only tells where no other word does."""
    if around.number.per in _STROKES:
        return _STROKES[around.number.per]
    pattern, units = _periods()
    found = [match for match in pattern.finditer(around.before) if units[match.group()]]
    told = [match for match in found if not _dated().search(around.before, 0, match.end())] or found
    return units[told[-1].group()] if told else "元"


_STROKES = {"月": "元/月", "年": "元/年", "天": "元/天", "日": "元/天"}


@cache
def _dated() -> re.Pattern[str]:
    return re.compile("(?:[0-9]{4}|[去今前上])年$|[0-9]月$")


@cache
def listed(unit_class: str, name: str) -> re.Pattern[str]:
    """The words ``[<unit_class>.<name>] words`` of the lexicon."""
    return either(words("metrics", unit_class, name, "words"))


def either(alternatives: Iterable[str], ending: str = "") -> re.Pattern[str]:
    """The longest of the words that stands at a place, then ``ending``."""
    ordered = sorted(alternatives, key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(map(re.escape, ordered))}){ending}")


@cache
def _cues(unit_class: str, side: str) -> tuple[re.Pattern[str], dict[str, str]]:
    metrics = {word: metric for metric, found in table("metrics")[unit_class][side].items() for word in found}
    return either(metrics), metrics


@cache
def _periods() -> tuple[re.Pattern[str], dict[str, str]]:
    units = {word: unit for unit, found in table("metrics")["money"]["period"].items() for word in found}
    return either(units), units
