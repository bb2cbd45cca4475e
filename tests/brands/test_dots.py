"""Dots on a scale: at their values, none over another, between round numbers."""

from decimal import Decimal
from itertools import pairwise

import pytest

from brands.graphics.dots import APART, MARGIN, MOST_TICKS, RADIUS, WIDTH, Dot, dot_chart, round_ticks


def dots(*values: int) -> list[Dot]:
    return [Dot(Decimal(value), f"{value} 元", "2024年", f"/statistics/{value}/") for value in values]


@pytest.mark.parametrize(
    ("largest", "ticks"),
    [
        (8300, [0, 2000, 4000, 6000, 8000, 10000]),
        (5000, [0, 1000, 2000, 3000, 4000, 5000]),
        (12, [0, 5, 10, 15]),
        (1, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
    ],
)
def test_a_scale_has_round_numbers_from_zero_past_the_largest(largest: int, ticks: list[int | str]) -> None:
    assert round_ticks(Decimal(largest)) == [Decimal(tick) for tick in ticks]


@pytest.mark.parametrize("largest", [1, 7, 99, 101, 999, 4100, 20000, 123456])
def test_every_scale_is_short_and_reaches_its_value(largest: int) -> None:
    ticks = round_ticks(Decimal(largest))
    assert 2 <= len(ticks) <= MOST_TICKS
    assert ticks[-2] < largest <= ticks[-1]


def test_dots_stand_at_their_values_in_the_picture() -> None:
    chart = dot_chart([("护理", dots(0, 5000, 10000))], unit="元")
    assert [placed.x for placed in chart.rows[0].dots] == [MARGIN, WIDTH // 2, WIDTH - MARGIN]
    assert [tick.x for tick in chart.ticks][-1] == WIDTH - MARGIN


def test_no_dot_covers_another_and_rows_have_room_for_all() -> None:
    chart = dot_chart([("护理", dots(*[4000] * 6, 4050, 9000)), ("家政", dots(3000, 3001, 3002))], unit="元")
    for row in chart.rows:
        placed = row.dots
        for one in placed:
            assert all(
                abs(one.x - other.x) >= APART or abs(one.y - other.y) >= APART for other in placed if other is not one
            )
            assert row.y < one.y - RADIUS
            assert one.y + RADIUS <= row.base
    assert all(above.base < below.y for above, below in pairwise(chart.rows))
    assert chart.rows[-1].base < chart.foot


def test_a_range_is_drawn_to_its_end_and_nothing_stands_on_it() -> None:
    wide = Dot(Decimal(3000), "3000 至 6000 元", "", "", most=Decimal(6000))
    (row,) = dot_chart([("护理", [wide, *dots(5000)])], unit="元").rows
    reach, inside = row.dots
    assert reach.reach > inside.x > reach.x
    assert reach.y != inside.y
