"""Mistakes that stay corrected: what else is like a correction, and rules that count once staff saw what they do."""

from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from brands.audit.change_sets import within
from brands.audit.undo import undo
from brands.models import Article, Brand, Change, ChangeSet, StandingRule, Statistic
from brands.vocabulary.choices import ChangeSetKind, Metric, ReviewState, RuleKind, RuleState
from curation.jobs import reextraction
from curation.jobs.diff import told
from curation.models import Job, JobState, JobStep
from curation.review.decisions import moment
from curation.standing_rules import alike, lessons, worklist
from curation.standing_rules.lessons import Lesson
from ingest.load.page import load_page
from ingest.load.standing_rules import settle
from ingest.pipeline import extract_bytes
from ingest.records import PageFacts
from ingest.version import extractor_version
from tests.brands.whole import state
from tests.curation.jobs import at_hand, fresh
from tests.staff import client_of, member

__all__ = ["at_hand"]

pytestmark = [pytest.mark.usefixtures("divisions", "at_hand"), pytest.mark.django_db]

MOST_QUERIES = 30

ONE = """---
publisher: 山西日报
url: http://news.county.example.cn/1.html
---
山西劳务品牌出山

山西省级劳务品牌“吕梁山护工”带动就业9万人。山西省级劳务品牌“天镇保姆”走进京城，领办作坊3200家。
"""
TWO = """---
url: http://news.county.example.cn/2.html
---
山西劳务品牌再出发

山西省级劳务品牌“天镇保姆”越走越远。山西省级劳务品牌“大同刀削面师傅”领办作坊1500家。
"""
OTHER = """劳务品牌出省

河南省级劳务品牌“平舆防水工”带动就业26万人。
"""


@pytest.fixture
def reviewer() -> User:
    return member("reviewer", "shenhe")


@pytest.fixture
def client(reviewer: User) -> Client:
    return client_of(reviewer)


@cache
def facts() -> list[PageFacts]:
    """What the pages say, read once for all tests."""
    return [extract_bytes(f"{number}.txt", text.encode()) for number, text in enumerate((ONE, TWO, OTHER), 1)]


@pytest.fixture
def pages() -> None:
    for one in facts():
        load_page(one, version=extractor_version())


def rule(kind: str = "never", words: str = "天镇保姆", means: str = "", *, author: User | None = None) -> StandingRule:
    by = author or User.objects.get_or_create(username="bianji")[0]
    return StandingRule.objects.create(kind=kind, words=words, means=means, author=by)


def correct(client: Client, kind: str, row: Any, **values: object) -> ChangeSet:
    """Change a fact on its page of the admin, as a person does."""
    address = reverse(f"admin:brands_{kind}_change", args=[row.pk])
    form = client.get(address).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in {**sent, **values}.items()}
    inlines = client.get(address).context["inline_admin_formsets"]
    for one in inlines:
        sent |= {field.html_name: field.value() for field in one.formset.management_form}
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.context["errors"]
    return ChangeSet.objects.latest("pk")


def compared(client: Client, *rows: StandingRule) -> Job:
    """Ask the page for what the rules change, and let a worker answer."""
    answer = client.post(reverse("curation:rules_compare"), {"rule": [row.pk for row in rows]})
    assert answer.status_code == 302
    return fresh(Job.objects.latest("pk"))


def applied(client: Client, job: Job) -> Job:
    client.post(reverse("curation:job_load", args=[job.pk]))
    return fresh(job)


def names() -> set[str]:
    return set(Brand.objects.exclude(review=ReviewState.REJECTED).values_list("name", flat=True))


