"""What the searches of a module's tests find."""

import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from brands.models import SearchDocument
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def library(samples: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[SearchDocument]]:
    """The documents of the samples and, where the corpus is there, of its retold articles. Taken back at the end."""
    with django_db_blocker.unblock():
        for folder in retold():
            call_command("ingest_pages", str(folder), stdout=StringIO(), stderr=StringIO())
        yield list(SearchDocument.objects.order_by("id"))


def retold() -> list[Path]:
    folder = Path(os.environ.get("LAOBRAND_CORPUS") or ROOT.parent / "shared" / "corpus") / "retold"
    return [folder] if folder.is_dir() else []
