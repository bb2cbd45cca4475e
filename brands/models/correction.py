"""What readers say is wrong."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models.review import choice_check

# Characters of what is wrong and of what would be right.
MAX_WORDS = 1000

MAX_SEEN_AT = 500
MAX_CONTACT = 200
MAX_ABOUT = 60
# The longest name of a program, what it is asked about, and room for a translation.
MAX_LABEL = 400


class ReportOutcome(models.TextChoices):
    """What came of a report."""

    ADOPTED = "adopted", _("采纳")
    PROPOSED = "proposed", _("已提为建议")
    DECLINED = "declined", _("不采纳")


class Correction(models.Model):
    """A reader's report on one value. `about` names the value as addresses do (see :mod:`brands.corrections`), `label`
    and `shown` say what it was called and what stood there when the report came.

    `sender` is a hash that lets reports of one day and one address be counted; it is emptied the day after.
    """

    about = models.CharField(_("对象"), max_length=MAX_ABOUT, blank=True, editable=False)
    label = models.CharField(_("关于"), max_length=MAX_LABEL, editable=False)
    shown = models.CharField(_("当时显示"), max_length=MAX_LABEL, blank=True, editable=False)
    wrong = models.TextField(_("哪里不对"), max_length=MAX_WORDS)
    right = models.TextField(_("应该是什么"), max_length=MAX_WORDS, blank=True)
    seen_at = models.CharField(_("依据（网址或报纸）"), max_length=MAX_SEEN_AT, blank=True)
    contact = models.CharField(_("联系方式"), max_length=MAX_CONTACT, blank=True)
    sender = models.CharField(max_length=32, blank=True, editable=False)
    done = models.BooleanField(_("已处理"), default=False)
    outcome = models.CharField(_("处理结果"), max_length=10, choices=ReportOutcome.choices, blank=True, editable=False)
    note = models.TextField(_("处理说明"), blank=True)
    created_at = models.DateTimeField(_("收到时间"), auto_now_add=True)

    class Meta:
        verbose_name = pgettext_lazy("record", "纠错")
        verbose_name_plural = pgettext_lazy("record", "纠错")
        ordering = ("done", "-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~models.Q(wrong=""), name="correction_says_something"),
            choice_check("outcome", ["", *ReportOutcome.values], "correction_outcome_known"),
        )
        indexes = (
            # what waits, the newest first
            models.Index(fields=("done", "-created_at", "-id"), name="correction_open"),
            # what is said of one value
            models.Index(fields=("about", "done"), name="correction_about"),
            # how many came today, and from one address
            models.Index(fields=("created_at", "sender"), name="correction_of_a_day"),
        )

    def __str__(self) -> str:
        return self.label
