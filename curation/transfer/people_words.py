"""What people write into a cell where a file of the site has a code: labels, 5万, 2024年, 甲、乙."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext

from brands.search.filter_terms import labels
from brands.vocabulary.script import simplified
from brands.vocabulary.typed_numbers import typed_decimal

# More words for values of closed lists, by field.
MORE_WORDS: dict[str, dict[str, str]] = {
    "level": {
        "国家": "national",
        "全国": "national",
        "省": "provincial",
        "自治区级": "provincial",
        "直辖市级": "provincial",
        "市": "prefectural",
        "地市级": "prefectural",
        "州级": "prefectural",
        "县": "county",
        "区级": "county",
        "区县级": "county",
        "县区级": "county",
        "县市级": "county",
    },
}

_BETWEEN = re.compile(r"[、，；;,\n\r]+")
_YEAR = re.compile(r"([0-9]{4})\s*(?:年度?)?")
_WHOLE = re.compile(r"[0-9]{1,9}")
_DATE = re.compile(r"([0-9]{4})\s*[年./-]\s*(?:([0-9]{1,2})\s*(?:[月./-]\s*(?:([0-9]{1,2})\s*日?)?)?)?")


def plain_width(text: str) -> str:
    """The text in half width, without blanks around it."""
    return unicodedata.normalize("NFKC", text).strip()


def pieces_of(text: str) -> list[str]:
    """The names in a cell, between 、 ， ； or line ends.

    >>> pieces_of("甲护工、乙护工；丙护工")
    ['甲护工', '乙护工', '丙护工']
    """
    return [piece for part in _BETWEEN.split(text) if (piece := part.strip())]


def chosen(text: str, name: str, choices: Sequence[tuple[str, str | Promise]]) -> str:
    """The code that the cell means, by code, by label in Chinese or the active language, or by another word for it.
    ValueError, in words for people, where it means none; `name` is that of the field."""
    code = text.strip()
    values = dict(choices)
    if not code or code in values:
        return code
    word = simplified(plain_width(code)).lower()
    for language in ("zh-hans", translation.get_language() or "zh-hans"):
        with translation.override(language):
            found = next((value for value, label in choices if value and str(label).lower() == word), "")
        if found:
            return found
    field, _, asked = labels().get(word, "").partition(":")
    found = MORE_WORDS.get(name, {}).get(word) or (asked if field == name else "")
    if found in values and found:
        return found
    usable = gettext("、").join(str(label) for value, label in choices if value)
    raise ValueError(gettext("没有“%(text)s”；可以填：%(usable)s。") % {"text": code, "usable": usable})


def whole_number(text: str) -> int | None:
    """The whole number that the cell says, in any width; None where it is empty or none."""
    number = typed_decimal(text)
    return int(number) if number is not None and number == int(number) else None


def year_of(text: str) -> int | None:
    """The year that the cell says, None for an empty one. ValueError, in words for people, for what is no year."""
    plain = plain_width(text)
    match = _YEAR.fullmatch(plain)
    if plain and not match:
        raise ValueError(gettext("“%s”不是年份，请写四位数字。") % plain)
    return int(match[1]) if match else None


def iso_of(text: str) -> str:
    """A date as people and spreadsheets write it (2025年11月20日, 2025/1/2, 2025.11) as ISO 8601; else the text.

    >>> iso_of("2025年1月"), iso_of("2025/11/2"), iso_of("Nov-25")
    ('2025-01', '2025-11-02', 'Nov-25')
    """
    match = _DATE.fullmatch(plain_width(text))
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else plain_width(text)
