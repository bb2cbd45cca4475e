"""Policies, conferences, contests, campaigns, projects and co-operation that concern labour brands."""

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from brands.models.derived import Keyed
from brands.models.review import Reviewed, borne_out, choice_check, confidence_check, dated, public, within
from brands.vocabulary.choices import DatePrecision, ProgramKind, ReviewState
from brands.vocabulary.names import name_key

# Longest name of a program in code points; official papers stay under 100.
MAX_TITLE = 200


class ProgramQuerySet(models.QuerySet["Program"]):
    def published(self) -> Self:
        return self.filter(public(), borne_out("program"))

    def in_region(self, adcode: str) -> Self:
        return self.filter(within("place_id", adcode))

    def concerning(self, adcode: str) -> Self:
        """Programs held or issued in the division, or that name it or one in it."""
        named = apps.get_model("brands", "Program")._default_manager.filter(within("regions__adcode", adcode))
        return self.filter(within("place_id", adcode) | Q(pk__in=named.values("pk")))


class Program(Keyed, Reviewed):
    """A program by its proper name. Provinces issue papers of the same name, so the place is part of its identity."""

    keys = ("name_key",)

    name = models.CharField(_("名称"), max_length=MAX_TITLE)
    name_key = models.CharField(_("名称键"), max_length=MAX_TITLE, editable=False)
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
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("brands:program", args=[self.pk])

    def prepare(self) -> Self:
        self.name_key = name_key(self.name)[:MAX_TITLE]
        return self
