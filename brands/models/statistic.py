"""Numbers, each with its subject, what it measures, its unit, hedge and date."""

from collections.abc import Mapping, Set
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from brands.models.bounds import check_past
from brands.models.derived import Keyed
from brands.models.review import Reviewed, borne_out, choice_check, confidence_check, dated, exactly_one, public
from brands.models.source import Evidence, reports
from brands.vocabulary.choices import DateBasis, DatePrecision, Metric, Per, Qualifier, ReviewState, Scope
from brands.vocabulary.dates import to_iso

SUBJECTS = ("brand", "program", "region")
# What two numbers of one subject and metric have in common that can contradict each other.
ALIKE = ("as_of", "as_of_precision", "unit", "scope", "per", "part_of")
# What two numbers of one subject have in common that may be the same fact in other words.
MEASURE = ("metric", "value", "value_max", "unit", "scope", "per", "part_of")
# Smaller numbers than this are often alike by chance: 3 fairs of two years.
LARGE = 20
MAX_UNIT = 20
MAX_STATED = 200
# The words that say which part a number counts, or in which period.
MAX_PART = 60
# Values are kept to four decimal places.
SMALLEST = Decimal("0.0001")
# Values are below this.
LARGEST = Decimal(10) ** 20


def fact_key(row: "Statistic") -> str:
    """What makes two statistics of one subject the same fact: metric, value, unit, hedge and what is measured, and the
    date where the text states it. Two papers of different days that give the same undated number say the same."""
    upper = "" if row.value_max is None else f"~{row.value_max.normalize():f}"
    dated = "" if row.as_of_basis == DateBasis.PUBLISHED else to_iso(row.as_of, row.as_of_precision)
    key = f"{row.metric}:{row.qualifier}:{row.value.normalize():f}{upper}:{row.unit}:{dated}"
    if row.scope == Scope.TOTAL and not (row.per or row.part_of):
        return key
    return f"{key}:{row.scope}:{row.per}:{row.part_of}"


def measure_of(row: "Statistic") -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in MEASURE)


def is_dated(row: "Statistic") -> bool:
    """Whether the text dates the number, and not only its paper."""
    return row.as_of is not None and row.as_of_basis != DateBasis.PUBLISHED


def same_fact(one: "Statistic", other: "Statistic") -> bool:
    """Whether two numbers of one subject are one fact, told by papers in other words: the same value of the same
    measure, hedged in the same way or by one alone (近6000万, 6000万); and of dates of which one holds the other, or
    only one is stated, and that of the other paper is not before it. Small numbers must be alike in all."""
    if one.fact_key == other.fact_key:
        return True
    hedges = {one.qualifier, other.qualifier} - {Qualifier.EXACT.value}
    alike = measure_of(one) == measure_of(other) and one.value >= LARGE and len(hedges) < 2
    return alike and _dates_agree(one, other)


def _dates_agree(one: "Statistic", other: "Statistic") -> bool:
    if is_dated(one) and is_dated(other):
        dates = sorted((to_iso(row.as_of, row.as_of_precision) for row in (one, other)), key=len)
        return dates[1].startswith(dates[0])
    if not (is_dated(one) or is_dated(other)):
        return True
    dated, printed = (one, other) if is_dated(one) else (other, one)
    return dated.as_of is None or printed.as_of is None or printed.as_of >= dated.as_of


def contradicts(one: "Statistic", other: "Statistic", stories: Mapping[int, Set[int]]) -> bool:
    """Whether two numbers of one subject can't both be right: values of one measure at one date, which the text of both
    states, differ, and no story gives both. One paper's own numbers are a whole and its parts, or count different
    things; a date that is only a paper's is no date of the number. `stories` are those that give each, by its key."""
    whose = ("metric", *(f"{subject}_id" for subject in SUBJECTS), *ALIKE)
    differ = _ends(one) != _ends(other) and all(getattr(one, name) == getattr(other, name) for name in whose)
    return differ and is_dated(one) and is_dated(other) and stories[one.pk].isdisjoint(stories[other.pk])


