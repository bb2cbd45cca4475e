"""A short sign of an article by which other prints of the same story are found, and the comparison that decides."""

import re
from functools import cache
from hashlib import sha256

from brands.vocabulary.names import name_key
from ingest import records

# Characters, without marks, that a sentence needs to be a sign of its article; shorter ones stand in many.
LEAST = 20

# Characters of the overlapping pieces that are compared.
SHINGLE = 8

# Share of the shorter text's pieces that stand in the other one, from which on it is the same story. A paper cuts a
# wire story from its end and puts in a sentence of its own; of the samples, no two articles share more than 0.25.
SAME_STORY = 0.5


@cache
def _sentence_ends() -> re.Pattern[str]:
    return re.compile(r"[。！？；\n]")


def fingerprint(article: records.ExtractedArticle) -> str:
    """A hash of the article's longest sentence, 16 hexadecimal digits; empty where all are short. Equal for reprints
    unless that sentence was changed. The first one, to which each paper puts its dateline, counts only for itself."""
    body = article.text.text[article.body_start :]
    first, *others = map(name_key, _sentence_ends().split(body))
    longest = max(others, key=len, default="")
    longest = longest if len(longest) >= LEAST else first
    return sha256(longest.encode()).hexdigest()[:16] if len(longest) >= LEAST else ""


def same_story(one: str, other: str) -> bool:
    """Whether the shorter of two texts is mostly part of the other."""
    first, second = sorted((_shingles(one), _shingles(other)), key=len)
    return bool(first) and len(first & second) >= SAME_STORY * len(first)


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but widths, marks, blanks and line ends: two files of one page."""
    return _text_key(one) == _text_key(other)


def _text_key(text: str) -> str:
    """The form of a whole text in which it is compared, past the cache, which is there for names."""
    return name_key.__wrapped__(text)


def _shingles(text: str) -> set[str]:
    key = _text_key(text)
    return {key[at : at + SHINGLE] for at in range(len(key) - SHINGLE + 1)}
