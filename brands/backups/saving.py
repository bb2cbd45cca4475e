"""From the database that serves to a file."""

import tempfile
from pathlib import Path

from django.db import connection
from django.utils import timezone

from brands.audit import app_role, seals
from brands.audit.check import check, snapshot
from brands.backups import archive, postgresql, sqlite
from brands.backups.aliases import beside
from brands.backups.archive import Manifest
from brands.backups.measures import measured, migrations


def save(file: Path) -> Manifest:
    """Back the database up into the file, as it is at one moment, while others write; what it holds. The copy itself is
    measured and its audit log checked: on SQLite in the copy, on PostgreSQL in the snapshot that pg_dump wrote."""
    seals.seal()
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
        database = Path(folder) / "database"
        if connection.vendor == "postgresql":
            with snapshot("default"):
                postgresql.dump(database, postgresql.export_snapshot())
                manifest = described("default")
        else:
            sqlite.dump(database)
            if wrong := sqlite.damage(database):
                raise archive.DamagedError(f"the database is damaged: {wrong}")
            with beside(str(database)) as alias:
                manifest = described(alias)
        archive.write(file, manifest, database)
    return archive.read(file)


def described(using: str) -> Manifest:
    """What a database holds."""
    checked = check(using)
    return Manifest(
        vendor=connection.vendor,
        made_at=timezone.now().isoformat(timespec="seconds"),
        migrations=migrations(using),
        measures=measured(using),
        head=checked.head,
        findings=[str(finding) for finding in checked.findings],
        roles=app_role.serving(using),
    )
