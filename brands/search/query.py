"""What somebody typed, as words that all must be found and words that must not."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

# Characters of a query; a longer one is a text, and a question of its own for every database row.
MAX_QUERY = 100

# Words of a query; each costs a condition.
MAX_WORDS = 8

# A word in quotes of any kind, which may hold blanks, or characters without blanks: quotes that stand inside a word are
# characters of a name (威县“纺织女工”). With a minus before it the word must not be found; -3.5 is a number.
_WORD = re.compile(
    r"(?P<minus>[-－−](?=[^\s\d-]))?"
    r"(?:[\"“”「『](?P<quoted>[^\"“”「」『』\s][^\"“”「」『』]*)[\"“”」』](?!\S)|(?P<plain>\S+))"
)

# Words of query languages: every word is looked for with all others anyway.
_AND, _NOT = "AND", "NOT"

# Categories of characters that print nothing of their own: accents and selectors of variants, joiners and marks of
# direction. Fillers are letters by their category, and seen by nobody.
_UNSEEN = frozenset({"Mn", "Me", "Cf"})
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")


class QueryError(ValueError):
    """A query that can't be asked; the message is for the reader."""


@dataclass(frozen=True, slots=True)
class Query:
    """`text` is what was typed in one line, `words` are its words, `quoted` those of them that are to be taken
    literally, and `without` those that no answer may have."""

    text: str
    words: tuple[str, ...]
    quoted: frozenset[str] = frozenset()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    typed: str
    quoted: bool
    minus: bool


def visible(typed: str) -> str:
    """What was typed, as far as it is read, in one line and without what nobody sees. Controls stand for spaces; what
    has no width is left out, since it may stand within a name. Accents stay that belong to a letter (lǚ)."""
    composed = unicodedata.normalize("NFC", typed[: MAX_QUERY * 10])
    seen = "".join(character for character in composed if not _unseen(character))
    return " ".join("".join(c if c.isprintable() else " " for c in seen).split())


def parse(typed: str) -> Query:
    """The words between spaces of any width, each once; what stands in quotes is one word.

    Raises :class:`QueryError` for a query that is too long. One without words is answered by nothing.
    """
    text = visible(typed)
    found = _words(text)
    words = tuple(dict.fromkeys(word.text for word in found if not word.minus))
    without = tuple(dict.fromkeys(word.text for word in found if word.minus))
    quoted = frozenset(word.text for word in found if word.quoted)
    if not words:  # a query that only refuses is one for what was typed
        words, without = tuple(dict.fromkeys(word.typed for word in found)), ()
    if len(typed) > MAX_QUERY * 10 or len(text) > MAX_QUERY:
        raise QueryError(gettext("搜索词过长，最多 %d 个字。") % MAX_QUERY)
    if len(words) + len(without) > MAX_WORDS:
        raise QueryError(gettext("搜索词太多：最多 %d 个，用空格分开。") % MAX_WORDS)
    return Query(text, words, quoted, without)


def _words(text: str) -> list[_Word]:
    """The words with their signs. AND between two words says nothing, NOT before one is a minus."""
    found = [
        _Word((match["quoted"] or match["plain"]).strip(), match.group(), bool(match["quoted"]), bool(match["minus"]))
        for match in _WORD.finditer(text)
    ]
    return list(_without_operators(found))


def _without_operators(words: Sequence[_Word]) -> Iterator[_Word]:
    negated = False
    for place, word in enumerate(words):
        if word.typed in {_AND, _NOT} and 0 < place < len(words) - 1:
            negated = word.typed == _NOT
            continue
        yield _Word(word.text, word.typed, word.quoted, minus=word.minus or negated)
        negated = False


def _unseen(character: str) -> bool:
    return not character.isascii() and (unicodedata.category(character) in _UNSEEN or character in _FILLERS)