@pytest.mark.usefixtures("pages")
class TestComparison:
    def test_a_rule_counts_for_nothing_before_it_was_looked_at(self, client: Client) -> None:
        row, before = rule(), state()
        job = compared(client, row)
        assert job.is_checked
        assert state() == before
        row.refresh_from_db()
        assert row.state == RuleState.PROPOSED
        assert set(job.files.values_list("name", flat=True)) == {"1.txt", "2.txt"}  # which have its words
        said = {(one.name, str(one.action.label)): words for page in told(job.files.all()) for one, words in page.rows}
        assert "“天镇保姆”" in said["天镇保姆", "删除"]
        shown = client.get(reverse("curation:differences", args=[job.pk])).content.decode()
        assert "天镇保姆”越走越远" in shown

    def test_once_applied_it_counts_and_the_change_set_takes_all_of_it_back(self, client: Client) -> None:
        before, row = state(), rule()
        job = applied(client, compared(client, row))
        assert (job.step, job.state) == (JobStep.LOAD, JobState.DONE)
        row.refresh_from_db()
        assert row.counts
        assert row.decided_by == User.objects.get(username="shenhe")
        assert "天镇保姆" not in names()
        assert not reextraction.outdated().exists()
        assert job.change_set is not None
        undo(job.change_set, author=None)
        row.refresh_from_db()
        assert row.state == RuleState.PROPOSED
        assert "天镇保姆" in names()
        settle(extractor_version())  # what it did not touch was marked as read by it
        row.delete()
        assert state() == before

    def test_it_goes_the_way_it_came(self, client: Client) -> None:
        row = rule()
        applied(client, compared(client, row))
        load_page(extract_bytes("4.txt", TWO.replace("越走越远", "走得更远").encode()), version=extractor_version())
        assert "天镇保姆" not in names()  # a page that comes later is read by it
        job = applied(client, compared(client, row))
        row.refresh_from_db()
        assert row.state == RuleState.WITHDRAWN
        assert job.state == JobState.DONE
        assert "天镇保姆" in names()
        assert not reextraction.outdated().exists()

    def test_a_table_comes_in_again_though_a_brand_was_withdrawn(self, client: Client) -> None:
        rule("alias", "天镇大嫂", "天镇保姆")
        out = b"".join(client.get(reverse("curation:rules_csv")))
        Brand.objects.filter(name="天镇保姆").update(review=ReviewState.REJECTED)
        answer = client.post(reverse("curation:rules_import"), {"file": SimpleUploadedFile("r.csv", out)}, follow=True)
        assert [str(one) for one in answer.context["messages"]] == ["文件里的规则都已经有了。"]
        more = out + "alias,天镇大妈,天镇保姆,,\r\n".encode()
        answer = client.post(reverse("curation:rules_import"), {"file": SimpleUploadedFile("r.csv", more)}, follow=True)
        assert "第 3 行" in str(*answer.context["messages"])
        assert StandingRule.objects.count() == 1

    def test_the_rule_is_taken_back_after_it_was_looked_at(self, client: Client) -> None:
        said = {"kind": "never", "words": "天镇保姆", "remember": "1"}
        client.post(reverse("curation:rule_new"), said)
        row = StandingRule.objects.get()
        job = compared(client, row)
        undo(ChangeSet.objects.latest("pk"), author=None)
        connection.check_constraints()
        assert not StandingRule.objects.exists()
        before = state()
        assert applied(client, job).state == JobState.FAILED
        assert state() == before

    def test_a_comparison_that_others_overtook_is_not_applied(self, client: Client) -> None:
        row, other = rule(), rule(words="大同刀削面师傅")
        job = compared(client, row)
        applied(client, compared(client, other))
        applied(client, job)
        row.refresh_from_db()
        assert row.state == RuleState.PROPOSED
        assert "天镇保姆" in names()

    def test_the_same_words_have_one_meaning(self, client: Client) -> None:
        row, other = rule("metric", "领办", "facilities"), rule("metric", "领办", "other")
        applied(client, compared(client, row))
        answer = client.post(reverse("curation:job_load", args=[compared(client, other).pk]), follow=True)
        assert "请先停用那一条" in answer.content.decode()
        client.post(reverse("curation:job_cancel", args=[Job.objects.latest("pk").pk]))
        applied(client, compared(client, row, other))  # the one goes as the other comes
        assert [one.counts for one in StandingRule.objects.order_by("pk")] == [False, True]
        assert Statistic.objects.get(value=1500).metric == Metric.OTHER

    def test_rules_that_no_page_has_the_words_of_count_from_now_on(self, client: Client) -> None:
        row = rule(words="没有的字样")
        job = compared(client, row)
        assert job.is_checked
        page = client.get(job.get_absolute_url()).content.decode()
        assert "库里没有版面含有这些字样" in page
        applied(client, job)
        row.refresh_from_db()
        assert row.counts
        assert not reextraction.outdated().exists()

    def test_what_a_person_decided_stands(self, client: Client) -> None:
        Brand.objects.filter(name="天镇保姆").update(review=ReviewState.CONFIRMED)
        Statistic.objects.filter(value=1500).update(hand_set=["metric"])
        applied(client, compared(client, rule(), rule("metric", "领办", "facilities")))
        assert "天镇保姆" in names()
        assert Statistic.objects.get(value=1500).metric == Metric.ORGANISATIONS
        assert Statistic.objects.get(value=3200).metric == Metric.FACILITIES

    def test_with_four_eyes_somebody_else_applies_it(self, client: Client, reviewer: User, settings: Any) -> None:
        settings.FOUR_EYES = True
        own, theirs = rule(author=reviewer), rule(words="大同刀削面师傅")
        answer = client.post(reverse("curation:job_load", args=[compared(client, own).pk]), follow=True)
        assert "须由他人核对" in answer.content.decode()
        own.refresh_from_db()
        assert not own.counts
        client.post(reverse("curation:job_cancel", args=[Job.objects.latest("pk").pk]))
        applied(client, compared(client, theirs))
        theirs.refresh_from_db()
        assert theirs.counts
        answer = client.post(reverse("curation:job_load", args=[compared(client, theirs).pk]), follow=True)
        theirs.refresh_from_db()
        assert theirs.counts  # who asked for it to go does not let it go

    def test_an_editor_may_propose_and_compare_but_not_apply(self) -> None:
        editor = client_of(member("editor", "bianji2"))
        editor.post(reverse("curation:rule_new"), {"kind": "never", "words": "天镇保姆", "remember": "1"})
        job = compared(editor, StandingRule.objects.get())
        assert editor.post(reverse("curation:job_load", args=[job.pk])).status_code == 403


