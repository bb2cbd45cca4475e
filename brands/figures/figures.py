"""The numbers of a subject as a reader meets them: by metric, newest first, each with what the papers say."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext

from brands.graphics.charts import Chart, Point, columns
from brands.models import Evidence, Statistic
from brands.models.statistic import SUBJECTS
from brands.vocabulary.choices import Metric, Qualifier
from brands.vocabulary.numbers import amount, brief, day, unit_word


@dataclass(frozen=True, slots=True)
class Figure:
    statistic: Statistic
    quotes: list[Evidence]

    @property
    def sources(self) -> list[Evidence]:
        """The first quote of each article."""
        return list({quote.article_id: quote for quote in reversed(self.quotes)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The figures of one metric. `differing` says that several of one date are reported; `chart` is there when they
    make a series."""

    metric: str
    label: str
    figures: list[Figure]
    differing: bool
    chart: Chart | None

    @property
    def query(self) -> str:
        """What addresses its subject and metric in the explorer."""
        return query_of(self.metric, [key_of(self.figures[0].statistic)])

    @property
    def comparable(self) -> bool:
        """Whether others have the same: brands and regions do, programs are each their own."""
        return self.metric != Metric.OTHER and self.figures[0].statistic.program_id is None


def key_of(statistic: Statistic) -> str:
    """The kind and the key of whom it speaks: ``brand:12``."""
    return next(f"{kind}:{key}" for kind in SUBJECTS if (key := getattr(statistic, f"{kind}_id")) is not None)


def query_of(metric: str, keys: Sequence[str]) -> str:
    """metric=employment&of=brand:12&of=brand:13"""
    return urlencode([("metric", metric), *(("of", key) for key in keys)], safe=":")


def figure_groups(statistics: QuerySet[Statistic]) -> list[FigureGroup]:
    """The statistics with their evidence, in two statements, grouped in the order of `Metric`."""
    by_metric: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures_of(statistics):
        by_metric[figure.statistic.metric].append(figure)
    return [_group(metric, by_metric[metric.value]) for metric in Metric if metric.value in by_metric]


def figures_of(statistics: Iterable[Statistic]) -> list[Figure]:
    """The statistics with their evidence, in two statements, the newest first."""
    found = sorted(statistics, key=_newest_first)
    quotes = quotes_by("statistic", found)
    return [Figure(statistic, quotes.get(statistic.pk, [])) for statistic in found]


def quotes_by(fact: str, facts: Iterable[Statistic]) -> dict[int, list[Evidence]]:
    """The evidence of each of the facts, with its words, by the fact's key; the newest article first."""
    grouped: dict[int, list[Evidence]] = defaultdict(list)
    evidence = Evidence.objects.of_facts().filter(**{f"{fact}__in": list(facts)}).with_words()
    for quote in evidence.order_by("-article__published_on", "article_id", "start"):
        grouped[getattr(quote, f"{fact}_id")].append(quote)
    return grouped


def figure_words(statistic: Statistic) -> str:
    """超 9 万人"""
    return amount(statistic.value, unit=statistic.unit, qualifier=statistic.qualifier, value_max=statistic.value_max)


def series(figures: Sequence[Figure]) -> Chart | None:
    """A chart of the figures, undated in front, then oldest first, or None where they are no series: that takes one
    unit, two known dates and nothing below 0. Where several values are reported of one date, the chart shows the one
    that most articles give, of equals the largest; the page says so and lists them all."""
    best = _best(figures)
    if len(best.keys() - {date.min}) < 2 or len({figure.statistic.unit for figure in figures}) > 1 or _sinks(figures):
        return None
    return columns([_point(best[when].statistic) for when in sorted(best)], unit=unit_word(figures[0].statistic.unit))


def newest(figures: Sequence[Figure]) -> Figure | None:
    """The figure that stands for a subject beside others: of the newest date, chosen as :func:`series` does."""
    best = _best(figures)
    return best[max(best)] if best else None


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
    """超 9 万人（2025年11月）"""
    when = day(statistic.as_of, statistic.as_of_precision)
    words = figure_words(statistic)
    return gettext("%(figure)s（%(when)s）") % {"figure": words, "when": when} if when else words


def _best(figures: Sequence[Figure]) -> dict[date, Figure]:
    """The figure that most articles give, of equals the largest, by date; `date.min` is that of the undated."""
    return {figure.statistic.as_of or date.min: figure for figure in sorted(figures, key=_weight)}


def _weight(figure: Figure) -> tuple[int, Decimal]:
    return len(figure.sources), figure.statistic.value


def _point(statistic: Statistic) -> Point:
    return Point(
        value=statistic.value,
        words=figure_words(statistic),
        short=brief(statistic.value, qualifier=statistic.qualifier),
        when=day(statistic.as_of, statistic.as_of_precision) or gettext("未注明时间"),
        href=statistic.get_absolute_url(),
        open=statistic.qualifier == Qualifier.OVER,
        vague=statistic.as_of is None or statistic.qualifier in (Qualifier.SEVERAL, Qualifier.AT_MOST),
    )


def _group(metric: Metric, figures: list[Figure]) -> FigureGroup:
    dates = Counter((f.statistic.unit, f.statistic.as_of, f.statistic.as_of_precision) for f in figures)
    differing = metric != Metric.OTHER and max(dates.values()) > 1
    return FigureGroup(
        metric.value, str(metric.label), figures, differing, None if metric == Metric.OTHER else series(figures)
    )


def _newest_first(statistic: Statistic) -> tuple[bool, int, int]:
    when = statistic.as_of
    return when is None, -(when.toordinal() if when else 0), -int(statistic.value)
