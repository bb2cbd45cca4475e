"""Names to choose from while somebody types: brands, regions and programs.

One statement looks for names that begin with what was typed, by the indexes of keys and of sounds; where they are few,
a second one looks for names that hold it, by the index of tokens. Both stop early: suggestions are a shortcut, and all
that there is stands on the search page.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any, Self

from django.urls import reverse

from brands.models import DocumentKind
from brands.models.brand import brand_address
from brands.place_words import place_words
from brands.search import romanised, tokens
from brands.search.backends.base import Have, Part, Some
from brands.search.query import QueryError, parse
from brands.search.romanised import SYLLABLES, Romanised
from brands.search.store import dialect
from brands.text.highlight import Mark
from brands.vocabulary.folding import bare, bare_places, fold

# Suggestions in all: as many as a phone shows above its keyboard.
MOST = 8

# How many of each kind stand among them where all kinds have more; what one leaves, the first that has more takes.
SHARES = {DocumentKind.BRAND: 4, DocumentKind.REGION: 2, DocumentKind.PROGRAM: 2}

# Names of a kind that are compared with what was typed: of regions that begin with it, so that the largest are among
# them, and of documents that hold it somewhere.
LOOKED_AT = 24

# Documents of a kind that hold a text somewhere, among which the database looks for those with it in a name.
HELD = 200

# Ways to divide letters into syllables that are looked for: xian is xian and xi'an.
MAX_SOUNDS = 6

_LAST = chr(0x10FFFF)
_UMLAUT = re.compile(r"\b([ln])u")
_MEANT = re.compile("[vü]")
_COLUMNS = "id, kind, adcode, sort, name, aliases, place, syllables"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`marks` are the matched characters of `name`; `alias` is the other name that matched where the name doesn't.
    `place` is where a brand or a program is, and what holds a region."""

    kind: DocumentKind
    name: str
    url: str
    place: str
    marks: list[Mark]
    alias: str = ""
    alias_marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """What was typed: its words and all of it in bare form, and read as pinyin where it has Latin letters."""

    words: tuple[str, ...]
    key: str
    reading: Romanised | None

    @classmethod
    def of(cls, typed: str) -> Self:
        """No words for what can't be asked."""
        try:
            words = [word for word in parse(typed).words if bare(fold(word))]
        except QueryError:
            words = []
        bared = tuple(bare(fold(word)) for word in words)
        return cls(bared, "".join(bared), romanised.read("'".join(words)))

    @cached_property
    def sounds(self) -> list[str]:
        """What was typed as beginnings of sort keys: whole syllables, and the last one as far as it goes. Readings have
        lu for lv, too, which sort keys tell apart."""
        if not self.reading:
            return []
        found = []
        for end, spoken in ((0, ()), *self.reading.beginnings()):
            rest = self.reading.letters[end:]
            if not rest or any(syllable.startswith(rest) for syllable in SYLLABLES):
                sound = " ".join((*spoken, rest)).strip()
                found += [sound, _UMLAUT.sub(r"\1v", sound)]
        return list(dict.fromkeys(found))[:MAX_SOUNDS]

    def distance(self, sort: str) -> int:
        """0 for a name that begins with the very syllables, 1 for one where the last goes on, else 2."""
        umlaut = _MEANT.search(self.key) is not None
        meant = [sound for sound in self.sounds if ("v" in sound) == umlaut]
        if any(f"{sort} ".startswith(f"{sound} ") for sound in meant):
            return 0
        return 1 if sort.startswith(tuple(meant)) else 2

    def places(self, folded: str, items: Sequence[str]) -> list[tuple[int, int]]:
        """The stretches of a folded name that are meant, `items` being the syllables of its characters; none where a
        word of several is missing."""
        found = [list(_stretches(folded, word)) for word in self.words]
        if all(found):
            return sorted(chain.from_iterable(found))
        return self.reading.matches(items, folded)[:1] if self.reading and len(items) == len(folded) else []

    def marks(self, name: str, items: Sequence[str]) -> list[Mark]:
        """The characters of a name that are meant, also where other words stand elsewhere."""
        folded = fold(name)
        places = self.places(folded, items) or [place for word in self.words for place in _stretches(folded, word)]
        return [Mark(start, end) for start, end in places]


