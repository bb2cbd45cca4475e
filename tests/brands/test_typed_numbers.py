"""Numbers as people type them."""

import pytest

from brands.vocabulary.typed_numbers import typed_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("50000", 50_000),
        (" ５００００ ", 50_000),
        ("50,000", 50_000),
        ("5万", 50_000),
        ("1.5万", 15_000),
        ("0.25W", 2_500),
        ("8k", 8_000),
        ("3亿", 300_000_000),
        ("万", 10_000),
        ("八千", 8_000),
        ("十二万", 120_000),
        ("两万五千", 25_000),
        ("两万五", 25_000),
        ("三千二", 3_200),
        ("一百零五", 105),
        ("一亿二千万", 120_000_000),
        ("七", 7),
    ],
)
def test_a_number(typed: str, number: int) -> None:
    assert typed_number(typed) == number


@pytest.mark.parametrize("typed", ["", "many", "1e9", "-1", "1.5", "5万人", "²", "1.2345千", ",5", "5..0", "9" * 50])
def test_no_number(typed: str) -> None:
    assert typed_number(typed) is None
