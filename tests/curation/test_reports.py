"""Readers' reports: the values side by side, taken over or not in one step, and what is written to the reader."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from brands.listing.sync import gathered
from brands.models import Article, Brand, ChangeSet, Correction, Proposal, Statistic
from brands.models.correction import ReportOutcome
from brands.proposals import propose
from curation.review.decisions import Key, RefusedError, decide
from curation.review.items import desk
from curation.review.reports import reply, report_of
from tests.brands.factories import article, brand, regions, statistic
from tests.curation.test_queue import now
from tests.staff import client_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture
@gathered()
def source() -> Article:
    made = article("吕梁山护工9万余名，在吕梁。")
    carer = brand("吕梁山护工", source=made, region=regions()["140000"], confidence=0.9)
    statistic(carer, 90000, source=made, phrase="9万余名", confidence=0.9)
    return made


@pytest.fixture
def carer(source: Article) -> Brand:
    return Brand.objects.get()


def reported(fact: Any, field: str = "", **said: str) -> Correction:
    about = f"{type(fact).__name__.lower()}:{fact.pk}{'.' if field else ''}{field}"
    words = {"wrong": "写错了", "contact": "du@example.com", **said}
    return Correction.objects.create(about=about, label=f"{fact} · {field}", shown="山西", **words)


def press(client: Client, correction: Correction, deed: str, **typed: str) -> Any:
    """What the page's button sends: the form as it was opened, with something typed over."""
    page = client.get(reverse("curation:report", args=[correction.pk]))
    form = page.context["form"]
    filled = {name: form[name].value() for name in form.fields} if form else {}
    sent = {name: value for name, value in (filled | typed).items() if value is not None}
    return client.post(reverse(f"curation:report_{deed}", args=[correction.pk]), sent, follow=True)


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("region", "山西吕梁", "141100"),
        ("region", "吕梁市", "141100"),
        ("region", "在吕梁那边", None),
        ("level", "应该是省级", "provincial"),
        ("level", "省级还是国家级？", None),
        ("recognised_year", "2021年认定的", 2021),
        ("recognised_year", "2021或2022", None),
        ("organisation", "吕梁市人社局", "吕梁市人社局"),
        ("organisation", "不是这个。是另一个。", None),
        ("organisation", "", None),
    ],
)
def test_a_reader_s_words_are_read_as_a_value(carer: Brand, field: str, words: str, value: object) -> None:
    found = report_of(reported(carer, field, right=words))
    assert found.suggested == ({} if value is None else {field: value})
    form = found.form()
    assert form is not None
    assert set(form.fields) == {field, "opened"}


def test_a_number_is_read_from_the_words(carer: Brand) -> None:
    row = Statistic.objects.get()
    assert report_of(reported(row, right="应为 8.5万 人")).suggested == {"value": 85000}
    assert report_of(reported(row, right="8万或者9万")).suggested == {}


def test_a_report_is_taken_over_with_one_button(carer: Brand) -> None:
    one = reported(carer, "region", right="山西吕梁")
    page = press(client_of(member("reviewer", "shenhe")), one, "adopt")
    carer.refresh_from_db()
    one.refresh_from_db()
    assert (carer.region_id, carer.hand_set) == ("141100", ["region"])
    assert (one.done, one.outcome, one.note) == (True, ReportOutcome.ADOPTED, "所在地由“山西”改为“山西吕梁”")
    assert ChangeSet.objects.latest("pk").note == f"读者纠错 #{one.pk}：写错了"
    words = page.content.decode()
    assert "经核对，已更正：所在地由“山西”改为“山西吕梁”。" in words
    assert "du@example.com" in words


def test_an_editor_s_adoption_waits_as_a_proposal(carer: Brand) -> None:
    one = reported(carer, "region", right="山西吕梁")
    press(client_of(member("editor", "bianji")), one, "adopt")
    carer.refresh_from_db()
    one.refresh_from_db()
    assert (carer.region_id, one.outcome) == ("140000", ReportOutcome.PROPOSED)
    proposal = Proposal.objects.get()
    assert (proposal.field, proposal.value, proposal.author and proposal.author.username) == (
        "region",
        "141100",
        "bianji",
    )
    assert "已提交审核" in reply(one)


