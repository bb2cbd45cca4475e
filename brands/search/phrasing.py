"""Questions in plain words: 月嫂一个月多少钱 asks for pay, 四川家政品牌有哪些 for a list, 月薪过万 for a bound.

What names no thing is taken off: the frame around a question word (现在一般有多少人在), what opens or closes a request,
and links between words (上海的护工). All these words, and what they ask, stand in data/phrases.csv.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from brands.models.synonym import split_words
from brands.vocabulary.choices import Metric
from brands.vocabulary.typed_numbers import TYPED, typed_number

TABLE = Path(__file__).parents[1] / "data" / "phrases.csv"

METRIC = "metric:"
PAY, PEOPLE = f"{METRIC}{Metric.PER_CAPITA_INCOME}", f"{METRIC}{Metric.EMPLOYMENT}"
BRANDS = f"{METRIC}{Metric.BRANDS}"
_TRAINED = f"{METRIC}{Metric.TRAINING}"
# What is asked besides figures.
PLACES, CONTACT, LIST, PRICE, TRAINING = "places", "contact", "list", "price", "training"

# Of several things that a question asks, what counts: what it costs to hire or to learn is asked by words of pay, too,
# and is not pay; any figure counts before where, whom to ask, and which.
_BEFORE_FIGURES = (PRICE, BRANDS)
_AFTER_FIGURES = (PLACES, TRAINING, CONTACT, LIST)

_A_YEAR = "年"

# Characters of the longest word that a stretch is divided into: the name of a division.
LONGEST_WORD = 15

# Whether it is known what a word means: a division, a trade, a metric, a level.
KnownWord = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure with this label reaches at least; a pay in a month."""

    label: str
    least: int


@dataclass(frozen=True, slots=True)
class Phrased:
    """The words that are left of a question, what it asks of them (the label of a metric, or one of the constants
    above), and the bound that it names."""

    words: tuple[str, ...]
    wants: str = ""
    bound: Bound | None = None


def phrased(words: Sequence[str], known: KnownWord) -> Phrased | None:
    """The folded words of a query as a question; None where they are none.

    >>> phrased(["月嫂一个月多少钱"], {"月嫂"}.__contains__)
    Phrased(words=('月嫂',), wants='metric:per_capita_income', bound=None)
    """
    text, bound = _without_bound(" ".join(words))
    asked: list[str] = []
    text = _frame().sub(lambda frame: _noted(frame.group(), asked), text)
    text = _trimmed(text, asked, known)
    left = [word for piece in text.split() for word in _unlinked(piece, known, asked=bool(asked))]
    if bound is None and left == list(words):
        return None
    apart = dict.fromkeys(word for piece in left for word in _divided(piece, known) or [piece])
    return Phrased(tuple(apart), bound.label if bound else _wanted(asked), bound)


def names_country(word: str) -> bool:
    return word in _table()["country"]


def _wanted(asked: Collection[str]) -> str:
    """The one thing that is asked."""
    if {PAY, _TRAINED}.issubset(asked):  # 月嫂培训多少钱
        return PRICE
    figures = [one for one in asked if one.startswith(METRIC)]
    return next((one for one in (*_BEFORE_FIGURES, *figures, *_AFTER_FIGURES) if one in asked), "")


def _noted(frame: str, asked: list[str]) -> str:
    """A blank in place of a frame; what its words ask is added."""
    asked += [asks for word in _framing().findall(frame) for asks in _asks()[word]]
    return " "


def _trimmed(text: str, asked: list[str], known: KnownWord) -> str:
    """The text without what opens and closes it, of which something must be left. An ending, which names have, too
    (最美劳务品牌), counts beside a question, or where it is no word of its own and all the rest is known."""
    for role in ("opening", "closing", "ending"):
        rest, words = _cut(text.strip(), role)
        if rest.strip() and (role != "ending" or asked or _is_known_throughout(rest, known)):
            text = rest
            asked += [asks for word in words if (asks := _table()[role][word])]
    return text


def _is_known_throughout(rest: str, known: KnownWord) -> bool:
    return not rest.endswith(" ") and all(_divided(piece, known) is not None for piece in rest.split())


