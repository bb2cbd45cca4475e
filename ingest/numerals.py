"""Finds numbers as Chinese papers write them: 近1000亿元, 9万余名, 数千万人, 二十七万余, 8000元至1.2万元, 七成以上."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from brands.vocabulary.choices import Qualifier
from ingest.frozen import frozen
from ingest.lexicon import ahead, table

# Longest run of Arabic digits that is a number; longer ones are identifiers. A national output in 元 has 15.
MAX_DIGITS = 15
# Longest number in Chinese characters; 九千九百九十九万九千九百九十九亿 has 16.
MAX_CHARACTERS = 20

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_PERCENT, _TENTHS = "%", "成"
_RANKS = "百千万亿"

# The unit of 翻一番; its value is the growth in percent (翻两番 is 300).
DOUBLING = "番"


@frozen()
class Number:
    """A number at its place: ``[start, end)`` holds the hedge, the digits and the unit.

    `digits` is where the number itself begins, after the hedge. `value` is in the plain `unit` (近1000亿元 is
    100000000000 元, 三成 is 30 %); `unit` is empty where no known one follows. `value_max` is the upper end of a range.
    `bare` says that nothing but 百, 千, 万 or 亿 was written, `chinese` that the number has no Arabic digit.
    """

    start: int
    end: int
    value: Decimal
    qualifier: Qualifier = Qualifier.EXACT
    unit: str = ""
    value_max: Decimal | None = None
    bare: bool = False
    chinese: bool = False
    digits: int = 0


def find_numbers(text: str) -> Iterator[Number]:
    """The numbers of ``text`` that count something, from left to right, ranges joined: those with a known unit and
    those written with 百, 千, 万 or 亿. Plain digits (years, days, telephone numbers), ordinals (第三届), identifiers
    and 一个 are left out."""
    previous: Number | None = None
    for match in _pattern().finditer(text):
        number = None if _is_plain(text, match) else _number(text, match)
        if number is None:
            continue
        if previous is not None:
            if number.start < previous.end:  # 3成万人: a character is of one number only
                number = replace(number, start=previous.end)
            joined = _joined(text, previous, number)
            if joined is not None:
                previous = joined
                continue
            yield previous
        previous = number
    if previous is not None:
        yield previous


def _is_plain(text: str, match: re.Match[str]) -> bool:
    """Whether a match is told at a glance to be no count: most numbers of a page are such."""
    if match.lastgroup == "arabic":  # 2024, 13800000000
        return text[match.end() : match.end() + 1] not in _LINKS
    arabic, chinese, rank, unit = match.group("arabic", "chinese", "rank", "unit")
    if unit is None and rank is None and not (chinese and chinese[-1] in _RANKS):
        plain = arabic or chinese
        return plain is not None and text[match.end() : match.end() + 1] not in _LINKS
    return chinese == "一" and unit not in ("成", "倍")


_LINKS = tuple("至到—–－-~～")


def chinese_number(characters: str) -> tuple[Decimal, Decimal | None] | None:
    """The value of a number in characters, and the upper end where two digits in a row make a range (两三千).

    >>> chinese_number("二十七万")
    (Decimal('270000'), None)

    None for what is no number (十四五) and for digits read one by one (二〇二四).
    """
    if len(characters) > MAX_CHARACTERS:
        return None
    spread = _SPREAD.search(characters)
    if spread:
        low, high = tuple(spread.group())
        if _DIGITS[high] != _DIGITS[low] + 1 and not characters.startswith("三五"):  # 三五千元, but not 十三五
            return None
        ends = [_whole(characters[: spread.start()] + d + characters[spread.end() :]) for d in (low, high)]
        return None if ends[0] is None or ends[1] is None else (ends[0], ends[1])
    value = _whole(characters)
    return None if value is None else (value, None)


_SPREAD = re.compile("[一二两三四五六七八九]{2}")


def _whole(characters: str) -> Decimal | None:
    """Reads 一亿二千万, 十八万, 三千五 (3500). Ranks must fall within a section, sections must fall too."""
    total = section = 0
    digit: int | None = None
    rank = 10**4
    for c in characters:
        if c in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[c]
        elif c in _SMALL:
            if _SMALL[c] >= rank:
                return None
            rank = _SMALL[c]
            section += (1 if digit is None else digit) * rank
            digit = None
        else:
            section += digit or 0
            total = (total + section or 1) * _LARGE[c] if c == "亿" else total + (section or 1) * _LARGE[c]
            section, digit, rank = 0, None, 10**4
    if digit and characters[-2:-1] in ("百", "千"):
        digit *= rank // 10
    elif digit and characters[-2:-1] in ("万", "亿"):
        digit *= _LARGE[characters[-2]] // 10
    return Decimal(total + section + (digit or 0))


@cache
def _pattern() -> re.Pattern[str]:
    """One expression for one number. Every part after the digits is optional and no two neighbours can take the same
    character, so a match never backtracks further than its own length."""
    units = "|".join(_unit_alternatives())
    after = "|".join(_longest_first(word for words in table("units")["after"].values() for word in words))
    return re.compile(
        rf"{ahead(_DIGITS, '翻数几十百千万亿0-9')}(?:翻(?:了|上)?(?P<doublings>[一二两三四1-4])?番"
        r"|(?P<denominator>[十百千]|[二三四五六七八九])分之(?P<numerator>[0-9]{1,6}(?:\.[0-9]{1,4})?|[一二两三四五六七八九十]{1,4})"
        rf"(?P<fraction_after>{after})?"
        r"|(?:(?P<arabic>[0-9]{1,3}(?:[,，][0-9]{3}){1,5}(?![0-9])(?:\.[0-9]+)?"
        rf"|(?<![0-9., ])[0-9]{{1,3}}(?: [0-9]{{3}}){{1,4}}(?:\.[0-9]+)?(?= ?(?:[{_RANKS}多余]|{units}))"  # 1 260余名
        r"|[0-9]+(?:\.[0-9]+)?)"
        r"|(?P<several>[数几])(?=[十百千万亿])|(?P<chinese>[〇零一二两三四五六七八九十百千万亿]+))"
        r"(?P<some>[多余+]|[几来](?=[十百千万亿个名人家户位种元]))?(?:个(?P<odd>多)?(?=亿))?"
        r"(?P<rank>[十百千]?万亿|[十百千]?[万亿]|[十百千])?(?P<more>[多余+]|来(?=[块元人名]))?"
        rf"(?:(?P<unit>{units})(?P<part>(?<=成)[一二三四五六七八九](?=$|{after}|[，。；、的）])|(?<=[成倍])半)?(?P<after>{after})?|(?P<late>{after}))?)"
    )


def _longest_first(words: Iterable[str]) -> list[str]:
    return [re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))]


def _unit_alternatives() -> list[str]:
    unless = table("units")["unless"]
    surfaces = sorted(_unit_names(), key=lambda word: (-len(word), word))
    return [re.escape(s) + (f"(?!{'|'.join(map(re.escape, unless[s]))})" if s in unless else "") for s in surfaces]


@cache
def _unit_names() -> dict[str, str]:
    return {surface: unit for unit, surfaces in table("units")["units"].items() for surface in surfaces}


@cache
def _hedges() -> tuple[re.Pattern[str], dict[str, Qualifier], frozenset[str]]:
    """Words before a number at its end, their meanings, the longest first, and with which characters they end."""
    listed = [(word, Qualifier(name)) for name, words in table("units")["before"].items() for word in words]
    before = dict(sorted(listed, key=lambda pair: -len(pair[0])))
    part = {word: "".join(heads) for word, heads in table("units")["part_of_another_word"].items()}
    guarded = [(f"(?<![{part[w]}])" if w in part else "") + re.escape(w) for w in before]
    return re.compile(f"(?:{'|'.join(guarded)})+$"), before, frozenset(word[-1] for word in before)


@cache
def _after() -> dict[str, Qualifier]:
    return {word: Qualifier(name) for name, words in table("units")["after"].items() for word in words}


def _number(text: str, match: re.Match[str]) -> Number | None:
    if _is_code(text, match.start(), match.end()):
        return None
    if match["denominator"]:
        return _fraction(text, match)
    if match.group().startswith("翻"):
        times = chinese_number(match["doublings"] or "一") if not (match["doublings"] or "").isdigit() else None
        doublings = int(times[0]) if times else int(match["doublings"])
        return Number(match.start(), match.end(), Decimal((2**doublings - 1) * 100), unit=DOUBLING)
    return _count(text, match)


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether the characters around say that this is no count: 第三, C919, 3D, 2024-5."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return before == "第" or _is_letter(before) or before in "._/\\" or _is_letter(after)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _fraction(text: str, match: re.Match[str]) -> Number | None:
    parts = [_plain(match["denominator"]), _plain(match["numerator"])]
    if parts[0] is None or parts[1] is None or not parts[0]:
        return None
    value = (parts[1] * 100 / parts[0]).quantize(Decimal("0.01")).normalize() + 0
    hedge, start = _hedge(text, match.start())
    return Number(start, match.end(), value, _after().get(match["fraction_after"] or "", hedge), _PERCENT)


def _plain(digits: str) -> Decimal | None:
    if digits[0].isascii():
        return Decimal(digits)
    read = chinese_number(digits)
    return None if read is None else read[0]


def _count(text: str, match: re.Match[str]) -> Number | None:
    read = _digits(match)
    if read is None:
        return None
    low, high = read
    unit = _unit_names().get(match["unit"] or "", "")
    if match["part"]:  # 八成五, 一倍半
        low += _whole_or_half(match["part"])
    if unit == _TENTHS:
        low, high, unit = low * 10, None if high is None else high * 10, _PERCENT
        if not 0 < low <= 100:
            return None
    elif unit == _PERCENT and "万亿百千十".find((match["rank"] or " ")[0]) >= 0:
        return None
    hedge, start = _hedge(text, match.start())
    bare = not match["arabic"] and not set(match["chinese"] or match["several"]) & _DIGITS.keys()
    if bare and start == match.start() and text[start - 1 : start] in ("上", "成", "过", "好"):
        start, hedge = start - 1, Qualifier.OVER
    return Number(
        start, match.end(), _plainest(low), _qualifier(match, hedge), unit, None if high is None else _plainest(high),
        bare=bare and not match["several"] and not match["some"] and start == match.start(),
        chinese=not match["arabic"],
        digits=match.start(),
    )  # fmt: skip


def _whole_or_half(part: str) -> Decimal:
    return Decimal("0.5") if part == "半" else Decimal(_DIGITS[part]) / 10


def _digits(match: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
    rank = match["rank"] or ""
    if match["several"]:
        value = _whole(rank)
        return None if value is None else (value, None)
    times = _whole(rank) if rank else Decimal(1)
    if times is None:
        return None
    if match["chinese"]:
        read = chinese_number(match["chinese"])
        return None if read is None else (read[0] * times, None if read[1] is None else read[1] * times)
    digits = re.sub("[,， ]", "", match["arabic"])
    if len(digits) > MAX_DIGITS:
        return None
    return Decimal(digits) * times, None


def _plainest(value: Decimal) -> Decimal:
    """4.60E+4 as 46000: equal numbers look equal wherever they are printed."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _hedge(text: str, at: int) -> tuple[Qualifier, int]:
    """The hedge right before ``at`` and where it begins."""
    pattern, meanings, ends = _hedges()
    if text[at - 1 : at] not in ends:
        return Qualifier.EXACT, at
    window = max(at - 6, 0)
    found = pattern.search(text[window:at])
    if not found:
        return Qualifier.EXACT, at
    return next(meanings[word] for word in meanings if found[0].endswith(word)), window + found.start()


