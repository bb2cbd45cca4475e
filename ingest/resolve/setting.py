"""An article as the rules for brands read it: its places, its sentences, and where its brands stand."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cache

from ingest.frozen import frozen
from ingest.gazetteer import COUNTRY
from ingest.place_mentions import MAX_READ, Places, alone, dateline, deepest, places_in, province_of
from ingest.place_reading import read_places
from ingest.records import ExtractedArticle
from ingest.sentences import Sentences, sentences_of
from ingest.text import Span

# So many names are followed back to the start of their list, and on to its end.
LONGEST = 40
# So many quotes, commas and words such as 和 may stand between two names of a list.
GAP = 4


@frozen()
class Setting:
    """`place` is the adcode of the article's place, empty for none and the whole country; `named` is where all brands
    stand, sorted, `towns` what the article's towns lie in, `publisher` the province of the paper, `provinces` how often
    places of each province are named outside the names of brands and datelines, `chains` the lists that were looked
    for, and `rows` which sentences were found to be one, or not."""

    article: ExtractedArticle
    text: str
    place: str
    places: Places
    sentences: Sentences
    named: tuple[tuple[int, int], ...]
    towns: Mapping[str, str]
    publisher: str
    provinces: Counter[str]
    chains: dict[tuple[int, int], Span] = field(default_factory=dict)
    rows: dict[Span, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, article: ExtractedArticle, named: Sequence[tuple[int, int]]) -> "Setting":
        text = article.text.text
        places = places_in(text[:MAX_READ])
        place = "" if article.place == COUNTRY else article.place
        publisher = province_of(deepest(read_places(article.publisher), ()))
        towns = _towns(text, places, place)
        spans = tuple(sorted(set(named)))
        aside = tuple(sorted([*spans, *(match.span(1) for match in dateline().finditer(text))]))
        provinces = Counter(province_of(alone(h.candidates)) for h in places.hits if not _inside(aside, h.start))
        return cls(article, text, place, places, sentences_of(text), spans, towns, publisher, provinces)

    @property
    def is_national(self) -> bool:
        """Whether the article is about the whole country."""
        return self.article.place == COUNTRY

    def named_in(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Where brands stand that begin in ``[start, end)``."""
        return self.named[bisect_left(self.named, (start, 0)) : bisect_left(self.named, (end, 0))]

    def names_brand(self, at: int) -> bool:
        """Whether the character `at` belongs to the name of a brand."""
        return _inside(self.named, at)

    def last_brand(self, at: int) -> int:
        """Where the last brand before `at` ends: what stands before it belongs to that one."""
        number = bisect_left(self.named, (at, 0)) - 1
        return self.named[number][1] if number >= 0 else 0

    def chain(self, start: int, end: int) -> Span:
        """The list of names, with nothing but quotes and 、 between, that the name at ``[start, end)`` stands in."""
        found = self.chains.get((start, end))
        if found is None:
            found = self.chains[start, end] = self._chain(start, end)
        return found

    def _chain(self, start: int, end: int) -> Span:
        first = last = bisect_left(self.named, (start, 0))
        lowest, highest = max(first - LONGEST, 0), min(last + LONGEST, len(self.named))
        while first > lowest and self._joined(self.named[first - 1][1], start):
            first -= 1
            start = self.named[first][0]
        while last < highest and (self.named[last][0] < end or self._joined(end, self.named[last][0])):
            end = max(end, self.named[last][1])
            last += 1
        return Span(start, end)

    def _joined(self, end: int, start: int) -> bool:
        """Whether nothing but a list's commas and quotes lies between the end of one name and the start of another."""
        return start - end <= GAP and not self.text[end:start].strip('“”‘’「」『』、和与及"')


def _inside(spans: Sequence[tuple[int, int]], at: int) -> bool:
    number = bisect_left(spans, (at + 1, 0)) - 1
    return number >= 0 and at < spans[number][1]


def _towns(text: str, places: Places, place: str) -> dict[str, str]:
    """The towns and villages that stand right after the name of their division, or of a town in it
    (嵩县陆浑镇的常店村), with the division's adcode."""
    found: dict[str, str] = {}
    ends: dict[int, str] = {}
    for match in _town().finditer(text):
        for size in (3, 2):
            start = match.start() - size
            before = start - 1 if text[start - 1 : start] in _BETWEEN else start
            code = ends.get(before, "") or deepest(places.run_ending(before), [place] if place else [])
            if code:
                found.setdefault(text[start : match.start()], code)
                ends[match.end()] = code
    return found


@cache
def _town() -> re.Pattern[str]:
    kinds = ("镇", "乡", "村", "街道", "社区", "苏木", "山", "岛")
    return re.compile("|".join(f"{kind}(?<=[一-鿿]{{4}}{kind})" for kind in kinds))


# One character that may stand between a county and its village: 临县|前|青塘村, 德清县|的|莫干山脚下.
_BETWEEN = ("的", "前", "后", "东", "西", "南", "北", "上", "下")
