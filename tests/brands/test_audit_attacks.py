"""Attacks on the audit log by who can send SQL to the database: each is refused, or named by `check_audit`.

On PostgreSQL the attacker is the role that serves the site, or the owner where it says so; on SQLite, whoever opens the
file with a program of their own, which sets no pragma.
"""

import os
import sqlite3
from collections.abc import Iterator
from io import StringIO

import psycopg
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from brands.audit import seals
from brands.audit.app_role import RoleError, establish
from brands.audit.change_sets import open_change_set, within
from brands.audit.check import check
from brands.audit.triggers import set_change_set
from brands.audit.undo import undo
from brands.models import Brand, BrandAlias, Change, ChangeSet, Page
from brands.models.source import BY_HAND
from brands.vocabulary.choices import ChangeSetKind
from tests.brands.factories import brand
from tests.ready import ROOT, address

POSTGRESQL = connection.vendor == "postgresql"
ROLE = f"laobrand_attacker_{os.getpid()}"  # roles belong to the server, which several processes share

on_sqlite = pytest.mark.skipif(POSTGRESQL, reason="a way that only SQLite has")
on_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="a way that only PostgreSQL has")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def catalogue() -> Iterator[None]:
    """Two brands with other names, a page, a change of each, all sealed; and the role that serves the site."""
    author = User.objects.create_user("shenhe")
    with within(open_change_set(ChangeSetKind.EDIT, author=author)):
        for name in ("吕梁山护工", "天镇保姆"):
            BrandAlias.objects.create(brand=brand(name), name=f"{name}二号", name_key=f"{name}二号")
    with within(open_change_set(ChangeSetKind.EDIT)):
        Brand.objects.update(level="county")
    if POSTGRESQL:
        with connection.cursor() as cursor:
            establish(cursor, ROLE, "secret")
    assert seals.seal() > 0
    assert check().findings == []
    yield
    if POSTGRESQL:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {ROLE}")
            cursor.execute(f"DROP ROLE {ROLE}")


def attack(*statements: str, owner: bool = False) -> None:
    """Send the statements over a connection of the attacker's own, in one transaction."""
    if POSTGRESQL:
        with psycopg.connect(address()) as own:
            if not owner:
                own.execute(f"SET ROLE {ROLE}")
            for statement in statements:
                own.execute(statement)
    else:
        connection.close()
        own_file = sqlite3.connect(str(connection.settings_dict["NAME"]))
        try:
            with own_file:
                for statement in statements:
                    own_file.execute(statement)
        finally:
            own_file.close()


REFUSED = (sqlite3.Error, psycopg.Error)


def refused(*statements: str, owner: bool = False, match: str) -> None:
    with pytest.raises(REFUSED, match=match):
        attack(*statements, owner=owner)
    assert check().findings == []


def named(words: str) -> None:
    """The check fails, and its first finding has these words."""
    found = check().findings
    assert found
    assert words in str(found[0]), list(map(str, found))
    with pytest.raises(CommandError, match="does not hold"):
        call_command("check_audit")


