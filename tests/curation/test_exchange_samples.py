"""The sample articles and the table of divisions go out and come in again, and nothing changes."""

import pytest

from brands.listing.sync import gathered
from brands.models import Change, ChangeSet
from curation.transfer import headings, import_file, import_plan
from curation.transfer.tables import TABLES
from ingest.load.page import load_page
from ingest.pipeline import extract_page
from ingest.read import read
from tests.curation.jobs import samples
from tests.curation.test_exchange import FORMS
from tests.needs import thorough, tries

# How the names of the samples begin that are loaded.
CHOSEN = ("",) if thorough() else ("02_", "07_")

# Rows of each table.
MOST = tries(10_000, 200)


@pytest.mark.django_db
@pytest.mark.usefixtures("divisions")
def test_the_samples_go_out_and_come_in() -> None:
    with gathered():
        for file in samples(*CHOSEN):
            load_page(extract_page(read(file.name, file.data)), version="test")
    before = Change.objects.count(), ChangeSet.objects.count()
    for kind, table in TABLES.items():
        keys = list(table.model._base_manager.order_by("-pk").values_list("pk", flat=True)[:MOST])
        assert keys
        for name, form in FORMS.items():
            plan = import_plan.plan(kind, headings.headed(kind, import_file.read(form(kind, keys))))
            assert (plan.rows, plan.faults, plan.unchanged) == ([], [], len(keys)), (kind, name)
    assert (Change.objects.count(), ChangeSet.objects.count()) == before
