"""Pages that an earlier version of the extractor has read, as the files of a job that reads them again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Min, QuerySet

from brands.models import Page, StandingRule
from brands.models.source import BY_HAND
from curation.jobs import queue
from curation.models import Job, JobFile, JobState
from curation.models.job import MAX_NAME
from ingest.load.standing_rules import present, settle
from ingest.version import extractor_version

# Pages that are read again at one go, those that came first. What is left waits for the next job.
MAX_PAGES = 2_000

# Rows that one statement writes.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """An earlier version of the extractor, and how many pages nobody has read since."""

    version: str
    pages: int


def outdated() -> "QuerySet[Page]":
    """The pages that another version of the extractor than the present one read last, or by other rules; those that
    came first are first."""
    return Page.objects.exclude(extractor__in=(present(extractor_version()), BY_HAND)).order_by("pk")


def versions() -> list[EarlierVersion]:
    """Which earlier versions read how many of them, the oldest first."""
    counted = outdated().order_by().values("extractor").annotate(pages=Count("pk"), first=Min("ingested_at"))
    return [EarlierVersion(row["extractor"], row["pages"]) for row in counted.order_by("first", "extractor")]


def comparisons() -> "QuerySet[Job]":
    """The jobs that read pages again, the newest first."""
    return Job.objects.exclude(extractor="").select_related("author", "change_set").order_by("-pk")


def under_way() -> Job | None:
    """The one that a worker has or that waits for one."""
    return comparisons().filter(state__in=[JobState.WAITING, JobState.RUNNING]).first()


def compare(author: User) -> Job | None:
    """Have the pages read again, to see what that would change: the job, None where there are none. Those that no rule
    touches which has come or gone since count as read."""
    settle(extractor_version())
    if not outdated().exists():
        return None
    with transaction.atomic():
        return read_again(Job(author=author, extractor=present(extractor_version())), outdated())


def read_again(job: Job, pages: "QuerySet[Page]", rules: Sequence[StandingRule] = ()) -> Job:
    """Save the job, with the first of these pages as its files and with these rules, and hand it to a worker. To be
    called in a transaction."""
    job.save()
    job.standing_rules.set(rules)
    files = (
        JobFile(job=job, order=order, name=name[:MAX_NAME], encoding=encoding, sha256=sha256, data=b"", size=0)
        for order, (name, encoding, sha256) in enumerate(pages.values_list("name", "encoding", "sha256")[:MAX_PAGES], 1)
    )
    JobFile.objects.bulk_create(files, batch_size=AT_ONCE)
    queue.check(job)
    return job
