"""What invented brands are called, where they are and what they do, in the uneven shares of the real ones."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from brands.models import Region
from brands.vocabulary.choices import BrandLevel

Value = TypeVar("Value")

# The n-th most frequent value comes up n ** -ZIPF as often as the first, as provinces, trades and words do.
ZIPF = 0.8

# How often brands are of a division itself, beside one of a county in it.
OWN = {"county": 1.0, "prefecture": 1.5, "province": 1.0}

LEVELS = ("", BrandLevel.COUNTY.value, BrandLevel.PREFECTURAL.value, BrandLevel.PROVINCIAL.value, "national")
PRAISED = 0.4
# Shares of names with a praise, and of names without a product.
BARE = 0.15


@cache
def words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def often(rng: Random, values: Sequence[Value]) -> Value:
    """One of the values, the first most often."""
    return rng.choices(values, cum_weights=_shares(len(values)))[0]


@cache
def _shares(size: int) -> list[float]:
    return list(accumulate((rank + 1) ** -ZIPF for rank in range(size)))


@dataclass(frozen=True, slots=True)
class Trade:
    industry: str
    category: str
    products: tuple[str, ...]
    jobs: tuple[str, ...]


@cache
def trades() -> tuple[Trade, ...]:
    found: dict[str, Any] = words()["trades"]
    return tuple(Trade(name, t["category"], tuple(t["products"]), tuple(t["jobs"])) for name, t in found.items())


@dataclass(frozen=True, slots=True)
class Place:
    adcode: str
    name: str
    common: str


class Map:
    """All divisions but the country, drawn by shares that differ from province to province."""

    def __init__(self, regions: Iterable[Region], rng: Random) -> None:
        rows = sorted((region for region in regions if region.level in OWN), key=lambda region: region.adcode)
        self.places = {row.adcode: Place(row.adcode, row.name, row.common_name) for row in rows}
        shares = {width: _ranked({row.adcode[:width] for row in rows}, rng) for width in (2, 4)}
        weights = (OWN[row.level] * shares[2][row.adcode[:2]] * shares[4][row.adcode[:4]] for row in rows)
        self._drawn = list(self.places.values())
        self._shares = list(accumulate(weights))

    def draw(self, rng: Random) -> Place:
        return rng.choices(self._drawn, cum_weights=self._shares)[0]

    def province(self, place: Place) -> Place:
        return self.places[f"{place.adcode[:2]}0000"]


def _ranked(codes: Iterable[str], rng: Random) -> dict[str, float]:
    """Shares by a rank that chance gives."""
    found = sorted(codes)
    rng.shuffle(found)
    return {code: (rank + 1) ** (-ZIPF if len(code) == 2 else -ZIPF / 2) for rank, code in enumerate(found)}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A brand before it is a row."""

    name: str
    short: str
    place: Place
    trade: Trade
    product: str
    job: str

    @property
    def values(self) -> dict[str, str]:
        return {"brand": self.name, "region": self.place.common, "product": self.product, "job": self.job}


def draw_brand(rng: Random, on: Map, taken: set[tuple[str, str]]) -> Drawn:
    """A brand whose name its place doesn't have yet; it is added to `taken`."""
    while True:
        place, trade = on.draw(rng), often(rng, trades())
        product, job = often(rng, trade.products), often(rng, trade.jobs)
        praise = often(rng, words()["praises"]) if rng.random() < PRAISED else ""
        told = product if rng.random() > BARE or len(job) == 1 else ""
        name = f"{place.common}{praise}{told}{job}"
        if (name, place.adcode) not in taken:
            taken.add((name, place.adcode))
            return Drawn(name, f"{place.common}{told}{job}" if praise else f"{told}{job}", place, trade, product, job)
