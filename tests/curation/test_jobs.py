"""What becomes of jobs: previews that write nothing, files that go in once, workers that die, people who cancel."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from brands.audit.change_sets import rehearse
from brands.models import Brand, Change, ChangeSet, Page
from curation.jobs import lease, load, preview, queue, task
from curation.jobs.lease import LostLeaseError
from curation.jobs.page_reader import Reader
from curation.jobs.preview_page import Preview
from curation.jobs.uploads import Offered
from curation.models import Failure, FileOutcome, FileState, Job, JobFile, JobState, JobStep
from curation.models.job import LEASE, MAX_ATTEMPTS
from ingest.load import change_set, page
from tests.curation.jobs import HANGS, at_hand, draft, fresh, samples
from tests.ingest.dump import dump
from tests.staff import member

__all__ = ["at_hand"]

pytestmark = pytest.mark.usefixtures("divisions", "at_hand")

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def editor(db: None) -> User:
    return member("editor")


@pytest.fixture
def queued(settings: Any) -> None:
    """Tasks wait for a worker, as they do in production."""
    settings.TASKS = QUEUE


def loaded(job: Job) -> Job:
    assert queue.check(job)
    assert queue.load(job)
    return fresh(job)


def states(job: Job) -> list[tuple[str, str, str]]:
    return list(job.files.order_by("order").values_list("state", "outcome", "failure"))


def expire(job: Job) -> None:
    """As time does."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


