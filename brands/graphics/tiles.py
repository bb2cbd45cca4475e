"""The tile map: one tile a province, all 34, each about where it lies.

A table of places on a grid and no outline: a map of the country's borders shown to the public needs a reviewed base.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

# The first two digits of the codes of GB/T 2260, north above, west left.
GRID = (
    "..  ..  ..  ..  ..  ..  ..  23",
    "..  ..  ..  ..  ..  ..  ..  22",
    "65  ..  62  64  15  11  12  21",
    "..  63  ..  61  14  13  37  ..",
    "54  ..  51  50  41  34  32  31",
    "..  ..  53  52  42  36  33  ..",
    "..  ..  ..  45  43  44  35  71",
    "..  ..  ..  ..  46  82  81  ..",
)

# Row and column of each province, from 1.
PLACES = {
    f"{cell}0000": (row, column)
    for row, line in enumerate(GRID, start=1)
    for column, cell in enumerate(line.split(), start=1)
    if cell != ".."
}

# What a narrow tile has room for: the one character that stands for the province, and its letters in ISO 3166-2:CN.
SHORT = {
    word[:2]: (word[2], word[3:])
    for word in """
        11京BJ 12津TJ 13冀HE 14晋SX 15蒙NM
        21辽LN 22吉JL 23黑HL 31沪SH 32苏JS 33浙ZJ 34皖AH 35闽FJ 36赣JX 37鲁SD 41豫HA 42鄂HB
        43湘HN 44粤GD 45桂GX 46琼HI 50渝CQ 51川SC
        52黔GZ 53滇YN 54藏XZ 61陕SN 62甘GS 63青QH 64宁NX 65新XJ 71台TW 81港HK 82澳MO
    """.split()  # noqa: SIM905  as a table
}

STEPS = 5


@dataclass(frozen=True, slots=True)
class Tile:
    adcode: str
    name: str
    count: int
    step: int
    row: int
    column: int

    @property
    def short(self) -> str:
        """The name in one character; on an English page in two letters."""
        chinese, letters = SHORT[self.adcode[:2]]
        return letters if (get_language() or "").startswith("en") else chinese


@dataclass(frozen=True, slots=True)
class Step:
    """One shade of the legend: counts from `least` to `most`."""

    step: int
    least: int
    most: int


def tile_map(names: Mapping[str, str], counts: Mapping[str, int]) -> tuple[list[Tile], list[Step]]:
    """Tiles for the provinces of `names` (name by code) in the order of the grid, and the legend.

    >>> tiles, legend = tile_map({"450000": "广西"}, {"450000": 3})
    >>> tiles[0].step, legend
    (1, [Step(step=1, least=1, most=5)])
    """
    bounds = step_bounds(counts.get(code, 0) for code in names)
    tiles = [
        Tile(code, names[code], counts.get(code, 0), step_of(counts.get(code, 0), bounds), row, column)
        for code, (row, column) in PLACES.items()
        if code in names
    ]
    return tiles, _legend(bounds)


def step_bounds(counts: Iterable[int]) -> list[int]:
    """The largest count of each shade, a round number: every shade holds about a fifth of the provinces that have any.
    Counts that are near each other share a shade, so there may be fewer than five; zero has none."""
    ranked = sorted(count for count in counts if count)
    if not ranked:
        return []
    return sorted({_round_up(ranked[-(-len(ranked) * step // STEPS) - 1]) for step in range(1, STEPS + 1)})


def _round_up(count: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50 and so on.

    >>> [_round_up(count) for count in (1, 3, 12, 88, 600_001)]
    [1, 5, 20, 100, 1000000]
    """
    power: int = 10 ** (len(str(count)) - 1)
    return next(size * power for size in (1, 2, 5, 10) if size * power >= count)


def step_of(count: int, bounds: list[int]) -> int:
    """0 for none, otherwise the shade from 1."""
    return 0 if count == 0 else next(step for step, most in enumerate(bounds, start=1) if count <= most)


def _legend(bounds: list[int]) -> list[Step]:
    lows = [1, *(most + 1 for most in bounds)]
    return [Step(step, low, most) for step, (low, most) in enumerate(zip(lows, bounds, strict=False), start=1)]
