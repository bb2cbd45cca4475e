"""Numbers and dates in a reader's words: 28000 人 is "2.8 万人" in Chinese and "28,000 people" in English.

No number is rounded without saying so: what four decimals of 万 or 亿 cannot hold is led by 约, unless it is hedged
already: then 超 is rounded down, 近 and 至多 up. :func:`full_number` gives every digit.
"""

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy

from brands.vocabulary.choices import DatePrecision, Qualifier

# Digits behind the point of a scaled number: 四位小数 of 万 is exact for every whole number.
MAX_DECIMALS = 4

PLACES = Decimal(1).scaleb(-MAX_DECIMALS)

CHINESE_SCALES = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
ENGLISH_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))

# How a hedged number is rounded, so that its hedge stays true.
ROUNDED = {
    Qualifier.OVER.value: ROUND_FLOOR,
    Qualifier.NEARLY.value: ROUND_CEILING,
    Qualifier.AT_MOST.value: ROUND_CEILING,
    Qualifier.ABOUT.value: ROUND_HALF_EVEN,
}

SEVERAL_CHINESE = {1: "数十", 2: "数百", 3: "数千", 4: "数万", 5: "数十万", 6: "数百万", 7: "数千万", 8: "数亿",
                   9: "数十亿", 10: "数百亿", 11: "数千亿", 12: "数万亿"}  # fmt: skip
# By power of ten: what 数千 and the like say of a number whose unit alone is known.
SEVERAL_ENGLISH = {1: "dozens", 2: "hundreds", 3: "thousands", 4: "tens of thousands", 5: "hundreds of thousands",
                   6: "millions", 7: "tens of millions", 8: "hundreds of millions", 9: "billions",
                   10: "tens of billions", 11: "hundreds of billions", 12: "trillions"}  # fmt: skip


UNITS = {
    "人": pgettext_lazy("unit", "人"),
    "人次": pgettext_lazy("unit", "人次"),
    "户": pgettext_lazy("unit", "户"),
    "元": pgettext_lazy("unit", "元"),
    "元/天": pgettext_lazy("unit", "元/天"),
    "元/月": pgettext_lazy("unit", "元/月"),
    "元/年": pgettext_lazy("unit", "元/年"),
    "倍": pgettext_lazy("unit", "倍"),
}
# Units in which an income can be told a month, with the months of each. A day's wage can't: nobody says how many days
# are worked.
MONTHS = {"元/月": 1, "元/年": 12}

# Measure words, which English has no use for: what is counted stands in the name of the metric.
CLASSIFIERS = frozenset("家个处份项场期次批所本件种条套块支席座间门类款张大")


def amount(value: Decimal, *, unit: str, qualifier: str = Qualifier.EXACT, value_max: Decimal | None = None) -> str:
    """A number with its unit and hedge, in the active language.

    >>> amount(Decimal(90000), unit="人", qualifier="over")
    '超 9 万人'
    """
    if qualifier == Qualifier.SEVERAL and (several := _several(value)):
        return _several_of(several, unit)
    if value_max is None or value_max == value:
        return _hedged(_with_unit(number(value, qualifier=qualifier), unit), qualifier)
    ends = {"low": number(value), "high": _with_unit(number(value_max), unit)}
    return _hedged(gettext("%(low)s 至 %(high)s") % ends, qualifier)


def brief(value: Decimal, *, qualifier: str = Qualifier.EXACT) -> str:
    """A number with its hedge and without its unit, short enough for a chart.

    >>> brief(Decimal(2300), qualifier="over")
    '超 2300'
    """
    if qualifier == Qualifier.SEVERAL and (several := _several(value)):
        return several
    patterns = {
        Qualifier.NEARLY.value: pgettext("chart", "近 %(amount)s"),
        Qualifier.ABOUT.value: pgettext("chart", "约 %(amount)s"),
        Qualifier.OVER.value: pgettext("chart", "超 %(amount)s"),
        Qualifier.AT_MOST.value: pgettext("chart", "至多 %(amount)s"),
    }
    return patterns.get(qualifier, "%(amount)s") % {"amount": number(value, qualifier=qualifier)}


