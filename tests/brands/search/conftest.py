"""What the searches of a module's tests find."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from brands.models import SearchDocument
from tests.conftest import used
from tests.ready import Databases


@pytest.fixture(scope="module")
def library(
    django_db_setup: None, databases: Databases, django_db_blocker: DjangoDbBlocker
) -> Iterator[list[SearchDocument]]:
    """The documents of the samples and, where the corpus is there, of its retold articles, for a module's tests."""
    with used(databases, django_db_blocker, "library"):
        with django_db_blocker.unblock():
            documents = list(SearchDocument.objects.order_by("id"))
        yield documents