def without_triggers(*statements: str) -> None:
    """What only an owner can: switch the triggers off, write, and switch them on again."""
    if POSTGRESQL:
        off = "SELECT set_config('session_replication_role', 'replica', true)"
        names = ("brands_change", "brands_batch", "brands_seal", "brands_brand", "brands_page", "brands_evidence")
        switch = [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in names]
        attack(off, *switch, *statements, owner=True)
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(
                    "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'ledger%%'", [name]
                )
                for (trigger,) in cursor.fetchall():
                    cursor.execute(f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {trigger}")
    else:
        kept = []
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB '*_ledger'")
            kept = cursor.fetchall()
        attack(*(f'DROP TRIGGER "{name}"' for name, _sql in kept), *statements, *(sql for _name, sql in kept))


class TestTheFiveOfTheFirstRound:
    @on_sqlite
    def test_an_entry_is_replaced(self) -> None:
        refused(
            'INSERT OR REPLACE INTO brands_change (id, batch_id, "table", "row", action, old, new, at)'
            ' SELECT id, batch_id, "table", "row", action, old,'
            " json_set(new, '$.name', 'FORGED'), '2001-01-01' FROM brands_change WHERE id = 1",
            match="only added to",
        )

    @on_sqlite
    def test_a_row_is_replaced(self) -> None:
        refused("INSERT OR REPLACE INTO brands_brandalias SELECT * FROM brands_brandalias", match="recursive_triggers")
        before = Change.objects.filter(action="-").count()
        attack(
            "PRAGMA recursive_triggers = ON", "INSERT OR REPLACE INTO brands_brandalias SELECT * FROM brands_brandalias"
        )
        assert Change.objects.filter(action="-").count() == before + 2
        assert check().findings == []

    @on_postgresql
    @pytest.mark.parametrize("table", ["brands_evidence", "brands_change", "brands_synonym"])
    @pytest.mark.parametrize("owner", [False, True])
    def test_a_table_is_truncated(self, table: str, owner: bool) -> None:
        refused(f"TRUNCATE {table} CASCADE", owner=owner, match="permission denied|refused")

    def test_a_key_is_changed(self) -> None:
        refused("UPDATE brands_brandalias SET id = id + 1000000", owner=True, match="can not be changed|pragma|PRAGMA")

    @pytest.mark.parametrize("statement", ["UPDATE brands_change SET new = old", "DELETE FROM brands_change"])
    def test_history_is_rewritten(self, statement: str) -> None:
        refused(statement, match="only added to|permission denied")

    def test_an_entry_and_an_author_are_forged(self) -> None:
        entry = (
            'INSERT INTO brands_change ("table", "row", action, old, new, at)'
            " VALUES ('brands_brand', '1', '~', '{}', '{}', '2001-01-01')"
        )
        refused(entry, match="the time is now|permission denied")
        change_set = (
            "INSERT INTO brands_batch (kind, author_id, author_name, note, created_at)"
            " VALUES ('edit', (SELECT min(id) FROM auth_user), 'minister', '', '2001-01-01')"
        )
        if POSTGRESQL:  # the database signs it itself
            refused(entry, owner=True, match="refused")
            attack(change_set)
            forged = ChangeSet.objects.order_by("-pk")[0]
            assert (forged.author_name, forged.created_at.year > 2001) == ("shenhe", True)
        else:
            refused(change_set, match="the name that of the account")


class TestTenMore:
    @on_sqlite
    def test_rows_are_replaced_by_another_unique_column(self) -> None:
        refused("UPDATE OR REPLACE brands_brandalias SET brand_id = 1, name_key = 'x'", match="recursive_triggers")

    @on_sqlite
    def test_a_key_is_changed_by_its_other_name(self) -> None:
        refused("UPDATE brands_brand SET rowid = rowid + 1000", match="can not be changed|recursive_triggers")

    @on_sqlite
    @pytest.mark.parametrize("number", ["9223372036854775807", "-1", "0", "(SELECT max(id) FROM brands_change)"])
    def test_numbers_of_entries_are_used_up(self, number: str) -> None:
        refused(
            'INSERT OR REPLACE INTO brands_change (id, "table", "row", action, at)'
            f" VALUES ({number}, 'brands_brand', '1', '-', strftime('%Y-%m-%d %H:%M:%f', 'now'))",
            match="only added to|without a gap",
        )

    @on_postgresql
    def test_a_temporary_table_stands_in_for_the_log(self) -> None:
        attack(
            "CREATE TEMPORARY TABLE brands_change (LIKE public.brands_change)",
            "UPDATE public.brands_brand SET level = ''",
        )
        assert Change.objects.latest("pk").new["level"] == ""  # type: ignore[index]
        assert check().findings == []

    @on_postgresql
    def test_the_writing_function_is_hung_on_a_table_of_ones_own(self) -> None:
        refused(
            "CREATE TEMPORARY TABLE brands_brand (id bigint)",
            "CREATE TRIGGER mine AFTER INSERT ON brands_brand REFERENCING NEW TABLE AS after FOR EACH STATEMENT"
            " EXECUTE FUNCTION brands_ledger_write('id', '')",
            match="permission denied",
        )

    @on_postgresql
    def test_the_session_pretends_to_replicate(self) -> None:
        before = Change.objects.count()
        attack("SET session_replication_role = replica", "UPDATE brands_brand SET level = ''", owner=True)
        assert Change.objects.count() == before + 2
        refused("SET session_replication_role = replica", match="permission denied")

    @on_postgresql
    def test_numbers_of_entries_are_set_back(self) -> None:
        refused("SELECT setval('brands_change_id_seq', 1)", match="permission denied")

    @on_postgresql
    def test_a_child_brings_rows_in(self) -> None:
        attack(
            "CREATE TABLE child () INHERITS (brands_synonym)",
            "INSERT INTO child SELECT * FROM brands_synonym LIMIT 1",
            owner=True,
        )
        named("child child on brands_synonym")

    @on_postgresql
    def test_a_rule_swallows_entries(self) -> None:
        attack(
            "CREATE RULE swallow AS ON INSERT TO brands_change DO INSTEAD NOTHING",
            "UPDATE brands_brand SET level = ''",
            owner=True,
        )
        named("rule swallow on brands_change")

    def test_a_page_says_something_else(self) -> None:
        refused("UPDATE brands_page SET text = 'FORGED'", owner=True, match="can not be changed|recursive_triggers")
        without_triggers("UPDATE brands_page SET text = 'FORGED'")
        named("was changed after it was sealed")

    def test_a_row_is_changed_while_its_triggers_are_off(self) -> None:
        without_triggers("UPDATE brands_brand SET level = ''")
        named("level is '' in the row, and 'county' in its newest entry")

    def test_a_row_is_brought_in_while_its_triggers_are_off(self) -> None:
        without_triggers("DELETE FROM brands_evidence")
        named("the row is gone, and no entry says so")

    def test_one_trigger_of_many_is_gone(self) -> None:
        attack(
            "DROP TRIGGER ledger_update ON brands_brand" if POSTGRESQL else 'DROP TRIGGER "brands_brand_UPDATE_ledger"',
            owner=True,
        )
        named("is missing")

    def test_a_trigger_does_something_else(self) -> None:
        if POSTGRESQL:
            attack("ALTER TABLE brands_brand DISABLE TRIGGER ledger_insert", owner=True)
            named("is switched off")
        else:
            attack(
                'DROP TRIGGER "brands_brand_UPDATE_ledger"',
                'CREATE TRIGGER "brands_brand_UPDATE_ledger" AFTER UPDATE ON brands_brand BEGIN SELECT 1; END',
            )
            named("is not what it should be")

    def test_history_is_rewritten_so_that_it_still_fits(self) -> None:
        """Both sides of an old change, so that each entry still begins where the one before it ended."""
        put = "jsonb_set({0}, '{{level}}', '\"city\"')" if POSTGRESQL else "json_set({0}, '$.level', 'city')"
        without_triggers(
            f"UPDATE brands_change SET new = {put.format('new')} WHERE \"table\" = 'brands_brand' AND action = '+'",
            f"UPDATE brands_change SET old = {put.format('old')} WHERE \"table\" = 'brands_brand' AND action = '~'",
        )
        named("was changed after it was sealed")

    def test_the_author_of_a_change_set_is_another(self) -> None:
        without_triggers("UPDATE brands_batch SET author_name = 'minister' WHERE author_name = 'shenhe'")
        named("was changed after it was sealed")

    def test_an_entry_in_the_middle_is_gone(self) -> None:
        number = Change.objects.filter(table="brands_brandalias").order_by("pk")[0].pk
        without_triggers(f"DELETE FROM brands_change WHERE id = {number}")
        assert any(f"entry {number + 1} " in str(one) and "before it is gone" in str(one) for one in check().findings)

    def test_the_newest_entries_are_gone(self) -> None:
        last = Change.objects.latest("pk").pk
        without_triggers(f"DELETE FROM brands_change WHERE id = {last}")
        assert any(f"entry {last} " in str(one) and "are gone" in str(one) for one in check().findings)

    def test_the_chain_is_made_anew_over_another_past(self) -> None:
        known = check().head
        without_triggers(
            "UPDATE brands_batch SET author_name = 'minister' WHERE author_name = 'shenhe'",
            "DELETE FROM brands_seal WHERE count > 0",
        )
        seals.seal()
        assert check().findings == []  # whole in itself; but not the one that was noted
        assert "not the seal that was noted" in str(check(known=known).findings[0])

    def test_a_change_belongs_to_an_old_change_set_of_somebody_else(self) -> None:
        without_triggers("UPDATE brands_batch SET created_at = '2025-01-01 00:00:00+00'")
        number = ChangeSet.objects.get(author_name="shenhe").pk
        with transaction.atomic():
            set_change_set(number)
            Brand.objects.update(level="")
        last = Change.objects.latest("pk").pk
        assert any(f"entry {last} " in str(one) and "is not that of change set" in str(one) for one in check().findings)

    def test_the_clock_is_turned_back(self) -> None:
        last = Change.objects.latest("pk").pk
        without_triggers(f"UPDATE brands_change SET at = '2025-01-01 00:00:00+00' WHERE id = {last}")
        assert any(f"entry {last} " in str(one) and "before that of earlier" in str(one) for one in check().findings)


class TestTheChain:
    def test_it_holds_after_ordinary_work(self) -> None:
        Brand.objects.update(level="")
        Page.objects.all().delete()
        assert seals.seal() > 0
        assert seals.seal() == 0
        assert check().findings == []

    def test_a_source_of_ones_own_grows_and_nothing_else_of_it_changes(self) -> None:
        own = Page.objects.create(name="名单", sha256="0" * 64, encoding="utf-8", text="一、甲工", extractor=BY_HAND)
        seals.seal()
        Page.objects.filter(pk=own.pk).update(text="一、甲工\n二、乙工")
        assert check().findings == []
        for text in ("一、丙工\n二、乙工", "一、甲工", ""):
            refused(
                f"UPDATE brands_page SET text = '{text}' WHERE id = {own.pk}", match="can not be changed|recursive_trig"
            )

    def test_writers_that_still_run_are_waited_for(self) -> None:
        if not POSTGRESQL:
            pytest.skip("on SQLite one transaction writes at a time")
        with psycopg.connect(address()) as other:
            other.execute("UPDATE brands_brandalias SET name = name || '甲'")  # which has its numbers, and is not ended
            Brand.objects.update(level="")
            before = seals.newest()
            assert seals.seal(patience=0.1) == 0
            other.commit()
        assert seals.seal() == 4
        assert before is not None
        assert check().findings == []

    def test_two_that_seal_at_once_make_one_chain(self) -> None:
        Brand.objects.update(level="")
        before = seals.newest()
        assert before is not None
        entries = list(Change.objects.filter(pk__gt=before.last).order_by("pk"))
        assert seals._append(before, entries, "default")
        assert not seals._append(before, entries, "default")
        assert check().findings == []


@on_postgresql
def test_the_role_that_serves_may_do_its_work() -> None:
    """Pages that are read, facts that are changed, undone and sealed, and who logs in."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
    try:
        call_command("load_regions", verbosity=0)
        call_command(
            "ingest_pages", str(ROOT / "ingest/samples/02_tianzhen_baomu.txt"), stdout=StringIO(), stderr=StringIO()
        )
        call_command("rebuild_search_index", verbosity=0)
        undone = undo(ChangeSet.objects.get(kind=ChangeSetKind.INGEST), author=User.objects.get())
        assert undone.rows > 10
        client = Client()
        client.force_login(User.objects.create_superuser("guanli"))
        assert client.get("/admin/batches/").status_code == 200
        assert client.post(f"/admin/batches/{undone.change_set.pk}/undo/").status_code in (200, 302)
        assert client.get("/brands/").status_code == 200
        assert seals.seal() > 300
        assert check().findings == []
        call_command("worker", "--once")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@on_postgresql
def test_a_role_that_owns_something_does_not_serve() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE brands_synonym OWNER TO {ROLE}")
        with pytest.raises(RoleError, match="owns brands_synonym"):
            establish(cursor, ROLE, "secret")
        transaction.set_rollback(True)


def test_going_back_would_lose_entries() -> None:
    with pytest.raises(CommandError, match="would lose its"):
        call_command("migrate", "brands", "0006", verbosity=0)
    assert check().findings == []  # nothing was undone on the way
