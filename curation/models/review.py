"""What the review keeps: where facts wait, who holds an article, and what was decided in which sitting."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models import Article, ChangeSet
from brands.models.review import choice_check

# How long an article belongs to a reviewer who does nothing more.
LEASE = timedelta(minutes=15)

# A reviewer who did nothing for so long begins a new sitting, and with it a new change set.
PAUSE = timedelta(minutes=30)


# Characters of what a fact is called.
MAX_LABEL = 200

# Characters of what a browser calls an answer.
MAX_ANSWER = 40


class Hardness(models.IntegerChoices):
    """Why an article comes before others: the first that is true of a fact that waits there."""

    PROPOSAL = 0, _("对现有内容有不同建议")
    LOW = 1, _("可信度低，未公开")
    DISAGREEING = 2, _("各家说法不一")
    HOMELESS = 3, _("品牌所在地不明")
    PLAIN = 4, _("其余")


# What waits, by the column that counts it.
SORTS = {
    "proposals": _("修改建议"),
    "brands": _("劳务品牌"),
    "programs": _("政策与活动"),
    "statistics": _("数据"),
}


class Verdict(models.TextChoices):
    CONFIRMED = "confirmed", _("确认")
    CHANGED = "changed", _("修改")
    REJECTED = "rejected", _("否决")
    ACCEPTED = "accepted", _("采纳")
    DECLINED = "declined", _("不采纳")


class Waiting(models.Model):
    """An article with facts that wait, and how many: so that the queue is read, not counted. Each fact is counted once,
    at the first article that bears it out. :mod:`curation.review.waiting` keeps the rows.

    `province` is that of the article, else of its facts; empty for the whole country and where nothing is known. `low`
    facts are not public yet, `sure` ones have a confidence that allows a verdict on all at once.
    """

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, related_name="waiting", verbose_name=_("报道")
    )
    hardness = models.PositiveSmallIntegerField(_("难度"), choices=Hardness.choices)
    lowest = models.FloatField(_("最低可信度"))
    province = models.CharField(_("省份"), max_length=6, blank=True)
    brands = models.PositiveIntegerField(_("劳务品牌"), default=0)
    programs = models.PositiveIntegerField(_("政策与活动"), default=0)
    statistics = models.PositiveIntegerField(_("数据"), default=0)
    proposals = models.PositiveIntegerField(_("建议"), default=0)
    low = models.PositiveIntegerField(_("可信度低"), default=0)
    sure = models.PositiveIntegerField(_("可信度高"), default=0)
    disagreeing = models.PositiveIntegerField(_("说法不一"), default=0)
    homeless = models.PositiveIntegerField(_("所在地不明"), default=0)

    objects = models.Manager()

    class Meta:
        verbose_name = _("待审报道")
        verbose_name_plural = _("待审报道")
        ordering = ("hardness", "lowest", "article")
        default_permissions = ("view",)
        indexes = (
            # the queue in its order, as a whole and of one province
            models.Index(fields=("hardness", "lowest", "article"), name="waiting_hard_first"),
            models.Index(fields=("province", "hardness", "lowest", "article"), name="waiting_of_province"),
        )

    def __str__(self) -> str:
        return f"{self.article_id}: {self.total}"

    @property
    def total(self) -> int:
        """Everything that waits here."""
        return self.brands + self.programs + self.statistics + self.proposals

    @property
    def parts(self) -> str:
        """The same by sort, in words."""
        return gettext("、").join(f"{label} {count}" for name, label in SORTS.items() if (count := getattr(self, name)))


class ArticleLock(models.Model):
    """An article that one reviewer holds: a lease, which activity renews. Nobody holds two."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="claim", verbose_name=_("报道"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="claim", verbose_name=_("审核人")
    )
    until = models.DateTimeField(_("有效期至"))

    objects = models.Manager()

    class Meta:
        db_table = "curation_claim"  # an older name of the model: the audit log stores names of tables
        verbose_name = _("占用")
        verbose_name_plural = _("占用")
        default_permissions = ("view", "delete")

    def __str__(self) -> str:
        return f"{self.user}: {self.article}"


