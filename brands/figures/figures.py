"""The numbers of a subject as a reader meets them: by metric, newest first, each with what the papers say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Protocol, TypeAlias, TypeVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext

from brands.figures.measures import group_label, like_wholes, measured, own_words
from brands.graphics.charts import Chart, Point, columns, timeline
from brands.models import Evidence, Statistic
from brands.models.statistic import ALIKE, SUBJECTS, contradicts
from brands.place_words import region_words
from brands.vocabulary.choices import DateBasis, Metric, Qualifier, Scope
from brands.vocabulary.numbers import amount, brief, day, unit_word

# Points that make a series: two are a pair to read, and no trend.
SERIES = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what the papers say; `parts` are those that the same papers count within it."""

    statistic: Statistic
    quotes: list[Evidence]
    parts: tuple["Figure", ...] = ()

    @property
    def scope_is_said(self) -> bool:
        """Whether a sentence has words of its own for what the number measures."""
        return any(quote.scope_places for quote in self.quotes)

    @property
    def scope_words(self) -> list[str]:
        """The words of the sentences that say what the number measures, each once: 第二批."""
        return list(dict.fromkeys(word for quote in self.quotes for word in quote.scope_words))

    @property
    def sources(self) -> list[Evidence]:
        """The first quote of each article."""
        return list({quote.article_id: quote for quote in reversed(self.quotes)}.values())[::-1]

    @property
    def papers(self) -> list[Evidence]:
        """The first quote of each paper, and of each article that names none."""
        first: dict[str | int, Evidence] = {}
        for quote in self.quotes:
            first.setdefault(quote.article.publisher or quote.article_id, quote)
        return list(first.values())


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The figures of one metric and scope, each whole with its parts. `differing` says that papers give several for one
    time; `chart` is there when they make a series."""

    metric: str
    scope: str
    label: str
    figures: list[Figure]
    differing: bool
    chart: Chart | None

    @property
    def all(self) -> list[Figure]:
        """The figures, each followed by its parts."""
        return [one for figure in self.figures for one in (figure, *figure.parts)]

    @property
    def key(self) -> str:
        """What tells the group from the others of a subject: ``employment``, ``employment-new``."""
        return self.metric if self.scope == Scope.TOTAL else f"{self.metric}-{self.scope}"

    @property
    def query(self) -> str:
        """What addresses its subject and metric in the explorer."""
        return query_of(self.metric, [key_of(self.figures[0].statistic)])

    @property
    def has_wholes(self) -> bool:
        """Whether there are figures to take as a table, a picture or a comparison: those have wholes alone."""
        return any(like_wholes(figure.statistic) for figure in self.figures)

    @property
    def comparable(self) -> bool:
        """Whether others have the same: wholes of brands and regions do, programs are each their own."""
        return (
            self.metric != Metric.OTHER and self.scope == Scope.TOTAL and self.figures[0].statistic.program_id is None
        )


def key_of(statistic: Statistic) -> str:
    """The kind and the key of whom it speaks: ``brand:12``."""
    return next(f"{kind}:{key}" for kind in SUBJECTS if (key := getattr(statistic, f"{kind}_id")) is not None)


def query_of(metric: str, keys: Sequence[str]) -> str:
    """metric=employment&of=brand:12&of=brand:13"""
    return urlencode([("metric", metric), *(("of", key) for key in keys)], safe=":")


def figure_groups(statistics: QuerySet[Statistic]) -> list[FigureGroup]:
    """The statistics with their evidence, in two statements, grouped in the order of `Metric` and, within a metric, of
    `Scope`; what no metric names is one group. A part whose whole is there stands below it and not by itself."""
    grouped: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in _with_parts(figures_of(statistics)):
        row = figure.statistic
        grouped[row.metric, Scope.TOTAL if row.metric == Metric.OTHER else row.scope].append(figure)
    order = [(metric, scope) for metric in Metric for scope in Scope]
    return [
        _group(metric, scope, grouped[metric.value, scope.value])
        for metric, scope in order
        if (metric.value, scope.value) in grouped
    ]


def _with_parts(figures: Sequence[Figure]) -> list[Figure]:
    """The figures without those that are parts of another one of them, which are handed to it."""
    there = {figure.statistic.pk for figure in figures}
    parts: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.statistic.whole_id in there:
            parts[figure.statistic.whole_id or 0].append(figure)
    tops = [figure for figure in figures if figure.statistic.whole_id not in there]
    return [replace(figure, parts=tuple(_below(figure, parts, {figure.statistic.pk}))) for figure in tops]


def _below(figure: Figure, parts: dict[int, list[Figure]], seen: set[int]) -> list[Figure]:
    """The parts of a figure and of its parts, largest first, each once."""
    found: list[Figure] = []
    for part in sorted(parts.get(figure.statistic.pk, ()), key=lambda one: -one.statistic.value):
        if part.statistic.pk not in seen:
            seen.add(part.statistic.pk)
            found += [part, *_below(part, parts, seen)]
    return found


def figures_of(statistics: Iterable[Statistic]) -> list[Figure]:
    """The statistics with their evidence, in two statements, the newest first."""
    found = sorted(statistics, key=_newest_first)
    quotes = quotes_by(found)
    return [Figure(statistic, _as_dated(statistic, quotes.get(statistic.pk, []))) for statistic in found]


def _as_dated(statistic: Statistic, quotes: list[Evidence]) -> list[Evidence]:
    """The quotes with the one first that dates the number: the newest, or the oldest where only papers date it."""
    return quotes[::-1] if statistic.as_of_basis == DateBasis.PUBLISHED else quotes


# The order in which `told_quotes` takes evidence.
NEWEST_ARTICLE_FIRST = ("-article__published_on", "article_id", "start")


class Quoted(Protocol):
    """Evidence of a number, or of its scope; `story_key` is that of the article or of the one that it reprints."""

    @property
    def statistic_id(self) -> int | None: ...
    @property
    def field(self) -> str: ...
    @property
    def article_id(self) -> int: ...
    @property
    def story_key(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def context_start(self) -> int: ...
    @property
    def context_end(self) -> int: ...


Q = TypeVar("Q", bound=Quoted)
Places: TypeAlias = list[tuple[int, int]]


def quotes_by(statistics: Iterable[Statistic]) -> dict[int, list[Evidence]]:
    """The evidence of each of the statistics, with its words and the places in its sentence that say what the number
    measures, by the statistic's key; the newest article first. In one statement."""
    evidence = Evidence.objects.told().filter(statistic__in=list(statistics)).of_facts_and_scopes().with_words()
    told = told_quotes(evidence.order_by(*NEWEST_ARTICLE_FIRST))
    for mine in told.values():
        for quote, places in mine:
            quote.scope_places = places
    return {key: [quote for quote, _places in mine] for key, mine in told.items()}


