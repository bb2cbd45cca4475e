"""The audit log: no change passes by it, it says each to the last digit, and nobody changes it afterwards."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from brands.audit import triggers
from brands.audit.change_sets import open_change_set, rehearse, within
from brands.models import Brand, Card, Change, ChangeSet, Page, Program, Region, SearchDocument
from brands.vocabulary.choices import ChangeSetKind, ReviewState
from tests.brands.factories import article, brand, program, regions, statistic
from tests.brands.whole import replayed, state, without_long_texts

pytestmark = pytest.mark.django_db


def new_changes(work: Callable[[], object]) -> list[tuple[str, str]]:
    """What the audit log gains: sign and table of each change."""
    last = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    work()
    found = Change.objects.filter(pk__gt=last).order_by("pk").values_list("action", "table")
    return [(action, table.removeprefix("brands_")) for action, table in found]


class TestEveryWayOfWriting:
    @pytest.fixture(autouse=True)
    def rows(self) -> None:
        regions()
        self.brand = brand("吕梁山护工")
        self.program = program("春风行动")

    @pytest.mark.parametrize(
        ("way", "wanted"),
        [
            pytest.param(lambda: Brand.objects.create(name="天镇保姆"), [("+", "brand")], id="save"),
            pytest.param(
                lambda: Brand.objects.bulk_create([Brand(name="甲").prepare(), Brand(name="乙").prepare()]),
                [("+", "brand")] * 2,
                id="bulk_create",
            ),
            pytest.param(lambda: Brand.objects.update(level="county"), [("~", "brand")], id="update"),
            pytest.param(lambda: Brand.objects.update(level=""), [], id="update that changes nothing"),
            pytest.param(
                lambda: Program.objects.get().brands.add(Brand.objects.get()), [("+", "program_brands")], id="link"
            ),
            pytest.param(
                lambda: Brand.objects.get(name="吕梁山护工").delete(),
                [("-", "evidence"), ("-", "brand")],
                id="deletion and what goes along",
            ),
            pytest.param(
                lambda: run("UPDATE brands_brand SET batch = '第一批' WHERE 1 = 1"), [("~", "brand")], id="SQL by hand"
            ),
            pytest.param(lambda: run("DELETE FROM brands_evidence"), [("-", "evidence")] * 2, id="SQL that deletes"),
        ],
    )
    def test_is_written_down(self, way: Callable[[], object], wanted: list[tuple[str, str]]) -> None:
        assert sorted(new_changes(way)) == sorted(wanted)

    def test_what_is_rolled_back_is_not(self) -> None:
        def work() -> None:
            with transaction.atomic():
                Brand.objects.update(level="county")
                transaction.set_rollback(True)

        assert new_changes(work) == []


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.usefixtures("catalogued")
def test_the_newest_change_of_each_row_is_what_the_row_holds() -> None:
    brand("甲", confidence=0.1 + 0.2, description="“引号”\n换行\\反斜线", inferred=["region"])
    statistic(Region.objects.get(pk="140000"), "12345678901.2345", phrase="一个数")
    Brand.objects.filter(name="甲").update(review=ReviewState.CONFIRMED, hand_set=["name", "level"])
    assert replayed() == without_long_texts(state())


def test_a_page_is_in_the_log_with_its_text_once_it_is_deleted() -> None:
    page = article("很长的文字").page
    assert "text" not in (Change.objects.get(table="brands_page").new or {})
    page.delete()
    assert (Change.objects.get(table="brands_page", action="-").old or {})["text"] == "很长的文字"


def test_decimals_are_exact() -> None:
    statistic(regions()["140000"], "12345678901.2345")
    assert (Change.objects.get(table="brands_statistic").new or {})["value"] == Decimal("12345678901.2345")


class TestItIsOnlyAddedTo:
    @pytest.fixture(autouse=True)
    def entry(self) -> None:
        self.change_set = open_change_set(ChangeSetKind.EDIT)
        with within(self.change_set):
            Brand.objects.create(name="甲")

    @pytest.mark.parametrize(
        "tampering",
        [
            lambda: Change.objects.update(old={}),
            lambda: Change.objects.all().delete(),
            lambda: ChangeSet.objects.update(note="另一个说法"),
            lambda: run("DELETE FROM brands_batch"),
            lambda: run("DELETE FROM brands_change"),
            lambda: run("UPDATE brands_change SET batch_id = NULL"),
        ],
    )
    def test_changing_and_deleting_fail(self, tampering: Callable[[], object]) -> None:
        with pytest.raises(DatabaseError, match=r"only added to"), transaction.atomic():
            tampering()
        assert Change.objects.filter(change_set=self.change_set).count() == 1

    @pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no TRUNCATE")
    def test_truncating_fails(self) -> None:
        with transaction.atomic():
            run("SET CONSTRAINTS ALL IMMEDIATE")  # which would fail it as well, for the rows that the test wrote
        with pytest.raises(DatabaseError, match=r"only added to"), transaction.atomic():
            run("TRUNCATE brands_change")


class TestBatches:
    def test_changes_belong_to_the_innermost(self) -> None:
        outer, inner = open_change_set(ChangeSetKind.INGEST), open_change_set(ChangeSetKind.EDIT)
        with within(outer):
            Brand.objects.create(name="甲")
            with within(inner):
                Brand.objects.create(name="乙")
            Brand.objects.create(name="丙")
        Brand.objects.create(name="丁")
        named = {
            (change.new or {})["name"]: change.change_set_id for change in Change.objects.filter(table="brands_brand")
        }
        assert named == {"甲": outer.pk, "乙": inner.pk, "丙": outer.pk, "丁": None}

    def test_an_error_inside_leaves_the_outer_one_in_force(self) -> None:
        outer, inner = open_change_set(ChangeSetKind.INGEST), open_change_set(ChangeSetKind.EDIT)
        with within(outer):
            with pytest.raises(ZeroDivisionError), within(inner):
                raise ZeroDivisionError
            Brand.objects.create(name="甲")
        assert Change.objects.get(table="brands_brand").change_set == outer

    def test_who_and_why_are_kept(self) -> None:
        author = User.objects.create_user("shenhe")
        change_set = open_change_set(ChangeSetKind.EDIT, author=author, note="按公报" * 400)
        assert (change_set.author_name, len(change_set.note)) == ("shenhe", 500)

    def test_a_rehearsal_tells_all_and_changes_nothing(self) -> None:
        before, told = state(), Change.objects.count()
        result, changes = rehearse(lambda: brand("甲").name)
        assert result == "甲"
        assert [(change.action, change.table) for change in changes] == [
            ("+", "brands_brand"),
            ("+", "brands_page"),
            ("+", "brands_article"),
            ("+", "brands_evidence"),
        ]
        assert state() == before
        assert Change.objects.count() == told
        assert not ChangeSet.objects.exists()

    def test_a_rehearsal_works_out_nothing_that_follows(self) -> None:
        """All of it would be taken back."""
        made, _changes = rehearse(lambda: (brand("甲"), Card.objects.exists(), SearchDocument.objects.exists()))
        assert made[1:] == (False, False)
        brand("乙")
        assert Card.objects.filter(name="乙").exists()


def test_triggers_that_are_gone_come_back() -> None:
    brand("甲")
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")  # tables with checks that wait take no triggers
    triggers.release(connection)
    assert new_changes(lambda: Brand.objects.update(level="county")) == []
    triggers.follow()
    triggers.follow()
    assert new_changes(lambda: Brand.objects.update(level="")) == [("~", "brand")]


def test_every_table_of_the_catalogue_is_followed() -> None:
    """A new model must be followed or be named here, with what it is that nobody would want back."""
    from django.apps import apps

    worked_out = {"HiddenSource", "Card", "CardLink", "CardFigure", "SearchDocument", "DataVersion"}
    own = {"ChangeSet", "Change", "CurrentChangeSet", "Seal"}
    models = {model.__name__ for model in apps.get_app_config("brands").get_models(include_auto_created=True)}
    assert models - worked_out - own == set(triggers.MODELS)


def test_followed_tables_come_after_those_that_they_refer_to() -> None:
    place = {model: at for at, model in enumerate(triggers.followed().values())}
    for model, at in place.items():
        for field in model._meta.concrete_fields:
            other = field.related_model
            if other in place and other is not model:
                assert place[other] < at, f"{model.__name__} stands before {field.name}"


def test_stamps_are_moments_of_now() -> None:
    before = timezone.now()
    Page.objects.create(name="a", sha256="a", encoding="utf-8", text="", extractor="")
    at = Change.objects.get(table="brands_page").at
    assert abs((at - before).total_seconds()) < 60
