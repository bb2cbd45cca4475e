"""What a stretch of text is about, told by the pairs of characters that it shares with another.

Pairs of neighbouring characters stand in for words: that needs no segmenter, and catches names that no dictionary has.
"""

import re
from collections.abc import Iterable, Set
from functools import cache, lru_cache
from itertools import pairwise

from ingest.lexicon import table

# So much of one paragraph tells what it is about; more would only cost time.
MAX_CHARS = 2_000

# Two texts of n and m telling pairs are as likely of one subject as of two if they share (n * m) ** 0.9 / 1300 pairs.
#
# Measured on newspaper articles: unlike ones share n * m / 12000 at any size, parts of the same one from n * m / 500
# for two short paragraphs to n * m / 1900 for two long halves.
PAIRS, GROWTH = 1_300, 0.9

# Keeps a few pairs that two short texts share from looking like much.
EASE = 4


@lru_cache(maxsize=1024)
def pairs(shown: str) -> frozenset[str]:
    """All telling pairs of neighbouring Chinese characters of a text."""
    return frozenset(_telling().findall(shown, 0, MAX_CHARS)) - _common()


class Topic:
    """The telling pairs of an article: ``once`` are all of them."""

    __slots__ = ("_passages", "_twice", "once")

    def __init__(self, passages: Iterable[frozenset[str]] = ()) -> None:
        self._passages = list(passages)
        self._twice: set[str] | None = None
        self.once: set[str] = set().union(*self._passages)

    def copy(self) -> "Topic":
        other = Topic()
        other._passages, other.once = self._passages.copy(), self.once.copy()
        return other

    def add(self, passage: frozenset[str]) -> None:
        if self._twice is not None:
            self._twice |= self.once & passage
        self._passages.append(passage)
        self.once |= passage

    @property
    def twice(self) -> set[str]:
        """Those that more than one of its passages has; few topics are ever asked for them."""
        if self._twice is None:
            self._twice, once = set(), set[str]()
            for passage in self._passages:
                self._twice |= once & passage
                once |= passage
        return self._twice

    def kinship(self, passage: frozenset[str], *, member: bool = False) -> float:
        """How much more a passage has in common with the article than chance gives: about -1 for another subject, 2 for
        its own, in standard deviations. A ``member`` of the article is held against the rest of it.

        Chance gives more shared pairs the longer the two are; ``PAIRS`` and ``GROWTH`` say how many more.
        """
        size, others = len(passage), len(self.once)
        if not size or not others:
            return 0.0
        if member:
            shared, others = len(passage & self.twice), max(others - size, 0)
        else:
            shared = len(passage & self.once)
        chance = (size * others) ** GROWTH / PAIRS
        return float((shared - chance) / (chance + EASE) ** 0.5)

    def cover(self, headline: Set[str]) -> float:
        """The share of the pairs of a headline that the article has."""
        return len(headline & self.once) / len(headline) if headline else 0.0


@cache
def _common() -> frozenset[str]:
    return frozenset(table("page")["topic"]["common"])


@cache
def _telling() -> re.Pattern[str]:
    """Every two Chinese characters side by side, none of which has only a grammatical meaning."""
    idle = sorted(set(table("page")["topic"]["function"]))
    bounds = ["\u33ff", *idle, "\ua000"]
    ranges = [(chr(ord(a) + 1), chr(ord(b) - 1)) for a, b in pairwise(bounds)]
    telling = "[" + "".join(f"{a}-{b}" for a, b in ranges if a <= b) + "]"
    return re.compile(f"(?=({telling}{telling})){telling}")