def told_quotes(pieces: Iterable[Q]) -> dict[int, list[tuple[Q, Places]]]:
    """Of evidence of numbers and of their scopes, the quotes of each number by its key, those of one print of each
    story, and with each the places in its sentence that say what the number measures."""
    quotes: defaultdict[int, list[Q]] = defaultdict(list)
    scopes: defaultdict[tuple[int, int], list[Q]] = defaultdict(list)
    for piece in pieces:
        key = piece.statistic_id or 0
        if piece.field:
            scopes[key, piece.article_id].append(piece)
        else:
            quotes[key].append(piece)
    return {
        key: [
            (quote, [(one.start, one.end) for one in scopes.get((key, quote.article_id), ()) if _within(one, quote)])
            for quote in _told_once(mine)
        ]
        for key, mine in quotes.items()
    }


def _told_once(quotes: list[Q]) -> list[Q]:
    """The quotes of one print of each story: the earliest that has any."""
    first: dict[int, int] = {}
    for quote in reversed(quotes):
        first.setdefault(quote.story_key, quote.article_id)
        if quote.article_id == quote.story_key:
            first[quote.story_key] = quote.article_id
    return [quote for quote in quotes if quote.article_id == first[quote.story_key]]


def _within(piece: Quoted, quote: Quoted) -> bool:
    return quote.context_start <= piece.start and piece.end <= quote.context_end


def subject_words(statistic: Statistic) -> str:
    """Of whom the number speaks: a brand's or a program's name; a division as the active language calls it."""
    return region_words(statistic.region) if statistic.region else str(statistic.subject)


def figure_words(statistic: Statistic) -> str:
    """超 9 万人; with what it measures where that is not the whole: 新增 8 个, 其中省级 13 个, 每户 1.48 万元"""
    if not named_by_metric(statistic):
        return own_words(statistic)
    told = amount(statistic.value, unit=statistic.unit, qualifier=statistic.qualifier, value_max=statistic.value_max)
    return measured(statistic, told)


def named_by_metric(statistic: Statistic) -> bool:
    """Whether the metric tells what is counted; of others only the paper's words do."""
    return statistic.metric != Metric.OTHER or not statistic.stated


def counted_words(statistic: Statistic) -> str:
    """The number after its metric: 就业人数 超 9 万人; the paper's words alone where no metric names what it is."""
    words = figure_words(statistic)
    return f"{statistic.get_metric_display()} {words}" if named_by_metric(statistic) else words


