"""What tests ask of a PNG, and of the machine that draws it."""

import struct

from brands.graphics.png import drawable
from tests.needs import missing

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def with_fonts() -> None:
    """Skip the test where no font has Chinese."""
    if not drawable():
        missing("fonts", "no font with Chinese: install Debian's fonts-noto-cjk or set FONTS_DIR")


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height, as the header of a PNG says."""
    assert picture.startswith(SIGNATURE)
    width, height = struct.unpack(">II", picture[16:24])
    return width, height
