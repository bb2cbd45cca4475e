"""Names of divisions: which division a name may mean, and where names stand in a text.

A name often means several divisions (朝阳, 鼓楼, 通州). This module lists them all and picks one only where the text
around it leaves no choice; a name that two provinces share stays unknown. Codes are those of GB/T 2260, six digits as
a string, ``100000`` for the whole country. A division holds another when its code without the trailing pairs ``00``
begins the other's code.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from brands.vocabulary.choices import RegionLevel
from ingest import lexicon
from ingest.frozen import frozen

COUNTRY = "100000"

# Names of fewer characters (桂, 川) stand in too many other words to be looked for in a text.
SHORTEST = 2

_DEPTH = {RegionLevel.COUNTRY: 0, RegionLevel.PROVINCE: 1, RegionLevel.PREFECTURE: 2, RegionLevel.COUNTY: 3}


class NameKind(StrEnum):
    """What sort of name it is, the most telling first. The last five are those of lexicon/region_names.csv."""

    FULL = "full"
    COMMON = "common"
    SHORT = "short"
    AUTONOMOUS = "autonomous"
    FORMER = "former"
    LITERARY = "literary"
    PLACE = "place"


_OWN = frozenset({NameKind.FULL, NameKind.COMMON, NameKind.SHORT, NameKind.AUTONOMOUS})
_KIND_ORDER = {kind: order for order, kind in enumerate(NameKind)}


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """A row of lexicon/regions.csv; each is there once. ``short_name`` is empty below the provinces, ``parent`` for the
    country."""

    adcode: str
    name: str
    common_name: str
    short_name: str
    level: RegionLevel
    parent: str
    pinyin: str

    @property
    def depth(self) -> int:
        """0 for the country, 1 for a province, 2 for a prefecture, 3 for a county, wherever the county hangs."""
        return _DEPTH[self.level]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A division that a name may mean, and what sort of name it is for that division."""

    division: Division
    kind: NameKind


@frozen()
class NameHit:
    """A name at ``[start, end)`` of a text.

    ``ambiguous_word``: the characters are as often something else (和平, 会同); the name alone is no proof of a place.
    """

    start: int
    end: int
    name: str
    candidates: tuple[Candidate, ...]
    ambiguous_word: bool = False


@frozen()
class NameIndex:
    """What is looked for in a text: the names of SHORTEST characters and more, and decoys, words without candidates
    that hide the name inside them (范县 in 示范县).

    Names are told by their first two characters: `pattern` finds where two such may stand, `lengths` gives the lengths
    of the words that begin with them, longest first. Of the ways that were measured this is the fastest (0.1 µs a
    character; an Aho-Corasick automaton takes 0.35, for it has 1,000 branches at its root).
    """

    pattern: re.Pattern[str]
    lengths: Mapping[str, tuple[int, ...]]
    decoys: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """All divisions and names. Made by :func:`gazetteer`."""

    divisions: Mapping[str, Division]
    names: Mapping[str, tuple[Candidate, ...]]
    vocabulary: NameIndex

    def __contains__(self, code: object) -> bool:
        return code in self.divisions

    def by_code(self, code: str) -> Division:
        """The division with that code. KeyError for a code that is not in force."""
        return self.divisions[code]

    def ancestors(self, code: str) -> tuple[Division, ...]:
        """The divisions that hold ``code``, the nearest first, the country last, without itself."""
        found = []
        while code := self.divisions[code].parent:
            found.append(self.divisions[code])
        return tuple(found)

    def contains(self, outer: str, inner: str) -> bool:
        """Whether ``inner`` is ``outer`` or lies in it. Codes no longer in force are judged by the same rule."""
        return inner.startswith(stem(outer))

    def smallest_holding(self, codes: Iterable[str]) -> Division:
        """The smallest division that holds all ``codes`` (at least one)."""
        first, *rest = codes
        around = (self.divisions[first], *self.ancestors(first))
        return next(d for d in around if all(self.contains(d.adcode, code) for code in rest))

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """What ``name`` may mean, one character included: higher divisions first, then by code. Empty for no name."""
        return self.names.get(name, ())

    def find(self, text: str) -> list[NameHit]:
        """The names in ``text``, the leftmost first and of those the longest, none overlapping. Linear in the text."""
        hits: list[NameHit] = []
        at = 0
        heads = self.vocabulary.lengths
        for match in self.vocabulary.pattern.finditer(text):
            start = match.start()
            if start >= at and text[start : start + SHORTEST] in heads and (word := self._word(text, start)):
                at = start + len(word)
                if word in self.names:
                    hits.append(NameHit(start, at, word, self.names[word], word in self.vocabulary.decoys))
        return hits

    def prefix(self, text: str) -> NameHit | None:
        """The longest name of at least two characters that ``text`` starts with (吕梁 in 吕梁山护工), or None."""
        word = self._word(text, 0)
        if word not in self.names:
            return None
        return NameHit(0, len(word), word, self.names[word], word in self.vocabulary.decoys)

    def _word(self, text: str, start: int) -> str:
        """The longest name or decoy that stands at ``start``, empty for none."""
        for length in self.vocabulary.lengths.get(text[start : start + SHORTEST], ()):
            word = text[start : start + length]
            if word in self.names or word in self.vocabulary.decoys:
                return word
        return ""

    def choose(self, candidates: Iterable[Candidate], context_codes: Sequence[str] = ()) -> Division | None:
        """The division that a name means in its context, or None where two provinces remain possible.

        ``context_codes`` say where the text is set, the strongest first; each narrows the choice to what lies in it, or
        else to what holds it, and is passed over when it does neither. Of what is left a division's own name goes
        before an old or literary one, then the highest level is taken (长沙 is the prefecture), and where several
        counties of one province are left, the smallest division that holds them all: 伊宁 without more is 伊犁州.
        """
        return _choice(self, tuple(candidates), tuple(context_codes))


