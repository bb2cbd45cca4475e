"""All pages are read again by a better extractor: what that would change is shown first, and people's work stays."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from brands.audit.undo import undo
from brands.models import Brand, BrandAlias, Change, ChangeSet, Evidence, Page, Proposal, Statistic
from brands.vocabulary.choices import BrandLevel, ProposalState, ReviewState
from curation.jobs import diff, preview, queue, reextraction
from curation.jobs.page_reader import Reader
from curation.models import Failure, FileOutcome, Job, JobFile, JobState, JobStep
from ingest.load.page import load_page
from ingest.pipeline import extract_page
from ingest.read import read, stored
from ingest.records import RawPage
from tests.brands.whole import state
from tests.curation.jobs import at_hand, fresh, samples
from tests.ingest.building import PageBuilder
from tests.ingest.dump import dump
from tests.staff import member

__all__ = ["at_hand"]

pytestmark = [pytest.mark.usefixtures("divisions"), pytest.mark.django_db]

TEXT = """护工出山
山西省级劳务品牌“吕梁山护工”带动就业9万人。吕梁护工培训也很红火。大同面点师傅走南闯北。"""


def first_opinion() -> PageBuilder:
    made = PageBuilder(TEXT)
    made.brand("吕梁山护工", "141100", level=BrandLevel.PROVINCIAL)
    made.brand("大同面点师傅", "140200")
    made.statistic("吕梁山护工", "9万人", 90000, as_of="2025")
    return made


def better_opinion() -> PageBuilder:
    """Another level, another number, one brand more and one less."""
    made = PageBuilder(TEXT)
    made.brand("吕梁山护工", "141100", level=BrandLevel.NATIONAL)
    made.brand("吕梁护工培训", "141100")
    made.statistic("吕梁山护工", "9万人", 90001, as_of="2025")
    return made


@pytest.fixture
def reviewer() -> User:
    return member("reviewer")


@pytest.fixture
def better(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page as an earlier extractor read it is in the catalogue; the present one reads it otherwise."""
    load_page(first_opinion().facts(), version="earlier")

    def read(self: Reader, name: str, page: RawPage) -> Any:
        assert isinstance(page, RawPage)
        assert page.text == TEXT
        return better_opinion().facts()

    monkeypatch.setattr(Reader, "read", read)


def compared(author: User) -> Job:
    job = reextraction.compare(author)
    assert job is not None
    return fresh(job)


def applied(author: User) -> Job:
    job = compared(author)
    assert queue.load(job)
    return fresh(job)


def log_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestStoredPages:
    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
    def test_a_stored_page_reads_as_its_bytes_did(self, encoding: str) -> None:
        """With the front matter, in whatever encoding the file came, and with other line ends."""
        text = samples("02_")[0].data.decode().replace("\n", "\r\n")
        page = read("报.txt", text.encode(encoding))
        assert page.front.title or page.front.publisher
        kept = stored(page.name, page.text, encoding=page.encoding, sha256=page.sha256)
        assert kept == page
        assert extract_page(kept) == extract_page(page)