def series(figures: Sequence[Figure]) -> Chart | None:
    """A chart of those figures that are wholes with a date of their own or their paper's, oldest first and as far apart
    as their dates are; None where they are no series: that takes one unit, `SERIES` dates and nothing below 0. Where
    several values are reported of one date, the chart shows the one that most articles give, of equals the largest; the
    page says so and lists them all."""
    best = {when: figure for when, figure in _best(figures).items() if when != date.min}
    if len(best) < SERIES or len({one.statistic.unit for one in best.values()}) > 1 or _sinks(list(best.values())):
        return None
    dates = sorted(best)
    unit = unit_word(best[dates[0]].statistic.unit)
    return timeline([(when, _point(best[when].statistic)) for when in dates], unit=unit)


def newest(figures: Sequence[Figure]) -> Figure | None:
    """The whole that stands for a subject beside others: of the newest date, chosen as :func:`series` does."""
    return standing([figure for figure in figures if like_wholes(figure.statistic)])


def standing(figures: Sequence[Figure]) -> Figure | None:
    """Of figures that measure one thing, the one that stands for it, chosen likewise."""
    return max(figures, key=lambda figure: (figure.statistic.as_of or date.min, *_weight(figure)), default=None)


def abreast(named: Sequence[tuple[str, Figure]]) -> Chart | None:
    """A chart of figures of several subjects, each under its subject's name, or None where they are of several units,
    of what each paper counts for itself, or one is below 0."""
    kinds = {(figure.statistic.metric, figure.statistic.unit) for _name, figure in named}
    if len(kinds) != 1 or named[0][1].statistic.metric == Metric.OTHER or _sinks([figure for _name, figure in named]):
        return None
    points = [
        replace(_point(figure.statistic), when=name, words=dated_words(figure.statistic)) for name, figure in named
    ]
    return columns(points, unit=unit_word(named[0][1].statistic.unit))


def _sinks(figures: Sequence[Figure]) -> bool:
    """Whether one is below 0, where columns have no room."""
    return any(figure.statistic.value < 0 for figure in figures)


def dated_words(statistic: Statistic) -> str:
    """超 9 万人（2025年11月）, 超 9 万人（据2025年11月报道）"""
    when, words = when_words(statistic), figure_words(statistic)
    return gettext("%(figure)s（%(when)s）") % {"figure": words, "when": when} if when else words


def when_words(statistic: Statistic) -> str:
    """2025年11月; 据2025年11月报道 where only the paper's day is known; empty without a date."""
    when = day(statistic.as_of, statistic.as_of_precision)
    if when and statistic.as_of_basis == DateBasis.PUBLISHED:
        return gettext("据%s报道") % when
    return when


def _best(figures: Sequence[Figure]) -> dict[date, Figure]:
    """Of the wholes, the figure that most articles give, of equals the largest, by date; `date.min` is that of the
    undated."""
    wholes = (figure for figure in figures if like_wholes(figure.statistic))
    return {figure.statistic.as_of or date.min: figure for figure in sorted(wholes, key=_weight)}


def _weight(figure: Figure) -> tuple[int, Decimal]:
    return len(figure.sources), figure.statistic.value


def _point(statistic: Statistic) -> Point:
    return Point(
        value=statistic.value,
        words=figure_words(statistic),
        short=brief(statistic.value, qualifier=statistic.qualifier),
        when=when_words(statistic) or gettext("未注明时间"),
        href=statistic.get_absolute_url(),
        open=statistic.qualifier == Qualifier.OVER,
        vague=statistic.as_of is None or statistic.qualifier in (Qualifier.SEVERAL, Qualifier.AT_MOST),
    )


def _group(metric: Metric, scope: Scope, figures: list[Figure]) -> FigureGroup:
    drawn = metric != Metric.OTHER and scope == Scope.TOTAL
    differs = metric != Metric.OTHER and differing(figures)
    label = group_label(metric, scope)
    return FigureGroup(metric.value, scope.value, label, figures, differs, series(figures) if drawn else None)


def differing(figures: Sequence[Figure]) -> bool:
    """Whether papers disagree: two of the numbers contradict each other."""
    stories = {figure.statistic.pk: {quote.story_key for quote in figure.quotes} for figure in figures}
    said: dict[tuple[object, ...], list[Statistic]] = defaultdict(list)
    for figure in figures:
        said[tuple(getattr(figure.statistic, name) for name in ALIKE)].append(figure.statistic)
    pairs = (pair for alike in said.values() for pair in combinations(alike, 2))
    return any(contradicts(one, other, stories) for one, other in pairs)


def _newest_first(statistic: Statistic) -> tuple[bool, int, int]:
    when = statistic.as_of
    return when is None, -(when.toordinal() if when else 0), -int(statistic.value)
