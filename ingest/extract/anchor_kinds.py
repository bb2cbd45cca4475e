"""What can govern a number at its place in an article, and how readily; what the rules that find such places share."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from itertools import pairwise

from ingest.frozen import frozen
from ingest.lexicon import table
from ingest.records import ExtractedBrand, ExtractedProgram, Mention, Subject, SubjectType

# So many digits of a code say the province.
PROVINCE = 2
# No more of a paragraph than this to each side of a number says whose it is; the longest in print has some 800.
PARAGRAPH = 2000


class Weakness(IntEnum):
    """How readily an anchor gives way to others."""

    NONE = 0
    AWAY = 1
    """A division that opens a clause but is neither the article's place nor the home of a brand of it."""
    ASIDE = 2
    """A division in the middle of a clause, or one that only says who speaks (永川区人社局介绍)."""


@frozen()
class Anchor:
    """A place in the text that can govern numbers. `listed`: one of a list, which governs nothing alone. `heading`: a
    line of its own. A weak one gives way to a brand of the paragraph."""

    start: int
    end: int
    subject: Subject
    listed: bool = False
    heading: bool = False
    weak: Weakness = Weakness.NONE

    @property
    def is_brand(self) -> bool:
        return self.subject.type is SubjectType.BRAND


@frozen()
class Anchors:
    """The brands and meetings of a page: by article, where it names them; by name, where a brand is at home."""

    brands: Mapping[int, Sequence[tuple[Subject, Mention]]]
    meetings: Mapping[int, Sequence[tuple[Subject, Mention]]]
    homes: Mapping[str, str]

    @classmethod
    def of(cls, brands: Sequence[ExtractedBrand], programs: Sequence[ExtractedProgram]) -> "Anchors":
        kinds = table("subjects")["meeting"]["kinds"]
        meetings = [program for program in programs if program.kind in kinds]
        return cls(
            brands=_by_article((Subject(SubjectType.BRAND, brand.name), brand.mentions) for brand in brands),
            meetings=_by_article((Subject(SubjectType.PROGRAM, one.name), one.mentions) for one in meetings),
            homes={brand.name: brand.region for brand in brands if brand.region},
        )


def _by_article(named: Iterable[tuple[Subject, Iterable[Mention]]]) -> dict[int, list[tuple[Subject, Mention]]]:
    found: dict[int, list[tuple[Subject, Mention]]] = {}
    for subject, mentions in named:
        for mention in mentions:
            found.setdefault(mention.article, []).append((subject, mention))
    return found


_ONLY_LIST = re.compile(r"[”’」』\"“‘「『、，和与及 ]*")


def mark_listed(text: str, anchors: Sequence[Anchor], gap: int) -> list[Anchor]:
    """The anchors, those marked that stand beside another in a list."""
    beside = [
        0 < b.start - a.end <= gap and a.subject != b.subject and bool(_ONLY_LIST.fullmatch(text, a.end, b.start))
        for a, b in pairwise(anchors)
    ]
    flags = zip([False, *beside], [*beside, False], strict=True)
    return [
        replace(a, listed=True) if left or right or _beside_quote(text, a) else a
        for a, (left, right) in zip(anchors, flags, strict=False)
    ]


def _beside_quote(text: str, anchor: Anchor) -> bool:
    """Whether a quoted name stands beside another quote that is no name of ours: “农村电商”“乡村工匠”."""
    before = _QUOTE_BEFORE.search(text, max(anchor.start - 3, 0), anchor.start)
    return bool(before or _QUOTE_BEHIND.match(text, anchor.end))


_QUOTE_BEFORE = re.compile("[”’][、和与及]?[“‘]$")
_QUOTE_BEHIND = re.compile("[”’][、和与及]?[“‘]")


def either(words: Iterable[str]) -> str:
    """The words as an alternation that prefers the longest."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
