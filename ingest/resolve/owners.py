"""Whose a stretch of an article is: the brand or brands that the words around it speak of.

A fact of a brand goes to the brand that its own part of the sentence names. A list of names is one:
认定“甲”“乙”为省级劳务品牌 says the same of both.
Where names stand apart, and where another brand comes between, the stretch has no owner.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import pairwise

from ingest.frozen import frozen
from ingest.records import Mention
from ingest.resolve.level import SERIES
from ingest.resolve.setting import Setting
from ingest.text import Span

# What may stand between two names of one list, names of places aside: “甲”、某县的“乙”.
_JOINTS = re.compile('[“”‘’「」『』、，和与及的\\s（）()"]*')
# A name that goes on behind one of these is that of a project (“鲁菜师傅·品味中国”), of which other things are told.
_GOES_ON = ("·", "•", "・")
# Names further apart are no list.
APART = 16
# So many characters before a stretch are looked through for the brand that its paragraph speaks of.
PARAGRAPH = 400


@frozen()
class NamedPlaces:
    """Where the brands of a page stand in one article, in order: start, end and the key of the brand. `only` is the
    key of the one brand that the whole page names, empty for several; `since` is where it is named first."""

    setting: Setting
    places: tuple[tuple[int, int, str], ...]
    only: str = ""

    @classmethod
    def of(cls, setting: Setting, found: Mapping[str, Iterable[Mention]]) -> "NamedPlaces":
        order = setting.article.order
        text = setting.text
        here = {
            (m.start, m.end, key)
            for key, mentions in found.items()
            for m in mentions
            if m.article == order and text[m.end : m.end + 1] not in _GOES_ON
        }
        return cls(setting, tuple(sorted(here)), next(iter(found)) if len(found) == 1 else "")

    def between(self, start: int, end: int) -> tuple[tuple[int, int, str], ...]:
        """The names that begin in ``[start, end)``."""
        return self.places[bisect_left(self.places, (start, 0, "")) : bisect_left(self.places, (end, 0, ""))]

    def part(self, start: int, end: int) -> Span:
        """The part of the sentence around a stretch that no semicolon ends."""
        sentence = self.setting.sentences.at(start, end)
        text = self.setting.text
        first = max(text.rfind("；", sentence.start, start) + 1, sentence.start)
        last = text.find("；", end, sentence.end)
        return Span(first, last if last >= 0 else sentence.end)

    def owners(self, start: int, end: int) -> tuple[str, ...]:
        """The keys of the brands that ``[start, end)`` is about, none where that is not plain."""
        part = self.part(start, end)
        if inside := self.between(part.start, part.end):
            return self.listed(inside)
        if before := self._before(part.start):
            return before
        first = self.places[0][0] if self.places else end
        return (self.only,) if self.only and first < start else ()

    def owner(self, start: int, end: int) -> str:
        """The key of the one brand that ``[start, end)`` is about, empty where that is not plain."""
        owners = self.owners(start, end)
        return owners[0] if len(owners) == 1 else ""

    def listed(self, inside: tuple[tuple[int, int, str], ...]) -> tuple[str, ...]:
        """The brands of these names, if they are one or stand in one list."""
        inside = tuple(one for one in inside if not one[2].endswith(SERIES)) or inside
        keys = tuple(dict.fromkeys(key for _, _, key in inside))
        joined = all(self._joined(a[1], b[0]) for a, b in pairwise(inside) if a[1] <= b[0])
        return keys if len(keys) == 1 or joined else ()

    def _joined(self, end: int, start: int) -> bool:
        """Whether nothing but commas, quotes and names of places stands between two names."""
        if start - end > APART:
            return False
        for hit in self.setting.places.between(end, start):
            if not _JOINTS.fullmatch(self.setting.text, end, hit.start):
                return False
            end = max(end, hit.end)
        return end > start or bool(_JOINTS.fullmatch(self.setting.text, end, start))

    def _before(self, at: int) -> tuple[str, ...]:
        """The one brand that the paragraph has named so far."""
        text = self.setting.text
        since = max(at - PARAGRAPH, 0)
        since = max(text.rfind("\n", since, at) + 1, since)
        keys = {key for _, _, key in self.between(since, at)}
        return tuple(keys) if len(keys) == 1 else ()