def contradicted() -> Exists:
    """Whether another statistic that nobody rejected :func:`contradicts` the row of the statement that asks."""
    told = Evidence.objects.of_facts().annotate(story=Coalesce("article__reprint_of", "article"))
    own = told.filter(statistic=OuterRef(OuterRef(OuterRef("pk")))).values("story")
    both = Exists(told.filter(statistic=OuterRef("pk"), story__in=own))
    same_ends = Q(value=OuterRef("value"), upper=Coalesce(OuterRef("value_max"), OuterRef("value")))
    others: QuerySet[Statistic] = (
        Statistic.objects.filter(**{name: OuterRef(name) for name in ("metric", *ALIKE)})
        .annotate(upper=Coalesce("value_max", "value"))
        .exclude(Q(review=ReviewState.REJECTED) | Q(as_of_basis=DateBasis.PUBLISHED))
        .exclude(Q(Exact(OuterRef("as_of_basis"), Value(DateBasis.PUBLISHED.value))) | same_ends | Q(both))
    )
    found = [Exists(others.filter(**{subject: OuterRef(subject)})) for subject in SUBJECTS]
    return found[0] | found[1] | found[2]  # type: ignore[return-value]


def _ends(row: "Statistic") -> tuple[Decimal, Decimal]:
    return row.value, row.value if row.value_max is None else row.value_max


class StatisticQuerySet(models.QuerySet["Statistic"]):
    def published(self) -> Self:
        """Statistics that a reader may see, of subjects that a reader may see."""
        return self.filter(
            public(),
            borne_out("statistic"),
            Q(brand__isnull=True) | public("brand__") & Q(borne_out("brand", "brand_id")),
            Q(program__isnull=True) | public("program__") & Q(borne_out("program", "program_id")),
        )

    def of_region(self, adcode: str) -> Self:
        """What is reported of the division itself, not of those in it; in no order, which would lead a database away
        from the index of the division."""
        return self.filter(region_id=adcode).order_by()

    def wholes(self) -> Self:
        """Those that count the whole there is: no additions, exhibits, parts, rates or rises. Only these may be added,
        compared, drawn or mapped together."""
        return self.filter(scope=Scope.TOTAL, per="", part_of="")

    def by_date(self) -> Self:
        """Oldest first, undated last."""
        return self.order_by(F("as_of").asc(nulls_last=True), "pk")

    def with_article_counts(self) -> Self:
        """Annotated with the number of articles that give the number."""
        return self.annotate(article_count=reports("evidence__article"))


