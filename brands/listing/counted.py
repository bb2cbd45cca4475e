"""Which counts of brands.listing.tallies answer a question of the list of brands, and which the cards must be read for.

Counted are any choices among province, industry, category and level, and one further facet with at most one of these.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from brands.listing.fields import UNKNOWN
from brands.listing.tallies import BASE, WITHIN, key, read
from brands.models.region import COUNTRY

# Chosen values by filter.
Choices = Mapping[str, Sequence[str]]

# Facets of which a card has one value at most, so that counts of several values may be added up.
SINGLE = ("review", "year", "batch", "series")

MULTIPLE = ("metric", "program")

# Keys that one question may need; with more chosen values, the cards are counted.
MAX_KEYS = 300


# Holds the place of a value; none has this character.
_HOLE = "\0"


@dataclass(frozen=True, slots=True)
class Given:
    """Choices as the keys of counts name them: values of the four, and of at most one further facet."""

    base: dict[str, list[str]] = field(default_factory=dict)
    facet: str = ""
    values: Sequence[str] = ("",)

    def keys(self, name: str = "", value: str = "") -> Iterator[str]:
        """The keys whose counts add up; with a value of another of the four as well."""
        columns = [*self.base, *([name] if name else [])]
        for chosen in product(*self.base.values(), *([[value]] if name else [])):
            yield from (key(dict(zip(columns, chosen, strict=True)), self.facet, one) for one in self.values)

    def frames(self, name: str) -> list[tuple[str, str]]:
        """What stands before and after the value of another of the four in the keys that add up."""
        return [(before, after) for before, _hole, after in (one.partition(_HOLE) for one in self.keys(name, _HOLE))]

    def starts(self, facet: str) -> list[str]:
        """The beginnings of the keys of all values of a further facet."""
        return [key(dict(zip(self.base, chosen, strict=True)), facet) for chosen in product(*self.base.values())]


def given(choices: Choices) -> Given | None:
    """The choices in the terms of the counts, or None where no count answers them."""
    base: dict[str, list[str]] = {}
    further: list[tuple[str, Sequence[str]]] = []
    for name, values in choices.items():
        if name == "region":
            _place(values, base, further)
        elif name in BASE:
            base[name] = [_stored(value) for value in values]
        else:
            further.append((name, [_stored(value) for value in values]))
    if not further:
        return Given(base)
    if len(further) > 1 or len(base) > 1 or further[0][0] not in {*SINGLE, *MULTIPLE, WITHIN}:
        return None
    facet, stored = further[0]
    return None if facet not in SINGLE and len(stored) > 1 else Given(base, facet, stored)


def is_province(value: str) -> bool:
    """Whether the counts know the value of the region facet as a province: also the country, and an unknown place."""
    return value in {UNKNOWN, COUNTRY} or value.endswith("0000")


@dataclass(slots=True)
class Questions:
    """Questions to the counts, asked together in one statement. `total` and `facets` say afterwards what is counted."""

    _sums: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _ranges: dict[str, str] = field(default_factory=dict)

    def total(self, name: str, choices: Choices) -> bool:
        """Ask how many cards there are; False where no count says so."""
        known = given(choices)
        return known is not None and self._sum((name, ""), known.keys())

    def values(self, facet: str, values: Iterable[str], choices: Choices) -> bool:
        """Ask for values of one of the four, or divisions, with these other choices."""
        known = given(choices)
        if known is None or (known.facet and known.base):
            return False
        frames = known.frames("province" if facet == "region" else facet)
        for value in values:
            if facet == "region" and not is_province(value):
                if known.facet or len(known.base) > 1:
                    return False
                self._sums[facet, value] = list(Given(known.base, WITHIN, [value]).keys())
            else:
                stored = _stored(value)
                self._sums[facet, value] = [f"{before}{stored}{after}" for before, after in frames]
        return len(frames) <= MAX_KEYS

    def range(self, facet: str, chosen: Iterable[str], choices: Choices) -> bool:
        """Ask for the values of a further facet, and surely for those chosen, with these other choices."""
        known = given(choices)
        if known is None or known.facet or len(known.base) > 1:
            return False
        starts = known.starts(facet)
        if len(starts) != 1:
            return False
        self._ranges[facet] = starts[0]
        return all(self._sum((facet, value), Given(known.base, facet, [_stored(value)]).keys()) for value in chosen)

    def answers(self, most: int) -> dict[str, Counter[str]]:
        """Counts by value and facet; of a range the `most` highest."""
        needed = [key for keys in self._sums.values() for key in keys]
        counts = read(needed, [(start, most) for start in self._ranges.values()])
        found: dict[str, Counter[str]] = {facet: Counter() for facet in self._ranges}
        for (facet, value), keys in self._sums.items():
            found.setdefault(facet, Counter())[value] = sum(counts[key] for key in keys)
        for facet, start in self._ranges.items():
            for name, count in counts.items():
                if name.startswith(start):
                    found[facet][name[len(start) :] or UNKNOWN] = count
        return found

    def _sum(self, name: tuple[str, str], keys: Iterable[str]) -> bool:
        self._sums[name] = list(keys)
        return len(self._sums[name]) <= MAX_KEYS


def _place(values: Sequence[str], base: dict[str, list[str]], further: list[tuple[str, Sequence[str]]]) -> None:
    """Provinces are of the four; one division below them is a further facet; more of these, which may lie in each
    other, no count answers."""
    if all(map(is_province, values)):
        base["province"] = [_stored(value) for value in values]
    else:
        further.append((WITHIN if len(values) == 1 else "", values))


def _stored(value: str) -> str:
    return "" if value == UNKNOWN else value
