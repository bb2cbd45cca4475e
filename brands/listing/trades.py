"""Trades: all of them in a table, and what one of them has where."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from pyroaring import BitMap64

from brands.figures.details import reached_names
from brands.figures.figures import Figure, figures_of
from brands.figures.pay import Pay, pays, spread
from brands.figures.sums import MOST_ADDED, Total, sums_of_trade
from brands.listing.brands import BrandList
from brands.listing.counts import FacetIndex, index_of
from brands.listing.tables import SortedCell, SortedColumn, SortedTable, sorted_table
from brands.models import Card, CardFigure, Region, Statistic
from brands.place_words import region_names
from brands.vocabulary.choices import Industry, Metric

# The trades that have a page; "other" is none.
TRADES = [trade for trade in Industry if trade != Industry.OTHER]

# Brands with the most people that a trade's page names.
LARGEST = 10

# Provinces and destinations that the first line names.
NAMED = 3


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A place, how many brands of the trade it has, and the address of what is told of them there."""

    name: str
    count: int
    url: str


def trade_of(values: Sequence[str]) -> Industry | None:
    """The trade with a page that is the only one among these values."""
    return next((trade for trade in TRADES if [trade.value] == list(values)), None)


def trade_counts() -> list[tuple[Industry, int]]:
    """The trades that have brands, and how many, the most first."""
    return _counts(index_of(BrandList))


def _counts(index: FacetIndex) -> list[tuple[Industry, int]]:
    counts = index.totals["industry"]
    return sorted(((trade, counts[trade]) for trade in TRADES if counts[trade]), key=lambda pair: -pair[1])


def trade_table(asked: str, path: str) -> SortedTable:
    """Every trade that has brands: how many, in how many provinces, how many tell people or pay, and the pay itself."""
    index = index_of(BrandList)
    by_trade: dict[str, list[Pay]] = {}
    for pay in pays(""):
        by_trade.setdefault(pay.card.industry, []).append(pay)
    columns = [
        SortedColumn("trade", gettext("行业"), is_number=False),
        SortedColumn("brands", gettext("品牌")),
        SortedColumn("provinces", gettext("省份")),
        SortedColumn("people", gettext("有就业人数")),
        SortedColumn("pay", gettext("人均收入")),
    ]
    rows = [_trade_row(trade, index, by_trade.get(trade, [])) for trade, _count in _counts(index)]
    return sorted_table(columns, rows, asked, path=path)


def _trade_row(trade: Industry, index: FacetIndex, told: Sequence[Pay]) -> list[SortedCell]:
    brands = index.having("industry", [trade.value])
    provinces = sum(1 for code in index.counts("region", brands) if code.endswith("0000"))
    people = index.counts("has", brands)["people"]
    brand_list = f"{reverse('brands:brand_list')}?industry={trade.value}"
    note = ngettext("%d 个品牌", "%d 个品牌", len(told)) % len(told)
    pay = SortedCell(
        spread(told), median(one.monthly for one in told), f"{reverse('brands:pay')}?industry={trade.value}", note
    ) if told else SortedCell(gettext("未收录"))  # fmt: skip
    return [
        SortedCell(str(trade.label), list(Industry).index(trade), reverse("brands:industry", args=[trade.value])),
        SortedCell(str(len(brands)), len(brands), brand_list),
        SortedCell(str(provinces), provinces),
        SortedCell(str(people), people, f"{brand_list}&has=people" if people else ""),
        pay,
    ]


class TradePage:
    """What is known of one trade."""

    def __init__(self, trade: Industry) -> None:
        self.trade = trade
        self._index = index_of(BrandList)

    @cached_property
    def brands(self) -> BitMap64:
        return self._index.having("industry", [self.trade.value])

    @property
    def total(self) -> int:
        return len(self.brands)

    @cached_property
    def provinces(self) -> list[PlaceCount]:
        """Where its brands are at home, the most first."""
        counts = self._index.counts("region", self.brands)
        names = region_names(dict(Region.objects.provinces().values_list("adcode", "common_name")))
        brand_list = reverse("brands:brand_list")
        return _ranked(counts, names, lambda code: f"{brand_list}?region={code}&industry={self.trade.value}")

    @cached_property
    def destinations(self) -> list[PlaceCount]:
        """Where their people work, by province and country."""
        counts = self._index.counts("destination", self.brands)
        names = reached_names(counts) if counts else {}
        return _ranked(
            counts, names, lambda code: f"{reverse('brands:destination', args=[code])}?industry={self.trade.value}"
        )

    @cached_property
    def largest(self) -> list[tuple[Card, Figure]]:
        """The brands with the most people, each with the figure that says so. In three statements."""
        standing = CardFigure.objects.filter(industry=self.trade.value, metric=Metric.EMPLOYMENT, unit="人")
        largest = list(standing.order_by("-value", "pk").values_list("pk", flat=True)[:LARGEST])
        found = figures_of(Statistic.objects.filter(pk__in=largest))
        figures = sorted(found, key=lambda figure: largest.index(figure.statistic.pk))
        cards = Card.objects.in_bulk([figure.statistic.brand_id for figure in figures])
        return [(cards[pk], figure) for figure in figures if (pk := figure.statistic.brand_id or 0) in cards]

    @cached_property
    def sums(self) -> list[Total]:
        """What the numbers of its brands add up to."""
        if not 0 < self.total <= MOST_ADDED:
            return []
        return sums_of_trade(self.trade.value)

    @cached_property
    def pays(self) -> list[Pay]:
        return pays(self.trade.value)

    @property
    def lead(self) -> str:
        """What there is, in a line: how many brands, where the most are, what people earn."""
        told = {"n": self.total, "trade": self.trade.label}
        parts = [
            ngettext("本库收录了 %(n)d 个%(trade)s品牌", "本库收录了 %(n)d 个%(trade)s品牌", self.total) % told,
            self._most(gettext("最多的是%s"), self.provinces),
            self._most(gettext("最常去的是%s"), self.destinations),
        ]
        n = len(self.pays)
        paid = {"n": n, "pay": spread(self.pays)}
        pay = ngettext(
            "有人均收入数据的 %(n)d 个品牌：%(pay)s。", "有人均收入数据的 %(n)d 个品牌：%(pay)s。", n
        ) % paid if self.pays else ""  # fmt: skip
        return gettext("，").join(filter(None, parts)) + gettext("。") + pay

    def _most(self, pattern: str, places: Sequence[PlaceCount]) -> str:
        named = (gettext("%(place)s（%(n)d 个）") % {"place": place.name, "n": place.count} for place in places[:NAMED])
        return pattern % gettext("、").join(named) if places else ""


def _ranked(counts: Counter[str], names: Mapping[str, str], address: Callable[[str], str]) -> list[PlaceCount]:
    found = [PlaceCount(names[code], count, address(code)) for code, count in counts.items() if code in names]
    return sorted(found, key=lambda place: (-place.count, place.url))
