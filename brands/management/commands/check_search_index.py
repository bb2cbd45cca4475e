"""Proves that what follows from the catalogue is what the catalogue says."""

from itertools import islice

from django.core.management.base import BaseCommand, CommandError

from brands.listing import sync

# Differences that are named; a rebuild mends them all, so that more help nobody.
TOLD = 50


class Command(BaseCommand):
    help = (
        "Compare search documents, search index and cards with the catalogue. Exits with 1 and names what differs;"
        " `manage.py rebuild_search_index` mends it."
    )

    def handle(self, *args: object, **options: object) -> None:
        found = list(islice(sync.differences(), TOLD + 1))
        for line in found[:TOLD]:
            self.stderr.write(line)
        if found:
            more = "more than " if len(found) > TOLD else ""
            raise CommandError(f"{more}{min(len(found), TOLD)} differences: run `manage.py rebuild_search_index`")
        self.stdout.write("Search index and cards are what the catalogue says")
