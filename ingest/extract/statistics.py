"""Finds the numbers of articles that say something of a brand, a program or a division, each with its evidence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from brands.choices import Metric, Qualifier
from ingest.extract.anchors import Cast
from ingest.extract.cues import Surroundings
from ingest.extract.dates import Clock
from ingest.extract.metrics import WAGE, Reading, read_number
from ingest.extract.subjects import Governed, Governors, Layout, Scope
from ingest.extract.tables import Figure, figures_in
from ingest.frozen import frozen
from ingest.lexicon import ahead, table, words
from ingest.numerals import Number, find_numbers
from ingest.records import Article, Brand, Program, Quote, StatisticFact
from ingest.text import Span

MAX_NUMBERS = 5000
"""Most numbers that are looked at in one article; the densest real page has some 300."""
LOOSE = 0.75
"""A subject trusted no more than this gives way to another one of the same fact."""
STORY = 100
"""A person's story tells of fewer people than this, and of less than a wage (metrics.WAGE)."""
LARGE = 20
"""Two facts with a smaller number than this may be alike by chance."""
IN_A_CELL = 0.95
"""How sure the metric is that the name of a column says."""
LEAST = 0.4
"""Facts that we trust less are not handed on."""


def find_statistics(
    articles: Sequence[Article], brands: Sequence[Brand], programs: Sequence[Program]
) -> tuple[StatisticFact, ...]:
    """The statistics of the articles (those about labour brands), in reading order, each once.

    ``brands`` and ``programs`` are those of the page; a fact's subject is one of them or the code of a division.
    """
    cast = Cast.of(brands, programs)
    found = [fact for article in articles for fact in _of_article(article, cast)]
    return tuple(_merged(found))


@frozen()
class _Found:
    """A fact and how firmly it is tied to its subject."""

    fact: StatisticFact
    firm: float
    headline: bool


def _of_article(article: Article, cast: Cast) -> Iterator[_Found]:
    text = article.text.text
    layout = Layout.of(text)
    governors = Governors.of(article, cast)
    clock = Clock.of(article)
    figures = list(islice(figures_in(text), MAX_NUMBERS))
    yield from _of_tables(article, figures, governors, clock, layout)
    rows = {figure.row[0] for figure in figures}
    paragraph, previous, together = -1, None, None
    counted: Reading | None = None  # the brands that were counted last
    for number in islice(find_numbers(text), MAX_NUMBERS):
        scope = layout.scope(number.start)
        if scope.paragraph != paragraph:
            paragraph, together = scope.paragraph, None
            previous = counted if _BREAKDOWN.match(text, scope.paragraph) else None
        if scope.paragraph in rows:
            continue
        reading = read_number(Surroundings.of(text, number, scope.sentence), previous)
        if reading is None:
            continue
        previous = previous if reading.unit == "%" else reading  # 69个，占39.7%；皖江58个
        counted = reading if reading.metric is Metric.BRANDS else counted
        as_of = clock.as_of(scope.paragraph, number.start)
        since = number.start if reading.metric in _OF_FIRMS else governors.since(scope.sentence, number.start)
        if _refused(text, number, scope, since) or _is_story(text, number, scope) or clock.is_ahead(as_of):
            continue
        governed = governors.govern(reading.metric, number.start, number.end, scope, together)
        if governed is not None and reading.metric is Metric.BRANDS:
            together = (number.end, governed)
        if governed is not None and reading.confidence * governed.confidence >= LEAST:
            yield _fact(article, reading, number, governed, as_of, scope)


def _of_tables(
    article: Article, figures: Sequence[Figure], governors: Governors, clock: Clock, layout: Layout
) -> Iterator[_Found]:
    """The numbers in the cells of tables, each of the brand of its row, or else of the division."""
    for figure in figures:
        number, column = figure.number, figure.column
        governed = governors.of_row(*figure.row)
        if governed is None:
            continue
        unit = column.period if column.metric is Metric.PER_CAPITA_INCOME else number.unit
        reading = Reading(
            column.metric, number.value, number.value_max, unit, number.start, number.end, "table-cell", IN_A_CELL
        )
        above = layout.scope(max(figure.head - 1, 0)).paragraph
        as_of = clock.as_of(above, figure.head)
        yield _fact(article, reading, number, governed, as_of, layout.scope(number.start))


_BREAKDOWN = re.compile("[从按分][^，。；\n]{1,6}[看分来说]{1,3}，|其中")
"""A paragraph that goes on with the parts of what the one before counted: 从地区看，……."""
_OF_FIRMS = (Metric.ORGANISATIONS, Metric.BRANDS)
"""What firms themselves are counted by: 某某集团等7家单位 is no firm's own figure."""


def _refused(text: str, number: Number, scope: Scope, since: int) -> bool:
    """Whether the sentence tells of an aim or of one company."""
    if _aim().search(text, scope.sentence, number.start) or _company().search(text, since, number.start):
        return True
    return _was_before(text, number, scope)


