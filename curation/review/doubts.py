"""The work list of doubtful things. Each reason is a rule that is told to who reads the list; what a person has
confirmed or rejected is not doubted any more, but for facts without evidence, which nobody can confirm into public."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from math import log10
from operator import or_
from typing import Any, TypeAlias

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models import Article, Brand, Correction, Evidence, Program, Region, Statistic
from brands.models.card import among
from brands.models.region import COUNTRY
from brands.models.statistic import LARGEST, SMALLEST
from brands.vocabulary.choices import Metric, RegionLevel, ReviewState
from brands.vocabulary.numbers import day
from curation.models import Dismissal
from curation.models.review import MAX_LABEL
from curation.review.contradicted import contradictions
from curation.review.other_reports import named
from curation.review.waiting import home

# Doubtful things of one sort that are listed.
SHOWN = 100

# How far they are counted.
COUNTED = 1_000

# Numbers of one metric, unit and kind of subject from which on one can be out of the ordinary.
FEWEST = 12

FAR = 3.0
# A number is an outlier when its logarithm to the base of 10 lies further beyond the quarter and three-quarter marks
# than three times the distance between these (Tukey's outer fences), and at least a factor of ten.
LEAST = 1.0

# Labour brands are younger; an earlier date is misread.
EARLIEST = 1990

PEOPLE = ("人", "人次", "户", "名")
MONEY = ("元", "元/天", "元/月", "元/年", "美元")
SHARE = ("%", "倍", "番", "个百分点")

# The units that fit a metric; what is not named here is counted in whatever there is.
UNITS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((Metric.EMPLOYMENT, Metric.TRAINING, Metric.PLACEMENT, Metric.CREDENTIALS), PEOPLE),
    **dict.fromkeys((Metric.OUTPUT_VALUE, Metric.LABOUR_INCOME, Metric.PER_CAPITA_INCOME, Metric.FUNDING), MONEY),
    Metric.GROWTH: (*SHARE, *PEOPLE, *MONEY),
    Metric.BRANDS: ("个", "家", "项", "种", "大", "张"),
}

# The units that don't fit a metric.
WITHOUT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            Metric.ORGANISATIONS,
            Metric.FACILITIES,
            Metric.COVERAGE,
            Metric.STANDARDS,
            Metric.AGREEMENTS,
            Metric.EVENTS,
        ),
        (*MONEY, *SHARE),
    ),
    Metric.VACANCIES: MONEY,
}

Fact: TypeAlias = Brand | Program | Statistic


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful thing: what it is, why, and where it is looked at. `kind` and `row` name it."""

    kind: str
    row: int
    label: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of doubtful things. `rule` says in words what `rows` asks the database; a thing `may_be_right` all the
    same, so that somebody can say so."""

    name: str
    label: Promise
    rule: Promise
    rows: Callable[[], "Sequence[QuerySet[Any]]"]
    why: Callable[[Any], str]
    may_be_right: bool = True


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is listed of a sort. `count` stops at `COUNTED`."""

    sort: Sort
    count: int
    listed: list[Doubt]

    @property
    def more(self) -> bool:
        return self.count > len(self.listed)


def doubts(sort: Sort, *, listed: bool = True) -> Doubts:
    """The first of the sort, and how many there are."""
    parts = [_not_dismissed(sort, part) for part in sort.rows()]
    count = sum(part[:COUNTED].count() for part in parts)
    rows = [row for part in parts for row in part[:SHOWN]][:SHOWN] if listed else []
    told = [Doubt(_kind(row), row.pk, _name(row), sort.why(row), _address(row)) for row in rows]
    return Doubts(sort, min(count, COUNTED), told)


def dismiss(user: User, sort: Sort, kind: str, row: int) -> Dismissal | None:
    """The rule is silent about this thing from now on; None where it does not doubt it."""
    for part in sort.rows():
        found = part.filter(pk=row).first() if _model_name(part) == kind else None
        if found is not None:
            label = _name(found)[:MAX_LABEL]
            values = {"label": label, "user": user}
            return Dismissal.objects.get_or_create(sort=sort.name, kind=kind, row=row, defaults=values)[0]
    return None


def dismissed(sort: Sort) -> "QuerySet[Dismissal]":
    """What the rule is silent about, the newest first."""
    return Dismissal.objects.filter(sort=sort.name).select_related("user").order_by("-pk")


def _not_dismissed(sort: Sort, part: "QuerySet[Any]") -> "QuerySet[Any]":
    silent = Dismissal.objects.filter(sort=sort.name, kind=_model_name(part), row=OuterRef("pk"))
    return part.exclude(Exists(silent))


def _model_name(part: "QuerySet[Any]") -> str:
    return part.model.__name__.lower()


def _kind(row: Any) -> str:
    return type(row).__name__.lower()


def _name(row: Any) -> str:
    if isinstance(row, Article):
        return row.title
    return row.label if isinstance(row, Correction) else named(row)


