"""The pages on which articles are handed in, looked over before they go in, and followed on their way."""

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from brands.models import Brand, ChangeSet, Page
from curation.jobs import uploads
from curation.jobs.preview_page import MAX_CHARACTERS, MAX_FACTS
from curation.jobs.uploads import MAX_PASTED, Offered
from curation.models import Job, JobFile, JobState, JobStep
from ingest.read import MAX_BYTES
from tests.curation.jobs import at_hand, draft, fresh, samples
from tests.staff import client_of, member

__all__ = ["at_hand"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "at_hand")]

ARTICLE = "天镇保姆进京\n本报讯 2024年，天镇县累计培训“天镇保姆”1.2万人。\n"
MAX_PAGE = 60 * 1024


@pytest.fixture
def editor() -> User:
    return member("editor")


@pytest.fixture
def client(editor: User) -> Client:
    return client_of(editor)


def files(*offered: Offered) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(one.name, one.data, content_type="text/plain") for one in offered]


def send(client: Client, *offered: Offered, number: int | None = None, **data: Any) -> Any:
    address = reverse("curation:upload_more", args=[number]) if number else reverse("curation:upload")
    return client.post(address, {"chosen": files(*offered), **data})


def press(client: Client, button: str, *arguments: int) -> Any:
    return client.post(reverse(f"curation:{button}", args=arguments), follow=True)


