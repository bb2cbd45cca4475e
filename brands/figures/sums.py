"""Sums of what is reported of brands: what may be added, and how a sum is hedged."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Mod, Substr
from django.db.models.lookups import Exact
from django.utils.translation import gettext

from brands.figures.measures import BY_THE_YEAR, MONEY
from brands.models import Card, CardFigure, Statistic
from brands.models.region import COUNTRY
from brands.models.review import within
from brands.vocabulary.choices import Metric, Qualifier
from brands.vocabulary.numbers import ROUNDED, amount, full_number

# What is added, each by itself, in the order of the pages. Not here: growth and income a head, which are rates; places,
# bases, firms, standards and events, of which each paper counts what it likes; funds, which several brands share; jobs
# on offer, which are filled and offered anew; and `other`. Employment in 人次 counts jobs taken, not people.
ADDED: dict[str, tuple[Metric, str]] = {
    "employment": (Metric.EMPLOYMENT, "人"),
    "placement": (Metric.PLACEMENT, "人"),
    "placement-times": (Metric.PLACEMENT, "人次"),
    "training": (Metric.TRAINING, "人"),
    "training-times": (Metric.TRAINING, "人次"),
    "credentials": (Metric.CREDENTIALS, "人"),
    "output_value": (Metric.OUTPUT_VALUE, "元"),
    "labour_income": (Metric.LABOUR_INCOME, "元"),
}

# Brands whose figures are added up on a page; of more than these, smaller divisions have their sums. Of 20,000, with
# two figures each, it took 60 ms of processor time.
MOST_ADDED = 20_000

# Powers of ten in which papers count large numbers: 亿 and 万.
GRAINS = (8, 4)

# Powers of ten that may be the last that a hedged number tells: 1.3万余 is told to the thousand.
HEDGED_GRAINS = (8, 7, 6, 5, 4, 3, 2)

# More people than live in the country can only be a slip of the pen, and isn't added.
MOST = {"人": 2 * 10**9, "人次": 2 * 10**9}


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of `brands` numbers, of which `hedged` aren't exact, no finer than the coarsest of them: 23万 and 33 people
    are about 23万. `value_max` is there where one of them is a range; `since` and `until` are the years of the oldest
    and the newest of them, none where all are undated."""

    kind: str
    value: Decimal
    value_max: Decimal | None
    qualifier: str
    brands: int
    hedged: int
    since: int | None = None
    until: int | None = None

    @property
    def label(self) -> str:
        return label_of(self.kind)

    @property
    def years(self) -> str:
        """2006–2025, or one year; empty where nothing is dated."""
        return f"{self.since}–{self.until}" if self.since != self.until else f"{self.since or ''}"

    @property
    def words(self) -> str:
        """超 9 万人"""
        return amount(self.value, unit=ADDED[self.kind][1], qualifier=self.qualifier, value_max=self.value_max)

    @property
    def digits(self) -> str:
        """90,000 人"""
        return full_number(self.value, unit=ADDED[self.kind][1], value_max=self.value_max)


def label_of(kind: str) -> str:
    """What an entry of `ADDED` is called; of money, that it is of one year."""
    metric, _unit = ADDED[kind]
    return gettext("%s（每年）") % metric.label if metric in MONEY else str(metric.label)


def addable(statistics: QuerySet[Statistic]) -> QuerySet[Any]:
    """Those of the public statistics that may be added up, by metric and unit. This is the rule:

    - A number of a brand, in a metric and unit of `ADDED`: never a region's or a program's, which would count again
      what brands count; people and attendances, stock and flow stay apart, as each entry of `ADDED` is its own sum.
    - One number a brand and entry: of the newest date (undated last), of these the one that most articles give, then
      the largest; the same that stands for the brand in lists and charts.
    - A whole: what is new, shown, a part, a rate or a rise counts something else.
    - Of money, what the paper tells by the year: what came in five years, or in a time that nobody tells, is no money
      of a year.
    - No series that public brands belong to: its number holds theirs.
    - No number of people above `MOST`.
    """
    return statistics.filter(pk__in=_addable(ADDED).values("pk"))


def of_kinds(statistics: QuerySet[Statistic], kinds: Collection[str]) -> QuerySet[Any]:
    """Those that may be added up to the sums of these entries of `ADDED`."""
    return statistics.filter(pk__in=_addable(kinds).values("pk"))


def _addable(kinds: Collection[str]) -> QuerySet[CardFigure]:
    series = Card.objects.filter(series__isnull=False).values("series")
    return CardFigure.objects.filter(_kinds(kinds)).exclude(card__in=series)


def sums_of(adcode: str) -> list[Total]:
    """The sums over all brands of a division, or of the whole country."""
    rows = _addable(ADDED)
    return added(rows if adcode == COUNTRY else rows.filter(within("adcode", adcode)))


def sums_of_trade(industry: str) -> list[Total]:
    """The sums over all brands of a trade."""
    return added(_addable(ADDED).filter(industry=industry))


