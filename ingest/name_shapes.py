"""What a name looks like: 天镇|保姆 is a place and a trade, “川字号” an umbrella, “一针一线” neither."""

import re
from functools import cache, lru_cache

from brands.vocabulary.names import name_key
from ingest.frozen import frozen
from ingest.gazetteer import NameHit, NameKind, gazetteer
from ingest.lexicon import ahead, words

# Shortest name of a brand (“莞嫂”).
MIN_NAME = 2
# Longest name of a brand that is taken from quotes; longer ones are speech. The longest seen in print has 16.
MAX_QUOTED = 18


@frozen()
class Shape:
    """`place` and `trade` are the parts of the name that say where and what, empty where none does."""

    place: str = ""
    trade: str = ""
    series: bool = False
    generic: bool = False
    never: bool = False

    @property
    def full(self) -> bool:
        """Both a place and a trade, or an umbrella: the form that the guidance asks brands to have."""
        return not self.never and (self.series or bool(self.place and self.trade))


def alternation(*groups: tuple[str, ...]) -> str:
    """The words of all groups as a regex, longest first."""
    flat = sorted({word for group in groups for word in group}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in flat)


def trade_of(name: str) -> str:
    """The trade at the end of a name: as long as the lexicon knows one, else one character, empty for none."""
    trades, longest = _trades()
    return next((name[-size:] for size in range(min(longest, len(name)), 0, -1) if name[-size:] in trades), "")


@cache
def _trades() -> tuple[frozenset[str], int]:
    trades = frozenset(words("shapes", "trades")).union(*words("shapes", "trade_characters"))
    return trades, max(map(len, trades))


@cache
def _never_ends() -> re.Pattern[str]:
    ends, brand = (*words("non_brands", "ends"), *words("shapes", "roles")), words("triggers", "brand")
    return re.compile(f"{ahead((*ends, *brand), '的')}(?:(?:{alternation(ends)})$|的|{alternation(brand)})")


@cache
def _never_begins() -> re.Pattern[str]:
    return re.compile(alternation(words("non_brands", "begins")))


@cache
def _name() -> re.Pattern[str]:
    """What a name is made of; a point only inside a number (平舆防水2.0), brackets around a few characters of it."""
    han = r"\u3400-\u9fff\U00020000-\U0003ffff"
    return re.compile(rf"(?=.{{2,60}}\Z)(?:[{han}·A-Za-z0-9〇“”‘’「」—+&-]|(?<=[0-9])\.(?=[0-9])|（[{han}]{{1,6}}）)+")


# 一县一品, 一村一名人: a goal.
_GOAL = re.compile("一[一-鿿]{1,2}一[一-鿿]{1,2}")


@cache
def _series() -> re.Pattern[str]:
    """An umbrella for brands of one place, such as 川字号; of one character only a place is one (“妇”字号 is none)."""
    return re.compile(r"^[“‘「]?([\u4e00-\u9fff]{1,4})[”’」]?(?:" + alternation(words("shapes", "series")) + r")$")


@lru_cache(maxsize=8192)
def key_of(name: str) -> str:
    """:func:`brands.vocabulary.names.name_key`, remembered: an article says the same names over and over."""
    return name_key(name)


@cache
def _quotes() -> re.Pattern[str]:
    return re.compile('[“”‘’「」『』"]')


@lru_cache(maxsize=8192)
def is_title(name: str) -> bool:
    """Whether a name ends as a title, a prize or another thing does (技术能手, 平台), or is a mere catchword: whatever
    stands around it, it is no brand. Ends of one character decide nothing alone."""
    return name in _metaphors() or bool(_GOAL.fullmatch(name) or _titles().search(name))


@cache
def _titles() -> re.Pattern[str]:
    ends = tuple(word for word in words("non_brands", "ends") if len(word) > 1)
    return re.compile(f"{ahead(ends)}(?:{alternation(ends)})$")


def bare(name: str) -> str:
    """A name without the quotes inside it: 苏字号 for “苏”字号."""
    return _quotes().sub("", name)


_QUOTED = re.compile('[“‘「『"]([^“”‘’「」『』"]*)[”’」』"]')


def says_something(name: str) -> bool:
    """Whether there is a letter or a digit in a name, and in each quoted part of it: not in ---, nor in “---”工程."""
    return all(any(map(str.isalnum, part)) for part in (name, *_QUOTED.findall(name)))


def is_name(text: str) -> bool:
    """Whether the characters could be a name at all: no punctuation, not only digits, at least one Han character."""
    return _name().fullmatch(text) is not None and _HAN.search(text) is not None


_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


@cache
def _metaphors() -> frozenset[str]:
    return frozenset(words("non_brands", "metaphors"))


@cache
def _generic() -> frozenset[str]:
    return frozenset(words("shapes", "generic"))


@lru_cache(maxsize=8192)
def shape_of(name: str, towns: frozenset[str] = frozenset()) -> Shape:
    """The shape of a name; `towns` are places below the counties that its article names. `never`: no context makes it
    a brand."""
    if not is_name(name) or name in _metaphors() or _GOAL.fullmatch(name):
        return Shape(never=True)
    if series := _series().fullmatch(name):
        return Shape(series=len(series[1]) > 1 or bool(gazetteer().candidates(series[1])))
    hit = gazetteer().prefix(name)
    place = _place(name, hit) or next((name[:n] for n in (3, 2) if name[:n] in towns and n < len(name)), "")
    trade = trade_of(name)
    never = (
        bool(_never_ends().search(name))
        or (not place and bool(_never_begins().match(name)))
        or (hit is not None and hit.end == len(name))
        or (bool(place) and name[len(place)] in _DOING)
    )
    found = trade if len(trade) + len(place) <= len(name) else ""
    return Shape(place, found, generic=name in _generic(), never=never)


# 绩溪|做徽厨的有1万余人: what people of a place do, and no name.
_DOING = "做搞"


def _place(name: str, hit: NameHit | None) -> str:
    """The name of a place at the start of a name, one character for a province (川妹子), empty when there is none."""
    if hit and hit.end < len(name):
        return hit.name
    initial = name[:1]
    return initial if any(c.kind == NameKind.SHORT for c in gazetteer().candidates(initial)) else ""
