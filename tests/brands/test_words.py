"""Numbers and dates in a reader's words."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from brands.vocabulary.numbers import amount, brief, day, full_number, number, unit_word


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("0", "0", "0"),
        ("7", "7", "7"),
        ("9999", "9999", "9,999"),
        ("10000", "1 万", "10,000"),
        ("28000", "2.8 万", "28,000"),
        ("123456", "12.3456 万", "123,456"),
        ("1020000", "102 万", "1.02 million"),
        ("3004433", "300.4433 万", "3,004,433"),
        ("18000000000", "180 亿", "18 billion"),
        ("600000000000", "6000 亿", "600 billion"),
        ("2500000000000", "2.5 万亿", "2.5 trillion"),
        ("1234567890", "约 12.3457 亿", "about 1.2346 billion"),
        ("22.7", "22.7", "22.7"),
        ("40.0000", "40", "40"),
    ],
)
def test_numbers_stand_in_the_scale_of_the_language(value: str, chinese: str, english: str) -> None:
    with translation.override("zh-hans"):
        assert number(Decimal(value)) == chinese
    with translation.override("en"):
        assert number(Decimal(value)) == english


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "value_max", "chinese", "english"),
    [
        ("90000", "人", "over", None, "超 9 万人", "more than 90,000 people"),
        ("2500", "个", "nearly", None, "近 2500 个", "nearly 2,500"),
        ("18000000000", "元", "exact", None, "180 亿元", "18 billion yuan"),
        ("5300", "人", "about", None, "约 5300 人", "about 5,300 people"),
        ("1234567890", "元", "over", None, "超 12.3456 亿元", "more than 1.2345 billion yuan"),
        ("1234567890", "元", "nearly", None, "近 12.3457 亿元", "nearly 1.2346 billion yuan"),
        ("1234567890", "元", "about", None, "约 12.3457 亿元", "about 1.2346 billion yuan"),
        ("200000", "元", "at_most", None, "至多 20 万元", "at most 200,000 yuan"),
        ("1234567890", "元", "at_most", None, "至多 12.3457 亿元", "at most 1.2346 billion yuan"),
        ("-3.5", "%", "exact", None, "-3.5%", "-3.5%"),
        ("10000000", "人", "several", None, "数千万人", "tens of millions of people"),
        ("10", "家", "several", None, "数十家", "dozens"),
        ("15", "家", "several", None, "数量级 15 家", "of the order of 15"),
        ("40", "%", "over", None, "超 40%", "more than 40%"),
        ("6000", "元/月", "exact", "20000", "6000 至 2 万元/月", "6,000 to 20,000 yuan a month"),
        ("6000", "元", "over", "6000", "超 6000 元", "more than 6,000 yuan"),
        ("12", "对", "exact", None, "12 对", "12 对"),
    ],
)
def test_amounts_keep_hedge_range_and_unit(
    value: str, unit: str, qualifier: str, value_max: str | None, chinese: str, english: str
) -> None:
    upper = None if value_max is None else Decimal(value_max)
    for language, expected in (("zh-hans", chinese), ("en", english)):
        with translation.override(language):
            assert amount(Decimal(value), unit=unit, qualifier=qualifier, value_max=upper) == expected


def test_brief_words_leave_out_the_unit() -> None:
    assert brief(Decimal(2300), qualifier="over") == "超 2300"
    assert brief(Decimal(300), qualifier="at_most") == "至多 300"
    assert brief(Decimal(10_000_000), qualifier="several") == "数千万"
    with translation.override("en"):
        assert brief(Decimal(2300), qualifier="over") == "> 2,300"
        assert brief(Decimal(300), qualifier="at_most") == "≤ 300"


def test_full_numbers_have_every_digit() -> None:
    assert full_number(Decimal("18000000000.0000"), unit="元") == "18,000,000,000 元"
    assert full_number(Decimal(6000), unit="元/月", value_max=Decimal(20000)) == "6,000–20,000 元/月"
    assert full_number(Decimal("22.70"), unit="%") == "22.7%"
    with translation.override("en"):
        assert full_number(Decimal(17), unit="家") == "17"


@pytest.mark.parametrize(
    ("precision", "chinese", "english"),
    [
        ("day", "2025年11月19日", "19 November 2025"),
        ("month", "2025年11月", "November 2025"),
        ("year", "2025年", "2025"),
    ],
)
def test_dates_stop_where_knowledge_does(precision: str, chinese: str, english: str) -> None:
    assert day(date(2025, 11, 19), precision) == chinese
    with translation.override("en"):
        assert day(date(2025, 11, 19), precision) == english


def test_no_date_is_no_words() -> None:
    assert day(None) == ""


def test_units_without_a_name_stay_as_printed() -> None:
    assert unit_word("斤") == "斤"
