"""Finds numbers as Chinese papers write them: 近1000亿元, 9万余名, 数千万人, 二十七万余, 8000元至1.2万元, 七成以上."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from brands.vocabulary.choices import Qualifier
from ingest.frozen import frozen
from ingest.lexicon import ahead, table
from ingest.numeral_values import CHEQUE, CHEQUE_DIGITS, CHINESE, DIGITS, NUMERAL, NumeralRun, rank_value, read_run

_PERCENT, _TENTHS = "%", "成"
_RANKS = "百千万亿"
_BARE = frozenset("百千万亿萬億")

# Longest words before a number that hedge it: 最高可获得一次性补贴.
MAX_HEDGE = 12

# The unit of 翻一番; its value is the growth in percent (翻两番 is 300).
DOUBLING = "番"


@frozen()
class Number:
    """A number at its place: ``[start, end)`` holds the hedge, the digits and the unit.

    `digits` is where the number itself begins, after the hedge. `value` is in the plain `unit` (近1000亿元 is
    100000000000 元, 三成 is 30 %), below 0 for a share that is written with a minus; `unit` is empty where no known one
    follows. `per` is what stands below the stroke (元/月: 月), empty without one. `value_max` is the upper end of a
    range. `bare` says that nothing but 百, 千, 万 or 亿, or 十 alone, was written, `chinese` that the number has no
    Arabic digit. `scale` is what the ranks at its end multiply by, 1 without any.
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
    scale: Decimal = Decimal(1)
    per: str = ""


def find_numbers(text: str) -> Iterator[Number]:
    """The numbers of ``text`` that count something, from left to right, ranges joined: those with a known unit and
    those written with 百, 千, 万 or 亿. Plain digits (years, days, telephone numbers), ordinals (第三届), identifiers,
    labels (4050人员) and 一个 are left out, and so is what is only a part of something longer (1.8×10^5, 1,2345人)."""
    held: Number | None = None
    lone = False  # whether the number that is held is only the lower end of a range that may follow
    for match in _pattern().finditer(text):
        plain = _is_plain(text, match)
        if plain and text[match.end() : match.end() + 1] not in _LINKS:
            continue
        number = _number(text, match)
        if number is None:
            continue
        if held is not None:
            if number.start < held.end:  # 3成万人: a character is of one number only
                number = replace(number, start=held.end)
            joined = _joined(text, held, number)
            if joined is not None:
                held, lone = joined, False
                continue
            if not lone:
                yield held
            elif _DASH.fullmatch(text, held.end, number.start):  # 5-3人
                held = None
                continue
        held, lone = number, plain
    if held is not None and not lone:
        yield held


def _is_plain(text: str, match: re.Match[str]) -> bool:
    """Whether a match is told at a glance to be no count: most numbers of a page are such."""
    if match.lastgroup == "run":  # 2024, 13800000000
        return _BARE.isdisjoint(match["run"])
    run, rank, unit = match.group("run", "rank", "unit")
    if run is None:
        return False
    return (unit is None and rank is None and run[-1] not in _BARE) or (run == "一" and unit not in ("成", "倍"))


_LINKS = tuple("至到—–－-~～、")
_DASH = re.compile("[—–－~～-]")


