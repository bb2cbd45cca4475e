"""The timeline of recognitions: by year and batch, from the new numbers of brands and from the brands themselves."""

from typing import Any

import pytest
from django.test import Client

from brands.figures.recognitions import recognitions_in
from brands.models import Brand, Region, Statistic
from brands.vocabulary.choices import BrandLevel, Metric, Qualifier, Scope
from tests.brands.factories import article, brand, brands_of, regions
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Region]:
    return regions()


def new(region: Region, value: int, sentence: str = "", **fields: Any) -> Statistic:
    """A number of new brands; the sentence, where there is one, holds {value} 个."""
    source = article(sentence or f"这次新增{value}个。")
    options = {"scope": Scope.NEW, "source": source, "phrase": f"{value}个", **fields}
    return brands_of(region, value, options.pop("qualifier", Qualifier.EXACT), **options)


def told(adcode: str) -> list[tuple[int | None, str, str, str, list[int], int]]:
    """Year, division, batch, level, numbers, and brands that are here."""
    return [
        (year.year, place.common_name, one.batch, one.level, [int(f.statistic.value) for f in one.figures], one.held)
        for year in recognitions_in(adcode)
        for place, one in year.recognitions
    ]


def recognised(name: str, place: Region, year: int | None = None, batch: str = "", **fields: Any) -> Brand:
    return brand(name, region=place, recognised_year=year, batch=batch, **fields)


def test_years_stand_from_the_newest_to_the_unknown(places: dict[str, Region]) -> None:
    shanxi = places["140000"]
    new(shanxi, 12, as_of="2021", as_of_basis="stated")
    new(shanxi, 30, as_of="2024-03", as_of_basis="published")
    new(shanxi, 7)
    assert told("140000") == [
        (2024, "山西", "", "", [30], 0),
        (2021, "山西", "", "", [12], 0),
        (None, "山西", "", "", [7], 0),
    ]


def test_one_number_of_a_year_in_two_papers_stands_once_with_both_sentences(places: dict[str, Region]) -> None:
    new(places["140000"], 9, "这回入选9个。", as_of="2022-10", as_of_basis="published")
    stated = new(places["140000"], 9, "2022年度评出9个。", as_of="2022", as_of_basis="stated")
    new(places["140000"], 8, as_of="2022-12", as_of_basis="published")
    ((_place, one),) = recognitions_in("140000")[0].recognitions
    assert sorted((int(figure.statistic.value), len(figure.quotes)) for figure in one.figures) == [(8, 1), (9, 2)]
    assert stated.pk in [figure.statistic.pk for figure in one.figures]


def test_numbers_that_are_not_new_are_none_of_it(places: dict[str, Region]) -> None:
    for scope in set(Scope) - {Scope.NEW}:
        brands_of(places["140000"], 40, Qualifier.EXACT, scope=scope, as_of="2023")
    Statistic.objects.create(
        region=places["140000"], metric=Metric.TRAINING, value=brands_of(places["500000"], 3, "exact").value,
        unit="人", scope=Scope.NEW,
    )  # fmt: skip
    assert told("140000") == []


def test_a_batch_that_is_counted_and_whose_brands_are_here_is_one_line(places: dict[str, Region]) -> None:
    new(places["140000"], 20, "山西公布第三批省级劳务品牌20个。", as_of="2023", as_of_basis="stated")
    for name in ("文水厨师", "离石瓦匠"):
        recognised(name, places["141102"], batch="第三批", level=BrandLevel.PROVINCIAL)
    recognised("天镇漆工", places["140222"], 2023, level=BrandLevel.PREFECTURAL)
    assert told("140000") == [
        (2023, "山西", "第三批", "provincial", [20], 2),
        (2023, "大同", "", "prefectural", [], 1),
    ]


@pytest.mark.parametrize(("printed", "stored"), [("首批", "第一批"), ("第一批", "首批")])
def test_the_first_batch_has_two_names(places: dict[str, Region], printed: str, stored: str) -> None:
    new(places["500000"], 15, f"重庆评出{printed}劳务品牌15个。", as_of="2020", as_of_basis="stated")
    recognised("永川焊工", places["500118"], 2020, stored, level=BrandLevel.PROVINCIAL)
    assert told("500000") == [(2020, "重庆", printed, "provincial", [15], 1)]


def test_other_batches_and_years_stay_apart(places: dict[str, Region]) -> None:
    new(places["500000"], 15, "重庆评出第二批劳务品牌15个。", as_of="2020", as_of_basis="stated")
    recognised("永川焊工", places["500118"], 2020, "第一批", level=BrandLevel.PROVINCIAL)
    recognised("永川漆工", places["500118"], 2022, "第二批", level=BrandLevel.PROVINCIAL)
    assert sorted(line[:3] for line in told("500000")) == [
        (2020, "重庆", "第一批"),
        (2020, "重庆", "第二批"),
        (2022, "重庆", "第二批"),
    ]


def test_the_country_has_what_it_and_the_provinces_recognised(places: dict[str, Region]) -> None:
    new(places["140000"], 20, as_of="2022", as_of_basis="stated")
    new(places["141100"], 5, as_of="2022", as_of_basis="stated")
    recognised("潜江篾匠", places["429005"], 2021, level=BrandLevel.NATIONAL)
    recognised("永川焊工", places["500118"], 2021, level=BrandLevel.COUNTY)
    assert told("100000") == [(2022, "山西", "", "", [20], 0), (2021, "中国", "", "national", [], 1)]
    assert told("140000") == [(2022, "山西", "", "", [20], 0), (2022, "吕梁", "", "", [5], 0)]


def test_what_is_not_public_is_not_there(places: dict[str, Region]) -> None:
    new(places["140000"], 20, as_of="2022", confidence=0.4)
    recognised("离石瓦匠", places["141102"], 2022, confidence=0.4)
    assert told("140000") == []


def test_the_page_shows_the_line_its_sentence_and_the_list_of_the_brands(
    client: Client, places: dict[str, Region]
) -> None:
    number = new(places["140000"], 20, "山西公布第三批省级劳务品牌20个。", as_of="2023", as_of_basis="stated")
    found = recognised("离石瓦匠", places["141102"], 2023, "第三批", level=BrandLevel.PROVINCIAL)
    recognised("离石漆工", places["141102"], 2023, "第四批", level=BrandLevel.PROVINCIAL)
    shown = page(client, "/regions/140000/")
    section = shown[shown.index('id="recognised"') :].partition("</section>")[0]
    assert "2023年" in section
    assert f'href="{number.get_absolute_url()}"' in section
    assert "山西公布第三批省级劳务品牌" in section
    address = next(
        one.address for year in recognitions_in("140000") for _place, one in year.recognitions if one.batch == "第三批"
    )
    assert address.replace("&", "&amp;") in section
    listed = text_of(page(client, address))
    assert found.name in listed
    assert "离石漆工" not in listed
    english = page(client, "/regions/100000/", language="en")
    assert "Recognitions by year" in english
