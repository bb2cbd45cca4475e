"""Backups as an operator makes them: while others write, verified, and back again; what is damaged or foreign changes
nothing; and everything from one kind of database to the other."""

import json
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoDbBlocker

from brands.audit import app_role, seals
from brands.audit.change_sets import open_change_set, within
from brands.audit.check import check
from brands.backups import archive, postgresql, sqlite
from brands.backups.aliases import beside, elsewhere
from brands.backups.copying import UnequalError, copy
from brands.backups.measures import Measures, measured
from brands.models import Brand, Change
from brands.vocabulary.choices import ChangeSetKind
from tests.brands.factories import brand, regions, statistic
from tests.needs import missing
from tests.run import refusal, server

POSTGRESQL = connection.vendor == "postgresql"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def other_databases(
    transactional_db: None, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Django lets a test connect to those databases alone that it names; backups open some of their own."""
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", django_db_blocker._real_ensure_connection)


@pytest.fixture(autouse=True)
def catalogue(other_databases: None) -> None:
    with within(open_change_set(ChangeSetKind.EDIT)):
        brand("吕梁山护工", confidence=0.1 + 0.2, description="“引号”\n换行\\反斜线", inferred=["region"])
        statistic(regions()["140000"], "12345678901.2345")
    Brand.objects.update(level="county")


def backup(file: Path) -> Path:
    call_command("backup", str(file), stdout=StringIO())
    return file


@contextmanager
def restored(file: Path, told: StringIO | None = None) -> Iterator[str]:
    """What was there before the restore, which goes again at the end. `told` gets what is told besides."""
    said = StringIO()
    call_command("restore", str(file), stdout=said, stderr=told or StringIO())
    last = said.getvalue().strip()
    kept = "" if last.endswith("nothing was there before") else last.rsplit("what was there before: ", 1)[1]
    try:
        yield kept
    finally:
        if not kept:
            pass
        elif POSTGRESQL:
            postgresql.drop(kept)
        else:
            for ending in ("", "-wal", "-shm"):
                Path(kept + ending).unlink(missing_ok=True)


# What the restored site says anew: its search index is made again, and the version of its data.
ANEW = {"brands_dataversion"}


def without_what_is_anew(measures: Measures) -> Measures:
    return {table: measure for table, measure in measures.items() if table not in ANEW}


class Writer(threading.Thread):
    """Somebody who writes all the time, and goes on when the database is exchanged."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.ending = threading.Event()
        self.written = 0

    def run(self) -> None:
        while not self.ending.is_set():
            try:
                with within(open_change_set(ChangeSetKind.EDIT)):
                    Brand.objects.update(description=f"第{self.written}次")
                self.written += 1
            except DatabaseError:
                connection.close()
            time.sleep(0.002)
        connections.close_all()

    def __enter__(self) -> "Writer":
        self.start()
        while not self.written:
            time.sleep(0.01)
        return self

    def __exit__(self, *_error: object) -> None:
        self.ending.set()
        self.join()


def test_what_was_deleted_is_there_again(tmp_path: Path) -> None:
    file = backup(tmp_path / "one.backup")
    before = measured("default")
    Brand.objects.all().delete()
    after = measured("default")
    with restored(file) as kept:
        assert without_what_is_anew(measured("default")) == without_what_is_anew(before)
        assert check().findings == []
        with beside(kept) as alias:
            assert measured(alias) == after
        brand("天镇保姆")
        assert check().findings == []


def test_others_write_meanwhile(tmp_path: Path) -> None:
    with Writer() as writer:
        file = backup(tmp_path / "one.backup")
        middle = writer.written
        with restored(file):
            until = time.monotonic() + 30
            while writer.written <= middle and time.monotonic() < until:
                time.sleep(0.01)
            assert writer.written > middle
            writer.ending.set()
            writer.join()
            assert check().findings == []


class TestWhatIsRefused:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Iterator[Path]:
        file = backup(tmp_path / "one.backup")
        Brand.objects.update(level="")
        before = measured("default")
        yield file
        with pytest.raises(CommandError, match="nothing was changed"):
            call_command("restore", str(file))
        assert measured("default") == before
        assert not list(sqlite.path().parent.glob("*restoring*"))

    def rewritten(self, file: Path, **said: object) -> None:
        with zipfile.ZipFile(file) as old:
            manifest, database = json.loads(old.read(archive.MANIFEST)), old.read(archive.DATABASE)
        with zipfile.ZipFile(file, "w") as new:
            new.writestr(archive.MANIFEST, json.dumps(manifest | said))
            new.writestr(archive.DATABASE, database)

    def test_one_byte_is_another(self, file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)

    def test_the_end_is_missing(self, file: Path) -> None:
        file.write_bytes(file.read_bytes()[:-100])

    def test_it_is_another_archive(self, file: Path) -> None:
        with zipfile.ZipFile(file, "w") as other:
            other.writestr("hello.txt", "hello")

    def test_it_is_of_another_application(self, file: Path) -> None:
        self.rewritten(file, application="other")

    def test_it_is_of_the_other_kind_of_database(self, file: Path) -> None:
        self.rewritten(file, vendor="sqlite" if POSTGRESQL else "postgresql")

    def test_it_is_of_a_newer_version(self, file: Path) -> None:
        self.rewritten(file, migrations=["brands.9999_future"])

    def test_it_says_other_sums(self, file: Path) -> None:
        measures = archive.read(file).measures
        self.rewritten(file, measures=measures | {"brands_brand": [1, "0" * 32]})

    def test_it_says_another_database(self, file: Path) -> None:
        self.rewritten(file, sha256="0" * 64)


def test_a_database_that_is_destroyed_comes_back(tmp_path: Path) -> None:
    file = backup(tmp_path / "one.backup")
    before = measured("default")
    connection.close()
    if POSTGRESQL:
        postgresql.drop(str(connection.settings_dict["NAME"]))
    else:
        sqlite.path().write_bytes(b"rubbish" * 1000)
    with restored(file) as kept:
        assert bool(kept) is not POSTGRESQL  # of a file that is no database there is something to keep
        assert without_what_is_anew(measured("default")) == without_what_is_anew(before)


@pytest.fixture
def role() -> Iterator[str]:
    """A role that serves, by its name; it goes again at the end."""
    name = f"restored_{os.getpid()}"
    with connection.cursor() as cursor:
        app_role.establish(cursor, name, "secret")
    try:
        yield name
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
            if cursor.fetchone():
                cursor.execute(f"DROP OWNED BY {name}")
                cursor.execute(f"DROP ROLE {name}")


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no roles")
class TestTheRoleThatServes:
    def test_may_serve_again_as_soon_as_the_restored_database_is_in_place(
        self, role: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = backup(tmp_path / "one.backup")
        seen = []
        in_place = postgresql.put_in_place

        def looked_at(new: str, kept: str) -> bool:
            with beside(new) as alias:
                seen.append(app_role.serving(alias))
                with connections[alias].cursor() as cursor:
                    cursor.execute(f"SET ROLE {role}")
                    cursor.execute("SELECT count(*) FROM brands_brand")
                    with pytest.raises(DatabaseError, match="permission denied"):
                        cursor.execute("INSERT INTO brands_change (id) VALUES (0)")
            return in_place(new, kept)

        monkeypatch.setattr(postgresql, "put_in_place", looked_at)
        with restored(file) as kept:
            assert seen == [[role]]
            with beside(kept) as alias, connections[alias].cursor() as cursor:
                cursor.execute(f"DROP OWNED BY {role}")

    def test_that_is_not_there_is_told(self, role: str, tmp_path: Path) -> None:
        file = backup(tmp_path / "one.backup")
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {role}")
            cursor.execute(f"DROP ROLE {role}")
        told = StringIO()
        with restored(file, told):
            assert f"{role}, which served then, is no role of this server" in told.getvalue()

    def test_may_not_restore_and_nothing_is_changed(self, role: str, tmp_path: Path) -> None:
        file = backup(tmp_path / "one.backup")
        settings = connection.settings_dict
        before = {key: settings[key] for key in ("USER", "PASSWORD")}
        connection.close()
        settings |= {"USER": role, "PASSWORD": "secret"}
        try:
            with pytest.raises(CommandError, match="nothing was changed: permission denied to create database"):
                call_command("restore", str(file))
        finally:
            connection.close()
            settings |= before


def test_a_log_that_does_not_hold_is_said(tmp_path: Path) -> None:
    name = "brands_brand_UPDATE_ledger"
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_update ON brands_brand" if POSTGRESQL else f'DROP TRIGGER "{name}"')
    with pytest.raises(CommandError, match="does not hold"):
        backup(tmp_path / "one.backup")
    assert archive.read(tmp_path / "one.backup").findings


@contextmanager
def other_kind(folder: Path) -> Iterator[str]:
    """A migrated database of the other kind, by its alias."""
    name = f"other_laobrand_{os.getpid()}"
    if POSTGRESQL:
        address = f"sqlite:///{folder / name}.sqlite3"
    else:
        if (reason := refusal(server())) is not None:
            missing("postgres", reason)
        with psycopg.connect(server(), autocommit=True) as own:
            own.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            own.execute(f"CREATE DATABASE {name}")
        address = f"{server().rsplit('/', 1)[0]}/{name}"
    try:
        with elsewhere(address) as alias:
            call_command("migrate", database=alias, verbosity=0)
            yield alias
    finally:
        if not POSTGRESQL:
            with psycopg.connect(server(), autocommit=True) as own:
                own.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_everything_goes_to_the_other_kind_of_database(tmp_path: Path) -> None:
    Brand.objects.get().delete()  # whose numbers are not to be given again
    seals.seal()
    with other_kind(tmp_path) as other:
        assert copy("default", other) > 50
        assert measured(other) == measured("default")
        done = check(other, known=check().head)
        assert (done.findings, done.sealed) == ([], Change.objects.count())
        last = Change.objects.latest("pk")
        made = Brand.objects.using(other).create(name="天镇保姆")
        assert Change.objects.using(other).latest("pk").pk == last.pk + 1
        assert made.pk > int(Change.objects.filter(table="brands_brand").latest("pk").row)
        assert seals.seal(other) == 1
        assert check(other).findings == []
        with pytest.raises(UnequalError, match="has rows already"):
            copy("default", other)


def test_nothing_is_copied_from_a_log_that_does_not_hold(tmp_path: Path) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "DROP TRIGGER ledger_insert ON brands_brand"
                if POSTGRESQL
                else 'DROP TRIGGER "brands_brand_INSERT_ledger"'
            )
        with pytest.raises(UnequalError, match="does not hold"):
            copy("default", "default")
        transaction.set_rollback(True)
