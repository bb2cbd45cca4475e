"""What a query may mean: :func:`question` makes conditions of what was typed, and the index answers them.

A word is first of all the text that it is. Besides it may hold a synonym, name a division or a filter, be the pinyin of
a name, or be several words in one (广西米粉 is 米粉 within 广西). What it may mean is added to what it says and stands
behind it, so that nothing that says the very word of itself is ever missing. A question in plain words is one for the
words that are left of it, or for all that was typed.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from brands.models import DocumentKind
from brands.search import romanised, tokens
from brands.search.bounds import of_country, reaching
from brands.search.conditions import Condition, Labelled, Question, Spelled, Text, Together, Why, Within, WorkedOut
from brands.search.filter_terms import TRADE, labels, spelled_trades, whole_trades
from brands.search.phrasing import METRIC, Phrased, names_country, phrased
from brands.search.places import LONGEST, Places, Sounds, inside, named, romanised_names, sounding
from brands.search.query import Query, parse
from brands.search.synonyms import SynonymTable, vocabulary
from brands.vocabulary.folding import bare, fold

# Characters of a word that is looked through for the names of divisions; 山西省大同市天镇县保姆 has 11.
MAX_GLUED = 24

# Characters of a name of a division, and of what is left of a word, when one is looked for in it: 桂 is in 桂花.
SHORTEST = 2

_VOWEL = re.compile("[aeiou]")
# A number with a mark that belongs to it: without it, 2.5万 is 25万.
_NUMBER = re.compile(r"[0-9][.:/%‰-]|[.:/%‰-][0-9]")

# WorkedOut words that one word is divided into; each is looked for with all that stands for it.
MAX_PIECES = 4

# Divisions followed by a name that letters are read as; the longest are tried.
MAX_SOUNDING = 2

Choices = tuple[Condition, ...]
Words = tuple[Choices, ...]


def question(typed: str, *, exact: bool = False) -> Question:
    """What was typed as conditions, in five statements at most; with `exact` its words and nothing else.

    Raises :class:`brands.search.query.QueryError` for what is too long.
    """
    query = parse(typed)
    whole = bare(fold(" ".join(query.words)))
    if exact or all(word in query.quoted for word in (*query.words, *query.without)):
        refused = tuple(Text(fold(word), own=True) for word in query.without)
        return Question(tuple((Text(fold(word)),) for word in query.words), whole, refused)
    reader = _Reader.of(query)
    asked = phrased([fold(word) for word in query.words if word not in query.quoted], reader.knows)
    words, without = reader.words(query.words, query.quoted), reader.without(query)
    return reader.asking(query, asked, without) if asked else Question(words, whole, without)


def meaningful(typed: str) -> frozenset[str]:
    """The words of a query that mean something by themselves, folded: trades, and the divisions that words begin with.
    No slip may put another in their place.

    Raises :class:`brands.search.query.QueryError` for what is too long.
    """
    query = parse(typed)
    reader = _Reader.of(query)
    return frozenset(known for word in query.words for known in reader.known_words(fold(word)))


@dataclass(frozen=True, slots=True)
class _Reader:
    """The words that the tables know, as far as a query may need them."""

    synonyms: SynonymTable
    places: Places
    sounds: Sounds
    several: bool

    @classmethod
    def of(cls, query: Query) -> "_Reader":
        folded = [fold(word) for word in (*query.words, *query.without) if word not in query.quoted]
        texts = {text for word in folded for text in (word, *_parts(word))}
        spoken = {sound for word in _joined(folded) for _, sound in _beginnings(word)}
        places = named(texts) if texts else {}
        several = len(query.words) - len(query.quoted.intersection(query.words)) > 1
        return cls(vocabulary(), places, sounding(spoken) if spoken else {}, several)

    def words(self, words: Iterable[str], quoted: Collection[str] = ()) -> Words:
        """A word's choices each; words in Latin letters one after another are one, typed apart."""
        found: list[Choices] = []
        run: list[str] = []
        for word in words:
            if word not in quoted and _latin(word):
                run.append(fold(word))
                continue
            found += self._run(run)
            found.append((Text(fold(word)),) if word in quoted else self.choices(fold(word)))
            run = []
        return (*found, *self._run(run))

    def asking(self, query: Query, asked: Phrased, without: Choices) -> Question:
        """A question in plain words: what is left of it, each word of which all that was typed answers as well."""
        quoted = [word for word in query.words if word in query.quoted]
        reader = replace(self, several=len(asked.words) > 1 or asked.bound is not None)
        words = tuple(map(_narrowed, reader.words((*asked.words, *quoted), quoted)))
        if asked.bound:
            words = (*words, (reaching(asked.bound),))
        elif asked.wants.startswith(METRIC) and asked.words and all(map(names_country, asked.words)):
            words = ((of_country(asked.wants),),)
        typed = _as_typed(query)
        return Question(
            tuple((*word, typed) for word in words) or ((typed,),),
            bare("".join((*asked.words, *map(fold, quoted)))),
            without,
            asked.wants,
            asked.bound,
        )

    def without(self, query: Query) -> Choices:
        """What no answer may be: a thing that says a word of itself, lies in a division, or has a filter's value."""
        words = [fold(word) for word in query.without]
        texts = (Text(word, own=True) for word in words)
        divisions = (place for word in words for place in self.places.get(word, ()))
        return (*texts, *divisions, *(level for word in words for level in self._levels(word)))

    def _levels(self, word: str) -> Iterator[Labelled]:
        """The filter that a word means, but for a trade: of 家政 without 月嫂 something is left."""
        yield from (one for one in _labelled(word) if not one.label.startswith(TRADE))

    def knows(self, word: str) -> bool:
        """Whether a word names a division, or what else has a meaning of its own."""
        return word in self.places or self._known(word) or names_country(word)

    def _run(self, run: list[str]) -> Iterator[Choices]:
        """One word of several that may be the syllables of one name, or the words themselves."""
        if len(run) > 1:
            apart = tuple(self._simple(word) for word in run)
            yield _once((*self._sounding("'".join(run)), Together(apart)))
        elif run:
            yield self.choices(run[0])

    def choices(self, word: str) -> Choices:
        """All that a folded word may mean, the likeliest first."""
        simple = self._simple(word)
        if self._names_trade(word):
            simple = _said_of_itself(simple)
        elif self.several:
            simple = _narrowed(simple)
        return _once((*simple, *(Together(words) for words in self._apart(word)), *self._sounding(word)))

    def _names_trade(self, word: str) -> bool:
        """Whether a word is what people of a trade are called: who asks for 护工 asks for no brand that only stands
        beside some in a sentence."""
        key = bare(word)
        return key in self.synonyms.others or labels().get(key, "").startswith(TRADE) or any(self._spelled_trade(word))

    def _simple(self, word: str) -> Choices:
        """What a word may mean as one."""
        literal: list[Condition] = [Text(word)]
        if (key := bare(word)) and key != word and not _NUMBER.search(word):
            literal.append(Text(key))
        variants = (Text(text, Why.SYNONYM) for text in self.synonyms.variants(key or word))
        named = (*self.places.get(word, ()), *self._spelled(word), *self._spelled_trade(word))
        return (*literal, *named, *variants, *self._filters(word))

    def _filters(self, word: str) -> Iterator[Labelled]:
        """A trade narrows what another word finds: by itself it is the word that is looked for, unless it names the
        whole of a trade."""
        if self.several or word in whole_trades() or not labels().get(word, "").startswith(TRADE):
            yield from _labelled(word)

    def _spelled_trade(self, word: str) -> Iterator[Condition]:
        """What else a word for a trade means that is typed as pinyin: baomu is 保姆, and a filter beside a place."""
        reading = romanised.read(word)
        if reading and (trade := spelled_trades().get(reading.letters)):
            yield Text(trade, Why.PINYIN)
            yield from self._filters(trade)

    def _apart(self, word: str) -> Iterator[Words]:
        """The ways to read a Chinese word as several: divisions and a rest, or words that are all known."""
        if not SHORTEST < len(word) <= MAX_GLUED or word.isascii():
            return
        for within, rest in self._without_places(word):
            yield (within, *self._rest(rest)) if rest else (within,)
        if len(pieces := self._pieces(word)) > 1:
            yield tuple(map(self._narrowing, pieces))

    def _without_places(self, word: str) -> Iterator[tuple[tuple[Within, ...], str]]:
        """Divisions that the word begins with, each in the one before (山西省吕梁市护工), or that it ends with."""
        at, within = 0, tuple[Within, ...]()
        while step := self._place_at(word, at, within):
            at, within = step
            if len(word) - at >= SHORTEST or (at == len(word) and within != self.places.get(word)):
                yield within, word[at:]
        if not at:
            ends = range(max(len(word) - LONGEST, SHORTEST), len(word) - SHORTEST + 1)
            yield from ((self.places[word[end:]], word[:end]) for end in ends if word[end:] in self.places)

    def _place_at(self, word: str, at: int, outer: tuple[Within, ...]) -> tuple[int, tuple[Within, ...]] | None:
        """The longest name of a division at a place of the word, in those before it."""
        for end in range(min(len(word), at + LONGEST), at + SHORTEST - 1, -1):
            places = self.places.get(word[at:end], ())
            if found := inside(places, outer) if outer else places:
                return end, found
        return None

    def _rest(self, rest: str) -> Words:
        """What is left of a word: known words that fill it, or one; taken literally where it names a place, too."""
        if self._place_at(rest, 0, ()):
            return ((Text(rest),),)
        pieces = self._pieces(rest)
        return tuple(map(self._narrowing, pieces if len(pieces) > 1 else [rest]))

    def _narrowing(self, word: str) -> Choices:
        return _narrowed(_once((*self._simple(word), *_labelled(word))))

    def _pieces(self, word: str) -> list[str]:
        """The known words that fill a word, the longest first; empty where something is left over."""
        pieces: dict[str, None] = {}
        at = 0
        while at < len(word):
            ends = range(len(word), at + SHORTEST - 1, -1)
            end = next((end for end in ends if self._known(word[at:end])), 0)
            pieces[word[at:end]] = None
            if not end or len(pieces) > MAX_PIECES:
                return []
            at = end
        return list(pieces)

    def known_words(self, word: str) -> Iterator[str]:
        """The division that a word begins with, and the words that the tables know in the rest, the longest first."""
        place = self._place_at(word, 0, ())
        at = place[0] if place else 0
        if at:
            yield word[:at]
        while at < len(word):
            ends = range(len(word), at + SHORTEST - 1, -1)
            end = next((end for end in ends if self._known(word[at:end])), 0)
            if end:
                yield word[at:end]
            at = end or at + 1

    def _known(self, word: str) -> bool:
        return word in self.synonyms.others or word in labels()

    def _spelled(self, word: str) -> Iterator[Spelled]:
        if reading := romanised.read(word):
            yield Spelled(word, reading)

    def _sounding(self, word: str) -> Iterator[Condition]:
        """What Latin letters may mean besides words: a division, or one that a name follows."""
        reading = romanised.read(word)
        if reading is None:
            return
        if "'" in word:
            yield Spelled(word, reading)
        followed: list[Together] = []
        for within, rest in self._begun(reading):
            if not rest:
                yield from map(_division, within)
                yield from within
            elif len(rest) >= SHORTEST and _readable(rest):
                followed.append(Together((within, self._beside_a_place(rest))))
        yield from followed[-MAX_SOUNDING:]

    def _begun(self, reading: romanised.Romanised) -> Iterator[tuple[tuple[Within, ...], str]]:
        """The divisions with whose sound, or name in Latin letters, a word begins, each with the rest of the word."""
        for end, sound in reading.beginnings():
            if within := self.sounds.get(sound, ()):
                yield within, reading.letters[end:]
        for name, adcode in romanised_names().items():
            if reading.letters.startswith(name):
                yield (Within(adcode, name, Why.PINYIN),), reading.letters[len(name) :]

    def _beside_a_place(self, word: str) -> Choices:
        """What a word in letters may mean behind the name of a division."""
        return _narrowed(replace(self, several=True)._simple(word))


