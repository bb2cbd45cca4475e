"""Copies everything from another database, of either kind."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from brands.backups.aliases import elsewhere
from brands.backups.copying import UnequalError, copy


class Command(BaseCommand):
    help = (
        "Copy all rows from the database at ADDRESS (as DATABASE_URL has them) into this one, which `migrate` has just"
        " made, audit log and accounts included, and compare both field by field. Nobody should write to either."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: object, **options: object) -> None:
        try:
            with elsewhere(str(options["address"])) as source:
                rows = copy(source)
        except (UnequalError, DatabaseError) as error:
            raise CommandError(f"nothing was copied: {error}") from error
        call_command("rebuild_search_index", verbosity=0)
        self.stdout.write(f"Copied {rows} rows; both databases hold the same")
