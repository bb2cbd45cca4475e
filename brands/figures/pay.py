"""What brands' people earn, as papers report it: the pay of each brand, told by the month, to be compared."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from statistics import median

from django.db.models import F, Q
from django.utils.translation import gettext

from brands.data_version import kept
from brands.figures.figures import Figure, figure_words, figures_of, standing, when_words
from brands.graphics.dots import Dot, DotChart, dot_chart
from brands.models import Card, CardFigure, Statistic
from brands.vocabulary.choices import PUBLIC_CONFIDENCE, Industry, Metric, Qualifier, ReviewState, Scope
from brands.vocabulary.numbers import MONTHS, ROUNDED, amount, unit_word

# Pays of a trade that show how they are spread; fewer are a few brands, and stand in the table alone.
SPREAD = 3

# Brands whose pay is shown; the newest.
MOST = 300

MONTHLY = "元/月"

# Digits of a pay that is told by the month here and by the year in the paper.
DIGITS = 2


@dataclass(frozen=True, slots=True)
class Pay:
    """What a brand's people earn: the figure, whose brand it is, and what it comes to a month."""

    card: Card
    figure: Figure

    @property
    def monthly(self) -> Decimal:
        return _monthly(self.figure.statistic.value, self.figure.statistic.unit)

    @property
    def monthly_max(self) -> Decimal | None:
        row = self.figure.statistic
        return None if row.value_max is None else _monthly(row.value_max, row.unit)

    @property
    def is_converted(self) -> bool:
        """Whether the paper tells it by the year."""
        return self.figure.statistic.unit != MONTHLY

    @property
    def monthly_words(self) -> str:
        """超 5000 元/月 as the paper has it; of what it tells by the year, no finer than can be told, and so that its
        hedge stays true: 超 5 万元/年 is 超 4100 元/月, 6 万元/年 or 约 is 约 5000 元/月."""
        row = self.figure.statistic
        most = None if row.value_max is None else self._told(row.value_max)
        hedge = self._hedge if self.is_converted else row.qualifier
        return amount(self.monthly_told, unit=MONTHLY, qualifier=hedge, value_max=most)

    @property
    def monthly_told(self) -> Decimal:
        """The number of these words."""
        return self._told(self.figure.statistic.value)

    @property
    def _hedge(self) -> str:
        qualifier = self.figure.statistic.qualifier
        return qualifier if qualifier in ROUNDED else Qualifier.ABOUT.value

    def _told(self, value: Decimal) -> Decimal:
        if not self.is_converted:
            return value
        return _rounded(value / MONTHS[self.figure.statistic.unit], ROUNDED[self._hedge])


@kept
def pays(industry: str) -> list[Pay]:
    """The pay of each public brand of a trade, or of any where that is empty, that a paper reports by the month or the
    year, the lowest first. A whole alone: no rise, no best case, no part. In three statements."""
    rows = CardFigure.objects.filter(_is_pay())
    if industry:
        rows = rows.filter(industry=industry)
    newest = rows.order_by(F("as_of").desc(nulls_last=True), "pk").values_list("pk", flat=True)[:MOST]
    by_brand: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures_of(Statistic.objects.filter(pk__in=list(newest))):
        by_brand[figure.statistic.brand_id or 0].append(figure)
    cards = Card.objects.in_bulk(by_brand)
    found = [Pay(cards[pk], best) for pk, some in by_brand.items() if pk in cards and (best := standing(some))]
    return sorted(found, key=lambda pay: (pay.monthly, pay.card.pinyin))


def waiting(industry: str = "") -> int:
    """How many pays of brands a person has yet to look at before they are public."""
    rows = Statistic.objects.filter(review=ReviewState.PROPOSED, confidence__lt=PUBLIC_CONFIDENCE)
    found = rows.filter(_is_pay(), brand__isnull=False, scope=Scope.TOTAL, part_of="", per="")
    return (found.filter(brand__industry=industry) if industry else found).count()


def spread(pays: Sequence[Pay]) -> str:
    """3000 至 8000 元/月，中位数 5000 元/月; one pay alone; empty for none."""
    if not pays:
        return ""
    values = [pay.monthly_told for pay in pays]
    low, high = min(values), max(values)
    if len(pays) < SPREAD or low == high:
        return gettext("、").join(dict.fromkeys(pay.monthly_words for pay in pays))
    ends = amount(low, unit=MONTHLY, value_max=high)
    return gettext("%(ends)s，中位数 %(middle)s") % {"ends": ends, "middle": amount(median(values), unit=MONTHLY)}


def chart_of(pays: Sequence[Pay]) -> DotChart | None:
    """Every brand a dot, a row for each trade that has `SPREAD` at least; None where none has."""
    by_trade: dict[str, list[Pay]] = defaultdict(list)
    for pay in pays:
        by_trade[pay.card.industry].append(pay)
    rows = [
        (str(trade.label), [_dot(pay) for pay in by_trade[trade]])
        for trade in Industry
        if len(by_trade[trade]) >= SPREAD
    ]
    return dot_chart(rows, unit=unit_word(MONTHLY)) if rows else None


def _is_pay() -> Q:
    return Q(metric=Metric.PER_CAPITA_INCOME, unit__in=list(MONTHS), value__gt=0)


def _dot(pay: Pay) -> Dot:
    row = pay.figure.statistic
    when = when_words(row) or gettext("未注明时间")
    words = f"{pay.card.name} {figure_words(row)}"
    return Dot(pay.monthly, words, when, row.get_absolute_url(), most=pay.monthly_max, vague=row.as_of is None)


def _monthly(value: Decimal, unit: str) -> Decimal:
    return _whole(value / MONTHS[unit])


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_EVEN)


def _rounded(value: Decimal, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """To `DIGITS` digits, or to the yuan where that is more."""
    places = Decimal(1).scaleb(max(value.adjusted() + 1 - DIGITS, 0))
    return (value / places).quantize(Decimal(1), rounding) * places