@pytest.mark.usefixtures("pages")
class TestLessons:
    def of(self, kind: str, row: Any) -> list[Lesson]:
        return lessons.of_row(f"brands_{kind}", str(row.pk))

    def test_a_brand_that_is_none(self, client: Client) -> None:
        brand = Brand.objects.get(name="天镇保姆")
        made = correct(client, "brand", brand, review=ReviewState.REJECTED)
        [lesson] = lessons.of_change_set(made)
        assert (lesson.kind, lesson.words, lesson.change_set) == (RuleKind.NEVER, "天镇保姆", made.pk)
        assert "“天镇保姆”" in lesson.sentence
        assert self.of("brand", brand) == [lesson]

    def test_one_that_is_rejected_in_the_queue(self, client: Client) -> None:
        brand = Brand.objects.get(name="天镇保姆")
        article = Article.objects.get(page__name="1.txt")
        address = reverse("curation:queue_article", args=[article.pk])
        client.get(address)
        sent = {"no": f"brand-{brand.pk}", "seen": moment(timezone.now())}
        page = client.post(reverse("curation:queue_decide", args=[article.pk]), sent, follow=True)
        assert reverse("curation:alike", args=["brand", brand.pk]) in page.content.decode()
        [lesson] = self.of("brand", brand)
        assert (lesson.kind, lesson.words) == (RuleKind.NEVER, "天镇保姆")
        client.post(reverse("curation:queue_decide", args=[article.pk]), {"undo": "1"})
        assert self.of("brand", brand) == []

    def test_nothing_of_what_was_taken_back_or_what_machines_did(self, client: Client) -> None:
        brand = Brand.objects.get(name="天镇保姆")
        made = correct(client, "brand", brand, review=ReviewState.REJECTED)
        undo(made, author=None)
        assert lessons.of_change_set(made) == self.of("brand", brand) == []
        assert lessons.of_change_set(ChangeSet.objects.create(kind=ChangeSetKind.INGEST)) == []

    def test_another_name_and_another_metric(self, client: Client) -> None:
        made = correct(client, "brand", Brand.objects.get(name="天镇保姆"), name="天镇大姐")
        said = {(one.kind, one.words, one.means) for one in lessons.of_change_set(made)}
        assert said == {(RuleKind.ALIAS, "天镇保姆", "天镇大姐")}
        firms = Statistic.objects.get(value=3200)
        made = correct(client, "statistic", firms, metric=Metric.FACILITIES)
        [lesson] = lessons.of_change_set(made)
        assert (lesson.kind, lesson.words, lesson.means, lesson.was) == (
            RuleKind.METRIC,
            "领办作坊",
            "facilities",
            "organisations",
        )

    def test_another_paper(self, client: Client, reviewer: User) -> None:
        article = Article.objects.get(page__name="2.txt")
        sent = {"title": article.title, "publisher": "天镇融媒", "url": article.url, "relevant": "on", "write": "1"}
        address = reverse("curation:correct_article", args=[article.pk])
        opened = client.get(address).context["form"]["opened"].value()
        client.post(address, {**sent, "opened": opened})
        [lesson] = self.of("article", article)
        assert (lesson.kind, lesson.words, lesson.means) == (RuleKind.PAPER, "news.county.example.cn", "天镇融媒")


