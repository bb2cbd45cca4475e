"""Each test begins in the site's language: a request in another one leaves its language active in the thread."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture(autouse=True)
def _language_of_the_site() -> Iterator[None]:
    with translation.override(settings.LANGUAGE_CODE):
        yield
