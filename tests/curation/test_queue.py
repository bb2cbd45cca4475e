"""The review queue: what waits where, who has it, what a verdict does, and how it is taken back."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from brands.audit.change_sets import open_change_set, within
from brands.audit.undo import undo
from brands.listing.sync import gathered
from brands.models import Article, Brand, ChangeSet, Evidence, Page, Program, Region, Statistic
from brands.models.source import BY_HAND
from brands.proposals import propose
from brands.vocabulary.choices import ChangeSetKind, Industry, ProgramKind, ProposalState, ReviewState
from curation.dashboard import accuracy
from curation.models import LEASE, PAUSE, ArticleLock, Decision, Hardness, Job, ReviewSession, Verdict, Waiting
from curation.review import locks, waiting
from curation.review.article_text import read
from curation.review.decisions import Key, RefusedError, change, decide, moment, undo_last
from curation.review.forms import form_for
from curation.review.items import AT_ONCE, desk
from curation.review.queue import QueueChoice, queue
from tests.brands.factories import article, bear_out, brand, detail, program, regions, statistic
from tests.brands.whole import state
from tests.staff import client_of, member

pytestmark = pytest.mark.django_db

MOST_QUERIES = 30
TEXT = "吕梁山护工走出大山\n吕梁山护工9万余名，年收入16亿元。\n天镇保姆也来参会，会上发布了《劳务品牌建设指导意见》。"


@pytest.fixture
def reviewer() -> User:
    return member("reviewer", "shenhe")


@pytest.fixture
def source() -> Article:
    """An article with a brand, its number and a brand without region."""
    with gathered():
        places = regions()
        made = article(TEXT, title="护工走出大山", place=places["140000"])
        carer = brand("吕梁山护工", source=made, region=places["141100"], confidence=0.9)
        statistic(carer, 90000, source=made, phrase="9万余名", confidence=0.97, as_of="2025")
        brand("天镇保姆", source=made, region=places["140222"], industry=Industry.DOMESTIC_SERVICE, confidence=0.96)
    return made


def now() -> str:
    return moment(timezone.now())


def key(row: Any) -> Key:
    return Key(type(row).__name__.lower(), row.pk)


def say(client: Client, pk: int, **said: str) -> Any:
    return client.post(reverse("curation:queue_decide", args=[pk]), {"seen": now(), **said})


def filled(fact: Any, **typed: str) -> QueryDict:
    """What the form of the fact sends, opened now, with something typed over."""
    form = form_for(key(fact).kind, fact)
    values = {name: form[name].value() for name in form.fields}
    data = QueryDict(mutable=True)
    data.update({name: value for name, value in (values | typed).items() if value is not None})
    return data


def waits(source: Article) -> Waiting:
    return Waiting.objects.get(pk=source.pk)


# What waits where


def test_a_fact_is_counted_once_at_the_first_article_that_bears_it_out(source: Article) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    second = article("吕梁山护工再次上报。", title="又一篇")
    bear_out(carer, second, "吕梁山护工")
    row = waits(source)
    assert (row.brands, row.statistics, row.programs, row.total) == (2, 1, 0, 3)
    assert (row.province, row.sure, row.low) == ("140000", 2, 0)
    assert not Waiting.objects.filter(pk=second.pk).exists()
    Evidence.objects.filter(article=source, brand=carer).delete()
    assert (waits(source).brands, waits(second).brands) == (1, 1)
    assert list(waiting.differences()) == []


def test_what_is_decided_or_gone_waits_no_more(source: Article, reviewer: User) -> None:
    for row in [*Brand.objects.all(), *Statistic.objects.all()]:
        row.review = ReviewState.CONFIRMED
        row.save()
    assert not Waiting.objects.exists()
    other = article("潜江裁缝进城。")
    brand("潜江裁缝", source=other)
    assert Waiting.objects.count() == 1
    Page.objects.filter(pk=other.page_id).delete()
    assert not Waiting.objects.exists()


@pytest.mark.parametrize(
    ("facts", "hardness"),
    [
        ({"confidence": 0.9}, Hardness.HOMELESS),
        ({"confidence": 0.4}, Hardness.LOW),
        ({"confidence": 0.9, "region_id": "141100"}, Hardness.PLAIN),
    ],
)
def test_the_hardest_fact_says_how_hard_an_article_is(facts: dict[str, Any], hardness: Hardness) -> None:
    regions()
    made = article("吕梁山护工。")
    brand("吕梁山护工", source=made, **facts)
    assert waits(made).hardness == hardness


def test_numbers_of_one_date_that_differ_are_hard_and_undated_ones_are_not(source: Article) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    second = article("护工8万名。")
    other = statistic(carer, 80000, source=second, phrase="8万名", as_of="2025")
    statistic(carer, 1_600_000_000, metric="labour_income", unit="元", source=second, phrase="8万名")
    assert (waits(second).hardness, waits(second).disagreeing) == (Hardness.DISAGREEING, 1)
    Statistic.objects.filter(pk=other.pk).update(review=ReviewState.REJECTED)
    waiting.refresh([source.pk, second.pk])
    assert waits(second).hardness == Hardness.PLAIN


def test_an_open_proposal_comes_first_and_goes_when_it_is_decided(source: Article, reviewer: User) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    carer.review = ReviewState.CONFIRMED
    carer.save()
    proposal = propose(carer, "level", "provincial", author=member("editor", "bianji"))
    assert proposal is not None
    assert (waits(source).hardness, waits(source).proposals, waits(source).brands) == (Hardness.PROPOSAL, 1, 1)
    decide(reviewer, source, [Key("proposal", proposal.pk)], yes=False, seen=now())
    assert waits(source).proposals == 0


def test_migrate_counts_what_was_there_before(source: Article) -> None:
    Waiting.objects.all().delete()
    assert len(list(waiting.differences())) == 1
    waiting.fill_after_migrate()
    assert list(waiting.differences()) == []
    assert waits(source).total == 3


# The queue


@pytest.fixture
def shelves(source: Article) -> list[Article]:
    """Articles of three provinces, and of none."""
    places = regions()
    plain, low, nowhere = (article(f"{name}。", title=name) for name in ("潜江裁缝", "永川工匠", "无名工匠"))
    brand("潜江裁缝", source=plain, region=places["429005"], confidence=0.99)
    brand("永川工匠", source=low, region=places["500118"], confidence=0.3)
    program("无名工匠", source=nowhere, confidence=0.8)
    return [low, nowhere, source, plain]


def test_hard_articles_come_first_and_then_the_least_sure(shelves: list[Article], reviewer: User) -> None:
    shown = queue(QueueChoice({}), reviewer)
    assert [row.pk for row in shown.rows] == [one.pk for one in shelves]
    assert (shown.articles, shown.facts) == (4, 6)


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"province": "140000"}, ["护工走出大山"]),
        ({"province": "none"}, ["无名工匠"]),
        ({"kind": "statistics"}, ["护工走出大山"]),
        ({"kind": "programs"}, ["无名工匠"]),
        ({"confidence": "low"}, ["永川工匠"]),
        ({"confidence": "sure", "kind": "brands"}, ["护工走出大山", "潜江裁缝"]),
        ({"hardness": "1"}, ["永川工匠"]),
        ({"province": "500000", "kind": "statistics"}, []),
    ],
)
def test_the_queue_is_narrowed(
    shelves: list[Article], reviewer: User, asked: dict[str, str], titles: list[str]
) -> None:
    assert [row.article.title for row in queue(QueueChoice(asked), reviewer).rows] == titles


def test_the_queue_of_a_job_holds_the_articles_of_its_files(shelves: list[Article], reviewer: User) -> None:
    job = Job.objects.create(author=reviewer)
    job.files.create(order=1, name="a.txt", data=b"", size=0, sha256=shelves[3].page.sha256)
    assert [row.pk for row in queue(QueueChoice({"job": str(job.pk)}), reviewer).rows] == [shelves[3].pk]


def test_what_is_left_is_counted_by_province_and_kind(shelves: list[Article], reviewer: User) -> None:
    shown = queue(QueueChoice({}), reviewer)
    kinds, confidences, hardness, provinces = (
        {(one.label, one.count) for one in facet.choices} for facet in shown.facets
    )
    assert kinds == {("修改建议", 0), ("劳务品牌", 4), ("政策与活动", 1), ("数据", 1)}
    assert confidences == {("可信度低，未公开", 1), ("可信度 0.95 及以上", 3)}
    assert hardness == {("可信度低，未公开", 1), ("其余", 3)}
    assert provinces == {("山西", 3), ("湖北", 1), ("重庆", 1), ("全国或不详", 1)}
    for one in shown.facets[3].choices:
        assert queue(QueueChoice({"province": one.value}), reviewer).facts == one.count


@pytest.mark.parametrize("asked", ["province=990000", "kind=cats", "job=77", "page=x", "hardness=9", "confidence=0"])
def test_a_choice_that_makes_no_sense_is_told_and_nothing_breaks(reviewer: User, source: Article, asked: str) -> None:
    response = client_of(reviewer).get(f"{reverse('curation:queue')}?{asked}")
    assert response.status_code == 200
    assert not response.context["queue"].choice.is_valid()
    if not asked.startswith("page"):
        assert 'class="told wrong"' in response.content.decode()


# Who may do what


@pytest.mark.parametrize(
    ("role", "looks", "decides"),
    [("viewer", 200, 403), ("editor", 200, 403), ("reviewer", 200, 302), ("admin", 200, 302)],
)
def test_all_staff_look_and_reviewers_decide(source: Article, role: str, looks: int, decides: int) -> None:
    client = client_of(member(role, "ren"))
    address = reverse("curation:queue_article", args=[source.pk])
    for path in (reverse("curation:queue"), address, reverse("curation:doubtful")):
        assert client.get(path).status_code == looks
    page = client.get(address).content.decode()
    assert ('name="yes"' in page) == (decides == 302)
    assert ArticleLock.objects.exists() == (decides == 302)
    assert say(client, source.pk, yes=f"brand-{Brand.objects.get(name='吕梁山护工').pk}").status_code == decides
    assert Brand.objects.filter(review=ReviewState.CONFIRMED).exists() == (decides == 302)


# Verdicts


def test_yes_and_no_decide_and_lead_to_the_next_fact(source: Article, reviewer: User) -> None:
    client = client_of(reviewer)
    client.get(reverse("curation:queue_article", args=[source.pk]))
    carer, keeper = Brand.objects.get(name="吕梁山护工"), Brand.objects.get(name="天镇保姆")
    response = say(client, source.pk, yes=f"brand-{carer.pk},brand-{keeper.pk}")
    assert response["Location"].endswith(f"/{source.pk}/#brand-{keeper.pk}")
    say(client, source.pk, no=f"brand-{keeper.pk},")
    states = dict(Brand.objects.values_list("name", "review"))
    assert states == {"吕梁山护工": "confirmed", "天镇保姆": "rejected"}
    change_set = ChangeSet.objects.get(kind=ChangeSetKind.REVIEW)
    assert change_set.author == reviewer
    assert {change.row for change in change_set.changes.filter(table="brands_brand")} == {str(carer.pk), str(keeper.pk)}
    assert waits(source).total == 1
    first, second = Decision.objects.order_by("pk")
    assert (first.verdict, first.label, first.confidence, first.step) == (Verdict.CONFIRMED, "吕梁山护工", 0.9, 1)
    assert (second.verdict, second.step) == (Verdict.REJECTED, 2)


def test_a_rejected_brand_takes_its_numbers_out_of_public(source: Article, reviewer: User) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    assert Statistic.objects.published().count() == 1
    page = client_of(reviewer).get(reverse("curation:queue_article", args=[source.pk])).content.decode()
    assert "否决后，它的 1 条数据也不公开。" in page
    decide(reviewer, source, [key(carer)], yes=False, seen=now())
    assert Statistic.objects.published().count() == 0


def test_all_above_the_bound_are_confirmed_at_once_but_for_the_hard_ones(source: Article, reviewer: User) -> None:
    lost = brand("无名工匠", source=source_with("无名工匠"), confidence=0.99)
    bear_out(lost, extended(source, "无名工匠"), "无名工匠")
    sure = desk(source, reviewer).sure
    assert {item.name.split(" ")[0] for item in sure} == {"吕梁山护工", "天镇保姆"}
    decide(reviewer, source, [Key.parse(item.key) for item in sure], yes=True, seen=now())
    assert set(Decision.objects.values_list("step", "kind")) == {(1, "statistic"), (1, "brand")}
    undo_last(reviewer)
    assert not Brand.objects.exclude(review=ReviewState.PROPOSED).exists()
    assert waits(source).total == 4


def test_nothing_is_confirmed_with_others_that_the_page_does_not_show(source: Article, reviewer: User) -> None:
    words = [f"{at}号护工" for at in range(30)]
    paper = article("、".join(words))
    for word in words:
        brand(word, source=paper, confidence=0.99, region=Region.objects.get(pk="141100"))
    shown = desk(paper, reviewer)
    assert shown.total == 30
    assert {item.key for item in shown.sure} == {item.key for item in shown.shown}
    assert len(shown.sure) == AT_ONCE
    with pytest.raises(RefusedError, match="一次可审 1 至 15 条"):
        decide(reviewer, paper, [Key.parse(item.key) for item in shown.items], yes=True, seen=now())
    decide(reviewer, paper, [Key.parse(item.key) for item in shown.sure], yes=True, seen=now())
    page = client_of(reviewer).get(reverse("curation:queue_article", args=[paper.pk]))
    assert all(one.together for one in page.context["decided"])
    assert "确认（一并）" in page.content.decode()
    assert accuracy().together == AT_ONCE
    assert Brand.objects.filter(review="confirmed").count() == AT_ONCE


def test_one_s_own_upload_is_confirmed_piece_by_piece_where_four_eyes_look(reviewer: User, settings: Any) -> None:
    settings.FOUR_EYES = True
    with within(open_change_set(ChangeSetKind.INGEST, author=reviewer)):
        paper = article("甲护工、乙护工。")
        made = [brand(name, source=paper, confidence=0.99, region=regions()["141100"]) for name in ("甲护工", "乙护工")]
    assert desk(paper, reviewer).sure == []
    assert len(desk(paper, member("reviewer", "lingyi")).sure) == 2
    with pytest.raises(RefusedError, match="不能一并确认"):
        decide(reviewer, paper, [key(row) for row in made], yes=True, seen=now())
    decide(reviewer, paper, [key(made[0])], yes=True, seen=now())
    decide(member("reviewer", "sanyi"), paper, [key(made[1])], yes=True, seen=now())
    assert Brand.objects.filter(review="confirmed", name__in=("甲护工", "乙护工")).count() == 2


def test_what_was_typed_is_given_back_where_somebody_was_quicker(source: Article, reviewer: User) -> None:
    client, carer = client_of(reviewer), Brand.objects.get(name="吕梁山护工")
    client.get(reverse("curation:queue_article", args=[source.pk]))
    data = filled(carer, organisation="吕梁市人社局")
    Brand.objects.filter(pk=carer.pk).update(review=ReviewState.REJECTED)
    answer = client.post(reverse("curation:queue_edit", args=[source.pk, f"brand-{carer.pk}"]), data, follow=True)
    (told,) = [str(message) for message in answer.context["messages"]]
    assert "已有结论" in told
    assert "你填的没有写入：建设单位 吕梁市人社局" in told
    carer.refresh_from_db()
    assert carer.organisation == ""


def test_what_others_wrote_stands_field_by_field_beside_what_was_typed(source: Article, reviewer: User) -> None:
    client, carer = client_of(reviewer), Brand.objects.get(name="吕梁山护工")
    client.get(reverse("curation:queue_article", args=[source.pk]))
    data = filled(carer, organisation="吕梁市人社局")
    with within(open_change_set(ChangeSetKind.EDIT, author=member("reviewer", "lingyi"))):
        Brand.objects.filter(pk=carer.pk).update(organisation="离石区人社局", batch="第一批")
    address = reverse("curation:queue_edit", args=[source.pk, f"brand-{carer.pk}"])
    page = client.post(address, data, headers={"X-Partial": "fact"})
    form = page.context["form"]
    assert form.errors["organisation"] == ["别人刚改成了“离石区人社局”；再保存，就以你填的为准。"]
    assert "lingyi" in str(form.non_field_errors())
    assert (form["organisation"].value(), form["batch"].value()) == ("吕梁市人社局", "第一批")
    carer.refresh_from_db()
    assert (carer.organisation, carer.review) == ("离石区人社局", ReviewState.PROPOSED)
    again = QueryDict(mutable=True)
    again.update({name: form[name].value() or "" for name in form.fields})
    assert client.post(address, again, headers={"X-Partial": "fact"}).json()["facts"] == {f"brand-{carer.pk}": ""}
    carer.refresh_from_db()
    assert (carer.organisation, carer.batch, carer.hand_set) == ("吕梁市人社局", "第一批", ["organisation"])


def source_with(words: str) -> Article:
    return article(f"{words}进城。", title=words)


def extended(source: Article, words: str) -> Article:
    """The article with more text at its end, as a person's own source may get."""
    text = source.page.text + words
    Page.objects.filter(pk=source.page_id).update(extractor=BY_HAND)
    Page.objects.filter(pk=source.page_id).update(text=text)
    Article.objects.filter(pk=source.pk).update(spans=[[0, len(text)]])
    return Article.objects.select_related("page").get(pk=source.pk)


