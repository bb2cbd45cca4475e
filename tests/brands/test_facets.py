"""Facets: a count always equals the rows that its address gives."""

import random
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from brands.listing import ArticleList, BrandList, Listing, ProgramList, StatisticList, read_model
from brands.listing.facets import TOP, Facet, FacetValue, facets, useful
from brands.listing.filters import ValuesFilter
from brands.listing.rows import COLUMNS
from brands.listing.sync import gathered
from brands.models import Article, Brand, Card, Program
from brands.vocabulary.choices import BrandLevel, Category, Industry
from tests.brands.factories import article, brand, catalogue, program, regions, statistic
from tests.needs import tries

pytestmark = pytest.mark.django_db

# Steps of the random walk over filter states: where counts are read at once, and where rows are too many for that.
WALK = tries(500, 8)


def brands(query: str) -> BrandList:
    return BrandList(QueryDict(query), Card.objects.values(*COLUMNS), path="/brands/")


def statistics(query: str) -> StatisticList:
    return StatisticList(QueryDict(query), path="/statistics/")


def values(listing: Listing, name: str) -> dict[str, FacetValue]:
    return next(({v.value: v for v in facet.values} for facet in facets(listing) if facet.name == name), {})


def query_of(url: str) -> str:
    return urlsplit(url).query


@pytest.mark.usefixtures("catalogued")
def test_regions_roll_up() -> None:
    found = values(brands(""), "region")
    assert {value.label: value.count for value in found.values()} == {"山西": 3, "湖北": 1, "未注明": 1}
    opened = values(brands("region=141100"), "region")
    assert {(value.label, value.count, value.depth) for value in opened.values()} == {
        ("山西", 3, 0),
        ("大同", 1, 1),
        ("吕梁", 2, 1),
        ("离石", 1, 2),
        ("湖北", 1, 0),
        ("未注明", 1, 0),
    }


@pytest.mark.usefixtures("catalogued")
def test_a_county_right_under_its_province() -> None:
    opened = values(brands("region=420000"), "region")
    assert [(value.label, value.depth) for value in opened.values() if value.value.startswith("42")] == [
        ("湖北", 0),
        ("潜江", 1),
    ]


@pytest.mark.usefixtures("catalogued")
def test_drilling_down_replaces_what_holds_it() -> None:
    found = values(brands("region=140000"), "region")
    assert found["141100"].url == "/brands/?region=141100"
    assert found["141100"].also == "", "adding a part of what is chosen would change nothing"
    assert found["420000"].also == "/brands/?region=140000&region=420000"
    assert found["140000"].off == "/brands/"


@pytest.mark.usefixtures("catalogued")
def test_a_facet_ignores_its_own_choice_and_heeds_the_others() -> None:
    found = values(brands("industry=domestic_service&region=140000"), "industry")
    assert {value: found[value].count for value in found} == {"domestic_service": 2, "care": 1}
    assert found["care"].also == "/brands/?region=140000&industry=care&industry=domestic_service"
    assert found["domestic_service"].selected


@pytest.mark.usefixtures("catalogued")
def test_a_chosen_value_never_vanishes() -> None:
    assert values(brands("industry=energy"), "industry")["energy"].count == 0
    assert values(brands("region=500118"), "region")["500118"].count == 0
    assert values(brands("industry=energy&region=unknown"), "region")["unknown"].selected


@pytest.mark.usefixtures("catalogued")
def test_facets_of_which_nothing_is_known_are_left_out() -> None:
    assert [facet.name for facet in facets(brands(""))] == [
        "region",
        "industry",
        "level",
        "year",
        "batch",
        "program",
        "destination",
        "has",
        "metric",
        "review",
    ]
    assert [facet.name for facet in facets(brands("category=unknown"))] == [
        "region", "industry", "category", "level", "year", "batch", "program", "destination", "has", "metric", "review",
    ]  # fmt: skip


def every_value(found: list[Facet]) -> Iterator[tuple[Facet, FacetValue]]:
    return ((facet, value) for facet in found for value in facet.values)


