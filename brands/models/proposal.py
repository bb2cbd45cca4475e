"""Values that a machine run or an editor proposes beside what stands."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models.audit import MAX_NOTE
from brands.models.review import choice_check, confidence_check, exactly_one
from brands.models.source import Article
from brands.vocabulary.choices import ProposalState

FACTS = ("brand", "program", "statistic")
MAX_VALUE_KEY = 200
MAX_FIELD = 30


class Proposal(models.Model):
    """Another value for one field of one fact, with the sentence that says it where a machine run read one.

    `value` is what the column would hold, `value_key` the same as short text: a value is proposed once a fact and
    field, so that one that was declined does not come back. `[start, end)` and its context are code points into the
    article's page, as :class:`brands.models.Evidence` has them; None for what a person proposes without a source.
    """

    brand = models.ForeignKey(
        "brands.Brand", models.CASCADE, null=True, blank=True, related_name="proposals", verbose_name=_("劳务品牌")
    )
    program = models.ForeignKey(
        "brands.Program", models.CASCADE, null=True, blank=True, related_name="proposals", verbose_name=_("政策与活动")
    )
    statistic = models.ForeignKey(
        "brands.Statistic", models.CASCADE, null=True, blank=True, related_name="proposals", verbose_name=_("数据")
    )
    field = models.CharField(_("字段"), max_length=MAX_FIELD)
    value = models.JSONField(_("建议值"), null=True)
    value_key = models.CharField(max_length=MAX_VALUE_KEY, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提出人")
    )
    why = models.CharField(_("理由"), max_length=MAX_NOTE, blank=True)
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("报道")
    )
    start = models.PositiveIntegerField(_("起"), null=True, blank=True)
    end = models.PositiveIntegerField(_("止"), null=True, blank=True)
    context_start = models.PositiveIntegerField(_("句首"), null=True, blank=True)
    context_end = models.PositiveIntegerField(_("句末"), null=True, blank=True)
    rule = models.CharField(_("规则"), max_length=60, blank=True)
    version = models.CharField(_("抽取版本"), max_length=40, blank=True)
    confidence = models.FloatField(_("可信度"), default=1.0)
    state = models.CharField(_("状态"), max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
    )
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("提出时间"), auto_now_add=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("建议")
        verbose_name_plural = _("建议")
        ordering = ("state", "-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=exactly_one(FACTS), name="proposal_of_one_fact"),
            choice_check("state", ProposalState.values, "proposal_state_known"),
            confidence_check("proposal_confidence_0_1"),
            *(
                models.UniqueConstraint(
                    fields=(fact, "field", "value_key"),
                    condition=models.Q(**{f"{fact}__isnull": False}),
                    name=f"proposal_{fact}_once",
                )
                for fact in FACTS
            ),
        )
        indexes = (
            # what waits
            models.Index(fields=("state", "-created_at", "-id"), name="proposal_waiting"),
        )

    def __str__(self) -> str:
        return f"{self.field} = {self.value_key}"

    @property
    def fact(self) -> models.Model | None:
        """The brand, program or statistic that it is about; the database allows no row without one."""
        return self.brand or self.program or self.statistic
