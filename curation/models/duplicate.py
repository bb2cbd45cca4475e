"""Pairs of records that may be the same, and what people said of them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models.audit import MAX_NOTE
from brands.models.review import choice_check


class RecordKind(models.TextChoices):
    """What may have doubles."""

    BRAND = "brand", _("劳务品牌")
    PROGRAM = "program", _("政策与活动")


def _of_two(name: str) -> tuple[models.BaseConstraint, ...]:
    return (
        choice_check("kind", RecordKind.values, f"{name}_kind_known"),
        models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name=f"{name}_in_order"),
        models.UniqueConstraint(fields=("kind", "first", "second"), name=f"{name}_once"),
    )


class DuplicatePair(models.Model):
    """A pair that the last search found. `first` and `second` are numbers of brands or programs, the lower first; plain
    numbers, since records go and come back. `reasons` are what :mod:`curation.duplicates.scoring` puts in words."""

    kind = models.CharField(_("种类"), max_length=10, choices=RecordKind.choices)
    first = models.BigIntegerField()
    second = models.BigIntegerField()
    score = models.FloatField(_("把握"))
    reasons = models.JSONField(_("理由"), default=list)

    objects = models.Manager()

    class Meta:
        db_table = (
            "curation_double"  # its name before it was called DuplicatePair: the audit log stores names of tables
        )
        verbose_name = _("疑似重复")
        verbose_name_plural = _("疑似重复")
        default_permissions = ()
        ordering = ("-score", "first", "second")
        constraints = _of_two("double")
        indexes = (
            # the list, surest first
            models.Index(fields=("kind", "-score", "first", "second"), name="double_surest"),
            # the doubles of one record
            models.Index(fields=("kind", "second"), name="double_second"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.first} = {self.second}?"


class Distinct(models.Model):
    """A pair that a person said are two: no search brings it up again, nor the pair of their heirs."""

    kind = models.CharField(_("种类"), max_length=10, choices=RecordKind.choices)
    first = models.BigIntegerField()
    second = models.BigIntegerField()
    why = models.CharField(_("理由"), max_length=MAX_NOTE, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("判定人"))
    created_at = models.DateTimeField(_("判定时间"), auto_now_add=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("不是重复")
        verbose_name_plural = _("不是重复")
        default_permissions = ()
        ordering = ("-created_at", "-pk")
        constraints = _of_two("distinct")

    def __str__(self) -> str:
        return f"{self.kind} {self.first} ≠ {self.second}"


class DuplicateSearch(models.Model):
    """When doubles of a kind were last looked for, among how many records, and how many pairs there were."""

    kind = models.CharField(_("种类"), max_length=10, choices=RecordKind.choices, primary_key=True)
    done_at = models.DateTimeField(_("查找时间"))
    records = models.PositiveIntegerField(_("记录数"))
    pairs = models.PositiveIntegerField(_("疑似重复"))

    objects = models.Manager()

    class Meta:
        db_table = "curation_doublesearch"  # an older name of the model: the audit log stores names of tables
        verbose_name = _("查重记录")
        verbose_name_plural = _("查重记录")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.done_at}"