def test_a_fact_that_changed_since_it_was_seen_is_not_decided(source: Article, reviewer: User) -> None:
    seen = now()
    carer = Brand.objects.get(name="吕梁山护工")
    carer.organisation = "吕梁市人社局"
    carer.save()
    with pytest.raises(RefusedError, match="刚有改动"):
        decide(reviewer, source, [key(Brand.objects.get(name="天镇保姆")), key(carer)], yes=True, seen=seen)
    assert not Decision.objects.exists()
    assert not ChangeSet.objects.filter(kind=ChangeSetKind.REVIEW).exists()
    assert not Brand.objects.filter(review=ReviewState.CONFIRMED).exists()


@pytest.mark.parametrize(
    "said", ["", "brand-x", "cat-1", "brand-999999", "proposal-1", "brand-" + "9" * 30, "brand-1," * 3]
)
def test_a_request_that_names_nothing_is_refused(source: Article, reviewer: User, said: str) -> None:
    client = client_of(reviewer)
    response = client.post(
        reverse("curation:queue_decide", args=[source.pk]), {"yes": said, "seen": now()}, headers={"X-Partial": "desk"}
    )
    assert response.status_code == 409
    assert 'role="alert"' in response.content.decode()
    assert not Decision.objects.exists()


def test_what_has_a_verdict_keeps_it(source: Article, reviewer: User) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    decide(reviewer, source, [key(carer)], yes=True, seen=now())
    with pytest.raises(RefusedError, match="已有结论"):
        decide(reviewer, source, [key(carer)], yes=False, seen=now())