@pytest.mark.usefixtures("pages")
class TestAlike:
    METRIC = Lesson(RuleKind.METRIC, "领办", "facilities", was="organisations")

    def test_finds_the_same_word_and_no_other(self) -> None:
        found = alike.alike(self.METRIC)
        assert sorted(row.name for row in found.rows) == sorted(
            str(row) for row in Statistic.objects.filter(value__in=(3200, 1500))
        )
        assert all("领办" in row.sentence for row in found.rows)
        assert not alike.alike(
            Lesson(RuleKind.METRIC, "带动", "facilities", was="employment")
        ).rows  # people are no sites

    def test_never_what_a_person_decided(self) -> None:
        Statistic.objects.filter(value=3200).update(review=ReviewState.CONFIRMED)
        Statistic.objects.filter(value=1500).update(hand_set=["value"])
        assert not alike.alike(self.METRIC).rows

    def test_the_picked_ones_are_changed_and_all_can_be_taken_back(self, client: Client) -> None:
        before = state()
        keys = {int(row.value): row.pk for row in Statistic.objects.filter(value__in=(3200, 1500))}
        address = f"{reverse('curation:rule_new')}?{self.METRIC.query}"
        page = client.get(address)
        sent = {
            **{name: page.context["form"][name].value() for name in ("kind", "words", "means", "was")},
            "seal": page.context["found"].seal,
            "row": [keys[1500]],
            "change": "1",
        }
        assert client.post(reverse("curation:rule_new"), sent).status_code == 302
        row = Statistic.objects.get(pk=keys[1500])
        assert (row.metric, row.hand_set, row.review) == (Metric.FACILITIES, ["metric"], ReviewState.PROPOSED)
        assert Statistic.objects.get(pk=keys[3200]).metric == Metric.ORGANISATIONS
        undo(ChangeSet.objects.latest("pk"), author=None)
        assert state() == before

    def test_what_changed_since_is_shown_again(self, client: Client) -> None:
        seal = alike.alike(self.METRIC).seal
        Statistic.objects.filter(value=3200).update(hand_set=["metric"])
        sent = {"kind": "metric", "words": "领办", "means": "基地与站点", "was": "organisations"}
        key = Statistic.objects.get(value=1500).pk
        answer = client.post(reverse("curation:rule_new"), {**sent, "seal": seal, "row": [key], "change": "1"})
        assert "有了变动" in answer.content.decode()
        assert Statistic.objects.get(pk=key).metric == Metric.ORGANISATIONS

    def test_a_host_names_the_paper_of_its_articles(self, reviewer: User) -> None:
        lesson = Lesson(RuleKind.PAPER, "county.example.cn", "天镇融媒")
        [row] = alike.alike(lesson).rows  # not that of 山西日报, which its page prints
        seal = alike.alike(lesson).seal
        alike.change(lesson, [row.pk], by=reviewer, why="", seal=seal)
        article = Article.objects.get(page__name="2.txt")
        assert (article.publisher, article.hand_set) == ("天镇融媒", ["publisher"])

    def test_brands_of_an_other_name_are_joined(self, reviewer: User) -> None:
        meant = Brand(name="天镇大姐", region_id="140222").prepare()
        meant.save()
        lesson = Lesson(RuleKind.ALIAS, "天镇保姆", "天镇大姐")
        found = alike.alike(lesson)
        assert [row.after for row in found.rows] == [str(meant)]
        alike.change(lesson, [row.pk for row in found.rows], by=reviewer, why="", seal=found.seal)
        assert set(meant.aliases.values_list("name", flat=True)) == {"天镇保姆"}
        assert "天镇保姆" not in names()

    def test_not_with_one_of_another_place(self) -> None:
        assert not alike.alike(Lesson(RuleKind.ALIAS, "天镇保姆", "平舆防水工")).rows

    def test_a_place_name_of_a_paper(self, reviewer: User) -> None:
        brand = Brand.objects.get(name="大同刀削面师傅")
        lesson = Lesson(RuleKind.PLACE, "大同", "140225", was=brand.region_id or "")
        found = alike.alike(lesson)
        assert [row.pk for row in found.rows] == [brand.pk]
        alike.change(lesson, [brand.pk], by=reviewer, why="", seal=found.seal)
        brand.refresh_from_db()
        assert (brand.region_id, brand.hand_set) == ("140225", ["region"])


