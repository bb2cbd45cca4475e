"""What rules of the staff change is shown before they count, and so before they no longer do: all pages that they touch
are read as if it were so, and once somebody has seen what comes of it, those pages are read anew."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from brands.audit.change_sets import open_change_set, within
from brands.models import StandingRule
from brands.models.source import BY_HAND
from brands.vocabulary.choices import ChangeSetKind, RuleState
from curation.jobs import queue
from curation.jobs.reextraction import MAX_PAGES, read_again
from curation.models import Job
from ingest.load.standing_rules import in_force, touched
from ingest.version import extractor_version

# Rules that are looked at together.
MOST = 50


class NotAppliedError(Exception):
    """Rules that are not put in force or withdrawn now, and why, in the reader's words."""


def compare(rules: Sequence[StandingRule], author: User) -> Job:
    """Have the pages that the rules touch read as if each counted, or where it does, no longer did. Of more than
    MAX_PAGES those that came first; the others are then marked as read by other rules."""
    with transaction.atomic():
        pages = touched(rules).exclude(extractor=BY_HAND).order_by("pk")
        stamp = in_force(but=rules).stamp(extractor_version())
        return read_again(Job(author=author, extractor=stamp), pages, rules)


def left_out(job: Job) -> int:
    """How many pages the rules touch that the job does not read."""
    if job.progress.total < MAX_PAGES:
        return 0
    return max(touched(job.rules).exclude(extractor=BY_HAND).count() - job.progress.total, 0)


def apply(job: Job, user: User) -> None:
    """Let the rules of a comparison that was looked at count, or no longer, and its pages be read so, all as one change
    set. NotAppliedError where that may not be."""
    with transaction.atomic():
        rules = list(StandingRule.objects.select_for_update().filter(jobs=job).order_by("pk"))
        job = Job.objects.select_for_update().get(pk=job.pk)
        _check(job, rules, user)
        change_set = open_change_set(ChangeSetKind.INGEST, author=user, note=job.note)
        with within(change_set):
            for rule in rules:
                rule.state, rule.decided_by, rule.decided_at = rule.turned, user, timezone.now()
                rule.save(update_fields=["state", "decided_by", "decided_at"])
        Job.objects.filter(pk=job.pk).update(change_set=change_set)
        queue.load(job, empty=True)


def _check(job: Job, rules: Sequence[StandingRule], user: User) -> None:
    if not job.is_checked:
        raise NotAppliedError(gettext("任务的状态刚刚变了，没有照办。请看下面的最新情况。"))
    if job.is_outdated or not rules:
        raise NotAppliedError(gettext("比较之后规则或抽取程序又有变动，请重新比较。"))
    for rule in rules:
        if not rule.counts and (other := _contradicted(rule, rules)):
            raise NotAppliedError(gettext("“%s”已有另一种意思的规则生效，请先停用那一条。") % other)
    if settings.FOUR_EYES and any((job.author_id if rule.counts else rule.author_id) == user.pk for rule in rules):
        raise NotAppliedError(gettext("自己提出的规则、自己要停用的规则，须由他人核对后应用。"))


def _contradicted(rule: StandingRule, going: Sequence[StandingRule]) -> StandingRule | None:
    """A rule that counts and gives the same words another meaning, and does not go with the same deed."""
    same = StandingRule.objects.filter(kind=rule.kind, words=rule.words, paper=rule.paper, state=RuleState.IN_FORCE)
    return same.exclude(pk__in=[one.pk for one in going]).exclude(means=rule.means).first()