def test_a_proposal_is_accepted_with_its_value(source: Article, reviewer: User) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    decide(reviewer, source, [key(carer)], yes=True, seen=now())
    proposal = propose(carer, "region", "141102", author=member("editor", "bianji"), why="区里注册")
    assert proposal is not None
    item = desk(source, reviewer).items[0]
    assert (item.now, item.new, item.field_label) == ("山西吕梁", "山西吕梁离石", "所在地")
    decide(reviewer, source, [Key("proposal", proposal.pk)], yes=True, seen=now())
    carer.refresh_from_db()
    assert (carer.region_id, carer.hand_set) == ("141102", ["region"])
    undo_last(reviewer)
    carer.refresh_from_db()
    proposal.refresh_from_db()
    assert (carer.region_id, proposal.state, waits(source).proposals) == ("141100", ProposalState.OPEN, 1)


def test_nobody_reviews_their_own_work(source: Article, reviewer: User, settings: Any) -> None:
    settings.FOUR_EYES = True
    carer = Brand.objects.get(name="吕梁山护工")
    with within(open_change_set(ChangeSetKind.EDIT, author=reviewer)):
        carer.organisation = "吕梁市人社局"
        carer.save()
    proposal = propose(carer, "level", "provincial", author=reviewer)
    assert proposal is not None
    own = {item.key: item.own for item in desk(source, reviewer).items}
    assert own[f"brand-{carer.pk}"]
    assert own[f"proposal-{proposal.pk}"]
    for one in (key(carer), Key("proposal", proposal.pk)):
        with pytest.raises(RefusedError, match="他人审核"):
            decide(reviewer, source, [one], yes=True, seen=now())
    other = member("reviewer", "lingyi")
    decide(other, source, [Key("proposal", proposal.pk)], yes=False, seen=now())
    decide(other, source, [key(carer)], yes=True, seen=now())


