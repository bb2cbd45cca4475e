"""Answers that a script sends: several at a time, each a step of its own, and none counts twice."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.listing import sync
from brands.listing.sync import gathered
from brands.models import Article, Brand, Card, DocumentKind, SearchDocument
from brands.proposals import propose
from curation.models import ArticleLock, Decision, Waiting
from curation.review import locks, waiting
from tests.brands.factories import article, brand, regions
from tests.curation.test_queue import now
from tests.staff import client_of, member

pytestmark = pytest.mark.django_db

NAMES = ("甲护工", "乙护工", "丙护工", "丁护工")


@pytest.fixture
def reviewer() -> User:
    return member("reviewer", "shenhe")


@pytest.fixture
@gathered()
def source() -> Article:
    made = article("、".join(NAMES))
    for name in NAMES:
        brand(name, source=made, region=regions()["141100"], confidence=0.8)
    return made


@pytest.fixture
def client(reviewer: User) -> Client:
    return client_of(reviewer)


def one(name: str) -> str:
    return f"brand-{Brand.objects.get(name=name).pk}"


def said(name: str, says: str, *brands: str, seen: str = "", of: str = "") -> dict[str, object]:
    return {"name": name, "says": says, "keys": [one(each) for each in brands], "seen": seen or now(), "of": of}


def send(client: Client, source: Article, *answers: Mapping[str, object]) -> Any:
    return client.post(reverse("curation:queue_answers", args=[source.pk]), {"answers": json.dumps(answers)})


def states() -> dict[str, str]:
    return dict(Brand.objects.values_list("name", "review"))


def test_each_answer_is_a_step_of_its_own(client: Client, source: Article) -> None:
    sent = said("a", "yes", "甲护工"), said("b", "no", "乙护工"), said("c", "yes", "丙护工", "丁护工")
    told = send(client, source, *sent).json()
    assert [(one["taken"], one["told"]) for one in told["answers"]] == [
        (True, "确认：甲护工"), (True, "否决：乙护工"), (True, "确认 2 条"),
    ]  # fmt: skip
    assert (told["mine"], told["facts"]) == (True, {})
    steps = list(Decision.objects.order_by("pk").values_list("step", "answer"))
    assert steps == [(1, "a"), (2, "b"), (3, "c"), (3, "c")]
    assert not Waiting.objects.exists()
    assert list(waiting.differences()) == []


def test_an_answer_that_comes_twice_counts_once(client: Client, source: Article) -> None:
    first = said("a", "yes", "甲护工")
    for _time in range(2):
        assert send(client, source, first).json()["answers"] == [{"name": "a", "taken": True, "told": "确认：甲护工"}]
    assert Decision.objects.count() == 1
    for _time in range(2):
        (back,) = send(client, source, said("b", "undo", of="a")).json()["answers"]
        assert back == {"name": "b", "taken": True, "told": "已撤销：确认：甲护工"}
    assert states()["甲护工"] == "proposed"


def test_what_is_taken_back_is_decided_again_as_it_was_seen(client: Client, source: Article) -> None:
    seen = now()
    sent = [
        said("a", "yes", "甲护工", seen=seen),
        said("b", "undo", of="a"),
        said("c", "no", "甲护工", seen=seen),
    ]
    assert all(one["taken"] for one in send(client, source, *sent).json()["answers"])
    assert states()["甲护工"] == "rejected"


def test_only_the_last_answer_is_taken_back(client: Client, source: Article) -> None:
    send(client, source, said("a", "yes", "甲护工"), said("b", "yes", "乙护工"))
    (back,) = send(client, source, said("c", "undo", of="a")).json()["answers"]
    assert (back["taken"], back["told"]) == (False, "这之后还有别的结论，请先撤销后面的。")
    (nothing,) = send(client, source, said("d", "undo", of="nothing")).json()["answers"]
    assert not nothing["taken"]
    assert states()["甲护工"] == "confirmed"


def test_somebody_else_s_answers_are_not_taken_back(client: Client, source: Article) -> None:
    send(client, source, said("a", "yes", "甲护工"))
    ArticleLock.objects.all().delete()
    (back,) = send(client_of(member("reviewer", "lingyi")), source, said("b", "undo", of="a")).json()["answers"]
    assert not back["taken"]
    assert states()["甲护工"] == "confirmed"


def test_one_that_is_refused_stops_no_other_and_is_shown_anew(client: Client, source: Article) -> None:
    seen = now()
    changed = Brand.objects.get(name="甲护工")
    changed.organisation = "吕梁市人社局"
    changed.save()
    Brand.objects.filter(name="丙护工").update(review="rejected")
    sent = [said(name, "yes", name, seen=seen) for name in ("甲护工", "乙护工", "丙护工")]
    told = send(client, source, *sent).json()
    assert [one["taken"] for one in told["answers"]] == [False, True, False]
    assert "吕梁市人社局" in told["facts"][one("甲护工")]
    assert told["facts"][one("丙护工")] == ""
    assert (states()["甲护工"], states()["乙护工"]) == ("proposed", "confirmed")


@pytest.mark.parametrize(("says", "waits", "organisation"), [("yes", False, "吕梁市人社局"), ("no", True, "")])
def test_a_fact_is_shown_anew_when_a_proposal_for_it_is_decided(
    client: Client, source: Article, says: str, waits: bool, organisation: str
) -> None:
    fact = Brand.objects.get(name="甲护工")
    proposal = propose(fact, "organisation", "吕梁市人社局", author=member("editor", "bianji"))
    assert proposal is not None
    sent = {"name": "a", "says": says, "keys": [f"proposal-{proposal.pk}"], "seen": now()}
    told = send(client, source, sent).json()
    assert told["answers"][0]["taken"]
    assert bool(told["facts"][one("甲护工")]) == waits
    assert "对现有内容有不同建议" not in told["facts"][one("甲护工")]
    fact.refresh_from_db()
    assert fact.organisation == organisation


def test_nothing_is_written_where_somebody_else_has_the_article(client: Client, source: Article) -> None:
    assert locks.hold(source.pk, member("reviewer", "lingyi"))
    told = send(client, source, said("a", "yes", "甲护工")).json()
    assert told["mine"] is False
    assert told["answers"][0]["told"] == "这篇报道已由他人接手，刚才的操作没有生效。"
    assert 'name="yes"' not in told["facts"][one("甲护工")]
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "7", "[7]", '[{"name": "a"}]', '[{"name": "", "says": "yes"}]', "[" * 60_000,
        '[{"name": "a", "says": "maybe"}]', '[{"name": "a", "says": "yes", "keys": 5}]', json.dumps([{}] * 51),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(client: Client, source: Article, text: str) -> None:
    answer = client.post(reverse("curation:queue_answers", args=[source.pk]), {"answers": text})
    assert answer.status_code == 400
    assert not Decision.objects.exists()


def test_a_key_that_names_nothing_is_refused(client: Client, source: Article) -> None:
    told = send(client, source, {"name": "a", "says": "yes", "keys": ["cat-1"], "seen": "x"}).json()
    assert told["answers"][0]["taken"] is False


def test_a_confirmed_fact_is_published_and_said_to_be_confirmed(client: Client, source: Article) -> None:
    """What was public is only marked; what was not becomes public, with all that follows. Nothing else differs."""
    hidden = Brand.objects.get(name="丁护工")
    hidden.confidence = 0.3
    hidden.save()
    assert not Card.objects.filter(pk=hidden.pk).exists()
    sent = said("a", "yes", "甲护工"), said("b", "yes", "丁护工"), said("c", "no", "乙护工")
    assert all(one["taken"] for one in send(client, source, *sent).json()["answers"])
    assert list(sync.differences()) == []
    assert dict(Card.objects.values_list("name", "review")) == {
        "甲护工": "confirmed", "丙护工": "proposed", "丁护工": "confirmed",
    }  # fmt: skip
    assert SearchDocument.objects.get(pk=DocumentKind.BRAND.number(Brand.objects.get(name="甲护工").pk)).curated


def test_confirming_what_is_public_works_out_no_document_anew(client: Client, source: Article) -> None:
    send(client, source, said("a", "yes", "甲护工"))
    with CaptureQueriesContext(connection) as asked:
        assert send(client, source, said("b", "yes", "乙护工")).json()["answers"][0]["taken"]
    written = [one["sql"] for one in asked.captured_queries if one["sql"].startswith("INSERT")]
    assert not [sql for sql in written if "brands_searchdocument" in sql or "brands_card" in sql]


# Statements of one more answer that comes together with others: the sitting, the author and the counts are asked once.
OF_ONE_MORE = 19


def test_what_answers_have_in_common_is_asked_once(client: Client, source: Article) -> None:
    send(client, source, said("a", "yes", "甲护工"))
    with CaptureQueriesContext(connection) as alone:
        send(client, source, said("b", "yes", "乙护工"))
    with CaptureQueriesContext(connection) as together:
        send(client, source, said("c", "yes", "丙护工"), said("d", "yes", "丁护工"))
    assert len(together) - len(alone) <= OF_ONE_MORE
    assert list(Decision.objects.order_by("pk").values_list("step", flat=True)) == [1, 2, 3, 4]
