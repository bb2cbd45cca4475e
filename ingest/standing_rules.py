"""What people told the extraction once and for all: rules that staff keep, as the stages take them.

A rule counts on pages whose text has its words, so that it travels with those pages alone (`touching`), and extraction
stays a function of what it is given.
"""

import json
import re
from functools import cache
from hashlib import sha256

from brands.vocabulary.choices import Metric, RuleKind
from brands.vocabulary.names import name_key
from brands.vocabulary.script import simplified, simplified_forms
from ingest.frozen import frozen

# Hexadecimal digits of the digest: one in 10**9 pairs of tables would be taken for the same.
DIGITS = 8

# What may stand between two characters of a word on a page: blanks, the end of a line, quotes.
_BETWEEN = "[^一-鿿A-Za-z0-9]{0,3}"


@frozen(order=True)
class RuleRecord:
    """One rule. `words` are a name, another name, a word beside numbers, a host, or the name of a place, by its `kind`;
    `means` is a brand's name, a metric's code, the name of a paper or an adcode (empty for what is never a brand), and
    `paper` whose pages a name of a place is read on (empty for all)."""

    kind: RuleKind
    words: str
    means: str = ""
    paper: str = ""

    @property
    def pattern(self) -> str:
        """An expression for its words as a page may print them, in Traditional characters or broken by a line: `re` and
        both databases read it alike."""
        if self.kind is RuleKind.PAPER:
            return _separated(self.words.lower(), "")
        return _separated(self.words, _BETWEEN)


@frozen()
class StandingRules:
    """All rules that count, sorted."""

    rules: tuple[RuleRecord, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rules)

    @property
    def digest(self) -> str:
        """Equal for equal rules."""
        told = [[rule.kind.value, rule.words, rule.means, rule.paper] for rule in self.rules]
        return sha256(json.dumps(told).encode()).hexdigest()[:DIGITS]

    def stamp(self, version: str) -> str:
        """What a page is marked with that this version of the extractor read by these rules."""
        return f"{version}.{self.digest}" if self.rules else version

    def of(self, kind: RuleKind) -> tuple[RuleRecord, ...]:
        """Those of a kind, the longest words first."""
        return tuple(sorted((rule for rule in self.rules if rule.kind is kind), key=lambda r: (-len(r.words), r)))

    def touching(self, *texts: str) -> "StandingRules":
        """Those whose words stand in one of the texts; all others can change nothing there."""
        if not self.rules:
            return self
        found = (r for r in self.rules if any(_expression(r.pattern).search(text) for text in texts))
        return StandingRules(tuple(found))

    def refuse(self, name: str) -> bool:
        """Whether this is never the name of a brand."""
        return any(_key(rule.words) == _key(name) for rule in self.rules if rule.kind is RuleKind.NEVER)

    def brand_of(self, name: str) -> str:
        """The name of the brand that is always meant by this other name; empty for none."""
        key = _key(name)
        found = (rule.means for rule in self.rules if rule.kind is RuleKind.ALIAS and _key(rule.words) == key)
        return next(found, "")

    def metric_in(self, clause: str) -> Metric | None:
        """What a number counts by the words around it; the longest word decides."""
        found = (rule.means for rule in self.of(RuleKind.METRIC) if simplified(rule.words) in clause)
        return next((Metric(means) for means in found), None)


NOTHING = StandingRules()


def made(rules: "list[RuleRecord]") -> StandingRules:
    """The rules in their order, each once."""
    return StandingRules(tuple(sorted(set(rules))))


def _key(name: str) -> str:
    """The form in which names are compared, whichever characters a page or a person writes them in."""
    return name_key(simplified(name))


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _separated(words: str, between: str) -> str:
    characters = simplified(words)
    return between.join(f"[{found}]" for one in characters if (found := _forms().get(one, _plain(one))))


def _plain(character: str) -> str:
    """A character inside a class of an expression; a class of one needs a mark before what means something there."""
    if character.isspace():
        return ""
    if character.isascii() and character.isalnum():
        wide = chr(ord(character) + 0xFEE0)
        return f"{character.lower()}{character.upper()}{wide}"
    return f"\\{character}" if character in "\\]^-[" else character


@cache
def _forms() -> dict[str, str]:
    """Each character that has Traditional forms, together with them."""
    forms: dict[str, str] = {}
    for traditional, form in simplified_forms().items():
        forms[form] = forms.get(form, form) + traditional
    return forms
