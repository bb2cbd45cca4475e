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
    KnownFilter,
    LinkFilter,
    ProgramFilter,
    RecognitionBatchFilter,
    SeriesFilter,
    TypedFilter,
    ValuesFilter,
    YearFilter,
)
from brands.listing.listing import Listing
from brands.models import Card
from brands.search.hits import Matching, matching
from brands.search.query import QueryError
from brands.vocabulary.choices import BrandLevel, Category, Industry, Metric, ReviewState

# Values of a facet that has many, such as programs: those with the most brands.
MOST = 30

REVIEWS = [(state.value, state.label) for state in (ReviewState.CONFIRMED, ReviewState.PROPOSED)]


class BrandList(Listing):
    """Over :class:`brands.models.Card`."""

    q = TypedFilter("q", label=_("搜索"))
    region = CardRegionFilter("adcode", label=_("地区"))
    industry = ValuesFilter("industry", Industry.choices, label=_("行业"))
    category = ValuesFilter("category", Category.choices, label=_("类型"))
    level = ValuesFilter("level", BrandLevel.choices, label=_("级别"))
    year = YearFilter("year", label=_("认定年份"))
    batch = RecognitionBatchFilter("batch", most=MOST, label=_("认定批次"))
    series = SeriesFilter("series", most=MOST, label=_("系列"))
    program = ProgramFilter("program", most=MOST, label=_("政策与活动"))
    destination = DestinationFilter("reached", most=MOST, label=_("在哪里干活"))
    metric = LinkFilter("metric", Metric.choices, label=_("有数据"))
    review = KnownFilter("review", REVIEWS, label=_("审核"))
    headcount_min = BoundFilter("headcount", lookup_expr="gte", label=_("就业人数至少"))
    headcount_max = BoundFilter("headcount", lookup_expr="lte", label=_("就业人数至多"))
    income_min = BoundFilter("income", lookup_expr="gte", label=_("人均月收入至少"))
    income_max = BoundFilter("income", lookup_expr="lte", label=_("人均月收入至多"))
    as_of_min = BoundFilter("as_of_year", lookup_expr="gte", label=_("数据年份不早于"))
    as_of_max = BoundFilter("as_of_year", lookup_expr="lte", label=_("数据年份不晚于"))

    orders = {
        "relevance": (_("相关"), ()),
        "pinyin": (_("拼音"), ("pinyin", "id")),
        "headcount": (_("就业人数"), ("-headcount", "pinyin", "id")),
        "newest": (_("最新报道"), ("-newest_report", "pinyin", "id")),
        "reports": (_("报道数"), ("-articles", "pinyin", "id")),
    }
    ranges = {
        "headcount": (_("就业人数"), _("人")),
        "income": (_("人均月收入"), _("元")),
        "as_of": (_("数据年份"), _("年")),
    }

    @classmethod
    def all_rows(cls) -> QuerySet[Any]:
        return Card.objects.all()

    def offered(self) -> Mapping[str, tuple[Any, tuple[Any, ...]]]:
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


def brands_by_division() -> Counter[str]:
    """How many public brands there are in each division, by code; under the empty code, all there are."""
    index = index_of(BrandList)
    return index.counts("region", index.rows) + Counter({"": len(index.rows)})
