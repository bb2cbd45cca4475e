"""What is added up over brands, how the sum is hedged, and where its parts are listed."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from brands.figures.sums import ADDED, MOST, Total, hedge, sums_of
from brands.listing.sync import gathered
from brands.models import Brand, Region, Statistic
from brands.vocabulary.choices import Metric, Qualifier
from tests.brands.factories import article, bear_out, brand, brands_of, regions, statistic
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db

RATES = {Metric.GROWTH, Metric.PER_CAPITA_INCOME}
UNLIKE = {Metric.BRANDS, Metric.ORGANISATIONS, Metric.FACILITIES, Metric.COVERAGE, Metric.STANDARDS, Metric.OTHER}


@pytest.fixture
def places() -> dict[str, Region]:
    return regions()


def found(adcode: str = "140000") -> dict[str, Total]:
    return {total.kind: total for total in sums_of(adcode)}


def carers(places: dict[str, Region], number: int) -> list[Brand]:
    return [brand(f"护工{at}", region=places["141100"]) for at in range(number)]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (["exact", "exact"], Qualifier.EXACT),
        (["over", "exact"], Qualifier.OVER),
        (["over", "several"], Qualifier.OVER),
        (["nearly", "exact"], Qualifier.NEARLY),
        (["at_most", "exact"], Qualifier.AT_MOST),
        (["at_most", "over"], Qualifier.ABOUT),
        (["nearly", "over"], Qualifier.ABOUT),
        (["about", "exact"], Qualifier.ABOUT),
    ],
)
def test_a_sum_is_as_sure_as_its_parts(parts: list[str], told: Qualifier) -> None:
    assert hedge(parts) == told


def test_rates_and_what_each_paper_counts_for_itself_are_no_sums() -> None:
    assert not {metric for metric, _unit in ADDED.values()} & (RATES | UNLIKE)
    assert len(set(ADDED.values())) == len(ADDED)


def test_the_newest_number_of_each_brand_is_added_once(places: dict[str, Region]) -> None:
    first, second = carers(places, 2)
    statistic(first, 500, as_of="2020")
    statistic(first, 900, as_of="2024-05")
    statistic(first, 7000)
    statistic(second, 30)
    brand("无数字", region=places["140000"])
    assert found()["employment"] == Total("employment", Decimal(930), None, "exact", 2, 0, 2024, 2024)


def test_of_one_date_the_number_that_most_papers_give_counts_and_then_the_largest(places: dict[str, Region]) -> None:
    first, second = carers(places, 2)
    shared = statistic(first, 100, as_of="2024")
    bear_out(shared, article("又有100人。"), "100人")
    statistic(first, 800, as_of="2024")
    statistic(second, 3, as_of="2024")
    statistic(second, 5, as_of="2024")
    assert found()["employment"].value == 105


def test_units_and_metrics_stay_apart(places: dict[str, Region]) -> None:
    (first,) = carers(places, 1)
    statistic(first, 1)
    statistic(first, 2, unit="人次")
    statistic(first, 4, metric=Metric.TRAINING)
    statistic(first, 8, metric=Metric.TRAINING, unit="人次")
    statistic(first, 16, metric=Metric.PLACEMENT)
    statistic(first, 32, metric=Metric.OUTPUT_VALUE, unit="元", period="年")
    statistic(first, 64, metric=Metric.GROWTH, unit="%")
    statistic(first, 128, metric=Metric.PER_CAPITA_INCOME, unit="元/月")
    assert {kind: int(total.value) for kind, total in found().items()} == {
        "employment": 1,
        "training": 4,
        "training-times": 8,
        "placement": 16,
        "output_value": 32,
    }


def test_a_series_is_not_added_to_its_brands_nor_a_region_to_its_brands(places: dict[str, Region]) -> None:
    head = brand("三晋系列", region=places["140000"])
    member = brand("吕梁山护工", region=places["141100"], series=head)
    statistic(head, 1000)
    statistic(member, 10)
    statistic(places["140000"], 5000)
    statistic(places["141100"], 700)
    assert found()["employment"].value == 10
    member.review = "rejected"
    member.save()
    assert found()["employment"].value == 1000, "with no public brand of it, the series is a brand like others"


def test_only_what_lies_in_the_division(places: dict[str, Region]) -> None:
    statistic(brand("潜江裁缝", region=places["429005"]), 7)
    statistic(brand("离石月嫂", region=places["141102"]), 2)
    statistic(brand("无名工匠"), 100)
    assert [found(code)["employment"].value for code in ("140000", "141100", "141102", "420000", "100000")] == [
        2,
        2,
        2,
        7,
        109,
    ]
    assert found("500000") == {}


def test_ranges_hedges_and_slips(places: dict[str, Region]) -> None:
    first, second, third, fourth = carers(places, 4)
    statistic(first, 100, value_max=Decimal(200))
    statistic(second, 50, qualifier=Qualifier.OVER)
    statistic(third, 1000, qualifier=Qualifier.SEVERAL)
    statistic(fourth, MOST["人"] + 1)
    total = found()["employment"]
    assert (total.value, total.value_max, total.brands, total.hedged) == (1100, 1200, 3, 2)
    assert total.words == "超 1100 至 1200 人"


def test_money_is_added_as_told_by_the_year(places: dict[str, Region]) -> None:
    for one, period in zip(carers(places, 6), ("一年", "全年", "", "累计", "2024年", "每年"), strict=True):
        statistic(one, 10, metric=Metric.LABOUR_INCOME, unit="元", period=period)
        statistic(one, 1, period=period)
    total = found()["labour_income"]
    assert (total.value, total.brands, total.label) == (30, 3, "劳务收入（每年）")
    assert found()["employment"].value == 6, "people are no flow"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([(85_000, "over"), (412, "exact")], "超 8.5 万人"),
        ([(85_000, "exact"), (412, "exact")], "8.5412 万人"),
        ([(1_000_000, "over"), (400_000, "exact")], "超 140 万人"),
        ([(2_000_000, "over"), (1100, "over")], "超 200 万人"),
        ([(1300, "over"), (150, "over")], "超 1400 人"),
        ([(100, "over"), (50, "over")], "超 150 人"),
    ],
)
def test_a_sum_is_no_finer_than_its_roughest_part(
    places: dict[str, Region], parts: list[tuple[int, str]], words: str
) -> None:
    for one, (value, qualifier) in zip(carers(places, len(parts)), parts, strict=True):
        statistic(one, value, qualifier=qualifier)
    assert found()["employment"].words == words


def test_a_sum_says_of_which_years_it_is(places: dict[str, Region]) -> None:
    first, second, third = carers(places, 3)
    statistic(first, 5)
    assert found()["employment"].years == ""
    statistic(second, 5, as_of="2024-05")
    assert found()["employment"].years == "2024"
    statistic(third, 5, as_of="2006")
    assert found()["employment"].years == "2006–2024"


def test_what_is_not_public_is_not_added(places: dict[str, Region]) -> None:
    first, second = carers(places, 2)
    statistic(first, 5, as_of="2020")
    statistic(first, 50, as_of="2024", confidence=0.1)
    statistic(second, 700, review="rejected")
    assert found()["employment"].value == 5


@pytest.fixture
def shanxi(places: dict[str, Region]) -> None:
    """Shanxi: four brands, of which two say how many people they employ, and one figure of its own."""
    with gathered():
        first, second, _third = carers(places, 3)
        brand("天镇保姆", region=places["140222"])
        statistic(first, 9000, as_of="2020")
        statistic(first, 12_000, as_of="2024", qualifier=Qualifier.OVER)
        statistic(second, 800)
        statistic(places["140000"], 70_000)
        brands_of(places["140000"], 40, Qualifier.OVER)


@pytest.mark.usefixtures("shanxi")
class TestPages:
    def test_the_region_shows_sums_apart_from_its_own_figures(self, client: Client) -> None:
        html = page(client, "/regions/140000/")
        own, sums = html.split('id="sums"')
        assert "7 万人" in text_of(own)
        assert "超 1.2 万人" not in text_of(own)
        shown = text_of("<main>" + sums)
        assert "就业人数 超 1.2 万人 4 个品牌中 2 个有数据，其中 1 个为约数（2024年）" in shown
        assert "人与人次、就业与培训分开" in shown
        assert 'title="12,000 人"' in sums

    def test_the_link_leads_to_exactly_what_was_added(self, client: Client) -> None:
        html = page(client, "/regions/140000/").split('id="sums"')[1]
        (link,) = re.findall(r'href="(/statistics/\?sum=[^"]*)"', html)
        listed = page(client, link.replace("&amp;", "&"))
        assert "共 2 条数据" in text_of(listed)
        assert "2 个品牌的数字相加，得超 1.2 万人。" in text_of(listed)
        wanted = Statistic.objects.filter(brand__isnull=False, value__in=[12_000, 800])
        assert {row.get_absolute_url() for row in wanted} == set(re.findall(r'"num"><a href="([^"]+)"', listed))

    def test_the_list_narrowed_further_says_its_own_sum(self, client: Client) -> None:
        assert "1 个品牌的数字相加，得超 1.2 万人。" in text_of(page(client, "/statistics/?sum=employment&year=2024"))
        assert "相加，得" not in text_of(page(client, "/statistics/?metric=employment"))

    def test_an_unknown_sum_is_told(self, client: Client) -> None:
        assert "“相加”里没有“growth”" in text_of(page(client, "/statistics/?sum=growth"))

    def test_the_map_adds_by_the_same_rule(self, client: Client) -> None:
        assert ">1.3 万人<" in page(client, "/?map=people")

    def test_a_region_without_brands_has_no_sums(self, client: Client) -> None:
        assert 'id="sums"' not in page(client, "/regions/500000/")

    def test_no_more_brands_are_added_than_a_page_has_time_for(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("brands.views.region.MOST_ADDED", 3)
        assert 'id="sums"' not in page(client, "/regions/140000/")
        assert 'id="sums"' in page(client, "/regions/141100/")

    def test_an_error_in_the_region_can_be_reported(self, client: Client) -> None:
        assert "/corrections/new/?about=region:140000" in page(client, "/regions/140000/")
