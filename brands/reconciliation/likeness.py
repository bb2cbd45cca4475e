"""Brands whose names are much like a name in somebody's table, and how much: a character wrong, missing, too many or in
another place.

Each process keeps, as long as the data is the same, which brands have a character in any of their names. Of the
characters of a name, a brand has so many; those that have most are compared, letter by letter.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from pyroaring import BitMap64

from brands.data_version import kept
from brands.models import BrandAlias, Card
from brands.vocabulary.names import name_key

# Of the different characters of a name, the part that another name must have to be compared with it.
LEAST_SHARED = 0.4

# What names of the same characters in another order have in common, of all.
REORDERED = 0.9


@dataclass(frozen=True, slots=True)
class SharedCharacters:
    """The keys of the public brands by each character of their names, the other ones too, and by the length of the
    shortest of them. Nobody may change it."""

    having: dict[str, BitMap64]
    lengths: dict[int, BitMap64]

    def like(self, key: str, first: BitMap64, most: int) -> list[int]:
        """At most `most` brands that have many characters of the name: those with most of them first, of these the ones
        among `first`, and then those whose names are about as long."""
        return list(islice(self._in_order(key, first), most))

    def _in_order(self, key: str, first: BitMap64) -> Iterator[int]:
        by_length = sorted(self.lengths, key=lambda length: (abs(length - len(key)), length))
        for brands in self._by_shared(set(key)):
            for some in (brands & first, brands - first):
                for length in by_length if some else ():
                    yield from some & self.lengths[length]

    def _by_shared(self, characters: set[str]) -> Iterator[BitMap64]:
        """The brands that have all of the characters, all but one, and so on."""
        at_least = [BitMap64() for _count in range(len(characters) + 1)]
        for number, character in enumerate(characters, 1):
            brands = self.having.get(character, BitMap64())
            for count in range(number, 1, -1):
                at_least[count] |= at_least[count - 1] & brands
            at_least[1] |= brands
        above = BitMap64()
        for count in range(len(characters), 0, -1):
            if count < LEAST_SHARED * len(characters):
                return
            yield at_least[count] - above
            above = at_least[count]


@kept
def name_index(_kind: str) -> SharedCharacters:
    names: dict[int, list[str]] = {pk: [name_key(name)] for pk, name in Card.objects.values_list("pk", "name")}
    for pk, key in BrandAlias.objects.values_list("brand_id", "name_key"):
        if pk in names:
            names[pk].append(key)
    having: dict[str, list[int]] = {}
    lengths: dict[int, list[int]] = {}
    for pk, keys in names.items():
        for character in set().union(*keys):
            having.setdefault(character, []).append(pk)
        lengths.setdefault(min(map(len, keys)), []).append(pk)
    return SharedCharacters(
        {character: BitMap64(pks) for character, pks in having.items()},
        {length: BitMap64(pks) for length, pks in lengths.items()},
    )


def likeness(one: str, other: str) -> float:
    """How much two names have in common, 0 to 1: as `difflib` works it out (Ratcliff and Metzener), or by their
    characters alone where these stand in another order."""
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    shared = 2 * (Counter(one) & Counter(other)).total() / max(len(one) + len(other), 1)
    return max(ratio, REORDERED * shared)
