"""What somebody typed, as words that all must be found."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext

# Characters of a query; a longer one is a text, and a question of its own for every database row.
MAX_QUERY = 100

# Words of a query; each costs a condition.
MAX_WORDS = 8

# A word in quotes of any kind, which may hold blanks, or characters without blanks: quotes that stand inside a word are
# characters of a name (威县“纺织女工”).
_WORD = re.compile(r"[\"“”「『](?P<quoted>[^\"“”「」『』\s][^\"“”「」『』]*)[\"“”」』](?!\S)|\S+")


class QueryError(ValueError):
    """A query that can't be asked; the message is for the reader."""


@dataclass(frozen=True, slots=True)
class Query:
    """`text` is what was typed in one line, `words` are its words, and `quoted` those of them that are to be taken
    literally."""

    text: str
    words: tuple[str, ...]
    quoted: frozenset[str] = frozenset()


def visible(typed: str) -> str:
    """What was typed, as far as it is read, in one line and without characters that nobody sees."""
    return " ".join("".join(c if c.isprintable() else " " for c in typed[: MAX_QUERY * 10]).split())


def parse(typed: str) -> Query:
    """The words between spaces of any width, each once; what stands in quotes is one word. Characters that nobody sees
    are spaces.

    Raises :class:`QueryError` for a query that is too long. One without words is answered by nothing.
    """
    text = visible(typed)
    found = list(_WORD.finditer(text))
    words = tuple(dict.fromkeys((match["quoted"] or match.group()).strip() for match in found))
    quoted = frozenset(match["quoted"].strip() for match in found if match["quoted"])
    if len(typed) > MAX_QUERY * 10 or len(text) > MAX_QUERY:
        raise QueryError(gettext("搜索词太长：最多 %d 个字。") % MAX_QUERY)
    if len(words) > MAX_WORDS:
        raise QueryError(gettext("搜索词太多：最多 %d 个，用空格分开。") % MAX_WORDS)
    return Query(text, words, quoted)