@pytest.mark.usefixtures("pages")
class TestRemember:
    def test_from_a_correction_to_a_rule(self, client: Client) -> None:
        brand = Brand.objects.get(name="天镇保姆")
        made = correct(client, "brand", brand, review=ReviewState.REJECTED)
        page = client.get(reverse("curation:alike_of_batch", args=[made.pk]), follow=True)
        form = page.context["form"]
        sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        assert client.post(reverse("curation:rule_new"), {**sent, "why": "泛称", "remember": "1"}).status_code == 302
        row = StandingRule.objects.get()
        assert (row.kind, row.words, row.why, row.change_set) == ("never", "天镇保姆", "泛称", made)
        assert "“天镇保姆”" in row.sentence
        assert str(row.author) == "shenhe"
        assert (
            client.post(reverse("curation:rule_new"), {**sent, "remember": "1"})["Location"] == row.get_absolute_url()
        )
        assert StandingRule.objects.count() == 1
        assert Change.objects.filter(table="brands_standingrule", row=str(row.pk)).exists()

    @pytest.mark.parametrize(
        ("kind", "words", "means", "wrong"),
        [
            ("never", "甲", "", "words"),
            ("metric", "领办", "没有的指标", "means"),
            ("place", "鼓楼", "没有的地方", "means"),
            ("paper", "不是网站", "某报", "words"),
            ("alias", "天镇保姆", "", "means"),
        ],
    )
    def test_what_is_no_rule(self, client: Client, kind: str, words: str, means: str, wrong: str) -> None:
        sent = {"kind": kind, "words": words, "means": means, "remember": "1"}
        answer = client.post(reverse("curation:rule_new"), sent)
        errors = answer.context["form"].errors
        assert {name: len(told) for name, told in errors.items()} == {wrong: 1}
        assert not StandingRule.objects.exists()

    @pytest.mark.parametrize(
        ("kind", "words", "means", "wrong", "told"),
        [
            ("alias", "天镇大嫂", "没有的品牌", "means", "库里没有叫“没有的品牌”的品牌"),
            ("alias", "天镇大嫂", "撤下的品牌", "means", "库里没有叫“撤下的品牌”的品牌"),
            ("alias", "大同月嫂", "天镇保姆", "words", "是库里经人工核定的品牌"),
            ("alias", "天镇保姆", "“天镇保姆”", "words", "不必记"),
            ("never", "大同月嫂", "", "words", "确实不是品牌，请先撤下"),
        ],
    )
    def test_what_goes_against_the_catalogue(
        self, client: Client, kind: str, words: str, means: str, wrong: str, told: str
    ) -> None:
        Brand.objects.create(name="天镇保姆", industry="domestic_service")
        Brand.objects.create(name="大同月嫂", industry="domestic_service", review=ReviewState.CONFIRMED)
        Brand.objects.create(name="撤下的品牌", industry="care", review=ReviewState.REJECTED)
        sent = {"kind": kind, "words": words, "means": means, "remember": "1"}
        answer = client.post(reverse("curation:rule_new"), sent)
        errors = answer.context["form"].errors
        assert list(errors) == [wrong]
        assert told in errors[wrong][0]
        lines = f"kind,words,means\nnever,无此品牌,\n{kind},{words},{means}\n"
        file = SimpleUploadedFile("r.csv", lines.encode())
        answer = client.post(reverse("curation:rules_import"), {"file": file}, follow=True)
        (message,) = answer.context["messages"]
        assert "第 3 行" in message.message
        assert f"{wrong}：" in message.message
        assert told in message.message
        assert not StandingRule.objects.exists()

    def test_another_name_of_a_brand_that_a_machine_made_twice(self, client: Client) -> None:
        """Which is then joined with it: what else is called so is listed before."""
        for name in ("天镇保姆", "天镇大姐"):
            Brand.objects.create(name=name, industry="domestic_service")
        sent = {"kind": "alias", "words": "天镇大姐", "means": "天镇保姆", "remember": "1"}
        assert client.post(reverse("curation:rule_new"), sent).status_code == 302

    def test_one_that_never_counted_can_be_put_away(self, client: Client) -> None:
        row = rule()
        client.post(reverse("curation:rule_drop", args=[row.pk]))
        row.refresh_from_db()
        assert row.state == RuleState.WITHDRAWN
        StandingRule.objects.update(state=RuleState.IN_FORCE)
        client.post(reverse("curation:rule_drop", args=[row.pk]))
        row.refresh_from_db()
        assert row.counts

    def test_out_and_in(self, client: Client) -> None:
        rule("metric", "领办", "facilities")
        rule(words="=SUM(A1)")
        told = client.get(reverse("curation:rules_csv")).content
        assert "'=SUM(A1)" in told.decode("utf-8-sig")
        StandingRule.objects.all().delete()
        for _again in range(2):
            client.post(reverse("curation:rules_import"), {"file": SimpleUploadedFile("r.csv", told)})
        said = set(StandingRule.objects.values_list("kind", "words", "means", "state"))
        assert said == {("metric", "领办", "facilities", "proposed"), ("never", "=SUM(A1)", "", "proposed")}

    @pytest.mark.parametrize("text", ["kind,words\nnever,甲\n", "kind,words\nwhat,甲乙\n", "name\n甲乙\n", "\x00\x01"])
    def test_a_file_that_is_no_table_of_rules(self, client: Client, text: str) -> None:
        file = SimpleUploadedFile("r.csv", text.encode())
        answer = client.post(reverse("curation:rules_import"), {"file": file}, follow=True)
        assert [one.level_tag for one in answer.context["messages"]] == ["error"]
        assert not StandingRule.objects.exists()


