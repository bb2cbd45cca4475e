"""What the first page of the staff tells: what waits, what came in, how often the machine is right, what is covered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, F, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.figures.figures import dated_words
from brands.figures.provinces import reported_of
from brands.models import Article, Card, ChangeSet, Correction, Page, Region
from brands.vocabulary.choices import Metric
from curation.duplicates import store
from curation.models import ArticleLock, Decision, Job, Verdict, Waiting
from curation.models.job import JobState
from curation.review.edits import decided

RIGHT = (Verdict.CONFIRMED, Verdict.ACCEPTED)
WRONG = (Verdict.REJECTED, Verdict.DECLINED)

# Months whose verdicts are told apart.
MONTHS = 12

# Rules that are listed, those with most verdicts first.
RULES = 30

# Pages, change sets and jobs that are named.
NEWEST = 5

KINDS = {
    "proposals": _("待定的建议"),
    "brands": _("待审的品牌"),
    "programs": _("待审的政策与活动"),
    "statistics": _("待审的数据"),
}


ALL_WAITING = F("proposals") + F("brands") + F("programs") + F("statistics")


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Something that waits for people, and where it is done."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Today:
    """What somebody `decided` today, what is left (`facts` at `articles`), how many pages `came` in today, and the
    article that they have before them, if any."""

    decided: int
    articles: int
    facts: int
    came: int
    held: Article | None


@dataclass(slots=True)
class Score:
    """How people found what the machine had made, for one rule, metric or month."""

    label: str
    verdicts: Counter[str] = field(default_factory=Counter)

    def of(self, verdicts: Iterable[str]) -> int:
        return sum(self.verdicts[verdict] for verdict in verdicts)

    @property
    def confirmed(self) -> int:
        return self.of(RIGHT)

    @property
    def changed(self) -> int:
        return self.verdicts[Verdict.CHANGED]

    @property
    def rejected(self) -> int:
        return self.of(WRONG)

    @property
    def total(self) -> int:
        return self.confirmed + self.changed + self.rejected

    @property
    def share(self) -> str:
        """Of a hundred that people looked at, how many stood as they were; one digit behind the point."""
        return f"{100 * self.confirmed / self.total:.1f}%" if self.total else "—"


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The verdicts that were given one by one, and the same by rule, by metric and by month (the newest first); how
    many facts besides were confirmed `together`."""

    whole: Score
    rules: list[Score]
    metrics: list[Score]
    months: list[Score]
    together: int


@dataclass(frozen=True, slots=True)
class Covered:
    """A province: brands that readers see, how many the newest report says it has, and what waits."""

    name: str
    url: str
    held: int
    reported: str
    source: str
    left: int
    queue: str


def today(user: User | AnonymousUser) -> Today | None:
    """How the review stands for this person today; None for who may not review."""
    if not user.has_perm("brands.review_facts"):
        return None
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    own = Decision.objects.filter(sitting__user=user.pk, undone=False, at__gte=midnight).count()
    articles = Waiting.objects.aggregate(articles=Count("pk"), facts=Sum(ALL_WAITING))
    came = Page.objects.filter(ingested_at__gte=midnight).count()
    held = ArticleLock.objects.filter(user=user.pk, until__gt=timezone.now(), article__waiting__isnull=False)
    open_article = held.select_related("article").first()
    return Today(
        own, articles["articles"], articles["facts"] or 0, came, open_article.article if open_article else None
    )


def waits(user: User | AnonymousUser) -> list[OpenTask]:
    """What waits, of that which the user may do."""
    left = []
    if user.has_perm("brands.review_facts"):
        sums = Waiting.objects.order_by().aggregate(**{kind: Sum(kind) for kind in KINDS})
        queue = reverse("curation:queue")
        left += [
            OpenTask(str(words), sums[kind] or 0, f"{queue}?{urlencode({'kind': kind})}")
            for kind, words in KINDS.items()
        ]
    if user.has_perm("brands.view_correction"):
        open_reports = Correction.objects.filter(done=False).count()
        left.append(OpenTask(gettext("读者纠错"), open_reports, reverse("curation:reports")))
    if user.has_perm("brands.merge_facts"):
        doubles = sum(store.waiting(kind).count() for kind in ("brand", "program"))
        left.append(OpenTask(gettext("疑似重复"), doubles, reverse("curation:doubles")))
    return left


def came_in() -> "QuerySet[Page]":
    """The pages that came last, with how many articles on labour brands they have."""
    return Page.objects.order_by("-ingested_at", "-pk").defer("text").annotate(count=Count("articles"))[:NEWEST]


def done_last() -> "QuerySet[ChangeSet]":
    """The newest change sets."""
    return ChangeSet.objects.order_by("-pk")[:NEWEST]


def jobs() -> "QuerySet[Job]":
    """Jobs that are under way or went wrong, the newest first."""
    states = (JobState.WAITING, JobState.RUNNING, JobState.FAILED)
    return Job.objects.filter(state__in=states).select_related("author").order_by("-pk")[:NEWEST]


def accuracy() -> Accuracy:
    """How people found what the machine had read, in the queue and wherever else they corrected it. What was taken
    back, alone or with its change set, does not count, and what was confirmed together is counted apart."""
    found = decided()
    alone = [one for one in found if not (one.together and one.verdict in RIGHT)]
    metrics = dict(Metric.choices)
    by_rule = _scores((one.rule or gettext("未注明"), one.verdict) for one in alone)
    by_metric = _scores((str(metrics.get(one.metric, one.metric)), one.verdict) for one in alone if one.metric)
    by_month = _scores((f"{timezone.localtime(one.at):%Y-%m}", one.verdict) for one in alone)
    whole = Score(str(_("合计")), Counter(one.verdict for one in alone))
    months = sorted(by_month, key=lambda score: score.label, reverse=True)[:MONTHS]
    rules = _most_first(by_rule)[:RULES]
    return Accuracy(whole, rules, _most_first(by_metric), months, len(found) - len(alone))


def _scores(rows: Iterable[tuple[str, str]]) -> list[Score]:
    found: dict[str, Score] = {}
    for label, verdict in rows:
        found.setdefault(label, Score(label)).verdicts[verdict] += 1
    return list(found.values())


def _most_first(scores: Iterable[Score]) -> list[Score]:
    return sorted(scores, key=lambda score: (-score.total, score.label))


def coverage() -> list[Covered]:
    """All provinces, those with most that waits first."""
    names = dict(Region.objects.provinces().values_list("adcode", "common_name"))
    held = dict(Card.objects.order_by().values_list("province").annotate(Count("pk")))
    left = dict(Waiting.objects.order_by().values_list("province").annotate(left=Sum(ALL_WAITING)))
    reported = reported_of(names, Metric.BRANDS, "个")
    queue = reverse("curation:queue")
    rows = []
    for code, name in names.items():
        figure: Any = reported[code].statistic if code in reported else None
        rows.append(
            Covered(
                name=name,
                url=reverse("brands:region", args=[code]),
                held=held.get(code, 0),
                reported=dated_words(figure) if figure else "",
                source=figure.get_absolute_url() if figure else "",
                left=left.get(code, 0),
                queue=f"{queue}?{urlencode({'province': code})}",
            )
        )
    return sorted(rows, key=lambda row: (-row.left, -row.held, row.name))
