"""Dates on which nothing can have been printed or counted are refused with a clear word, wherever a person enters one;
and a form says of a field once what is wrong."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brands.models import Article, Brand
from brands.models.bounds import FIRST_DAY, check_past
from curation.models import ListDraft
from curation.transfer import import_plan
from curation.transfer.headings import Lines
from tests.brands.factories import article, brand, regions, statistic
from tests.brands.test_versions import opened, send
from tests.staff import client_as

pytestmark = pytest.mark.django_db

AHEAD = "2099-01-01"
TOLD = "日期只能在 1949-10-01 至今天"


@pytest.fixture
def admin(db: None) -> Client:
    regions()
    return client_as("admin", "guanli")


def test_the_bounds() -> None:
    today = timezone.localdate()
    for day in (FIRST_DAY, today):
        check_past(day)
    for day in (FIRST_DAY - timedelta(1), today + timedelta(1), date(2099, 1, 1)):
        with pytest.raises(ValidationError, match="日期只能在"):
            check_past(day)


def errors_of(answer: Any) -> dict[str, list[str]]:
    found = answer.context.get("adminform")
    return dict((found.form if found else answer.context["form"]).errors)


def test_a_number_of_2099(admin: Client) -> None:
    row = statistic(brand("吕梁山护工"), 90000, as_of="2025")
    answer = send(admin, opened(admin, row), as_of=AHEAD, as_of_precision="day")
    assert TOLD in errors_of(answer)["as_of"][0]


def test_the_source_of_a_brand_of_2099(admin: Client) -> None:
    source = {"source_words": "潜江虾工", "source_title": "名单", "source_date": AHEAD}
    answer = send(admin, opened(admin, Brand), name="潜江虾工", industry="catering", **source)
    assert TOLD in errors_of(answer)["source_date"][0]
    assert not Brand.objects.exists()


def test_an_article_of_2099(admin: Client) -> None:
    row = article("“吕梁山护工”。")
    address = reverse("curation:correct_article", args=[row.pk])
    form = admin.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    answer = admin.post(address, {**sent, "published_on": AHEAD})
    assert TOLD in errors_of(answer)["published_on"][0]
    assert Article.objects.get().published_on == row.published_on


def test_a_list_of_2099(admin: Client) -> None:
    answer = admin.post(reverse("curation:lists"), {"text": "离石绣娘", "title": "名单", "published_on": AHEAD})
    assert TOLD in errors_of(answer)["published_on"][0]
    assert not ListDraft.objects.exists()


@pytest.mark.parametrize(
    ("kind", "headers", "cells"),
    [
        ("statistic", ["region", "metric", "value", "unit", "as_of"], ["141100", "employment", "5", "人", AHEAD]),
        ("brand", ["name", "industry", "source_words", "source_title", "source_date"],
         ["潜江虾工", "catering", "潜江虾工", "名单", AHEAD]),
        ("brand", ["name", "industry", "recognised_year"], ["潜江虾工", "catering", "2099"]),
    ],
)  # fmt: skip
def test_a_table_of_2099(admin: Client, kind: str, headers: list[str], cells: list[str]) -> None:
    plan = import_plan.plan(kind, Lines(headers, [(2, cells)]))
    assert [fault.column for fault in plan.faults] == [headers[-1]]
    assert "之间" in plan.faults[0].why


@pytest.mark.parametrize(
    ("filled", "wrong"),
    [
        ({"name": "", "industry": "care"}, "name"),
        ({"name": "！！", "industry": "care"}, "__all__"),
        ({"name": "潜江虾工", "industry": "没有的行业"}, "industry"),
        ({"name": "潜江虾工", "industry": ""}, "industry"),
        ({"name": "潜江虾工", "industry": "care", "recognised_year": "2099"}, "recognised_year"),
        ({"name": "潜江虾工", "industry": "care", "recognised_year": "去年"}, "recognised_year"),
    ],
)
def test_a_form_says_once_what_is_wrong(admin: Client, filled: dict[str, str], wrong: str) -> None:
    errors = errors_of(send(admin, opened(admin, Brand), **filled))
    assert {name: len(told) for name, told in errors.items()} == {wrong: 1}, errors


@pytest.mark.parametrize(("name", "said"), [("metric", "没有的"), ("value", ""), ("value", "很多"), ("unit", "")])
def test_a_form_of_a_number_says_once_what_is_wrong(admin: Client, name: str, said: str) -> None:
    row = statistic(brand("吕梁山护工"), 90000, as_of="2025")
    errors = errors_of(send(admin, opened(admin, row), **{name: said}))
    assert {one: len(told) for one, told in errors.items()} == {name: 1}, errors
