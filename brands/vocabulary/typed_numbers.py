"""Numbers as people type them: 8,000, １．５万, 两万五."""

import re
from decimal import Decimal

_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000, "亿": 100_000_000}

_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}

# A number in digits with a scale behind it, or one in Chinese characters.
TYPED = r"(?:[0-9][0-9,]{0,19}(?:\.[0-9]{1,4})?[百千万亿kw]?|[零一二两三四五六七八九十百千万亿]{1,12})"
_TYPED = re.compile(TYPED)


def typed_number(typed: str) -> int | None:
    """The whole number that was typed, in any width; None for what is none. A digit behind a scale is of the next
    smaller one.

    >>> [typed_number(typed) for typed in ("１．５万", "8,000", "两万五千", "一万五", "万", "十二万", "5万人")]
    [15000, 8000, 25000, 15000, 10000, 120000, None]
    """
    written = typed.translate(_HALF_WIDTH).strip().lower()
    if not _TYPED.fullmatch(written):
        return None
    return _in_digits(written) if written[0].isascii() else _in_characters(written)


# Digits in groups of three or in none, with a scale behind them.
_GROUPED = re.compile(r"((?:[0-9]{1,20}|[0-9]{1,3}(?:,[0-9]{3}){1,6})(?:\.[0-9]{1,8})?)([百千万亿kw]?)")


def typed_decimal(typed: str) -> Decimal | None:
    """The number that was typed, in any width, of at most 20 digits and four decimals; None for what is none.

    >>> [typed_decimal(typed) for typed in ("１００．５", "5万", "5,000", "1,2345", "3.5亿", "-1")]
    [Decimal('100.5'), Decimal('50000'), Decimal('5000'), None, Decimal('350000000.0'), None]
    """
    match = _GROUPED.fullmatch(typed.translate(_HALF_WIDTH).strip().lower())
    if not match:
        whole = typed_number(typed) if typed.strip()[:1] in _DIGITS or typed.strip()[:1] in _SCALES else None
        return None if whole is None else Decimal(whole)
    number = Decimal(match[1].replace(",", "")) * _SCALES.get(match[2], 1)
    is_kept = number < Decimal(10) ** 20 and number == round(number, 4)
    return number if is_kept else None


def _in_digits(written: str) -> int | None:
    digits = written.rstrip("".join(_SCALES))
    whole, _, parts = digits.replace(",", "").partition(".")
    scale = _SCALES.get(written[len(digits) :], 1)
    rest, broken = divmod(int(parts or 0) * scale, 10 ** len(parts))
    return None if broken else int(whole) * scale + rest


def _in_characters(written: str) -> int:
    """Each scale counts what stands before it; 万 and 亿 count all before them."""
    total, section, digit, scale = 0, 0, 0, 1
    for character in written:
        if character in _DIGITS:
            digit = _DIGITS[character]
            continue
        scale = _SCALES[character]
        if scale >= _SCALES["万"]:
            total, section, digit = total + (section + digit or 1) * scale, 0, 0
        else:
            section, digit = section + (digit or 1) * scale, 0
    last = scale // 10 if scale > 1 and written[-1] in _DIGITS and written[-2] in _SCALES else 1
    return total + section + digit * last
