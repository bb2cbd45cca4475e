"""A question in the words of the database: which tokens an answer has, and the check that it is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from brands.models import DocumentKind
from brands.search import tokens
from brands.search.backends.base import Dialect, Every, Have, Part, Some, Wanted
from brands.search.conditions import Condition, Labelled, Question, Spelled, Text, Together, Within, WorkedOut
from brands.vocabulary.adcodes import adcode_range

# For letters that are read as sounds, the numbers of the documents that they match, by the points that they get.
Heard: TypeAlias = Mapping[Spelled, Mapping[int, Sequence[int]]]

Words: TypeAlias = Sequence[tuple[Condition, ...]]

OTHERS_WORDS = "evidence"
# The field that doesn't count for a text that these kinds must say of themselves.
SPEAKING = (DocumentKind.BRAND, DocumentKind.PROGRAM)

# Queries at most into which :meth:`Asking.answers` divides a question.
WAYS = 4


@dataclass(frozen=True)
class Asking:
    """A question on one database. Columns are those of a document that the statement calls `d`."""

    question: Question
    dialect: Dialect
    heard: Heard

    def answers(self, kind: DocumentKind, *, first: int = 0) -> list[Part]:
        """Queries for the numbers (`id`) of documents of a kind that answer, which together name all: those that hold
        what was typed, those that tokens prove, those that sound so, and those that have to be read. With `first` only
        so many documents are looked at but for their sound."""
        ways = [self._found(words, kind, first) for words in self._ways if all(words)]
        heard = self._heard(kind)
        return [self._kept(part) for part in (*ways[:-1], *heard, *ways[-1:])]

    @cached_property
    def _ways(self) -> list[Words]:
        words = self.question.words
        literal, sure = tuple(word[:1] for word in words), tuple(map(_surely, words))
        if len(words) > 1:
            return [literal, sure, words]
        rest = tuple(one for one in words[0][1:] if one not in sure[0] and not isinstance(one, Spelled))
        first = () if isinstance(words[0][0], Spelled) else literal[0]
        return [(first,), (tuple(one for one in sure[0] if one not in first),), (rest,)]

    def _found(self, words: Words, kind: DocumentKind, first: int) -> Part:
        """Documents that have the tokens of an answer, read where having them does not make it one."""
        possible = candidates(words, kind, self.dialect, first=first)
        checks = joined(" AND ", [self.met(word) for word in words if _surely(word) != word])
        return _checked(possible, checks) if checks.sql else possible

    def _kept(self, part: Part) -> Part:
        """Those of the documents that have none of what the question refuses."""
        return _checked(part, self._refused) if self.question.without else part

    @cached_property
    def _refused(self) -> Part:
        refused = joined(" OR ", [self._holds(one) for one in self.question.without])
        return Part(f"NOT ({refused.sql})", refused.values)

    def _heard(self, kind: DocumentKind) -> list[Part]:
        """The documents that the only word finds by its sound, which are known already."""
        first, after = kind.numbers
        spelled = [one for one in self.question.words[0] if isinstance(one, Spelled)]
        found = [number for one in spelled for some in self.heard[one].values() for number in some]
        numbers = {number for number in found if first <= number < after}
        if len(self.question.words) > 1 or not numbers:
            return []
        among = self.dialect.among("id", numbers)
        return [Part(f"SELECT id FROM brands_searchdocument WHERE {among.sql}", among.values)]  # noqa: S608

    @cached_property
    def answered(self) -> Part:
        """That a document is an answer, whatever its tokens."""
        met = [self.met(word) for word in self.question.words]
        return joined(" AND ", [*met, self._refused] if self.question.without else met)

    def met(self, word: Sequence[Condition]) -> Part:
        return joined(" OR ", [self._holds(one) for one in word])

    def _holds(self, one: Condition) -> Part:
        if isinstance(one, Together):
            return joined(" AND ", [self.met(word) for word in one.words])
        if isinstance(one, Text):
            return joined(" OR ", [self._said(one, field) for field in tokens.FIELDS])
        if isinstance(one, Within):
            return lies(one)
        if isinstance(one, Labelled):
            return self.labelled(one)
        if isinstance(one, WorkedOut):
            return self.known(one)
        return self.dialect.among("d.id", [number for some in self.heard[one].values() for number in some])

    def _said(self, one: Text, field: str) -> Part:
        stands = self.stands(one.text, field)
        if not one.own or field != OTHERS_WORDS:
            return stands
        kinds = tuple(kind.value for kind in SPEAKING)
        return Part(f"d.kind NOT IN ({', '.join(['%s'] * len(kinds))}) AND {stands.sql}", kinds + stands.values)

    def stands(self, text: str, field: str) -> Part:
        """That the text stands in the field."""
        return Part(f"{self.dialect.position}(d.{field}, %s) > 0", (text,))

    def known(self, one: WorkedOut) -> Part:
        return self.dialect.among("d.id", one.numbers)

    def labelled(self, one: Labelled) -> Part:
        return Part(f"{self.dialect.position}(' ' || d.labels || ' ', %s) > 0", (f" {one.label} ",))


def candidates(words: Words, kind: DocumentKind, dialect: Dialect, *, first: int = 0) -> Part:
    """A query for the numbers (`id`) of the documents of a kind, or the first so many of it, that have the tokens of an
    answer."""
    wanted = _every([_some([_wanted(one) for one in word]) for word in words])
    if wanted is None:  # a document may do without any
        return Part("SELECT id FROM brands_searchdocument WHERE kind = %s", (kind.value,))
    return dialect.found(wanted, kind, first=first)


def _checked(possible: Part, check: Part) -> Part:
    """Those of the possible documents for which the check holds."""
    return Part(
        f"SELECT c.id FROM ({possible.sql}) AS c JOIN brands_searchdocument d ON d.id = c.id WHERE {check.sql}",  # noqa: S608
        possible.values + check.values,
    )


def lies(one: Within) -> Part:
    """That the document's division is this one or lies in it."""
    return Part("d.adcode >= %s AND d.adcode < %s", adcode_range(one.adcode))