_FROM = re.compile("(?:从(?![业事])|由)[^，。；]{0,8}$")
_MORE = re.compile("(?:[比较][^，。；]{1,12}?|同比|环比)净?(?:多|增加|增长|增|减少|下降)了?(?:就业|从业|岗位)?$")
_CONDITION = re.compile(
    r"(?:[^，。；、的\n]{1,8}(?=的[^，。；、\n]{0,6}[只仅]有))?"
    r"的[^，。；、\n]{0,8}?[有达共占只到][0-9一二两三四五六七八九十]"
)
_PER_PIECE = re.compile("(?:[每一]|平均)(?:亩|公?斤|千克|吨|[只头棵株碗桌盒袋箱瓶把])[^，。；人月]{0,10}$")
_OF_EACH = re.compile("[个家]品牌年?总?(?:产值|销售额|营业额|从业人[数员])?$")
_COUNTED = ("人", "人次", "个", "家", "户")
_TO = re.compile("[^，。；]{0,8}?[到至为成]")


def _was_before(text: str, number: Number, scope: Scope) -> bool:
    """Whether a number is what was before (从最初的300人发展到2.6万人, 由5200元涨到1.1万元), only a difference
    (比上年多3万人), what one piece of goods costs or yields
    (每亩收入2000元), or what each of those counted must have (5000人以上的有12个, 21个品牌产值过10亿元)."""
    start, end = scope.sentence, number.start
    if _former().search(text, max(start, end - 10), end) or (
        number.unit in _COUNTED and _MORE.search(text, max(start, end - 22), end)
    ):
        return True
    if _FROM.search(text, max(start, end - 10), end) and _TO.match(text, number.end):
        return True
    if number.unit == "元" and _PER_PIECE.search(text, max(start, end - 18), end):
        return True
    named = number.qualifier is Qualifier.OVER and _OF_EACH.search(text, max(start, end - 14), end)
    return bool(named or _CONDITION.match(text, number.end))


def _is_story(text: str, number: Number, scope: Scope) -> bool:
    """Whether a number is small enough to be one person's, and the sentence is about one."""
    small = number.value < (WAGE if number.unit == "元" else STORY)
    return small and bool(_person().search(text, scope.sentence, scope.sentence_end))


def _fact(article: Article, reading: Reading, number: Number, governed: Governed, as_of: str, scope: Scope) -> _Found:
    confidence = round(reading.confidence * governed.confidence, 3)
    quote = Quote(
        article=article.order,
        span=article.text.span(number.start, number.end),
        context=_context(article, number, scope),
        rule=f"{reading.rule}+{governed.rule}",
        confidence=confidence,
    )
    fact = StatisticFact(
        subject=governed.subject,
        metric=reading.metric,
        value=reading.value,
        value_max=reading.value_max,
        qualifier=number.qualifier,
        unit=reading.unit,
        stated=article.text.text[reading.start : reading.end],
        quotes=(quote,),
        as_of=as_of,
    )
    return _Found(fact, governed.confidence, number.start < article.body_start)


def _context(article: Article, number: Number, scope: Scope) -> Span:
    """The sentence as it stands on the page; where something foreign lies in its middle, the run around the number."""
    sentence = article.text.text[scope.sentence : scope.sentence_end]
    start = scope.sentence + len(sentence) - len(sentence.lstrip())
    end = max(scope.sentence + len(sentence.rstrip()), number.end)
    whole = article.text.span(start, end)
    if len(whole) <= 2 * (end - start) + 40:
        return whole
    span = article.text.span(number.start, number.end)
    return next((run for run in article.text.runs(start, end) if run.contains(span)), span)


def _merged(found: Sequence[_Found]) -> Iterator[StatisticFact]:
    """Each fact once: the same number of the same metric said again of the same subject, or where one of the two is
    only loosely tied to its subject (a headline, a sentence that names nobody), of any."""
    kept: list[_Found] = []
    places: dict[tuple[object, ...], list[int]] = {}
    for one in found:
        same = places.setdefault((one.fact.metric, one.fact.value, one.fact.value_max, one.fact.unit), [])
        at = next((i for i in same if _same(one, kept[i])), None)
        if at is None:
            same.append(len(kept))
            kept.append(one)
        else:
            kept[at] = _united(kept[at], one)
    return (one.fact for one in kept)


def _same(one: _Found, other: _Found) -> bool:
    loose = one.headline or other.headline or min(one.firm, other.firm) <= LOOSE
    return one.fact.subject == other.fact.subject or (loose and one.fact.value >= LARGE)


def _united(one: _Found, other: _Found) -> _Found:
    """Both, as the one that is tied more firmly to its subject says it."""
    first, second = (other, one) if (not other.headline, other.firm) > (not one.headline, one.firm) else (one, other)
    return replace(first, fact=replace(first.fact, quotes=(*first.fact.quotes, *second.fact.quotes)))


@cache
def _aim() -> re.Pattern[str]:
    return _either([*words("metrics", "refuse", "aim"), *words("metrics", "refuse", "hearsay")])


@cache
def _former() -> re.Pattern[str]:
    return _either(words("metrics", "refuse", "former"))


@cache
def _company() -> re.Pattern[str]:
    return _either(list(words("metrics", "refuse", "company")))


@cache
def _person() -> re.Pattern[str]:
    rule = table("metrics")["refuse"]
    first = ahead(words("metrics", "refuse", "person_words"), f"{rule['person']}0-9二三四五六七")
    return re.compile(
        rf"{first}(?:(?<![{rule['person_before']}])[{rule['person']}](?![{rule['person_after']}])|(?<![龄均])[0-9]{{2}}岁(?!以)|[二三四五六七]十[一二三四五六七八九]?岁"
        rf"|{_either(list(words('metrics', 'refuse', 'person_words'))).pattern})"
    )


def _either(alternatives: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, alternatives)))
