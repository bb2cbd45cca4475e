"""Proposals: what may be proposed, what a verdict does, and that nothing comes back once it was declined."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from brands.models import Brand, Evidence, Proposal
from brands.proposals import FIELDS, DecidedError, Fact, Value, accept, decline, propose, shown, value_of
from brands.vocabulary.choices import BrandLevel, ProposalState, ReviewState
from tests.brands.factories import article, brand, program, regions, statistic

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("bianji")


@pytest.fixture
def reviewer() -> User:
    return User.objects.create_user("shenhe")


@pytest.fixture
def carer() -> Brand:
    return brand("吕梁山护工", region=regions()["141100"], level=BrandLevel.PROVINCIAL, recognised_year=2021)


def made(kind: str) -> Fact:
    if kind == "brand":
        return brand("吕梁山护工", region=regions()["141100"], level="county", recognised_year=2021)
    if kind == "program":
        return program("春风行动", held_on=date(2025, 3, 1), held_precision="month")
    return statistic(regions()["141100"], "90000", as_of="2025-11-19", qualifier="over")


@pytest.mark.parametrize("kind", FIELDS)
def test_a_value_that_stands_is_not_proposed(kind: str, editor: User) -> None:
    fact = made(kind)
    for field in FIELDS[kind]:
        assert propose(fact, field, value_of(fact, field), author=editor) is None


@pytest.mark.parametrize(
    ("kind", "field", "value", "attribute", "stored"),
    [
        ("brand", "name", "吕梁护工", "name", "吕梁护工"),
        ("brand", "region", "140222", "region_id", "140222"),
        ("brand", "region", None, "region_id", None),
        ("brand", "level", "national", "level", "national"),
        ("brand", "level", None, "level", ""),
        ("brand", "recognised_year", 2019, "recognised_year", 2019),
        ("program", "held_on", "2024", "held_on", date(2024, 1, 1)),
        ("program", "held_on", "2024", "held_precision", "year"),
        ("program", "held_on", None, "held_precision", ""),
        ("statistic", "value", "12345.6", "value", Decimal("12345.6")),
        ("statistic", "unit", "人次", "unit", "人次"),
        ("statistic", "as_of", "2024-02", "as_of_precision", "month"),
    ],
)
def test_what_is_accepted_stands_as_set_by_hand(
    kind: str, field: str, value: Value, attribute: str, stored: object, editor: User, reviewer: User
) -> None:
    fact = made(kind)
    proposal = propose(fact, field, value, author=editor, why="公报")
    assert proposal is not None
    accept(proposal, by=reviewer)
    row = type(fact)._base_manager.get(pk=fact.pk)
    assert getattr(row, attribute) == stored
    assert (row.hand_set, row.review) == ([field], ReviewState.CONFIRMED)
    assert value_of(row, field) == (value if value is not None or field != "level" else "")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.author) == (ProposalState.ACCEPTED, reviewer, editor)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("brand", "region", "999999"),
        ("brand", "level", "galactic"),
        ("brand", "recognised_year", "去年"),
        ("brand", "name", ""),
        ("program", "held_on", "2024-13"),
        ("statistic", "value", "许多"),
        ("statistic", "unit", "人" * 21),
    ],
)
def test_a_value_that_the_field_cannot_hold_is_refused(kind: str, field: str, value: Value, editor: User) -> None:
    with pytest.raises(ValidationError) as error:
        propose(made(kind), field, value, author=editor)
    assert set(error.value.message_dict) == {field}
    assert not Proposal.objects.exists()


def test_a_name_that_another_brand_of_the_region_has_is_not_accepted(
    carer: Brand, editor: User, reviewer: User
) -> None:
    brand("吕梁护工", region=carer.region)
    proposal = propose(carer, "name", "吕梁护工", author=editor)
    assert proposal is not None
    with pytest.raises(ValidationError):
        accept(proposal, by=reviewer)
    carer.refresh_from_db()
    proposal.refresh_from_db()
    assert (carer.name, proposal.state) == ("吕梁山护工", ProposalState.OPEN)


def test_a_verdict_is_given_once(carer: Brand, editor: User, reviewer: User) -> None:
    proposal = propose(carer, "level", "national", author=editor)
    assert proposal is not None
    decline(proposal, by=reviewer)
    for verdict in (accept, decline):
        with pytest.raises(DecidedError):
            verdict(proposal, by=reviewer)
    carer.refresh_from_db()
    assert carer.level == BrandLevel.PROVINCIAL


def test_a_person_may_propose_again_what_was_declined(carer: Brand, editor: User, reviewer: User) -> None:
    first = propose(carer, "level", "national", author=editor)
    assert first is not None
    decline(first, by=reviewer)
    again = propose(carer, "level", "national", author=reviewer, why="新公报")
    assert again is not None
    assert (again.pk, again.state, again.author, again.decided_by) == (first.pk, ProposalState.OPEN, reviewer, None)


def test_the_sentence_of_an_accepted_value_is_its_evidence(carer: Brand, reviewer: User) -> None:
    source = article("吕梁山护工获评国家级劳务品牌。")
    place = {"article": source, "start": 7, "end": 10, "context_start": 0, "context_end": 15}
    proposal = Proposal.objects.create(
        brand=carer, field="level", value="national", value_key="national", rule="level", version="1", **place
    )
    carer.inferred = ["level", "industry"]
    carer.save()
    accept(proposal, by=reviewer)
    found = Evidence.objects.get(brand=carer, field="level")
    assert (found.quote, found.sentence, found.rule) == ("国家级", source.page.text, "level")
    carer.refresh_from_db()
    assert carer.inferred == ["industry"]


def test_long_values_with_one_beginning_are_two_proposals(carer: Brand, editor: User) -> None:
    for end in "甲乙甲":
        propose(carer, "description", "护工" * 200 + end, author=editor)
    assert Proposal.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "field", "value", "words"),
    [
        ("brand", "region", "140222", "天镇"),
        ("brand", "level", "national", "国家级"),
        ("brand", "level", None, "未收录"),
        ("program", "held_on", "2024-05", "2024年5月"),
        ("statistic", "value", "90000", "9万"),
        ("brand", "recognised_year", 2021, "2021"),
    ],
)
def test_values_are_shown_in_words(kind: str, field: str, value: Value, words: str) -> None:
    assert shown(made(kind), field, value).replace(" ", "").replace("\u202f", "") == words
