"""The numbers of a subject as a reader meets them: by metric, newest first, each with what the papers say."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext

from brands.charts import Chart, Point, columns
from brands.choices import Metric, Qualifier
from brands.models import Evidence, Statistic
from brands.words import amount, brief, day, unit_word


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


def figure_groups(statistics: QuerySet[Statistic]) -> list[FigureGroup]:
    """The statistics with their evidence, in two statements, grouped in the order of `Metric`."""
    found = list(statistics)
    quotes = quotes_by("statistic", found)
    by_metric: dict[str, list[Figure]] = defaultdict(list)
    for statistic in sorted(found, key=_newest_first):
        by_metric[statistic.metric].append(Figure(statistic, quotes.get(statistic.pk, [])))
    return [_group(metric, by_metric[metric.value]) for metric in Metric if metric.value in by_metric]


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
    unit and two known dates. Where several values are reported of one date, the chart shows the one that most articles
    give, of equals the largest; the page says so and lists them all."""
    best: dict[date, Figure] = {}
    for figure in sorted(figures, key=_weight):
        best[figure.statistic.as_of or date.min] = figure
    if len(best.keys() - {date.min}) < 2 or len({figure.statistic.unit for figure in figures}) > 1:
        return None
    return columns([_point(best[when].statistic) for when in sorted(best)], unit=unit_word(figures[0].statistic.unit))


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
        vague=statistic.as_of is None or statistic.qualifier == Qualifier.SEVERAL,
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
