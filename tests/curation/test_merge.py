"""Two records become one, and two again: field by field."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from brands.audit.change_sets import rehearse
from brands.audit.merge import MergeChoice, MergeError, advised, combine, differing, merge
from brands.audit.merge_records import hindrance, merges_into, standing
from brands.audit.redirects import heir_of, merged
from brands.audit.undo import undo, write_version
from brands.listing import sync
from brands.models import (
    Brand,
    BrandAlias,
    Change,
    ChangeSet,
    Correction,
    Evidence,
    Program,
    Proposal,
    Redirect,
    Statistic,
)
from brands.vocabulary.choices import (
    BrandLevel,
    ChangeAction,
    ChangeSetKind,
    Industry,
    ProgramKind,
    ProposalState,
    ReviewState,
)
from ingest.load.page import load_page
from tests.brands.factories import article, bear_out, brand, program, regions, statistic
from tests.brands.whole import replayed, state, without_long_texts
from tests.ingest.building import PageBuilder

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    return User.objects.create_user("shenhe")


@pytest.fixture
@sync.gathered()
def kept() -> Brand:
    """A brand with something of everything."""
    places = regions()
    source = article("吕梁山护工走出大山，带动9万人就业，又称吕梁护工。市级认定。", place=places["141100"])
    row = brand("吕梁山护工", source=source, region=places["141100"], level="prefectural", aliases=("山护工",))
    bear_out(row, source, "市级", field="level")
    statistic(row, 90000, as_of="2025-11", source=source, phrase="9万人")
    program("吕梁山护工计划", source=article("吕梁山护工计划启动。")).brands.add(row)
    Proposal.objects.create(brand=row, field="level", value="county", value_key="county")
    Correction.objects.create(about=f"brand:{row.pk}.level", label="吕梁山护工 · 级别", wrong="级别不对")
    return row


@pytest.fixture
@sync.gathered()
def gone(kept: Brand) -> Brand:
    """Its double: some of the same sources, numbers, names, programs and proposals, and some of its own."""
    shared = Evidence.objects.filter(brand=kept, field="").get().article
    own = article("吕梁护工被评为省级劳务品牌，带动9万人就业、3万人脱贫，县人社局主管。")
    row = brand("吕梁护工", source=own, region=kept.region, level="provincial", organisation="县人社局")
    bear_out(row, own, "省级", field="level", confidence=0.8)
    bear_out(row, shared, "吕梁山护工")
    BrandAlias.objects.create(brand=row, name="山护工")
    BrandAlias.objects.create(brand=row, name="护工吕梁")
    same = statistic(row, 90000, as_of="2025-11", source=own, phrase="9万人", review=ReviewState.CONFIRMED)
    statistic(row, 30000, source=own, phrase="3万人")
    for paper in Program.objects.all():
        paper.brands.add(row)
    program("护工节").brands.add(row)
    brand("吕梁护工大嫂", series=row)
    Proposal.objects.create(brand=row, field="level", value="county", value_key="county", state="declined")
    Proposal.objects.create(brand=row, field="category", value="service", value_key="service")
    Correction.objects.create(about=f"brand:{row.pk}", label="吕梁护工", wrong="重复了")
    Correction.objects.create(about=f"statistic:{same.pk}", label="吕梁护工 · 就业人数", wrong="数不对")
    return row


def all_follows() -> None:
    assert list(sync.differences()) == []
    assert replayed() == without_long_texts(state())


def join(kept: Brand, gone: Brand, author: User | None = None, **choice: Any) -> ChangeSet:
    change_set = merge(Brand, kept.pk, gone.pk, MergeChoice(**choice), author=author, why="同一品牌")
    kept.refresh_from_db()
    return change_set


class TestMerge:
    def test_hands_all_over(self, kept: Brand, gone: Brand, author: User) -> None:
        change_set = join(kept, gone, author)
        assert (change_set.kind, change_set.author, change_set.note) == (ChangeSetKind.MERGE, author, "同一品牌")
        assert not Brand.objects.filter(pk=gone.pk).exists()
        assert sorted(kept.aliases.values_list("name", flat=True)) == ["吕梁护工", "山护工", "护工吕梁"]
        assert Evidence.objects.filter(brand=kept, field="").count() == 2
        assert sorted(kept.programs.values_list("name", flat=True)) == ["吕梁山护工计划", "护工节"]
        assert [member.name for member in kept.members.all()] == ["吕梁护工大嫂"]
        about = set(Correction.objects.values_list("about", flat=True))
        same = kept.statistics.get(value=90000)
        assert about == {f"brand:{kept.pk}.level", f"brand:{kept.pk}", f"statistic:{same.pk}"}
        all_follows()

    def test_makes_one_number_of_the_same_two(self, kept: Brand, gone: Brand) -> None:
        join(kept, gone)
        same, other = kept.statistics.order_by("-value")
        assert (same.evidence.count(), same.review) == (2, ReviewState.CONFIRMED)
        assert other.value == Decimal(30000)

    def test_keeps_what_was_decided_on_proposals(self, kept: Brand, gone: Brand) -> None:
        join(kept, gone)
        states = dict(kept.proposals.values_list("value_key", "state"))
        assert (states["county"], states["service"]) == (ProposalState.DECLINED, ProposalState.OPEN)

    def test_takes_the_chosen_values_as_set_by_a_person(self, kept: Brand, gone: Brand) -> None:
        assert differing(kept, gone) == ("name", "level", "organisation")
        join(kept, gone, taken={"level"})
        assert (kept.name, kept.level, kept.organisation) == ("吕梁山护工", "provincial", "")
        assert kept.review == ReviewState.CONFIRMED
        assert kept.hand_set == ["aliases", "level", "name", "organisation"]

    def test_the_other_value_stands_aside_with_its_sentence(self, kept: Brand, gone: Brand, author: User) -> None:
        """It would bear out a value that it doesn't state, and the next run would propose it."""
        join(kept, gone, author)
        assert [piece.quote for piece in Evidence.objects.filter(brand=kept, field="level")] == ["市级"]
        aside = kept.proposals.get(value_key="provincial")
        assert (aside.state, aside.decided_by, aside.confidence) == (ProposalState.DECLINED, author, 0.8)
        assert aside.article is not None
        assert aside.article.page.text[aside.start : aside.end] == "省级"

    def test_may_take_the_name_of_the_other(self, kept: Brand, gone: Brand) -> None:
        join(kept, gone, taken={"name"})
        assert (kept.name, kept.name_key, kept.pinyin) == ("吕梁护工", "吕梁护工", "lv liang hu gong")
        assert sorted(kept.aliases.values_list("name", flat=True)) == ["吕梁山护工", "山护工", "护工吕梁"]
        all_follows()

    @pytest.mark.parametrize(
        ("whose", "names"), [("kept", ["吕梁护工", "山护工"]), ("gone", ["吕梁护工", "山护工", "护工吕梁"])]
    )
    def test_other_names_are_chosen_too(self, kept: Brand, gone: Brand, whose: str, names: list[str]) -> None:
        join(kept, gone, aliases=whose)
        assert sorted(kept.aliases.values_list("name", flat=True)) == names

    def test_may_be_done_the_other_way_round(self, kept: Brand, gone: Brand) -> None:
        join(gone, kept)
        gone.refresh_from_db()
        assert (gone.name, heir_of(Brand, kept.pk)) == ("吕梁护工", gone)
        all_follows()

    def test_leads_the_address_on(self, kept: Brand, gone: Brand, client: Client) -> None:
        address = gone.get_absolute_url()
        join(kept, gone)
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url())

    def test_leaves_no_series_in_itself(self, kept: Brand, gone: Brand) -> None:
        Brand.objects.filter(pk=kept.pk).update(series=gone)
        join(kept, gone)
        assert kept.series is None

    def test_rejected_twice_stays_rejected(self, kept: Brand, gone: Brand) -> None:
        Brand.objects.filter(pk__in=(kept.pk, gone.pk)).update(review=ReviewState.REJECTED)
        join(kept, gone)
        assert kept.review == ReviewState.REJECTED

    def test_where_another_has_to_confirm_it_waits(self, kept: Brand, gone: Brand, settings: Any) -> None:
        settings.FOUR_EYES = True
        join(kept, gone)
        assert (kept.review, kept.machine_may_write) == (ReviewState.PROPOSED, False)