def test_words_that_a_reviewer_changes_wait_for_another(source: Article, reviewer: User, settings: Any) -> None:
    settings.FOUR_EYES = True
    carer = Brand.objects.get(name="吕梁山护工")
    changed = change(reviewer, source, key(carer), filled(carer, organisation="吕梁市人社局"))
    assert changed.is_valid(), changed.errors
    carer.refresh_from_db()
    assert (carer.organisation, carer.review) == ("吕梁市人社局", "proposed")
    with pytest.raises(RefusedError, match="他人审核"):
        decide(reviewer, source, [key(carer)], yes=True, seen=now())
    decide(member("reviewer", "lingyi"), source, [key(carer)], yes=True, seen=now())
    carer.refresh_from_db()
    assert carer.review == "confirmed"


# What is obvious


def test_two_papers_make_a_fact_obvious_and_a_reprint_does_not(source: Article, reviewer: User) -> None:
    keeper = Brand.objects.get(name="天镇保姆")
    second = article("天镇保姆上岗。", publisher="晚报", reprint_of=source)
    bear_out(keeper, second, "天镇保姆")
    assert desk(source, reviewer).groups == []
    Article.objects.filter(pk=second.pk).update(reprint_of=None)
    (group,) = desk(source, reviewer).groups
    assert (group.rule.name, [item.name for item in group.items]) == ("two_papers", ["天镇保姆"])
    Article.objects.filter(pk=second.pk).update(publisher="县报")
    assert desk(source, reviewer).groups == []