@gathered()
def lifelike(chance: random.Random) -> None:
    """Brands with something in every facet, and brands with nothing."""
    places = [None, *regions().values()]
    source = article("甲乙丙丁")
    programs = [program(f"计划{number}") for number in range(3)]
    series = [brand(f"系列{number}") for number in range(2)]
    made = [
        Brand(
            name=f"工匠{number}",
            region=chance.choice(places),
            industry=chance.choice(Industry.values[:4]),
            category=chance.choice(["", *Category.values]),
            level=chance.choice(["", *BrandLevel.values]),
            recognised_year=chance.choice([None, 2021, 2022]),
            batch=chance.choice(["", "第一批", "a|b&c"]),
            series=chance.choice([None, None, *series]),
            review=chance.choice(["proposed", "confirmed"]),
        ).prepare()
        for number in range(80)
    ]
    Brand.objects.bulk_create(made)
    for one in made:
        one.evidence.create(article=source, start=0, end=1, context_start=0, context_end=4)
        if chance.random() < 0.5:
            chance.choice(programs).brands.add(one)
        for metric in chance.sample(["employment", "training"], chance.randint(0, 2)):
            statistic(one, chance.randint(1, 9) * 100, metric=metric, as_of=chance.choice(["", "2020", "2024"]))
    read_model.rebuild()


def onward(chance: random.Random, shown: list[FacetValue]) -> str:
    """Somewhere that a reader may go from here: mostly on, sometimes back, with a number or a word besides."""
    value = chance.choice(shown)
    query = query_of(chance.choice([value.url, value.also or value.url, value.off or value.url]))
    extra = ["headcount_min=300", "headcount_max=800", "as_of_min=2024", "q=工匠1", "sort=newest"]
    return chance.choice([query, query, f"{query}&{chance.choice(extra)}", ""])


def test_counts_equal_rows_on_a_random_walk() -> None:
    chance = random.Random(20260101)
    lifelike(chance)
    query, checked = "", 0
    for _step in range(WALK):
        listing = brands(query)
        assert listing.complaints == []
        shown = list(every_value(facets(listing)))
        for facet, value in chance.sample(shown, min(3, len(shown))):
            other = brands(query_of(value.url))
            assert other.chosen(facet.name) == [value.value]
            assert value.count == other.total() == other.qs.count() == len(other.slice(0, 200)), (query, value)
            checked += 1
        for name in listing.filters:
            values = {v.value for f, v in shown if f.name == name}
            assert not listing.filters[name].faceted or set(listing.chosen(name)) <= values, "chosen values stay"
        query = onward(chance, [value for _facet, value in shown])
    assert checked > WALK


@pytest.mark.parametrize("kind", [StatisticList, ProgramList, ArticleList])
def test_counts_of_the_other_lists_equal_rows_too(kind: type[Listing]) -> None:
    chance = random.Random(20260102)
    catalogue()
    lifelike(chance)
    Article.objects.update(place="141102")
    for one in Program.objects.all():
        statistic(one, chance.randint(1, 9), metric="training", as_of=chance.choice(["", "2020", "2024"]))
    query, checked = "", 0
    for _step in range(WALK):
        shown = list(every_value(facets(kind(QueryDict(query), path="/x/"))))
        for _facet, value in chance.sample(shown, min(3, len(shown))):
            other = kind(QueryDict(query_of(value.url)), path="/x/")
            assert value.count == other.total() == other.qs.count(), (query, value)
            checked += 1
        value = chance.choice(shown)[1]
        query = chance.choice(["", query_of(value.url), query_of(value.also or value.url)])
    assert checked > WALK


class ByUnit(BrandList):
    """A facet more: one line, for a column that cards have."""

    unit = ValuesFilter("unit", [("人", "人"), ("元", "元")], label="单位")


def test_a_facet_is_declared_and_nothing_else() -> None:
    catalogue()
    listing = ByUnit(QueryDict("unit=人&region=140000"), path="/brands/")
    found = values(listing, "unit")
    assert found["人"].selected
    assert found["unknown"].count > 0
    for value in found.values():
        assert value.count == ByUnit(QueryDict(query_of(value.url))).qs.count() > 0
    assert values(listing, "industry").keys() == {"care"}


@pytest.mark.django_db(transaction=True)
def test_an_index_is_read_once_and_anew_after_a_change() -> None:
    catalogue()
    read_model.rebuild()

    def count() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            found = values(brands(""), "industry")["care"].count
        return found, sum('FROM "brands_card"' in one["sql"] for one in asked)

    count()
    assert count() == (1, 0)
    Brand.objects.get(name="无名工匠").delete()
    changed = Brand.objects.get(name="天镇保姆")
    changed.industry = "care"
    changed.save()
    assert count() == (2, 1)
    assert count() == (2, 0)
    with transaction.atomic():
        Card.objects.all().delete()
        assert brands("").total() == 0, "inside a transaction a connection sees what others don't"
        transaction.set_rollback(True)
    assert count()[0] == 2


