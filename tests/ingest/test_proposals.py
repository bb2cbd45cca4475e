"""A run's opinion of facts that people have made their own: it stands beside them, once, and tramples nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from brands.models import Brand, Program, Proposal, Statistic
from brands.proposals import decline
from brands.vocabulary.choices import BrandLevel, Industry, ProposalState, ReviewState
from ingest.load.page import load_page
from tests.brands.whole import state
from tests.ingest.building import PageBuilder

pytestmark = [pytest.mark.usefixtures("divisions"), pytest.mark.django_db]

TEXT = """护工出山
山西省级劳务品牌“吕梁山护工”带动就业9万人。"""


def page(level: BrandLevel | None = BrandLevel.PROVINCIAL, *, people: int = 90000, **more: Any) -> PageBuilder:
    made = PageBuilder(TEXT)
    made.brand("吕梁山护工", "141100", level=level, **more)
    made.statistic("吕梁山护工", "9万人", people, as_of="2025")
    return made


def load(made: PageBuilder, version: str) -> None:
    load_page(made.facts(), version=version)


def proposals() -> set[tuple[str, object]]:
    return {(row.field, row.value) for row in Proposal.objects.filter(state=ProposalState.OPEN)}


def set_by_hand(**values: object) -> Brand:
    row = Brand.objects.get()
    for name, value in values.items():
        setattr(row, name, value)
    row.set_by_hand(values)
    row.save()
    return row


class TestBrands:
    def test_a_new_opinion_stands_beside_what_a_person_set(self) -> None:
        load(page(), "1")
        set_by_hand(level="county")
        load(page(BrandLevel.NATIONAL), "2")
        assert Brand.objects.get().level == "county"
        assert proposals() == {("level", "national")}
        row = Proposal.objects.get()
        assert row.article is not None
        assert (row.author, row.version) == (None, "2")
        assert row.article.page.text[row.start : row.end] == "吕梁山护工"

    def test_the_value_that_the_person_replaced_is_no_news(self) -> None:
        load(page(), "1")
        set_by_hand(level="county")
        load(page(), "2")
        assert proposals() == set()

    def test_a_run_that_says_the_same_again_proposes_once(self) -> None:
        load(page(), "1")
        set_by_hand(level="county")
        for version in "23":
            load(page(BrandLevel.NATIONAL), version)
        assert Proposal.objects.count() == 1

    def test_what_was_declined_does_not_come_back(self) -> None:
        load(page(), "1")
        set_by_hand(level="county")
        load(page(BrandLevel.NATIONAL), "2")
        decline(Proposal.objects.get(), by=User.objects.create_user("shenhe"))
        load(page(BrandLevel.NATIONAL), "3")
        assert proposals() == set()
        assert Proposal.objects.count() == 1

    def test_what_a_later_run_no_longer_says_goes(self) -> None:
        load(page(), "1")
        set_by_hand(level="county")
        load(page(BrandLevel.NATIONAL), "2")
        load(page(BrandLevel.PREFECTURAL), "3")
        assert proposals() == {("level", "prefectural")}
        assert Proposal.objects.count() == 1

    def test_confirmed_fields_that_were_unknown_are_proposed(self) -> None:
        load(page(None), "1")
        Brand.objects.update(review=ReviewState.CONFIRMED)
        load(page(BrandLevel.NATIONAL), "2")
        assert Brand.objects.get().level == ""
        assert proposals() == {("level", "national")}

    def test_what_the_run_does_not_know_is_no_opinion(self) -> None:
        load(page(), "1")
        set_by_hand(level="county", industry="care")
        load(page(None, industry=Industry.OTHER), "2")
        assert proposals() == set()

    def test_a_wider_region_is_no_other_opinion_and_a_strange_one_is(self) -> None:
        load(page(), "1")
        set_by_hand(region_id="141102")
        made = PageBuilder(TEXT)
        made.brand("吕梁山护工", "140000", level=BrandLevel.PROVINCIAL)
        load(made, "2")
        assert proposals() == set()

    def test_of_rejected_facts_nothing_is_proposed_and_none_comes_back(self) -> None:
        load(page(), "1")
        Brand.objects.update(review=ReviewState.REJECTED)
        before = state()
        load(page(BrandLevel.NATIONAL), "2")
        assert proposals() == set()
        after = state()
        assert {spot for spot in after if spot[0] == "brands_brand"} == {
            spot for spot in before if spot[0] == "brands_brand"
        }


def test_a_number_that_a_person_changed_has_the_new_reading_beside_it() -> None:
    load(page(), "1")
    row = Statistic.objects.get()
    row.unit = "人次"
    row.set_by_hand(["unit"])
    row.save()
    load(page(people=9), "2")
    assert [(one.value, one.unit) for one in Statistic.objects.all()] == [(90000, "人次")]
    assert proposals() == {("value", "9")}


def test_a_program_likewise() -> None:
    text = "大会\n全国劳务品牌发展大会在武汉举行。"
    for version, held in (("1", "2025-11"), ("2", "2025-12")):
        made = PageBuilder(text)
        made.program("全国劳务品牌发展大会", held=held)
        load(made, version)
        Program.objects.update(review=ReviewState.CONFIRMED)
    assert proposals() == {("held_on", "2025-12")}
