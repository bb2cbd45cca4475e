"""Cards as a list draws them: plain strings, so that a template has nothing left to ask or to translate."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import get_language, gettext, ngettext

from brands.models.brand import brand_address
from brands.models.card import UNREPORTED
from brands.models.region import COUNTRY
from brands.place_words import place_words
from brands.vocabulary.choices import BrandLevel, Industry, Metric
from brands.vocabulary.numbers import amount, full_number
from brands.vocabulary.pinyin import spelled

# What is read of each card, and of each row of the table.
COLUMNS = ("id", "name", "pinyin", "place", "adcode", "industry", "level", "metric", "value",
           "value_max", "qualifier", "unit", "articles")  # fmt: skip
TABLE_COLUMNS = ("id", "name", "pinyin", "place", "adcode", "industry", "level", "headcount", "headcount_max",
                 "headcount_qualifier", "headcount_year", "pay", "pay_max", "pay_qualifier", "pay_unit", "pay_year",
                 "newest_report")  # fmt: skip

# Numbers and addresses that are remembered: many brands have "1000 people".
REMEMBERED = 10_000


class Listed(NamedTuple):
    """One brand of a list."""

    url: str
    name: str
    pinyin: str
    place: str
    industry: str
    level: str
    metric: str
    figure: str
    digits: str
    reports: str


def listed(rows: Iterable[Mapping[str, Any]]) -> list[Listed]:
    """Rows of `COLUMNS` as a list shows them, in the active language."""
    language = get_language() or ""
    trades, levels, metrics = _labels(language)
    nowhere = gettext("地区未注明")
    return [
        Listed(
            address_of(row["id"], row["pinyin"]),
            row["name"],
            spelled(row["pinyin"]),
            _place(row) or nowhere,
            trades[row["industry"]],
            levels[row["level"]],
            metrics[row["metric"]],
            *_figure(row["value"], row["value_max"], row["qualifier"], row["unit"], language),
            _reports(row["articles"], language),
        )
        for row in rows
    ]


class BrandRow(NamedTuple):
    """One brand of the table. People and pay are as the papers print them, with the year; empty where no paper does."""

    url: str
    name: str
    pinyin: str
    place: str
    industry: str
    level: str
    people: str
    people_year: str
    pay: str
    pay_year: str
    newest: str


def table_rows(rows: Iterable[Mapping[str, Any]]) -> list[BrandRow]:
    """Rows of `TABLE_COLUMNS` as the table shows them, in the active language."""
    language = get_language() or ""
    trades, levels, _metrics = _labels(language)
    nowhere = gettext("未注明")
    return [
        BrandRow(
            address_of(row["id"], row["pinyin"]),
            row["name"],
            spelled(row["pinyin"]),
            _place(row) or nowhere,
            trades[row["industry"]],
            levels[row["level"]],
            _people(row["headcount"], row["headcount_max"], row["headcount_qualifier"], language),
            str(row["headcount_year"] or ""),
            _figure(row["pay"], row["pay_max"], row["pay_qualifier"], row["pay_unit"], language)[0],
            str(row["pay_year"] or ""),
            row["newest_report"],
        )
        for row in rows
    ]


def _place(row: Mapping[str, Any]) -> str:
    return gettext("全国") if row["adcode"] == COUNTRY else place_words(row["adcode"], row["place"])


def _people(count: int, most: Decimal | None, qualifier: str, language: str) -> str:
    return "" if count == UNREPORTED else _figure(Decimal(count), most, qualifier, "人", language)[0]


address_of = lru_cache(maxsize=REMEMBERED)(brand_address)


@lru_cache
def _labels(language: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The words of trades, levels and metrics. The trade "other" says nothing."""
    trades, levels, metrics = (
        {value: str(label) for value, label in kind.choices} for kind in (Industry, BrandLevel, Metric)
    )
    return trades | {Industry.OTHER.value: ""}, levels | {"": ""}, metrics | {"": ""}


@lru_cache(maxsize=REMEMBERED)
def _figure(value: Decimal | None, most: Decimal | None, qualifier: str, unit: str, language: str) -> tuple[str, str]:
    """The number in words and with every digit, in the language, which is the active one."""
    if value is None:
        return "", ""
    return amount(value, unit=unit, qualifier=qualifier, value_max=most), full_number(value, unit=unit, value_max=most)


@lru_cache(maxsize=REMEMBERED)
def _reports(count: int, language: str) -> str:
    return ngettext("%(n)s 篇报道", "%(n)s 篇报道", count) % {"n": count} if count else ""
