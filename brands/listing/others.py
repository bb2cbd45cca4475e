"""The lists of programs, statistics and articles."""

from collections import Counter
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from brands.figures.sums import ADDED, Total, added
from brands.listing.filters import RegionFilter, SubjectFilter, SumFilter, ValuesFilter, YearFilter
from brands.listing.listing import Listing
from brands.models import Article, Statistic
from brands.vocabulary.choices import Metric, ProgramKind
from brands.vocabulary.numbers import UNITS


class ProgramList(Listing):
    kind = ValuesFilter("kind", ProgramKind.choices, label=_("类别"))
    region = RegionFilter("place_id", label=_("地点"))

    orders = {
        "newest": (_("日期"), (F("held_on").desc(nulls_last=True), "name", "pk")),
        "name": (_("名称"), ("name", "pk")),
    }


SUBJECTS = (("brand", _("劳务品牌")), ("program", _("政策与活动")), ("region", _("地区")))


SUMS = [
    (kind, format_lazy(_("各品牌最新的{metric}（{unit}）"), metric=metric.label, unit=UNITS.get(unit, unit)))
    for kind, (metric, unit) in ADDED.items()
]


class StatisticList(Listing):
    """Over statistics with `place_code` and `year`, see :func:`explorable`."""

    metric = ValuesFilter("metric", Metric.choices, label=_("指标"))
    subject = SubjectFilter("subject", SUBJECTS, label=_("对象"))
    region = RegionFilter("place_code", label=_("地区"))
    year = YearFilter("year", label=_("年份"))
    sum = SumFilter("sum", SUMS, label=_("相加"))

    orders = {
        "newest": (_("时间"), (F("as_of").desc(nulls_last=True), "metric", "pk")),
        "largest": (_("数值"), ("-value", "pk")),
    }

    def counts(self, name: str) -> Counter[str]:
        """Statistics name their subject by which of three columns is set."""
        if name != "subject":
            return super().counts(name)
        kinds = {kind: Count("pk", filter=Q(**{f"{kind}__isnull": False})) for kind, _label in SUBJECTS}
        return Counter(self.rows(but=name).order_by().aggregate(**kinds))

    @cached_property
    def totals(self) -> list[Total]:
        """What the chosen sums come to over the rows of the list."""
        return added(self.rows()) if self.chosen("sum") else []


def explorable(statistics: QuerySet[Statistic]) -> QuerySet[Any]:
    """Statistics with the code of the division that their subject belongs to, and the year that they speak of."""
    return statistics.annotate(
        place_code=Coalesce("region_id", "brand__region_id", "program__place_id"), year=ExtractYear("as_of")
    )


class ArticleList(Listing):
    """Over articles with `year`, see :func:`dated`."""

    region = RegionFilter("place_id", label=_("报道地区"))
    year = YearFilter("year", label=_("年份"))

    orders = {
        "newest": (_("最新"), (F("published_on").desc(nulls_last=True), "-pk")),
        "oldest": (_("最早"), (F("published_on").asc(nulls_last=True), "pk")),
    }


def dated(articles: QuerySet[Article]) -> QuerySet[Any]:
    """Articles with the year in which they were printed."""
    return articles.annotate(year=ExtractYear("published_on"))
