"""Whatever changes public data changes its version, on both databases."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from brands.data_version import UNSEEN, current, kept, watch
from brands.models import Brand, Card, Correction, Page, Program, Region


def version() -> str:
    with connection.cursor() as cursor:
        return current(cursor)


def statement(sql: str) -> Callable[[], None]:
    def change() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return change


def rolled_back_to_a_savepoint() -> None:
    with transaction.atomic():
        try:
            with transaction.atomic():
                Brand.objects.update(batch="b")
                raise ValueError
        except ValueError:
            pass
        Brand.objects.update(batch="c")


CHANGES: dict[str, Callable[[], object]] = {
    "a row is saved": lambda: Brand.objects.get(name="吕梁山护工").save(),
    "rows are made in bulk": lambda: Page.objects.bulk_create([Page(name="n", sha256="s", encoding="e", text="t")]),
    "rows are updated": lambda: Brand.objects.update(description="d"),
    "a row is deleted": lambda: Brand.objects.get(name="吕梁山护工").delete(),
    "a link is made": lambda: Program.objects.all()[0].regions.add(Region.objects.get(pk="140000")),
    "plain SQL inserts": statement(
        "INSERT INTO brands_regionname (region_id, name, kind, note) VALUES ('140000', 'x', 'short', '')"
    ),
    "plain SQL updates": statement("UPDATE brands_region SET common_name = 'x' WHERE adcode = '140000'"),
    "plain SQL deletes all": statement("DELETE FROM brands_cardlink"),
    "a savepoint is rolled back": rolled_back_to_a_savepoint,
}


@pytest.mark.usefixtures("catalogued")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_makes_a_new_version(change: Callable[[], object]) -> None:
    before = version()
    change()
    assert version() != before
    assert version() == version() != ""


@pytest.mark.usefixtures("catalogued")
@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_the_version() -> None:
    before = version()
    with transaction.atomic():
        Brand.objects.update(batch="b")
        transaction.set_rollback(True)
    assert version() == before


@pytest.mark.usefixtures("catalogued")
@pytest.mark.django_db(transaction=True)
def test_reading_and_strange_tables_leave_the_version() -> None:
    before = version()
    assert Card.objects.count() == Brand.objects.count()
    call_command("clearsessions")
    Correction.objects.create(label="x", wrong="x")
    apps.get_model("auth", "Group")._default_manager.create(name="x")
    assert version() == before


@pytest.mark.usefixtures("catalogued")
@pytest.mark.django_db(transaction=True)
def test_one_row_stays() -> None:
    with transaction.atomic():
        Brand.objects.update(batch="b")
        Region.objects.update(pinyin="p")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), min(id) FROM brands_dataversion")
        assert cursor.fetchone() == (1, 1)


@pytest.mark.usefixtures("catalogued")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.django_db(transaction=True)
def test_truncating_makes_a_new_version() -> None:
    before = version()
    statement("TRUNCATE brands_cardlink")()
    assert version() != before


@pytest.mark.django_db
def test_every_table_is_watched_and_a_trigger_that_is_gone_comes_back() -> None:
    names = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name GLOB '*_version'",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname = 'data_changed'",
    }[connection.vendor]
    drop = {
        "sqlite": 'DROP TRIGGER "brands_brand_UPDATE_version"',
        "postgresql": "DROP TRIGGER data_changed ON brands_brand",
    }[connection.vendor]
    tables = len(list(apps.get_app_config("brands").get_models(include_auto_created=True))) - len(UNSEEN)
    wanted = 3 * (tables - 1) if connection.vendor == "sqlite" else tables
    with connection.cursor() as cursor:
        cursor.execute(names)
        assert cursor.fetchone()[0] == wanted
        cursor.execute(drop)
        cursor.execute(names)
        assert cursor.fetchone()[0] == wanted - 1
        watch()
        watch()
        cursor.execute(names)
        assert cursor.fetchone()[0] == wanted


@pytest.mark.django_db(transaction=True)
def test_answers_are_kept_until_the_data_changes() -> None:
    asked: list[str] = []

    @kept
    def name(adcode: str) -> str:
        asked.append(adcode)
        return Region.objects.get(pk=adcode).common_name

    call_command("load_regions", verbosity=0)
    before = [name("140000"), name("140000"), name("450000")]
    Region.objects.filter(pk="140000").update(common_name="晋")
    with transaction.atomic():
        Region.objects.filter(pk="450000").update(common_name="桂")
        inside = [name("450000"), name("450000")]
        transaction.set_rollback(True)
    assert (before, inside) == (["山西", "山西", "广西"], ["桂", "桂"])
    assert [name("140000"), name("450000"), name("450000")] == ["晋", "广西", "广西"]
    assert asked == ["140000", "450000", "450000", "450000", "140000", "450000"]