def _qualifier(match: re.Match[str], hedge: Qualifier) -> Qualifier:
    """What the words say of the number: an ending (以上) over 数, 数 over 多 and 余, these over what stands before."""
    after = _after().get(match["after"] or match["late"] or "", Qualifier.EXACT)
    if after is not Qualifier.EXACT:
        return after
    if match["several"]:
        return Qualifier.SEVERAL
    if "来" in (match["some"], match["more"]):
        return Qualifier.ABOUT
    if match["some"] or match["more"] or match["odd"]:
        return Qualifier.OVER
    return hedge


_LINK = re.compile(r"(?:元|人|名|个|家)?(?:至|到|—{1,2}|–|－|-|~|～|、)")


def _joined(text: str, low: Number, high: Number) -> Number | None:
    """``low`` and ``high`` as one range when only 至, 到 or a dash stands between and the second is larger."""
    between = text[low.end : high.start]
    if between in ("", "零"):
        return _summed(text, low, high)
    if len(between) > 3 or not _LINK.fullmatch(between) or low.value_max is not None:
        return None
    if low.unit not in ("", high.unit) or (between[-1] == "、" and not (low.chinese and not low.unit)):
        return None
    least = low.value
    if not low.unit and least < 1000:
        least = _same_rank(text, low, high)
    if not least < (high.value_max or high.value):
        return None
    qualifier = low.qualifier if low.qualifier is not Qualifier.EXACT else high.qualifier
    return replace(high, start=low.start, value=least, value_max=high.value, qualifier=qualifier, bare=False)


def _summed(text: str, low: Number, high: Number) -> Number | None:
    """3万5千人, 1亿零300万元: digits before and after a rank are one number."""
    rank = _LARGE.get(text[low.end - 1], 0)
    if low.unit or low.chinese or high.chinese or high.start != high.digits or high.value_max or high.value >= rank:
        return None
    qualifier = low.qualifier if high.qualifier is Qualifier.EXACT else high.qualifier
    return replace(high, start=low.start, digits=low.digits, value=low.value + high.value, qualifier=qualifier)


def _same_rank(text: str, low: Number, high: Number) -> Decimal:
    """1.2—1.5万: the first number takes the rank that only the second one carries."""
    rank = next((c for c in text[high.start : high.end] if c in "万亿"), "")
    if rank and not any(c in "万亿" for c in text[low.start : low.end]) and low.value < high.value / _LARGE[rank]:
        return low.value * _LARGE[rank]
    return low.value
