"""`manage.py find_doubles`: look for records that may be the same, for the staff's list of doubles."""

from django.core.management.base import BaseCommand

from curation.duplicates.search import search
from curation.models import RecordKind


class Command(BaseCommand):
    help = "Look for brands and programs that may be the same, and put the pairs on the list of doubles of the admin."

    def handle(self, *args: object, **options: object) -> None:
        for kind in RecordKind:
            self.stdout.write(f"{kind.value}: {search(kind)} pairs that may be the same")