@cache
def _pattern() -> re.Pattern[str]:
    """One expression for one number. Every part after the digits is optional and no two neighbours can take the same
    character, so a match never backtracks further than its own length."""
    units = "|".join(_unit_alternatives())
    after = "|".join(_after_alternatives())
    digit = "[〇零一二三四五六七八九]"
    part = rf"[0-9]{{1,6}}(?:\.[0-9]{{1,4}})?|(?:[两十]|{digit}|百(?!分之)){{1,6}}(?:点{digit}{{1,4}})?"
    grouped = r"[0-9]{1,3}(?:[,，] ?[0-9]{3})+(?![0-9])"
    spaced = rf"(?<![0-9., ])[0-9]{{1,3}}(?: [0-9]{{3}}){{1,4}}(?:\.[0-9]+)?(?= ?(?:[{_RANKS}多余]|{units}))"  # 1 260余
    inner = rf"[.．点](?={NUMERAL})|,(?=[0-9])(?<=[0-9],)|[○Oo](?={CHINESE})(?<={CHINESE}[○Oo])"
    counted = "[十百千万亿个名人家户位种元]"
    return re.compile(
        rf"{ahead(DIGITS, f'翻数几半{NUMERAL[1:-1]}{CHEQUE_DIGITS}')}(?:翻(?:了|上)?(?P<doublings>[一二两三四1-4])?番"
        rf"|(?P<denominator>[十百千万]|[二三四五六七八九])分之(?P<numerator>{part})(?:[至到—–－~～-](?P<numerator_max>{part}))?"
        rf"(?P<fraction_after>{after})?"
        rf"|(?P<half>(?<![前后上下另大小])(?:一半(?![儿靠是])|半数)|(?<=[过超近])半(?=$|[，。；、的]))(?P<half_after>{after})?"
        r"|(?P<upper>[1-9])/(?P<lower>[2-9]|10)(?![0-9/.])"
        rf"|(?:(?P<run>(?:{grouped}|{spaced}|{NUMERAL}+|{CHEQUE})(?:(?:{inner}){NUMERAL}+)*)|(?P<several>[数几])(?=[十百千万亿]))"
        rf"(?P<some>[多余+]|[几来数](?={counted}))?(?:个(?P<odd>多)?(?=亿))?"
        r"(?P<rank>[十百千]?万亿|[十百千]?[万亿]|百(?!姓)|[十千]|[wW](?=[余多+元人名个家户]))?(?P<more>[多余+]|来(?=[块元人名]))?"
        rf"(?:(?P<unit>{units})(?:[/／](?:人[·/／.])?(?P<per>[{_PER}])|每(?P<every>[{_PER}]))?"
        rf"(?P<part>(?<=成)[一二三四五六七八九1-9](?=$|{after}|[，。；、的）])|(?<=[成倍])半)?(?P<after>{after})?|(?P<late>{after}))?)"
    )


_PER = "年月日天周人户亩"


def _after_alternatives() -> list[str]:
    """The words after a number, the longest first; those that count only where the clause ends with them say so."""
    closing = table("units")["closing"]
    words = [*(word for words in table("units")["after"].values() for word in words), *closing]
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return [re.escape(word) + (r"(?=$|[，。；、！？）)\n])" if word in closing else "") for word in ordered]


def _unit_alternatives() -> list[str]:
    unless = table("units")["unless"]
    surfaces = sorted(_unit_names(), key=lambda word: (-len(word), word))
    return [re.escape(s) + (f"(?!{'|'.join(map(re.escape, unless[s]))})" if s in unless else "") for s in surfaces]


@cache
def _unit_names() -> dict[str, str]:
    return {surface: unit for unit, surfaces in table("units")["units"].items() for surface in surfaces}


@cache
def _hedges() -> tuple[re.Pattern[str], dict[str, Qualifier], frozenset[str]]:
    """Words before a number at its end, their meanings, the longest first, and with which characters they end. A bound
    may be followed by the verb of what is bounded (最高可得)."""
    words = table("units")
    listed = [(word, Qualifier(name)) for name, found in words["before"].items() for word in found]
    before = dict(sorted(listed, key=lambda pair: -len(pair[0])))
    part = {word: "".join(heads) for word, heads in words["part_of_another_word"].items()}
    verbs = "|".join(sorted(words["bounded_verbs"], key=len, reverse=True))
    bounded = dict.fromkeys(words["bounds"], f"(?:可以|[可能])?(?:{verbs}){{0,3}}")
    guarded = [(f"(?<![{part[w]}])" if w in part else "") + re.escape(w) + bounded.get(w, "") for w in before]
    ends = {word[-1] for word in (*before, *words["bounded_verbs"], "可以", "能")}
    return re.compile(f"(?:{'|'.join(guarded)})+$"), before, frozenset(ends)


@cache
def _after() -> dict[str, Qualifier]:
    said = {word: Qualifier(name) for name, words in table("units")["after"].items() for word in words}
    return said | dict.fromkeys(table("units")["closing"], Qualifier.OVER)


