"""A page's text as a reader wants it, while every character remembers where it stands on the page.

Delivered pages are noisy: spaces between characters, lines cut by the width of a column, invisible marks. What is
shown leaves the noise out and changes nothing else, so what is marked on the page is marked in what is shown.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from statistics import median

# Characters from which on a line without a full stop at its end is a paragraph that was cut, not a heading.
PARAGRAPH = 45

# A line that falls short of its column's width by at most so many characters (a 。 that may not begin a line, a
# half-width digit) is a full line of the column.
COLUMN_SLACK = 3

# Single characters in a row that show spaced-out print.
SPACED_OUT = 3

COLUMN_LINES = 4
COLUMN_LEAST = 8
COLUMN_EVEN = 0.7
# A stretch is a column when it has so many lines, so wide, so large a share of them full, so large a share with a comma
# or full stop inside.
COLUMN_PROSE = 0.35

_LINE = re.compile(r"[^\n]+")
_TOKEN = re.compile(r"\S+")
_ENDED = frozenset("。！？!?…；;：:”’」』）)】》—")
_OPEN = frozenset("，,、“‘「『（(【《")
_HEAD = re.compile(r"\s*(?:#{1,6}\s+)?")
_PROSE = frozenset("，。、；,;")


@dataclass(frozen=True)
class Laid:
    """A text laid out for reading. `offsets[i]` is the place on the page of the character ``text[i]``, or -1 for a
    character that was put in: a line end between paragraphs, a space in place of several."""

    text: str
    offsets: tuple[int, ...]

    def places(self, start: int, end: int) -> list[tuple[int, int]]:
        """The half-open stretches of `text` that show the page's ``[start, end)``; more than one where the page's
        order isn't the reading order, none where nothing of it is shown. Characters that were put in belong to a
        stretch only when it goes on behind them."""
        found: list[tuple[int, int]] = []
        for shown in self._runs:
            low = bisect_left(shown, start, key=self.offsets.__getitem__)
            high = bisect_left(shown, end, key=self.offsets.__getitem__)
            if low < high:
                found.append((shown[low], shown[high - 1] + 1))
        return found

    def paragraphs(self) -> list[tuple[int, int]]:
        """The half-open stretches of `text` between line ends."""
        return [(match.start(), match.end()) for match in _LINE.finditer(self.text)]

    @cached_property
    def _runs(self) -> list[list[int]]:
        """The places of characters of the page, in stretches in which offsets rise; an article of three columns has at
        most three."""
        runs: list[list[int]] = [[]]
        last = -1
        for place, offset in enumerate(self.offsets):
            if offset < 0:
                continue
            if offset < last:
                runs.append([])
            runs[-1].append(place)
            last = offset
        return runs


def lay_out(
    text: str, spans: Iterable[tuple[int, int]] | None = None, *, whole: Iterable[tuple[int, int]] = ()
) -> Laid:
    """The stretches of a page's text (all of it, unless told) in the order given, without the page's noise.

    Lines that belong together are joined, other line ends become one ``\\n`` between paragraphs. `whole` are stretches
    that are known to be one sentence or phrase: no line end inside them ends a paragraph.
    """
    sentences = _merged(whole)
    shown: list[str] = []
    offsets: list[int] = []
    for paragraph in _joined(text, _lines(text, [(0, len(text))] if spans is None else spans), sentences):
        if shown:
            shown.append("\n")
            offsets.append(-1)
        for start, end in paragraph:
            _append_line(text, start, end, shown, offsets)
    return Laid("".join(shown), tuple(offsets))


def one_line(laid: Laid) -> Laid:
    """The same as one paragraph, for a sentence that a page break cut in two."""
    return Laid(
        laid.text.replace("\n", ""), tuple(o for o, c in zip(laid.offsets, laid.text, strict=True) if c != "\n")
    )


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    full: int
    """From how many characters on the line fills its column, so that the sentence goes on in the next line."""


def _lines(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[_Line]:
    """The lines that show something, without the space around them."""
    for start, end in _stretches(text, spans):
        found = [
            (left, right)
            for match in _LINE.finditer(text, start, end)
            for left, right in [_stripped(text, match.start(), match.end())]
            if any(not _invisible(character) for character in text[left:right])
        ]
        full = _full_width([text[left:right] for left, right in found])
        yield from (_Line(left, right, full) for left, right in found)


def _stretches(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans inside the text; those that follow one another with nothing but space between, or that overlap, are
    one stretch, so that nothing is shown twice and a column is seen as a whole."""
    merged: list[tuple[int, int]] = []
    for span in spans:
        start, end = (min(max(place, 0), len(text)) for place in span)
        if merged and merged[-1][0] <= start and (start <= merged[-1][1] or text[merged[-1][1] : start].isspace()):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _full_width(lines: list[str]) -> int:
    """In the column of a newspaper most lines are equally wide, and sentences run through them; elsewhere a line is a
    paragraph, a heading or an entry of a list."""
    widths = [_width(line) for line in lines]
    if len(lines) < COLUMN_LINES:
        return PARAGRAPH
    middle = int(median(widths))
    full = max(middle - COLUMN_SLACK, COLUMN_LEAST)
    even = sum(full <= width <= middle + COLUMN_SLACK for width in widths) / len(lines)
    prose = sum(not _PROSE.isdisjoint(line) for line in lines) / len(lines)
    return min(full, PARAGRAPH) if even >= COLUMN_EVEN and prose >= COLUMN_PROSE else PARAGRAPH


