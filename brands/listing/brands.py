"""The list of brands: over cards, counted by the tallies wherever these say enough."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.listing.counted import Choices, Questions
from brands.listing.fields import UNKNOWN, known
from brands.listing.filters import (
    BoundFilter,
    CardRegionFilter,
    KnownFilter,
    LinkFilter,
    ProgramFilter,
    RecognitionBatchFilter,
    SeriesFilter,
    TypedFilter,
    ValuesFilter,
    YearFilter,
)
from brands.listing.grouped import counted_cards
from brands.listing.listing import Listing
from brands.models.card import among
from brands.search.hits import Matching, matching
from brands.search.query import QueryError
from brands.vocabulary.choices import BrandLevel, Category, Industry, Metric, ReviewState

# Values of a facet that has many, such as programs: those with the most brands.
MOST = 30

# Cards that are read to count facets where no tally answers. Of more, values are offered without a number.
COUNTED = 20_000

BASE_FACETS = ("region", "industry", "category", "level")
LONG = ("batch", "series", "program")
FURTHER = ("year", "batch", "series", "program", "metric", "review")

REVIEWS = [(state.value, state.label) for state in (ReviewState.CONFIRMED, ReviewState.PROPOSED)]


class BrandList(Listing):
    """Over :class:`brands.models.Card`."""

    q = TypedFilter("q", label=_("搜索"))
    region = CardRegionFilter("adcode", label=_("地区"))
    industry = ValuesFilter("industry", Industry.choices, label=_("行业"))
    category = ValuesFilter("category", Category.choices, label=_("类型"))
    level = ValuesFilter("level", BrandLevel.choices, label=_("级别"))
    year = YearFilter("year", label=_("认定年份"))
    batch = RecognitionBatchFilter("batch", label=_("认定批次"))
    series = SeriesFilter("series", label=_("系列"))
    program = ProgramFilter("program", label=_("政策与活动"))
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

    def rows(self, *, but: str = "") -> QuerySet[Any]:
        rows = super().rows(but=but)
        return rows.filter(pk__in=among(self.matching.pks)) if self.typed and but != "q" else rows

    def slice(self, start: int, stop: int) -> Sequence[Any]:
        if self.sort != "relevance":
            return super().slice(start, stop)
        left = set(self.rows().order_by().values_list("pk", flat=True))
        pks = [pk for pk in self.matching.pks if pk in left][start:stop]
        found = {row["id"]: row for row in self.queryset.filter(pk__in=pks)}
        return [found[pk] for pk in pks if pk in found]

    def total(self, *, but: str = "") -> int:
        if but not in self._totals:
            self._totals[but] = self._total(but)
        return self._totals[but]

    def _total(self, but: str) -> int:
        if not but and "" in self._tallied:
            return self._tallied[""][""]
        questions = Questions()
        if questions.total("", self._others(but)):
            return questions.answers(MOST)[""][""]
        return super().total(but=but)

    def counts(self, name: str) -> Counter[str]:
        return self._tallied[name] if name in self._tallied else self._read[name]

    def counted(self, name: str) -> bool:
        return name in self._tallied or name not in self._too_many

    def _most(self, name: str, counts: Counter[str]) -> Counter[str]:
        """The highest counts and those of what is chosen."""
        if name not in LONG:
            return counts
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return Counter(dict([*ranked[:MOST], *((value, counts[value]) for value in self.chosen(name))]))

    def is_cut(self, name: str) -> bool:
        return name in LONG and len(self.counts(name)) >= MOST

    def _others(self, but: str) -> Choices:
        """What is chosen, without the choices of the filter `but`."""
        return {name: values for name, values in self._choices.items() if values and name != but}

    @cached_property
    def _totals(self) -> dict[str, int]:
        """How many cards there are, by the filter whose choices are left out."""
        return {}

    @cached_property
    def _tallied(self) -> dict[str, Counter[str]]:
        """The counts of all facets that need no card to be read, and under no name the total; in one statement."""
        questions = Questions()
        asked = {"": questions.total("", self._others(""))}
        for name in BASE_FACETS:
            asked[name] = questions.values(name, self._known(name), self._others(name))
        for name in FURTHER:
            asked[name] = questions.range(name, self.chosen(name), self._others(name))
        return {name: counts for name, counts in questions.answers(MOST).items() if asked[name]}

    @cached_property
    def _read(self) -> dict[str, Counter[str]]:
        """The counts of the other facets: of their cards, read together; where these are too many, the values that any
        brand has, whose counts say nothing here."""
        left = [name for name in (*BASE_FACETS, *FURTHER) if name not in self._tallied]
        few = [name for name in left if name not in self._too_many]
        free = [name for name in few if not self.chosen(name)]
        found = counted_cards(self.rows(), free) if free else {}
        for name in set(few) - set(free):
            found |= counted_cards(self.rows(but=name), [name])
        if len(few) < len(left):
            found |= {name: self._anywhere[name] for name in left if name not in few}
        return {name: self._most(name, counts) for name, counts in found.items()}

    @cached_property
    def _too_many(self) -> set[str]:
        """The facets that no tally answers and whose cards are too many to be read."""
        left = [name for name in (*BASE_FACETS, *FURTHER) if name not in self._tallied]
        return {name for name in left if self.total(but=name if self.chosen(name) else "") > COUNTED}

    @cached_property
    def _anywhere(self) -> dict[str, Counter[str]]:
        """The values that any brand has."""
        questions = Questions()
        for name in BASE_FACETS:
            questions.values(name, self._known(name), {})
        for name in FURTHER:
            questions.range(name, self.chosen(name), {})
        return questions.answers(MOST)

    def _known(self, name: str) -> Sequence[str]:
        if name == "region":
            return [UNKNOWN, *(place.adcode for place in self.places)]
        return known(self.filters[name].field)
