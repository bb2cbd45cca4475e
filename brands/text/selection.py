"""Words that a person selected in an article that is laid out for reading, and where they stand on its page.

What is shown leaves blanks and marks of the print out; so words are compared without blanks, character by character.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from brands.models import Article
from brands.text.page_text import lay_out

# Places at which the same words are looked for: more of them nobody chooses from.
MOST_PLACES = 50

# Characters of the page between two characters of a selection: more of them, and it runs across other articles.
MAX_GAP = 100

# Characters that are shown before and behind words that stand several times.
BESIDE = 12


@dataclass(frozen=True, slots=True)
class WordPlace:
    """The half-open stretch ``[start, end)`` of the page, and the words there with those beside them."""

    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class ShownText:
    """The characters of an article in the order in which they are read, without blanks, each with its place."""

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, article: Article) -> "ShownText":
        """Reads the whole page's text."""
        laid = lay_out(article.page.text, [(start, end) for start, end in article.spans])
        kept = [
            (character, offset)
            for character, offset in zip(laid.text, laid.offsets, strict=True)
            if offset >= 0 and not character.isspace()
        ]
        return cls("".join(character for character, _ in kept), tuple(offset for _, offset in kept))

    def places(self, words: str) -> list[WordPlace]:
        """Where the words stand, whatever blanks are between them; none where they don't, or only across columns."""
        wanted = "".join(words.split())
        return [place for at in self._found(wanted) if (place := self._place(at, len(wanted)))] if wanted else []

    def place_at(self, words: str, paragraph: int, skipped: int) -> WordPlace | None:
        """Where the words stand behind so many characters that are no blanks, counted from the one at `paragraph` of
        the page; None where others stand there."""
        wanted = "".join(words.split())
        first = self._indexes.get(paragraph)
        if first is None or not wanted or not self.text.startswith(wanted, first + skipped):
            return None
        return self._place(first + skipped, len(wanted))

    @cached_property
    def _indexes(self) -> dict[int, int]:
        return {offset: index for index, offset in enumerate(self.offsets)}

    def _found(self, wanted: str) -> Iterator[int]:
        at = self.text.find(wanted)
        for _ in range(MOST_PLACES):
            if at < 0:
                return
            yield at
            at = self.text.find(wanted, at + 1)

    def _place(self, at: int, length: int) -> WordPlace | None:
        offsets = self.offsets[at : at + length]
        if any(not 0 < later - earlier <= MAX_GAP for earlier, later in pairwise(offsets)):
            return None
        end = at + length
        before, after = self.text[max(at - BESIDE, 0) : at], self.text[end : end + BESIDE]
        return WordPlace(offsets[0], offsets[-1] + 1, before, self.text[at:end], after)