def test_a_policy_with_its_full_name_and_issuer_is_obvious(reviewer: User) -> None:
    made = article("会上发布了《劳务品牌建设指导意见》。")
    paper = program("《劳务品牌建设指导意见》", source=made, confidence=0.97, kind=ProgramKind.POLICY)
    assert desk(made, reviewer).groups == []
    Program.objects.filter(pk=paper.pk).update(issuer="人力资源社会保障部")
    assert [group.rule.name for group in desk(made, reviewer).groups] == ["full_policy"]


def test_a_number_is_shown_beside_those_of_its_series(source: Article, reviewer: User) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    other = statistic(carer, 80000, as_of="2025", source=article("护工8万名。", publisher="晚报"), phrase="8万名")
    earlier = statistic(carer, 50000, as_of="2020")
    statistic(carer, 10, as_of="2019", review=ReviewState.REJECTED)
    item = next(item for item in desk(source, reviewer).items if item.kind == "statistic")
    assert [one.pk for one in item.said.beside] == [other.pk, earlier.pk]
    assert item.said.against == {other.pk}
    assert item.hard == [Hardness.DISAGREEING]
    page = client_of(reviewer).get(reverse("curation:queue_article", args=[source.pk])).content.decode()
    assert "晚报" in page


# Changing a fact


