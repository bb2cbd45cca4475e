"""The form in which texts are compared: one width, one case, one script, one form of each mark.

Every character becomes exactly one character, so a place in the folded text is the same place in the text.
"""

import unicodedata
from functools import cache

from brands.vocabulary.script import simplified_forms

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
    return simplified_forms().get(character, character)


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
