"""The form in which texts are compared: one width, one case, one script, one form of each mark.

Every character becomes exactly one character, so a place in the folded text is the same place in the text. Phrases that
a Traditional text writes otherwise are left alone for that reason: only characters are exchanged, after
data/simplified.csv, which holds the first Simplified form of each character in OpenCC 1.0's table TSCharacters
(Apache License 2.0; 了 for 瞭, 借 for 藉, 只 for 祇 and 衹, 仿 for 彷, which OpenCC leaves to phrases).
"""

import csv
import unicodedata
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[1] / "data" / "simplified.csv"

# Marks that print exchanges freely, and the one form of each.
VARIANTS = {
    **dict.fromkeys("“”„‟「」『』〝〞〟«»", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("•・‧∙⋅●", "·"),
    **dict.fromkeys("–—―‐‑‒−─", "-"),
    **dict.fromkeys("〜～", "~"),
    "〈": "《",
    "〉": "》",
    "〔": "(",
    "〕": ")",
    "【": "[",
    "】": "]",
    "⋯": "…",
}

# First letters of the Unicode categories of what no name differs by: punctuation, white space, controls.
_UNSEEN = "PZC"


def fold(text: str) -> str:
    """The text in the form that is compared, character by character: `len(fold(text)) == len(text)`.

    >>> fold("ＡＩ「護工」")
    'ai"护工"'
    """
    return text.translate(_table())


def narrow(text: str) -> str:
    """The text folded but for its script, character by character, to tell whether two texts differ by that alone.

    >>> narrow("ＡＩ護工")
    'ai護工'
    """
    return "".join(map(_narrowed, text))


def bare(folded: str) -> str:
    """The key form of a folded name: without punctuation and white space, as
    :func:`brands.vocabulary.names.name_key` has it."""
    return "".join(character for character in folded if _seen(character))


def bare_places(folded: str) -> list[int]:
    """Where the characters of :func:`bare` stand in the folded name."""
    return [place for place, character in enumerate(folded) if _seen(character)]


def _seen(character: str) -> bool:
    return unicodedata.category(character)[0] not in _UNSEEN


class _Folded(dict[int, str]):
    """The folded form by code point, worked out when first asked for; kept for those that texts are made of."""

    def __missing__(self, point: int) -> str:
        folded = _fold_character(chr(point))
        if point <= 0xFFFF:
            self[point] = folded
        return folded


@cache
def _table() -> _Folded:
    return _Folded()


def _fold_character(character: str) -> str:
    character = _narrowed(character)
    return _simplified().get(character, character)


def _narrowed(character: str) -> str:
    """In one width and case; a mark in its one form."""
    if character.isspace() or unicodedata.category(character) == "Cc":
        return " "
    character = VARIANTS.get(character, character)
    for change in (_half_width, str.lower):
        changed = change(character)
        character = changed if len(changed) == 1 else character
    return VARIANTS.get(character, character)  # the narrow form of a wide mark may be a variant, too


def _half_width(character: str) -> str:
    return unicodedata.normalize("NFKC", character)


@cache
def _simplified() -> dict[str, str]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["traditional"]: row["simplified"] for row in csv.DictReader(file)}
