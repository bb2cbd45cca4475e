"""The value of a run of numerals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numeral_values import chinese_number, read_run
from tests.pace import keeps_pace

DIGITS = "零一二三四五六七八九"


def written(value: int) -> str:
    """A number below 10^16 in characters, by another way than it is read."""
    if value >= 10**4:
        size, rank = (10**8, "亿") if value >= 10**8 else (10**4, "万")
        rest = value % size
        return written(value // size) + rank + (("零" if rest < size // 10 else "") + written(rest) if rest else "")
    said = ""
    for place, rank in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            said += DIGITS[digit] + rank
        elif said and not said.endswith("零") and value % place:
            said += "零"
    return said


@given(st.integers(1, 10**12 - 1))
def test_what_is_written_in_characters_is_read_again(value: int) -> None:
    read = read_run(written(value))
    assert read is not None
    assert (read.low, read.high) == (value, None)


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_digits_and_characters_mix(large: int, small: int) -> None:
    text = f"{large}亿{small}万"
    read = read_run(text if small > 9 else f"{large}亿零{small}万")
    assert read is not None
    assert read.low == large * 10**8 + small * 10**4


@pytest.mark.parametrize(
    ("characters", "value"),
    [("二十七万", 270000), ("十", 10), ("三千五", 3500), ("两万三", 23000), ("九亿", 900000000), ("一百零五", 105)],
)
def test_chinese_number(characters: str, value: int) -> None:
    assert chinese_number(characters) == (Decimal(value), None)


@pytest.mark.parametrize(
    "characters", ["", "二〇二四", "一五", "百千", "万" * 40, "三七", "万五", "一百零", "十二十", "1" * 16]
)
def test_chinese_number_refuses(characters: str) -> None:
    assert chinese_number(characters) is None


@pytest.mark.parametrize(
    ("run", "scale"),
    [("二十万", 10000), ("3.5万", 10000), ("三百", 100), ("1.2万亿", 10**12), ("三千五", 1), ("12", 1), ("十", 1)],
)
def test_the_rank_that_a_lower_end_may_share(run: str, scale: int) -> None:
    read = read_run(run)
    assert read is not None
    assert read.scale == scale


@given(st.text("0123456789.,，． Oo○点零〇一二两三五九十百千万亿廿卅贰拾佰萬", min_size=1, max_size=40))
def test_any_run_is_a_number_or_none(run: str) -> None:
    read = read_run(run)
    assert read is None or (read.low >= 0 and read.scale >= 1 and (read.high is None or read.high > read.low))


@pytest.mark.parametrize("piece", ["1", "万", "1,", "三点", "一", "十"])
def test_time_is_linear(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (25_000, 100_000))
    assert keeps_pace(lambda: read_run(short), lambda: read_run(long), times=8, slack=0.02)
