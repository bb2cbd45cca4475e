"""Text that remembers where each of its characters stood in the file.

Offsets are Unicode code points into a page's text as decoded (line ends as ``\\n``, no byte order mark). Everything a
stage cuts out, joins or folds goes through :class:`MappedText`, so that a fact found in clean text can always be
shown in the original.
"""

import re
from array import array
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from ingest.frozen import frozen


@frozen(order=True)
class Span:
    """A half-open stretch ``[start, end)`` of a text, in code points. It may be empty, not negative."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]


def last_match(pattern: re.Pattern[str], text: str, start: int, end: int) -> Span | None:
    """Where a pattern stands last in ``[start, end)`` of a text; None for nowhere."""
    last = deque(pattern.finditer(text, start, end), maxlen=1)
    return Span(*last[0].span()) if last else None


@frozen()
class MappedText:
    """A text made of pieces of a source, with the place of each piece.

    ``starts[i]`` is where piece ``i`` begins in ``text``, ``sources[i]`` where it begins in the source; inside a piece
    the characters correspond one to one. Pieces are few (one a removed blank), so looking a place up is a bisection.
    """

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]

    @classmethod
    def of(cls, source: str, *, start: int = 0, end: int | None = None) -> "MappedText":
        """The stretch ``[start, end)`` of ``source``, unchanged."""
        text = source[start:end]
        return cls(text, (0,), (start,)) if text else cls("", (), ())

    @classmethod
    def join(cls, parts: Iterable["MappedText"], *, glue: str = "") -> "MappedText":
        """The parts in the order given (which need not be that of the source), ``glue`` between them.

        Glue stands nowhere in the source; it is taken to be the last character of the part before it, which is one that
        the source has even where that part ends it.
        """
        texts: list[str] = []
        starts: list[int] = []
        sources: list[int] = []
        at = source_end = 0
        for part in parts:
            if not part.text:
                continue
            if texts and glue:
                starts.append(at)
                sources.append(source_end - 1)
                texts.append(glue)
                at += len(glue)
            starts.extend([at + s for s in part.starts])
            sources.extend(part.sources)
            texts.append(part.text)
            at += len(part.text)
            source_end = part.sources[-1] + len(part.text) - part.starts[-1]
        return cls("".join(texts), tuple(starts), tuple(sources))

    def __len__(self) -> int:
        return len(self.text)

    def source_at(self, index: int) -> int:
        """Where character ``index`` stood in the source. IndexError outside the text."""
        if not 0 <= index < len(self.text):
            raise IndexError(f"{index} is outside a text of {len(self.text)} characters")
        piece = bisect_right(self.starts, index) - 1
        return self.sources[piece] + index - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The smallest stretch of the source that holds all characters of ``[start, end)``."""
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"[{start}, {end}) is empty or outside a text of {len(self.text)} characters")
        first = bisect_right(self.starts, start) - 1
        if first + 1 == len(self.starts) or end <= self.starts[first + 1]:  # one piece, as mostly
            shift = self.sources[first] - self.starts[first]
            return Span(start + shift, end + shift)
        begins, stops = zip(*self._pieces(start, end), strict=True)
        return Span(min(begins), max(stops))

    def runs(self, start: int, end: int, *, max_gap: int = 8) -> tuple[Span, ...]:
        """The stretches of the source that hold ``[start, end)``, joined over gaps of ``max_gap`` at most."""
        found: list[Span] = []
        first = last = -1
        for begin, stop in self._pieces(start, end):
            if first >= 0 and -1 <= begin - last <= max_gap:  # -1: glue
                if stop > last:
                    last = stop
                continue
            if first >= 0:
                found.append(Span(first, last))
            first, last = begin, stop
        if first >= 0:
            found.append(Span(first, last))
        return tuple(found)

    def stretch_of(self, source: Span) -> Span | None:
        """The smallest stretch of the text that holds all characters which stood in this one of the source; None where
        none of them is there."""
        first, last = len(self.text), -1
        bounds = (*self.starts, len(self.text))
        for at, origin, end in zip(self.starts, self.sources, bounds[1:], strict=True):
            begin, stop = max(source.start, origin), min(source.end, origin + end - at)
            if begin < stop:
                first, last = min(first, at + begin - origin), max(last, at + stop - origin)
        return Span(first, last) if first < last else None

    def cut(self, start: int, end: int) -> "MappedText":
        """The part ``[start, end)`` of this text, still mapped to the same source."""
        start, end = max(start, 0), min(end, len(self.text))
        if start >= end:
            return MappedText("", (), ())
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        source = self.sources[first] + start - self.starts[first]
        if first == last:
            return MappedText(self.text[start:end], (0,), (source,))
        starts = [s - start for s in self.starts[first + 1 : last + 1]]
        return MappedText(self.text[start:end], (0, *starts), (source, *self.sources[first + 1 : last + 1]))

    def without(self, pattern: re.Pattern[str]) -> "MappedText":
        """This text without the matches of ``pattern``. A group named ``drop`` limits what is taken out to it."""
        group: int | str = "drop" if "drop" in pattern.groupindex else 0
        return self.without_spans(match.span(group) for match in pattern.finditer(self.text))

    def without_spans(self, spans: Iterable[tuple[int, int]]) -> "MappedText":
        """This text without the stretches given, which ascend and do not overlap. Takes time linear in both."""
        begins, ends, at = array("q"), array("q"), 0  # a hostile page has half a million
        for start, end in spans:
            if start < end:
                if at < start:
                    begins.append(at)
                    ends.append(start)
                at = end
        if not at:
            return self
        if at < len(self.text):
            begins.append(at)
            ends.append(len(self.text))
        return self._kept(begins, ends)

    def _kept(self, firsts: "array[int]", lasts: "array[int]") -> "MappedText":
        text = "".join([self.text[begin:end] for begin, end in zip(firsts, lasts, strict=True)])
        lengths = (end - begin for begin, end in zip(firsts, lasts, strict=True))
        begins = list(accumulate(lengths, initial=0))[:-1]
        if len(self.starts) == 1:
            shift = self.sources[0]
            return MappedText(text, tuple(begins), tuple([begin + shift for begin in firsts]))
        starts: list[int] = []
        sources: list[int] = []
        bounds, origins, piece = (*self.starts, len(self.text)), self.sources, 0
        for at, begin, end in zip(begins, firsts, lasts, strict=True):
            while bounds[piece + 1] <= begin:
                piece += 1
            starts.append(at)
            sources.append(origins[piece] + begin - bounds[piece])
            while bounds[piece + 1] < end:
                piece += 1
                starts.append(at + bounds[piece] - begin)
                sources.append(origins[piece])
        return MappedText(text, tuple(starts), tuple(sources))

    def translate(self, table: Mapping[int, str]) -> "MappedText":
        """This text with characters exchanged one for one. ValueError when the table changes the length."""
        text = self.text.translate(table)
        if len(text) != len(self.text):
            raise ValueError("a mapped text can only exchange one character for one")
        return MappedText(text, self.starts, self.sources)

    def strip(self) -> "MappedText":
        text = self.text
        return self.cut(len(text) - len(text.lstrip()), len(text.rstrip()))

    def lines(self) -> Iterator["MappedText"]:
        """The lines of the text without their ends, empty ones too."""
        at = 0
        for line in self.text.split("\n"):
            yield self.cut(at, at + len(line))
            at += len(line) + 1

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of the source, ``(start, end)``, that hold the characters ``[start, end)``, in their order."""
        if start >= end:
            return
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        source = self.sources[first] + start - self.starts[first]
        for piece in range(first, last):
            stop = self.starts[piece + 1]
            yield source, source + stop - start
            start, source = stop, self.sources[piece + 1]
        yield source, source + end - start
