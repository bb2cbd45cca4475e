"""The invented catalogue: true to its words, the same for the same seed."""

from collections import Counter

import pytest
from django.db import transaction

from brands.models import Article, Brand, Evidence, Program, Region, Statistic
from brands.vocabulary.choices import Industry, Metric
from tests.bench.lifelike.draw import trades, words
from tests.bench.lifelike.rows import fill
from tests.bench.lifelike.sheet import Sheet
from tests.brands.factories import regions

BRANDS = 150


@pytest.fixture
def filled(db: None) -> None:
    regions()
    assert list(fill(BRANDS, seed=5)) == [BRANDS]


def test_every_place_holds_what_it_bears_out(filled: None) -> None:
    rows = Evidence.objects.with_words().select_related("brand", "program", "statistic")
    said = [(row.quote, str(row.brand or row.program or row.statistic)) for row in rows if row.quote in row.sentence]
    assert len(said) == len(rows) > 3 * BRANDS
    assert [pair for pair in said if pair[0] != pair[1]] == []


def test_every_brand_stands_in_print_and_most_are_public(filled: None) -> None:
    assert Brand.objects.filter(evidence__isnull=False).distinct().count() == BRANDS
    assert 0.85 * BRANDS < Brand.objects.published().count() < BRANDS
    assert Article.objects.filter(reprint_of__isnull=False).exists()
    assert Program.objects.published().count() == Program.objects.count() > 0
    provinces = Statistic.objects.filter(metric=Metric.BRANDS, region__level="province")
    assert provinces.count() == 5 * Region.objects.provinces().count()


def test_shares_are_uneven(filled: None) -> None:
    counts = Counter(Brand.objects.values_list("industry", flat=True))
    assert counts.most_common(1)[0][1] > 2 * BRANDS / len(counts)
    assert len(counts) > 8


def test_the_seed_says_all(db: None) -> None:
    regions()
    made = []
    for seed in (5, 5, 6):
        with transaction.atomic():
            list(fill(40, seed=seed))
            names = list(Brand.objects.values_list("name", "region", "level").order_by("name"))
            made.append((names, list(Article.objects.values_list("title", "page__text").order_by("page__sha256"))))
            transaction.set_rollback(True)
    assert made[0] == made[1] != made[2]


def test_the_words_are_of_the_vocabulary() -> None:
    assert {trade.industry for trade in trades()} == set(Industry.values)
    assert {kind["metric"] for kind in words()["figures"]} <= set(Metric.values)


def test_a_sheet_knows_where_its_words_stand() -> None:
    sheet = Sheet()
    sheet.write("头\n")
    said = sheet.say("在{region}有{brand}。", {"region": "天镇", "brand": "天镇保姆"})
    start, end = said.places["brand"]
    assert (sheet.text[start:end], sheet.text[slice(*said.sentence)]) == ("天镇保姆", "在天镇有天镇保姆。")