def _number(text: str, match: re.Match[str]) -> Number | None:
    if _is_torn(text, match):
        return None
    if match["denominator"]:
        return _fraction(text, match)
    if match["half"]:
        return _half(text, match)
    if match["upper"]:
        return _quotient(text, match)
    if match.group().startswith("翻"):
        doublings = match["doublings"] or "1"
        times = int(doublings) if doublings.isascii() else DIGITS[doublings]
        return Number(match.start(), match.end(), Decimal((2**times - 1) * 100), unit=DOUBLING)
    return _count(text, match)


# What is no number's own before it and after it: ordinals, codes (C919, 1+X), powers, paths, names (双百).
_BEFORE = tuple("第双._/\\^×✕√")
_AFTER = tuple("^×✕√")
_TORN = re.compile("(?:[0-9A-Za-z][+]|(?<![0-9])[0-9]{1,3}[,，] ?|[0-9万亿][多余])$")
_GOES_ON = re.compile("[0-9]|[./．,][0-9]|点[0-9〇零一二三四五六七八九]|分[点之]|[万亿]")


def _is_torn(text: str, match: re.Match[str]) -> bool:
    """Whether the characters around say that this is a part of something longer: 第三, C919, 3D, 1.8×10, 1̶8万."""
    start, end = match.span()
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    if before in _BEFORE or _is_letter(before) or _is_letter(after) or after in _AFTER:
        return True
    if _is_mark(before) or _is_mark(after) or (match["unit"] is None and _GOES_ON.match(text, end)):
        return True
    return before in "+ ,，多余" and _TORN.search(text, max(start - 6, 0), start) is not None


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _is_mark(character: str) -> bool:
    """Whether a character is a combining mark or a raised digit (U+0335, ²)."""
    return not character.isascii() and unicodedata.category(character) in ("Mn", "Me", "Mc", "No")


def _fraction(text: str, match: re.Match[str]) -> Number | None:
    whole = read_run(match["denominator"])
    low = read_run(match["numerator"])
    high = read_run(match["numerator_max"]) if match["numerator_max"] else None
    if whole is None or low is None or low.high is not None or (match["numerator_max"] and high is None):
        return None
    hedge, start = _hedge(text, match.start())
    return Number(
        start, match.end(), _percent(low.low, whole.low), _after().get(match["fraction_after"] or "", hedge), _PERCENT,
        None if high is None else _percent(high.low, whole.low), digits=match.start(),
    )  # fmt: skip


def _half(text: str, match: re.Match[str]) -> Number:
    """近一半, 半数以上, 过半."""
    hedge, start = _hedge(text, match.start())
    if text.startswith("过半", match.start() - 1):
        hedge, start = Qualifier.OVER, match.start() - 1
    said = _after().get(match["half_after"] or "", hedge)
    return Number(start, match.end(), Decimal(50), said, _PERCENT, digits=match.start())


def _quotient(text: str, match: re.Match[str]) -> Number | None:
    """1/3 is a share where it is hedged or its share is told (占1/3, 1/3的人); else a date, a page or a part of one."""
    upper, lower = Decimal(match["upper"]), Decimal(match["lower"])
    hedge, start = _hedge(text, match.start())
    told = (
        start < match.start()
        or text[start - 1 : start] in ("占", "有", "为")
        or text[match.end() : match.end() + 1] == "的"
    )
    if not told or upper >= lower:
        return None
    return Number(start, match.end(), _percent(upper, lower), hedge, _PERCENT, digits=match.start())


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return _plainest((part * 100 / whole).quantize(Decimal("0.01")))


# A minus is a sign where words lead to it; after a number it is a range, after a line end a bullet.
_MINUS = re.compile("[\u4e00-\u9fff（：](?<![%成倍])[－−-]$")


