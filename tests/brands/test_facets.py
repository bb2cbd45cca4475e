"""Facets: a count always equals the rows that its address gives."""

import random
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from pytest_django.fixtures import DjangoAssertNumQueries

from brands.choices import BrandLevel, Industry
from brands.facets import Facet, FacetValue, counts_by_region, facets, lineage
from brands.filters import BrandList, Listing, StatisticList, explorable
from brands.models import Brand, Statistic
from tests.brands.factories import article, brand, catalogue, regions

pytestmark = pytest.mark.django_db

WALK = 120
"""Steps of the random walk over filter states."""


def brands(query: str) -> BrandList:
    return BrandList(QueryDict(query), Brand.objects.published(), path="/brands/")


def statistics(query: str) -> StatisticList:
    return StatisticList(QueryDict(query), explorable(Statistic.objects.published()), path="/statistics/")


def values(listing: Listing, name: str) -> dict[str, FacetValue]:
    return next(({v.value: v for v in facet.values} for facet in facets(listing) if facet.name == name), {})


def query_of(url: str) -> str:
    return urlsplit(url).query


def test_regions_roll_up() -> None:
    catalogue()
    found = values(brands(""), "region")
    assert {value.label: value.count for value in found.values()} == {"山西": 3, "湖北": 1, "未见报道": 1}
    opened = values(brands("region=141100"), "region")
    assert {(value.label, value.count, value.depth) for value in opened.values()} == {
        ("山西", 3, 0),
        ("大同", 1, 1),
        ("吕梁", 2, 1),
        ("离石", 1, 2),
        ("湖北", 1, 0),
        ("未见报道", 1, 0),
    }


def test_a_county_right_under_its_province() -> None:
    catalogue()
    opened = values(brands("region=420000"), "region")
    assert [(value.label, value.depth) for value in opened.values() if value.value.startswith("42")] == [
        ("湖北", 0),
        ("潜江", 1),
    ]


def test_drilling_down_replaces_what_holds_it() -> None:
    catalogue()
    found = values(brands("region=140000"), "region")
    assert found["141100"].url == "/brands/?region=141100"
    assert found["141100"].also == "", "adding a part of what is chosen would change nothing"
    assert found["420000"].also == "/brands/?region=140000&region=420000"
    assert found["140000"].off == "/brands/"


def test_a_facet_ignores_its_own_choice_and_heeds_the_others() -> None:
    catalogue()
    found = values(brands("industry=domestic_service&region=140000"), "industry")
    assert {value: found[value].count for value in found} == {"domestic_service": 2, "care": 1}
    assert found["care"].also == "/brands/?region=140000&industry=care&industry=domestic_service"
    assert found["domestic_service"].selected


def test_a_chosen_value_never_vanishes() -> None:
    catalogue()
    assert values(brands("industry=energy"), "industry")["energy"].count == 0
    assert values(brands("region=500118"), "region")["500118"].count == 0
    assert values(brands("industry=energy&region=unknown"), "region")["unknown"].selected


def test_facets_of_which_nothing_is_known_are_left_out() -> None:
    catalogue()
    assert [facet.name for facet in facets(brands(""))] == ["region", "industry", "level"]
    assert [facet.name for facet in facets(brands("category=unknown"))] == ["region", "industry", "category", "level"]


def every_value(found: list[Facet]) -> Iterator[tuple[Facet, FacetValue]]:
    return ((facet, value) for facet in found for value in facet.values)


def test_counts_equal_rows_on_a_random_walk() -> None:
    chance = random.Random(20260101)
    places = [None, *regions().values()]
    source = article("甲乙丙丁")
    for number in range(60):
        level = chance.choice(["", *BrandLevel.values])
        made = Brand.objects.create(
            name=f"工匠{number}", region=chance.choice(places), industry=chance.choice(Industry.values[:4]), level=level
        )
        made.evidence.create(article=source, start=0, end=1, context_start=0, context_end=4)
    query = ""
    for _step in range(WALK):
        listing = brands(query)
        assert listing.complaints == []
        shown = list(every_value(facets(listing)))
        for facet, value in chance.sample(shown, min(6, len(shown))):
            assert value.count == brands(query_of(value.url)).ordered().count(), (query, facet.name, value)
        _facet, value = chance.choice(shown)
        query = query_of(chance.choice([value.url, value.also or value.url, value.off or value.url, value.off]))


def test_statistics_count_subjects_years_and_places() -> None:
    catalogue()
    found = {facet.name: [(v.label, v.count) for v in facet.values] for facet in facets(statistics(""))}
    assert found["subject"] == [("劳务品牌", 4), ("地区", 3)]
    assert found["year"] == [("2025", 2), ("2024", 1), ("2023", 2), ("未见报道", 2)]
    assert found["region"] == [("全国", 3), ("山西", 4)]
    for facet, value in every_value(facets(statistics("year=2025"))):
        assert value.count == statistics(query_of(value.url)).ordered().count(), (facet.name, value)


def test_one_statement_a_facet_whatever_is_chosen(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    catalogue()
    listing = brands("region=140000&region=429005&industry=care")
    with django_assert_max_num_queries(5):  # four facets, and the names of divisions
        facets(listing)


def test_lineage_and_roll_up() -> None:
    assert lineage("141102") == ["140000", "141100", "141102"]
    assert lineage("140000") == ["140000"]
    counts = counts_by_region({"141102": 2, "141100": 1, None: 4})
    assert (counts["140000"], counts["141100"], counts["141102"], counts["unknown"]) == (3, 3, 2, 4)


def test_brands_of_the_whole_country_are_a_value_of_their_own() -> None:
    brand("国字号", region=regions()["100000"])
    found = values(brands(""), "region")
    assert [(value.label, value.count) for value in found.values()] == [("全国", 1)]
    assert brands(query_of(found["100000"].url)).ordered().count() == 1
