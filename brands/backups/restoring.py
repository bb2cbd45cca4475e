"""From a file to the database that serves, which stays as it is until the new one is whole and verified."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from brands.audit import app_role, triggers
from brands.audit.check import check
from brands.backups import archive, postgresql, sqlite
from brands.backups.aliases import beside
from brands.backups.archive import DamagedError, Manifest
from brands.backups.measures import counted, measured, migrations


@dataclass(slots=True)
class Restored:
    """What the database holds now, where the one before it is kept (empty where there was none), and the roles that
    served when the backup was made and that this server does not have."""

    manifest: Manifest
    kept: str = ""
    absent: list[str] = field(default_factory=list)


def restore(file: Path) -> Restored:
    """Make the database that serves what it was when the file was written. A file of an older version is migrated on
    the way. DamagedError if the file is damaged, foreign or newer than this version: then nothing was changed."""
    manifest = archive.read(file)
    if manifest.vendor != connection.vendor:
        raise DamagedError(
            f"{file} is of {manifest.vendor}, and this database is of {connection.vendor}: see copy_from"
        )
    if unknown := set(manifest.migrations) - _known():
        raise DamagedError(f"{file} was made by a newer version, which has {min(unknown)}")
    stamp = f"{timezone.now():%Y%m%d_%H%M%S}"
    done = Restored(manifest)
    if connection.vendor == "postgresql":
        _into_postgresql(file, done, stamp)
    else:
        done.kept = _into_sqlite(file, manifest, stamp)
    return done


def _known() -> set[str]:
    """All migrations of this version."""
    return {".".join(key) for key in MigrationLoader(None).disk_migrations} | _replaced()


def _replaced() -> set[str]:
    """Migrations of packages that others stand for by now."""
    loaded = MigrationLoader(None).disk_migrations.values()
    return {".".join(key) for migration in loaded for key in migration.replaces}


def _into_sqlite(file: Path, manifest: Manifest, stamp: str) -> str:
    present = sqlite.path()
    new, kept = (present.with_name(f"{present.name}.{word}-{stamp}") for word in ("restoring", "before"))
    try:
        archive.extract(file, manifest, new)
        if wrong := sqlite.damage(new):
            raise DamagedError(f"{file} is damaged: {wrong}")
        with beside(str(new)) as alias:
            _verify(file, manifest, alias)
        sqlite.put_in_place(new, kept)
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            new.with_name(new.name + ending).unlink(missing_ok=True)
    return str(kept) if kept.exists() else ""


def _into_postgresql(file: Path, done: Restored, stamp: str) -> None:
    """The roles that served have their rights before the new database is in place, or each page would fail then."""
    present = str(connection.settings_dict["NAME"])
    new, kept = f"{present}_restoring_{stamp}", f"{present}_before_{stamp}"
    with _unpacked(file, done.manifest) as dump:
        try:
            postgresql.make(new, dump)
            with beside(new) as alias:
                triggers.follow(using=alias)  # the rights of its functions were not taken over
                _verify(file, done.manifest, alias)
                done.absent = app_role.readmit(done.manifest.roles, alias)
                app_role.establish_named(alias)
            if postgresql.put_in_place(new, kept):
                done.kept = kept
        finally:
            postgresql.drop(new)


@contextmanager
def _unpacked(file: Path, manifest: Manifest) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".restore-") as folder:
        dump = Path(folder) / "database"
        archive.extract(file, manifest, dump)
        yield dump


def _verify(file: Path, manifest: Manifest, using: str) -> None:
    """Bring the new database to this version, and compare it with what the backup says of itself."""
    rows = {table: count for table, (count, _sum) in manifest.measures.items()}
    present = counted(using)
    if wrong := [table for table in rows if table in present and present[table] != rows[table]]:
        raise DamagedError(f"{file}: {wrong[0]} has {present[wrong[0]]} rows, and had {rows[wrong[0]]}")
    if not _known() - set(migrations(using)) - _replaced():
        if measured(using) != manifest.measures:
            raise DamagedError(f"{file}: its rows are not those that were backed up")
    else:
        call_command("migrate", database=using, interactive=False, verbosity=0)
    if (found := [str(finding) for finding in check(using).findings]) != manifest.findings:
        raise DamagedError(f"{file}: the audit log does not hold: {(found or manifest.findings)[0]}")
