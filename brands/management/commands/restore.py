"""Restores the whole database from a backup."""

from pathlib import Path

import psycopg
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from brands.audit.app_role import RoleError
from brands.backups.archive import DamagedError
from brands.backups.postgresql import ToolError
from brands.backups.restoring import restore


class Command(BaseCommand):
    help = (
        "Make the database what it was when FILE was written, while the site serves. The file is verified in a database"
        " of its own first; what was there before is kept, and named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, **options: object) -> None:
        file = Path(str(options["file"]))
        try:
            done = restore(file)
        except (DamagedError, ToolError, RoleError, DatabaseError, psycopg.Error, OSError) as error:
            raise CommandError(f"nothing was changed: {error}") from error
        call_command("migrate", interactive=False, verbosity=0)  # what follows from rows that an older version made
        call_command("rebuild_search_index", verbosity=0)
        told = f"; what was there before: {done.kept}" if done.kept else "; nothing was there before"
        self.stdout.write(f"Restored what {file} held at {done.manifest.made_at}{told}")
        for role in done.absent:
            self.stderr.write(
                f"{role}, which served then, is no role of this server: name it in APP_DATABASE_URL, and run"
                " establish_app_role"
            )
