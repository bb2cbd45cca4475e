"""What the rules for names share: the article's text, its sentences, and where words speak for a brand."""

import re
from bisect import bisect_left
from functools import cache

from ingest.frozen import frozen
from ingest.lexicon import words
from ingest.name_shapes import Shape, alternation, shape_of
from ingest.place_mentions import MAX_READ, Places, places_in
from ingest.records import ExtractedArticle
from ingest.sentences import Sentences, sentences_of


@frozen()
class Context:
    """One article, prepared. `brand_at` and `loose_at` are where the words 劳务品牌 and 品牌, 招牌 … begin,
    `towns` the names of towns and villages that the text gives (文港镇)."""

    article: int
    text: str
    body_start: int
    sentences: Sentences
    brand_at: tuple[int, ...]
    loose_at: tuple[int, ...]
    places: Places
    towns: frozenset[str]

    @classmethod
    def of(cls, article: ExtractedArticle) -> "Context":
        text = article.text.text[:MAX_READ]
        brand_at = tuple(m.start() for m in brand_words().finditer(text))
        loose_at = tuple(m.start() for m in loose_words().finditer(text))
        places, sentences = places_in(text), sentences_of(text)
        return cls(article.order, text, article.body_start, sentences, brand_at, loose_at, places, _towns(text))

    def names_place(self, start: int, end: int) -> bool:
        """Whether a place is named in ``[start, end)``."""
        return self.places.any_between(start, end)

    def shape(self, name: str) -> Shape:
        """The shape of a name in this article."""
        return shape_of(name, self.towns)

    def place_before(self, at: int) -> str:
        """The place that stands right before character `at` (曲阳县的“…” too), empty when none does."""
        end = at - 1 if self.text[at - 1 : at] == "的" else at
        run = self.places.run_ending(end)
        return self.text[run[0].start : end] if run else ""

    def near_brand(self, start: int, end: int, *, reach: int) -> bool:
        """Whether a sentence at most `reach` sentences away from ``[start, end)`` says 劳务品牌."""
        return _any_in(self.brand_at, self._window(start, end, reach))

    def near_loose(self, start: int, end: int, *, reach: int) -> bool:
        """Whether a sentence at most `reach` sentences away says 品牌, 招牌, 名片 …"""
        return _any_in(self.loose_at, self._window(start, end, reach))

    def _window(self, start: int, end: int, reach: int) -> tuple[int, int]:
        spans, index = self.sentences.spans, self.sentences.index
        first = spans[max(index(start) - reach, 0)]
        last = spans[min(index(max(end - 1, start)) + reach, len(spans) - 1)]
        return min(first.start, start), max(last.end, end)


def _any_in(places: tuple[int, ...], window: tuple[int, int]) -> bool:
    start, end = window
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


_TOWN = re.compile("[一-鿿](?=镇|乡|村|街道|苏木|社区|山)")


def _towns(text: str) -> frozenset[str]:
    """The two or three characters before 镇, 乡, 村 …, wherever they begin."""
    ends = (match.end() for match in _TOWN.finditer(text, 2))
    return frozenset(text[end - size : end] for end in ends for size in (2, 3) if "\n" not in text[end - 3 : end])


@cache
def brand_words() -> re.Pattern[str]:
    return re.compile(alternation(words("triggers", "brand")))


@cache
def loose_words() -> re.Pattern[str]:
    return re.compile(alternation(words("triggers", "loose")))


@cache
def makes_brand() -> str:
    """The expression of what makes or has a labour brand and is none itself: “…”|推动劳务品牌富民, “…”|有了劳务品牌."""
    brand, makes = alternation(words("triggers", "brand")), alternation(words("triggers", "has_brand"))
    inside = f"(?:(?!{brand})[^，。；：！？“”‘’「」（）《》\\n])"
    return f"{inside}{{0,6}}?(?:{makes})(?![成为的]){inside}{{0,8}}(?:{brand})"
