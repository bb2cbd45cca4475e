"""Lists in every order of their columns: both ways, and what has no value there last in either."""

import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.http import QueryDict

from brands.listing import BrandList, Listing, StatisticList, read_model
from brands.listing.orders import BY_NAME, Order
from brands.models import Brand, Card
from brands.models.card import UNREPORTED
from brands.vocabulary.choices import BrandLevel, Industry, Metric
from tests.brands.factories import article, regions, statistic

pytestmark = pytest.mark.django_db

# What each column sorts by, and what stands there where nothing is known.
COLUMNS: dict[str, tuple[Callable[[Card], object], object]] = {
    "pinyin": (lambda card: card.pinyin, None),
    "place": (lambda card: card.adcode, ""),
    "industry": (lambda card: Industry.values.index(card.industry), Industry.values.index(Industry.OTHER)),
    "level": (lambda card: BrandLevel.values.index(card.level) if card.level else None, None),
    "headcount": (lambda card: card.headcount, UNREPORTED),
    "income": (lambda card: card.income, None),
    "newest": (lambda card: card.newest_report, ""),
}

# The first two are the same a month; the last is none of a month.
WAGES = [("元/月", 8000), ("元/年", 96_000), ("元/月", 3000), ("元/年", 120_000), ("元/天", 300)]


def listing(query: str) -> BrandList:
    return BrandList(QueryDict(query), Card.objects.all(), path="/brands/")


@pytest.fixture
def mixed() -> None:
    """Brands of which this and that is known, many with the same value, and of some nothing."""
    chance = random.Random(20261129)
    places = [None, *regions().values()]
    sources = [article("甲乙丙丁", published_on=day) for day in (None, "2024-01-02", "2025-03-04", "2023-12-31")]
    made = [
        Brand(
            name=f"{chance.choice('甲乙丙丁戊')}工匠{number}",
            region=chance.choice(places),
            industry=chance.choice([Industry.OTHER, Industry.CARE, Industry.CRAFT, Industry.DOMESTIC_SERVICE]),
            level=chance.choice(["", *BrandLevel.values]),
        ).prepare()
        for number in range(40)
    ]
    Brand.objects.bulk_create(made)
    for one in made:
        one.evidence.create(article=chance.choice(sources), start=0, end=1, context_start=0, context_end=4)
        if chance.random() < 0.5:
            statistic(one, chance.choice([0, 100, 100, 90_000]))
        if chance.random() < 0.5:
            unit, value = chance.choice(WAGES)
            statistic(one, value, unit=unit, metric=Metric.PER_CAPITA_INCOME)
    read_model.rebuild()


@pytest.mark.usefixtures("mixed")
@pytest.mark.parametrize("column", BrandList.columns, ids=lambda column: column.first)
def test_a_column_sorts_both_ways_and_the_unknown_comes_last(column: object) -> None:
    first, second = column.first, column.second  # type: ignore[attr-defined]
    value, nothing = COLUMNS[first]
    ways = [listing(f"sort={key}").slice(0, 100) for key in (first, second)]
    known = [[card for card in cards if value(card) != nothing] for cards in ways]
    assert [len(cards) for cards in ways] == [40, 40]
    for cards, some in zip(ways, known, strict=True):
        assert cards[: len(some)] == some, "what is unknown comes last"
        assert cards[len(some) :] == sorted(cards[len(some) :], key=lambda card: (card.pinyin, card.id))
    assert known[0] == known[1][::-1]
    falls = BrandList.orders[first].downwards
    steps = [(value(one), value(next_one)) for one, next_one in pairwise(known[0])]
    assert all((a >= b if falls else a <= b) for a, b in steps)  # type: ignore[operator]
    assert len({value(card) for card in known[0]}) > 2, "something is sorted"


@pytest.mark.usefixtures("mixed")
@pytest.mark.parametrize("size", [1, 7, 50])
def test_pages_of_any_size_make_the_whole_list(size: int) -> None:
    for key in BrandList.orders:
        if key != "relevance":
            one = listing(f"sort={key}&industry=care&industry=other")
            whole = one.slice(0, 100)
            pages = [card for start in range(0, len(whole) + size, size) for card in one.slice(start, start + size)]
            assert pages == whole, key
            assert len(whole) == one.total()


@pytest.mark.usefixtures("mixed")
def test_trades_and_levels_come_in_the_order_of_their_lists() -> None:
    levels = [card.level for card in listing("sort=level").slice(0, 40)]
    assert list(dict.fromkeys(levels)) == [*BrandLevel.values, ""]
    trades = list(dict.fromkeys(card.industry for card in listing("sort=industry").slice(0, 40)))
    assert trades == [Industry.DOMESTIC_SERVICE, Industry.CARE, Industry.CRAFT, Industry.OTHER]


@pytest.mark.parametrize("kind", [BrandList, StatisticList])
def test_every_head_leads_to_an_order_that_there_is(kind: type[Listing]) -> None:
    for column in kind.columns:
        assert {column.first, column.second} <= set(kind.orders)
        assert kind.orders[column.first].downwards != kind.orders[column.second].downwards


def test_an_order_turned_twice_is_itself() -> None:
    order = Order("x", ("-income", *BY_NAME), nothing=("income", None))
    assert order.turned().columns == ("income", "-pinyin", "-id")
    assert order.turned().turned() == order
