"""Mentions of one brand brought together: the same name, its joined form, its short forms."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import ahocorasick

from ingest.frozen import frozen
from ingest.gazetteer import gazetteer
from ingest.lexicon import words
from ingest.name_shapes import key_of, trade_of
from ingest.records import BrandMention

# Shortest part of a name that counts as its short form without quotes (豆腐郎); two characters are too common.
MIN_SHORT = 3

# Longest rest of a name whose ends are tried as short forms.
MAX_DROPPED = 12


@dataclass(slots=True)
class BrandGroup:
    """One brand in the making. `keys` are the normalised forms of its name and aliases."""

    name: str
    mentions: list[BrandMention] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return key_of(self.name)

    @property
    def keys(self) -> set[str]:
        return {self.key, *self.aliases}

    def take(self, mention: BrandMention) -> None:
        self.mentions.append(mention)
        for alias in mention.aliases:
            self.call(alias)

    def call(self, alias: str) -> None:
        if (key := key_of(alias)) and key != self.key:
            self.aliases.setdefault(key, alias)


def grouped(mentions: Iterable[BrandMention], texts: Sequence[str]) -> list[BrandGroup]:
    """The brands that the mentions speak of, in the order of their first mention."""
    groups: dict[str, BrandGroup] = {}
    for mention in mentions:
        key = key_of(mention.name)
        if key:
            groups.setdefault(key, BrandGroup(mention.name)).take(mention)
    _merge_joined(groups)
    _merge_short(groups)
    _drop_products(groups)
    found = [g for g in groups.values() if any(m.rule != "short-form" for m in g.mentions)]
    _add_plain_short_forms(found, texts)
    _drop_shared_aliases(found)
    return found


def _merge_joined(groups: dict[str, BrandGroup]) -> None:
    """威县“纺织女工” and 威县纺织女工 are one brand: the name is what stands in the quotes."""
    for key, group in list(groups.items()):
        for alias in [a for a in group.aliases if a in groups and a != key]:
            _absorb(groups, into=key, gone=alias)


def _merge_short(groups: dict[str, BrandGroup]) -> None:
    """“草莓人” goes to 东港草莓人, when it is no brand in its own right."""
    longer: dict[str, list[str]] = {}
    for key in groups:
        for short in _short_forms(key) & groups.keys():
            longer.setdefault(short, []).append(key)
    for key in sorted(groups, key=len):
        group = groups[key]
        owners = [k for k in longer.get(key, ()) if k in groups and not _only_short(groups[k])]
        if owners and all(m.rule in _WEAK for m in group.mentions) and not _has_place(group.name):
            _absorb(groups, into=max(owners, key=lambda k: len(groups[k].mentions)), gone=key)


def _drop_products(groups: dict[str, BrandGroup]) -> None:
    """“东安鸡” beside 东安鸡金牌厨师 is what the brand's people make: no brand, where nothing but its quotes says so
    and it names nobody who works."""
    for key, group in list(groups.items()):
        if trade_of(key) or not all(m.rule in _WEAK for m in group.mentions):
            continue
        if any(
            other.startswith(key) and trade_of(other) and not _only_short(groups[other])
            for other in groups
            if other != key
        ):
            del groups[key]


def _short_forms(key: str) -> set[str]:
    """The ends of a name, and its beginning without the trade (龙妹 of 龙妹月嫂)."""
    trade = trade_of(key)
    begin = {key.removesuffix(trade)} if 1 < len(trade) < len(key) - 1 else set()
    return {key[at:] for at in range(1, len(key) - 1)} | begin


_WEAK = frozenset(
    {
        "short-form",
        "quoted-context",
        "quoted-again",
        "quoted-chain",
        "quoted-then-brand",
        "quoted-shape",
        "quoted-beside",
        "decided",
    }
)


def _only_short(group: BrandGroup) -> bool:
    return all(m.rule == "short-form" for m in group.mentions)


def _has_place(name: str) -> bool:
    hit = gazetteer().prefix(name)
    return hit is not None and hit.end < len(name)


def _absorb(groups: dict[str, BrandGroup], *, into: str, gone: str) -> None:
    target, other = groups[into], groups.pop(gone)
    target.mentions.extend(other.mentions)
    for alias in (other.name, *other.aliases.values()):
        target.call(alias)


def _add_plain_short_forms(groups: Sequence[BrandGroup], texts: Sequence[str]) -> None:
    """Short forms without quotes: 钟祥豆腐郎 and 豆腐郎 for 钟祥石牌豆腐郎, 阳光大姐 for 济南阳光大姐."""
    candidates = [c for group in groups for c in _candidates(group)]
    standing = _standing({c.form: c.place for c in candidates}, texts)
    for candidate in candidates:
        if candidate.form in standing:
            candidate.group.call(candidate.form)
            if candidate.end not in words("shapes", "generic"):
                candidate.group.call(candidate.end)


@frozen()
class _Candidate:
    """A form that a brand may be called by, if it stands in the text; `end` is called so too then. `place` is what the
    whole name has before the form: with it the form is just the whole name."""

    group: BrandGroup
    form: str
    end: str
    place: str


def _candidates(group: BrandGroup) -> Iterator[_Candidate]:
    hit = gazetteer().prefix(group.name)
    if hit is None:
        return
    rest = group.name[hit.end :]
    if len(rest) >= MIN_SHORT and rest not in words("shapes", "generic"):
        yield _Candidate(group, rest, rest, hit.name)
    for start in range(1, min(len(rest), MAX_DROPPED + 1) - MIN_SHORT + 1):
        yield _Candidate(group, hit.name + rest[start:], rest[start:], "")


def _standing(places: dict[str, str], texts: Sequence[str]) -> set[str]:
    """The forms that stand somewhere on their own: not as the end of the whole name, nor as the word for a trade."""
    automaton = ahocorasick.Automaton()
    for form in places:
        automaton.add_word(form, form)
    found: set[str] = set()
    if not places:
        return found
    automaton.make_automaton()
    for text in texts:
        for last, form in automaton.iter(text):
            if form not in found and _on_its_own(text, last + 1 - len(form), last + 1, places[form]):
                found.add(form)
    return found


@cache
def _trade_before() -> re.Pattern[str]:
    return re.compile("[0-9余多几数][名位个]?$|[名位]$")


@cache
def _trade_after() -> re.Pattern[str]:
    return re.compile("培训|技能|职业|证书|大赛|考试|专业|国家|等级|资格|班")


def _on_its_own(text: str, start: int, end: int, place: str) -> bool:
    if place and text.endswith(place, 0, start):
        return False
    return not (_trade_before().search(text[max(start - 2, 0) : start]) or _trade_after().match(text, end))


def _drop_shared_aliases(groups: Sequence[BrandGroup]) -> None:
    """An alias that two brands share, or that is another brand's name, is nobody's."""
    owners: dict[str, int] = {}
    for group in groups:
        for key in group.keys:
            owners[key] = owners.get(key, 0) + 1
    for group in groups:
        group.aliases = {key: alias for key, alias in group.aliases.items() if owners[key] == 1}
