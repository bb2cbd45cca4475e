"""A field that the recipe added is shown, reported, proposed, reviewed, exported, kept in the history and undone."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from brands.audit.change_sets import open_change_set, within
from brands.audit.undo import undo
from brands.corrections import subject_of
from brands.models import Brand, Change
from brands.proposals import accept, propose
from brands.vocabulary import fields
from brands.vocabulary.choices import ChangeSetKind
from curation.jobs.preview import KEPT
from curation.review.forms import form_for
from curation.transfer import export_rows
from tests.brands.factories import brand
from tests.brands.pages import page, text_of
from tests.staff import client_as

FIELD = "training_base"
VALUE = "吕梁实训中心"


@pytest.mark.parametrize("use", ["proposable", "in_review", "in_preview", "in_table", "on_page"])
def test_it_has_these_uses(use: str) -> None:
    assert FIELD in fields.names("brand", use)


def test_previews_of_uploads_keep_it() -> None:
    assert FIELD in KEPT["brand"]


@pytest.fixture
def carer() -> Brand:
    fields_of_it: dict[str, Any] = {FIELD: VALUE}
    return brand("吕梁山护工", **fields_of_it)


@pytest.mark.django_db
def test_readers_see_it_and_may_report_it(client: Client, carer: Brand) -> None:
    html = page(client, carer.get_absolute_url())
    assert f"实训基地{VALUE}" in text_of(html)
    assert f"about=brand:{carer.pk}.{FIELD}" in html
    assert f"Training base{VALUE}" in text_of(page(client, carer.get_absolute_url(), language="en"))
    subject = subject_of(f"brand:{carer.pk}.{FIELD}")
    assert subject is not None
    assert subject.shown == VALUE


@pytest.mark.django_db
def test_it_is_in_the_admin_the_review_and_the_table(carer: Brand) -> None:
    assert FIELD in form_for("brand", carer).fields
    changed = client_as("editor").get(reverse("admin:brands_brand_change", args=[carer.pk]))
    assert f'name="{FIELD}"' in changed.content.decode()
    headers, cells = export_rows.lines("brand", [carer.pk])
    assert dict(zip(headers, cells, strict=True))[FIELD] == VALUE


@pytest.mark.django_db
def test_a_proposal_sets_it_the_history_keeps_it_and_undo_takes_it_back(carer: Brand) -> None:
    editor = User.objects.create_user("editor")
    proposal = propose(carer, FIELD, "文水实训中心", author=editor)
    assert proposal is not None
    with within(open_change_set(ChangeSetKind.EDIT, author=editor)) as change_set:
        accept(proposal, by=editor)
    entry = Change.objects.filter(change_set=change_set, table=Brand._meta.db_table).get()
    assert (entry.new or {})[FIELD] == "文水实训中心"
    undo(change_set, author=editor)
    carer.refresh_from_db()
    assert getattr(carer, FIELD) == VALUE