def test_what_is_changed_is_set_by_hand_and_confirmed(source: Article, reviewer: User) -> None:
    client = client_of(reviewer)
    carer = Brand.objects.get(name="吕梁山护工")
    page = client.get(reverse("curation:queue_article", args=[source.pk]), {"edit": f"brand-{carer.pk}"})
    form = page.context["form"]
    data = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}
    assert data["region"] == "山西吕梁 141100"
    data |= {"region": "离石区", "level": "county", "seen": now(), "onward": "brand-1"}
    response = client.post(reverse("curation:queue_edit", args=[source.pk, f"brand-{carer.pk}"]), data)
    assert response["Location"].endswith("#brand-1")
    carer.refresh_from_db()
    assert (carer.region_id, carer.level, carer.hand_set) == ("141102", "county", ["level", "region"])
    assert carer.review == ReviewState.CONFIRMED
    assert Decision.objects.get().verdict == Verdict.CHANGED
    undo_last(reviewer)
    carer.refresh_from_db()
    assert (carer.region_id, carer.level, carer.hand_set, carer.review) == ("141100", "", [], ReviewState.PROPOSED)


@pytest.mark.parametrize(
    ("place", "found", "complaint"),
    [
        ("山西吕梁", "141100", ""),
        ("吕梁市", "141100", ""),
        ("山西省吕梁市离石区", "141102", ""),
        ("429005", "429005", ""),
        ("", None, ""),
        ("火星", None, "没有叫“火星”的行政区划"),
        ("990000", None, "没有叫“990000”的行政区划"),
    ],
)
def test_a_place_is_written_by_name_or_code(
    source: Article, reviewer: User, place: str, found: str | None, complaint: str
) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    form = change(reviewer, source, key(carer), filled(carer, region=place))
    carer.refresh_from_db()
    if complaint:
        assert complaint in str(form.errors["region"])
        assert carer.review == ReviewState.PROPOSED
        assert not Decision.objects.exists()
    else:
        assert (carer.region_id, carer.review) == (found, ReviewState.CONFIRMED)


def test_a_form_that_is_wrong_comes_back_with_its_errors(source: Article, reviewer: User) -> None:
    number = Statistic.objects.get()
    response = client_of(reviewer).post(
        reverse("curation:queue_edit", args=[source.pk, f"statistic-{number.pk}"]),
        filled(number, value="-5"),
    )
    assert response.status_code == 200
    assert "数值不能为负" in response.content.decode()
    number.refresh_from_db()
    assert (number.value, number.review) == (90000, ReviewState.PROPOSED)


# Sittings


def test_a_sitting_is_one_batch_that_is_undone_as_a_whole(source: Article, reviewer: User) -> None:
    before = state()
    carer, keeper = Brand.objects.get(name="吕梁山护工"), Brand.objects.get(name="天镇保姆")
    decide(reviewer, source, [key(carer)], yes=True, seen=now())
    decide(reviewer, source, [key(keeper)], yes=False, seen=now())
    undo_last(reviewer)
    decide(reviewer, source, [key(keeper)], yes=True, seen=now())
    number = Statistic.objects.get()
    change(reviewer, source, key(number), filled(number, value="95000", qualifier="over"))
    (change_set,) = ChangeSet.objects.filter(kind=ChangeSetKind.REVIEW)
    assert not Waiting.objects.exists()
    assert undo(change_set, author=reviewer).kept == []
    assert state() == before
    assert waits(source).total == 3


def test_undoing_goes_back_step_by_step_and_no_further(source: Article, reviewer: User) -> None:
    for row in Brand.objects.all():
        decide(reviewer, source, [key(row)], yes=True, seen=now())
    undo_last(reviewer)
    undo_last(reviewer)
    assert waits(source).total == 3
    with pytest.raises(RefusedError, match="没有可撤销"):
        undo_last(reviewer)


def test_a_verdict_on_another_article_is_taken_back_by_name(shelves: list[Article], reviewer: User) -> None:
    decide(reviewer, shelves[0], [key(Brand.objects.get(name="永川工匠"))], yes=True, seen=now())
    client = client_of(reviewer)
    address = reverse("curation:queue_decide", args=[shelves[1].pk])
    page = client.post(address, {"undo": "1"}, headers={"X-Partial": "desk"}).content.decode()
    assert "已撤销：确认：永川工匠（在《永川工匠》）" in page
    assert waits(shelves[0]).total == 1


