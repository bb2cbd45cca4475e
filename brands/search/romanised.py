"""Latin letters read as pinyin: full (lvliangshan hugong), initials (llshg), mixed (lvlianghg), or where one begins.

A word is compared with a name character by character. A character may be typed as its whole syllable or as its first
letter (zh, ch, sh too), the last one as any beginning of its syllable, and Chinese characters of the word (吕梁hg) are
themselves. A word that divides into whole syllables means these, or first letters throughout, but no mixture: lan is
兰 and not 隆安.

ü may be typed as ü, v, u or yu behind l and n: the norm for names has lü, machines lv, passports lyu (GB/T 28039-2011
has YU). Tone marks are passed over; an apostrophe, a hyphen or a dot ends a syllable (xi'an).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from brands.vocabulary.folding import fold
from brands.vocabulary.names import cut_combining_runs

# Characters of a word that is read as pinyin; 吕梁山护工 has 17. The work grows with this times the name's length.
MAX_LETTERS = 64

# Syllables of one beginning that are looked for one by one.
MAX_BEGUN = 8

# Sets of tokens that a word may ask for: each is a condition of the statement that looks for candidates.
MAX_WAYS = 16

# Series of syllables that a word is tried to begin with, in search of a place; the shortest come first.
MAX_BEGINNINGS = 64

_FINALS = {
    "": "a ai an ang ao e ei en er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan ue un uo",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
# The syllables of the standard language, ü as u. At most six letters long.
SYLLABLES = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())

_LONGEST = max(map(len, SYLLABLES))
_DOUBLE = ("zh", "ch", "sh")
_LATIN = re.compile("[a-z]")
_UMLAUT = re.compile("([ln])v|(l)yu|^(n)yu")
_TYPED = re.compile(r"[a-z0-9\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff'·.-]+")

# Token of names that hold Latin letters or digits, which stand for themselves.
_OTHER = "0other"


@dataclass(frozen=True, slots=True)
class _Way:
    """The pieces of a word up to `end`: the last one, and the tokens that all of them ask for."""

    end: int = 0
    before: str = ""
    tokens: frozenset[str] = frozenset()

    def plus(self, end: int, piece: str) -> "_Way":
        return _Way(end, piece, self.tokens | _piece_tokens(self.before, piece))


@dataclass(frozen=True)
class Romanised:
    """A word read as pinyin: `letters` without breaks, `breaks` the places in it where a syllable must end."""

    letters: str
    breaks: frozenset[int]

    @cached_property
    def whole(self) -> bool:
        """Whether the word divides into whole syllables and Chinese characters."""
        size = len(self.letters)
        divides = [False] * size + [True]
        for at in reversed(range(size)):
            divides[at] = not self.letters[at].isascii() and divides[at + 1]
            divides[at] |= any(divides[to] for to in self._syllables_at(at))
        return divides[0]

    def beginnings(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The series of whole syllables with which the word begins, each with its end, at most MAX_BEGINNINGS."""
        waiting: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        for _ in range(MAX_BEGINNINGS):
            if not waiting:
                return
            at, spoken = waiting.pop(0)
            if spoken:
                yield at, spoken
            waiting += [(to, (*spoken, self.letters[at:to])) for to in self._syllables_at(at)]

    @cached_property
    def tokens(self) -> tuple[frozenset[str], ...]:
        """Every name that the word matches has all tokens of one of these sets, see :func:`tokens`."""
        if self.whole:
            ways = self._ways(full=True, initials=False) | self._ways(full=False, initials=True)
            ways.add(frozenset({_OTHER, *_piece_tokens("", self.letters[0])}))
        else:
            ways = self._ways(full=True, initials=True)
        weakest = [way for way in ways if not any(other < way for other in ways)]
        return tuple(sorted(weakest, key=sorted))

    def _ways(self, *, full: bool, initials: bool) -> set[frozenset[str]]:
        """The tokens of each way to divide the word; where there are more than MAX_WAYS, of their beginnings."""
        ways = {_Way()}
        while any(way.end < len(self.letters) for way in ways):
            longer = {step for way in ways for step in self._steps(way, full=full, initials=initials)}
            if len(longer) > MAX_WAYS:
                break
            ways = longer
        return {way.tokens for way in ways}

    def _steps(self, way: "_Way", *, full: bool, initials: bool) -> Iterator["_Way"]:
        """The way with one piece more; itself where it has reached the end."""
        if way.end == len(self.letters):
            yield way
        elif not self.letters[way.end].isascii():
            yield _Way(way.end + 1, "", way.tokens)
        else:
            if full:
                yield from (way.plus(to, piece) for to, piece in self._pieces_at(way.end, alone=not way.before))
            if initials:
                yield from (way.plus(to, self.letters[way.end]) for to in self._initials_at(way.end))

    def _pieces_at(self, at: int, *, alone: bool) -> Iterator[tuple[int, str]]:
        """The whole syllables at a place. The word's last may be a beginning and stands for all that begin so: for each
        of them where it is `alone`, since a first letter finds too much then, for their first letter elsewhere."""
        size = len(self.letters)
        yield from ((to, self.letters[at:to]) for to in self._syllables_at(at) if to < size)
        rest = self.letters[at:]
        if len(rest) <= _LONGEST and self._unbroken(at, size):
            begun = [syllable for syllable in SYLLABLES if syllable.startswith(rest)]
            pieces = begun if alone and len(begun) <= MAX_BEGUN else begun and [rest[0]]
            yield from ((size, piece) for piece in pieces)

    def _syllables_at(self, at: int) -> Iterator[int]:
        """Where the syllables that begin at a place end."""
        for to in range(at + 1, min(at + _LONGEST, len(self.letters)) + 1):
            if self.letters[at:to] in SYLLABLES and self._unbroken(at, to):
                yield to

    def _initials_at(self, at: int) -> Iterator[int]:
        """Where the first letter at a place ends, zh, ch and sh being one or two."""
        yield at + 1
        if self.letters[at : at + 2] in _DOUBLE and self._unbroken(at, at + 2):
            yield at + 2

    def _unbroken(self, at: int, to: int) -> bool:
        return not any(at < place < to for place in self.breaks)

    def matches(self, items: Sequence[str], name: str) -> list[tuple[int, int]]:
        """Where in a name the word stands: half-open stretches of its characters that do not overlap.

        `items` are the syllables of the name's characters (:func:`brands.vocabulary.pinyin.spelling`), `name` the
        folded name.
        """
        found: list[tuple[int, int]] = []
        at = 0 if self._possible(items) else len(items)  # behind the last character there is nothing to look at
        while at < len(items):
            end = self._end(items, name, at)
            if end:
                found.append((at, end))
            at = end or at + 1
        return found

    def _possible(self, items: Sequence[str]) -> bool:
        """Whether the word may stand in a name at all, which most names show not to without a closer look: a word in
        whole syllables stands in those of the name put together, or in their first letters, with or without the h that
        may belong to one."""
        if not self._plain:
            return True
        spoken = [item for item in items if len(item) > 1 or item.isalnum()]
        if self.letters in "".join(spoken):
            return True
        return self.letters.replace("h", "") in "".join([item[0] for item in spoken]).replace("h", "")

    @cached_property
    def _plain(self) -> bool:
        """Whether its letters are either whole syllables or first letters throughout."""
        return self.whole and self.letters.isascii()

    def _end(self, items: Sequence[str], name: str, start: int) -> int:
        """Where the shortest match from `start` on ends, 0 for none."""
        first = self.letters[0]
        if (items[start][0] != first and name[start] != first) or _skipped(items[start]):
            return 0
        ways = ((True, False), (False, True)) if self.whole else ((True, True),)
        ends = [self._run(items, name, start, full=full, initials=initials) for full, initials in ways]
        return min((end for end in ends if end), default=0)

    def _run(self, items: Sequence[str], name: str, start: int, *, full: bool, initials: bool) -> int:
        """The places of the word that may be reached with each character of the name, until its end is."""
        reached = {0}
        for at in range(start, len(items)):
            if _skipped(items[at]):
                continue
            places = {
                to for place in reached for to in self._after(place, items[at], name[at], full=full, initials=initials)
            }
            if len(self.letters) in places:
                return at + 1
            if not places:
                return 0
            reached = places
        return 0

    def _after(self, place: int, item: str, character: str, *, full: bool, initials: bool) -> Iterator[int]:
        """How far the word is read once the character, whose syllable is `item`, has been."""
        letter = self.letters[place]
        if letter == character:
            yield place + 1
        elif letter == item[0] and letter.isascii():
            if initials:
                yield from self._initials_of(place, item)
            if full:
                yield from self._read(place, item)

    def _initials_of(self, place: int, item: str) -> Iterator[int]:
        return (to for to in self._initials_at(place) if item.startswith(self.letters[place:to]))

    def _read(self, place: int, item: str) -> Iterator[int]:
        """The whole syllable, or the rest of the word where that is its beginning."""
        rest = len(self.letters) - place
        size = min(len(item), rest)
        if self.letters.startswith(item[:size], place) and self._unbroken(place, place + size):
            yield place + size


