"""Programs that come again: editions of one series, on their pages, in the list and in the search."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from brands.audit.change_sets import open_change_set, within
from brands.audit.merge import MergeChoice, merge
from brands.audit.undo import undo
from brands.figures.editions import FIGURES, editions
from brands.listing import ProgramList
from brands.models import Change, Program
from brands.models.program import fill_after_migrate
from brands.search.hits import answer
from brands.vocabulary.choices import ChangeSetKind, Metric, ProgramKind, ReviewState
from brands.vocabulary.numbers import edition_words
from curation.bulk_edit import Edit, apply
from tests.brands.factories import program, regions, statistic

pytestmark = pytest.mark.django_db

CONFERENCE, POLICY = ProgramKind.CONFERENCE, ProgramKind.POLICY


def meeting(number: int, year: int, **fields: Any) -> Program:
    fields = {"kind": CONFERENCE, "edition": number, "held_on": date(year, 11, 2), "held_precision": "day", **fields}
    return program(f"第{'一二三四五'[number - 1]}届全国编匠大会", **fields)


class TestSeries:
    def test_editions_share_it_wherever_they_were_held(self) -> None:
        places = regions()
        one, other = meeting(1, 2021, place=places["140000"]), meeting(2, 2023, place=places["420000"])
        assert one.series == other.series == ("全国编匠大会", "")

    def test_a_name_that_says_no_place_is_that_of_its_province(self) -> None:
        places = regions()
        contests = [
            program(f"第{number}届厨艺大赛", kind=ProgramKind.CONTEST, place=places[code])
            for number, code in (("一", "140000"), ("二", "141100"), ("三", "420000"))
        ]
        assert [row.series_home for row in contests] == ["140000", "140000", "420000"]

    def test_a_policy_is_that_of_its_own_division(self) -> None:
        places = regions()
        papers = [program("关于编匠的意见", kind=POLICY, place=places[code]) for code in ("140000", "141100")]
        assert [row.series_home for row in papers] == ["140000", "141100"]

    @pytest.mark.parametrize("wrong", [{"edition": 0}, {"edition": 300}, {"year": 1948}, {"year": 2101}])
    def test_impossible_editions_and_years_are_refused(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            program("全国编匠大会", **wrong)

    def test_rows_of_an_older_version_get_it_after_migrating(self) -> None:
        row, kept = meeting(3, 2025, edition=None), meeting(4, 2026, edition=7, hand_set=["edition"])
        Program.objects.update(series_key="", series_home="")
        before = Change.objects.count()
        fill_after_migrate(using="default")
        row.refresh_from_db()
        kept.refresh_from_db()
        assert (row.series_key, row.edition, kept.edition) == ("全国编匠大会", 3, 7)
        assert Change.objects.count() == before + 2
        fill_after_migrate(using="default")
        assert Change.objects.count() == before + 2


class TestPage:
    def test_shows_the_editions_the_newest_first_with_place_and_figures(self, client: Client) -> None:
        places = regions()
        first, second = meeting(1, 2021, place=places["140000"]), meeting(2, 2023, place=places["420000"])
        statistic(first, 80, metric=Metric.BRANDS, unit="个")
        page = client.get(second.get_absolute_url()).content.decode()
        assert page.index("第2届（2023年）") < page.index("第1届（2021年）")
        assert first.get_absolute_url() in page
        assert "80 个" in page

    def test_shows_none_for_one_that_came_once(self, client: Client) -> None:
        assert editions(meeting(1, 2021)) == []

    def test_shows_what_is_public_and_not_too_many_figures(self) -> None:
        first, _hidden = meeting(1, 2021), meeting(2, 2022, review=ReviewState.REJECTED)
        third = meeting(3, 2023)
        for metric in list(Metric)[: FIGURES + 2]:
            statistic(first, 5, metric=metric, unit="个")
        found = editions(third)
        assert [(one.program.edition, one.current) for one in found] == [(3, True), (1, False)]
        assert len(found[1].figures) == FIGURES

    def test_says_its_other_names(self, client: Client) -> None:
        row = program("关于编匠就业的若干意见", other_names="稳编匠意见、编匠二十条")
        page = client.get(row.get_absolute_url()).content.decode()
        assert row.names == ["稳编匠意见", "编匠二十条"]
        assert all(name in page for name in row.names)


def test_a_place_set_in_bulk_moves_the_series(django_user_model: type[User]) -> None:
    places, by = regions(), django_user_model.objects.create(username="甲")
    row = program("第一届厨艺大赛", kind=ProgramKind.CONTEST, place=places["140000"])
    apply(Program, [row.pk], Edit("place", "420000"), by=by, why="")
    row.refresh_from_db()
    assert (row.place_id, row.series_home) == ("420000", "420000")


@pytest.mark.parametrize("sort", ["newest", "name"])
def test_the_list_keeps_the_editions_of_a_series_together(client: Client, sort: str) -> None:
    meeting(1, 2019)
    other = program("甲计划", held_on=date(2020, 1, 1), held_precision="year")
    meeting(3, 2025)
    meeting(2, 2021)
    rows = list(ProgramList({"sort": sort}).ordered())
    told = [row.edition for row in rows if row != other]
    assert told == [3, 2, 1]
    assert rows.index(other) in (0, 3)
    page = client.get(f"/programs/?sort={sort}").content.decode()
    assert page.count('class="item"') == 2


def test_it_is_found_by_a_short_name() -> None:
    program("关于做好返乡编匠就业工作的若干意见", other_names="稳编匠二十条")
    call_command("rebuild_search_index", verbosity=0)
    assert [hit.name for hit in answer("稳编匠二十条").hits][:1] == ["关于做好返乡编匠就业工作的若干意见"]


def test_a_merge_and_its_undoing_keep_editions_and_names() -> None:
    kept, gone = meeting(1, 2021), meeting(2, 2021, other_names="编匠会")
    change_set = merge(Program, kept.pk, gone.pk, MergeChoice(taken=("other_names",)), author=None, why="同一届")
    kept.refresh_from_db()
    assert (kept.edition, kept.other_names) == (1, "编匠会")
    undo(change_set, author=None)
    assert sorted(Program.objects.values_list("edition", "other_names")) == [(1, ""), (2, "编匠会")]


def test_undoing_an_edit_brings_the_edition_back() -> None:
    row = meeting(1, 2021)
    with transaction.atomic():
        change_set = open_change_set(ChangeSetKind.EDIT, author=None)
        with within(change_set):
            row.edition, row.name = 2, "第二届全国石匠大会"
            row.save()
    undo(change_set, author=None)
    row.refresh_from_db()
    assert (row.edition, row.name, row.series_key) == (1, "第一届全国编匠大会", "全国编匠大会")


@pytest.mark.parametrize(
    ("edition", "year", "batch", "said"),
    [
        (3, 2025, False, "第3届（2025年）"),
        (3, None, False, "第3届"),
        (None, 2025, False, "2025年"),
        (2, None, True, "第2批"),
        (None, None, False, ""),
    ],
)
def test_editions_in_words(edition: int | None, year: int | None, batch: bool, said: str) -> None:
    assert edition_words(edition, year, batch=batch) == said
