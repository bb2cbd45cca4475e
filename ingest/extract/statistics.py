"""Finds the numbers of articles that say something of a brand, a program or a division, each with its evidence."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from brands.vocabulary.choices import WAITING_CONFIDENCE, DateBasis, Metric, Scope
from ingest.extract.anchor_kinds import Anchors
from ingest.extract.cues import Surroundings
from ingest.extract.dates import UNKNOWN, AsOf, Clock
from ingest.extract.metrics import MetricReading, read_number
from ingest.extract.metrics_told import as_told
from ingest.extract.number_in_text import Counted, ScopeReading
from ingest.extract.population_limits import population_of
from ingest.extract.refusals import is_refused, is_story
from ingest.extract.scopes import read_scope
from ingest.extract.subjects import Governed, NumberKind, OwnedNumber, SubjectFinder
from ingest.extract.tables import TableNumber, figures_in
from ingest.extract.text_layout import TextLayout, TextScope
from ingest.extract.trade_limits import trade_of
from ingest.extract.waiting import HANDFUL, OwnedFigure, waits
from ingest.frozen import frozen
from ingest.numerals import Number, find_numbers
from ingest.records import ExtractedArticle, ExtractedBrand, ExtractedProgram, Quote, StatisticFact, SubjectType
from ingest.standing_rules import NOTHING, StandingRules
from ingest.text import Span

# Most numbers that are looked at in one article; the densest real page has some 300.
MAX_NUMBERS = 5000
# A subject trusted no more than this gives way to another one of the same fact.
LOOSE = 0.75
# Two facts with a smaller number than this may be alike by chance.
LARGE = 20
# How sure the metric is that the name of a column says.
IN_A_CELL = 0.95
# Facts that we trust less are not handed on.
LEAST = 0.35


def find_statistics(
    articles: Sequence[ExtractedArticle],
    brands: Sequence[ExtractedBrand],
    programs: Sequence[ExtractedProgram],
    rules: StandingRules = NOTHING,
) -> tuple[StatisticFact, ...]:
    """The statistics of the articles (those about labour brands), in reading order, each once.

    ``brands`` and ``programs`` are those of the page; a fact's subject is one of them or the code of a division. What a
    number counts by a word of the ``rules`` it counts whatever else stands around it.
    """
    cast = Anchors.of(brands, programs)
    found = [fact for article in articles for fact in _of_article(article, cast, rules)]
    return tuple(_merged(found))


@frozen()
class _NumberRead:
    """A number with its meaning, what it measures, as of when it holds, and where its sentence stands."""

    number: Number
    reading: MetricReading
    measured: ScopeReading
    as_of: AsOf
    bounds: TextScope


@frozen()
class _Found:
    """A fact and how firmly it is tied to its subject."""

    fact: StatisticFact
    firm: float
    headline: bool
    noun: str = ""
    """What stands right behind the number as an item of a list: 10万面点师、10万缝纫工."""


def _of_article(article: ExtractedArticle, cast: Anchors, rules: StandingRules) -> Iterator[_Found]:
    text = article.text.text
    layout = TextLayout.of(text)
    governors = SubjectFinder.of(article, cast)
    clock = Clock.of(article)
    figures = list(islice(figures_in(text), MAX_NUMBERS))
    yield from _of_tables(article, figures, governors, clock, layout)
    paragraph, together, last = -1, None, None
    for one in _read_prose(text, layout, clock, governors, {figure.row[0] for figure in figures}, rules):
        number, bounds, metric = one.number, one.bounds, one.reading.metric
        if bounds.paragraph != paragraph:
            paragraph, together, last = bounds.paragraph, None, None
        since = number.start if metric in _OF_FIRMS else governors.since(bounds.sentence, number.start)
        # 今后只打甲、乙2个品牌 counts those that are named, and is no aim
        counted = metric is Metric.BRANDS and governors.brands_in(bounds.sentence, number.start) == number.value
        if not counted and (is_refused(text, number, bounds, since) or is_story(text, number, bounds)):
            continue
        if clock.is_ahead(one.as_of.date) or clock.is_planned(text[bounds.sentence : number.start]):
            continue
        kind = NumberKind(metric, one.measured.scope, one.measured.place)
        governed = governors.govern(kind, number.start, number.end, bounds, together, last)
        if governed is not None:
            place = kind.place or (last.kind.place if last is not None and governed is last.governed else "")
            last = OwnedNumber(replace(kind, place=place), number.end, governed)
            together = last if metric is Metric.BRANDS else together
        if governed is not None and governed.rule == "article" and one.measured.within:
            continue  # a village's own, in an article that names nobody
        if governed is not None and one.reading.confidence * governed.confidence >= LEAST:
            yield _fact(article, one, governed)


def _read_prose(
    text: str,
    layout: TextLayout,
    clock: Clock,
    governors: SubjectFinder,
    tabled: Collection[int],
    rules: StandingRules,
) -> Iterator[_NumberRead]:
    """The numbers that count something of ours, outside of the lines that begin at `tabled`."""
    paragraph, previous = -1, None
    counted: MetricReading | None = None  # the brands that were counted last
    told: list[Counted] = []  # the numbers of the paragraph so far
    for found in islice(find_numbers(text), MAX_NUMBERS):
        number = _of_people(found, governors)
        bounds = layout.scope(number.start)
        if bounds.paragraph != paragraph:
            goes_on = _BREAKDOWN.match(text, bounds.paragraph)
            paragraph, told = bounds.paragraph, told if goes_on else []
            previous = counted = counted if goes_on else None
        if bounds.paragraph in tabled:
            continue
        some = _SOME_OF_THEM.search(text, max(number.start - 6, 0), number.start) if counted else None
        around = Surroundings.of(text, number, bounds.sentence)
        reading = as_told(read_number(around, counted if some else previous), around, rules)
        if reading is None:
            told.append(Counted(number.start, number.end, None, number.unit, number.value))
            continue
        previous = previous if reading.unit == "%" else reading  # 69个，占39.7%；皖江58个
        counted = reading if reading.metric is Metric.BRANDS else counted
        measured = read_scope(text, number, reading, bounds, told)
        if measured.scope is Scope.SHOWN and reading.metric is Metric.EMPLOYMENT:
            reading = replace(reading, metric=Metric.OTHER)  # who comes to a fair does not work there
        told.append(Counted(number.start, number.end, reading.metric, reading.unit, reading.value, measured.scope))
        once = _ONCE.search(text, max(number.start - 2, 0), min(number.digits, number.start + 1))
        once = once or _DECADE.search(text, bounds.sentence, number.start)
        as_of = UNKNOWN if once else clock.when(bounds.paragraph, number.start)
        yield _NumberRead(number, reading, measured, as_of, bounds)


def _of_tables(
    article: ExtractedArticle,
    figures: Sequence[TableNumber],
    governors: SubjectFinder,
    clock: Clock,
    layout: TextLayout,
) -> Iterator[_Found]:
    """The numbers in the cells of tables, each of the brand of its row, or else of the division, or of whom the text
    above speaks."""
    text = article.text.text
    for figure in figures:
        number, column = figure.number, figure.column
        governed = governors.of_row(*figure.row) or governors.above(column.metric, figure.head, layout)
        if governed is None:
            continue
        unit = column.period if column.metric is Metric.PER_CAPITA_INCOME else number.unit
        reading = MetricReading(
            column.metric, number.value, number.value_max, unit, number.start, number.end, "table-cell", IN_A_CELL
        )
        above = layout.scope(max(figure.head - 1, 0)).paragraph
        in_row = clock.when(figure.row[0], number.start)
        as_of = in_row if in_row.basis == DateBasis.STATED else clock.when(above, figure.head)
        bounds = layout.scope(number.start)
        measured = read_scope(text, number, reading, bounds, ())
        yield _fact(article, _NumberRead(number, reading, measured, as_of, bounds), governed)


def _of_people(number: Number, governors: SubjectFinder) -> Number:
    """A number right before a brand counts its people: 十万“潜江裁缝”."""
    named = not number.unit and number.value >= HANDFUL and governors.names_brand_at(number.end)
    return replace(number, unit="人") if named else number


# A paragraph that goes on with the parts of what the one before counted: 从地区看，…….
_BREAKDOWN = re.compile("[从按分][^，。；\n]{1,6}[看分来说]{1,3}，|其中")
# 业户曾|达850家, 90年代初，|30万“…”: nobody knows when.
_ONCE = re.compile("曾")
_DECADE = re.compile("[0-9]0年代|[一二三四五六七八九]十年代")
# 从业规模超过1万人的仅有|18个: some of the brands that were counted before.
_SOME_OF_THEM = re.compile("的[，]?[仅只][有占]?$")
# What firms themselves are counted by: 某某集团等7家单位 is no firm's own figure.
_OF_FIRMS = (Metric.ORGANISATIONS, Metric.BRANDS)


def _fact(article: ExtractedArticle, one: _NumberRead, governed: Governed) -> _Found:
    number, reading, measured = one.number, one.reading, one.measured
    if measured.place:
        measured = _in_place(measured, of_brand=governed.subject.type is SubjectType.BRAND)
    figure = OwnedFigure(article.text.text, number, one.bounds, reading, one.measured, governed)
    whole = governed.subject.type is SubjectType.REGION and measured.scope is Scope.TOTAL and not measured.part_of
    if whole and (trade := trade_of(figure.text, number, reading.metric, figure.clause)):
        measured = replace(measured, part_of=trade.of(figure.text), said=measured.said or trade)
        figure = replace(figure, of_trade=True)
    elif whole and (who := population_of(figure.text, number, reading, one.bounds, figure.clause)):
        measured = replace(measured, part_of=who.part_of, said=measured.said or who.said)
    held = waits(figure)
    confidence = round(min(reading.confidence * governed.confidence, WAITING_CONFIDENCE if held else 1.0), 3)
    quote = Quote(
        article=article.order,
        span=article.text.span(number.start, number.end),
        context=_context(article, number, one.bounds),
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
        quotes=(quote, *_scope_quotes(article, number, measured, quote)),
        as_of=one.as_of.date,
        as_of_basis=DateBasis(one.as_of.basis) if one.as_of.date and one.as_of.basis else None,
        period=_period(article.text.text, one, measured),
        scope=measured.scope,
        part_of=measured.part_of,
        per=measured.per,
        whole=article.text.span(measured.whole.start, measured.whole.end) if measured.whole else None,
    )
    noun = _ITEM.match(article.text.text, number.end)
    return _Found(fact, governed.confidence, number.start < article.body_start, noun.group() if noun else "")


_ITEM = re.compile("[一-鿿]{2,8}(?=[、。；\\n])")


def _scope_quotes(article: ExtractedArticle, number: Number, measured: ScopeReading, quote: Quote) -> Iterator[Quote]:
    """The words that say the scope, apart from the number, where the page has them in one piece."""
    start, end = _beside(number, measured.said) if measured.said else (0, 0)
    runs = article.text.runs(start, end)
    if len(runs) == 1:
        context = quote.context if quote.context.contains(runs[0]) else runs[0]
        yield replace(quote, span=runs[0], context=context, field="scope")


def _beside(number: Number, said: Span) -> tuple[int, int]:
    """What of the words lies before the digits, else behind the number; an empty stretch where nothing does."""
    if said.start < number.digits:
        return said.start, min(said.end, number.digits if said.start >= number.start else number.start)
    return max(said.start, min(number.end, said.end)), said.end


# Money that is told by the year or as all so far: 年产值, 一年带回, 累计发放.
_BY_THE_YEAR = re.compile(
    "每年|年均|[一全]年|(?<![0-9今去前当两三四五六七八九十几数多近半])年(?=[产营销收劳创总综交利业增])|累计"
)
_SUMS = (Metric.OUTPUT_VALUE, Metric.LABOUR_INCOME, Metric.FUNDING)


def _period(text: str, one: _NumberRead, measured: ScopeReading) -> str:
    """The stretch of time in which a number came about, in the words of the text."""
    added = measured.scope in (Scope.NEW, Scope.RISE) or bool(measured.per)
    if (added and one.as_of.period) or one.reading.metric not in _SUMS:
        return one.as_of.period if added else ""
    if measured.scope not in (Scope.TOTAL, Scope.PART, Scope.RISE):
        return ""
    clause = max(text.rfind(mark, one.bounds.sentence, one.number.start) for mark in "，；。") + 1
    clause = max(clause, one.bounds.sentence)
    told = _BY_THE_YEAR.search(text, clause, one.number.start) or _led_on(text, one.bounds.sentence, clause, one.number)
    return told.group() if told else ""


def _led_on(text: str, sentence: int, clause: int, number: Number) -> re.Match[str] | None:
    """The words of the clause before for money that opens its own: 每年输转务工人员500万人，|劳务收入1200亿元."""
    opened = _INCOME.fullmatch(text, clause, number.digits)
    before = max(text.rfind(mark, sentence, clause - 1) for mark in "，；。") + 1
    return _EACH_YEAR.search(text, max(before, sentence), clause - 1) if opened else None


_INCOME = re.compile(
    "(?:实现|带来|挣回|创造)?劳务(?:经济)?(?:总?收入|创收)[总共可就也]?(?:达到?|有|为)?[约近超过逾]{0,2}"
)
_EACH_YEAR = re.compile("每年|年均")


def _in_place(measured: ScopeReading, *, of_brand: bool) -> ScopeReading:
    """What a clause about a place measures: of a brand, those who are there, a part where all are told too."""
    if not of_brand:
        return replace(measured, whole=None)
    scope = Scope.PART if measured.whole else measured.scope
    return replace(measured, scope=scope, part_of=f"在{measured.place}")


def _context(article: ExtractedArticle, number: Number, scope: TextScope) -> Span:
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
        counted = "" if one.fact.metric in _OF_PEOPLE else one.fact.metric
        same = places.setdefault((counted, one.fact.value, one.fact.value_max, one.fact.unit), [])
        at = next((i for i in same if _same(one, kept[i])), None)
        if at is None:
            same.append(len(kept))
            kept.append(one)
        else:
            kept[at] = _united(kept[at], one)
    return (one.fact for one in kept)


# What the same people may be counted as, in a headline and below it: 三年走出5万人, 5万人靠它就业.
_OF_PEOPLE = (Metric.EMPLOYMENT, Metric.PLACEMENT, Metric.TRAINING)


def _same(one: _Found, other: _Found) -> bool:
    if one.fact.metric is not other.fact.metric and (one.headline is other.headline or one.fact.value < LARGE):
        return False
    if Scope.PART is one.fact.scope is other.fact.scope and one.fact.part_of != other.fact.part_of:
        return False  # 省级2个，市级2个
    if one.noun and other.noun and one.noun != other.noun and _in_one_sentence(one, other):
        return False  # 10万缝纫工、10万面点师
    loose = min(one.firm, other.firm) <= LOOSE and one.fact.qualifier is other.fact.qualifier
    again = one.headline or other.headline or loose
    return one.fact.subject == other.fact.subject or (again and one.fact.value >= LARGE)


def _in_one_sentence(one: _Found, other: _Found) -> bool:
    return one.fact.quotes[0].context == other.fact.quotes[0].context


def _weight(one: _Found) -> tuple[bool, bool, float, bool]:
    return one.firm > LOOSE, not one.headline, one.firm, one.fact.as_of_basis is DateBasis.STATED


def _united(one: _Found, other: _Found) -> _Found:
    """Both, as the one that is tied more firmly to its subject says it."""
    first, second = (other, one) if _weight(other) > _weight(one) else (one, other)
    metric = second.fact.metric if first.fact.metric is Metric.EMPLOYMENT else first.fact.metric
    alike = first.fact.scope is second.fact.scope
    others = (quote for quote in second.fact.quotes if alike or quote.field != "scope")
    limit = first.fact.part_of or (second.fact.part_of if alike else "")  # 3个品牌入围, 跻身省级的3个品牌
    quotes = (*first.fact.quotes, *others)
    return replace(first, fact=replace(first.fact, metric=metric, part_of=limit, quotes=quotes))