@lru_cache(maxsize=16384)
def _choice(gazetteer: Gazetteer, candidates: tuple[Candidate, ...], context_codes: tuple[str, ...]) -> Division | None:
    """What `Gazetteer.choose` answers; papers name the same few places over and over."""
    left = list(candidates)
    for code in context_codes:
        left = _within(gazetteer, left, code) or left
    left = [c for c in left if c.kind in _OWN] or left
    top = min((c.division.depth for c in left), default=0)
    codes = [c.division.adcode for c in left if c.division.depth == top]
    if not codes:
        return None
    found = gazetteer.smallest_holding(codes)
    return found if len(codes) == 1 or found.adcode != COUNTRY else None


def _within(gazetteer: Gazetteer, candidates: Sequence[Candidate], code: str) -> list[Candidate]:
    inside = [c for c in candidates if gazetteer.contains(code, c.division.adcode)]
    return inside or [c for c in candidates if gazetteer.contains(c.division.adcode, code)]


@lru_cache(maxsize=8192)
def stem(code: str) -> str:
    """The part of a code that the codes of all its divisions begin with: 410000 -> 41, 429005 -> 429005."""
    if code == COUNTRY:
        return ""
    return code.removesuffix("00").removesuffix("00")


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of lexicon/regions.csv and region_names.csv, built at the first call (some 100 ms)."""
    divisions = {row["adcode"]: _division(row) for row in lexicon.rows("regions")}
    names = _index(divisions)
    return Gazetteer(divisions, names, _vocabulary(names))


def _vocabulary(names: Iterable[str]) -> NameIndex:
    decoys = frozenset(row["word"] for row in lexicon.rows("ordinary_words"))
    lengths: dict[str, set[int]] = {}
    for word in decoys.union(names):
        if len(word) >= SHORTEST:
            lengths.setdefault(word[:SHORTEST], set()).add(len(word))
    first, second = ("".join(sorted({head[i] for head in lengths})) for i in range(SHORTEST))
    return NameIndex(
        re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])"),
        {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()},
        decoys,
    )


def _division(row: Mapping[str, str]) -> Division:
    return Division(
        adcode=row["adcode"],
        name=row["name"],
        common_name=row["common_name"],
        short_name=row["short_name"],
        level=RegionLevel(row["level"]),
        parent=row["parent"],
        pinyin=row["pinyin"],
    )


def _index(divisions: Mapping[str, Division]) -> dict[str, tuple[Candidate, ...]]:
    """Every name with its candidates; a division that a name means in two ways is listed once, by the more telling."""
    found: dict[str, dict[str, NameKind]] = {}
    for name, code, kind in (*_own_names(divisions.values()), *_other_names()):
        kinds = found.setdefault(name, {})
        kinds[code] = min(kind, kinds.get(code, kind), key=_KIND_ORDER.__getitem__)
    return {
        name: tuple(
            Candidate(divisions[code], kind)
            for code, kind in sorted(kinds.items(), key=lambda item: (divisions[item[0]].depth, item[0]))
        )
        for name, kinds in found.items()
    }


def _own_names(divisions: Iterable[Division]) -> Iterator[tuple[str, str, NameKind]]:
    for division in divisions:
        yield division.name, division.adcode, NameKind.FULL
        yield division.common_name, division.adcode, NameKind.COMMON
        if division.short_name:
            yield division.short_name, division.adcode, NameKind.SHORT
        if division.name.endswith(("自治州", "自治县", "自治旗")):  # papers: 恩施州, 互助县, 鄂温克旗
            yield (
                division.common_name.removesuffix(division.name[-1]) + division.name[-1],
                division.adcode,
                NameKind.AUTONOMOUS,
            )


def _other_names() -> Iterator[tuple[str, str, NameKind]]:
    for row in lexicon.rows("region_names"):
        yield row["name"], row["adcode"], NameKind(row["kind"])
