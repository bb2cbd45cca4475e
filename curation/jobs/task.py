"""What a worker does with a job."""

import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from django.db import transaction
from django.utils.translation import gettext
from django_tasks import task

from curation.jobs.lease import LostLeaseError, StoppedError, break_off, claim, finish, give_back, give_up, renew
from curation.jobs.load import load_file
from curation.jobs.page_reader import Reader
from curation.jobs.preview import check_files
from curation.models import FileState, Job, JobFile, JobStep
from ingest.load.standing_rules import settle
from ingest.parallel import unforeseen
from ingest.version import extractor_version

logger = logging.getLogger(__name__)


@task
def run_job(number: int) -> None:
    """Do what is left of the job. Does nothing where it doesn't wait any more: a job may have had two tasks."""
    job = claim(number)
    if job is None:
        return
    if job.is_outdated:
        give_up(job, gettext("比较用的抽取程序与后台现有的不是同一版本，请重启后台进程，再重新比较"))
        return
    try:
        STEPS[JobStep(job.step)](job)
        finish(job)
    except LostLeaseError:
        logger.info("job %s is not ours any more", job.pk)
    except StoppedError:
        give_back(job)
    except Exception as error:
        break_off(job, unforeseen(error))
        raise


def _load(job: Job) -> None:
    with Reader(partial(renew, job)) as reader:
        for file in _waiting(job):
            renew(job, doing=file.name)
            load_file(job, file, reader)
    while job.rules and settle(extractor_version()):
        renew(job, doing="")


def _check(job: Job) -> None:
    with transaction.atomic():
        renew(job)
        job.files.update(state=FileState.WAITING, outcome="", failure="", detail="")
    with Reader(partial(renew, job)) as reader:
        check_files(job, _waiting(job), reader)


def _waiting(job: Job) -> Iterator[JobFile]:
    """The files that are to be done, in order, one at a time: each holds its bytes."""
    for pk in list(job.files.filter(state=FileState.WAITING).values_list("pk", flat=True)):
        yield JobFile.objects.get(pk=pk)


STEPS: Mapping[JobStep, Callable[[Job], None]] = {JobStep.CHECK: _check, JobStep.LOAD: _load}
