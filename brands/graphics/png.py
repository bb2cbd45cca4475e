"""SVG to PNG, for those who can't show SVG: other people's pages, chats, office programs.

A picture is drawn with two fonts of the machine that have Chinese, a serif one and one without; on a machine that has
none there are no pictures at all, as boxes in place of characters would be worse.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import resvg_py
from django.conf import settings

SERIF = ("NotoSerifCJK-Bold.ttc", "NotoSerifCJKsc-Bold.otf", "NotoSerifSC-Bold.otf", "SourceHanSerifSC-Bold.otf")
# Files of fonts that are known to have Chinese, the better first.
SANS = ("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf", "SourceHanSansSC-Regular.otf")

# Of an SVG that is drawn, which bounds the time: resvg takes 0.1 s for our longest, of 4,300 characters, and 0.7 s for
# 6,000 that are all text. Other threads wait meanwhile.
MOST_CHARACTERS = 12_000

# Of a picture, which takes four bytes each while it is drawn.
MOST_PIXELS = 2_000_000


def drawable() -> bool:
    """Whether this machine has the fonts that pictures need."""
    return bool(font_files(settings.FONTS_DIR))


@lru_cache(maxsize=4)
def font_files(folder: Path) -> tuple[str, ...]:
    """A serif font and one without serifs, or nothing where one of them is missing below `folder`."""
    found = {path.name: str(path) for path in folder.rglob("*") if path.name in {*SERIF, *SANS}}
    chosen = tuple(next((found[name] for name in names if name in found), "") for names in (SERIF, SANS))
    return chosen if all(chosen) else ()


def png(svg: str, *, size: tuple[int, int], zoom: int = 1) -> bytes:
    """The picture of an SVG that is `size` wide and high, each side `zoom` times as long. Raises ValueError for what is
    too large to be drawn, and where there are no fonts."""
    fonts: Sequence[str] = font_files(settings.FONTS_DIR)
    width, height = size
    if not fonts:
        raise ValueError(f"no font with Chinese below {settings.FONTS_DIR}")
    if len(svg) > MOST_CHARACTERS or width * height * zoom**2 > MOST_PIXELS:
        raise ValueError(f"an SVG of {len(svg)} characters, {width} by {height} and {zoom} times that, is too large")
    return resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, skip_system_fonts=True, font_files=list(fonts))
