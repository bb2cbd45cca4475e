"""What a character of an article looks like to the tagger of names: the characters around it, and what tables know.

Nothing here knows a name of a brand: the features are characters, places, trades, marks and distances to 品牌.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import ahocorasick

from ingest.lexicon import words
from ingest.place_mentions import Places

# What parts the items of a list and the clauses of a sentence.
SEPARATORS = frozenset("、，。；：！？“”‘’「」『』《》（）()【】—…| \n")

# Distances and lengths are told up to these.
FAR, LONG = 20, 12

# The page score is told in so many steps; a score of 1 is in the last one.
PAGE_STEPS = 5

_OPENERS, _CLOSERS = "“‘「『", "”’」』"


class Marked:
    """A text with what tables know of each of its characters. Made once an article, read sentence by sentence.

    `place` has B, I, E in names of places and - elsewhere, `trade` the length of the trade that ends at a character.
    """

    __slots__ = ("loose", "place", "subject", "text", "trade")

    def __init__(self, text: str, places: Places) -> None:
        self.text = text
        place = ["-"] * len(text)
        for hit in places.hits:
            place[hit.start : hit.end] = "B" + "I" * (hit.end - hit.start - 2) + "E"
        self.place = "".join(place)
        trade = ["0"] * len(text)
        for last, size in _trades().iter(text):
            trade[last] = max(trade[last], size)
        self.trade = "".join(trade)
        self.subject = _ends_of(text, "劳务品牌")
        self.loose = _ends_of(text, "品牌")


def _ends_of(text: str, word: str) -> list[int]:
    found, at = [], text.find(word)
    while at >= 0:
        found.append(at)
        at = text.find(word, at + 1)
    return found


@cache
def _trades() -> ahocorasick.Automaton:
    """The trades of the lexicon, each with its length as one character."""
    automaton = ahocorasick.Automaton()
    for word in {*words("shapes", "trades"), *words("shapes", "trade_characters")}:
        automaton.add_word(word, str(min(len(word), 6)))
    automaton.make_automaton()
    return automaton


def name_features(marked: Marked, start: int, end: int, score: float) -> list[list[str]]:
    """The features of each character of the sentence ``[start, end)``, in an article with this page score."""
    pad = 3
    text = "^" * pad + marked.text[start:end] + "$" * pad
    place = "-" * pad + marked.place[start:end] + "-" * pad
    trade = "0" * pad + marked.trade[start:end] + "0" * pad
    page = f"P{min(int(score * PAGE_STEPS), PAGE_STEPS - 1)}"
    far = _distances(marked, start, end)
    found = []
    for at, (item, quote) in enumerate(
        zip(_items(text[pad:-pad], trade[pad:-pad], place[pad:-pad]), _quotes(text[pad:-pad]), strict=True)
    ):
        i = at + pad
        found.append(
            [
                "0" + text[i],
                "1" + text[i - 1],
                "2" + text[i + 1],
                "3" + text[i - 2],
                "4" + text[i + 2],
                "a" + text[i - 1 : i + 1],
                "b" + text[i : i + 2],
                "f" + text[i - 1 : i + 2],
                "p" + place[i - 2 : i + 3],
                "r" + place[i],
                "t" + trade[i - 1 : i + 3],
                "u" + trade[i],
                "w" + place[i - 2 : i + 1] + trade[i],
                page + place[i] + trade[i],
                far[at],
                *item,
                *quote,
            ]
        )
    return found


def _distances(marked: Marked, start: int, end: int) -> list[str]:
    """How far the next and the last 品牌 and 劳务品牌 of the sentence are, for each character."""
    size = end - start
    parts = []
    for places in (marked.subject, marked.loose):
        inside = [at - start for at in places[bisect_left(places, start) : bisect_left(places, end)]]
        parts.append(_nearest(inside, size))
    return [f"D{a}{b}" for a, b in zip(*parts, strict=True)]


def _nearest(places: Sequence[int], size: int) -> list[str]:
    after = ["-"] * size
    for place in reversed(places):
        for at in range(max(place - FAR, 0), place):
            after[at] = _bucket(place - at)
    before = ["-"] * size
    for place in places:
        for at in range(place, min(place + FAR, size)):
            before[at] = _bucket(at - place)
    return [a + b for a, b in zip(after, before, strict=True)]


_BUCKETS = "0123445556666777777789"


def _bucket(distance: int) -> str:
    return _BUCKETS[min(distance, FAR)]


def _items(text: str, trade: str, place: str) -> Iterator[list[str]]:
    """For each character: the marks around its item, its place in it, and whether it begins with a place and ends in a
    trade."""
    left, begin, size = "^", 0, len(text)
    while begin < size:
        if text[begin] in SEPARATORS:
            left = text[begin]
            begin += 1
            yield ["S" + left]
            continue
        end = begin
        while end < size and text[end] not in SEPARATORS:
            end += 1
        right = text[end] if end < size else "$"
        length = end - begin
        told = f"I{left}{right}"
        shape = f"J{left}{right}{'p' if place[begin] == 'B' else '-'}{trade[end - 1]}"
        width = f"L{min(length, LONG)}o"
        for offset, rest in zip(_OFFSETS[:length] + "4" * (length - 4), _rests(length), strict=True):
            yield [told, told + offset + rest, width + offset, shape + offset]
        begin = end


_OFFSETS = "0123"


@lru_cache(maxsize=1024)
def _rests(length: int) -> str:
    """For each character of an item how many are left, itself included, up to six."""
    return "".join([str(min(length - at, 6)) for at in range(length)])


def _quotes(text: str) -> Iterator[list[str]]:
    """For each character inside quotes: its place in them, and what stands before and after them."""
    at, size = 0, len(text)
    while at < size:
        kind = _OPENERS.find(text[at])
        close = text.find(_CLOSERS[kind], at + 1, at + LONG + 6) if kind >= 0 else -1
        if close < 0:
            yield []
            at += 1
            continue
        yield []
        before, after = text[max(at - 2, 0) : at], text[close + 1 : close + 3]
        for i in range(at + 1, close):
            place = f"{min(i - at, 3)}{min(close - i, 3)}"
            yield ["Q" + place, f"A{place}{after}", f"B{place}{before}", f"M{min(close - at, LONG)}{place}"]
        yield []
        at = close + 1
