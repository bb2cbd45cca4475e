"""Mentions of one brand brought together: the same name, its joined form, its short forms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from brands.names import name_key
from ingest.gazetteer import gazetteer
from ingest.lexicon import words
from ingest.records import BrandMention

MIN_SHORT = 3
"""Shortest part of a name that counts as its short form without quotes (豆腐郎); two characters are in too many words."""


@dataclass(slots=True)
class Group:
    """One brand in the making. `keys` are the normalised forms of its name and aliases."""

    name: str
    mentions: list[BrandMention] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return name_key(self.name)

    @property
    def keys(self) -> set[str]:
        return {self.key, *self.aliases}

    def take(self, mention: BrandMention) -> None:
        self.mentions.append(mention)
        for alias in mention.aliases:
            self.call(alias)

    def call(self, alias: str) -> None:
        if (key := name_key(alias)) and key != self.key:
            self.aliases.setdefault(key, alias)


def grouped(mentions: Iterable[BrandMention], texts: Sequence[str]) -> list[Group]:
    """The brands that the mentions speak of, in the order of their first mention."""
    groups: dict[str, Group] = {}
    for mention in mentions:
        key = name_key(mention.name)
        if key:
            groups.setdefault(key, Group(mention.name)).take(mention)
    _merge_joined(groups)
    _merge_short(groups)
    found = [g for g in groups.values() if any(m.rule != "short-form" for m in g.mentions)]
    _add_plain_short_forms(found, texts)
    _drop_shared_aliases(found)
    return found


def _merge_joined(groups: dict[str, Group]) -> None:
    """威县“纺织女工” and 威县纺织女工 are one brand: the name is what stands in the quotes."""
    for key, group in list(groups.items()):
        for alias in [a for a in group.aliases if a in groups and a != key]:
            _absorb(groups, into=key, gone=alias)


def _merge_short(groups: dict[str, Group]) -> None:
    """“草莓人” goes to 东港草莓人, when it is no brand in its own right and no second brand ends so."""
    for key in sorted(groups, key=len):
        group = groups[key]
        if not all(m.rule in _WEAK for m in group.mentions) or _has_place(group.name):
            continue
        longer = [k for k, g in groups.items() if k != key and _shortens(key, k) and not _only_weak_short(g)]
        if longer:
            _absorb(groups, into=max(longer, key=lambda k: len(groups[k].mentions)), gone=key)


_WEAK = frozenset({"short-form", "quoted-context", "quoted-again", "quoted-chain", "quoted-then-brand", "quoted-shape"})


def _only_weak_short(group: Group) -> bool:
    return all(m.rule == "short-form" for m in group.mentions)


def _has_place(name: str) -> bool:
    hit = gazetteer().prefix(name)
    return hit is not None and hit.end < len(name)


def _shortens(short: str, name: str) -> bool:
    """The end of a longer name, or its beginning without the trade (龙妹 of 龙妹月嫂)."""
    if len(short) >= len(name):
        return False
    return name.endswith(short) or (name.startswith(short) and name[len(short) :] in words("shapes", "trades"))


def _absorb(groups: dict[str, Group], *, into: str, gone: str) -> None:
    target, other = groups[into], groups.pop(gone)
    target.mentions.extend(other.mentions)
    for alias in (other.name, *other.aliases.values()):
        target.call(alias)


def _add_plain_short_forms(groups: Sequence[Group], texts: Sequence[str]) -> None:
    """Short forms without quotes: 钟祥豆腐郎 and 豆腐郎 for 钟祥石牌豆腐郎."""
    generic = set(words("shapes", "generic"))
    for group in groups:
        hit = gazetteer().prefix(group.name)
        if hit is None or len(group.name) - hit.end < MIN_SHORT:
            continue
        rest = group.name[hit.end :]
        for start in range(len(rest) - MIN_SHORT + 1):
            end = rest[start:]
            joined = hit.name + end
            if start and end not in generic and _stands_in(joined, texts):
                group.call(joined)
                group.call(end)
            elif not start and end not in generic and _stands_alone(end, group.name, texts):
                group.call(end)


def _stands_in(form: str, texts: Sequence[str]) -> bool:
    return any(form in text for text in texts)


def _stands_alone(form: str, name: str, texts: Sequence[str]) -> bool:
    """Whether the form stands somewhere outside the whole name."""
    return any(text.count(form) > text.count(name) for text in texts)


def _drop_shared_aliases(groups: Sequence[Group]) -> None:
    """An alias that two brands share, or that is another brand's name, is nobody's."""
    owners: dict[str, int] = {}
    for group in groups:
        for key in group.keys:
            owners[key] = owners.get(key, 0) + 1
    for group in groups:
        group.aliases = {key: alias for key, alias in group.aliases.items() if owners[key] == 1}