def added(rows: QuerySet[Any]) -> list[Total]:
    """The sums of what :func:`addable` left, in one statement, in the order of `ADDED`."""
    return _totals(_parts(rows))


def sums_by_province() -> dict[str, list[Total]]:
    """The sums over the brands of each province that has any to be added, by its code, in one statement."""
    rows = _addable(ADDED).exclude(adcode="")
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for part in _parts(rows.annotate(province=Substr("adcode", 1, 2)), "province"):
        found[f"{part['province']}0000"].append(part)
    return {code: _totals(parts) for code, parts in found.items()}


def _parts(found: QuerySet[Any], *by: str) -> Iterable[Mapping[str, Any]]:
    """The sums of what has one metric, unit and hedge, and one value of each of these columns."""
    rows = found.order_by().values(*by, "metric", "unit", "qualifier")
    high = Sum(Coalesce("value_max", "value"))
    parts: Iterable[Mapping[str, Any]] = rows.annotate(
        low=Sum("value"),
        high=high,
        brands=Count("pk"),
        coarsest=coarsest("value", "qualifier"),
        oldest=Min("as_of"),
        newest=Max("as_of"),
    )
    return parts


def _totals(parts: Iterable[Mapping[str, Any]]) -> list[Total]:
    by_kind: dict[tuple[str, str], list[Mapping[str, object]]] = defaultdict(list)
    for part in parts:
        by_kind[part["metric"], part["unit"]].append(part)
    return [_total(kind, by_kind[what]) for kind, what in ADDED.items() if what in by_kind]


def coarsest(column: str, hedge: str) -> Max:
    """The power of ten of which the coarsest number of a column is a multiple, as far as papers count: in 亿, in 万, in
    ones; a number with a hedge in the column `hedge`, to its last digit but one at least: 超 8.5 万 to the thousand."""
    told = [When(_ends(column, power, least=10**power), then=Value(power)) for power in GRAINS]
    rough = [
        When(_ends(column, power, least=10 ** (power + 1)) & ~Q(**{hedge: Qualifier.EXACT}), then=Value(power))
        for power in HEDGED_GRAINS
    ]
    steps = sorted([*told, *rough], key=lambda step: -step.result.value)
    return Max(Case(*steps, default=Value(0), output_field=IntegerField()))


def _ends(column: str, power: int, *, least: int) -> Q:
    """A number that ends in so many noughts, and is no less than this."""
    return Q(**{f"{column}__gte": least}) & Q(Exact(Mod(F(column), Value(10**power)), 0))


def no_finer(value: Decimal, power: int, qualifier: Qualifier) -> tuple[Decimal, Qualifier]:
    """A sum cut to multiples of 10 to the `power`, with its hedge: down where it is over, else to the nearest,
    and then about.

    >>> no_finer(Decimal(330033), 4, Qualifier.EXACT)
    (Decimal('330000'), Qualifier.ABOUT)
    """
    size = Decimal(10) ** power
    cut = (value / size).quantize(Decimal(1), ROUNDED.get(qualifier.value, ROUND_HALF_EVEN)) * size
    return cut, Qualifier.ABOUT if cut != value and qualifier == Qualifier.EXACT else qualifier


def hedge(qualifiers: Collection[str]) -> Qualifier:
    """How a sum of numbers with these hedges is hedged: what is over beside what is exact is over; over beside nearly
    may be either. 数千 stands as 1000, so it is over.

    >>> hedge(["over", "exact"]), hedge(["over", "nearly"])
    (Qualifier.OVER, Qualifier.ABOUT)
    """
    told = {Qualifier.OVER if one == Qualifier.SEVERAL else Qualifier(one) for one in qualifiers} - {Qualifier.EXACT}
    if not told:
        return Qualifier.EXACT
    return told.pop() if len(told) == 1 else Qualifier.ABOUT


def _total(kind: str, parts: list[Mapping[str, Any]]) -> Total:
    hedged = hedge([part["qualifier"] for part in parts])
    power = max(part["coarsest"] for part in parts)
    low, high = (sum((part[end] for part in parts), Decimal(0)) for end in ("low", "high"))
    (least, qualifier), (most, _) = no_finer(low, power, hedged), no_finer(high, power, hedged)
    return Total(
        kind,
        least,
        most if high != low and most > least else None,
        qualifier.value,
        brands=sum(part["brands"] for part in parts),
        hedged=sum(part["brands"] for part in parts if part["qualifier"] != Qualifier.EXACT),
        since=min((part["oldest"].year for part in parts if part["oldest"]), default=None),
        until=max((part["newest"].year for part in parts if part["newest"]), default=None),
    )


def _kinds(kinds: Collection[str]) -> Q:
    found = Q(pk__in=[])
    for metric, unit in (ADDED[kind] for kind in kinds):
        within = Q(value__lte=MOST[unit]) if unit in MOST else Q()
        if metric in MONEY:
            within &= Q(pk__in=Statistic.objects.filter(metric=metric, period__in=BY_THE_YEAR).values("pk"))
        found |= within & Q(metric=metric, unit=unit)
    return found
