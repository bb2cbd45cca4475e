"""The page that tells people of the interface: every address that it leads to answers, in both languages."""

import html
import re

import pytest
from django.test import Client

from tests.brands.pages import page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.usefixtures("catalogued")
def test_every_address_that_it_leads_to_answers(client: Client, language: str) -> None:
    told = html.unescape(page(client, "/api/", language=language))
    addresses = set(re.findall(r'href="(/api/[^"\s]*)"', told))
    assert len(addresses) > 9
    for address in addresses:
        assert client.get(address).status_code == 200, address