def test_what_was_changed_since_is_kept_when_a_step_is_undone(source: Article, reviewer: User) -> None:
    carer = Brand.objects.get(name="吕梁山护工")
    decide(reviewer, source, [key(carer)], yes=True, seen=now())
    Brand.objects.filter(pk=carer.pk).update(review=ReviewState.REJECTED)
    _decisions, kept = undo_last(reviewer)
    assert [one.fields for one in kept] == [("review",)]


@pytest.mark.parametrize("ends", ["pause", "logout"])
def test_a_sitting_ends_with_a_pause_or_a_logout(source: Article, reviewer: User, ends: str) -> None:
    client = client_of(reviewer)
    client.get(reverse("curation:queue_article", args=[source.pk]))
    carer, keeper = Brand.objects.get(name="吕梁山护工"), Brand.objects.get(name="天镇保姆")
    say(client, source.pk, yes=f"brand-{carer.pk}")
    if ends == "pause":
        ReviewSession.objects.update(last_at=timezone.now() - PAUSE)
    else:
        client.post(reverse("admin:logout"))
        assert not ArticleLock.objects.exists()
        client.force_login(reviewer)
    say(client, source.pk, yes=f"brand-{keeper.pk}")
    assert ChangeSet.objects.filter(kind=ChangeSetKind.REVIEW).count() == 2
    undo_last(reviewer)
    with pytest.raises(RefusedError):
        undo_last(reviewer)


# Claims


def test_what_one_reviews_is_not_shown_to_another(shelves: list[Article], reviewer: User) -> None:
    other = member("reviewer", "lingyi")
    assert locks.hold(shelves[0].pk, reviewer)
    assert not locks.hold(shelves[0].pk, other)
    shown = queue(QueueChoice({}), other)
    assert [row.pk for row in shown.rows] == [one.pk for one in shelves[1:]]
    assert shown.held == 1
    assert [row.pk for row in queue(QueueChoice({}), reviewer).rows] == [one.pk for one in shelves]
    response = client_of(other).get(reverse("curation:queue_article", args=[shelves[0].pk]))
    assert response["Location"] == reverse("curation:queue_article", args=[shelves[1].pk])


def test_a_claim_ends_by_itself_unless_it_is_renewed(source: Article, reviewer: User) -> None:
    other = member("reviewer", "lingyi")
    locks.hold(source.pk, reviewer)
    ArticleLock.objects.update(until=timezone.now() + timedelta(seconds=5))
    assert client_of(reviewer).post(reverse("curation:queue_hold", args=[source.pk])).status_code == 204
    assert ArticleLock.objects.get().until > timezone.now() + LEASE - timedelta(minutes=1)
    ArticleLock.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert locks.hold(source.pk, other)
    assert client_of(reviewer).post(reverse("curation:queue_hold", args=[source.pk])).status_code == 409
    response = say(client_of(reviewer), source.pk, yes=f"brand-{Brand.objects.first().pk}")  # type: ignore[union-attr]
    assert response.status_code == 302
    assert not Decision.objects.exists()


def test_going_on_or_leaving_frees_the_article(shelves: list[Article], reviewer: User) -> None:
    client = client_of(reviewer)
    first, second = shelves[0], shelves[1]
    client.post(reverse("curation:queue_next"))
    assert ArticleLock.objects.get().article == first
    response = client.post(reverse("curation:queue_next_after", args=[first.pk]))
    assert response["Location"] == reverse("curation:queue_article", args=[second.pk])
    assert ArticleLock.objects.get().article == second
    client.post(reverse("curation:queue_leave", args=[second.pk]))
    assert not ArticleLock.objects.exists()


def test_an_admin_takes_over(source: Article, reviewer: User) -> None:
    locks.hold(source.pk, reviewer)
    assert (
        client_of(member("reviewer", "lingyi")).post(reverse("curation:queue_take_over", args=[source.pk])).status_code
        == 403
    )
    client = client_of(member("admin", "guanli"))
    page = client.get(reverse("curation:queue_article", args=[source.pk])).content.decode()
    assert "shenhe 正在审这一篇" in page
    assert 'name="yes"' not in page
    client.post(reverse("curation:queue_take_over", args=[source.pk]))
    assert ArticleLock.objects.get().user.username == "guanli"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_come_at_once_each_gets_an_article(shelves: list[Article]) -> None:
    """Several rounds, since two threads seldom meet at the same statement."""
    people = [member("reviewer", name) for name in ("jia", "yi", "bing")]
    for _round in range(5):
        ArticleLock.objects.all().delete()
        found = at_once(people)
        assert len(set(found)) == 3, found
        assert None not in found
        assert ArticleLock.objects.count() == 3