@dataclass(frozen=True, slots=True)
class _Document:
    """The columns of a document that suggestions read."""

    id: int
    kind: str
    adcode: str
    sort: str
    name: str
    aliases: str
    place: str
    syllables: str

    @property
    def pk(self) -> int:
        return self.id - DocumentKind(self.kind).numbers[0]

    def names(self) -> list[tuple[str, list[str]]]:
        """The name and then the other names, folded, each with the syllables of its characters."""
        lines = chain(self.name.split("\n")[:1], self.aliases.split("\n"))
        spelled = [line.split(" ") for line in self.syllables.split("\n")]
        return [(next((line for line in lines if len(line) == len(items)), ""), items) for items in spelled]

    @property
    def width(self) -> int:
        """Digits of a division's code that count, so that provinces stand before counties; 0 for all else."""
        return len(self.adcode.rstrip("0")) if self.kind == DocumentKind.REGION else 0

    def rank(self, asked: _Asked) -> int | None:
        """0 for the very name, 1 for a name that begins with what was typed, 2 for another name that does, 3 for a name
        that holds it, 4 for another that does or for names with the place; None where no name holds any of it."""
        (own, items), *others = self.names()
        places = asked.places(own, items)
        if _begin(places, own):
            return 0 if bare(own) == asked.key else 1
        found = [(stretches, name) for name, items in others if (stretches := asked.places(name, items))]
        if any(_begin(stretches, name) for stretches, name in found):
            return 2
        return 3 if places else 4 if found or self._holds_apart(asked) else None

    def _holds_apart(self, asked: _Asked) -> bool:
        """Whether some words stand in names and the others in names, too, or in the place."""
        names = f"{self.name}\n{self.aliases}"
        told = all(word in names or word in self.place for word in asked.words)
        return told and any(word in names for word in asked.words)


def suggest(typed: str) -> list[Suggestion]:
    """At most MOST suggestions, grouped by kind, the best first; none for what can't be asked."""
    asked = _Asked.of(typed)
    if not asked.words:
        return []
    found = _fitting(asked, _rows(_beginning(asked)))
    if len(found) < MOST:
        found |= _fitting(asked, _rows(_holding(asked)))
    return _shown(asked, _shared([document for _, document in sorted(found.values(), key=itemgetter(0))]))


def _beginning(asked: _Asked) -> Iterable[Part]:
    """Names that begin with what was typed, or whose sound does."""
    for kind in SHARES:
        yield _range("key", kind, asked.key)
        for sound in asked.sounds:
            yield _range("sort", kind, sound)


def _range(column: str, kind: DocumentKind, start: str) -> Part:
    return Part(
        f"SELECT {_COLUMNS} FROM brands_searchdocument WHERE kind = %s AND {column} >= %s AND {column} < %s"  # noqa: S608
        f" ORDER BY {column}, id LIMIT {LOOKED_AT if kind == DocumentKind.REGION else MOST}",
        (kind.value, start, start + _LAST),
    )


def _holding(asked: _Asked) -> Iterable[Part]:
    """Documents that hold what was typed somewhere, perhaps in a name."""
    text = Have(tuple(sorted({token for word in asked.words for token in tokens.needed(word)})))
    sounds = asked.reading.tokens if asked.reading else ()
    wanted = Some((text, *(Have(tuple(sorted(sound))) for sound in sounds)))
    check = "" if sounds else _check(asked)
    for kind in SHARES:
        found = dialect().found(wanted, kind)
        first = f"SELECT id FROM ({found.sql}) AS candidate LIMIT {HELD if check else LOOKED_AT}"  # noqa: S608
        yield Part(
            f"SELECT {_COLUMNS} FROM brands_searchdocument WHERE id IN ({first}){check} LIMIT {LOOKED_AT}",  # noqa: S608
            (*found.values, *(asked.words if check else ())),
        )


def _check(asked: _Asked) -> str:
    """The condition that all words stand in names; of several, some may stand in the place."""
    held = "name || ' ' || aliases" if len(asked.words) == 1 else "name || ' ' || aliases || ' ' || place"
    return f" AND {dialect().position}({held}, %s) > 0" * len(asked.words)


def _rows(parts: Iterable[Part]) -> list[_Document]:
    return [_Document(*row) for row in _select(parts)]


def _select(parts: Iterable[Part]) -> list[Any]:
    """What all the queries find, in one statement; nothing where there are none, which PostgreSQL can't be asked."""
    asked = list(parts)
    if not asked:
        return []
    sql = " UNION ALL ".join(f"SELECT * FROM ({part.sql}) AS part{number}" for number, part in enumerate(asked))  # noqa: S608
    return dialect().rows(Part(sql, tuple(value for part in asked for value in part.values)))