def test_a_report_is_declined_with_the_reason_for_the_reader(carer: Brand) -> None:
    one = reported(carer, "region", right="山西吕梁")
    client = client_of(member("reviewer", "shenhe"))
    client.post(reverse("curation:report_decline", args=[one.pk]), {"why": "报道写的是全省。"})
    one.refresh_from_db()
    assert (one.done, one.outcome, one.note) == (True, ReportOutcome.DECLINED, "报道写的是全省。")
    assert "报道写的是全省。" in reply(one)
    carer.refresh_from_db()
    assert carer.region_id == "140000"
    again = press(client, one, "adopt")
    assert "刚由别人处理了" in again.content.decode()
    one.refresh_from_db()
    assert one.outcome == ReportOutcome.DECLINED


def test_a_value_that_cannot_be_so_is_told_and_the_report_stays_open(carer: Brand) -> None:
    one = reported(carer, "region", right="山西吕梁")
    page = press(client_of(member("reviewer", "shenhe")), one, "adopt", region="火星")
    assert "没有叫“火星”的行政区划" in page.content.decode()
    one.refresh_from_db()
    assert not one.done


def test_what_is_about_no_value_is_only_closed(carer: Brand, source: Article) -> None:
    one = Correction.objects.create(about=f"article:{source.pk}", label="报道", wrong="日期不对")
    page = press(client_of(member("reviewer", "shenhe")), one, "adopt")
    one.refresh_from_db()
    assert (one.done, page.status_code) == (True, 200)


@pytest.mark.parametrize(("role", "sees"), [("viewer", False), ("editor", True)])
def test_who_only_looks_does_not_see_how_to_reach_the_reader(carer: Brand, role: str, sees: bool) -> None:
    one = reported(carer, "region", right="山西吕梁")
    one.done = True
    one.save()
    page = client_of(member(role, "ren")).get(reverse("curation:report", args=[one.pk])).content.decode()
    assert ("du@example.com" in page) == sees


def test_the_oldest_open_report_comes_first(carer: Brand) -> None:
    client = client_of(member("editor", "bianji"))
    assert client.get(reverse("curation:reports"))["Location"] == reverse("admin:brands_correction_changelist")
    first, _second = reported(carer, "region"), reported(carer, "level")
    assert client.get(reverse("curation:reports"))["Location"] == reverse("curation:report", args=[first.pk])


# In the queue


@pytest.fixture
def reviewer() -> User:
    return member("reviewer", "shenhe")


def test_a_disputed_fact_is_confirmed_only_once_that_is_settled(source: Article, carer: Brand, reviewer: User) -> None:
    one = reported(carer, "region", right="山西吕梁")
    key = Key("brand", carer.pk)
    with pytest.raises(RefusedError, match="有读者纠错或修改建议待定"):
        decide(reviewer, source, [key], yes=True, seen=now())
    page = client_of(reviewer).get(reverse("curation:queue_article", args=[source.pk])).content.decode()
    assert reverse("curation:report", args=[one.pk]) in page
    assert f'value="brand-{carer.pk},' in page  # it may be rejected
    assert f'name="yes" value="brand-{carer.pk},' not in page
    client_of(reviewer).post(reverse("curation:report_decline", args=[one.pk]))
    decide(reviewer, source, [key], yes=True, seen=now())


def test_a_proposal_comes_before_the_fact_that_it_is_about(source: Article, carer: Brand, reviewer: User) -> None:
    proposal = propose(carer, "region", "141100", author=member("editor", "bianji"))
    assert proposal is not None
    items = desk(source, reviewer).items
    assert [item.key for item in items[:2]] == [f"proposal-{proposal.pk}", f"brand-{carer.pk}"]
    assert items[1].disputed
    with pytest.raises(RefusedError, match="待定"):
        decide(reviewer, source, [Key("brand", carer.pk)], yes=True, seen=now())
    decide(reviewer, source, [Key("proposal", proposal.pk)], yes=False, seen=now())
    decide(reviewer, source, [Key("brand", carer.pk)], yes=True, seen=now())
