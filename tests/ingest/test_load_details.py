"""Details of brands on their way into the database, and what a person's word does to them."""

from collections.abc import Sequence

import pytest

from brands.models import Brand, BrandDetail, Evidence
from brands.vocabulary.choices import DetailKind, ReviewState
from ingest.load.page import Loaded, load_page
from ingest.records import ExtractedDetail
from tests.brands.factories import regions
from tests.ingest.building import PageBuilder

pytestmark = pytest.mark.django_db

TEXT = "一方手艺\n“天镇保姆”向山西大同输送300人，远赴日本务工，开设育婴、保洁等工种。注册了商标。"

ALL = (("山西大同", "140200", ""), ("日本", "", "JP"))


@pytest.fixture(autouse=True)
def divisions() -> None:
    regions()


def page(
    reached: Sequence[tuple[str, str, str]] = ALL, trades: Sequence[str] = ("育婴", "保洁"), *, text: str = TEXT
) -> PageBuilder:
    made = PageBuilder(text)
    details = [
        ExtractedDetail(DetailKind.DESTINATION, words, made.quote(words, name="destination"), region, country)
        for words, region, country in reached
    ]
    details += [ExtractedDetail(DetailKind.TRADE, words, made.quote(words, name="trade")) for words in trades]
    made.brand("天镇保姆", "140222", details=tuple(details))
    return made


def load(made: PageBuilder, version: str = "1") -> Loaded:
    return load_page(made.facts(), version=version)


def words() -> set[str]:
    return set(BrandDetail.objects.values_list("words", flat=True))


def test_are_stored_each_with_its_place() -> None:
    load(page())
    brand = Brand.objects.get()
    assert {(row.kind, row.words, row.region_id, row.country) for row in brand.details.all()} == {
        ("destination", "山西大同", "140200", ""),
        ("destination", "日本", None, "JP"),
        ("trade", "育婴", None, ""),
        ("trade", "保洁", None, ""),
    }
    for row in brand.details.all():
        piece = row.evidence.get()
        assert (piece.quote, piece.field, piece.brand) == (row.words, row.kind, brand)


def test_the_same_place_in_other_words_is_one() -> None:
    load(page())
    other = "又一方\n“天镇保姆”去大同务工。"
    load(page([("大同", "140200", "")], (), text=other))
    row = BrandDetail.objects.get(region="140200")
    assert (row.words, row.evidence.count()) == ("山西大同", 2)


def test_what_the_page_says_no_more_goes_and_what_it_says_anew_comes() -> None:
    load(page())
    load(page(ALL[:1], ("育婴",)), "2")
    assert words() == {"山西大同", "育婴"}
    load(page(), "3")
    assert words() == {"山西大同", "日本", "育婴", "保洁"}


def test_what_another_page_says_stays() -> None:
    load(page())
    load(page(ALL[1:], (), text="又一方\n“天镇保姆”到日本务工。"))
    load(page((), ()), "2")
    assert words() == {"日本"}


def test_another_run_with_the_same_facts_writes_nothing() -> None:
    load(page())
    assert load(page(), "2").changes == ()


def test_those_of_a_confirmed_brand_are_only_added_to() -> None:
    load(page(ALL[:1], ("育婴",)))
    Brand.objects.update(review=ReviewState.CONFIRMED)
    load(page(ALL[1:], ()), "2")
    assert words() == {"山西大同", "育婴", "日本"}


@pytest.mark.parametrize("touched", [{"review": ReviewState.REJECTED}, {"hand_set": ["details"]}])
def test_those_that_a_person_decided_on_stay_as_they_are(touched: dict[str, object]) -> None:
    load(page(ALL[:1], ("育婴",)))
    Brand.objects.update(**touched)
    BrandDetail.objects.filter(words="育婴").delete()
    load(page(), "2")
    assert words() == {"山西大同"}


def test_what_a_person_entered_stays_though_no_page_says_it() -> None:
    load(page())
    BrandDetail.objects.create(brand=Brand.objects.get(), kind="honour", words="县里的金字招牌", by_hand=True)
    load(page((), ()), "2")
    assert words() == {"县里的金字招牌"}


def test_go_with_their_brand() -> None:
    load(page())
    made = PageBuilder(TEXT)
    load_page(made.facts(), version="2")
    assert not BrandDetail.objects.exists()
    assert not Evidence.objects.exists()
