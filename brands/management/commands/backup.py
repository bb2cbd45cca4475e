"""Backs the whole database up."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from brands.backups.archive import DamagedError
from brands.backups.postgresql import ToolError
from brands.backups.saving import save


class Command(BaseCommand):
    help = (
        "Back the database up into FILE, while the site serves, and verify it: rows, sums and the audit log. Exits with"
        " 1 if the audit log does not hold; the file is there then, too."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, **options: object) -> None:
        file = Path(str(options["file"]))
        try:
            manifest = save(file)
        except (DamagedError, ToolError, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(int(count) for count, _sum in manifest.measures.values())
        self.stdout.write(
            f"{file}: {rows} rows, {manifest.size} bytes of {manifest.vendor}; newest seal {manifest.head}"
        )
        if manifest.findings:
            raise CommandError(f"{file} is whole, but its audit log does not hold: {manifest.findings[0]}")
