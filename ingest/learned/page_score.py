"""How far the words of an article say that it is about labour brands, whether or not it says 劳务品牌.

The words with their weights stand in ``lexicon/page_score.toml``; what is counted besides begins with #.
"""

import re
from collections import Counter
from functools import cache
from math import log1p
from typing import TypeAlias

import ahocorasick

from ingest.gazetteer import gazetteer
from ingest.learned.logistic import logistic
from ingest.lexicon import table, words
from ingest.name_shapes import shape_of

# So many characters are read: an article's subject shows in its first pages.
MAX_SCORED = 20_000

# A quote of more characters is speech.
MAX_QUOTE = 12

# Characters that a place before a trade may have.
PLACE_SIZES = (2, 3)

Features: TypeAlias = dict[str, float]


def page_score(title: str, text: str) -> float:
    """The probability, between 0 and 1, that an article with this title and text is about labour brands."""
    return logistic("page_score").probability(page_features(title, text))


def page_features(title: str, text: str) -> Features:
    """Each counted word by the logarithm of its count; the quotes, the repeated names and the title by their looks."""
    text = text[:MAX_SCORED]
    said, named = _counted(text)
    quotes = Counter(_quoted(text))
    title_quotes = Counter(_quoted(title))
    subject = sum(said[word] for word in words("page", "subject"))
    features = {word: log1p(count) for word, count in said.items()}
    features |= {
        "#length": log1p(len(text) / 100),
        "#subject": log1p(subject),
        "#subject-density": min(1000 * subject / (len(text) + 100), 10.0),
        "#brand-density": min(1000 * said["品牌"] / (len(text) + 100), 10.0),
        "#quoted-trades": log1p(sum(shape_of(name).trade != "" for name in quotes)),
        "#quoted-full": log1p(sum(shape_of(name).full for name in quotes)),
        "#most-quoted": log1p(max((quotes[name] for name in quotes if shape_of(name).trade), default=0)),
        "#named": log1p(len(named)),
        "#most-named": log1p(max(named.values(), default=0)),
        "#quoted-placed": log1p(sum(len(shape_of(name).place) > 1 for name in quotes)),
        "#title-headed": float(_heads(title)),
        "#title-quoted": float(any(shape_of(name).trade for name in title_quotes)),
        "#title-named": float(bool(_counted(title)[1])),
        "#title-subject": float(any(word in title for word in words("page", "subject"))),
    }
    return features


def _heads(title: str) -> bool:
    """Whether a title begins with a short name of a place and something, as its subject: 丹江船匠：…."""
    match = _HEAD.match(title)
    return match is not None and len(shape_of(match[1]).place) > 1


_HEAD = re.compile("([一-鿿]{4,7})[：:，、 ]")


def _counted(text: str) -> tuple[Counter[str], Counter[str]]:
    """How often each counted word stands in a text, and each place with a trade right behind it."""
    said: Counter[str] = Counter()
    named: Counter[str] = Counter()
    known = gazetteer().candidates
    for last, (word, counts, is_trade) in _automaton().iter(text):
        if counts:
            said[word] += 1
        if is_trade:
            start = last + 1 - len(word)
            size = next((size for size in PLACE_SIZES if start >= size and known(text[start - size : start])), 0)
            if size:
                named[text[start - size : last + 1]] += 1
    return said, named


@cache
def _automaton() -> ahocorasick.Automaton:
    """The words of the score and of its subject, and the trades of two characters and more."""
    counted = {word for word in table("page_score")["weights"] if not word.startswith("#")} | {"品牌"}
    counted |= set(words("page", "subject"))
    trades = {word for word in words("shapes", "trades") if len(word) > 1}
    automaton = ahocorasick.Automaton()
    for word in counted | trades:
        automaton.add_word(word, (word, word in counted, word in trades))
    automaton.make_automaton()
    return automaton


def _quoted(text: str) -> list[str]:
    """The words in quotes that could be a name."""
    found, at = [], text.find("“")
    while at >= 0:
        end = text.find("”", at + 1, at + MAX_QUOTE + 2)
        if end > at + 2:
            found.append(text[at + 1 : end])
        at = text.find("“", at + 1)
    return found
