"""Makes what follows from the catalogue anew: the documents that search looks through, their index, and the cards."""

from typing import Any

from django.core.management.base import BaseCommand

from brands import upkeep


class Command(BaseCommand):
    help = (
        "Work out all search documents, the search index and the cards of lists anew. The site may serve and load"
        " meanwhile: every batch is a transaction of its own, and who searches finds everything at any moment."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, number in upkeep.rebuild():
            self.stdout.write(f"{kind}: {number}")