class TestRefusals:
    def test_with_itself(self, kept: Brand) -> None:
        with pytest.raises(MergeError, match="自身"):
            merge(Brand, kept.pk, kept.pk, MergeChoice(), author=None, why="")

    def test_with_one_that_is_gone(self, kept: Brand) -> None:
        with pytest.raises(MergeError, match="已不存在"):
            merge(Brand, kept.pk, kept.pk + 1000, MergeChoice(), author=None, why="")

    def test_where_a_third_has_the_name_and_place(self, kept: Brand, gone: Brand) -> None:
        Brand.objects.filter(pk=gone.pk).update(region=None)
        brand("吕梁护工", region=kept.region)
        before = state()
        with pytest.raises(MergeError, match="已有同名"):
            join(kept, gone, taken={"name"})
        assert state() == before
        assert not ChangeSet.objects.exists()


class TestAdvice:
    def test_what_people_set_goes_before_what_nobody_did(self, kept: Brand, gone: Brand) -> None:
        gone.hand_set = ["level"]
        assert advised(kept, gone) == {"level", "organisation"}
        kept.hand_set = ["level", "organisation"]  # left empty by a person
        assert advised(kept, gone) == set()

    def test_what_a_paper_says_goes_before_what_was_concluded(self, kept: Brand, gone: Brand) -> None:
        kept.inferred = ["industry"]
        gone.industry = Industry.DOMESTIC_SERVICE
        assert "industry" in advised(kept, gone)
        gone.inferred = ["industry"]
        assert "industry" not in advised(kept, gone)