class ReviewSession(models.Model):
    """What a reviewer decides at one go: a change set. It ends with a pause, a logout, or the next one's begin."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sittings", verbose_name=_("审核人")
    )
    change_set = models.OneToOneField(
        ChangeSet, models.PROTECT, related_name="sitting", db_column="batch_id", verbose_name=_("批次")
    )
    last_at = models.DateTimeField(_("最后操作"))
    ended = models.BooleanField(_("已结束"), default=False)

    objects = models.Manager()

    class Meta:
        db_table = (
            "curation_sitting"  # its name before it was called ReviewSession: the audit log stores names of tables
        )
        verbose_name = _("审核场次")
        verbose_name_plural = _("审核场次")
        ordering = ("-pk",)
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(fields=("user",), condition=Q(ended=False), name="sitting_one_at_a_time"),
        )

    def __str__(self) -> str:
        return f"#{self.change_set_id}"


class Decision(models.Model):
    """What was decided on one fact or proposal, with what the machine had made of it.

    Decisions of one keystroke have one `step`, and `answer` is what the browser called it, so that one which was sent
    twice counts once; the changes of the change set with numbers in ``(before, until]`` are
    what it did. `fact` is the key of a brand, program or statistic, also where a proposal for one of its fields was
    decided on.
    """

    sitting = models.ForeignKey(ReviewSession, models.CASCADE, related_name="decisions", verbose_name=_("审核场次"))
    step = models.PositiveIntegerField(_("步"))
    before = models.BigIntegerField(editable=False)
    until = models.BigIntegerField(editable=False)
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name=_("报道")
    )
    kind = models.CharField(_("种类"), max_length=10)
    fact = models.BigIntegerField(_("事实"))
    label = models.CharField(_("名称"), max_length=MAX_LABEL)
    field = models.CharField(_("字段"), max_length=30, blank=True)
    metric = models.CharField(_("指标"), max_length=20, blank=True)
    rule = models.CharField(_("规则"), max_length=60, blank=True)
    confidence = models.FloatField(_("可信度"), default=1.0)
    verdict = models.CharField(_("结论"), max_length=10, choices=Verdict.choices)
    undone = models.BooleanField(_("已撤销"), default=False)
    answer = models.CharField(max_length=MAX_ANSWER, blank=True, editable=False)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("审核结论")
        verbose_name_plural = _("审核结论")
        ordering = ("-pk",)
        default_permissions = ("view",)
        constraints = (choice_check("verdict", Verdict.values, "decision_verdict_known"),)
        indexes = (
            # the last step of a sitting
            models.Index(fields=("sitting", "step"), name="decision_step"),
            # how often a rule is right, over time
            models.Index(fields=("rule", "at"), name="decision_of_rule"),
            # whether an answer has come before
            models.Index(fields=("answer",), condition=~Q(answer=""), name="decision_of_answer"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.fact}: {self.verdict}"

    @classmethod
    def made_together(cls) -> Exists:
        """Whether it was one of several that one keystroke made, to annotate decisions with."""
        same = cls.objects.filter(sitting=OuterRef("sitting"), step=OuterRef("step"))
        return Exists(same.exclude(pk=OuterRef("pk")))


class Dismissal(models.Model):
    """A doubtful thing that somebody has looked at and found to be right: the rule `sort` is silent about it."""

    sort = models.CharField(_("种类"), max_length=20)
    kind = models.CharField(max_length=10)
    row = models.BigIntegerField()
    label = models.CharField(_("内容"), max_length=MAX_LABEL)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("判断人"))
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("存疑放过")
        verbose_name_plural = _("存疑放过")
        ordering = ("-pk",)
        default_permissions = ("view",)
        constraints = (models.UniqueConstraint(fields=("sort", "kind", "row"), name="dismissal_once"),)

    def __str__(self) -> str:
        return self.label
