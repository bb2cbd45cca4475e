"""The first page of the staff: what waits, what came in, how often the machine was right."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brands.audit.change_sets import open_change_set
from brands.audit.undo import undo
from brands.models import Article, ChangeSet, Correction
from brands.vocabulary.choices import ChangeSetKind
from curation import dashboard
from curation.models import Decision, ReviewSession, Verdict

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
    for verdict, count in verdicts.items():
        for step in range(count):
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


@pytest.mark.usefixtures("catalogued")
def test_coverage_sets_what_is_held_beside_what_is_reported() -> None:
    rows = {row.name: row for row in dashboard.coverage()}
    assert len(rows) == 3
    assert rows["山西"].held == 3
    assert rows["山西"].left > 0
    assert {name for name, row in rows.items() if row.source} <= set(rows)