class TestUnmerge:
    @pytest.mark.parametrize("choice", [{}, {"taken": {"name", "level", "organisation"}, "aliases": "gone"}])
    def test_gives_both_back_field_by_field(
        self, kept: Brand, gone: Brand, author: User, client: Client, choice: dict[str, object]
    ) -> None:
        before = state()
        change_set = join(kept, gone, author, **choice)
        assert state() != before
        done = undo(change_set, author=author)
        assert (state(), done.kept) == (before, [])
        all_follows()
        kept.refresh_from_db()
        assert [client.get(row.get_absolute_url()).status_code for row in (kept, gone)] == [200, 200]

    def test_keeps_and_names_what_came_later(self, kept: Brand, gone: Brand, author: User) -> None:
        change_set = join(kept, gone, author)
        Brand.objects.filter(pk=kept.pk).update(level="county", description="后来写的")
        Evidence.objects.filter(brand=kept, field="").first().delete()  # type: ignore[union-attr]
        later = article("吕梁护工再传佳音。")
        bear_out(kept, later, "吕梁护工")
        done = undo(change_set, author=author)
        kept.refresh_from_db()
        assert (kept.level, kept.description) == ("county", "后来写的")
        assert Evidence.objects.filter(brand=kept, article=later).exists()
        assert Brand.objects.get(pk=gone.pk).level == "provincial"
        assert not Redirect.objects.exists()
        assert all(one.why for one in done.kept)
        all_follows()

    def test_a_value_that_was_not_merged_but_changed_since_is_named(self, kept: Brand, gone: Brand) -> None:
        change_set = join(kept, gone, taken={"level"})
        Brand.objects.filter(pk=kept.pk).update(level="national")
        done = undo(change_set, author=None)
        assert [(one.label, one.fields) for one in done.kept] == [("吕梁山护工", ("level", "review"))]


