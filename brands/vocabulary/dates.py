"""Dates that may stop at the month or the year. A row keeps the first day of the period, and the precision."""

import re
from datetime import date

from brands.vocabulary.choices import DatePrecision

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LENGTH = {DatePrecision.YEAR.value: 4, DatePrecision.MONTH.value: 7, DatePrecision.DAY.value: 10}


def from_iso(text: str) -> tuple[date | None, str]:
    """The first day and the precision of an ISO 8601 date that may stop at month or year; ``(None, "")`` for an empty
    text and for one that is no date.

    >>> from_iso("2025-11")
    (datetime.date(2025, 11, 1), 'month')
    """
    match = _ISO.fullmatch(text)
    if match is None:
        return None, ""
    year, month, day = match.groups()
    precision = DatePrecision.DAY if day else DatePrecision.MONTH if month else DatePrecision.YEAR
    try:
        return date(int(year), int(month or 1), int(day or 1)), precision.value
    except ValueError:
        return None, ""


def to_iso(day: date | None, precision: str) -> str:
    """The ISO 8601 date cut to its precision, empty for none: the reverse of :func:`from_iso`."""
    return day.isoformat()[: _LENGTH.get(precision, 10)] if day else ""
