"""What a name in somebody's table says, and how much a brand is called so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyroaring import BitMap64

from brands.listing.brands import BrandList
from brands.listing.counts import index_of
from brands.models import Card
from brands.models.region import COUNTRY
from brands.reconciliation.likeness import likeness
from brands.search.divisions import solid
from brands.vocabulary.adcodes import adcode_range
from brands.vocabulary.names import name_key
from brands.vocabulary.script import simplified

SAME, BEHIND_PLACE, OTHER_NAME, WITHOUT_PLACE, ALIKE = 100.0, 95.0, 90.0, 85.0, 80.0

# Below this, two names have next to nothing in common.
LEAST_ALIKE = 0.3

# Characters of a name at least, and of a division's before it.
SHORTEST = 2

# The codes of divisions by each way to call them, as `brands.search.divisions.solid` writes it.
Called = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Area:
    """What lies in any of these divisions; the country says nothing."""

    codes: tuple[str, ...] = ()

    @classmethod
    def of(cls, codes: Iterable[str]) -> "Area":
        return cls(tuple(code for code in codes if code != COUNTRY))

    def __bool__(self) -> bool:
        return bool(self.codes)

    def holds(self, adcode: str) -> bool:
        return any(first <= adcode < after for first, after in map(adcode_range, self.codes))

    def brands(self) -> BitMap64:
        """The keys of the public brands in it."""
        return index_of(BrandList).having("region", self.codes)


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name as a table has it: the `key` of all of it, and `rest`, that of what stands behind the name of a division
    in `area`; empty for none."""

    key: str
    area: Area
    rest: str

    @classmethod
    def of(cls, text: str, called: Called) -> "WrittenName":
        key = name_key(simplified(text))
        return cls(key, *behind_place(key, called))


def behind_place(key: str, called: Called) -> tuple[Area, str]:
    """The divisions of which one may be called at the beginning of a name, by the longest such beginning, and the rest
    of it."""
    for end in range(len(key) - SHORTEST, SHORTEST - 1, -1):
        area = Area.of(called.get(key[:end], ()))
        if area and not key[:end].isascii():
            return area, key[end:]
    return Area(), ""


def points(written: WrittenName, card: Card, aliases: Sequence[str], asked: Area, called: Called) -> tuple[float, bool]:
    """The points of a brand with these other names, by their keys, and whether it lies in the division that is asked
    for, or, where that says which is meant, called before the name."""
    own = name_key(card.name)
    home, bare = behind_place(own, called)
    bare = bare if home.holds(card.adcode) else ""
    placed, behind = asked.holds(card.adcode), written.area.holds(card.adcode)
    if written.key == own:
        return SAME, placed
    if behind and written.rest in {own, bare}:
        return BEHIND_PLACE, True
    if written.key in aliases or (behind and written.rest in aliases):
        return OTHER_NAME, placed or written.key not in aliases
    if placed and written.key == bare:
        return WITHOUT_PLACE, True
    keys = [written.key, written.rest] if behind else [written.key]
    return ALIKE * _alike(keys, [own, *aliases], card.pinyin), placed


def _alike(keys: Sequence[str], names: Sequence[str], pinyin: str) -> float:
    if keys[0].isascii():
        found = likeness(solid(keys[0]), solid(pinyin))
    else:
        found = max(likeness(key, name) for key in keys for name in names)
    return found if found >= LEAST_ALIKE else 0
