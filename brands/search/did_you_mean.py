"""Slips of who types: another character of the same sound (吕良山护工), or one character wrong, missing, too many or
changed with its neighbour (吕粱山护工). Looked for only where a query as it stands finds nothing, and only in names.

Both are readings as pinyin is one (:class:`brands.search.conditions.Reading`), so the index answers them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from brands.models import SearchDocument
from brands.search import find, romanised, tokens
from brands.search.conditions import Condition, Question, Spelled, Text, Together, Why, Within
from brands.search.documents import SPELLED
from brands.search.filter_terms import labels
from brands.search.interpret import meaningful, question
from brands.search.places import holds
from brands.search.query import Query, parse
from brands.search.sounds import spelled_names
from brands.vocabulary.folding import bare, fold
from brands.vocabulary.pinyin import spelling

# Characters of a word that is compared by its sound.
SHORTEST_SOUND = 2

# Characters of a word in which one may be wrong. With three, the other two must be the rest of a whole name.
SHORTEST_SHAPE = 3

# Characters at a word's end that say what it is: 护工, 师傅, 教师.
HEAD = 2

# Characters of a word that slips are looked for in; each character is three ways to go wrong.
LONGEST = 24

# Documents of a kind whose names are compared with the query.
LOOKED_AT = 40

# Corrections in all, the likeliest first.
MOST = 5

_ANY = r"[^\W_]"

_NUMERAL = re.compile("[0-9〇零一二三四五六七八九十百千万亿]")


@dataclass(frozen=True, slots=True)
class SpellingCorrection:
    """What may have been meant, as text to search for, and why."""

    text: str
    why: Why


def corrections(typed: str, asked: Question | None = None) -> list[SpellingCorrection]:
    """What may have been meant by a query that finds nothing: same sounds before other slips, and of those what leaves
    the least of the query and of a name unexplained. Where there is nothing like it, the query without its filters.
    `asked` is what the query was read as, else it is read here.

    Raises :class:`brands.search.query.QueryError` for what is too long.
    """
    words = tuple(map(_with_slips, (asked or question(typed)).words))
    found = find.find(Question(words), kinds=SPELLED, limit=LOOKED_AT)
    numbers = [ranked.number for kind in found for ranked in kind.ranked]
    documents = SearchDocument.objects.in_bulk(numbers)
    meant = (meaning for number in numbers for meaning in _meanings(documents[number], words))
    meant = (meaning for meaning in meant if meaning.why == Why.SOUND or _same_numbers(fold(typed), meaning.text))
    keeps = _Kept.of(typed)
    meant = (meaning for meaning in meant if keeps.meaning_of(meaning))
    ordered = sorted(meant, key=lambda meaning: (meaning.why != Why.SOUND, meaning.left + _cost(typed, meaning.text)))
    texts = {meaning.text: meaning.why for meaning in reversed(ordered)}
    likely = [SpellingCorrection(text, why) for text, why in reversed(texts.items())][:MOST]
    return likely or list(_without_filters(parse(typed)))


def _without_filters(query: Query) -> Iterator[SpellingCorrection]:
    """The other words, if they find something."""
    left = " ".join(word for word in query.words if fold(word) not in labels())
    if left not in {"", " ".join(query.words)} and find.find(question(left), limit=1):
        yield SpellingCorrection(left, Why.EXACT)


@dataclass(frozen=True)
class _Kept:
    """What a slip may not replace: words that mean something by themselves, and a name's last two characters where they
    are a word (教师)."""

    typed: str
    words: frozenset[str]

    @classmethod
    def of(cls, typed: str) -> Self:
        return cls(bare(fold(typed)), meaningful(typed))

    def meaning_of(self, meaning: "_Meaning") -> bool:
        meant = bare(fold(meaning.text))
        if sorted(meant) == sorted(self.typed):  # nothing is replaced: characters changed places
            return True
        return all(word in meant for word in self.words) and (
            meaning.why == Why.SOUND or self._head in meant or not self._is_a_word
        )

    @property
    def _head(self) -> str:
        return self.typed[-HEAD:]

    @cached_property
    def _is_a_word(self) -> bool:
        """Whether the head stands in any text of the catalogue."""
        return bool(find.find(Question(((Text(self._head),),)), limit=1))


def _same_numbers(typed: str, meant: str) -> bool:
    """Whether what was meant says no other number: the first conference is no slip for the third."""
    said, other = _NUMERAL.findall(typed), _NUMERAL.findall(meant)
    return not (said and other) or said == other


def _cost(typed: str, meant: str) -> int:
    """How unlikely a slip is: characters that changed places are all there, a missing one was not typed, but one too
    many or wrong was."""
    if len(meant) > len(typed):
        return 1
    return 0 if sorted(meant) == sorted(fold(typed)) else 2


@dataclass(frozen=True, slots=True)
class _Meaning:
    """The words that a document's name has in place of those that were typed; `left` characters of it are no part of
    them."""

    text: str
    why: Why
    left: int


@dataclass(frozen=True)
class SameSound:
    """A Chinese word by its syllables."""

    items: tuple[str, ...]

    @property
    def tokens(self) -> tuple[frozenset[str], ...]:
        found = romanised.tokens(self.items)
        return (frozenset(token for token in found if token.startswith("02")) or frozenset(found),)

    def matches(self, items: Sequence[str], name: str) -> list[tuple[int, int]]:
        """Where the syllables stand one after another in a name, whatever marks stand between."""
        places = [place for place, item in enumerate(items) if item.isalnum()]
        spoken = [items[place] for place in places]
        size = len(self.items)
        starts = (at for at in range(len(spoken) - size + 1) if tuple(spoken[at : at + size]) == self.items)
        return [(places[at], places[at + size - 1] + 1) for at in starts]


@dataclass(frozen=True)
class NearSound:
    """Syllables of which one may be another that is like it: lian for liang, zou for zhou, lan for nan."""

    items: tuple[str, ...]

    @property
    def tokens(self) -> tuple[frozenset[str], ...]:
        sizes = range(len(self.items))
        return tuple(
            frozenset(romanised.tokens(self.items[:at]) | romanised.tokens(self.items[at + 1 :])) for at in sizes
        )

    def matches(self, items: Sequence[str], name: str) -> list[tuple[int, int]]:
        """Where the syllables stand; two of them must be a whole name."""
        places = [place for place, item in enumerate(items) if item.isalnum()]
        size = len(self.items)
        starts = range(len(places) - size + 1) if size > SHORTEST_SOUND or len(places) == size else ()
        return [(places[at], places[at + size - 1] + 1) for at in starts if self._near(places[at : at + size], items)]

    def _near(self, places: Sequence[int], items: Sequence[str]) -> bool:
        others = [
            (typed, items[place]) for typed, place in zip(self.items, places, strict=True) if typed != items[place]
        ]
        return len(others) == 1 and _alike(*others[0])


def _alike(typed: str, spoken: str) -> bool:
    """Whether one letter turns a syllable into the other: one more, one less, or another one."""
    short, long = sorted((typed, spoken), key=len)
    if len(long) - len(short) > 1 or len(long) < SHORTEST_SOUND:
        return False
    return any(short[:at] + long[at] + short[at + len(short) + 1 - len(long) :] == long for at in range(len(long)))


@dataclass(frozen=True)
class OneSlip:
    """A word in which one character is wrong, missing or too many, or has changed places with its neighbour."""

    word: str

    @cached_property
    def _ways(self) -> tuple[tuple[str, str, bool], ...]:
        """What stands before the slip and behind it, and whether a character that was not typed stands between."""
        word, size = self.word, len(self.word)
        wrong = [(word[:at], word[at + 1 :], True) for at in range(size)]
        missing = [(word[:at], word[at:], True) for at in range(1, size)]
        extra = [(word[:at], word[at + 1 :], False) for at in range(size)] if size > SHORTEST_SHAPE else []
        swapped = [(word[:at] + word[at + 1] + word[at], word[at + 2 :], False) for at in range(size - 1)]
        return tuple(dict.fromkeys(wrong + missing + extra + swapped))

    @cached_property
    def tokens(self) -> tuple[frozenset[str], ...]:
        ways = {
            frozenset([*tokens.needed(before), *tokens.needed(behind)] if gap else tokens.needed(before + behind))
            for before, behind, gap in self._ways
        }
        return tuple(sorted(ways, key=sorted))

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        ways = ((re.escape(before), _ANY if gap else "", re.escape(behind)) for before, behind, gap in self._ways)
        return tuple(re.compile("".join(way)) for way in ways)

    def matches(self, items: Sequence[str], name: str) -> list[tuple[int, int]]:
        """Where the word as it may have been meant stands in a name, once: the longest stretch."""
        whole = len(self.word) == SHORTEST_SHAPE
        found = (pattern.fullmatch(name) if whole else pattern.search(name) for pattern in self._patterns)
        spans = sorted((match.start() - match.end(), match.start()) for match in found if match)
        return [(start, start - size) for size, start in spans[:1]]


def _with_slips(choices: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """What a word may mean, and what may have been meant by it."""
    widened = tuple(
        Together(tuple(map(_with_slips, choice.words))) if isinstance(choice, Together) else choice
        for choice in choices
    )
    word = bare(choices[0].text) if isinstance(choices[0], Text) else ""
    return (*widened, *_slips(word), *_misspelled(word))


def _slips(word: str) -> Iterator[Spelled]:
    """The readings of a word in Chinese characters."""
    if not SHORTEST_SOUND <= len(word) <= LONGEST or not word.isalnum() or word.isascii():
        return
    items = spelling(word)
    if all(item.isascii() for item in items):
        yield Spelled(word, SameSound(tuple(items)), Why.SOUND)
    if len(word) >= SHORTEST_SHAPE:
        yield Spelled(word, OneSlip(word), Why.SHAPE)


def _misspelled(word: str) -> Iterator[Spelled]:
    """The readings of a word in Latin letters that divides into syllables."""
    if reading := romanised.read(word):
        for end, items in reading.beginnings():
            if end == len(reading.letters) and len(items) >= SHORTEST_SOUND:
                yield Spelled(word, NearSound(items), Why.SOUND)


def _meanings(document: SearchDocument, words: Sequence[Sequence[Condition]]) -> Iterator[_Meaning]:
    """What each name of a document makes of the words."""
    for name, items, _alias in spelled_names(document.name, document.aliases, document.syllables):
        called = _Called(name, tuple(items), document.adcode)
        found = [meant for choices in words if (meant := called.meant(choices))]
        if len(found) == len(words) and (why := _weakest(why for _, why in found)) != Why.EXACT:
            text = " ".join(text for text, _ in found)
            yield _Meaning(text, why, len(bare(name)) - len(bare(text)))


@dataclass(frozen=True, slots=True)
class _Called:
    """A name of a thing, its syllables, and where the thing is."""

    name: str
    items: tuple[str, ...]
    adcode: str

    def meant(self, choices: Sequence[Condition]) -> tuple[str, Why] | None:
        """The text that stands for a word here, and why it may be meant; None where nothing does."""
        return next((meant for choice in choices if (meant := self._one(choice))), None)

    def _one(self, choice: Condition) -> tuple[str, Why] | None:
        if isinstance(choice, Spelled):
            stretches = choice.reading.matches(self.items, self.name)
            return (self.name[slice(*stretches[0])], choice.why) if stretches else None
        if isinstance(choice, Together):
            found = [meant for word in choice.words if (meant := self.meant(word))]
            whole = "".join(text for text, _ in found)
            return (whole, _weakest(why for _, why in found)) if len(found) == len(choice.words) else None
        if isinstance(choice, Text):
            return (choice.text, Why.EXACT) if choice.text in self.name else None
        inside = isinstance(choice, Within) and holds(choice.adcode, self.adcode)
        return (choice.text, Why.EXACT) if inside else None


def _weakest(whys: Iterable[Why]) -> Why:
    given = set(whys)
    return next((why for why in (Why.SHAPE, Why.SOUND) if why in given), Why.EXACT)