def _address(row: Any) -> str:
    """Where the thing is decided on: in the queue while it waits in an article, else on its own page of the admin."""
    if isinstance(row, Correction):
        return reverse("curation:report", args=[row.pk])
    kind = _kind(row)
    article = getattr(row, "home", None)
    if article and row.review == ReviewState.PROPOSED:
        return f"{reverse('curation:queue_article', args=[article])}#{kind}-{row.pk}"
    return reverse(f"admin:brands_{kind}_change", args=[row.pk])


def _proposed(model: type[Fact]) -> "QuerySet[Any]":
    return _rows(model).filter(review=ReviewState.PROPOSED)


def _rows(model: type[Fact]) -> "QuerySet[Any]":
    rows: QuerySet[Any] = model._default_manager.annotate(home=home(model.__name__.lower())).order_by("pk")
    subjects = {Brand: ("region",), Program: ("place",), Statistic: ("brand", "program", "region")}
    return rows.select_related(*subjects[model])


# Numbers out of the ordinary

_WHOSE = """CASE WHEN region_id = '100000' THEN 'country' WHEN region_id IS NOT NULL THEN 'region'
  WHEN brand_id IS NOT NULL THEN 'brand' ELSE 'program' END"""

_MARKS = f"""
SELECT metric, unit, whose, MIN(CASE WHEN place * 4 >= total THEN value END),
  MIN(CASE WHEN place * 2 >= total THEN value END), MIN(CASE WHEN place * 4 >= total * 3 THEN value END)
FROM (
  SELECT metric, unit, value, {_WHOSE} AS whose,
    ROW_NUMBER() OVER (PARTITION BY metric, unit, {_WHOSE} ORDER BY value) AS place,
    COUNT(*) OVER (PARTITION BY metric, unit, {_WHOSE}) AS total
  FROM brands_statistic WHERE review <> 'rejected' AND value > 0
) numbered
WHERE total >= %s GROUP BY metric, unit, whose
"""  # noqa: S608  the part that is put in stands above

_OF: Mapping[str, Q] = {
    "country": Q(region=COUNTRY),
    "region": Q(region__isnull=False) & ~Q(region=COUNTRY),
    "brand": Q(brand__isnull=False),
    "program": Q(program__isnull=False),
}


