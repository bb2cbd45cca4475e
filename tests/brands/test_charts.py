"""Columns: heights in proportion, room for every label."""

import itertools
from decimal import Decimal

from brands.graphics.charts import BASE, COLUMN, LEAST, MAX_COLUMNS, MAX_LINES, TOP, WIDTH, Point, columns


def points(*values: int) -> list[Point]:
    return [
        Point(Decimal(value), words=str(value), short=str(value), when=str(place)) for place, value in enumerate(values)
    ]


def test_heights_are_in_proportion_from_zero() -> None:
    chart = columns(points(2000, 1000, 500), unit="个")
    tallest = BASE - TOP
    assert [column.height for column in chart.columns] == [tallest, round(tallest / 2), round(tallest / 4)]
    assert all(column.y + column.height == BASE for column in chart.columns)


def test_a_small_value_can_be_seen_and_zero_too() -> None:
    assert [column.height for column in columns(points(1_000_000, 1), unit="").columns] == [BASE - TOP, LEAST]
    assert [column.height for column in columns(points(0, 0), unit="").columns] == [LEAST, LEAST]


def test_columns_stand_apart_inside_the_picture() -> None:
    chart = columns(points(*range(1, 9)), unit="")
    assert [column.point.words for column in chart.columns] == [str(value) for value in range(9 - MAX_COLUMNS, 9)]
    edges = [(column.x, column.x + COLUMN) for column in chart.columns]
    assert edges[0][0] >= 0
    assert edges[-1][1] <= WIDTH
    assert all(left[1] < right[0] for left, right in itertools.pairwise(edges))


def test_nothing_to_draw_is_an_empty_chart() -> None:
    assert columns([], unit="").columns == ()


def test_the_picture_has_room_for_its_longest_label() -> None:
    named = [Point(Decimal(1), words="1", short="1", when="名" * length) for length in (3, 40, 3, 3, 3)]
    chart = columns(named, unit="")
    assert max(line.y for column in chart.columns for line in column.label) < chart.height
    assert [len(column.label) for column in chart.columns] == [1, MAX_LINES, 1, 1, 1]
