"""How wide a text is that no browser lays out, and where its lines end.

Widths are in characters of Chinese, estimated on the broad side: what is said to fit does fit.
"""

import re
import unicodedata
from collections.abc import Sequence

# The width of a Latin letter or a digit, as a part of a Chinese character's.
NARROW = 0.6
# That of the broadest Latin letters.
BROAD = 0.95

_BROAD_LETTERS = frozenset("MWmw@%ÆŒæœ")

# What stays on one line: a Latin word or a number, and a Chinese character with the marks that may not be parted from
# it: no line begins with a comma or ends with an opening quote.
_PIECE = re.compile(
    r"\s+|(?:[0-9A-Za-zÀ-ɏ][0-9A-Za-zÀ-ɏ.,:'’%-]*|[（“‘《〈「『【]*.)[，。、；：）》〉”’」』】！？…]*", re.DOTALL
)


def width(text: str) -> float:
    """The width of a text on one line."""
    return sum(_wide(character) for character in text)


def wrapped(text: str, *, room: float, most: int) -> list[str]:
    """The text in lines as wide as `room`, at most so many; the last one says with … that more follows. A word that is
    wider than a line is broken.

    >>> wrapped("吕梁山护工", room=3, most=2)
    ['吕梁山', '护工']
    >>> wrapped("County Paper", room=5, most=2)
    ['County', 'Paper']
    """
    lines = [""]
    for piece in _pieces(text, room):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > room:
            if len(lines) == most:
                return [*lines[:-1], _cut(lines[-1].rstrip(), room)]
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [*lines[:-1], lines[-1].rstrip()]


def fitted(text: str, *, room: float, sizes: Sequence[tuple[int, int]]) -> tuple[int, list[str]]:
    """The largest size at which the text fits, and its lines, as even as can be. `sizes` are sizes with the most lines
    that each may have, the largest first; `room` is in units of the sizes. What fits at none is cut at the last."""
    for size, most in sizes:
        lines = wrapped(text, room=room / size, most=most + 1)
        if len(lines) <= most:
            return size, _even(text, room / size, len(lines))
    size, most = sizes[-1]
    return size, wrapped(text, room=room / size, most=most)


def _even(text: str, room: float, count: int) -> list[str]:
    """The text in so many lines, none much shorter than the others."""
    least = width(text) / count
    tries = (least + (room - least) * step / 8 for step in range(8))
    found = (lines for narrow in tries if len(lines := wrapped(text, room=narrow, most=count + 1)) == count)
    return next(found, wrapped(text, room=room, most=count))


def _pieces(text: str, room: float) -> list[str]:
    pieces = _PIECE.findall(text)
    return [part for piece in pieces for part in ([piece] if width(piece) <= room else piece)]


def _cut(line: str, room: float) -> str:
    """The line, shortened as far as the ellipsis needs room."""
    while line and width(line) + 1 > room:
        line = line[:-1]
    return line + "…"


def _wide(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    return BROAD if character in _BROAD_LETTERS else NARROW
