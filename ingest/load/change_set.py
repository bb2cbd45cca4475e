"""Pages as parts of a batch of changes, which is opened by the first that changes something."""

from django.contrib.auth.models import User
from django.db import transaction

from brands.audit.change_sets import open_change_set, within
from brands.models import ChangeSet
from brands.vocabulary.choices import ChangeSetKind
from ingest.load.page import Loaded, load_page
from ingest.records import PageFacts


def load_in_batch(
    facts: PageFacts,
    batch: ChangeSet | None,
    *,
    version: str,
    author: User | None = None,
    note: str = "",
    numbers_wait: bool = False,
) -> tuple[Loaded, ChangeSet | None]:
    """Load a page, in one transaction, as part of `batch`, or of a new one by this author where that is None. What it
    did, and the batch: still None where there was none and the page changed nothing."""
    with transaction.atomic():
        opened = batch or open_change_set(ChangeSetKind.INGEST, author=author, note=note)
        with within(opened):
            loaded = load_page(facts, version=version, numbers_wait=numbers_wait)
        if opened.changes.exists():  # the page's new extractor version is one, even where its facts stay
            return loaded, opened
        transaction.set_rollback(True)
    return loaded, batch
