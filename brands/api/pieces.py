"""Evidence as records: the words, their sentence and their article, read as plain rows that are no models."""

from collections.abc import Callable, Iterable, Sequence
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
from brands.sql import Row, prepared, prepared_for_one

Record = dict[str, Any]


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


@cache
def _behind(count: int) -> Callable[[object], list[Row]]:
    @prepared_for_one
    def rows(key: Any) -> Any:
        told = Evidence.objects.public().filter(pk__gt=key).with_words()
        return told.order_by("pk").values_list(*_COLUMNS)[:count]

    return rows


def pieces_behind(key: int, count: int) -> list[Piece]:
    """The first of all public evidence behind the one with this key."""
    return [*map(Piece._make, _behind(count)(key))]


def in_order(rows: Any) -> list[Piece]:
    """The same in the order of the articles and of their words."""
    return pieces(rows.order_by("article_id", "start", "pk"))


def evidence(root: str, told: Iterable[Piece]) -> list[Record]:
    """Of one fact, which is not named."""
    before = _before(root)
    return [_record(before, piece) for piece in told]


def evidence_of_facts(request: HttpRequest, told: Iterable[Piece]) -> list[Record]:
    """Of several, each naming its fact."""
    before = _before(root_of(request))
    found = []
    for piece in told:
        record = _record(before, piece)
        record["fact"] = _fact(piece)
        found.append(record)
    return found


def _fact(piece: Piece) -> Record:
    if piece.statistic_id is not None:
        return {"type": "statistic", "key": piece.statistic_id}
    if piece.program is not None:
        return {"type": "program", "key": piece.program}
    return {"type": "brand", "key": piece.brand}


def evidence_of_statistics(root: str, keys: Sequence[int]) -> dict[int, list[Record]]:
    """The sentences of numbers, by their keys: each story once, the newest article first, with the words that say what
    the number measures."""
    before = _before(root)
    told = told_quotes(map(Piece._make, _said(keys)))
    return {
        key: [_record(before, piece, piece.scope_words(places)) for piece, places in mine] for key, mine in told.items()
    }


@prepared
def _said(statistics: Any) -> Any:
    rows = Evidence.objects.told().filter(statistic__in=statistics).of_facts_and_scopes().with_words()
    return rows.order_by(*NEWEST_ARTICLE_FIRST).values_list(*_COLUMNS)


def evidence_of_programs(root: str, keys: Sequence[int]) -> dict[int, list[Record]]:
    before = _before(root)
    found: dict[int, list[Record]] = {}
    for piece in map(Piece._make, _said_of_programs(keys)):
        found.setdefault(piece.program or 0, []).append(_record(before, piece))
    return found


@prepared
def _said_of_programs(programs: Any) -> Any:
    rows = Evidence.objects.filter(program__in=programs, article__relevant=True).with_words()
    return rows.order_by(F("article_id"), "start", "pk").values_list(*_COLUMNS)


def _before(root: str) -> str:
    """What the addresses of articles begin with."""
    return root + pages("article")


def _record(before: str, piece: Piece, scope_words: Sequence[str] = ()) -> Record:
    return {
        "id": piece.id,
        "url": f"{before}{piece.article_id}/#e{piece.id}",
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