class TestSeveral:
    @pytest.fixture
    def third(self) -> Brand:
        return brand("吕梁山里护工", region=regions()["141100"])

    def test_one_after_another(self, kept: Brand, gone: Brand, third: Brand) -> None:
        before = state()
        change_sets = [join(kept, gone), join(kept, third)]
        assert [one.names for one in merges_into(kept)] == [["吕梁山里护工"], ["吕梁护工"]]
        assert {heir_of(Brand, gone.pk), heir_of(Brand, third.pk)} == {kept}
        for change_set in reversed(change_sets):
            assert undo(change_set, author=None).kept == []
        assert state() == before
        assert merges_into(kept) == []

    def test_into_one_that_is_merged_in_its_turn(self, kept: Brand, gone: Brand, third: Brand) -> None:
        before = state()
        first, second = join(kept, gone), join(third, kept_again(kept))
        assert heir_of(Brand, gone.pk) == third
        one = standing(first)
        assert one is not None
        assert hindrance(one) == second
        undo(second, author=None)
        assert (hindrance(one), heir_of(Brand, gone.pk)) == (None, kept)
        undo(first, author=None)
        assert state() == before
        all_follows()


def kept_again(kept: Brand) -> Brand:
    return Brand.objects.get(pk=kept.pk)


class TestPrograms:
    def test_merge_and_come_apart(self) -> None:
        places = regions()
        one = program("护工技能大赛", place=places["141100"])
        other = program(
            "吕梁护工技能大赛", kind="contest", issuer="市人社局", held_on=date(2025, 1, 1), held_precision="year"
        )
        one.brands.add(brand("甲"))
        other.brands.add(brand("乙"), *one.brands.all())
        other.regions.add(places["141100"])
        statistic(one, 300)
        statistic(other, 300)
        before = state()
        change_set = merge(Program, one.pk, other.pk, MergeChoice(taken=advised(one, other)), author=None, why="同一场")
        one.refresh_from_db()
        assert (one.issuer, str(one.held_on), one.held_precision) == ("市人社局", "2025-01-01", "year")
        assert (one.brands.count(), one.regions.count(), one.statistics.get().evidence.count()) == (2, 1, 2)
        all_follows()
        assert undo(change_set, author=None).kept == []
        assert state() == before
        all_follows()


class TestMergedProgramsLater:
    """The address leads on, and a page that uses the old name finds the one that stayed, until they come apart."""

    def read(self, name: str, place: str, version: str) -> Evidence:
        page = PageBuilder(f"第{version}报\n{name}开幕。", name=f"{version}.txt")
        page.program(name, ProgramKind.CONTEST, place=place)
        load_page(page.facts(), version=version)
        return Evidence.objects.get(article__page__name=f"{version}.txt")

    def test_lead_to_the_one_that_stayed(self, client: Client) -> None:
        places = regions()
        one, other, last = (
            program(name, kind="contest", place=places["141100"])
            for name in ("护工大赛", "护工技能大赛", "护工技能比赛")
        )
        address, number = other.get_absolute_url(), other.pk
        first = merge(Program, one.pk, number, MergeChoice(), author=None, why="")
        assert self.read("护工技能大赛", "141100", "1").program_id == one.pk
        second = merge(Program, last.pk, one.pk, MergeChoice(), author=None, why="")
        assert self.read("护工技能大赛", "", "2").program_id == last.pk
        assert client.get(address)["Location"] == last.get_absolute_url()
        undo(second, author=None)
        assert client.get(address)["Location"] == one.get_absolute_url()
        undo(first, author=None)
        assert client.get(address).status_code == 200
        assert self.read("护工技能大赛", "141100", "3").program_id == number
        Program.objects.filter(pk=number).delete()
        assert client.get(address).status_code == 404

    def test_a_row_that_is_restored_alone_leads_nowhere_else(self, client: Client) -> None:
        regions()
        for model, kept, gone in (
            (Program, program("护工大赛"), program("护工技能大赛")),
            (Brand, brand("吕梁护工"), brand("吕梁山护工")),
        ):
            merge(model, kept.pk, gone.pk, MergeChoice(), author=None, why="")
            assert merged(model).filter(pk=gone.pk).exists()
            spot = model._meta.db_table, str(gone.pk)
            last = Change.objects.get(table=spot[0], row=spot[1], action=ChangeAction.DELETED)
            write_version(spot, last.old or {}, author=None)
            assert model._default_manager.filter(pk=gone.pk).exists()
            assert not merged(model).exists()


