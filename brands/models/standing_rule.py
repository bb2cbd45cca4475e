"""What staff told the extraction once and for all; they keep the table in the admin."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models.audit import MAX_NOTE, ChangeSet
from brands.models.review import choice_check
from brands.vocabulary.choices import RuleKind, RuleState
from brands.vocabulary.names import MAX_NAME

# Characters of what a word means: a name, the code of a metric or a division, a paper.
MAX_MEANS = 100

# Characters of the sentence in which the mistake stood.
MAX_SENTENCE = 300

# Kinds whose words mean nothing else, and those whose words are read on the pages of one paper.
WITHOUT_MEANING = (RuleKind.NEVER,)
OF_A_PAPER = (RuleKind.PLACE,)


class StandingRule(models.Model):
    """A rule; :mod:`ingest.standing_rules` says what `words`, `means` and `paper` are by its `kind`.

    It counts while its state says so, which is set where staff have seen what it changes. What it says is never changed
    then: another rule takes its place. `change_set` is the correction that it came from, `sentence` the words in
    which the mistake stood, `why` what its author says of it.
    """

    kind = models.CharField(_("种类"), max_length=10, choices=RuleKind.choices)
    words = models.CharField(_("字样"), max_length=MAX_NAME)
    means = models.CharField(_("意思"), max_length=MAX_MEANS, blank=True)
    paper = models.CharField(_("报刊"), max_length=MAX_MEANS, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=RuleState.choices, default=RuleState.PROPOSED, editable=False
    )
    why = models.CharField(_("理由"), max_length=MAX_NOTE, blank=True)
    sentence = models.CharField(_("原话"), max_length=MAX_SENTENCE, blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="standing_rules",
        editable=False,
        verbose_name=_("提出人"),
    )
    change_set = models.ForeignKey(
        ChangeSet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="standing_rules",
        editable=False,
        verbose_name=_("来自批次"),
    )
    created_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("核对人"),
    )
    decided_at = models.DateTimeField(_("核对时间"), null=True, blank=True, editable=False)

    objects = models.Manager()

    class Meta:
        verbose_name = _("更正规则")
        verbose_name_plural = _("更正规则")
        ordering = ("-pk",)
        constraints = (
            choice_check("kind", RuleKind.values, "standing_rule_kind_known"),
            choice_check("state", RuleState.values, "standing_rule_state_known"),
            models.CheckConstraint(condition=~models.Q(words=""), name="standing_rule_has_words"),
            models.CheckConstraint(
                condition=models.Q(kind__in=WITHOUT_MEANING) | ~models.Q(means=""), name="standing_rule_has_meaning"
            ),
        )
        indexes = (
            # the rules that count, whenever a page is loaded
            models.Index(
                fields=("state",), name="standing_rule_in_force", condition=models.Q(state=RuleState.IN_FORCE)
            ),
        )

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return reverse("curation:rule", args=[self.pk])

    @property
    def counts(self) -> bool:
        return self.state == RuleState.IN_FORCE

    @property
    def turned(self) -> RuleState:
        """Its state once somebody has seen what that changes: it counts, or where it does, it no longer does."""
        return RuleState.WITHDRAWN if self.counts else RuleState.IN_FORCE

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.kind in WITHOUT_MEANING:
            self.means = ""
        elif not self.means:
            errors["means"] = gettext("请填写它的意思。")
        if self.kind not in OF_A_PAPER:
            self.paper = ""
        if errors:
            raise ValidationError(errors)
