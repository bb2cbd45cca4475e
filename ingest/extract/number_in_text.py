"""What the rules for a number's scope share: the number in its clause, what was counted before, and what they find."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from brands.vocabulary.choices import Metric, Per, Scope
from ingest.extract.cues import either
from ingest.extract.metrics import MetricReading
from ingest.extract.text_layout import TextScope
from ingest.frozen import frozen
from ingest.gazetteer import gazetteer
from ingest.lexicon import words
from ingest.numerals import Number
from ingest.text import Span, last_match


@frozen()
class ScopeReading:
    """The kind of a number. `part_of` are the words that say which part and `whole` is where the number stands that it
    is a part of (None where the text gives none), `per` for one of what a rate is; `said` are the characters of the
    article's text that say it, None where nothing does (a total). `place` is the division that the clause is about,
    where it names nothing else (天津有3万人): a limit if the number is a brand's, and then a part of `whole` where
    one is told; its owner if not. `within`: a part because a village or a town is told of."""

    scope: Scope
    part_of: str = ""
    whole: Span | None = None
    per: Per | None = None
    said: Span | None = None
    place: str = ""
    within: bool = False


@frozen()
class Counted:
    """A number of the paragraph that was read before: what it counts (None for nothing of ours), in which unit, how
    many, and of which kind."""

    start: int
    end: int
    metric: Metric | None
    unit: str
    value: Decimal
    scope: Scope | None = None


@frozen()
class NumberInText:
    """A number with its meaning, its clause ``[start, end)`` and what was counted before it in the paragraph."""

    text: str
    number: Number
    reading: MetricReading
    bounds: TextScope
    before: Sequence[Counted]
    start: int
    end: int

    @property
    def lead(self) -> str:
        """The clause up to the number."""
        return self.text[self.start : self.number.start]

    @property
    def tail(self) -> str:
        """The clause behind the number."""
        return self.text[self.number.end : self.end]

    @property
    def place(self) -> str:
        """The division that the clause is about where it names nothing else: 天津 in 天津有3万人."""
        match = _PLACE_HAS.fullmatch(self.lead)
        hits = gazetteer().find(match["place"]) if match else []
        return match["place"] if match and hits and hits[0].end - hits[0].start == len(match["place"]) else ""

    def found(self, pattern: re.Pattern[str], start: int, end: int) -> Span | None:
        """The last match of a pattern in ``[start, end)`` of the text."""
        return last_match(pattern, self.text, start, end)


_PLACE_HAS = re.compile("(?:其中|如今|目前|仅|光)?(?P<place>[一-鿿]{2,5}?)(?:就?有|约|达|的)?[约近超]?")


def placed(one: NumberInText, match: re.Match[str]) -> Span:
    """Where a match in the clause before the number stands in the article's text."""
    return Span(one.start + match.start(), one.start + match.end())


@cache
def ranks(kind: str) -> re.Pattern[str]:
    """The levels of brands (`levels`) or grades of people (`grades`)."""
    return either(words("scope", "part", kind))