def at_once(people: list[User]) -> list[int | None]:
    """What each of them gets who asks for the next article at the same time."""
    start = threading.Barrier(len(people))
    found: list[int | None] = []

    def ask(user: User) -> None:
        try:
            start.wait()
            found.append(locks.next_for(user, Waiting.objects.all()))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


# Bounds


@pytest.fixture
def crowded() -> Article:
    """An article with more facts than are shown at once, each named by other papers as well."""
    with gathered():
        names = [f"第{number}号师傅" for number in range(1, 21)]
        places = regions()
        made = article("、".join(names) + "，共60人。", title="二十位师傅")
        others = [article("、".join(names), publisher=f"第{number}报") for number in range(3)]
        for number, name in enumerate(names):
            row = brand(name, source=made, region=places["141100"], confidence=0.5 + number % 50 / 100)
            for other in others:
                bear_out(row, other, name)
                bear_out(row, other, name, field="region")
        for year in range(2020, 2024):
            statistic(row, 60, source=made, phrase="60人", as_of=str(year))
        for row in Brand.objects.filter(name__endswith="0号师傅"):
            propose(row, "region", "140200", author=member("editor", f"bianji{row.pk}"))
    return made


def test_no_page_asks_much_or_grows_beyond_its_bounds(crowded: Article, reviewer: User, settings: Any) -> None:
    settings.FOUR_EYES = True
    client = client_of(reviewer)
    article_page = reverse("curation:queue_article", args=[crowded.pk])
    edit = f"{article_page}?edit={desk(crowded, reviewer).items[-1].key}"
    addresses = [reverse("curation:queue"), article_page, edit, reverse("curation:doubtful")]
    addresses += [reverse("curation:doubtful_sort", args=[sort]) for sort in ("outlier", "unfounded", "misdated")]
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        assert response.status_code == 200
        assert len(asked) <= MOST_QUERIES, address
        assert len(response.content) <= 60 * 1024, (address, len(response.content))


def test_a_long_article_shows_its_first_facts_and_then_the_next(crowded: Article, reviewer: User) -> None:
    first = desk(crowded, reviewer)
    assert (len(first.shown), first.total) == (AT_ONCE, 26)
    decided = [item for item in first.shown if not item.proposal and not item.disputed]
    decide(reviewer, crowded, [key(item.fact) for item in decided], yes=True, seen=now())
    second = desk(crowded, reviewer)
    assert len(second.shown) == min(AT_ONCE, second.total)
    assert second.total == first.total - len(decided)


def test_an_article_that_is_taken_back_is_let_go_and_what_was_decided_on_it_stays(reviewer: User) -> None:
    regions()
    change_set = open_change_set(ChangeSetKind.INGEST)
    with within(change_set):
        made = article(TEXT)
        carer = brand("吕梁山护工", source=made)
        brand("天镇保姆", source=made)
    locks.hold(made.pk, reviewer)
    decide(reviewer, made, [key(carer)], yes=True, seen=now())
    undo_last(reviewer)
    undo(change_set, author=None)
    connection.check_constraints()
    assert (Article.objects.count(), ArticleLock.objects.count(), Waiting.objects.count()) == (0, 0, 0)
    assert list(Decision.objects.values_list("label", "article")) == [("吕梁山护工", None)]


def test_the_words_for_the_scope_are_marked_in_the_text(source: Article, reviewer: User) -> None:
    second = article("县里今年新增护工8万名。")
    row = statistic(Brand.objects.get(name="吕梁山护工"), 80000, source=second, phrase="8万名", scope="new")
    words = bear_out(row, second, "新增", field="scope")
    reading = read(second, desk(second, reviewer))
    html = "".join(paragraph.html for paragraph in reading.paragraphs)
    assert f'<mark id="e{words.pk}" class="is-scope"><a href="#statistic-{row.pk}">新增</a></mark>' in html


def test_the_desk_shows_what_else_is_said_of_a_brand_with_the_sentences_of_other_papers(reviewer: User) -> None:
    here, elsewhere = article("“离石绣娘”到大同做刺绣。"), article("另一家报纸说，“离石绣娘”也做剪纸。")
    made = brand("离石绣娘", source=here)
    bear_out(made, elsewhere, "离石绣娘")
    detail(made, "trade", "刺绣", source=here)
    detail(made, "trade", "剪纸", source=elsewhere)
    (item,) = [one for one in desk(here, reviewer).items if one.fact == made]
    (row,) = [row for row in item.rows if row.field == "trade"]
    assert (row.label, row.value) == ("工种", "刺绣、剪纸")
    assert "剪纸" in {quote.quote for quote in row.quotes}
