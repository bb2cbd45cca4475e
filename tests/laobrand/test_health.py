"""The address that a load balancer asks."""

from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries


@pytest.mark.django_db
def test_answers_after_one_statement(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_says_when_the_database_is_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "cursor", Mock(side_effect=OperationalError("password=secret")))
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"database: OperationalError\n")