def test_a_rehearsal_tells_what_would_move_and_moves_nothing(kept: Brand, gone: Brand) -> None:
    before, number = state(), gone.pk
    _none, changes = rehearse(lambda: combine(kept, gone, MergeChoice(), author=None))
    assert {change.table for change in changes} >= {"brands_brand", "brands_evidence", "brands_statistic"}
    assert state() == before
    assert Statistic.objects.filter(brand=number).count() == 2


class TestALaterRun:
    """What was merged does not come back: a run that finds the old name is led to the record that stayed."""

    @pytest.fixture
    def merged(self, kept: Brand, gone: Brand) -> Brand:
        Brand.objects.filter(pk=gone.pk).update(region=regions()["140222"], confidence=0.1)
        join(kept, gone)
        return kept

    @pytest.mark.parametrize("region", ["141100", "", "140222", "140000"])
    def test_finds_the_survivor_by_the_old_name(self, merged: Brand, region: str) -> None:
        """In the survivor's region, in none, and in that of the old record, which isn't near the survivor's."""
        found_by(merged, "吕梁护工", region)

    def test_finds_the_last_heir(self, merged: Brand) -> None:
        last = brand("护工之乡", region=regions()["420000"])
        join(last, Brand.objects.get(pk=merged.pk))
        found_by(last, "吕梁护工", "140222")
        found_by(last, "吕梁山护工", "141100")

    def test_makes_a_brand_of_the_old_name_in_another_place(self, merged: Brand) -> None:
        load_page(named("吕梁护工", "429005").facts(), version="2")
        assert Brand.objects.get(name="吕梁护工").region_id == "429005"

    def test_a_brand_of_just_this_name_goes_first(self, merged: Brand) -> None:
        own = brand("吕梁护工", region=merged.region)
        found_by(own, "吕梁护工", "141100")

    def test_does_not_propose_what_was_not_chosen(self, merged: Brand) -> None:
        page = named("吕梁护工", "141100", level=BrandLevel.PROVINCIAL)
        load_page(page.facts(), version="2")
        assert not merged.proposals.filter(state=ProposalState.OPEN, field="level").exists()


def test_runs_between_merging_and_taking_apart_trample_neither() -> None:
    """The pages are read again with both records one, and again with both two: all facts are where they were."""
    regions()
    pages = [named("吕梁山护工", "141100"), named("吕梁护工", "141100")]
    for page in pages:
        page.statistic(page.brands[0].name, "亮相", 1)
        load_page(page.facts(), version="1")
    kept, gone = Brand.objects.order_by("pk")
    before = where_facts_are()
    change_set = join(kept, gone)
    for page in pages:
        load_page(page.facts(), version="2")
    assert Brand.objects.count() == 1
    assert undo(change_set, author=None).kept == []
    assert where_facts_are() == before
    for page in pages:
        load_page(page.facts(), version="3")
    assert where_facts_are() == before
    all_follows()


def where_facts_are() -> set[tuple[object, ...]]:
    places = Evidence.objects.values_list("article__page__name", "start", "brand", "statistic__brand", "field")
    return set(places)


def named(name: str, region: str, **fields: Any) -> PageBuilder:
    page = PageBuilder(f"{name}的新报道\n“{name}”在{region or '某地'}又一次亮相。", name=f"{name}{region}.txt")
    page.brand(name, region, **fields)
    return page


def found_by(row: Brand, name: str, region: str) -> None:
    before = Brand.objects.count()
    load_page(named(name, region).facts(), version="2")
    assert Brand.objects.count() == before
    assert Evidence.objects.get(article__page__name=f"{name}{region}.txt").brand_id == row.pk
