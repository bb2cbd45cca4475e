"""Lists are FilterSets as those who know django-filter expect them."""

import django_filters
import pytest
from django.http import QueryDict

from brands.listing import BrandList, ProgramList, StatisticList
from brands.models import Card, Program, Statistic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogued")]


def brands(query: str) -> BrandList:
    return BrandList(QueryDict(query), Card.objects.all(), path="/brands/")


def test_a_list_that_is_given_data_is_bound() -> None:
    listing = brands("industry=care")
    assert isinstance(listing, django_filters.FilterSet)
    assert listing.is_bound
    assert listing.is_valid()
    assert listing.form.is_bound
    assert listing.form.cleaned_data["industry"] == ["care"]
    assert [card.name for card in listing.qs] == ["吕梁山护工"]


def test_a_list_that_is_given_none_is_not_and_holds_everything() -> None:
    listing = ProgramList()
    assert not listing.is_bound
    assert not listing.is_valid()
    assert not listing.form.is_bound
    assert listing.complaints == listing.chips() == []
    assert set(listing.qs) == set(Program.objects.published())
    assert BrandList().spans()[0].least_value == ""


def test_plain_data_of_a_program_will_do() -> None:
    assert StatisticList({"metric": "employment", "year": ["2025"]}).qs.count() == 1
    assert StatisticList({}).qs.count() == Statistic.objects.published().count()


def test_nonsense_is_an_error_of_its_field_and_the_rest_counts() -> None:
    listing = brands("industry=care&industry=plumbing&level=x&headcount_min=5&headcount_max=4&colour=red")
    assert not listing.is_valid()
    assert listing.errors == {
        "industry": ["“行业”里没有“plumbing”，已忽略。"],
        "level": ["“级别”里没有“x”，已忽略。"],
        "__all__": ["“就业人数”的下限大于上限，已忽略。"],
    }
    assert listing.complaints == ["无法识别参数“colour”，已忽略。", *(told for (told,) in listing.errors.values())]
    assert listing.form.cleaned_data["industry"] == ["care"]
    assert listing.form.cleaned_data["level"] == listing.form.cleaned_data["headcount_min"] == []
    assert [card.name for card in listing.qs] == ["吕梁山护工"]


def test_rows_are_those_of_the_search_too() -> None:
    assert {card.name for card in brands("q=工").qs} == {"吕梁山护工", "无名工匠"}
    assert list(brands("q=工&region=420000").qs) == []


def test_what_one_list_does_to_its_filters_no_other_sees() -> None:
    one, other = brands(""), brands("")
    one.filters["level"].field_name = "category"
    assert other.filters["level"].field_name == BrandList.base_filters["level"].field_name == "level"
    assert one.filters["q"].parent is one
    assert other.filters["q"].parent is other