class TestCheck:
    def test_writes_nothing_but_says_what_would_be(self, editor: User) -> None:
        before, changes = dump(), Change.objects.count()
        job = draft(editor, samples("02_"))
        assert queue.check(job)
        job = fresh(job)
        assert (job.step, job.state) == (JobStep.CHECK, JobState.DONE)
        assert dump() == before
        assert (Change.objects.count(), ChangeSet.objects.filter(kind="ingest").count()) == (changes, 0)
        file = job.files.get()
        assert file.outcome == FileOutcome.NEW
        assert file.counts["Brand"] == {"created": 1}
        facts = Preview(file).facts(0)
        assert [(fact.kind, fact.name, fact.action) for fact in facts[:1]] == [("brand", "天镇保姆", "+")]

    def test_says_what_of_a_head_is_not_understood(self, editor: User, client: Client) -> None:
        text = "---\ntitle: 甲\npublished_on: 2204-11-06\n---\n甲\n\n正文一句话。\n"
        job = draft(editor, [Offered("odd.txt", text.encode())])
        assert queue.check(job)
        client.force_login(editor)
        page = client.get(reverse("curation:job_file", args=[job.pk, job.files.get().order])).content.decode()
        assert "文件头的 published_on 无法识别，未采用：2204-11-06" in page

    def test_shows_an_article_that_may_be_about_labour_brands(self, editor: User, client: Client) -> None:
        text = "学会手艺出门去\n\n乡里办班教妇女手艺，就业的多了，外出务工的也多了，家政公司来招人。\n"
        job = draft(editor, [Offered("maybe.txt", text.encode())])
        assert queue.check(job)
        client.force_login(editor)
        page = client.get(reverse("curation:job_file", args=[job.pk, job.files.get().order])).content.decode()
        assert "可能与劳务品牌有关" in page

    def test_marks_each_fact_at_its_words(self, editor: User) -> None:
        job = draft(editor, samples("104_"))
        queue.check(job)
        shown = Preview(job.files.get())
        facts = shown.facts(0)
        reading = shown.reading(0, facts)
        html = "".join([*reading.title, *(paragraph.html for paragraph in reading.paragraphs)])
        for fact in facts:
            assert f'id="m{fact.number}"' in html
        for file in JobFile.objects.all():
            for row in file.preview["facts"]:
                start, end, *_ = row["places"][0]
                assert shown.text[start:end]

    def test_a_file_sees_what_those_before_it_would_have_written(self, editor: User) -> None:
        """The same article with a blank line more is another page with the same facts."""
        first = samples("02_")[0]
        job = draft(editor, [first, Offered("again.txt", first.data + b"\n\n")])
        queue.check(job)
        one, two = (Preview(file) for file in job.files.order_by("order"))
        assert {fact.action for fact in one.facts(0)} == {"+"}
        assert "+" not in {fact.action for fact in two.facts(0) if fact.kind == "brand"}

    def test_lets_others_write_now_and_then(self, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
        """A rehearsal that has taken long enough ends; the next files are rehearsed in another."""
        monkeypatch.setattr(preview, "MAX_HELD", 0)
        goes: list[object] = []

        def counted(work: Callable[[], Any]) -> Any:
            goes.append(work)
            return rehearse(work)

        monkeypatch.setattr(preview, "rehearse", counted)
        job = draft(editor, samples("02_", "03_", "07_"))
        queue.check(job)
        assert len(goes) == 3
        assert {outcome for _, outcome, _ in states(job)} == {FileOutcome.NEW}
        assert not Page.objects.exists()

    def test_names_a_file_that_the_database_does_not_take(self, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
        load_page = page.load_page

        def refuses(facts: Any, **options: Any) -> Any:
            if facts.page.name.startswith("03_"):
                raise IntegrityError("no such region")
            return load_page(facts, **options)

        monkeypatch.setattr(preview, "load_page", refuses)
        job = draft(editor, samples("02_", "03_", "07_"))
        queue.check(job)
        assert states(job) == [("done", "new", ""), ("failed", "", "database"), ("done", "new", "")]

    def test_of_a_known_page_says_that_nothing_changes(self, editor: User) -> None:
        loaded(draft(editor, samples("02_")))
        job = draft(editor, samples("02_"))
        queue.check(job)
        file = job.files.get()
        assert file.outcome == FileOutcome.UNCHANGED
        assert {fact.action for fact in Preview(file).facts(0)} == {""}

    def test_what_it_says_is_what_loading_does(self, editor: User) -> None:
        job = draft(editor, samples("01_", "07_", "103_"))
        queue.check(job)
        said = list(job.files.order_by("order").values_list("outcome", "counts"))
        queue.load(job)
        assert list(job.files.order_by("order").values_list("outcome", "counts")) == said


class TestLoad:
    def test_is_one_batch_of_the_author(self, editor: User) -> None:
        job = loaded(draft(editor, samples("02_", "07_")))
        assert (job.step, job.state, job.failure) == (JobStep.LOAD, JobState.DONE, "")
        assert ChangeSet.objects.get(kind="ingest") == job.change_set
        assert job.change_set is not None
        assert (job.change_set.kind, job.change_set.author, job.change_set.author_name) == ("ingest", editor, "editor")
        assert job.change_set.note.startswith("02_tianzhen")
        assert (
            not Change.objects.filter(table__in=["brands_brand", "brands_page"])
            .exclude(change_set=job.change_set)
            .exists()
        )
        assert Page.objects.count() == 2
        assert Brand.objects.published().filter(name="天镇保姆").exists()

    def test_empties_the_bytes_of_what_is_in_and_still_shows_the_text(self, editor: User) -> None:
        job = loaded(draft(editor, samples("02_")))
        file = job.files.get()
        assert bytes(file.data) == b""
        assert "天镇保姆" in Preview(file).text

    def test_of_what_is_known_makes_no_batch(self, editor: User) -> None:
        loaded(draft(editor, samples("02_")))
        job = loaded(draft(editor, samples("02_")))
        assert (job.state, job.change_set) == (JobState.DONE, None)
        assert ChangeSet.objects.filter(kind="ingest").count() == 1

    def test_a_file_that_fails_costs_itself_alone(self, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
        files = [*samples("02_"), Offered(HANGS, samples("03_")[0].data), *samples("07_")]
        job = draft(editor, files)
        queue.check(job)
        assert [state for state, _, _ in states(job)] == ["done", "failed", "done"]
        assert job.files.get(name=HANGS).failure == Failure.TIME

        load_in_batch = change_set.load_in_batch

        def refuses(facts: Any, *args: Any, **options: Any) -> Any:
            if facts.page.name.startswith("02_"):
                raise IntegrityError("no such\nregion")
            return load_in_batch(facts, *args, **options)

        monkeypatch.setattr(load, "load_in_batch", refuses)
        queue.load(job)
        assert states(job) == [("failed", "new", "database"), ("failed", "", "time"), ("done", "new", "")]
        assert job.files.get(order=1).detail == "no such region"
        assert fresh(job).state == JobState.DONE

    def test_failed_files_can_be_tried_again(self, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
        job = draft(editor, samples("02_", "07_"))
        queue.check(job)
        with monkeypatch.context() as patch:
            patch.setattr(load, "load_in_batch", _refuse)
            queue.load(job)
        assert {state for state, _, _ in states(job)} == {"failed"}
        assert fresh(job).change_set is None
        assert queue.retry(job)
        assert {state for state, _, _ in states(job)} == {"done"}
        assert Page.objects.count() == 2


def _refuse(*_arguments: object, **_options: object) -> object:
    raise IntegrityError("refused")


@pytest.mark.usefixtures("queued")
class TestLease:
    def checked(self, author: User) -> Job:
        job = draft(author, samples("02_", "07_"))
        queue.check(job)
        task.run_job.call(job.pk)
        queue.load(job)
        return fresh(job)

    def test_a_job_is_taken_once(self, editor: User) -> None:
        job = self.checked(editor)
        assert lease.claim(job.pk) is not None
        assert lease.claim(job.pk) is None
        task.run_job.call(job.pk)  # a second task of the same job
        assert not Page.objects.exists()

    def test_a_dead_worker_is_found_out_within_a_minute(self) -> None:
        assert LEASE + timedelta(seconds=5) < timedelta(seconds=60)

    def test_who_lost_a_job_writes_nothing_more(self, editor: User) -> None:
        job = self.checked(editor)
        first = lease.claim(job.pk)
        assert first is not None
        expire(job)
        assert queue.rescue() == 1
        second = lease.claim(job.pk)
        assert second is not None
        file = job.files.order_by("order")[0]
        with pytest.raises(LostLeaseError), Reader(lambda: None) as reader:
            load.load_file(first, file, reader)
        assert not Page.objects.exists()
        assert fresh(job).owner == second.owner
        with Reader(lambda: None) as reader:
            load.load_file(second, file, reader)
        assert Page.objects.count() == 1

    def test_who_lost_a_preview_does_not_take_files_for_done(self, editor: User) -> None:
        """It would else leave them out of the job's next step."""
        job = draft(editor, samples("02_"))
        queue.check(job)
        first = lease.claim(job.pk)
        assert first is not None
        expire(job)
        queue.rescue()
        task.run_job.call(job.pk)
        queue.load(job)
        with pytest.raises(LostLeaseError), Reader(lambda: None) as reader:
            preview.check_files(first, job.files.all(), reader)
        assert states(job) == [("waiting", "new", "")]

    def test_a_job_whose_worker_dies_each_time_fails_and_says_so(self, editor: User) -> None:
        job = self.checked(editor)
        for attempt in range(1, MAX_ATTEMPTS + 1):
            taken = lease.claim(job.pk)
            assert taken is not None
            assert taken.attempts == attempt
            lease.renew(taken, doing="02_tianzhen_baomu.txt")
            assert queue.rescue() == 0  # it is alive
            expire(job)
            assert queue.rescue() == 1
        job = fresh(job)
        assert job.state == JobState.FAILED
        assert job.failure == "处理进程 3 次意外退出，最后一次正在处理：02_tianzhen_baomu.txt"
        assert queue.rescue() == 0
        assert lease.claim(job.pk) is None
        assert not DBTaskResult.objects.running().exists()

    def test_an_error_that_is_no_files_fault_is_tried_three_times(
        self, editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(*_arguments: object) -> None:
            raise OperationalError("disk full")

        job = self.checked(editor)
        with monkeypatch.context() as patch:
            patch.setattr(task, "load_file", fails)
            for attempt in range(1, MAX_ATTEMPTS + 1):
                with pytest.raises(OperationalError):
                    task.run_job.call(job.pk)
                assert fresh(job).attempts == attempt
        job = fresh(job)
        assert (job.state, job.owner) == (JobState.FAILED, "")
        assert "disk full" in job.failure
        assert queue.retry(job)
        assert fresh(job).attempts == 0

    def test_a_job_whose_task_got_lost_gets_another(self, editor: User) -> None:
        job = self.checked(editor)
        expire(job)
        assert queue.rescue() == 0  # its turn will come
        DBTaskResult.objects.ready().delete()
        assert queue.rescue() == 1
        assert DBTaskResult.objects.ready().count() == 1
        assert fresh(job).attempts == 0

    def test_a_worker_that_is_asked_to_end_gives_its_job_back(
        self, editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job = self.checked(editor)
        with monkeypatch.context() as patch:
            patch.setattr(lease.process, "ending", True)
            task.run_job.call(job.pk)
        job = fresh(job)
        assert (job.state, job.owner, job.attempts) == (JobState.WAITING, "", 0)
        DBTaskResult.objects.all().delete()  # the worker has had it
        assert queue.rescue() == 1

    def test_records_of_old_tasks_are_forgotten(self, editor: User) -> None:
        self.checked(editor)
        DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now())
        queue.forget()
        assert DBTaskResult.objects.count() == 2
        DBTaskResult.objects.update(finished_at=timezone.now() - queue.RECORDS * 2)
        queue.forget()
        assert not DBTaskResult.objects.exists()


class TestCancel:
    def cancelled(self, author: User, monkeypatch: pytest.MonkeyPatch) -> Job:
        """A job of two files that was cancelled after the first."""
        load_file = load.load_file

        def once(job: Job, *rest: Any) -> None:
            load_file(job, *rest)
            queue.cancel(job)

        job = draft(author, samples("02_", "07_"))
        queue.check(job)
        with monkeypatch.context() as patch:
            patch.setattr(task, "load_file", once)
            queue.load(job)
        return fresh(job)

    def test_between_two_files_what_is_in_stays_in(self, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
        job = self.cancelled(editor, monkeypatch)
        assert job.state == JobState.CANCELLED
        assert [state for state, _, _ in states(job)] == ["done", "waiting"]
        assert Page.objects.count() == 1

    def test_a_cancelled_job_can_be_finished_in_the_same_batch(
        self, editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job = self.cancelled(editor, monkeypatch)
        assert queue.retry(job)
        assert Page.objects.count() == 2
        assert ChangeSet.objects.get(kind="ingest") == fresh(job).change_set

    @pytest.mark.parametrize("do", [queue.check, queue.load, queue.cancel])
    def test_what_is_over_is_not_begun_again(self, editor: User, do: Callable[[Job], bool]) -> None:
        job = loaded(draft(editor, samples("02_")))
        assert not do(job)
        assert fresh(job).state == JobState.DONE

    def test_after_its_batch_was_taken_back_a_retry_is_a_batch_of_its_own(self, editor: User) -> None:
        job = loaded(draft(editor, samples("02_")))
        ChangeSet.objects.create(kind="undo", undoes=job.change_set)
        JobFile.objects.update(state=FileState.FAILED, data=samples("07_")[0].data, sha256="0" * 64)
        assert queue.retry(job)
        assert fresh(job).change_set not in (None, job.change_set)


def test_others_look_at_a_job_and_only_its_author_or_an_administrator_changes_it(editor: User, client: Client) -> None:
    job = draft(editor, samples("02_"))
    other, boss = member("reviewer"), member("admin")
    client.force_login(other)
    page = client.get(f"/admin/jobs/{job.pk}/")
    assert page.status_code == 200
    assert "这是别人的任务，只能看" in page.content.decode()
    assert f"/admin/jobs/{job.pk}/cancel/" not in page.content.decode()
    for deed in ("check", "load", "cancel", "retry", "files/1/remove"):
        assert client.post(f"/admin/jobs/{job.pk}/{deed}/").status_code == 403
    assert client.get(f"/admin/upload/{job.pk}/").status_code == 403
    assert (job.files.count(), job.deeds.count()) == (1, 0)
    client.force_login(editor)
    client.post(f"/admin/jobs/{job.pk}/check/")
    client.force_login(boss)
    client.post(f"/admin/jobs/{job.pk}/cancel/")
    assert [(one.user, one.deed) for one in job.deeds.all()] == [(editor, "check"), (boss, "cancel")]
    assert str(boss) in client.get(f"/admin/jobs/{job.pk}/").content.decode()
