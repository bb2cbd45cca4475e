"""The search for doubles as work for the background."""

from django_tasks import task

from curation.duplicates.search import search
from curation.models import RecordKind


@task
def find_doubles(kind: str) -> None:
    """Look for doubles of one kind anew."""
    search(RecordKind(kind))
