"""Policies, conferences, contests, campaigns, projects and co-operation that concern labour brands."""

from typing import Self

from django.apps import apps
from django.db import connections, models
from django.db.models import Q
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from brands.models.derived import Keyed
from brands.models.review import Reviewed, borne_out, choice_check, confidence_check, dated, public, within
from brands.vocabulary.choices import DatePrecision, ProgramKind, ReviewState
from brands.vocabulary.names import name_key
from brands.vocabulary.titles import EDITIONS, YEARS, names_its_reach, title_parts

# Longest name of a program in code points; official papers stay under 100.
MAX_TITLE = 200
# Longest list of other names.
MAX_OTHER_NAMES = 300
# What stands between other names of a program.
BETWEEN_NAMES = "、"


def _within(field: str, bounds: range) -> Q:
    """The condition that a number is unknown or lies in the range."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": bounds.start, f"{field}__lt": bounds.stop})


class ProgramQuerySet(models.QuerySet["Program"]):
    def published(self) -> Self:
        return self.filter(public(), borne_out("program"))

    def in_series_of(self, program: "Program") -> Self:
        """The editions of the program's series, itself among them, the newest first."""
        return self.filter(series_key=program.series_key, series_home=program.series_home).order_by(*NEWEST_EDITION)

    def in_region(self, adcode: str) -> Self:
        return self.filter(within("place_id", adcode))

    def concerning(self, adcode: str) -> Self:
        """Programs held or issued in the division, or that name it or one in it."""
        named = apps.get_model("brands", "Program")._default_manager.filter(within("regions__adcode", adcode))
        return self.filter(within("place_id", adcode) | Q(pk__in=named.values("pk")))


# Editions of a series, the newest first: the year of the name or of the day, then the edition.
NEWEST_EDITION = (
    Coalesce("year", ExtractYear("held_on")).desc(nulls_last=True),
    models.F("edition").desc(nulls_last=True),
    "pk",
)


class Program(Keyed, Reviewed):
    """A program by its proper name. Provinces issue papers of the same name, so the place is part of its identity.

    第一届 and 第二届 are rows of their own, an edition each; they share `series_key`, the name without edition and
    year, and `series_home`, the division whose series it is, empty where the name itself says so (全国…, 河西县…) or
    nobody knows. `other_names` are those that papers use besides, such as a short form, BETWEEN_NAMES between them.
    """

    keys = ("name_key", "series_key", "series_home")

    name = models.CharField(_("名称"), max_length=MAX_TITLE)
    name_key = models.CharField(_("名称键"), max_length=MAX_TITLE, editable=False)
    series_key = models.CharField(_("系列键"), max_length=MAX_TITLE, editable=False, default="")
    series_home = models.CharField(_("系列所在地"), max_length=6, editable=False, blank=True, default="")
    other_names = models.CharField(_("又称"), max_length=MAX_OTHER_NAMES, blank=True)
    edition = models.PositiveSmallIntegerField(_("届次"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"), null=True, blank=True)
    kind = models.CharField(_("类别"), max_length=12, choices=ProgramKind.choices)
    issuer = models.CharField(_("发布或主办单位"), max_length=200, blank=True)
    held_on = models.DateField(_("日期"), null=True, blank=True)
    held_precision = models.CharField(_("日期精度"), max_length=5, choices=DatePrecision.choices, blank=True)
    place = models.ForeignKey(
        "brands.Region", models.PROTECT, null=True, blank=True, related_name="programs_held", verbose_name=_("地点")
    )
    brands = models.ManyToManyField("brands.Brand", blank=True, related_name="programs", verbose_name=_("涉及品牌"))
    regions = models.ManyToManyField("brands.Region", blank=True, related_name="programs", verbose_name=_("涉及地区"))

    objects = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("政策与活动")
        verbose_name_plural = _("政策与活动")
        ordering = ("kind", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("name_key", "place"),
                name="program_once_a_place",
                violation_error_message=_("该地点已有同名政策或活动。"),
            ),
            models.UniqueConstraint(
                fields=("name_key",),
                condition=models.Q(place__isnull=True),
                name="program_once_without_place",
                violation_error_message=_("已有未填地点的同名政策或活动。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(name_key=""),
                name="program_has_a_name",
                violation_error_message=_("名称不能只有标点。"),
            ),
            choice_check("review", ReviewState.values, "program_review_known"),
            choice_check("kind", ProgramKind.values, "program_kind_known"),
            models.CheckConstraint(
                condition=dated("held_on", "held_precision"),
                name="program_date_with_precision",
                violation_error_message=_("日期与日期精度须同时填写或同时留空。"),
            ),
            confidence_check("program_confidence_0_1"),
            models.CheckConstraint(
                condition=_within("edition", EDITIONS),
                name="program_edition_possible",
                violation_error_message=_("届次须在 1 到 299 之间。"),
            ),
            models.CheckConstraint(
                condition=_within("year", YEARS),
                name="program_year_possible",
                violation_error_message=_("年度须在 1949 到 2100 之间。"),
            ),
        )
        indexes = (
            # the editions of a series, on the page of each of them and when a page is loaded
            models.Index(fields=("series_key", "series_home"), name="program_series"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("brands:program", args=[self.pk])

    def prepare(self) -> Self:
        self.name_key = name_key(self.name)[:MAX_TITLE]
        self.series_key = title_parts(self.name).series[:MAX_TITLE]
        self.series_home = self._home()
        return self

    def _home(self) -> str:
        """Meetings move about within a province; a policy is that of the very division that issued it."""
        if not self.place_id or names_its_reach(self.series_key):
            return ""
        return self.place_id if self.kind == ProgramKind.POLICY else f"{self.place_id[:2]}0000"

    @property
    def series(self) -> tuple[str, str]:
        """What the editions of its series have in common."""
        return self.series_key, self.series_home

    @property
    def names(self) -> list[str]:
        """Its other names, one by one."""
        return [name for name in self.other_names.split(BETWEEN_NAMES) if name]


def fill_after_migrate(*, using: str, **_signal: object) -> None:
    """Give rows that an older version wrote what follows from their names: the series and, where no person set them,
    edition and year. Called after every `migrate`, when the audit log takes it down; the columns aren't there yet
    where the catalogue was migrated to an older state."""
    table = Program._meta.db_table
    with connections[using].cursor() as cursor:
        if table not in connections[using].introspection.table_names(cursor):
            return
        columns = {column.name for column in connections[using].introspection.get_table_description(cursor, table)}
    if "series_key" in columns:
        rows = [_filled(row) for row in Program.objects.using(using).filter(series_key="")]
        Program.objects.using(using).bulk_update(rows, (*Program.keys, "edition", "year"), batch_size=500)


def _filled(row: Program) -> Program:
    row.prepare()
    parts = title_parts(row.name)
    for field in {"edition", "year"} - set(row.hand_set):
        setattr(row, field, getattr(row, field) or getattr(parts, field))
    return row
