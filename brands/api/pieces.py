"""Evidence as records: the words, their sentence and their article, read as plain rows that are no models."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse

from brands.figures.figures import NEWEST_ARTICLE_FIRST, told_quotes
from brands.listing.address import full
from brands.models import Evidence
from brands.models.region import COUNTRY
from brands.sql import prepared

Record = dict[str, Any]

_FACTS = ("brand", "program", "statistic")


class Piece(NamedTuple):
    """A piece of evidence, in the order of `_COLUMNS`."""

    id: int
    field: str
    words: str
    sentence: str
    start: int
    end: int
    context_start: int
    context_end: int
    rule: str
    version: str
    confidence: float
    brand: int | None
    program: int | None
    statistic_id: int | None
    article_id: int
    title: str
    publisher: str
    published_on: date | None
    source_url: str
    reprint_of: int | None

    @property
    def story_key(self) -> int:
        return self.reprint_of or self.article_id

    def scope_words(self, places: Iterable[tuple[int, int]]) -> list[str]:
        """What stands in its sentence at these places, without blanks."""
        first = self.context_start
        return ["".join(self.sentence[start - first : end - first].split()) for start, end in places]


_COLUMNS = ("pk", "field", "words", "sentence_words", "start", "end", "context_start", "context_end", "rule", "version",
            "confidence", "brand_id", "program_id", "statistic_id", "article_id", "article__title",
            "article__publisher", "article__published_on", "article__url", "article__reprint_of_id")  # fmt: skip


def root_of(request: HttpRequest) -> str:
    """What full addresses begin with, to be put before paths."""
    return full(request, "/").rstrip("/")


@cache
def pages(kind: str) -> str:
    """The path under which the records of a kind have their pages, each by its key and a slash."""
    return reverse(f"brands:{kind}", args=[COUNTRY]).removesuffix(f"{COUNTRY}/")


def pieces(rows: Any) -> list[Piece]:
    """Of a queryset of evidence, in its order."""
    return [Piece(*row) for row in rows.with_words().values_list(*_COLUMNS)]


def in_order(rows: Any) -> list[Piece]:
    """The same in the order of the articles and of their words."""
    return pieces(rows.order_by("article_id", "start", "pk"))


def evidence(root: str, told: Iterable[Piece]) -> list[Record]:
    """Of one fact, which is not named."""
    return [_record(root, piece) for piece in told]


def evidence_of_facts(request: HttpRequest, told: Iterable[Piece]) -> list[Record]:
    """Of several, each naming its fact."""
    root = root_of(request)
    return [_record(root, piece) | {"fact": _fact(piece)} for piece in told]


def _fact(piece: Piece) -> Record:
    keys = zip(_FACTS, (piece.brand, piece.program, piece.statistic_id), strict=True)
    return next({"type": kind, "key": key} for kind, key in keys if key is not None)


def evidence_of_statistics(root: str, keys: Sequence[int]) -> dict[int, list[Record]]:
    """The sentences of numbers, by their keys: each story once, the newest article first, with the words that say what
    the number measures."""
    told = told_quotes(Piece(*row) for row in _said(keys))
    return {
        key: [_record(root, piece, piece.scope_words(places)) for piece, places in mine] for key, mine in told.items()
    }


@prepared
def _said(statistics: Any) -> Any:
    rows = Evidence.objects.told().filter(statistic__in=statistics).of_facts_and_scopes().with_words()
    return rows.order_by(*NEWEST_ARTICLE_FIRST).values_list(*_COLUMNS)


def evidence_of_programs(root: str, keys: Sequence[int]) -> dict[int, list[Record]]:
    found: dict[int, list[Record]] = {}
    for row in _said_of_programs(keys):
        piece = Piece(*row)
        found.setdefault(piece.program or 0, []).append(_record(root, piece))
    return found


@prepared
def _said_of_programs(programs: Any) -> Any:
    rows = Evidence.objects.filter(program__in=programs, article__relevant=True).with_words()
    return rows.order_by(F("article_id"), "start", "pk").values_list(*_COLUMNS)


def _record(root: str, piece: Piece, scope_words: Sequence[str] = ()) -> Record:
    return {
        "id": piece.id,
        "url": f"{root}{pages('article')}{piece.article_id}/#e{piece.id}",
        "field": piece.field or None,
        "words": piece.words,
        "sentence": piece.sentence,
        "scope_words": list(scope_words),
        "start": piece.start,
        "end": piece.end,
        "sentence_start": piece.context_start,
        "sentence_end": piece.context_end,
        "article": {
            "id": piece.article_id,
            "title": piece.title,
            "publisher": piece.publisher or None,
            "published_on": piece.published_on,
            "source_url": piece.source_url or None,
        },
        "rule": piece.rule or None,
        "version": piece.version or None,
        "confidence": piece.confidence,
    }
