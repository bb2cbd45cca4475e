"""A brand that was joined wrongly is split: each half keeps what is its own, and it is one again when taken back."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.audit.merge import MergeChoice, merge
from brands.audit.split import Dealt, SplitError, split
from brands.audit.undo import undo
from brands.listing import sync
from brands.listing.sync import gathered
from brands.models import Article, Brand, BrandAlias, ChangeSet, Evidence, Proposal, Redirect, Statistic
from brands.vocabulary.choices import ProposalState, ReviewState
from ingest.load.page import load_page
from tests.brands.factories import article, bear_out, brand, detail, program, regions, statistic
from tests.brands.whole import state
from tests.ingest.building import PageBuilder
from tests.staff import client_of, member

pytestmark = pytest.mark.django_db

MOST_QUERIES = 30


@pytest.fixture
def reviewer() -> User:
    return member("reviewer", "shenhe")


@pytest.fixture
def client(reviewer: User) -> Client:
    return client_of(reviewer)


@pytest.fixture
def joined() -> Brand:
    """绣娘 of two places as one brand: two articles, a number, a detail and a program of each."""
    with gathered():
        places = regions()
        here = article("离石绣娘带动2000人，绣娘出自离石。", title="离石报道", place=places["141102"])
        there = article("永川绣娘培训3000人，绣娘也出自永川，绣娘做刺绣。", title="永川报道", place=places["500118"])
        made = brand("绣娘", source=here, aliases=("永川绣娘",), region=places["141102"], level="county")
        bear_out(made, there, "绣娘")
        bear_out(made, there, "永川", field="region")
        statistic(made, 2000, source=here, phrase="2000人")
        statistic(made, 3000, source=there, phrase="3000人", metric="training")
        detail(made, "trade", "刺绣", source=there)
        program("离石培训计划", kind="project", source=article("离石培训计划。绣娘。")).brands.add(made)
        of_both = program("绣娘大赛", kind="contest")
        of_both.brands.add(made)
        for source in (here, there):
            Evidence.objects.create(
                article=source, program=of_both, start=0, end=2, context_start=0, context_end=2, rule="x"
            )
    return made


def told_there(brand: Brand) -> Dealt:
    there = Article.objects.get(title="永川报道")
    return Dealt(
        evidence=list(brand.evidence.filter(article=there, field="").values_list("pk", flat=True)),
        statistics=list(brand.statistics.filter(metric="training").values_list("pk", flat=True)),
        details=list(brand.details.values_list("pk", flat=True)),
        aliases=list(brand.aliases.values_list("pk", flat=True)),
    )


def values(joined: Brand, **more: Any) -> dict[str, Any]:
    return {"name": "绣娘", "region": regions()["500118"], "industry": joined.industry, "level": "", **more}


def test_each_half_has_its_own_and_one_undo_joins_them_again(joined: Brand, reviewer: User) -> None:
    before = state()
    change_set, made = split(joined.pk, values(joined), told_there(joined), author=reviewer, why="两地同名")
    joined.refresh_from_db()
    assert (joined.region_id, made.region_id, made.level) == ("141102", "500118", "")
    assert {row.metric for row in joined.statistics.all()} == {"employment"}
    assert {row.metric for row in made.statistics.all()} == {"training"}
    assert sorted(made.evidence.values_list("field", flat=True)) == ["", "region", "trade"]
    assert list(joined.evidence.values_list("field", flat=True)) == [""]
    assert [row.words for row in made.details.all()] == ["刺绣"]
    assert [row.name for row in made.aliases.all()] == ["永川绣娘"]
    assert {row.name for row in joined.programs.all()} == {"离石培训计划", "绣娘大赛"}
    assert {row.name for row in made.programs.all()} == {"绣娘大赛"}
    assert (made.review, made.machine_may_write, joined.machine_may_write) == (ReviewState.CONFIRMED, False, False)
    assert {"name", "region", "level"} <= set(made.hand_set)
    assert set(Brand.objects.published()) >= {joined, made}
    assert list(sync.differences()) == []
    undo(change_set, author=reviewer)
    assert state() == before
    assert list(sync.differences()) == []


def test_both_need_words_that_bear_them_out(joined: Brand, reviewer: User) -> None:
    before = state()
    everything = list(joined.evidence.filter(field="").values_list("pk", flat=True))
    for dealt in (Dealt(), Dealt(evidence=everything)):
        with pytest.raises(SplitError, match="至少有一处出处"):
            split(joined.pk, values(joined), dealt, author=reviewer, why="")
    with pytest.raises(SplitError, match="已有同名"):
        split(joined.pk, values(joined, region=joined.region), told_there(joined), author=reviewer, why="")
    assert state() == before


def test_no_run_joins_them_again(reviewer: User) -> None:
    regions()
    one, other = PageBuilder("离石“绣娘”带动就业。", name="1.txt"), PageBuilder("永川“绣娘”培训。", name="2.txt")
    for page in (one, other):
        page.brand("绣娘", "141102")
        load_page(page.facts(), version="1")
    joined = Brand.objects.get()
    there = joined.evidence.filter(article__page__name="2.txt").values_list("pk", flat=True)
    _set, made = split(joined.pk, values(joined), Dealt(evidence=list(there)), author=reviewer, why="")
    for page in (one, other):
        load_page(page.facts(), version="2")
    assert {row.evidence.get().article.page.name for row in (joined, made)} == {"1.txt", "2.txt"}
    assert Brand.objects.count() == 2


def test_addresses_lead_where_they_belong(joined: Brand, reviewer: User) -> None:
    other = brand("永川绣娘", region=regions()["500118"])
    merge(Brand, joined.pk, other.pk, MergeChoice(), author=reviewer, why="")
    joined.refresh_from_db()
    theirs = joined.evidence.exclude(article__title="离石报道").filter(field="").values_list("pk", flat=True)
    gone = list(BrandAlias.objects.filter(name="永川绣娘").values_list("pk", flat=True))
    dealt = Dealt(evidence=list(theirs), aliases=gone)
    _set, made = split(joined.pk, values(joined, name="永川绣娘"), dealt, author=reviewer, why="")
    assert Redirect.objects.get(pk=other.pk).heir == made.pk
    assert not BrandAlias.objects.filter(brand=joined, name="永川绣娘").exists()
    assert not made.aliases.exists()


def test_what_was_proposed_of_the_other_is_answered(joined: Brand, reviewer: User) -> None:
    Proposal.objects.create(brand=joined, field="region", value="500118", value_key="500118")
    split(joined.pk, values(joined), told_there(joined), author=reviewer, why="")
    assert Proposal.objects.get().state == ProposalState.DECLINED


def test_four_eyes(joined: Brand, reviewer: User, settings: Any) -> None:
    settings.FOUR_EYES = True
    _set, made = split(joined.pk, values(joined), told_there(joined), author=reviewer, why="")
    assert (made.review, made.machine_may_write) == (ReviewState.PROPOSED, False)


# The page


def ask(client: Client, joined: Brand, place: str = "永川") -> Any:
    return client.get(reverse("curation:split", args=[joined.pk]), {"place": place} if place else {})


def filled(answer: Any) -> dict[str, str]:
    form = answer.context["form"]
    said = {field.html_name: form.fields[field.name].prepare_value(field.value()) for field in form}
    return {name: value for name, value in said.items() if value not in (None, False)}


def test_the_page_suggests_by_place_and_does_it(client: Client, joined: Brand) -> None:
    answer = ask(client, joined)
    sent = filled(answer)
    wanted = told_there(joined)
    for kind in ("evidence", "statistics", "details"):
        goes = {int(name.split("_")[1]) for name, side in sent.items() if name.startswith(kind) and side == "goes"}
        assert goes == set(getattr(wanted, kind)), kind
    done = client.post(reverse("curation:split", args=[joined.pk]), sent)
    assert done.status_code == 302
    made = Brand.objects.get(region="500118")
    assert (made.name, made.statistics.count(), joined.statistics.count()) == ("绣娘", 1, 1)
    assert ChangeSet.objects.latest("pk").kind == "edit"


def test_who_was_late_is_told(client: Client, joined: Brand) -> None:
    sent = filled(ask(client, joined))
    Statistic.objects.filter(brand=joined, metric="training").delete()
    assert client.post(reverse("curation:split", args=[joined.pk]), sent).status_code in {200, 409}
    assert Brand.objects.filter(name="绣娘").count() == 1


def test_what_cannot_be_is_said(client: Client, joined: Brand) -> None:
    sent = filled(ask(client, joined)) | {"region": "离石"}
    assert "已有同名" in client.post(reverse("curation:split", args=[joined.pk]), sent).content.decode()
    sent |= {"region": "永川"} | {name: "stays" for name in sent if name.startswith("evidence_")}
    answer = client.post(reverse("curation:split", args=[joined.pk]), sent)
    assert (answer.status_code, Brand.objects.filter(name="绣娘").count()) == (409, 1)
    assert "没有叫" in ask(client, joined, "没有的地方").content.decode()


def test_the_page_asks_little_however_much_hangs_on_the_brand(client: Client, joined: Brand) -> None:
    with gathered():
        for number in range(30):
            source = article(f"绣娘又来了，带动{number + 10}人。", title=f"第{number}篇")
            bear_out(joined, source, "绣娘")
            statistic(joined, number + 10, source=source, phrase=f"{number + 10}人")
    with CaptureQueriesContext(connection) as queries:
        assert ask(client, joined).status_code == 200
    assert len(queries) <= MOST_QUERIES
