"""The tile map: all 34 provinces, each once, shades that share them out."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brands.graphics.tiles import PLACES, STEPS, step_bounds, step_of, tile_map

TABLE = Path(__file__).resolve().parents[2] / "ingest" / "lexicon" / "regions.csv"


def test_every_province_has_one_tile() -> None:
    with TABLE.open(encoding="utf-8") as table:
        provinces = {row["adcode"] for row in csv.DictReader(table) if row["level"] == "province"}
    assert set(PLACES) == provinces
    assert len(PLACES) == len(set(PLACES.values())) == 34


@pytest.mark.parametrize(
    ("north", "south"), [("230000", "210000"), ("110000", "440000"), ("620000", "510000"), ("440000", "460000")]
)
def test_north_is_above(north: str, south: str) -> None:
    assert PLACES[north][0] < PLACES[south][0]


@pytest.mark.parametrize(
    ("west", "east"), [("650000", "110000"), ("540000", "510000"), ("510000", "310000"), ("450000", "710000")]
)
def test_west_is_left(west: str, east: str) -> None:
    assert PLACES[west][1] < PLACES[east][1]


@given(st.lists(st.integers(0, 500), max_size=34))
def test_more_is_never_paler(counts: list[int]) -> None:
    bounds = step_bounds(counts)
    assert len(bounds) <= STEPS
    steps = [step_of(count, bounds) for count in sorted(counts)]
    assert steps == sorted(steps)
    assert all((step == 0) == (count == 0) for step, count in zip(steps, sorted(counts), strict=True))


def test_the_legend_covers_every_count_once() -> None:
    names = {code: code for code in PLACES}
    tiles, legend = tile_map(names, {code: place for place, code in enumerate(PLACES)})
    assert [tile.count for tile in tiles if tile.step == 0] == [0]
    for tile in tiles:
        holding = [step.step for step in legend if step.least <= tile.count <= step.most]
        assert holding == ([tile.step] if tile.count else [])


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=34))
def test_the_legend_has_round_numbers(counts: list[int]) -> None:
    bounds = step_bounds(counts)
    assert max(counts) <= bounds[-1]
    assert {str(bound).rstrip("0") for bound in bounds} <= {"1", "2", "5"}


def test_an_empty_catalogue_has_tiles_and_no_legend() -> None:
    tiles, legend = tile_map({"450000": "广西"}, {})
    assert [(tile.name, tile.count, tile.step) for tile in tiles] == [("广西", 0, 0)]
    assert legend == []
