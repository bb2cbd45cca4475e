"""Jobs: files that somebody brings in, and what became of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, ChangeSet, Program, StandingRule, Statistic
from brands.models.review import choice_check
from ingest.load.standing_rules import in_force
from ingest.standing_rules import StandingRules
from ingest.version import extractor_version

# Who may change jobs that are not their own.
CHANGES_ALL = "brands.undo_any_batch"

MAX_NAME = 255
# Characters of what is told of a failure besides its kind.
MAX_DETAIL = 300

# Files that the note of a change set names.
NOTED = 5

# How long a job belongs to a worker that says nothing. It is renewed every few seconds, so that the job of one that
# died is taken up by another within a minute.
LEASE = timedelta(seconds=30)

# How often a job is taken up before it counts as failed.
MAX_ATTEMPTS = 3


class JobStep(models.TextChoices):
    """What is done with the files: first they are read to show what is in them, then they are brought in."""

    CHECK = "check", _("预览")
    LOAD = "load", _("入库")


class JobState(models.TextChoices):
    DRAFT = "draft", _("未提交")
    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


class FileState(models.TextChoices):
    WAITING = "waiting", _("待处理")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未通过")


class Failure(models.TextChoices):
    """Why a file is not brought in."""

    EMPTY = "empty", _("文件是空的")
    TOO_LARGE = "too_large", _("文件太大")
    BINARY = "binary", _("不是文本文件")
    UNDECODABLE = "undecodable", _("文字编码无法识别，请存为 UTF-8 后再传")
    MOJIBAKE = "mojibake", _("文字是乱码：编码读错后又存了一次，请从原文重新复制")
    RTF = "rtf", _("RTF 文件，请另存为纯文本后再传")
    MAIL = "mail", _("邮件原文，正文经过编码，请把正文存为纯文本后再传")
    UTF_7 = "utf_7", _("编码是 UTF-7，请存为 UTF-8 后再传")
    TIME = "time", _("抽取超时，已中止")
    MEMORY = "memory", _("抽取占用内存过多，已中止")
    DIED = "died", _("抽取时进程意外退出")
    EXTRACTION = "extraction", _("抽取出错")
    DATABASE = "database", _("写入数据库时出错")
    GONE = "gone", _("版面已不在库中")


class FileOutcome(models.TextChoices):
    """What a file does to the catalogue."""

    NEW = "new", _("新版面")
    CHANGED = "changed", _("有变动")
    UNCHANGED = "unchanged", _("无变动")


@dataclass(frozen=True, slots=True)
class Progress:
    """Files of a job: all, those that went well, and those that didn't."""

    total: int
    well: int
    failed: int

    @property
    def done(self) -> int:
        return self.well + self.failed


class Job(models.Model):
    """Files that are brought in together, as one change set; or, where `extractor` names the version that is to do it,
    pages of the catalogue that are read again, which then are its files. Where it has `standing_rules`, that is to show
    what changes once those count, or no longer do; they do from when it is applied.

    A running job is a lease: it belongs to `owner` until `lease_until`, and whoever writes for it makes sure of that in
    the same transaction (:mod:`curation.jobs.lease`). A waiting one has a task in the queue; where that got lost, it is
    given another after `lease_until`.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("提交人"))
    step = models.CharField(_("步骤"), max_length=10, choices=JobStep.choices, default=JobStep.CHECK)
    state = models.CharField(_("状态"), max_length=10, choices=JobState.choices, default=JobState.DRAFT)
    owner = models.CharField(max_length=64, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    doing = models.CharField(_("正在处理"), max_length=MAX_NAME, blank=True)
    failure = models.CharField(_("失败原因"), max_length=MAX_DETAIL, blank=True)
    extractor = models.CharField(_("重新抽取所用版本"), max_length=40, blank=True, editable=False)
    standing_rules = models.ManyToManyField(StandingRule, blank=True, related_name="jobs", verbose_name=_("更正规则"))
    change_set = models.ForeignKey(
        ChangeSet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
        db_column="batch_id",
        verbose_name=_("批次"),
    )
    created_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("入库任务")
        verbose_name_plural = _("入库任务")
        ordering = ("-pk",)
        default_permissions = ()  # `brands.ingest_pages` is the one that counts
        constraints = (
            choice_check("step", JobStep.values, "job_step_known"),
            choice_check("state", JobState.values, "job_state_known"),
        )
        indexes = (
            # jobs whose worker or task was lost
            models.Index(fields=("state", "lease_until"), name="job_lease"),
        )

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("curation:job", args=[self.pk])

    @property
    def note(self) -> str:
        """What it brings, in the words of its change set: the names of the first files."""
        if self.extractor:
            told = gettext("、").join(str(rule) for rule in self.rules[:NOTED])
            return gettext("更正规则：%s") % told if told else gettext("重新抽取")
        names = list(self.files.values_list("name", flat=True)[: NOTED + 1])
        return "、".join(names[:NOTED]) + (" …" if len(names) > NOTED else "")

    @cached_property
    def progress(self) -> "Progress":
        """How many of the files are in each state, asked once."""
        counts = Counter(self.files.values_list("state", flat=True).order_by())
        return Progress(counts.total(), counts[FileState.DONE], counts[FileState.FAILED])

    @property
    def is_under_way(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def is_open(self) -> bool:
        """Whether files may be added and taken out: nothing of it has been brought in or is being read."""
        return self.step == JobStep.CHECK and not self.is_under_way and not self.extractor

    def may_be_changed_by(self, user: User | AnonymousUser) -> bool:
        """Whether this person may do anything with it besides looking: its author, or an administrator. What reads
        pages again is everybody's who may have them read."""
        return bool(self.extractor) or self.author_id == user.pk or user.has_perm(CHANGES_ALL)

    @property
    def step_label(self) -> str:
        """What is done with the files, in words."""
        if self.extractor:
            return gettext("应用") if self.step == JobStep.LOAD else gettext("比较")
        return self.get_step_display()

    @cached_property
    def rules(self) -> list[StandingRule]:
        """The rules that it is about, asked once."""
        return list(self.standing_rules.order_by("pk")) if self.extractor else []

    @property
    def reads_by(self) -> StandingRules:
        """The rules by which its pages are read: those that count, and while it compares as if its own did."""
        return in_force(but=self.rules if self.step == JobStep.CHECK else ())

    @property
    def is_outdated(self) -> bool:
        """Whether it compares what another version of the extractor found than the one that runs here, or by other
        rules."""
        return bool(self.extractor) and self.extractor != self.reads_by.stamp(extractor_version())

    @property
    def is_checked(self) -> bool:
        """Whether there is a preview, and the files wait for somebody's word."""
        return self.step == JobStep.CHECK and self.state == JobState.DONE


