"""A running job belongs to one worker, which says again and again that it is alive. Who lost a job writes nothing more
for it: every write for a job begins with :func:`renew` in the same transaction."""

from dataclasses import dataclass
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

from curation.jobs.heartbeat import beat
from curation.models import Job, JobState
from curation.models.job import LEASE, MAX_ATTEMPTS, MAX_DETAIL


@dataclass(slots=True)
class Process:
    """What is asked of this process. `ending`: jobs under way are given back."""

    ending: bool = False


process = Process()


class LostLeaseError(Exception):
    """The job is not this worker's any more: it was cancelled, or another took it up."""


class StoppedError(Exception):
    """This process is to end."""


def claim(number: int) -> Job | None:
    """The job as this worker's own, or None where it doesn't wait any more."""
    owner = uuid4().hex
    taken = Job.objects.filter(pk=number, state=JobState.WAITING).update(
        state=JobState.RUNNING, owner=owner, lease_until=timezone.now() + LEASE, attempts=F("attempts") + 1
    )
    return Job.objects.select_related("author", "change_set").get(pk=number) if taken else None


def renew(job: Job, **fields: object) -> None:
    """Keep the job for another while, and set fields of it. On PostgreSQL its row is locked until the transaction ends.
    LostLeaseError where it is lost, StoppedError where this process is to end."""
    beat()
    if process.ending:
        raise StoppedError
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, owner=job.owner)
    if not mine.update(lease_until=timezone.now() + LEASE, **fields):
        raise LostLeaseError


def finish(job: Job) -> None:
    """The job is done."""
    renew(job, state=JobState.DONE, owner="", doing="", failure="", finished_at=timezone.now())


def give_back(job: Job) -> None:
    """Another worker may take it up at once; it does not count as an attempt."""
    _let_go(job, state=JobState.WAITING, attempts=F("attempts") - 1)


def break_off(job: Job, why: str) -> None:
    """Something went wrong that is not a file's fault: the job is tried again, unless that was the last time."""
    if job.attempts >= MAX_ATTEMPTS:
        _let_go(job, state=JobState.FAILED, failure=why[:MAX_DETAIL], finished_at=timezone.now())
    else:
        _let_go(job, state=JobState.WAITING, failure=why[:MAX_DETAIL])


def give_up(job: Job, why: str) -> None:
    """The job can't be done, however often it is tried."""
    _let_go(job, state=JobState.FAILED, failure=why[:MAX_DETAIL], finished_at=timezone.now())


def _let_go(job: Job, **fields: object) -> None:
    """A waiting job without a task gets one as soon as its lease is over, which it is now."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, owner=job.owner)
    mine.update(owner="", lease_until=timezone.now(), **fields)
