"""Change sets are taken back: the catalogue is what it was, field by field, and later work stays."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.audit import undo as undoing
from brands.audit.change_sets import open_change_set, within
from brands.audit.undo import TooManyChangesError, undo
from brands.listing import sync
from brands.models import Brand, BrandAlias, Card, Change, ChangeSet, Evidence, Page, Program, Region, Statistic
from brands.vocabulary.choices import ChangeSetKind, ReviewState
from tests.brands.factories import article, bear_out, brand, program, statistic
from tests.brands.whole import State, replayed, state, without_long_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(catalogued: None) -> State:
    return state()


@pytest.fixture
def change_set() -> ChangeSet:
    return open_change_set(ChangeSetKind.EDIT)


def all_follows() -> None:
    """What search, lists and counts hold is what the catalogue says, and so does the audit log."""
    assert list(sync.differences()) == []
    assert replayed() == without_long_texts(state())


def by_hand(name: str, column: str, value: str) -> None:
    """A person sets one field of a brand, as forms do."""
    row = Brand.objects.get(name=name)
    field = column.removesuffix("_id")
    setattr(row, column, value)
    row.set_by_hand([field])
    row.inferred = [other for other in row.inferred if other != field]
    row.save()


class TestTheCatalogueIsWhatItWas:
    def test_after_new_rows(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            place = Region.objects.get(pk="420000")
            source = article("潜江虾工带动2万人，见《虾工计划》。", place=place)
            made = brand("潜江虾工", source=source, region=place, aliases=("虾工",))
            statistic(made, 20000, source=source, phrase="2万人")
            program("虾工计划", source=source).brands.add(made)
        assert state() != before
        done = undo(change_set, author=None)
        assert (state(), done.kept) == (before, [])
        all_follows()

    def test_after_changed_rows(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            row = Brand.objects.get(name="吕梁山护工")
            row.name, row.level = "吕梁护工", "county"
            row.set_by_hand(["name", "level"])
            row.save()
            Statistic.objects.update(unit="人次", review=ReviewState.REJECTED)
        assert undo(change_set, author=None).kept == []
        assert state() == before
        all_follows()

    def test_after_deleted_rows(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            Brand.objects.get(name="吕梁山护工").delete()
            Program.objects.all().delete()
        assert undo(change_set, author=None).kept == []
        assert state() == before
        all_follows()
        assert Card.objects.filter(name="吕梁山护工").exists()

    def test_after_rows_that_came_went_and_came(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            brand("甲").delete()
            row = Brand.objects.get(name="天镇保姆")
            row.delete()
            row.save(force_insert=True)
        assert undo(change_set, author=None).kept == []
        assert state() == before

    def test_a_page_comes_back_with_its_text(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            Evidence.objects.first().article.page.delete()  # type: ignore[union-attr]
        undo(change_set, author=None)
        assert state() == before

    def test_an_undo_is_a_batch_and_is_taken_back_in_its_turn(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            Brand.objects.update(level="county")
            brand("甲")
        after = state()
        author = User.objects.create_user("shenhe")
        done = undo(change_set, author=author, note="弄错了")
        assert (done.change_set.kind, done.change_set.undoes, done.change_set.author_name) == (
            ChangeSetKind.UNDO,
            change_set,
            "shenhe",
        )
        assert undo(done.change_set, author=author).kept == []
        assert state() == after
        all_follows()


class TestLaterWorkStays:
    def test_a_field_that_was_changed_since(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            Brand.objects.filter(name="天镇保姆").update(level="county", organisation="县人社局")
        Brand.objects.filter(name="天镇保姆").update(organisation="天镇县人力资源和社会保障局")
        done = undo(change_set, author=None)
        row = Brand.objects.get(name="天镇保姆")
        assert (row.level, row.organisation) == ("", "天镇县人力资源和社会保障局")
        assert [(kept.label, kept.fields) for kept in done.kept] == [("天镇保姆", ("organisation",))]

    def test_names_of_fields_that_people_set_since(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            Brand.objects.filter(name="天镇保姆").update(level="county", hand_set=["level"])
        Brand.objects.filter(name="天镇保姆").update(organisation="县人社局", hand_set=["level", "organisation"])
        undo(change_set, author=None)
        row = Brand.objects.get(name="天镇保姆")
        assert (row.level, row.organisation, row.hand_set) == ("", "县人社局", ["organisation"])

    @pytest.mark.parametrize(
        ("field", "column", "first", "second"),
        [
            ("level", "level", "national", "county"),
            ("organisation", "organisation", "市人社局", "县人社局"),
            ("region", "region_id", "141102", "141121"),
        ],
    )
    def test_a_value_that_is_kept_keeps_what_protects_it(
        self, before: State, change_set: ChangeSet, field: str, column: str, first: str, second: str
    ) -> None:
        Brand.objects.filter(name="天镇保姆").update(inferred=[field, "industry"])
        with within(change_set):
            by_hand("天镇保姆", column, first)
        by_hand("天镇保姆", column, second)
        after = state()
        done = undo(change_set, author=None)
        row = Brand.objects.get(name="天镇保姆")
        assert (getattr(row, column), row.hand_set, row.inferred) == (second, [field], ["industry"])
        assert (row.review, row.machine_may_write) == (ReviewState.CONFIRMED, False)
        assert [kept.label for kept in done.kept] == ["天镇保姆"]
        undo(done.change_set, author=None)
        assert state() == after
        all_follows()

    def test_the_verdict_stays_with_another_field_that_was_set_since(
        self, before: State, change_set: ChangeSet
    ) -> None:
        with within(change_set):
            by_hand("天镇保姆", "level", "national")
        by_hand("天镇保姆", "organisation", "县人社局")
        undo(change_set, author=None)
        row = Brand.objects.get(name="天镇保姆")
        assert (row.level, row.review, row.hand_set) == ("", ReviewState.CONFIRMED, ["organisation"])

    def test_a_value_that_was_written_again_is_the_later_word(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            by_hand("天镇保姆", "level", "national")
        for value in ("county", "national"):
            by_hand("天镇保姆", "level", value)
        done = undo(change_set, author=None)
        row = Brand.objects.get(name="天镇保姆")
        assert (row.level, row.hand_set) == ("national", ["level"])
        assert [kept.label for kept in done.kept] == ["天镇保姆"]

    def test_what_was_written_again_and_taken_back_is_no_later_word(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            by_hand("天镇保姆", "level", "national")
        with within(open_change_set(ChangeSetKind.EDIT)) as later:
            by_hand("天镇保姆", "level", "county")
        undo(later, author=None)
        assert undo(change_set, author=None).kept == []
        assert state() == before

    def test_a_field_that_was_only_called_a_person_s_and_then_set(self, before: State, change_set: ChangeSet) -> None:
        """As a merge does, which looks at the fields of two records and may leave their values."""
        with within(change_set):
            Brand.objects.filter(name="天镇保姆").update(hand_set=["level"], review=ReviewState.CONFIRMED)
        by_hand("天镇保姆", "level", "county")
        undo(change_set, author=None)
        row = Brand.objects.get(name="天镇保姆")
        assert (row.level, row.hand_set, row.review) == ("county", ["level"], ReviewState.CONFIRMED)

    def test_a_rejection_is_taken_back_whatever_was_set_since(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            Brand.objects.filter(name="天镇保姆").update(review=ReviewState.REJECTED)
        by_hand("天镇保姆", "organisation", "县人社局")
        undo(change_set, author=None)
        assert Brand.objects.get(name="天镇保姆").review == ReviewState.PROPOSED

    def test_a_new_row_that_was_changed_since(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            made = brand("甲")
        Brand.objects.filter(pk=made.pk).update(description="后来写的")
        done = undo(change_set, author=None)
        assert Brand.objects.get(pk=made.pk).description == "后来写的"
        assert ("甲", ("description",)) in [(kept.label, kept.fields) for kept in done.kept]
        all_follows()

    def test_a_new_row_that_later_rows_refer_to(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            made = brand("甲")
        later = article("甲又见报。")
        bear_out(made, later, "甲")
        done = undo(change_set, author=None)
        assert [(kept.label, kept.fields) for kept in done.kept] == [("甲", ())]
        assert Evidence.objects.get(brand=made).article == later
        all_follows()

    def test_a_page_that_stays_is_read_again_by_the_next_run(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            source = article("甲和乙见报。")
            brand("甲", source=source)
        bear_out(Brand.objects.get(name="天镇保姆"), source, "乙")
        done = undo(change_set, author=None)
        assert not Brand.objects.filter(name="甲").exists()
        assert Page.objects.get(pk=source.page_id).extractor == ""
        undo(done.change_set, author=None)
        assert Page.objects.get(pk=source.page_id).extractor == "test"
        all_follows()

    def test_a_row_that_was_deleted_since(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            Brand.objects.filter(name="天镇保姆").update(level="county")
        Brand.objects.get(name="天镇保姆").delete()
        done = undo(change_set, author=None)
        assert [kept.label for kept in done.kept] == ["天镇保姆"]
        assert not Brand.objects.filter(name="天镇保姆").exists()

    def test_a_deleted_name_that_was_given_away_since(self, before: State, change_set: ChangeSet) -> None:
        row = Brand.objects.get(name="天镇保姆")
        with within(change_set):
            row.delete()
        Brand.objects.create(name="天镇保姆", region_id=row.region_id)
        done = undo(change_set, author=None)
        assert Brand.objects.filter(name="天镇保姆").count() == 1
        assert "天镇保姆" in [kept.label for kept in done.kept]
        all_follows()

    def test_an_alias_of_a_brand_that_is_gone(self, before: State, change_set: ChangeSet) -> None:
        with within(change_set):
            BrandAlias.objects.all().delete()
        Brand.objects.get(name="吕梁山护工").delete()
        done = undo(change_set, author=None)
        assert [kept.label for kept in done.kept] == ["吕梁护工"]
        all_follows()

    def test_keys_follow_a_mixture_of_old_and_new_fields(self, before: State, change_set: ChangeSet) -> None:
        row = Statistic.objects.filter(unit="人").first()
        assert row is not None
        with within(change_set):
            row.value, row.unit = Decimal(1234), "名"
            row.save()
        row.unit = "个"
        row.save()
        undo(change_set, author=None)
        mixed = Statistic.objects.get(pk=row.pk)
        assert mixed.unit == "个"
        assert mixed.fact_key == mixed.prepare().fact_key
        all_follows()


@sync.gathered()
def many(count: int) -> list[Brand]:
    source = article("、".join(f"{n}号绣娘" for n in range(count)))
    return [brand(f"{n}号绣娘", source=source) for n in range(count)]


class TestManyRows:
    """Statements are for many rows: 10,000 changes are taken back while somebody waits."""

    def statements(self, change_set: ChangeSet) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert undo(change_set, author=None).kept == []
        return len(asked)

    @pytest.mark.parametrize("what", ["made", "changed", "deleted"])
    def test_take_no_more_statements_than_few(self, change_set: ChangeSet, what: str) -> None:
        taken = []
        for count in (5, 60):
            one = open_change_set(ChangeSetKind.EDIT)
            rows = many(count) if what != "made" else []
            before = state()
            with within(one), sync.gathered():
                if what == "made":
                    many(count)
                elif what == "changed":
                    for row in rows:
                        row.level, row.region = "county", None
                        row.save()
                else:
                    Brand.objects.filter(pk__in=[row.pk for row in rows]).delete()
            taken.append(self.statements(one))
            assert state() == before
            Brand.objects.all().delete()
        assert taken[1] <= taken[0] + 10

    def test_one_that_cannot_be_turned_back_keeps_no_other_from_it(self, change_set: ChangeSet) -> None:
        rows = many(5)
        with within(change_set):
            for n, row in enumerate(rows):
                row.name = f"甲{n}"
                row.save()
        brand("3号绣娘")
        done = undo(change_set, author=None)
        assert [(kept.label, kept.why) for kept in done.kept] == [("甲3", "已有相同的一行")]
        assert set(Brand.objects.values_list("name", flat=True)) == {
            *("0号绣娘", "1号绣娘", "2号绣娘", "3号绣娘", "4号绣娘"),
            "甲3",
        }
        all_follows()

    def test_one_that_cannot_come_back_keeps_no_other_from_it(self, change_set: ChangeSet) -> None:
        rows = many(5)
        with within(change_set):
            Brand.objects.filter(pk__in=[row.pk for row in rows]).delete()
        brand("3号绣娘")
        done = undo(change_set, author=None)
        assert "3号绣娘" in [kept.label for kept in done.kept if kept.table == "brands_brand"]
        assert Brand.objects.count() == 5
        all_follows()


def test_other_names_are_handed_over_again(before: State, change_set: ChangeSet) -> None:
    """Rows whose order is that of what they belong to are found while it is on its way out."""
    kept, gone = Brand.objects.get(name="吕梁山护工"), brand("天镇护工", aliases=("护工姐",))
    with within(change_set):
        BrandAlias.objects.filter(name="护工姐").update(brand=kept)
        gone.delete()
    merged = state()
    again = undo(change_set, author=None)
    assert undo(again.change_set, author=None).kept == []
    connection.check_constraints()
    assert state() == merged


def test_what_a_row_still_refers_to_stays(before: State, change_set: ChangeSet) -> None:
    """A merge is taken back and made again; meanwhile the other brand got the name that would be handed over."""
    kept, gone = Brand.objects.get(name="吕梁山护工"), brand("天镇护工", aliases=("护工姐",))
    number = gone.pk
    with within(change_set):
        BrandAlias.objects.filter(name="护工姐").update(brand=kept)
        gone.delete()
    again = undo(change_set, author=None)
    kept.aliases.create(name="护工姐")
    done = undo(again.change_set, author=None)
    connection.check_constraints()
    assert {(one.label, one.why) for one in done.kept} == {
        ("护工姐", "已有相同的一行"),
        ("天镇护工", "后来的内容还用到它"),
    }
    assert set(BrandAlias.objects.filter(name="护工姐").values_list("brand", flat=True)) == {kept.pk, number}
    assert list(sync.differences()) == []


def test_a_batch_that_is_too_long_is_refused_whole(
    before: State, change_set: ChangeSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "MOST_CHANGES", 2)
    with within(change_set):
        regions_changed = Region.objects.update(short_name="简")
    after = state()
    assert regions_changed > 2
    with pytest.raises(TooManyChangesError):
        undo(change_set, author=None)
    assert state() == after


def test_an_empty_batch_changes_nothing(before: State, change_set: ChangeSet) -> None:
    assert undo(change_set, author=None).rows == 0
    assert state() == before
    assert not Change.objects.filter(change_set=change_set).exists()
