"""A job is handed to the workers, cancelled, tried again; what was lost on the way is taken up."""

import logging
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from curation.jobs.task import run_job
from curation.models import FileState, Job, JobFile, JobState, JobStep
from curation.models.job import LEASE, MAX_ATTEMPTS, MAX_DETAIL

# So long the queue's record of a task that is over is kept.
RECORDS = timedelta(days=7)

logger = logging.getLogger(__name__)


def check(job: Job) -> bool:
    """Let the files be read for a preview. False where that can't be asked of the job any more."""
    return _submit(job, JobStep.CHECK, of=[JobStep.CHECK], among=_resting(), files=[])


def load(job: Job, *, empty: bool = False) -> bool:
    """Let the files be brought in that the preview has not turned away. False where there are none, too, unless the job
    may be `empty`."""
    ready = JobFile.objects.filter(job=job, state=FileState.DONE)
    return (empty or ready.exists()) and _submit(
        job, JobStep.LOAD, of=[JobStep.CHECK], among=[JobState.DONE], files=[FileState.DONE]
    )


def retry(job: Job) -> bool:
    """Let the files be brought in that failed or were not reached."""
    Job.objects.filter(pk=job.pk, change_set__undone_by__isnull=False).update(
        change_set=None
    )  # what was taken back stays so
    return _submit(job, JobStep.LOAD, of=[JobStep.LOAD], among=_resting(), files=[FileState.FAILED])


def cancel(job: Job) -> bool:
    """Take the job from whoever has it; what is in stays in. False where it is over already."""
    under_way = Q(state__in=[JobState.DRAFT, JobState.WAITING, JobState.RUNNING])
    checked = Q(step=JobStep.CHECK, state=JobState.DONE)
    return bool(
        Job.objects.filter(under_way | checked, pk=job.pk).update(
            state=JobState.CANCELLED, owner="", doing="", finished_at=timezone.now()
        )
    )


def remove(file: JobFile) -> bool:
    """Take a file out of a job. False where the job is being done; what the others would change is open again."""
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=file.job_id)
        if not job.is_open:
            return False
        file.delete()
        Job.objects.filter(pk=job.pk).update(state=JobState.DRAFT, finished_at=None)
    return True


def rescue() -> int:
    """Take up the jobs whose worker died and those whose task was lost; how many there were. To be called often."""
    if not _overdue().exists():  # asked first, without a lock that others would wait for
        return 0
    with transaction.atomic():
        jobs = [job for job in _overdue().select_for_update(skip_locked=True) if not _has_task(job)]
        for job in jobs:
            _bury(job)
            if job.attempts >= MAX_ATTEMPTS:
                _give_up(job)
            else:
                _hand_over(job)
    return len(jobs)


def forget() -> None:
    """Delete the queue's records of tasks that are long over."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - RECORDS).delete()


def _resting() -> list[JobState]:
    return [JobState.DRAFT, JobState.DONE, JobState.FAILED, JobState.CANCELLED]


def _submit(
    job: Job, step: JobStep, *, of: Collection[str], among: Collection[str], files: Collection[FileState]
) -> bool:
    """Hand the job to the workers for this step, if its present step and state are among those; its files in one of the
    states `files` wait again."""
    with transaction.atomic():
        asked = Job.objects.filter(pk=job.pk, step__in=of, state__in=among)
        if not asked.update(step=step, state=JobState.DRAFT, attempts=0, failure="", finished_at=None):
            return False
        JobFile.objects.filter(job=job, state__in=files).update(state=FileState.WAITING, failure="", detail="")
        _hand_over(job)
    return True


def _hand_over(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, owner="", lease_until=timezone.now() + LEASE)
    run_job.enqueue(job.pk)


def _give_up(job: Job) -> None:
    why = gettext("处理进程 %(times)d 次意外退出，最后一次正在处理：%(name)s") % {
        "times": job.attempts,
        "name": job.doing or "—",
    }
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, owner="", doing="", failure=why[:MAX_DETAIL], finished_at=timezone.now()
    )
    logger.error("job %s failed after %s attempts", job.pk, job.attempts)


def _overdue() -> QuerySet[Job]:
    return Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING], lease_until__lt=timezone.now())


def _tasks(job: Job) -> "QuerySet[DBTaskResult[Any, Any]]":
    return DBTaskResult.objects.filter(task_path=run_job.module_path, args_kwargs__args=[job.pk])


def _has_task(job: Job) -> bool:
    """Whether the job waits and its turn will come."""
    return job.state == JobState.WAITING and _tasks(job).filter(status=TaskResultStatus.READY).exists()


def _bury(job: Job) -> None:
    """Tasks that a dead worker had begun are over."""
    running = _tasks(job).filter(status=TaskResultStatus.RUNNING)
    running.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
