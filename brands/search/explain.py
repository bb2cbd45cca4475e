"""Why a document answers a question, worked out once more in Python for the few that are shown.

The points are those of :mod:`brands.search.ranking`, whose statement gives them to all that were found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from brands.models import DocumentKind, SearchDocument
from brands.search import ranking
from brands.search.candidates import OTHERS_WORDS, SPEAKING
from brands.search.conditions import Condition, Labelled, Question, Text, Together, Why, Within, WorkedOut
from brands.search.sounds import spelled_names
from brands.search.tokens import of_place, within
from brands.vocabulary.folding import bare

# From what is meant for sure to what may be meant. A hit is as sure as the least sure of its words.
WEAKER = (Why.EXACT, Why.SCRIPT, Why.ALIAS, Why.REGION, Why.SYNONYM, Why.PINYIN, Why.SOUND, Why.SHAPE)

COLUMNS = {
    "name": "name",
    "aliases": "alias",
    "place": "region",
    "description": "description",
    "evidence": "evidence",
    "body": "article",
}
# Where a word may stand, from the name on.
FIELDS = tuple(COLUMNS.values())


@dataclass(frozen=True, slots=True)
class MatchReason:
    """How a document meets a condition: where, what that is worth, and why it counts."""

    points: int
    field: str
    why: Why
    condition: Condition


def best(document: SearchDocument, word: Sequence[Condition]) -> MatchReason | None:
    """The reason worth most of those why a document meets a word, the first of several; None where it doesn't."""
    found = [reason for one in word if (reason := _reason(document, one))]
    return max(found, key=lambda reason: reason.points, default=None)


def points(document: SearchDocument, question: Question) -> int:
    """All points of a document; 0 where it doesn't answer the question."""
    found = [best(document, word) for word in question.words]
    given = [reason.points for reason in found if reason]
    if len(given) < len(found) or best(document, question.without):
        return 0
    worst = min(given) if len(given) > 1 else 0
    return sum(given) + worst + _whole_points(document, question.whole) + _size_points(document)


def weakest(whys: Sequence[Why]) -> Why:
    return max(whys, key=WEAKER.index)


def _reason(document: SearchDocument, one: Condition) -> MatchReason | None:
    if isinstance(one, Together):
        return _together(document, one)
    if isinstance(one, Text):
        unsaid = OTHERS_WORDS if one.own and document.kind in SPEAKING else ""
        standing = ((points, field) for points, field in _standing(document, one.text) if field != unsaid)
        return next((_counted(points, field, one) for points, field in standing), None)
    if isinstance(one, Within):
        inside = within(one.adcode) in of_place(document.adcode)
        return _counted(ranking.PLACE, "region", one) if inside else None
    if isinstance(one, Labelled):
        labelled = one.label in document.labels.split(" ")
        return _counted(ranking.DESCRIPTION, "description", one) if labelled else None
    if isinstance(one, WorkedOut):
        return _counted(ranking.known(one), one.field, one) if document.id in one.numbers else None
    heard = [
        MatchReason(
            ranking.heard(stretch, len(items), alias=alias, why=one.why), "alias" if alias else "name", one.why, one
        )
        for name, items, alias in spelled_names(document.name, document.aliases, document.syllables)
        for stretch in one.reading.matches(items, name)
    ]
    return max(heard, key=lambda reason: reason.points, default=None)


def _together(document: SearchDocument, one: Together) -> MatchReason | None:
    found = [best(document, word) for word in one.words]
    reasons = [reason for reason in found if reason]
    if len(reasons) < len(found):
        return None
    field = max((reason.field for reason in reasons), key=FIELDS.index)
    points = sum(reason.points for reason in reasons) // len(reasons)
    return MatchReason(points, field, weakest([reason.why for reason in reasons]), one)


def _counted(points: int, field: str, one: Text | Within | Labelled | WorkedOut) -> MatchReason:
    """What is found as it was typed, but in another name or in the name of a place, says so."""
    if one.why == Why.EXACT:
        return MatchReason(points, field, {"alias": Why.ALIAS, "region": Why.REGION}.get(field, one.why), one)
    return MatchReason(points * ranking.PERCENT[one.why] // 100, field, one.why, one)


def _standing(document: SearchDocument, text: str) -> Iterator[tuple[int, str]]:
    """Where the text stands, the best place first."""
    key = bare(text)
    if key and document.key == key:
        yield ranking.NAME, "name"
    if key and document.key.startswith(key):
        yield ranking.START, "name"
    if f"\n{text}" in f"\n{document.aliases}":
        yield ranking.ALIAS, "alias"
    for column, points in ranking.STANDING.items():
        if text in getattr(document, column):
            yield points, COLUMNS[column]


def _whole_points(document: SearchDocument, whole: str) -> int:
    if not whole:
        return 0
    if document.key == whole:
        return ranking.WHOLE_NAME
    if whole in document.aliases.split("\n"):
        return ranking.WHOLE_ALIAS
    if document.key.startswith(whole):
        return ranking.WHOLE_START
    return ranking.WHOLE_PART if whole in document.name or whole in document.aliases else 0


def _size_points(document: SearchDocument) -> int:
    if document.kind != DocumentKind.REGION:
        return 0
    return ranking.LARGE if document.adcode.endswith("0000") else ranking.MIDDLE * document.adcode.endswith("00")