class TestUpload:
    def test_from_file_to_public_page(self, client: Client) -> None:
        response = send(client, *samples("02_", "07_"))
        job = Job.objects.get()
        assert (response.status_code, response["Location"]) == (302, job.get_absolute_url())
        assert not Page.objects.exists()
        page = client.get(job.get_absolute_url()).content.decode()
        assert "2 个文件可以入库" in page
        assert "劳务品牌：新增 1" in page
        page = press(client, "job_load", job.pk).content.decode()
        assert "2 个文件已经入库" in page
        assert f"批次 #{ChangeSet.objects.get(kind='ingest').pk} 的全部变动" in page
        assert f"queue/?job={job.pk}" in page
        brand = Brand.objects.get(name="天镇保姆")
        assert Client().get(brand.get_absolute_url()).status_code == 200

    def test_names_what_is_wrong_and_keeps_the_rest(self, client: Client) -> None:
        good = samples("02_")[0]
        bad = [
            Offered("照片.txt", b"\x89PNG\r\n"),
            Offered("空.txt", b""),
            Offered("乱码.txt", bytes(range(128, 256)) * 40),
            Offered("大.txt", b"a" * (MAX_BYTES + 1)),
            Offered("又一份.txt", good.data),
        ]
        response = send(client, good, *bad)
        assert [(one.name, one.reason) for one in response.context["complaints"]] == [
            ("照片.txt", "不是文本文件"),
            ("空.txt", "文件是空的"),
            ("乱码.txt", "文字编码无法识别，请存为 UTF-8 后再传"),
            ("大.txt", "文件太大，每个最多 2 MB"),
            ("又一份.txt", "与已加入的“02_tianzhen_baomu.txt”内容完全相同"),
        ]
        job = Job.objects.get()
        assert (job.state, [file.name for file in job.files.all()]) == (JobState.DRAFT, [good.name])
        page = response.content.decode()
        assert "其余文件都已保留，不必重选。" in page
        assert reverse("curation:upload_more", args=[job.pk]) in page
        response = send(client, *samples("07_"), number=job.pk)
        assert response.status_code == 302
        assert fresh(job).is_checked
        assert fresh(job).files.count() == 2

    def test_where_nothing_can_be_read_there_is_no_job(self, client: Client) -> None:
        response = send(client, Offered("空.txt", b""))
        assert response.status_code == 200
        assert not Job.objects.exists()

    def test_takes_a_pasted_text_under_its_name(self, client: Client) -> None:
        send(client, name="山西日报 2024-05-01", text=ARTICLE.replace("\n", "\r\n"))
        file = JobFile.objects.get()
        assert file.name == "山西日报 2024-05-01"
        assert bytes(file.data).decode() == ARTICLE

    @pytest.mark.parametrize(
        ("data", "complaint"),
        [
            ({}, "请选择文件，或粘贴一篇文章。"),
            ({"text": " \n"}, "请选择文件，或粘贴一篇文章。"),
            ({"text": ARTICLE}, "请给粘贴的文章起个名字，日后好找。"),
            ({"text": "字" * (MAX_PASTED + 1), "name": "长文"}, f"{MAX_PASTED}"),
        ],
    )
    def test_says_what_the_form_lacks(self, client: Client, data: dict[str, str], complaint: str) -> None:
        response = send(client, **data)  # type: ignore[arg-type]
        assert complaint in response.content.decode()
        assert not Job.objects.exists()

    def test_keeps_a_pasted_text_that_was_not_taken(self, client: Client) -> None:
        job = draft(User.objects.get(), [uploads.pasted("一", ARTICLE)])
        response = send(client, *samples("02_"), number=job.pk, name="二", text=ARTICLE)
        assert [one.name for one in response.context["complaints"]] == ["二"]
        assert "累计培训" in str(response.context["form"]["text"])

    def test_stays_within_the_limits_and_says_which_file_is_past_them(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert (uploads.MAX_FILES, uploads.MAX_TOTAL) == (100, 8 * 2**20)
        monkeypatch.setattr(uploads, "MAX_FILES", 2)
        response = send(client, *samples("02_", "03_", "07_"))
        assert [(one.name, one.reason) for one in response.context["complaints"]] == [
            ("07_shandong_luzihao.txt", "一次最多 2 个文件，请另建一项任务")
        ]
        monkeypatch.setattr(uploads, "MAX_FILES", 100)
        monkeypatch.setattr(uploads, "MAX_TOTAL", sum(JobFile.objects.values_list("size", flat=True)))
        response = send(client, *samples("07_"), number=Job.objects.get().pk)
        assert "一次合计最多" in response.context["complaints"][0].reason
        assert Job.objects.get().files.count() == 2

    def test_more_files_than_a_job_takes_reach_the_page(self, client: Client) -> None:
        """Django's own limit answers with a page that names no file."""
        response = send(client, *(Offered(f"{number}.txt", b"") for number in range(uploads.MAX_FILES + 20)))
        assert len(response.context["complaints"]) == uploads.MAX_FILES + 20

    def test_a_name_holds_nothing_that_could_not_be_shown(self, client: Client) -> None:
        send(client, Offered("a\u202e\x00\tb.txt", samples("02_")[0].data))
        assert JobFile.objects.get().name == "ab.txt"

    def test_files_can_be_taken_out_again(self, client: Client) -> None:
        send(client, *samples("02_", "07_"))
        job = Job.objects.get()
        press(client, "job_file_remove", job.pk, 1)
        assert [file.name[:3] for file in job.files.all()] == ["07_"]
        assert fresh(job).state == JobState.DRAFT
        press(client, "job_check", job.pk)
        assert fresh(job).is_checked

    def test_nothing_is_added_to_what_is_in(self, client: Client) -> None:
        send(client, *samples("02_"))
        job = Job.objects.get()
        press(client, "job_load", job.pk)
        response = send(client, *samples("07_"), number=job.pk)
        assert response.status_code == 302
        press(client, "job_file_remove", job.pk, 1)
        assert fresh(job).files.count() == 1
        assert uploads.take_in(job.author, samples("07_"), job)[1][0].reason == "这项任务已开始入库，不能再加文件"


class TestPreview:
    def test_marks_the_facts_and_lists_them(self, client: Client) -> None:
        send(client, *samples("104_"))
        page = client.get(JobFile.objects.get().get_absolute_url()).content.decode()
        assert re.search(r'<mark id="m1" class="is-brand"><a href="#f1">并州工匠</a></mark>', page)
        assert re.search(r'<li id="f1"><span class="tag is-fresh">新增</span>', page)
        assert "可信度" in page
        assert len(page.encode()) < MAX_PAGE

    def test_names_the_fields_that_would_change(self, client: Client) -> None:
        send(client, *samples("02_"))
        press(client, "job_load", Job.objects.get().pk)
        Page.objects.update(extractor="0.0+older")
        Brand.objects.filter(name="天镇保姆").update(industry="other")
        send(client, *samples("02_"))
        file = JobFile.objects.get(job=Job.objects.first())
        page = client.get(file.get_absolute_url()).content.decode()
        assert "改动：行业" in page
        assert "有变动" in page

    def test_shows_a_page_of_several_articles_one_by_one(self, client: Client) -> None:
        send(client, *samples("08_"))
        file = JobFile.objects.get()
        titles = [article["title"] for article in file.preview["articles"] if article["relevant"]]
        page = client.get(file.get_absolute_url()).content.decode()
        assert titles[0] in re.sub(r"<[^>]+>", "", page)
        assert client.get(reverse("curation:job_article", args=[file.job_id, 1, 1])).status_code == 200
        assert client.get(reverse("curation:job_article", args=[file.job_id, 1, 99])).status_code == 404

    def test_stays_small_whatever_a_file_holds(self, client: Client) -> None:
        many = "".join(
            f"{name}县的“{name}县护工”有{number}万人。" for number, name in enumerate("天地玄黄宇宙洪荒" * 80, 1)
        )
        send(client, Offered("long.txt", f"劳务品牌名录\n劳务品牌有：{many}\n".encode()))
        file = JobFile.objects.get()
        response = client.get(file.get_absolute_url())
        assert len(response.context["facts"]) == MAX_FACTS
        assert f"只显示前 {MAX_CHARACTERS} 字" in response.content.decode()
        assert len(response.content) < MAX_PAGE

    def test_escapes_what_strangers_wrote(self, client: Client) -> None:
        text = ARTICLE.replace("进京", "<script>alert(1)</script>")
        send(client, Offered("<b>.txt", text.encode()))
        page = client.get(JobFile.objects.get().get_absolute_url()).content.decode()
        assert "<script>alert" not in page
        assert "<b>.txt" not in page


class TestJobPage:
    @pytest.fixture
    def under_way(self, editor: User) -> Job:
        job = draft(editor, samples("02_", "07_"))
        Job.objects.update(step=JobStep.LOAD, state=JobState.RUNNING, owner="x", doing="07_shandong_luzihao.txt")
        job.files.filter(order=1).update(state="done")
        return fresh(job)

    def test_shows_how_far_it_is_and_refreshes_without_a_script(self, client: Client, under_way: Job) -> None:
        page = client.get(under_way.get_absolute_url()).content.decode()
        assert '<progress id="bar" max="2" value="1"' in page
        assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
        assert "正在入库：07_shandong_luzihao.txt" in page
        answer = json.loads(client.get(reverse("curation:job_progress", args=[under_way.pk])).content)
        assert answer == {"done": 1, "total": 2, "words": "正在入库：07_shandong_luzihao.txt", "over": False}

    def test_does_not_refresh_once_it_is_over(self, client: Client) -> None:
        send(client, *samples("02_"))
        page = client.get(Job.objects.get().get_absolute_url()).content.decode()
        assert "http-equiv" not in page
        assert "jobs.js" not in page

    def test_can_be_cancelled(self, client: Client, under_way: Job) -> None:
        page = press(client, "job_cancel", under_way.pk).content.decode()
        assert "取消之前已有 1 个文件入库" in page
        assert fresh(under_way).state == JobState.CANCELLED
        assert "没有照办" in press(client, "job_cancel", under_way.pk).content.decode()

    def test_gives_the_errors_as_a_file(self, client: Client, under_way: Job) -> None:
        under_way.files.filter(order=2).update(state="failed", failure="time", detail="")
        response = client.get(reverse("curation:job_errors", args=[under_way.pk]))
        assert response.content.decode() == "07_shandong_luzihao.txt\t抽取超时，已中止\t\n"
        assert "attachment" in response["Content-Disposition"]

    def test_the_list_leads_to_each_job(
        self, client: Client, under_way: Job, django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(12):
            page = client.get(reverse("curation:jobs")).content.decode()
        assert f'href="{under_way.get_absolute_url()}"' in page
        assert client.get(reverse("curation:jobs_page", args=[9])).status_code == 404

    @pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("editor", 200), ("reviewer", 200)])
    def test_is_for_those_who_may_bring_articles_in(self, under_way: Job, role: str, status: int) -> None:
        client = client_of(member(role, name=f"{role}2"))
        addresses = [reverse("curation:upload"), reverse("curation:jobs"), under_way.get_absolute_url()]
        assert {client.get(address).status_code for address in addresses} == {status}
