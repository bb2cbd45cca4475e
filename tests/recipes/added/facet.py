"""A facet that the recipe added is filled from the catalogue, counted, chosen, shown and told of in both languages."""

import pytest
from django.test import Client
from django.urls import reverse

from brands.listing import BrandList
from brands.models import Brand, Card
from brands.vocabulary.choices import OwnerKind
from tests.brands.factories import brand
from tests.brands.pages import page, text_of

NAME = "owner_kind"


def test_the_list_declares_it_and_the_read_model_has_it() -> None:
    assert BrandList.base_filters[NAME].faceted
    assert NAME in {field.name for field in Card._meta.concrete_fields}


@pytest.fixture
def owned() -> list[Brand]:
    regional, enterprise = OwnerKind.REGIONAL, OwnerKind.ENTERPRISE
    return [
        brand("吕梁山护工", owner_kind=regional),
        brand("天镇保姆", owner_kind=regional),
        brand("苏嫂", owner_kind=enterprise),
        brand("莞嫂"),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("owned")
def test_each_count_is_what_its_address_gives(client: Client) -> None:
    answer = client.get(reverse("brands:api_brands")).json()
    counts = {value["value"]: value["count"] for value in answer["facets"][NAME]["values"]}
    assert counts == {"regional": 2, "enterprise": 1, "unknown": 1}
    for value, count in counts.items():
        assert client.get(reverse("brands:api_brands"), {NAME: value}).json()["count"] == count


@pytest.mark.django_db
def test_a_brand_that_changes_is_counted_anew(client: Client, owned: list[Brand]) -> None:
    owned[0].owner_kind = OwnerKind.ENTERPRISE
    owned[0].save()
    assert client.get(reverse("brands:api_brands"), {NAME: "enterprise"}).json()["count"] == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("owned")
def test_readers_choose_it_in_both_languages(client: Client) -> None:
    address = f"{reverse('brands:brand_list')}?{NAME}=enterprise"
    listed = text_of(page(client, address))
    assert "归属" in listed
    assert "苏嫂" in listed
    assert "天镇保姆" not in listed
    assert "Enterprise" in text_of(page(client, address, language="en"))
