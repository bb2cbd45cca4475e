"""A facet that the recipe added is filled from the catalogue, counted, chosen, shown and told of in both languages."""

import pytest
from django.test import Client
from django.urls import reverse

from brands.listing import BrandList
from brands.models import Brand, Card
from tests.brands.factories import brand
from tests.brands.pages import page, text_of

NAME = "organisation"
COUNTY, FIRM = "天镇县人社局", "苏嫂家政公司"


def test_the_list_declares_it_and_the_read_model_has_it() -> None:
    assert BrandList.base_filters[NAME].faceted
    assert NAME in {field.name for field in Card._meta.concrete_fields}


@pytest.fixture
def owned() -> list[Brand]:
    return [
        brand("吕梁山护工", organisation=COUNTY),
        brand("天镇保姆", organisation=COUNTY),
        brand("苏嫂", organisation=FIRM),
        brand("莞嫂"),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("owned")
def test_each_count_is_what_its_address_gives(client: Client) -> None:
    answer = client.get(reverse("brands:api_brands"), {"facets": "1"}).json()
    counts = {value["value"]: value["count"] for value in answer["facets"][NAME]["values"]}
    assert counts == {COUNTY: 2, FIRM: 1, "unknown": 1}
    for value, count in counts.items():
        assert client.get(reverse("brands:api_brands"), {NAME: value}).json()["count"] == count


@pytest.mark.django_db
def test_a_brand_that_changes_is_counted_anew(client: Client, owned: list[Brand]) -> None:
    owned[0].organisation = FIRM
    owned[0].save()
    assert client.get(reverse("brands:api_brands"), {NAME: FIRM}).json()["count"] == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("owned")
def test_readers_choose_it_in_both_languages(client: Client) -> None:
    address = f"{reverse('brands:brand_list')}?{NAME}={FIRM}"
    listed = text_of(page(client, address))
    assert "建设单位" in listed
    assert "苏嫂" in listed
    assert "天镇保姆" not in listed
    assert "Organisation" in text_of(page(client, address, language="en"))
