"""The picture of a page for those who link to it: 1200 by 630, laid out here and drawn as SVG by a template."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from brands.graphics.lettering import fitted, width

WIDTH = 1200
# What those who show such pictures ask for: 1.91 to 1.
HEIGHT = 630
MARGIN = 80
ROOM = WIDTH - 2 * MARGIN

# Where the name begins.
TOP = 116
# A name is set as large as it fits, with so many lines at most.
NAME_SIZES = ((124, 1), (104, 1), (76, 2), (56, 3))
ABOUT_SIZE = 36
SMALL_SIZES = ((28, 1), (24, 1))
FIGURE_SIZES = ((72, 1), (56, 1), (42, 1))
# Where the figure stands; its label stands above.
FIGURE_BASE = 484
RULE = 524
# Where the last line stands: the source, and who made the picture.
FOOT = 584
SITE_SIZE = 34
SEAL = 44
# Between the source and the name of the site.
APART = 28


@dataclass(frozen=True, slots=True)
class Poster:
    """What a picture says: of what kind its subject is, the subject's name, what is known of it in short, a figure with
    what it counts and when, and who says so. All but the name may be empty."""

    kind: str
    name: str
    about: str
    counted: str
    figure: str
    source: str
    site: str


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text, and where it begins."""

    text: str
    y: int
    size: int


@dataclass(frozen=True, slots=True)
class PosterLayout:
    name: list[Words]
    figure: Words
    small: list[Words]
    site: Words
    width: int = WIDTH
    height: int = HEIGHT
    margin: int = MARGIN
    room: int = ROOM
    end: int = WIDTH - MARGIN
    rule: int = RULE
    seal: int = SEAL
    foot: int = FOOT


def laid_out(poster: Poster) -> PosterLayout:
    """Every line with its place; what is too long is set smaller, then broken, then cut."""
    name = list(_name(poster.name))
    (size, (figure,)) = fitted(poster.figure, room=ROOM, sizes=FIGURE_SIZES)
    about = name[-1].y + round(name[-1].size * 0.12) + ABOUT_SIZE + 18
    beside = ROOM - round(width(poster.site) * SITE_SIZE) - SEAL - APART
    small = [
        _line(poster.kind, TOP - 24),
        _line(poster.about, about, sizes=((ABOUT_SIZE, 1), *SMALL_SIZES)),
        _line(poster.counted, FIGURE_BASE - size - 8),
        _line(poster.source, FOOT, room=beside),
    ]
    return PosterLayout(name, Words(figure, FIGURE_BASE, size), small, Words(poster.site, FOOT, SITE_SIZE))


def _name(name: str) -> Iterator[Words]:
    size, lines = fitted(name, room=ROOM, sizes=NAME_SIZES)
    for number, line in enumerate(lines):
        yield Words(line, round(TOP + size * (0.95 + 1.2 * number)), size)


def _line(text: str, y: int, *, room: int = ROOM, sizes: Sequence[tuple[int, int]] = SMALL_SIZES) -> Words:
    size, lines = fitted(text, room=room, sizes=sizes)
    return Words(lines[0], y, size)