def _count(text: str, match: re.Match[str]) -> Number | None:
    read = _digits(match)
    if read is None:
        return None
    low, high, scale = read.low, read.high, read.scale
    unit = _unit_names().get(match["unit"] or "", "")
    if match["part"]:  # 八成五, 一倍半
        low += _whole_or_half(match["part"])
    if unit == _TENTHS:
        low, high, scale, unit = low * 10, None if high is None else high * 10, scale * 10, _PERCENT
        if not 0 < low <= 100:
            return None
    elif unit == _PERCENT and (match["rank"] or not _BARE.isdisjoint(match["run"] or "")):
        return None
    hedge, start = _hedge(text, match.start())
    run = match["run"] or ""
    round_one = bool(run) and _BARE.issuperset(run.replace("十", ""))  # 过十亿元
    bare = round_one and (run == "十" or "十" not in run)
    if round_one and start == match.start() and text[start - 1 : start] in ("上", "成", "过", "好"):
        start, hedge = start - 1, Qualifier.OVER
    if unit == _PERCENT and start == match.start() and _MINUS.search(text, max(start - 2, 0), start):
        start, low, high = start - 1, -low, None
    return Number(
        start, match.end(), _plainest(low), _qualifier(match, hedge), unit, None if high is None else _plainest(high),
        bare=bare and not match["some"] and start == match.start(),
        chinese=not any(c.isascii() for c in run),
        digits=match.start(),
        scale=scale,
        per=match["per"] or match["every"] or "",
    )  # fmt: skip


def _whole_or_half(part: str) -> Decimal:
    return Decimal("0.5") if part == "半" else (Decimal(part) if part.isascii() else Decimal(DIGITS[part])) / 10


def _digits(match: re.Match[str]) -> NumeralRun | None:
    """The value of the digits with the rank that follows 多, 几 or 数 (100多万)."""
    rank = (match["rank"] or "").replace("w", "万").replace("W", "万")
    times = rank_value(rank) if rank else Decimal(1)
    if times is None:
        return None
    if match["several"]:
        return NumeralRun(times, None, times)
    read = read_run(match["run"])
    if read is None or not rank:
        return read
    if read.low >= times * 10**4 or any(c in match["run"] for c in rank):  # 3万余万
        return None
    return NumeralRun(read.low * times, None if read.high is None else read.high * times, times)


def _plainest(value: Decimal) -> Decimal:
    """4.60E+4 as 46000: equal numbers look equal wherever they are printed."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _hedge(text: str, at: int) -> tuple[Qualifier, int]:
    """The hedge right before ``at`` and where it begins."""
    pattern, meanings, ends = _hedges()
    if text[at - 1 : at] not in ends:
        return Qualifier.EXACT, at
    window = max(at - MAX_HEDGE, 0)
    found = pattern.search(text[window:at])
    if not found:
        return Qualifier.EXACT, at
    last = next((meanings[word] for word in meanings if found[0].endswith(word)), Qualifier.EXACT)
    if last is Qualifier.EXACT:  # 最高达
        last = next((meanings[word] for word in table("units")["bounds"] if word in found[0]), last)
    return last, window + found.start()


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
    """``low`` and ``high`` as one range when only 至, 到 or a dash stands between and the second is larger, or 、
    between two that follow each other (8、9千元)."""
    between = text[low.end : high.start]
    if len(between) > 3 or not _LINK.fullmatch(between) or low.value_max is not None or low.unit not in ("", high.unit):
        return None
    least = low.value if low.unit else _same_rank(text, low, high)
    if between[-1] == "、" and (
        low.unit or least + high.scale != high.value or text[low.start - 1 : low.start] in ("", "\n")
    ):
        return None
    if not least < (high.value_max or high.value):
        return None
    qualifier = low.qualifier if low.qualifier is not Qualifier.EXACT else high.qualifier
    return replace(
        high, start=low.start, value=least, value_max=high.value_max or high.value, qualifier=qualifier, bare=False
    )


def _same_rank(text: str, low: Number, high: Number) -> Decimal:
    """1.2—1.5万, 三到五成: the first number takes the rank that only the second one carries."""
    own = not _BARE.isdisjoint(text[low.digits : low.end])
    return low.value if own or low.value >= high.value / high.scale else _plainest(low.value * high.scale)
