"""Tokens: the pieces by which the index knows a document, and those that a document must have to hold a text.

A text has as tokens its characters but for blanks, and its overlapping pairs of letters, digits or Chinese characters.
Names have those of their sound besides (:func:`brands.search.romanised.tokens`), and documents those of their place and
their labels; each of these is longer than two characters, so that none is mistaken for a piece of text. ASCII
punctuation stands in the private use area: SQLite's tokenizer would drop it.
"""

import re
from functools import lru_cache
from operator import attrgetter
from typing import Any

from brands.models.region import COUNTRY
from brands.search import romanised

# The fields in which texts are found.
FIELDS = ("name", "aliases", "place", "description", "evidence", "body")

# The fields that tokens come of.
SOURCES = (*FIELDS, "labels", "syllables", "adcode")

# Tokens of a text that the index is asked for: more of them rarely leave fewer documents, and each is read.
MOST = 6

# Names and places whose tokens are remembered: those of all divisions, and of the brands of the day.
CACHED = 16_384

_PAIR = re.compile(r"(?=([^\W_]{2}))")
_FIELDS = attrgetter(*FIELDS)
_MARKS = {point: chr(0xE000 + point) for point in range(0x21, 0x7F) if not chr(point).isalnum()}
_MARKED = {chr(point): mark for point, mark in _MARKS.items()}
_BLANKS = frozenset(" \n")


def of_document(document: Any) -> set[str]:
    """All tokens of a document, a row of SearchDocument or :class:`brands.search.documents.Document`."""
    found = of_text("\n".join(_FIELDS(document)))
    found.update(map(label, document.labels.split()))
    return found.union(of_place(document.adcode), of_names(document.syllables))


def of_text(folded: str) -> set[str]:
    """The characters and pairs of a folded text."""
    characters = set(folded)
    marks = characters & _MARKED.keys()
    return (characters - marks - _BLANKS).union(map(_MARKED.__getitem__, marks), _PAIR.findall(folded))


def needed(folded: str) -> list[str]:
    """Tokens that every document has which holds this text on one line: its pairs, and characters that are in none; at
    most MOST of them, from all parts of it."""
    found: list[str] = []
    for place, character in enumerate(folded):
        left, right = folded[place - 1 : place] if place else "", folded[place + 1 : place + 2]
        if character.isalnum() and right.isalnum():
            found.append(character + right)
        elif character != " " and not (character.isalnum() and left.isalnum()):
            found.append(character.translate(_MARKS))
    found = list(dict.fromkeys(found))
    if len(found) <= MOST:
        return found
    return [found[step * (len(found) - 1) // (MOST - 1)] for step in range(MOST)]


def whole(folded: str) -> bool:
    """Whether the text is a token itself, so that every document that has the token holds the text."""
    return (len(folded) == 1 and folded != " ") or (len(folded) == 2 and folded.isalnum())


@lru_cache(maxsize=CACHED)
def label(name: str) -> str:
    """The token of a label."""
    return f"#{name}".translate(_MARKS)


def within(adcode: str) -> str:
    """The token of what lies in a division; the country's is that of everything that has a place.

    >>> within("141100") in of_place("141102")
    True
    """
    return _place("" if adcode == COUNTRY else adcode[: _width(adcode)])


@lru_cache(maxsize=CACHED)
def of_place(adcode: str) -> frozenset[str]:
    """The tokens of the divisions that hold the one with this code, and its own; none for no code."""
    if not adcode:
        return frozenset()
    widths = (0,) if adcode == COUNTRY else (0, 2, 4, 6)
    return frozenset(_place(adcode[:width]) for width in widths)


@lru_cache(maxsize=CACHED)
def of_names(syllables: str) -> frozenset[str]:
    """The tokens of how names sound: one name a line, its syllables with blanks between."""
    return frozenset(token for name in syllables.splitlines() for token in romanised.tokens(name.split(" ")))


def _width(adcode: str) -> int:
    return 2 if adcode.endswith("0000") else 4 if adcode.endswith("00") else 6


def _place(prefix: str) -> str:
    return f"@in{prefix}".translate(_MARKS)
