"""What the tests of the interface share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

Ask = Callable[[str], dict[str, Any]]


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """No test is told that another one has asked too much."""
    cache.clear()


@pytest.fixture
def ask(client: Client) -> Ask:
    """The answer at an address below /api/, which must be one."""

    def asked(address: str) -> dict[str, Any]:
        response = client.get(f"/api/{address}")
        assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json"), address
        answer: dict[str, Any] = response.json()
        return answer

    return asked
