"""Dates of issue as they are printed: 2006年04月05日09:25, 2016/06/09, 09.06.2016, 二〇二四年三月五日."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from ingest.frozen import frozen

# Papers and pages that are delivered were printed since; an earlier date is that of something else.
EARLIEST = date(1990, 1, 1)

# A page may come from a place where it is tomorrow already.
AHEAD = timedelta(days=1)

_DIGITS = "〇零○oOＯ一二三四五六七八九"
_VALUES = {**dict.fromkeys("〇零○oOＯ", 0), **{c: n for n, c in enumerate("一二三四五六七八九", 1)}}


@frozen()
class PrintedDate:
    """A date at its place ``[start, end)`` of a text, with the time of day behind it. `day` is None for one that can't
    be: no day of the calendar, in the future, or before EARLIEST."""

    start: int
    end: int
    day: date | None


def dates_in(text: str) -> Iterator[PrintedDate]:
    """The dates with year, month and day that a text has, in order."""
    for match in _date().finditer(text):
        yield PrintedDate(match.start(), match.end(), _day(match))


def date_at(text: str, at: int) -> PrintedDate | None:
    """The date that begins at a place of a text."""
    match = _date().match(text, at)
    return PrintedDate(match.start(), match.end(), _day(match)) if match else None


def possible(year: int, month: int, day: int) -> date | None:
    """The date, None where it can't be that of an issue."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if EARLIEST <= found <= date.today() + AHEAD else None  # noqa: DTZ011 - a day off is allowed for


def _day(match: re.Match[str]) -> date | None:
    if match["y"]:
        return possible(int(match["y"]), int(match["m"] or match["m1"]), int(match["d"] or match["d1"]))
    if match["y4"]:
        return possible(int(match["y4"]), int(match["m4"]), int(match["d4"]))
    if match["y2"]:
        return possible(int(match["y2"]), int(match["m2"]), int(match["d2"]))
    year = int("".join(str(_VALUES[c]) for c in match["y3"]))
    return possible(year, _number(match["m3"]), _number(match["d3"]))


def _number(words: str) -> int:
    """三, 十, 十二, 二十, 廿九, 三十一 as a number."""
    words = words.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = words.rpartition("十")
    return (_VALUES.get(tens, 1) * 10 if ten else 0) + _VALUES.get(ones, 0)


@cache
def _date() -> re.Pattern[str]:
    month, day = "(?P<m>[0-9]{1,2})", "(?P<d>[0-9]{1,2})(?![0-9])"
    marks = rf"年 ?{month} ?月 ?{day}(?: ?[日号])?"
    signs = rf"(?P<mark>[./-]) ?{month.replace('<m>', '<m1>')} ?(?P=mark) ?{day.replace('<d>', '<d1>')}"
    western = rf"(?P<y>[12][0-9]{{3}}) ?(?:{marks}|{signs})"
    slashed = r"(?P<y4>[12][0-9]{3}) (?P<m4>[0-9]{2})/(?P<d4>[0-9]{2})(?![0-9/])"
    day_first = r"(?P<d2>[0-3]?[0-9])[./](?P<m2>[01]?[0-9])[./](?P<y2>[12][0-9]{3})(?![0-9])"
    number = "[一二三四五六七八九十廿卅]{1,3}"
    chinese = rf"(?P<y3>[一二][{_DIGITS}]{{3}})年(?P<m3>{number})月(?P<d3>{number})[日号]"
    second = r" ?[:：分] ?[0-9]{1,2}(?:\.[0-9]{1,6})?秒?"
    hour = rf"(?:[上下中]午|凌晨|晚上?)?[0-9]{{1,2}} ?[:：时点] ?[0-9]{{1,2}}(?:{second}|分)?时?"
    zone = r"(?:Z|[+-][0-9]{2}[:：]?[0-9]{2})?"
    week = "[（(]?(?:星期|周)[一二三四五六日天][）)]?"
    digits = rf"(?=[0-9一二])(?<![0-9./-])(?:{western}|{slashed}|{day_first}|{chinese})"
    return re.compile(rf"{digits}(?:[ ，]{{0,2}}{week})?(?:(?:[ T]| {{2}})?{hour}{zone})?")