def _fitting(asked: _Asked, documents: Iterable[_Document]) -> dict[int, tuple[tuple[object, ...], _Document]]:
    """The documents that fit, each with its place: the best first, of equals those that sound most like it, the larger
    division, then as in a dictionary."""
    ranks = ((document.rank(asked), document) for document in documents)
    return {
        document.id: ((rank, asked.distance(document.sort), document.width, document.sort, document.id), document)
        for rank, document in ranks
        if rank is not None
    }


def _shared(ranked: Sequence[_Document]) -> list[_Document]:
    """The best MOST, in the order of kinds, with each kind's share."""
    of_kind = {kind: [document for document in ranked if document.kind == kind] for kind in SHARES}
    taken = {kind: min(share, len(of_kind[kind])) for kind, share in SHARES.items()}
    for kind in SHARES:
        taken[kind] += min(MOST - sum(taken.values()), len(of_kind[kind]) - taken[kind])
    return [document for kind in SHARES for document in of_kind[kind][: taken[kind]]]


def _shown(asked: _Asked, documents: Sequence[_Document]) -> list[Suggestion]:
    """The suggestions with their names as they are written, in two statements."""
    written: defaultdict[int, list[str]] = defaultdict(list)
    for number, name in _select(_names(documents)):
        written[number].append(name)
    divisions = dict(_select([_divisions(documents)]))
    return [_suggestion(asked, document, written[document.id], divisions) for document in documents]


def _names(documents: Sequence[_Document]) -> Iterable[Part]:
    """Queries for all names of the things, the one that is shown first."""
    keys = {kind: [document.pk for document in documents if document.kind == kind] for kind in SHARES}
    codes = [str(code) for code in keys[DocumentKind.REGION]]
    for kind, table, key, name in (
        (DocumentKind.BRAND, "brand", "id", "name"),
        (DocumentKind.BRAND, "brandalias", "brand_id", "name"),
        (DocumentKind.REGION, "region", "adcode", "name"),
        (DocumentKind.REGION, "region", "adcode", "short_name"),
        (DocumentKind.REGION, "regionname", "region_id", "name"),
        (DocumentKind.PROGRAM, "program", "id", "name"),
    ):
        if keys[kind]:
            among = ", ".join("%s" for _ in keys[kind])
            yield Part(
                f"SELECT CAST({key} AS bigint) + {kind.numbers[0]} AS id, {name} AS name"  # noqa: S608
                f" FROM brands_{table} WHERE {key} IN ({among})",
                tuple(codes if kind == DocumentKind.REGION else keys[kind]),
            )


def _divisions(documents: Sequence[_Document]) -> Part:
    """A query for the divisions of the documents and those that hold them: code and common name."""
    codes = sorted({code for document in documents for code in _holders(document.adcode)})
    among = ", ".join("%s" for _ in codes) or "NULL"
    return Part(f"SELECT adcode, common_name FROM brands_region WHERE adcode IN ({among})", tuple(codes))  # noqa: S608


def _suggestion(asked: _Asked, document: _Document, names: Sequence[str], divisions: Mapping[str, str]) -> Suggestion:
    """With the other name that matched, where the one that is shown doesn't."""
    spelled = dict(document.names())
    marks = {name: asked.marks(name, spelled.get(fold(name), ())) for name in names}
    alias = "" if marks[names[0]] else next((name for name in names if marks[name]), "")
    codes = _holders(document.adcode)[: -1 if document.kind == DocumentKind.REGION else None]
    return Suggestion(
        kind=DocumentKind(document.kind),
        name=names[0],
        url=_address(document),
        place=place_words(codes[-1] if codes else "", "".join(divisions.get(code, "") for code in codes)),
        marks=marks[names[0]],
        alias=alias,
        alias_marks=tuple(marks.get(alias, ())),
    )


def _address(document: _Document) -> str:
    if document.kind == DocumentKind.BRAND:
        return brand_address(document.pk, document.sort)
    return reverse(f"brands:{document.kind}", args=[document.pk])


def _holders(adcode: str) -> list[str]:
    """The codes of the division and of those that may hold it, the largest first."""
    return list(dict.fromkeys(adcode[:width].ljust(6, "0") for width in (2, 4, 6))) if adcode else []


def _begin(places: Sequence[tuple[int, int]], name: str) -> bool:
    """Whether the first of the stretches of a folded name is its beginning, quotes before it left out."""
    return bool(places) and not bare(name[: places[0][0]])


def _stretches(folded: str, word: str) -> Iterable[tuple[int, int]]:
    """Where the word stands in the bare form of a folded name, in places of the name itself."""
    text, places = (folded, range(len(folded))) if folded.isalnum() else (bare(folded), bare_places(folded))
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        yield places[at], places[end - 1] + 1
        at = text.find(word, end)