def test_the_most_frequent_values_and_those_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BrandList.base_filters["program"], "most", 2)
    for number in range(4):
        named = program(f"计划{number}")
        for at in range(number + 1):
            named.brands.add(brand(f"工匠{number}-{at}", region=regions()["140000"]))
    read_model.rebuild()
    last = Program.objects.get(name="计划0")
    for others in ("", "&region=140000", "&region=140000&industry=care&level=unknown"):
        found = next(facet for facet in facets(brands(f"program={last.pk}{others}")) if facet.name == "program")
        assert [(value.label, value.count) for value in found.values] == [("计划0", 1), ("计划3", 4), ("计划2", 3)]
        assert found.more
    Program.objects.filter(name="计划3").update(review="rejected")
    assert "计划3" not in {value.label for value in values(brands(""), "program").values()}


@pytest.mark.usefixtures("catalogued")
def test_statistics_count_subjects_years_and_places() -> None:
    found = {facet.name: [(v.label, v.count) for v in facet.values] for facet in facets(statistics(""))}
    assert found["subject"] == [("劳务品牌", 4), ("地区", 3)]
    assert found["year"] == [("2025", 2), ("2024", 1), ("2023", 2), ("2022", 1), ("未注明", 1)]
    assert found["region"] == [("山西", 4), ("全国", 3)]
    for facet, value in every_value(facets(statistics("year=2025"))):
        assert value.count == statistics(query_of(value.url)).ordered().count(), (facet.name, value)


@pytest.mark.usefixtures("catalogued")
@pytest.mark.parametrize(
    ("query", "statements"),
    [
        ("", 8),  # cards, three kinds of links, divisions, names of programs and of destinations, rows
        ("industry=care", 8),
        ("region=140000&level=national", 9),  # the division's name
        ("region=140000&region=429005&industry=care&year=2022&batch=unknown&headcount_min=5", 9),
    ],
)
def test_few_statements_whatever_is_chosen(
    query: str, statements: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    read_model.rebuild()
    with django_assert_max_num_queries(statements):
        listing = brands(query)
        facets(listing)
        assert listing.total() == len(listing.slice(0, 24))


def test_brands_of_the_whole_country_are_a_value_of_their_own() -> None:
    brand("国字号", region=regions()["100000"])
    found = values(brands(""), "region")
    assert [(value.label, value.count) for value in found.values()] == [("全国", 1)]
    assert brands(query_of(found["100000"].url)).ordered().count() == 1


@gathered()
def folded(count: int) -> None:
    """Brands in so many programs, of which each has one brand more than the next."""
    places = list(regions().values())
    for number in range(count):
        named = program(f"{'培训' if number % 2 else '输出'}计划{number:02}")
        named.brands.add(*(brand(f"工匠{number}-{at}", region=places[number % 3]) for at in range(count - number)))
    read_model.rebuild()


def facet_of(query: str, name: str) -> Facet:
    return next(facet for facet in facets(brands(query)) if facet.name == name)


def test_a_facet_shows_its_top_and_folds_the_rest() -> None:
    folded(9)
    found = facet_of("", "program")
    assert [value.label[-2:] for value in found.first] == [f"{number:02}" for number in range(TOP)]
    assert [value.label[-2:] for value in found.rest] == ["06", "07", "08"]
    last = Program.objects.get(name__endswith="08")
    chosen = facet_of(f"program={last.pk}", "program")
    assert [value.label[-2:] for value in chosen.first] == ["08", *(f"{number:02}" for number in range(TOP))]
    assert [value.label[-2:] for value in chosen.rest] == ["06", "07"]


def test_one_value_alone_is_not_folded() -> None:
    folded(TOP + 1)
    found = facet_of("", "program")
    assert (len(found.first), found.rest) == (TOP + 1, [])


def test_what_is_chosen_and_what_holds_it_leads_its_tree() -> None:
    for code, number in (("140222", 3), ("141102", 1), ("420000", 5)):
        for at in range(number):
            brand(f"工匠{code}{at}", region=regions()[code])
    read_model.rebuild()
    found = facet_of("region=141102", "region")
    assert [(value.label, value.depth, value.held) for value in found.values] == [
        ("山西", 0, True),
        ("吕梁", 1, True),
        ("离石", 2, True),
        ("大同", 1, False),
        ("湖北", 0, False),
    ]


def test_facets_that_would_change_nothing_are_not_offered() -> None:
    catalogue()
    names = [facet.name for facet in useful(brands(""))]
    assert names == ["region", "industry", "level", "year", "batch", "program", "destination", "has", "metric"], (
        "all wait for review: nothing to choose"
    )
    assert [facet.name for facet in useful(brands("region=420000"))] == ["region"]
    assert [facet.name for facet in useful(brands("region=420000&review=proposed"))] == ["region", "review"]
    Brand.objects.filter(name="潜江裁缝").update(review="confirmed")
    read_model.rebuild()
    assert "review" in [facet.name for facet in useful(brands(""))]


@pytest.mark.usefixtures("catalogued")
def test_facets_with_a_choice_lead_the_others() -> None:
    assert [facet.name for facet in useful(brands("level=county&region=140000"))][:2] == ["region", "level"]
    assert next(facet.name for facet in useful(brands("metric=employment"))) == "metric"


def test_values_are_looked_for_among_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BrandList.base_filters["program"], "most", 2)
    folded(9)
    found = facet_of("facet=program&find=培训", "program")
    assert [value.label[-2:] for value in found.first] == ["01", "03", "05", "07"]
    assert (found.rest, found.more, found.sought) == ([], False, "培训")
    for value in found.values:
        assert brands(query_of(value.url)).total() == value.count
    assert facet_of("facet=program&find=没有的", "program").values == []
    assert facet_of("facet=level&find=培训", "program").sought == "", "another facet is asked"