class Statistic(Keyed, Reviewed):
    """A number that papers report of exactly one brand, program or region.

    `value` is in the plain `unit` (近1000亿元 is 100000000000 元), `value_max` the upper end of a range, `stated` the
    words of the paper. The same number from two papers is one row with two pieces of evidence.

    `scope` says what it measures. `part_of` are the words that say which part (女性), or to what a whole is limited
    (省级, 在京津); `whole` is the row that a part is a part of, where the paper gives that. `per` is for one of what,
    or in which span of time, a rate holds. `as_of` is the date at which it holds, or the end of a `period` (今年以来);
    by `as_of_basis` the text says so, or only the day of the paper does.
    """

    keys = ("fact_key",)

    brand = models.ForeignKey(
        "brands.Brand", models.CASCADE, null=True, blank=True, related_name="statistics", verbose_name=_("劳务品牌")
    )
    program = models.ForeignKey(
        "brands.Program", models.CASCADE, null=True, blank=True, related_name="statistics", verbose_name=_("政策与活动")
    )
    region = models.ForeignKey(
        "brands.Region", models.PROTECT, null=True, blank=True, related_name="statistics", verbose_name=_("地区")
    )
    metric = models.CharField(_("指标"), max_length=20, choices=Metric.choices)
    value = models.DecimalField(_("数值"), max_digits=24, decimal_places=4)
    value_max = models.DecimalField(_("上限"), max_digits=24, decimal_places=4, null=True, blank=True)
    qualifier = models.CharField(_("限定"), max_length=8, choices=Qualifier.choices, default=Qualifier.EXACT)
    unit = models.CharField(_("单位"), max_length=MAX_UNIT)
    scope = models.CharField(_("口径"), max_length=5, choices=Scope.choices, default=Scope.TOTAL)
    part_of = models.CharField(_("部分"), max_length=MAX_PART, blank=True)
    whole = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("所属总数")
    )
    per = models.CharField(_("单位口径"), max_length=9, choices=Per.choices, blank=True)
    period = models.CharField(_("期间"), max_length=MAX_PART, blank=True)
    as_of = models.DateField(_("截至"), null=True, blank=True, validators=[check_past])
    as_of_basis = models.CharField(_("日期依据"), max_length=9, choices=DateBasis.choices, blank=True)
    as_of_precision = models.CharField(_("日期精度"), max_length=5, choices=DatePrecision.choices, blank=True)
    stated = models.CharField(_("原文表述"), max_length=MAX_STATED, blank=True)
    fact_key = models.CharField(_("事实键"), max_length=240, editable=False)

    objects = StatisticQuerySet.as_manager()

    class Meta:
        verbose_name = _("数据")
        verbose_name_plural = _("数据")
        ordering = ("metric", "as_of", "pk")
        constraints = (
            models.CheckConstraint(
                condition=exactly_one(SUBJECTS),
                name="statistic_has_one_subject",
                violation_error_message=_("须且只能填写一个主体：劳务品牌、政策与活动或地区。"),
            ),
            *(
                models.UniqueConstraint(
                    fields=(subject, "fact_key"),
                    condition=models.Q(**{f"{subject}__isnull": False}),
                    name=f"statistic_{subject}_once",
                    violation_error_message=_("该主体已有同一数据。"),
                )
                for subject in SUBJECTS
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=0) | models.Q(metric=Metric.GROWTH),
                name="statistic_not_negative",
                violation_error_message=_("数值不能为负。"),
            ),
            models.CheckConstraint(
                condition=models.Q(value_max__isnull=True) | models.Q(value_max__gte=models.F("value")),
                name="statistic_range_upwards",
                violation_error_message=_("上限不能小于数值。"),
            ),
            models.CheckConstraint(
                condition=dated("as_of", "as_of_precision"),
                name="statistic_date_with_precision",
                violation_error_message=_("截至日期与日期精度须同时填写或同时留空。"),
            ),
            models.CheckConstraint(
                condition=models.Q(as_of_basis="") | models.Q(as_of__isnull=False),
                name="statistic_basis_of_a_date",
                violation_error_message=_("没有日期就没有日期依据。"),
            ),
            models.CheckConstraint(
                condition=models.Q(scope=Scope.PART) | models.Q(whole__isnull=True),
                name="statistic_parts_of_a_whole",
                violation_error_message=_("只有口径为“分项”的数据才有所属总数。"),
            ),
            models.CheckConstraint(
                condition=models.Q(whole__isnull=True) | ~models.Q(whole=models.F("pk")),
                name="statistic_no_part_of_itself",
                violation_error_message=_("数据不能是自身的一部分。"),
            ),
            choice_check("scope", Scope.values, "statistic_scope_known"),
            choice_check("per", ["", *Per.values], "statistic_per_known"),
            choice_check("as_of_basis", ["", *DateBasis.values], "statistic_basis_known"),
            choice_check("metric", Metric.values, "statistic_metric_known"),
            choice_check("qualifier", Qualifier.values, "statistic_qualifier_known"),
            choice_check("review", ReviewState.values, "statistic_review_known"),
            confidence_check("statistic_confidence_0_1"),
        )
        indexes = (
            # a series: one subject's values of one metric over time
            models.Index(fields=("region", "metric", "as_of"), name="statistic_region_series"),
            models.Index(fields=("brand", "metric", "as_of"), name="statistic_brand_series"),
            models.Index(fields=("metric", "as_of"), name="statistic_metric"),
            # the list of numbers in its default order
            models.Index(fields=("-as_of", "metric", "id"), name="statistic_newest"),
        )

    def __str__(self) -> str:
        return self.stated or f"{self.value} {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("brands:statistic", args=[self.pk])

    @property
    def subject(self) -> models.Model | None:
        """The brand, program or region that the number speaks of; the database allows no saved row without one."""
        return self.brand or self.program or self.region

    def clean(self) -> None:
        if self.__dict__.get("value") is not None:  # a form that lacks it has said so already
            super().clean()

    def prepare(self) -> Self:
        self.value = _stored(self.value)
        self.value_max = None if self.value_max is None else _stored(self.value_max)
        self.fact_key = fact_key(self)
        return self


def _stored(value: Decimal) -> Decimal:
    """The value as the database keeps it, so that the key is the same before and after saving."""
    return value.quantize(SMALLEST)
