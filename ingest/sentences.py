"""Where sentences, clauses and lines of a text begin and end. Looked up by bisection, cut once a text."""

import re
from bisect import bisect_right
from functools import cache, lru_cache

from ingest.frozen import frozen
from ingest.text import Span

MAX_SENTENCE = 600
"""A longer sentence is cut every so many characters: text without full stops is no prose; each look stays cheap."""


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(r"\n+|[。！？!?…]+[”’」』\"）)]*\n*")


@frozen()
class Sentences:
    """The sentences of `text`: sentence `i` is ``[starts[i], starts[i + 1])``. A line's end ends a sentence too."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Sentences":
        starts = [0]
        for end in (*(m.end() for m in _ends().finditer(text)), len(text)):
            starts.extend(range(starts[-1] + MAX_SENTENCE, end, MAX_SENTENCE))
            if starts[-1] < end < len(text):
                starts.append(end)
        return cls(text, tuple(starts))

    def index(self, at: int) -> int:
        """The number of the sentence that holds character `at`."""
        return max(bisect_right(self.starts, at) - 1, 0)

    def get(self, number: int) -> Span:
        """Sentence `number` without the blanks and line ends around it; an empty span outside the text."""
        if not 0 <= number < len(self.starts):
            return Span(0, 0)
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self._stripped(self.starts[number], end)

    def at(self, start: int, end: int) -> Span:
        """The sentence or sentences that hold ``[start, end)``."""
        number = self.index(start)
        first = last = self.get(number)
        if end > first.end:
            last = self.get(self.index(max(end - 1, start)))
        elif first.start <= start:
            return first
        return Span(min(first.start, start), max(last.end, end))

    def _stripped(self, start: int, end: int) -> Span:
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start, end)


@lru_cache(maxsize=64)
def sentences_of(text: str) -> Sentences:
    """The sentences of `text`. Several stages ask for those of the same articles, hence the small cache."""
    return Sentences.of(text)