@lru_cache(maxsize=1024)
def read(word: str) -> Romanised | None:
    """A word as pinyin; None where it has no Latin letter, holds other characters, or is longer than MAX_LETTERS.

    >>> read("Lǚliáng") == read("lvliang") == read("luliang")
    True
    """
    typed = _plain(word)
    if not _LATIN.search(typed) or len(typed) > MAX_LETTERS or not _TYPED.fullmatch(typed):
        return None
    letters, breaks = "", set()
    for character in typed:
        if character in "'-·.":
            breaks.add(len(letters))
        else:
            letters += character
    return Romanised(letters, frozenset(breaks - {0, len(letters)}))


def tokens(items: Sequence[str]) -> set[str]:
    """The tokens by which a name is found: first letters, syllables, and pairs of each. None is shorter than three
    characters, so none is a character or a pair of a text."""
    spoken = [item for item in items if not _skipped(item)]
    found = {_OTHER} if any(len(item) == 1 and item.isascii() and item not in SYLLABLES for item in spoken) else set()
    before = ""
    for item in spoken:
        if item.isascii():
            found |= {f"00{item[0]}", f"00{before[:1]}{item[0]}", f"01{item}"}
            if len(before) > 1:
                found.add(f"02{before}{item}")
        before = item if item.isascii() else ""
    return found


def _piece_tokens(before: str, piece: str) -> set[str]:
    """The tokens of a piece of a word behind another one: of first letters, or of syllables where there are such."""
    if len(piece) > 1:
        return {f"02{before}{piece}"} if len(before) > 1 else {f"01{piece}", f"00{before}{piece[0]}"}
    return {f"00{before[:1]}{piece}"} if piece.isascii() else set()


def _skipped(item: str) -> bool:
    """Punctuation within a name isn't typed."""
    return len(item) == 1 and not item.isalnum()


def _plain(word: str) -> str:
    """Lower case, half width, without tones, ü behind l and n as u."""
    folded = cut_combining_runs(fold(word)).replace("ü", "v")
    marked = unicodedata.normalize("NFD", folded).replace("u\u0308", "v")
    return _UMLAUT.sub(r"\1\2\3u", "".join(c for c in marked if not unicodedata.combining(c)))
