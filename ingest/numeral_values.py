"""The value of a number by its characters: 12,345.6万, 三点五亿, 2千5百, 十二万3000, 贰拾万. A run of characters is
read whole or not at all."""

import re
from decimal import Decimal

from ingest.frozen import frozen

# Longest run of Arabic digits that is a number; longer ones are identifiers. A national output in 元 has 15.
MAX_DIGITS = 15
# Longest number in Chinese characters; 九千九百九十九亿九千九百九十九万九千九百九十九 has 23.
MAX_CHARACTERS = 24

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
# Ranks, the largest first; a number is read from its largest rank down.
RANKS = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
# Other forms of the characters: of cheques (贰拾) and of old print (萬, 廿), and round letters and signs for 〇.
_CHEQUE_DIGITS = dict(zip("壹贰叁肆伍陆柒捌玖貳參陸", "一二三四五六七八九二三六", strict=True))
_CHEQUE_RANKS = dict(zip("拾佰仟", "十百千", strict=True))
_OLD = {"萬": "万", "億": "亿", "兩": "两", "廿": "二十", "卅": "三十"}
_FOLDED = str.maketrans(_CHEQUE_DIGITS | _CHEQUE_RANKS | _OLD | dict.fromkeys("○Oo", "〇"))
_CHARACTERS = "".join([*DIGITS, *RANKS, *_OLD])
# For patterns: a character that a number may be written with, one of those that is Chinese, and a number of cheques,
# whose characters stand in other words too (队伍, 大陆, 收拾).
CHINESE = f"[{_CHARACTERS}]"
NUMERAL = f"[0-9{_CHARACTERS}]"
CHEQUE = (
    f"(?<![队退入行大登内水])(?:[{''.join(_CHEQUE_DIGITS)}][{''.join(_CHEQUE_RANKS)}万亿萬億零]{{1,3}})+"
    f"[{''.join(_CHEQUE_DIGITS)}]?"
)
CHEQUE_DIGITS = "".join(_CHEQUE_DIGITS)

_ARABIC = re.compile(r"(?:[0-9]{1,3}(?:(?:[,，] ?| )[0-9]{3})+|0|[1-9][0-9]*)(?:[.．][0-9]+)?")
_POINTED = re.compile("([^点]+)点([〇零一二三四五六七八九0-9]+)([百千]?)")
_SPREAD = re.compile("[一二两三四五六七八九]{2}")
_SCALED = re.compile("([^百千万亿]+)([百千万亿]+)")


@frozen()
class NumeralRun:
    """What a run of characters says: `low`, and `high` where two digits in a row make a range (两三千). `scale` is what
    the ranks at its end multiply by (10000 in 二十万 and 3.5万, 1 in 三千五), so that 3 in 3至5万 can share it."""

    low: Decimal
    high: Decimal | None
    scale: Decimal


def read_run(run: str) -> NumeralRun | None:
    """The value of a run of numerals with the marks inside it, None where it is no number as a whole: digits read one
    by one (二〇二四), a day (五一), ranks out of order (百千), a date (2023.12.31), groups that are none (1,2345)."""
    if sum(c.isdigit() for c in run if c.isascii()) > MAX_DIGITS or len(run) > MAX_DIGITS + MAX_CHARACTERS:
        return None
    run = run.translate(_FOLDED)
    if not run[0].isascii() and len(run) > MAX_CHARACTERS:
        return None
    spread = _SPREAD.search(run)
    high: Decimal | None = None
    if spread is None:
        low = _value(run)
    else:
        first, second = tuple(spread.group())
        if DIGITS[second] != DIGITS[first] + 1 and not run.startswith("三五"):  # 三五千元, but not 十三五
            return None
        low, high = (_value(run[: spread.start()] + digit + run[spread.end() :]) for digit in (first, second))
        if high is None:
            return None
    return None if low is None else NumeralRun(low, high, _scale(run))


def chinese_number(characters: str) -> tuple[Decimal, Decimal | None] | None:
    """The value of a number in characters, and its upper end.

    >>> chinese_number("二十七万")
    (Decimal('270000'), None)
    """
    read = read_run(characters) if characters else None
    return None if read is None else (read.low, read.high)


def rank_value(ranks: str) -> Decimal | None:
    """What ranks alone multiply by: 百万 is 1000000. None where they are out of order."""
    return _value(ranks)


def _scale(run: str) -> Decimal:
    match = _SCALED.fullmatch(run)
    return (_value(match[2]) if match else None) or Decimal(1)


def _value(run: str, ranks: str = "亿万千百十") -> Decimal | None:
    """Reads 一亿二千万, 2千5百, 十二万3000, 三千五 (3500). Before a rank stand smaller ones, a digit or nothing (千余),
    after it less than one of it."""
    if "点" in run and "亿" not in run and "万" not in run:
        return _pointed(run, arabic=ranks[0] != "亿")
    for at, rank in enumerate(ranks):
        head, found, tail = run.rpartition(rank)
        if found:
            below = ranks[at + 1 :]
            times = Decimal(1) if not head else _value(head, below) if rank in "万亿" else _coefficient(head)
            rest = _rest(tail, RANKS[rank], below, counted=not set(head) <= set(RANKS))
            if times is None or rest is None or (tail and times != int(times)):
                return None
            return times * RANKS[rank] + rest
    return _coefficient(run)


def _rest(tail: str, rank: int, below: str, *, counted: bool) -> Decimal | None:
    """What stands after a rank. A digit alone is of the rank next to it: 两万三 is 23000, 一百五 150. That takes a
    digit before the rank too (`counted`): 百万三峡人才 is none."""
    if not tail:
        return Decimal(0)
    plain = tail.lstrip("零〇")
    if not plain or (plain == tail and tail[0] == "0") or (rank == RANKS["十"] and tail[0].isascii()):
        return None
    value = _value(plain, below) if below else _coefficient(plain)
    if value is None or (value != int(value) and plain[-1] not in RANKS):
        return None
    if plain == tail and len(tail) == 1 and tail not in RANKS:
        return value * rank / 10 if counted or rank == RANKS["十"] else None
    return value if value < rank else None


def _coefficient(run: str) -> Decimal | None:
    """A digit in characters or an Arabic number."""
    if run in DIGITS:
        return Decimal(DIGITS[run])
    return Decimal(re.sub("[,， ]", "", run).replace("．", ".")) if _ARABIC.fullmatch(run) else None


def _pointed(run: str, *, arabic: bool) -> Decimal | None:
    """三点五, 一百二十点五, 三点五千. Arabic digits have a 点 before a large rank only (3点5万): 9点30 is an hour."""
    match = _POINTED.fullmatch(run)
    if match is None or (not arabic and any(c.isascii() for c in run)):
        return None
    whole = _value(match[1], "千百十")
    behind = "".join(c if c.isascii() else str(DIGITS[c]) for c in match[2])
    return None if whole is None else (whole + Decimal(f"0.{behind}")) * RANKS.get(match[3], 1)