@pytest.mark.usefixtures("better")
class TestCompare:
    def test_says_who_read_what(self) -> None:
        assert reextraction.versions() == [reextraction.EarlierVersion("earlier", 1)]

    def test_writes_nothing(self, reviewer: User) -> None:
        before, changes, whole = dump(), Change.objects.count(), state()
        job = compared(reviewer)
        assert (job.step, job.state) == (JobStep.CHECK, JobState.DONE)
        assert (dump(), Change.objects.count(), state()) == (before, changes, whole)
        assert not ChangeSet.objects.filter(kind="ingest").exists()

    def test_tells_what_is_new_what_changes_and_what_goes(self, reviewer: User) -> None:
        job = compared(reviewer)
        file = job.files.get()
        assert file.outcome == FileOutcome.CHANGED
        [page] = diff.told([file])
        said = {
            (str(told.model), told.name, str(told.action.label)): [
                (one.field, one.old, one.new) for one in told.fields if one.field == "级别"
            ]
            for told in page.told
        }
        assert ("劳务品牌", "吕梁护工培训", "新增") in said
        assert ("劳务品牌", "大同面点师傅", "删除") in said
        assert said["劳务品牌", "吕梁山护工", "修改"] == [("级别", "省级", "国家级")]
        assert page.unlisted == 0

    def test_what_it_says_is_what_applying_does(self, reviewer: User) -> None:
        job = compared(reviewer)
        said = job.files.get().counts
        queue.load(job)
        assert job.files.get().counts == said

    def test_counts_the_rows_past_the_limit(self, reviewer: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(diff, "MAX_ROWS", 1)
        [page] = diff.told(compared(reviewer).files.all())
        assert (len(page.told), page.unlisted > 0) == (1, True)

    def test_takes_the_first_pages_up_to_the_limit(self, reviewer: User, monkeypatch: pytest.MonkeyPatch) -> None:
        load_page(PageBuilder("另一页").facts(), version="earlier")
        monkeypatch.setattr(reextraction, "MAX_PAGES", 1)
        assert list(compared(reviewer).files.values_list("sha256", flat=True)) == [Page.objects.earliest("pk").sha256]

    def test_holds_the_facts_of_a_few_pages_at_a_time(self, reviewer: User, monkeypatch: pytest.MonkeyPatch) -> None:
        load_page(PageBuilder(f"{TEXT}\n又有一句。").facts(), version="earlier")
        held: list[int] = []
        rehearse_all = preview._rehearse_all

        def watched(job: Job, found: Any) -> None:
            held.append(len(found))
            rehearse_all(job, found)

        monkeypatch.setattr(preview, "AT_ONCE", 1)
        monkeypatch.setattr(preview, "_rehearse_all", watched)
        monkeypatch.setattr(Reader, "read", lambda self, name, page: better_opinion().facts())
        compared(reviewer)
        assert held == [1, 1]

    def test_a_page_that_was_taken_back_meanwhile_is_named(self, reviewer: User) -> None:
        job = compared(reviewer)
        Page.objects.all().delete()
        queue.load(job)
        assert job.files.get().failure == Failure.GONE


@pytest.mark.usefixtures("better")
class TestApply:
    def test_is_one_batch_of_the_author_that_can_be_taken_back(self, reviewer: User) -> None:
        before = dump()
        job = applied(reviewer)
        assert job.change_set is not None
        assert (job.change_set.kind, job.change_set.author, job.change_set.note) == ("ingest", reviewer, "重新抽取")
        assert Brand.objects.get(name="吕梁山护工").level == "national"
        assert not Brand.objects.filter(name="大同面点师傅").exists()
        assert reextraction.versions() == []
        done = undo(job.change_set, author=reviewer)
        assert done.kept == []
        assert dump() == before
        assert reextraction.versions() == [reextraction.EarlierVersion("earlier", 1)]

    def test_what_people_set_stays_and_the_opinion_stands_beside_it(self, reviewer: User) -> None:
        brand = Brand.objects.get(name="吕梁山护工")
        brand.level = "county"
        brand.set_by_hand(["level"])
        brand.save()
        job = compared(reviewer)
        [page] = diff.told(job.files.all())
        assert "建议" in "".join(str(told.model) for told in page.told)
        assert job.files.get().counts["Proposal"] == {"created": 1}
        queue.load(job)
        brand.refresh_from_db()
        assert brand.level == "county"
        assert [(one.field, one.value) for one in Proposal.objects.filter(state=ProposalState.OPEN)] == [
            ("level", "national")
        ]

    def test_what_people_confirmed_or_rejected_stays(self, reviewer: User) -> None:
        Brand.objects.filter(name="大同面点师傅").update(review=ReviewState.CONFIRMED)
        Statistic.objects.update(review=ReviewState.REJECTED)
        Brand.objects.filter(name="吕梁山护工").update(review=ReviewState.REJECTED)
        applied(reviewer)
        assert Brand.objects.get(name="大同面点师傅").review == ReviewState.CONFIRMED
        assert Evidence.objects.filter(brand__name="大同面点师傅").exists()
        rejected = Brand._base_manager.get(name="吕梁山护工")
        assert (rejected.review, rejected.level) == (ReviewState.REJECTED, "provincial")
        assert Statistic._base_manager.filter(review=ReviewState.REJECTED, value=90000).exists()

    def test_a_name_that_people_gave_stays(self, reviewer: User) -> None:
        brand = Brand.objects.get(name="吕梁山护工")
        brand.aliases.create(name="吕梁护工", by_hand=True)
        applied(reviewer)
        assert BrandAlias.objects.filter(brand=brand, name="吕梁护工").exists()

    def test_an_extractor_that_is_not_the_one_compared_is_not_let(self, reviewer: User) -> None:
        job = compared(reviewer)
        Job.objects.filter(pk=job.pk).update(extractor="0.0.1+0123456789")
        queue.load(job)
        job = fresh(job)
        assert job.state == JobState.FAILED
        assert "重新比较" in job.failure
        assert Brand.objects.get(name="吕梁山护工").level == "provincial"

    def test_of_pages_that_stay_only_the_version_is_new(self, reviewer: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Reader, "read", lambda self, name, page: first_opinion().facts())
        job = compared(reviewer)
        assert (job.files.get().outcome, diff.told(job.files.all())[0].told) == (FileOutcome.UNCHANGED, [])
        queue.load(job)
        assert reextraction.versions() == []


@pytest.mark.usefixtures("at_hand")
class TestSamples:
    def test_read_again_nothing_changes(self, reviewer: User) -> None:
        """Stored pages give what their files gave."""
        for file in samples("02_", "07_", "103_"):
            load_page(extract_page(read(file.name, file.data)), version="earlier")
        job = compared(reviewer)
        assert set(job.files.values_list("outcome", flat=True)) == {FileOutcome.UNCHANGED}


@pytest.mark.usefixtures("better")
class TestPages:
    def test_a_curator_compares_looks_and_applies(self, reviewer: User) -> None:
        client = log_in(reviewer)
        shown = client.get(reverse("curation:reextract"))
        assert "earlier" in shown.content.decode()
        answer = client.post(reverse("curation:reextract_compare"))
        job = Job.objects.get()
        assert answer["Location"] == job.get_absolute_url()
        page = client.get(job.get_absolute_url()).content.decode()
        assert "还没有写入任何内容" in page
        assert "逐页查看差别" in page
        found = client.get(reverse("curation:differences", args=[job.pk])).content.decode()
        assert '省级</del> → <ins class="now">国家级' in found
        assert client.get(reverse("curation:differences_page", args=[job.pk, 2])).status_code == 404
        client.post(reverse("curation:job_load", args=[job.pk]))
        page = client.get(job.get_absolute_url()).content.decode()
        assert "已经应用" in page
        assert client.get(reverse("curation:reextract")).context["total"] == 0
        assert client.post(reverse("curation:reextract_compare"))["Location"] == reverse("curation:reextract")

    def test_an_editor_may_look_but_not_apply(self) -> None:
        editor = member("editor")
        client = log_in(editor)
        client.post(reverse("curation:reextract_compare"))
        job = Job.objects.get()
        page = client.get(job.get_absolute_url()).content.decode()
        assert "应用由审核员决定" in page
        assert reverse("curation:job_load", args=[job.pk]) not in page
        for deed in ("job_load", "job_retry"):
            assert client.post(reverse(f"curation:{deed}", args=[job.pk])).status_code == 403
        assert Brand.objects.get(name="吕梁山护工").level == "provincial"

    def test_one_comparison_at_a_time(self, reviewer: User, settings: Any) -> None:
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        client = log_in(reviewer)
        first = client.post(reverse("curation:reextract_compare"))["Location"]
        assert client.post(reverse("curation:reextract_compare"))["Location"] == first
        assert Job.objects.count() == 1

    def test_takes_no_files(self, reviewer: User) -> None:
        job = compared(reviewer)
        client = log_in(reviewer)
        address = reverse("curation:upload_more", args=[job.pk])
        assert client.get(address)["Location"] == job.get_absolute_url()
        client.post(reverse("curation:job_file_remove", args=[job.pk, 1]))
        assert JobFile.objects.count() == 1

    def test_another_jobs_differences_are_none(self, reviewer: User) -> None:
        job = Job.objects.create(author=reviewer)
        assert log_in(reviewer).get(reverse("curation:differences", args=[job.pk])).status_code == 404

    def test_asks_few_questions(self, reviewer: User, django_assert_max_num_queries: Any) -> None:
        job = compared(reviewer)
        client = log_in(reviewer)
        for address in (
            reverse("curation:reextract"),
            job.get_absolute_url(),
            reverse("curation:differences", args=[job.pk]),
        ):
            with django_assert_max_num_queries(30):
                client.get(address)