@pytest.mark.usefixtures("pages")
class TestWorklist:
    def test_counts_each_fact_once_and_leads_to_what_is_like_it(self, client: Client) -> None:
        brand = Brand.objects.get(name="天镇保姆")
        correct(client, "brand", brand, review=ReviewState.REJECTED)
        correct(client, "statistic", Statistic.objects.get(value=3200), metric=Metric.FACILITIES)
        correct(client, "statistic", Statistic.objects.get(value=3200), metric=Metric.OTHER)
        said = {one.rule: (one.seen, one.changed, one.rejected) for one in worklist.rules()}
        of_brand = brand.evidence.filter(field="").order_by("confidence", "-pk")
        assert said[of_brand[0].rule] == (1, 0, 1)
        assert sorted(said.values()) == [(1, 0, 1), (1, 1, 0)]
        page = client.get(reverse("curation:rules_work"), {"rule": of_brand[0].rule})
        assert reverse("curation:alike", args=["brand", brand.pk]) in page.content.decode()


@pytest.mark.usefixtures("pages")
class TestPages:
    def test_few_queries(self, client: Client, reviewer: User) -> None:
        rows = [rule(words=f"字样{number}") for number in range(30)]
        job = compared(client, *rows[:3])
        made = correct(client, "brand", Brand.objects.get(name="天镇保姆"), name="天镇大姐")
        one = Statistic.objects.get(value=1500)
        piece = one.evidence.get(field="")
        for number in range(20):
            one.pk, one.value, piece.pk = None, Decimal(2000 + number), None
            one.prepare().save()
            piece.statistic = one
            piece.save()
        bulk = ChangeSet.objects.create(kind=ChangeSetKind.BULK, author=reviewer, author_name=reviewer.username)
        with within(bulk):
            Statistic.objects.filter(value__lt=2020).update(metric=Metric.OTHER)
            Brand.objects.update(review=ReviewState.REJECTED)
        assert len(lessons.of_change_set(bulk)) == 5
        Statistic.objects.filter(metric=Metric.OTHER).update(metric=Metric.ORGANISATIONS)
        assert len(alike.alike(TestAlike.METRIC).rows) == 22
        metric = TestAlike.METRIC.query
        for address in (
            reverse("curation:rules"),
            reverse("curation:rule", args=[rows[0].pk]),
            f"{reverse('curation:rule_new')}?{metric}",
            reverse("curation:rules_work"),
            reverse("curation:alike_of_batch", args=[made.pk]),
            job.get_absolute_url(),
            reverse("curation:batch", args=[made.pk]),
            reverse("curation:alike_of_batch", args=[bulk.pk]),
            reverse("curation:history", args=["standingrule", rows[0].pk]),
        ):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code in (200, 302)
            assert len(asked) <= MOST_QUERIES, address
