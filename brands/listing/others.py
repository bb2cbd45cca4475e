"""The lists of programs, statistics and articles."""

from typing import Any

from django.db.models import Case, F, Max, QuerySet, Value, When, Window
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from brands.figures.sums import ADDED, Total, added, label_of
from brands.listing.filters import (
    DateFilter,
    KnownFilter,
    RegionFilter,
    StatisticBrandFilter,
    StatisticFilter,
    StatisticProgramFilter,
    SubjectFilter,
    SumFilter,
    TradeFilter,
    ValuesFilter,
)
from brands.listing.listing import Listing
from brands.listing.orders import Order
from brands.models import Article, Program, Statistic
from brands.models.program import NEWEST_EDITION
from brands.models.region import COUNTRY
from brands.vocabulary.choices import Industry, Metric, ProgramKind, Scope
from brands.vocabulary.numbers import UNITS

_NEWEST_OF_SERIES = Window(Max("held_on"), partition_by=(F("series_key"), F("series_home"))).desc(nulls_last=True)


class ProgramList(Listing):
    kind = ValuesFilter("kind", ProgramKind.choices, label=_("类别"))
    region = RegionFilter("place_id", label=_("地点"))

    # The editions of a series stand together, the newest first, where the newest of them stands.
    orders = {
        "newest": Order(_("日期"), (_NEWEST_OF_SERIES, "series_key", "series_home", *NEWEST_EDITION)),
        "name": Order(_("名称"), ("series_key", "series_home", *NEWEST_EDITION)),
    }

    @classmethod
    def all_rows(cls) -> QuerySet[Any]:
        return Program.objects.published()


SUBJECTS = (("brand", _("劳务品牌")), ("program", _("政策与活动")), ("region", _("地区")))


_named = lazy(label_of, str)
SUMS = [
    (kind, format_lazy(_("各品牌最新的{metric}（{unit}）"), metric=_named(kind), unit=UNITS.get(unit, unit)))
    for kind, (_metric, unit) in ADDED.items()
]


# By this word in its name a program is of the whole country.
NATIONAL = "全国"


class StatisticList(Listing):
    metric = ValuesFilter("metric", Metric.choices, label=_("指标"))
    scope = KnownFilter("scope", Scope.choices, label=_("口径"))
    subject = SubjectFilter("subject_kind", SUBJECTS, label=_("对象"))
    region = RegionFilter("place_code", label=_("地区"))
    industry = TradeFilter("brand__industry", Industry.choices, label=_("行业"))
    year = DateFilter("as_of", label=_("年份"))
    sum = SumFilter("sum", SUMS, label=_("相加"))
    brand = StatisticBrandFilter("brand", label=_("劳务品牌"))
    program = StatisticProgramFilter("program", label=_("政策与活动"))
    id = StatisticFilter("pk", label=_("编号"))

    orders = {
        "newest": Order(_("时间"), ("-as_of", "metric", "pk"), nothing=("as_of", None), rest=("metric", "pk")),
        "largest": Order(_("数值"), ("-value", "pk")),
    }

    @classmethod
    def all_rows(cls) -> QuerySet[Any]:
        """With the code of the division that the subject belongs to, and the kind of the subject. What is national by
        its name is of the country: a city where it is held once has no number of it."""
        national = When(program__name__contains=NATIONAL, then=Value(COUNTRY))
        kinds = [When(**{f"{kind}__isnull": False}, then=Value(kind)) for kind, _label in SUBJECTS]
        return Statistic.objects.published().annotate(
            place_code=Coalesce("region_id", "brand__region_id", Case(national, default="program__place_id")),
            subject_kind=Case(*kinds),
        )

    @cached_property
    def totals(self) -> list[Total]:
        """What the chosen sums come to over the rows of the list."""
        return added(self.qs) if self.chosen("sum") else []


class ArticleList(Listing):
    region = RegionFilter("place_id", label=_("报道地区"))
    year = DateFilter("published_on", label=_("年份"))

    orders = {
        "newest": Order(_("最新"), ("-published_on", "-pk"), nothing=("published_on", None), rest=("-pk",)),
        "oldest": Order(_("最早"), ("published_on", "pk"), nothing=("published_on", None), rest=("pk",)),
    }

    @classmethod
    def all_rows(cls) -> QuerySet[Any]:
        return Article.objects.published().told_once()
