"""The samples, ingested once for all tests of a module."""

import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from brands.models import SearchDocument
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[SearchDocument]]:
    """The documents of the samples and, where the corpus is there, of its retold articles. Taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_regions", stdout=StringIO())
        for folder in (ROOT / "ingest" / "samples", *retold()):
            call_command("ingest_pages", str(folder), stdout=StringIO(), stderr=StringIO())
        yield list(SearchDocument.objects.order_by("id"))
        transaction.set_rollback(True)


def retold() -> list[Path]:
    folder = Path(os.environ.get("LAOBRAND_CORPUS") or ROOT.parent / "shared" / "corpus") / "retold"
    return [folder] if folder.is_dir() else []