def _width(line: str) -> int:
    """Characters but for spaces."""
    return sum(map(len, _TOKEN.findall(line)))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The line's place without the space around it and the sign of a Markdown heading."""
    line = text[start:end]
    head = _HEAD.match(line)
    return start + (head.end() if head else 0), start + len(line.rstrip())


def _merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same ground covered by stretches that don't overlap, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _inside(place: int, sentences: list[tuple[int, int]]) -> bool:
    """Whether a sentence begins before the place and goes on behind it."""
    index = bisect_left(sentences, place, key=lambda sentence: sentence[0]) - 1
    return index >= 0 and place < sentences[index][1]


def _joined(text: str, lines: Iterable[_Line], sentences: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Lines gathered into paragraphs."""
    paragraph: list[tuple[int, int]] = []
    for line in lines:
        paragraph.append((line.start, line.end))
        if not (_inside(line.end, sentences) or _goes_on(text, line)):
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _goes_on(text: str, line: _Line) -> bool:
    """Whether the sentence goes on in the next line: it stops at a comma or an open quote, or where the column does."""
    last = text[line.end - 1]
    return last not in _ENDED and (last in _OPEN or _width(text[line.start : line.end]) >= line.full)


def _append_line(text: str, start: int, end: int, shown: list[str], offsets: list[int]) -> None:
    """Append the line's characters, with the spaces that a reader needs."""
    previous = ""
    singles = 0
    for token in _TOKEN.finditer(text, start, end):
        word = token[0]
        if _space_needed(previous, word, singles) if previous else _words_meet(shown, word):
            shown.append(" ")
            offsets.append(-1)
        places: Iterable[int] = range(token.start(), token.end())
        if not word.isprintable():  # what is printable is visible
            places = [index for index in places if not _invisible(text[index])]
            shown.extend(text[index] for index in places)
        else:
            shown.extend(word)
        offsets.extend(places)
        singles = singles + 1 if _single(_head(word)) else 0
        previous = word


def _words_meet(shown: list[str], word: str) -> bool:
    """Whether a Latin word at the beginning of a line follows one at the end of the line before."""
    return bool(shown) and (shown[-1] + word[0]).isascii() and (shown[-1] + word[0]).isalnum()


def _space_needed(left: str, right: str, singles: int) -> bool:
    """Spaced-out print ("为 深 入") loses its spaces, headlines ("品牌擦亮 就业增收") and Latin words keep theirs.
    `singles` is the number of single characters up to the left word: after a row of them (not two, which may be a
    person's name) the print is spaced out, and so is the character that the next word begins with."""
    if _is_mark(left[-1]) or _is_mark(right[0]):
        return left[-1].isascii() and right[0].isascii()
    return not (_single(_tail(left)) and (_single(_head(right)) or singles >= SPACED_OUT))


def _tail(token: str) -> str:
    """What stands behind the token's last punctuation mark."""
    cut = next((i for i in range(len(token) - 1, -1, -1) if _is_mark(token[i])), -1)
    return token[cut + 1 :]


def _head(token: str) -> str:
    cut = next((i for i, c in enumerate(token) if _is_mark(c)), len(token))
    return token[:cut]


def _single(word: str) -> bool:
    """One Chinese character, or a number."""
    return (len(word) == 1 and not word.isascii()) or (word.isascii() and word.isdigit())


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "P"


def _invisible(character: str) -> bool:
    """Controls and format characters: bidi overrides, zero-width spaces, byte order marks."""
    return unicodedata.category(character) in {"Cc", "Cf"}