def number(value: Decimal, *, qualifier: str = Qualifier.EXACT) -> str:
    """A number in the scale that readers of the active language think in, without unit, and without the hedge that
    `qualifier` puts before it.

    >>> number(Decimal(18_000_000_000))
    '180 亿'
    """
    scales = ENGLISH_SCALES if _english() else CHINESE_SCALES
    for size, word in scales:
        if abs(value) >= size:
            scaled = value / size
            rounded = scaled.quantize(PLACES, rounding=ROUNDED.get(qualifier, ROUND_HALF_EVEN))
            if rounded != scaled and word == "million":
                break  # 3,004,433 is read as easily as 3.0044 million, and has nothing left out
            text = f"{_plain(rounded)} {word}"
            return text if rounded == scaled or qualifier in ROUNDED else gettext("约 %(amount)s") % {"amount": text}
    return _plain(value)


def full_number(value: Decimal, *, unit: str, value_max: Decimal | None = None) -> str:
    """Every digit, in groups of three, with the unit.

    >>> full_number(Decimal(18_000_000_000), unit="元")
    '18,000,000,000 元'
    """
    digits = f"{_trimmed(value):,}"
    if value_max is not None:
        digits = f"{digits}–{_trimmed(value_max):,}"
    return f"{digits}%" if unit == "%" else f"{digits} {unit_word(unit)}".rstrip()


def unit_word(unit: str) -> str:
    """The unit in the active language; one that the table doesn't know as the paper has it."""
    if unit in UNITS:
        return str(UNITS[unit])
    return "" if _english() and unit in CLASSIFIERS else unit


def day(value: date | None, precision: str = DatePrecision.DAY) -> str:
    """A date as far as it is known: 2025年11月19日, 2025年11月, 2025年; empty for none."""
    if value is None:
        return ""
    if precision == DatePrecision.YEAR:
        return date_format(value, gettext("Y年"))
    if precision == DatePrecision.MONTH:
        return date_format(value, gettext("Y年n月"))
    return date_format(value, gettext("Y年n月j日"))


def edition_words(edition: int | None, year: int | None, *, batch: bool = False) -> str:
    """An edition as readers say it: 第3届（2025年）, 第3批, 2025年; empty where nothing is known."""
    said = (gettext("第%d批") if batch else gettext("第%d届")) % edition if edition else ""
    when = gettext("%d年") % year if year else ""
    return gettext("%(edition)s（%(year)s）") % {"edition": said, "year": when} if said and when else said or when


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _several(value: Decimal) -> str:
    power = value.adjusted()
    words = SEVERAL_ENGLISH if _english() else SEVERAL_CHINESE
    return words.get(power, "") if value == Decimal(10) ** power else ""


def _several_of(several: str, unit: str) -> str:
    """数千万人, tens of millions of people"""
    word = unit_word(unit)
    return f"{several} of {word}" if _english() and word else f"{several}{word}"


def _with_unit(digits: str, unit: str) -> str:
    if unit == "%":
        return f"{digits}%"
    glued = not _english() and not digits[-1].isdigit()  # 2.8 万人, but 1600 人
    return f"{digits}{unit_word(unit)}" if glued else f"{digits} {unit_word(unit)}".rstrip()


def _hedged(text: str, qualifier: str) -> str:
    patterns = {
        Qualifier.NEARLY.value: gettext("近 %(amount)s"),
        Qualifier.ABOUT.value: gettext("约 %(amount)s"),
        Qualifier.OVER.value: gettext("超 %(amount)s"),
        Qualifier.AT_MOST.value: gettext("至多 %(amount)s"),
        Qualifier.SEVERAL.value: gettext("数量级 %(amount)s"),
    }
    return patterns.get(qualifier, "%(amount)s") % {"amount": text}


def _plain(value: Decimal) -> str:
    trimmed = _trimmed(value)
    return f"{trimmed:,}" if _english() else f"{trimmed}"


def _trimmed(value: Decimal) -> Decimal:
    """Without zeros behind the point, and never in the form 9E+4."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