def _outliers() -> "Sequence[QuerySet[Any]]":
    """Numbers beyond the fences of their metric, unit and kind of subject."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, [FEWEST])
        marks = cursor.fetchall()
    rows = _proposed(Statistic)
    if not marks:
        return [rows.none()]
    cases = []
    for metric, unit, whose, *quarters in marks:
        low, high = fences(*map(float, quarters))
        beyond = Q(value__lt=_stored(low), value__gt=0) | Q(value__gt=_stored(high))
        cases.append(_OF[whose] & Q(metric=metric, unit=unit) & beyond)
    return [rows.filter(reduce(or_, cases))]


def fences(low: float, middle: float, high: float) -> tuple[float, float]:
    """Between which values a number is ordinary, by the quarter marks of all like it."""
    reach = FAR * (log10(high) - log10(low))
    below = min(log10(low) - reach, log10(middle) - LEAST)
    above = max(log10(high) + reach, log10(middle) + LEAST)
    return 10**below, 10**above


def _stored(value: float) -> Decimal:
    return min(Decimal(value), LARGEST).quantize(SMALLEST)


def _why_outlier(row: Statistic) -> str:
    return gettext("与同类数据相差悬殊：%(stated)s") % {"stated": row.stated or row.value}


# Places


def _misplaced() -> "Sequence[QuerySet[Any]]":
    """Brands whose name begins with that of divisions of which none is, holds or lies in the brand's, nor is called
    like it (龙泉, 龙泉驿), and whose place no paper states: where one does, the name has it from elsewhere."""
    begins = Q(common_name=Substr(OuterRef("name"), 1, 2)) | Q(common_name=Substr(OuterRef("name"), 1, 3))
    named = Region.objects.filter(begins).exclude(level=RegionLevel.COUNTRY)
    own = OuterRef("region_id")
    province = Q(start=Substr(own, 1, 2)) & (Q(level=RegionLevel.PROVINCE) | Q(pk=own) | Q(own_end="0000"))
    prefecture = Q(middle=Substr(own, 1, 4)) & (Q(level=RegionLevel.PREFECTURE) | Q(own_end__endswith="00"))
    near = named.annotate(
        start=Substr("adcode", 1, 2),
        middle=Substr("adcode", 1, 4),
        own_end=Substr(own, 3, 4, output_field=CharField()),
    ).filter(province | prefecture)
    rows = _proposed(Brand).filter(region__isnull=False).exclude(region=COUNTRY)
    stated = Evidence.objects.filter(brand=OuterRef("pk"), field="region")
    alike = Q(region__common_name__startswith=Substr("name", 1, 2))
    return [rows.filter(Exists(named)).exclude(Exists(near)).exclude(Exists(stated)).exclude(alike)]


def _why_misplaced(row: Brand) -> str:
    return gettext("所在地是%(place)s，名称却以别处的地名开头") % {"place": row.region}


# Dates


def _misdated() -> "Sequence[QuerySet[Any]]":
    today = timezone.localdate()
    first = date(EARLIEST, 1, 1)
    year = Q(recognised_year__gt=today.year) | Q(recognised_year__lt=EARLIEST)
    return [
        _proposed(Statistic).filter(Q(as_of__gt=today) | Q(as_of__lt=first)),
        _proposed(Program).filter(Q(held_on__gt=today) | Q(held_on__lt=first)),
        _proposed(Brand).filter(year),
    ]


def _why_misdated(row: Fact) -> str:
    if isinstance(row, Brand):
        return gettext("认定年份：%s") % row.recognised_year
    when = (row.as_of, row.as_of_precision) if isinstance(row, Statistic) else (row.held_on, row.held_precision)
    return gettext("日期：%s") % day(*when)


# Units


def _misfits() -> "Sequence[QuerySet[Any]]":
    wrong = [Q(metric=metric) & ~Q(unit__in=units) for metric, units in UNITS.items()]
    wrong += [Q(metric=metric, unit__in=units) for metric, units in WITHOUT.items()]
    return [_proposed(Statistic).filter(reduce(or_, wrong))]


def _why_misfit(row: Statistic) -> str:
    return gettext("%(metric)s以“%(unit)s”计") % {"metric": row.get_metric_display(), "unit": row.unit}


# Evidence and readers' reports


def _unfounded() -> "Sequence[QuerySet[Any]]":
    return [_without(model) for model in (Brand, Program, Statistic)]


def _without(model: type[Fact]) -> "QuerySet[Any]":
    found = Evidence.objects.filter(field="", **{model.__name__.lower(): OuterRef("pk")})
    return _rows(model).exclude(review=ReviewState.REJECTED).filter(~Exists(found))


def _why_unfounded(row: Fact) -> str:
    return gettext("没有报道证实，未公开（%s）") % row.get_review_display()


def _reported() -> "Sequence[QuerySet[Any]]":
    return [Correction.objects.filter(done=False).order_by("-created_at", "-pk")]


def _why_reported(row: Correction) -> str:
    return row.wrong if len(row.wrong) <= WORDS else f"{row.wrong[:WORDS]}…"


def _missed() -> "Sequence[QuerySet[Any]]":
    return [Article.objects.doubtful().order_by("-score", "pk")]


def _why_missed(row: Article) -> str:
    return gettext("相关度 %(percent)d%%，未采用") % {"percent": round(100 * row.score)}


def _contradicted() -> "Sequence[QuerySet[Any]]":
    return [Article.objects.filter(pk__in=among(contradictions())).order_by("pk")]


def _why_contradicted(row: Article) -> str:
    told = {"said": contradictions().get(row.pk, ""), "day": row.published_on or "—", "paper": row.publisher or "—"}
    return gettext("网址里是%(said)s，报道记作%(day)s、%(paper)s") % told


# Characters of a reader's report that the list shows.
WORDS = 80

# All sorts, in the order in which they are worked off.
SORTS = {
    sort.name: sort
    for sort in (
        Sort("reported", _("读者纠错"), _("读者报告、尚未处理的。"), _reported, _why_reported, may_be_right=False),
        Sort(
            "outlier",
            _("数值悬殊"),
            _(
                "同一指标、单位和主体种类（全国、地区、品牌、政策与活动）有 12 条以上数据时，"
                "取对数后比上下四分位数还远出三倍四分位距、且与中位数相差十倍以上的。"
            ),
            _outliers,
            _why_outlier,
        ),
        Sort(
            "misplaced",
            _("地区与名称不合"),
            _("所在地是推断的，品牌名以一个地名开头，而叫这个名字的地方与它互不包含。"),
            _misplaced,
            _why_misplaced,
        ),
        Sort("misdated", _("日期不合理"), _("日期在今天之后，或早于 1990 年。"), _misdated, _why_misdated),
        Sort(
            "contradicted",
            _("网址与日期、媒体不合"),
            _("报道的网址里有日期，与刊发日期相差 31 天以上；或网址是一家报纸的，媒体却记作另一家。"),
            _contradicted,
            _why_contradicted,
        ),
        Sort("misfit", _("单位与指标不合"), _("如就业人数以元计、产值以人计。"), _misfits, _why_misfit),
        Sort(
            "missed",
            _("遗漏可能"),
            _("判定为与劳务品牌无关、用词却有些像的报道：相关度 20% 以上，不到 50%。"),
            _missed,
            _why_missed,
        ),
        Sort("unfounded", _("没有依据"), _("没有一篇报道证实，且没有否决的。"), _unfounded, _why_unfounded),
    )
}