def _as_typed(query: Query) -> Condition:
    """All that was typed as text: an article may be called like a question."""
    words = tuple((Text(fold(word)),) for word in query.words)
    return words[0][0] if len(words) == 1 else Together(words)


def _division(one: Within) -> WorkedOut:
    """The division itself, where a word is how it sounds."""
    number = DocumentKind.REGION.number(one.adcode)
    return WorkedOut(frozenset({number}), tokens.within(one.adcode), "name", one.text, one.why)


def _narrowed(word: Choices) -> Choices:
    """A word that is a filter beside others: its text must be said of the brand itself."""
    if not any(isinstance(one, Within | Labelled) for one in word):
        return word
    return _said_of_itself(word)


def _said_of_itself(word: Choices) -> Choices:
    return tuple(replace(one, own=True) if isinstance(one, Text) else one for one in word)


def _labelled(word: str) -> Iterator[Labelled]:
    """The filter that a word means. Brands of a trade need not do the very work that was asked for."""
    if label := labels().get(word):
        yield Labelled(label, word, Why.SYNONYM if label.startswith(TRADE) else Why.EXACT)


def _joined(words: Iterable[str]) -> Iterator[str]:
    """The words, and runs of words in Latin letters as one."""
    run: list[str] = []
    for word in (*words, ""):
        yield word
        if _latin(word):
            run.append(word)
        elif run:
            yield "'".join(run)
            run = []


def _latin(word: str) -> bool:
    """Whether a word is in Latin letters alone and may be pinyin."""
    reading = romanised.read(word)
    return reading is not None and reading.letters.isascii()


def _beginnings(word: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reading = romanised.read(word)
    return reading.beginnings() if reading else iter(())


def _readable(letters: str) -> bool:
    """Whether what follows the name of a place is words: whole syllables, first letters, or Chinese characters."""
    reading = romanised.read(letters)
    return reading is None or reading.whole or not _VOWEL.search(letters)


def _parts(word: str) -> Iterator[str]:
    """The pieces of a word that may name a division."""
    if SHORTEST < len(word) <= MAX_GLUED and not word.isascii():
        for start in range(len(word) - SHORTEST + 1):
            yield from (word[start:end] for end in range(start + SHORTEST, min(len(word), start + LONGEST) + 1))


def _once(conditions: Iterable[Condition]) -> Choices:
    return tuple(dict.fromkeys(conditions))