@pytest.mark.usefixtures("catalogued")
@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("吕梁", [("山西吕梁", 2)]),
        ("离石区", [("吕梁离石", 1)]),
        ("山西", [("山西", 3)]),
        ("文水", []),
        ("中国", []),
    ],
)
def test_divisions_of_any_level_are_looked_for(words: str, labels: list[tuple[str, int]]) -> None:
    found = facet_of(f"facet=region&find={words}", "region")
    assert [(value.label, value.count) for value in found.values] == labels


@pytest.mark.usefixtures("catalogued")
def test_looking_for_a_value_changes_neither_rows_nor_addresses() -> None:
    listing = brands("industry=care&facet=region&find=%20吕梁%00")
    assert listing.complaints == []
    assert listing.sought("region") == "吕梁"
    assert listing.total() == 1
    assert listing.address.url == "/brands/?industry=care"
    assert listing.choices() == [("industry", "care")]
    for name in ("colour", "headcount_min"):
        assert brands(f"facet={name}&find=吕梁").complaints == [f"“筛选”里没有“{name}”，已忽略。"]


def test_what_a_brand_has_narrows_together() -> None:
    for number, metrics in enumerate([("employment",), ("per_capita_income",), ("employment", "per_capita_income")]):
        made = brand(f"工匠{number}", region=regions()["140000"])
        for metric in metrics:
            statistic(made, 5000, metric=metric, unit="元/月" if metric == "per_capita_income" else "人")
    brand("别的工匠")
    read_model.rebuild()
    counts = {value.value: value.count for value in facet_of("", "has").values}
    assert counts == {"people": 2, "pay": 2, "figures": 3}
    both = brands("has=people&has=pay")
    assert both.total() == both.qs.count() == 1
    assert both.saying() == "有就业人数且有收入"


def test_short_lists_keep_their_order_and_long_ones_begin_with_the_most() -> None:
    """A printed batch is in no list; what is unknown comes last in each."""
    trades = [*Industry.values[:8], Industry.BEAUTY_HEALTH, Industry.BEAUTY_HEALTH]
    for number, trade in enumerate(trades):
        batch = ["第一批", "第二批", "第二批", ""][number % 4]
        brand(f"工匠{number}", industry=trade, level=["", "county", "county", "national"][number % 4], batch=batch)
    read_model.rebuild()
    assert list(values(brands(""), "industry")) == [Industry.BEAUTY_HEALTH, *Industry.values[:8]]
    assert list(values(brands(""), "level")) == ["national", "county", "unknown"]
    assert list(values(brands(""), "batch")) == ["第二批", "第一批", "unknown"]