def joined(word: str, parts: Sequence[Part]) -> Part:
    """The parts in brackets with the word between; nothing for none, and one as it is."""
    if len(parts) < 2:
        return parts[0] if parts else Part("")
    return Part(word.join(f"({part.sql})" for part in parts), tuple(value for part in parts for value in part.values))


def _wanted(one: Condition) -> Wanted | None:
    if isinstance(one, Together):
        return _every([_some([_wanted(inner) for inner in word]) for word in one.words])
    if isinstance(one, Text):
        return _have(tokens.needed(one.text))
    if isinstance(one, Within):
        return Have((tokens.within(one.adcode),))
    if isinstance(one, Labelled):
        return Have((tokens.label(one.label),))
    if isinstance(one, WorkedOut):
        return Have((one.token,))
    return _some([_have(sorted(ways)) for ways in one.reading.tokens])


def _have(some: Sequence[str]) -> Wanted | None:
    return Have(tuple(some)) if some else None


def _every(parts: Sequence[Wanted | None]) -> Wanted | None:
    asked = tuple(part for part in parts if part is not None)
    return None if not asked else asked[0] if len(asked) == 1 else Every(asked)


def _some(parts: Sequence[Wanted | None]) -> Wanted | None:
    """What some part asks for; nothing if one of them asks for nothing."""
    asked = tuple(dict.fromkeys(part for part in parts if part is not None))
    return None if len(asked) < len(set(parts)) or not asked else asked[0] if len(asked) == 1 else Some(asked)


def _surely(word: Sequence[Condition]) -> tuple[Condition, ...]:
    """What is left of a word if only that counts which the tokens of a document prove."""
    return tuple(sure for one in word if (sure := _sure(one)) is not None)


def _sure(one: Condition) -> Condition | None:
    if isinstance(one, Together):
        words = tuple(map(_surely, one.words))
        return Together(words) if all(words) else None
    sure = isinstance(one, Within | Labelled) or (isinstance(one, Text) and not one.own and tokens.whole(one.text))
    return one if sure else None