def _cut(text: str, role: str) -> tuple[str, list[str]]:
    """What is left of a text without the words of a role at its end, or at its beginning, and these words."""
    match = _first(role).match(text) if role == "opening" else _last(role).search(text)
    if match is None:
        return text, []
    return text[: match.start()] + text[match.end() :], _word(role).findall(match.group())


def _unlinked(piece: str, known: KnownWord, *, asked: bool) -> Iterable[str]:
    """The words of a stretch that links join: all known (在上海做护工), what follows a known one (上海的修表师), or in
    questions a known one without what describes it (靠谱的月嫂)."""
    if (divided := _divided(piece, known)) is not None:
        return divided if _word("link").search(piece) else [piece]
    piece = piece.rstrip("的")
    before, link, after = piece.partition("的")
    if asked and link and not known(before) and known(after):
        return [after]
    return [before, after] if link and known(before) else [piece]


def _divided(piece: str, known: KnownWord) -> list[str] | None:
    """The known words of a stretch without the links between them, long ones first; None where something is left
    over."""
    ways: dict[int, list[str] | None] = {len(piece): []}
    for at in reversed(range(len(piece))):
        ways[at] = next(
            (word + rest for end, word in _steps(piece, at, known) if (rest := ways[end]) is not None), None
        )
    return ways[0]


def _steps(piece: str, at: int, known: KnownWord) -> Iterator[tuple[int, list[str]]]:
    """The known words, then the links, that begin at a place of a stretch: where each ends, and what is kept of it."""
    ends = range(min(len(piece), at + LONGEST_WORD), at + 1, -1)
    yield from ((end, [piece[at:end]]) for end in ends if known(piece[at:end]))
    if link := _word("link").match(piece, at):
        yield link.end(), []


def _without_bound(text: str) -> tuple[str, Bound | None]:
    """The text without the first bound that it names, and the bound: 月薪过万, 10万人以上."""
    for match in _bound().finditer(text):
        noun = match["noun"] or ""
        least = typed_number(match["amount"])
        if least is not None and (match["over"] or match["above"]) and (noun or match["people"]):
            label = PAY if PAY in _asks()[noun] else PEOPLE
            yearly = label == PAY and _A_YEAR in (match["time"] or "") + noun
            return text[: match.start()] + " " + text[match.end() :], Bound(label, least // 12 if yearly else least)
    return text, None


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    """By role its words, and what each asks. Read at the first call."""
    roles: defaultdict[str, dict[str, str]] = defaultdict(dict)
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            roles[row["role"]] |= dict.fromkeys(split_words(row["words"]), row["asks"])
    return roles


@cache
def _asks() -> Mapping[str, set[str]]:
    """What each word asks, in any role."""
    asks: defaultdict[str, set[str]] = defaultdict(set)
    for words in _table().values():
        for word, asked in words.items():
            asks[word] |= {asked} if asked else set()
    return asks


def _any(*roles: str) -> str:
    """An expression for the words of the roles, the longest first, which gives nothing back."""
    words = {word for role in roles for word in _table()[role]}
    return f"(?>{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})"


@cache
def _framing() -> re.Pattern[str]:
    return re.compile(_any("before", "core", "after"))


@cache
def _frame() -> re.Pattern[str]:
    """A question word with all that leads to it and follows it."""
    core = _any("core")
    return re.compile(f"(?:(?!{core}){_any('before')} *+)*+{core}(?: *+{_any('after')})*+")


@cache
def _word(role: str) -> re.Pattern[str]:
    return re.compile(_any(role))


@cache
def _first(role: str) -> re.Pattern[str]:
    return re.compile(f"(?:{_any(role)} *+)++")


@cache
def _last(role: str) -> re.Pattern[str]:
    return re.compile(f"(?:{_any(role)} *+)++$")


@cache
def _bound() -> re.Pattern[str]:
    nouns = [word for word, asks in _table()["before"].items() if asks in {PAY, PEOPLE}]
    noun = "|".join(map(re.escape, sorted(nouns, key=len, reverse=True)))
    return re.compile(
        f"(?P<time>(?:一个?|每个?)[年月])?+ *+(?P<noun>{noun})?+ *+(?:可以|能够?|可|都|在|是)?+ *+"
        f"(?P<over>{_any('over')})?+ *+(?P<amount>{TYPED})(?:元|块钱?|(?P<people>人))?+ *+(?P<above>{_any('above')})?+"
    )
