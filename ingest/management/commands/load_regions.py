"""Brings the table of divisions in the database up to date with that in the lexicon."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from brands.audit.change_sets import open_change_set, within
from brands.vocabulary.choices import ChangeSetKind
from ingest.load.regions import LoadedRegions, load_regions


class Command(BaseCommand):
    help = "Load the divisions of GB/T 2260 and their other names. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = _load_in_batch()
        for name in loaded.kept:
            self.stderr.write(f"{name} is no longer listed, but in use: kept")
        if not loaded.written:
            self.stdout.write(f"Regions: {loaded.total} divisions, nothing to change")
            return
        self.stdout.write(
            f"Regions: {loaded.total} divisions, {loaded.created} created, {loaded.updated} updated,"
            f" {loaded.deleted} deleted; other names: {loaded.names_written} written, {loaded.names_deleted} deleted"
        )


def _load_in_batch() -> LoadedRegions:
    """What differs is a batch; where nothing does, there is none."""
    with transaction.atomic():
        with within(open_change_set(ChangeSetKind.REGIONS)):
            loaded = load_regions()
        if not loaded.written:
            transaction.set_rollback(True)
    return loaded
