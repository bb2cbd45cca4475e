"""Where sentences, clauses and lines of a text begin and end. Looked up by bisection, cut once a text."""

import re
from bisect import bisect_right
from functools import cache, lru_cache
from itertools import pairwise

from ingest.frozen import frozen
from ingest.text import Span

# A longer sentence is cut every so many characters: text without full stops is no prose; each look stays cheap.
MAX_SENTENCE = 600


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(r"\n+|[。！？!?…]+[”’」』\"）)]*\n*")


@frozen()
class Sentences:
    """The sentences of `text`: sentence `i` is ``[starts[i], starts[i + 1])``. A line's end ends a sentence too.

    `spans` are the sentences without the blanks and line ends around them.
    """

    text: str
    starts: tuple[int, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> "Sentences":
        starts = [0]
        for end in (*(m.end() for m in _ends().finditer(text)), len(text)):
            starts.extend(range(starts[-1] + MAX_SENTENCE, end, MAX_SENTENCE))
            if starts[-1] < end < len(text):
                starts.append(end)
        spans = [_stripped(text, start, end) for start, end in pairwise([*starts, len(text)])]
        return cls(text, tuple(starts), tuple(spans))

    def index(self, at: int) -> int:
        """The number of the sentence that holds character `at`."""
        return bisect_right(self.starts, at) - 1

    def get(self, number: int) -> Span:
        """Sentence `number` without the blanks and line ends around it; an empty span outside the text."""
        return self.spans[number] if 0 <= number < len(self.spans) else Span(0, 0)

    def at(self, start: int, end: int) -> Span:
        """The sentence or sentences that hold ``[start, end)``."""
        first = last = self.spans[self.index(start)]
        if end > first.end:
            last = self.spans[self.index(max(end - 1, start))]
        elif first.start <= start:
            return first
        return Span(min(first.start, start), max(last.end, end))


def _stripped(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    shown = inside.lstrip()
    start += len(inside) - len(shown)
    return Span(start, start + len(shown.rstrip()))


@lru_cache(maxsize=64)
def sentences_of(text: str) -> Sentences:
    """The sentences of `text`. Several stages ask for those of the same articles, hence the small cache."""
    return Sentences.of(text)
