"""The list of brands, over cards."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.listing.counts import index_of
from brands.listing.filters import (
    BoundFilter,
    CardRegionFilter,
    DestinationFilter,
    HeldFilter,
    KnownFilter,
    LinkFilter,
    PrintedFilter,
    ProgramFilter,
    SeriesFilter,
    TypedFilter,
    ValuesFilter,
    YearFilter,
)
from brands.listing.listing import Listing
from brands.listing.orders import BY_NAME, Column, Order
from brands.models import Card
from brands.models.card import UNREPORTED
from brands.search.hits import Matching, matching
from brands.search.query import QueryError
from brands.vocabulary.choices import BrandLevel, Category, Industry, Metric, OwnerKind, ReviewState

# Values of a facet that has many, such as programs: those with the most brands.
MOST = 20

# What a brand may have that readers look for.
HELD = [("people", _("有就业人数")), ("pay", _("有收入")), ("contact", _("有联系方式")), ("figures", _("有数字"))]

# The orders that a table has both ways; the largest number and the newest report come first.
_BY_PINYIN = Order(_("拼音"), BY_NAME)
_BY_PLACE = Order(_("所在地"), ("adcode", *BY_NAME), nothing=("adcode", ""))
_BY_TRADE = Order(_("行业"), ("industry_rank", *BY_NAME), nothing=("industry_rank", 0))
_BY_LEVEL = Order(_("级别"), ("level_rank", *BY_NAME), nothing=("level_rank", 0))
_BY_PEOPLE = Order(_("就业人数"), ("-headcount", *BY_NAME))
_BY_PAY = Order(_("人均收入"), ("-income", *BY_NAME), nothing=("income", None))
_BY_NEWEST = Order(_("最新报道"), ("-newest_report", *BY_NAME))

REVIEWS = [(state.value, state.label) for state in (ReviewState.CONFIRMED, ReviewState.PROPOSED)]


class BrandList(Listing):
    """Over :class:`brands.models.Card`."""

    page_size = 50

    q = TypedFilter("q", label=_("搜索"))
    region = CardRegionFilter("adcode", label=_("地区"))
    industry = ValuesFilter("industry", Industry.choices, label=_("行业"))
    category = ValuesFilter("category", Category.choices, label=_("类型"))
    level = ValuesFilter("level", BrandLevel.choices, label=_("级别"))
    year = YearFilter("year", label=_("认定年份"))
    batch = PrintedFilter("batch", most=MOST, label=_("认定批次"))
    owner_kind = ValuesFilter("owner_kind", OwnerKind.choices, label=_("归属"))
    series = SeriesFilter("series", most=MOST, label=_("系列"))
    program = ProgramFilter("program", most=MOST, label=_("政策与活动"))
    destination = DestinationFilter("reached", most=MOST, label=_("在哪里干活"))
    has = HeldFilter("has", HELD, label=_("收录内容"))
    metric = LinkFilter("metric", Metric.choices, label=_("有数据"))
    review = KnownFilter("review", REVIEWS, label=_("审核"))
    headcount_min = BoundFilter("headcount", lookup_expr="gte", label=_("就业人数至少"))
    headcount_max = BoundFilter("headcount", lookup_expr="lte", label=_("就业人数至多"))
    income_min = BoundFilter("income", lookup_expr="gte", label=_("人均月收入至少"))
    income_max = BoundFilter("income", lookup_expr="lte", label=_("人均月收入至多"))
    as_of_min = BoundFilter("as_of_year", lookup_expr="gte", label=_("数据年份不早于"))
    as_of_max = BoundFilter("as_of_year", lookup_expr="lte", label=_("数据年份不晚于"))

    orders = {
        "relevance": Order(_("相关"), ()),
        "pinyin": _BY_PINYIN,
        "pinyin_desc": _BY_PINYIN.turned(),
        "place": _BY_PLACE,
        "place_desc": _BY_PLACE.turned(),
        "industry": _BY_TRADE,
        "industry_desc": _BY_TRADE.turned(),
        "level": _BY_LEVEL,
        "level_desc": _BY_LEVEL.turned(),
        "headcount": _BY_PEOPLE,
        "headcount_asc": _BY_PEOPLE.turned("headcount", UNREPORTED),
        "income": _BY_PAY,
        "income_asc": _BY_PAY.turned(),
        "newest": _BY_NEWEST,
        "oldest": _BY_NEWEST.turned("newest_report", ""),
        "reports": Order(_("报道数"), ("-articles", "pinyin", "id")),
    }
    columns = (
        Column(_("名称"), "pinyin", "pinyin_desc"),
        Column(_("所在地"), "place", "place_desc"),
        Column(_("行业"), "industry", "industry_desc"),
        Column(_("级别"), "level", "level_desc"),
        Column(_("就业人数"), "headcount", "headcount_asc"),
        Column(_("人均收入"), "income", "income_asc"),
        Column(_("最新报道"), "newest", "oldest"),
    )
    ranges = {
        "headcount": (_("就业人数"), _("人")),
        "income": (_("人均月收入"), _("元")),
        "as_of": (_("数据年份"), _("年")),
    }

    @classmethod
    def all_rows(cls) -> QuerySet[Any]:
        return Card.objects.all()

    def offered(self) -> Mapping[str, Order]:
        """There is relevance where something was searched for."""
        return self.orders if self.typed else {key: way for key, way in self.orders.items() if key != "relevance"}

    @property
    def typed(self) -> str:
        return "".join(self.chosen("q"))

    @cached_property
    def matching(self) -> Matching:
        """The brands that the search finds, in its order; none for a query that can't be asked."""
        try:
            return matching(self.typed)
        except QueryError as error:
            self._problem = str(error)
            return Matching([], complete=True)

    _problem = ""

    @cached_property
    def complaints(self) -> list[str]:
        told = super().complaints
        if self.typed and not self.matching.complete:
            told = [*told, gettext("符合搜索词的品牌太多，这里只看最相关的 %d 个。") % len(self.matching.pks)]
        return [self._problem, *told] if self._problem else told

    def slice(self, start: int, stop: int) -> Sequence[Any]:
        if self.sort != "relevance":
            return super().slice(start, stop)
        left = self.selected()
        pks = [pk for pk in self.matching.pks if pk in left][start:stop]
        found = {row["id"]: row for row in self.queryset.filter(pk__in=pks)}
        return [found[pk] for pk in pks if pk in found]

    def following(self, key: int, count: int) -> Sequence[Any]:
        if self.sort != "relevance":
            return super().following(key, count)
        left = self.selected()
        pks = [pk for pk in self.matching.pks if pk in left]
        if key not in pks:
            raise LookupError(key)
        start = pks.index(key) + 1
        return self.slice(start, start + count)


def brands_by_division() -> Counter[str]:
    """How many public brands there are in each division, by code; under the empty code, all there are."""
    index = index_of(BrandList)
    return Counter({**index.totals["region"], "": len(index.rows)})
