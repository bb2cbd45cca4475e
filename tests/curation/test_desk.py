"""The first page of the staff: what waits, what came in, how often the machine was right."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brands.audit.change_sets import open_change_set, within
from brands.audit.undo import undo
from brands.models import Article, Brand, ChangeSet, Correction, Evidence
from brands.vocabulary.choices import ChangeSetKind
from curation import dashboard
from curation.models import Decision, ReviewSession, Verdict, Waiting
from tests.brands.factories import article, brand, statistic

pytestmark = pytest.mark.django_db

MOST_QUERIES = 30


def member(role: str) -> Client:
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


def sitting(**verdicts: int) -> ReviewSession:
    """A sitting with so many decisions of each verdict, all on finds of one rule."""
    user = User.objects.create_user(f"person{User.objects.count()}")
    made = ReviewSession.objects.create(
        user=user, change_set=open_change_set(ChangeSetKind.REVIEW, author=user), last_at=timezone.now()
    )
    for place, (verdict, count) in enumerate(verdicts.items()):
        for step in range(100 * place, 100 * place + count):
            Decision.objects.create(
                sitting=made,
                step=step,
                before=0,
                until=0,
                article=Article.objects.first(),
                kind="statistic",
                fact=1,
                label="9万人",
                metric="employment",
                rule="quoted",
                verdict=verdict,
            )
    return made


@pytest.mark.usefixtures("catalogued")
def test_everybody_of_the_staff_gets_it_and_sees_what_is_his_to_do() -> None:
    Correction.objects.create(label="吕梁山护工", wrong="人数不对")
    pages = {role: member(role).get("/admin/").content.decode() for role in ("viewer", "editor", "reviewer", "admin")}
    assert all("读者纠错" in page for page in pages.values())
    assert {role for role, page in pages.items() if 'href="/admin/upload/"' in page} == {"editor", "reviewer", "admin"}
    assert {role for role, page in pages.items() if "待审的品牌" in page} == {"reviewer", "admin"}
    assert Client().get("/admin/").status_code == 302


@pytest.mark.usefixtures("catalogued")
def test_it_asks_few_questions() -> None:
    sitting(confirmed=3)
    client = member("admin")
    client.get("/admin/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get("/admin/").status_code == 200
    assert len(asked) <= MOST_QUERIES


@pytest.mark.usefixtures("catalogued")
def test_what_waits_is_what_the_queue_has() -> None:
    reviewer = User.objects.create_superuser("root")
    counts = {one.label: one.count for one in dashboard.waits(reviewer)}
    assert (counts["待审的品牌"], counts["待审的政策与活动"]) == (5, 2)
    assert counts["读者纠错"] == 0


@pytest.mark.usefixtures("catalogued")
def test_accuracy_is_how_people_decided() -> None:
    sitting(confirmed=6, accepted=1, changed=2, rejected=1)
    told = dashboard.accuracy()
    for score in (told.whole, *told.rules, *told.metrics, *told.months):
        assert (score.confirmed, score.changed, score.rejected, score.share) == (7, 2, 1, "70.0%")
    assert [score.label for score in told.metrics] == ["就业人数"]
    assert [score.label for score in told.months] == [f"{timezone.localtime():%Y-%m}"]


@pytest.mark.usefixtures("catalogued")
def test_decisions_that_were_taken_back_do_not_count() -> None:
    sitting(confirmed=1)
    gone = sitting(rejected=4)
    undo(gone.change_set, author=None)
    Decision.objects.create(
        sitting=ReviewSession.objects.exclude(pk=gone.pk).get(),
        step=9,
        before=0,
        until=0,
        kind="brand",
        fact=1,
        label="甲",
        verdict=Verdict.REJECTED,
        undone=True,
    )
    assert dashboard.accuracy().whole.verdicts == {"confirmed": 1}
    assert ChangeSet.objects.filter(undoes=gone.change_set).exists()


def test_corrections_count_wherever_they_are_made() -> None:
    user = User.objects.create_user("bianshen")
    made = article("甲护工、乙护工、丙护工，9万人。")
    first, second, third = (brand(name, source=made, confidence=0.9) for name in ("甲护工", "乙护工", "丙护工"))
    number = statistic(first, 90000, source=made, phrase="9万人")
    byhand = brand("丁护工")
    Evidence.objects.filter(brand=byhand).delete()

    def edited(kind: ChangeSetKind, *rows: Any, **values: object) -> ChangeSet:
        with within(open_change_set(kind, author=user)) as change_set:
            for row in rows:
                for name, value in values.items():
                    setattr(row, name, value)
                row.set_by_hand(values)
                row.save()
        return change_set

    edited(ChangeSetKind.EDIT, number, value=Decimal(95000))
    edited(ChangeSetKind.EDIT, number, value=Decimal(96000))  # a person's own value, which the machine did not read
    edited(ChangeSetKind.IMPORT, second, byhand, organisation="吕梁市人社局")
    taken = edited(ChangeSetKind.BULK, first, second, third, level="provincial")
    undo(taken, author=user)
    with within(open_change_set(ChangeSetKind.BULK, author=user)):
        Brand.objects.filter(pk__in=[first.pk, third.pk]).update(review="confirmed")
    told = dashboard.accuracy()
    assert (told.whole.changed, told.whole.confirmed, told.together) == (2, 0, 2)
    assert [(score.label, score.changed) for score in told.metrics] == [("就业人数", 1)]


@pytest.mark.usefixtures("catalogued")
def test_verdicts_given_together_are_counted_apart() -> None:
    made = sitting(confirmed=3)
    Decision.objects.update(step=1)
    Decision.objects.create(
        sitting=made, step=2, before=0, until=0, kind="brand", fact=1, label="甲", verdict=Verdict.REJECTED
    )
    told = dashboard.accuracy()
    assert (told.whole.total, told.whole.share, told.together) == (1, "0.0%", 3)


@pytest.mark.usefixtures("catalogued")
def test_what_was_taken_back_and_brought_back_counts_again() -> None:
    made = sitting(rejected=2)
    gone = undo(made.change_set, author=None).change_set
    assert dashboard.accuracy().whole.total == 0
    undo(gone, author=None)
    assert dashboard.accuracy().whole.rejected == 2


@pytest.mark.usefixtures("catalogued")
def test_one_button_goes_on_with_the_review() -> None:
    client = member("reviewer")
    page = client.get("/admin/")
    today = page.context["today"]
    assert (today.facts, today.articles) == (sum(row.total for row in Waiting.objects.all()), Waiting.objects.count())
    assert (today.decided, today.held) == (0, None)
    there = client.post("/admin/queue/next/", follow=True)
    held = client.get("/admin/").context["today"].held
    assert held == there.context["article"]
    assert f'href="/admin/queue/{held.pk}/"' in client.get("/admin/").content.decode()
    assert member("viewer").get("/admin/").context["today"] is None
    Waiting.objects.all().delete()
    assert "待审的都审完了" in client.get("/admin/").content.decode()


def test_the_guide_stands_in_the_admin() -> None:
    page = member("viewer").get("/admin/guide/").content.decode()
    assert '<h2 id="审核">审核</h2>' in page
    assert "<code>j</code>" in page
    assert "**" not in page
    assert 'href="/admin/guide/"' in page


@pytest.mark.usefixtures("catalogued")
def test_coverage_sets_what_is_held_beside_what_is_reported() -> None:
    rows = {row.name: row for row in dashboard.coverage()}
    assert len(rows) == 3
    assert rows["山西"].held == 3
    assert rows["山西"].left > 0
    assert {name for name, row in rows.items() if row.source} <= set(rows)
