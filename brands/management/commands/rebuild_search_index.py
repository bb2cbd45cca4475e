"""Makes what follows from the catalogue anew: the documents that search looks through, their index, and the cards."""

from django.core.management.base import BaseCommand, CommandParser

from brands.listing import sync
from brands.models import SearchDocument


class Command(BaseCommand):
    help = (
        "Work out all search documents, the search index and the cards of lists anew. The site may serve and load"
        " meanwhile: every batch is a transaction of its own, and who searches finds everything at any moment."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-missing",
            action="store_true",
            help="do nothing where there are search documents: for a database that an older version has filled",
        )

    def handle(self, *args: object, **options: object) -> None:
        if options["if_missing"] and SearchDocument.objects.exists():
            return
        for kind, number in sync.rebuild():
            self.stdout.write(f"{kind}: {number}")
