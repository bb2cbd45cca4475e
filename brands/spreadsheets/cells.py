"""What one cell of a table says. A spreadsheet takes a text that begins like a formula for one and runs it, so such a
text gets an apostrophe before it; reading takes exactly that one off again."""

import re
from decimal import Decimal
from typing import TypeAlias

Cell: TypeAlias = str | int | Decimal

# Characters of a cell, as many as a spreadsheet takes.
MAX_CELL = 32_767

# Digits of a number that spreadsheets keep.
EXACT_DIGITS = 15

_BLANK = r"[\s\u200b-\u200f\u2060\ufeff]"
# How a formula begins, also behind blanks and in full width. Behind apostrophes, since reading takes one off.
_ALIVE = re.compile(rf"'*(?:[\t\r]|{_BLANK}*[=+\-@＝＋－＠])")

_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_SPELLED = re.compile("_x([0-9A-Fa-f]{4})_")
_SEPARATOR = re.compile(r"((?:[^\\|]|\\.)*)(?:\||\Z)", re.DOTALL)


def disarmed(text: str) -> str:
    """The text as it stands in a file.

    >>> disarmed("=1+1"), disarmed("'=1"), disarmed("'90后")
    ("'=1+1", "''=1", "'90后")
    """
    return f"'{text}" if _ALIVE.match(text) else text


def armed(text: str) -> str:
    """The reverse of :func:`disarmed`."""
    return text[1:] if text.startswith("'") and _ALIVE.match(text) else text


def spelled(text: str) -> str:
    """The text with what XML can't hold, or would change, written as OOXML does: ``_x000D_``."""
    return _UNSPEAKABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unspelled(text: str) -> str:
    """The reverse of :func:`spelled`."""
    return _SPELLED.sub(lambda match: chr(int(match[1], 16)), text)


def joined(parts: list[str]) -> str:
    r"""Several texts in one cell.

    >>> joined(["吕梁护工", "a|b"])
    '吕梁护工|a\\|b'
    """
    return "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)


def parted(text: str) -> list[str]:
    """The reverse of :func:`joined`; empty parts are left out."""
    parts = (match[1] for match in _SEPARATOR.finditer(text))
    return [re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in parts if part]


def plain(number: Decimal | None) -> str:
    """All digits of the number, none too many."""
    return "" if number is None else f"{number.normalize():f}"


def is_exact(number: Decimal) -> bool:
    """Whether a spreadsheet keeps all digits of the number."""
    return len(plain(number).replace(".", "").lstrip("0")) <= EXACT_DIGITS
