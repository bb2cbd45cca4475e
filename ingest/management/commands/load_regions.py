"""Brings the table of divisions in the database up to date with that in the lexicon."""

from typing import Any

from django.core.management.base import BaseCommand

from ingest.load.regions import load_regions


class Command(BaseCommand):
    help = "Load the divisions of GB/T 2260 and their other names. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_regions()
        for name in loaded.kept:
            self.stderr.write(f"{name} is no longer listed, but in use: kept")
        if not loaded.written:
            self.stdout.write(f"Regions: {loaded.total} divisions, nothing to change")
            return
        self.stdout.write(
            f"Regions: {loaded.total} divisions, {loaded.created} created, {loaded.updated} updated,"
            f" {loaded.deleted} deleted; other names: {loaded.names_written} written, {loaded.names_deleted} deleted"
        )