class JobFile(models.Model):
    """One file of a job. `data` are its bytes as they came, emptied once the page is in the catalogue; a page that is
    read again has none from the start, and its `size` is 0.

    `preview` is what :mod:`curation.jobs.preview` wrote down of the facts that it would bring; `counts` says how many
    rows of a model it adds (+), changes (~) and removes (-). The page is found by `sha256`, not by a key: it may be
    taken back, and the job stays.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="files", verbose_name=_("入库任务"))
    order = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("文件名"), max_length=MAX_NAME)
    data = models.BinaryField(editable=True)
    size = models.PositiveIntegerField(_("字节数"))
    encoding = models.CharField(_("编码"), max_length=20, blank=True)
    sha256 = models.CharField(_("校验和"), max_length=64)
    state = models.CharField(_("状态"), max_length=10, choices=FileState.choices, default=FileState.WAITING)
    outcome = models.CharField(_("结果"), max_length=10, choices=FileOutcome.choices, blank=True)
    failure = models.CharField(_("原因"), max_length=12, choices=Failure.choices, blank=True)
    detail = models.CharField(_("详情"), max_length=MAX_DETAIL, blank=True)
    counts = models.JSONField(_("变动"), default=dict, blank=True)
    preview = models.JSONField(_("预览"), default=dict, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("入库文件")
        verbose_name_plural = _("入库文件")
        ordering = ("job", "order")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("job", "sha256"), name="job_file_once"),
            models.UniqueConstraint(fields=("job", "order"), name="job_file_order_once"),
            choice_check("state", FileState.values, "job_file_state_known"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("curation:job_file", args=[self.job_id, self.order])

    @property
    def changes(self) -> list[tuple[str, str]]:
        """What it does to the facts, by kind: ``[("劳务品牌", "新增 3，修改 1")]``."""
        models = [(model, self.counts.get(model._meta.object_name or "", {})) for model in (Brand, Program, Statistic)]
        return [(str(model._meta.verbose_name), _in_words(counts)) for model, counts in models if counts]


def _in_words(counts: dict[str, int]) -> str:
    words = {"created": gettext("新增 %(n)d"), "updated": gettext("修改 %(n)d"), "deleted": gettext("移除 %(n)d")}
    return gettext("，").join(text % {"n": counts[action]} for action, text in words.items() if counts.get(action))


class Deed(models.TextChoices):
    """What somebody did with a job."""

    CHECK = "check", _("预览")
    ADD = "add", _("增减文件")
    LOAD = "load", _("入库")
    CANCEL = "cancel", _("取消")
    RETRY = "retry", _("重试")


class JobDeed(models.Model):
    """Who did what with a job, and when."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="deeds", verbose_name=_("入库任务"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="job_deeds", verbose_name=_("操作人")
    )
    deed = models.CharField(_("操作"), max_length=10, choices=Deed.choices)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("任务操作")
        verbose_name_plural = _("任务操作")
        ordering = ("pk",)
        default_permissions = ()
        constraints = (choice_check("deed", Deed.values, "job_deed_known"),)

    def __str__(self) -> str:
        return f"{self.user} {self.get_deed_display()}"
