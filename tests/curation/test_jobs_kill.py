"""Workers as processes of their own: several at the same queue, and some that are killed at any moment."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Count
from django_tasks_db.models import DBTaskResult

from brands.audit.change_sets import rehearse
from brands.audit.check import check
from brands.models import Brand, Change, ChangeSet, Evidence, Page, Synonym
from curation.jobs import queue
from curation.models import FileState, Job, JobFile, JobState, JobStep
from ingest.load.page import load_page
from ingest.pipeline import extract_bytes
from ingest.version import extractor_version
from tests.curation.jobs import draft, samples
from tests.ingest.dump import dump
from tests.ingest.test_kill import ROOT, SAMPLES, environment
from tests.needs import thorough, tries
from tests.ready import address

KILLS = tries(100, 3)
# Not 001 to 005: they share facts, and which words a shared fact keeps depends on the page that was loaded first.
FILES = sorted(path.stem for path in SAMPLES.glob("*.txt") if path.stem[:2] != "00")[: 24 if thorough() else 6]
# Files of a job.
TOGETHER = 3
SEED = 20260101
# Seconds that a worker may live, once the one before it is dead: it takes the job up, starts its reader, and works.
LONGEST = 1.5
PATIENCE = 120
# A worker with shorter times, so that the test needs not wait for a minute.
WORKER = """
import sys, django; django.setup()
from datetime import timedelta
from django.core.management import call_command
from curation.jobs import lease, queue
from curation.management.commands import worker
lease.LEASE = queue.LEASE = timedelta(seconds=float(sys.argv[1]))
lease.MAX_ATTEMPTS = queue.MAX_ATTEMPTS = int(sys.argv[2])
worker.POLL = 0.05
call_command("worker")
"""

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def author(settings: Any, divisions: None) -> User:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return User.objects.create_user("editor")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Starts a worker at the test's own database. What it says is in `tmp_path`; none outlives the test."""
    started: list[subprocess.Popen[bytes]] = []

    def worker(*, lease: float = 30, attempts: int = 3) -> "subprocess.Popen[bytes]":
        with (tmp_path / f"{len(started)}.log").open("wb") as log:
            command = [sys.executable, "-c", WORKER, str(lease), str(attempts)]
            process = subprocess.Popen(command, cwd=ROOT, env=environment(address()), stderr=log, stdout=log)
        started.append(process)
        return process

    yield worker
    for process in started:
        process.kill()
        process.wait(PATIENCE)


def until(holds: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, list(Job.objects.values("pk", "step", "state", "failure", "attempts"))
        time.sleep(0.05)


def put(author: User, *starts: str) -> Job:
    """A job to load these samples, past its preview."""
    job = draft(author, samples(*starts))
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
    job.files.update(state=FileState.DONE)
    assert queue.load(job)
    return job


def over() -> bool:
    return not Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).exists()


def claims() -> int:
    """How often jobs were taken up."""
    return sum(Job.objects.values_list("attempts", flat=True))


def done() -> int:
    return JobFile.objects.filter(state=FileState.DONE).count()


def said(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.log")))


def expected() -> dict[str, object]:
    """The catalogue as an undisturbed run leaves it."""

    def undisturbed() -> dict[str, Any]:
        for file in samples(*FILES):
            load_page(extract_bytes(file.name, file.data), version=extractor_version())
        return dump()

    return rehearse(undisturbed)[0]


def test_killed_at_any_moment_each_fact_goes_in_once(
    author: User, start: Callable[..., "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    """One worker stands by while the other is killed, takes its job up once the lease is over, and is next."""
    whole = expected()
    chance = random.Random(SEED)
    waiting = [FILES[at : at + TOGETHER] for at in range(0, len(FILES), TOGETHER)]
    jobs: list[Job] = []
    worker = start(lease=0.5, attempts=1000)
    met = []
    for _ in range(KILLS):
        before = claims()
        if over() and waiting:
            jobs.append(put(author, *waiting.pop(0)))
        until(lambda before=before: over() or claims() > before)  # type: ignore[misc]
        following = start(lease=0.5, attempts=1000)
        if chance.random() < 0.5:  # else a slow machine would never get as far as a file
            before = done()
            until(lambda before=before: over() or done() > before)  # type: ignore[misc]
        time.sleep(chance.uniform(0, LONGEST) * chance.random())
        met.append(over())
        worker.send_signal(signal.SIGKILL)
        worker.wait(PATIENCE)
        worker = following
    jobs += [put(author, *starts) for starts in waiting]
    until(over)

    assert dump() == whole
    assert {(job.step, job.state) for job in Job.objects.all()} == {(JobStep.LOAD, JobState.DONE)}
    assert ChangeSet.objects.filter(kind="ingest").count() == len(jobs)
    for table, model in (("brands_page", Page), ("brands_evidence", Evidence), ("brands_brand", Brand)):
        assert Change.objects.filter(table=table, action="+").count() == model._default_manager.count()
        assert not Change.objects.filter(table=table, change_set=None).exists()
    assert check().findings == []
    assert not all(met), "no kill met a job under way"
    assert "Traceback" not in said(tmp_path)


def test_two_workers_do_each_job_once_and_nobody_finds_the_database_locked(
    author: User, start: Callable[..., "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    workers = [start(), start()]
    until(lambda: said(tmp_path).count("waiting for jobs") == len(workers))
    jobs = [put(author, one) for one in FILES[:4]]
    written = 0
    while not over():  # as people do meanwhile
        Synonym.objects.create(words=f"绣娘、绣工{written}")
        written += 1
        time.sleep(0.02)
    assert written
    assert [job.attempts for job in Job.objects.all()] == [1] * len(jobs)
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    assert set(JobFile.objects.values_list("state", "outcome")) == {("done", "new")}
    assert ChangeSet.objects.filter(kind="ingest").count() == len(jobs) == Page.objects.count()
    until(lambda: not DBTaskResult.objects.running().exists())
    names = [name for (name,) in DBTaskResult.objects.values_list("worker_ids", flat=True)]
    assert len(names) == len(jobs)
    assert len(set(names)) == len(workers), "one did all"
    assert (
        not Evidence.objects.values("article", "start", "end", "field", "brand")
        .annotate(n=Count("pk"))
        .filter(n__gt=1, brand__isnull=False)
    )
    for process in workers:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(PATIENCE) for process in workers] == [0, 0]
    assert "locked" not in said(tmp_path)
    assert "does not answer" not in said(tmp_path)
    assert "Traceback" not in said(tmp_path)


@pytest.mark.skipif(not thorough(), reason="test_jobs.py gives a job back without a process")
def test_a_worker_that_is_asked_to_end_gives_back_what_it_has_begun(
    author: User, start: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    job = put(author, *FILES)
    first = start()
    until(lambda: JobFile.objects.filter(state=FileState.DONE).exists())
    first.send_signal(signal.SIGTERM)
    assert first.wait(PATIENCE) == os.EX_OK
    left = JobFile.objects.filter(state=FileState.WAITING).count()
    assert 0 < left < len(FILES)
    assert Job.objects.get().state == JobState.WAITING
    start()
    until(over)
    assert (Job.objects.get().state, Job.objects.get().attempts) == (JobState.DONE, 1)
    assert Page.objects.count() == len(FILES) == job.files.filter(state=FileState.DONE).count()
