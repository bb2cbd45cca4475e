"""A metric that the recipe added is read from papers, stored, shown, filtered by and told of in both languages."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from brands.vocabulary.choices import Metric
from tests.brands.factories import brand, statistic
from tests.brands.pages import page, text_of
from tests.ingest.extract.told import one

METRIC = Metric("returnees")


def test_papers_are_read_for_it() -> None:
    fact = one("“云上焊工”是当地叫得响的劳务品牌。截至2024年底，累计吸引返乡1.2万人。")
    assert (fact.metric, fact.value, fact.unit) == (METRIC, Decimal(12_000), "人")


@pytest.mark.django_db
def test_readers_see_it_and_filter_by_it(client: Client) -> None:
    shown = brand("吕梁山护工")
    brand("天镇保姆")
    statistic(shown, 12_000, metric=METRIC)
    assert "返乡人数" in text_of(page(client, shown.get_absolute_url()))
    listed = text_of(page(client, f"{reverse('brands:brand_list')}?metric={METRIC}"))
    assert "吕梁山护工" in listed
    assert "天镇保姆" not in listed
    found = client.get(reverse("brands:api_brands"), {"metric": METRIC, "facets": "1"}).json()
    assert found["count"] == 1
    assert ("returnees", 1) in [(one["value"], one["count"]) for one in found["facets"]["metric"]["values"]]


@pytest.mark.django_db
def test_its_name_is_translated() -> None:
    with translation.override("en"):
        assert str(METRIC.label) == "People who came home"
