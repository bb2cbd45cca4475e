"""Statements that are written once and run often give what the querysets give that they are made of."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from brands import sql as module
from brands.models import Article, Card, CardLink, Region, SearchDocument, Statistic
from brands.search.documents import Document
from brands.sql import insert, prepared, upsert
from tests.brands.factories import brand, catalogue, regions, statistic

pytestmark = pytest.mark.django_db


@prepared
def figures(keys: Any) -> Any:
    return Statistic.objects.filter(pk__in=keys).order_by("pk").values_list("value", "as_of", "brand__name")


@prepared
def articles(keys: Any) -> Any:
    return Article.objects.filter(pk__in=keys, relevant=True).values_list("relevant", "spans")


@prepared
def divisions(keys: Any) -> Any:
    return Region.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "common_name")


def test_values_are_those_of_the_fields() -> None:
    row = statistic(brand("吕梁山护工"), 90000, as_of="2025-11-19")
    assert figures([row.pk]) == [(Decimal(90000), date(2025, 11, 19), "吕梁山护工")]
    catalogue()
    expected = [(True, article.spans) for article in Article.objects.filter(relevant=True).order_by("pk")]
    assert sorted(articles(set(Article.objects.values_list("pk", flat=True)))) == sorted(expected)


def test_each_run_asks_for_its_own_keys() -> None:
    rows = [statistic(brand(f"第{n}号工匠"), n) for n in (1, 2, 3)]
    assert [name for *_, name in figures([rows[0].pk, rows[2].pk])] == ["第1号工匠", "第3号工匠"]
    assert [name for *_, name in figures({rows[1].pk: None}.keys())] == ["第2号工匠"]


def test_keys_may_be_texts() -> None:
    regions()
    assert [code for code, _ in divisions(["141100", "140000", "999999"])] == ["140000", "141100"]


def test_without_keys_nothing_is_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert figures([]) == []


@pytest.mark.usefixtures("catalogued")
def test_rows_are_written_in_as_many_statements_as_they_need(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stored = list(Card.objects.order_by("pk").values_list())
    assert len(stored) > 1
    Card.objects.all().delete()
    monkeypatch.setattr(module, "MOST_VALUES", len(stored[0]))
    with django_assert_num_queries(len(stored)):
        upsert(Card, stored)
    upsert(Card, [(stored[0][0], "另名", *stored[0][2:])])  # in place of the row with this key
    assert list(Card.objects.order_by("pk").values_list()) == [(stored[0][0], "另名", *stored[0][2:]), *stored[1:]]


def test_new_rows_are_given_keys() -> None:
    insert(CardLink, [(1, "metric", "output_value"), (2, "metric", "employment")])
    assert sorted(CardLink.objects.values_list("card", "value")) == [(1, "output_value"), (2, "employment")]
    insert(CardLink, [])
    assert CardLink.objects.count() == 2


def test_a_document_has_the_columns_of_its_table() -> None:
    assert list(Document._fields) == [field.attname for field in SearchDocument._meta.concrete_fields]
