"""Documents and the index of their tokens, written together so that each is what the other says."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction

from brands.models import DocumentKind, SearchDocument
from brands.search import tokens
from brands.search.backends.base import Dialect
from brands.search.backends.postgres import Postgres
from brands.search.backends.sqlite import Sqlite
from brands.search.document_sources import Keys, public
from brands.search.documents import Document, build
from brands.sql import grouped, prepared, upsert

# Documents that are made and written at a time.
BATCH = 500


def dialect() -> Dialect:
    """The words of the database in use."""
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


def refresh(keys: Mapping[DocumentKind, Keys]) -> None:
    """Make the documents of these rows, and the index, what the rows say. Only what differs is written; the database
    takes the entries of deleted documents off the index."""
    for some in batches((kind, key) for kind in DocumentKind for key in sorted(keys.get(kind, ()))):
        stored = _stored_of([kind.number(key) for kind, key in some])
        made = {document.id: document for document in build(grouped(some))}
        if gone := stored.keys() - made.keys():
            SearchDocument.objects.filter(pk__in=gone).delete()
        changed = [document for number, document in made.items() if document != stored.get(number)]
        upsert(SearchDocument, changed)
        _index([document for document in changed if _entries_differ(document, stored.get(document.id))])


def switched(kind: DocumentKind, keys: Collection[int]) -> set[int]:
    """Those of these rows that have documents and should have none, or the other way round."""
    if not keys:
        return set()
    there = {number - kind.numbers[0] for number, _curated_now in _curated([kind.number(key) for key in keys])}
    return there ^ {key for (key,) in _SHOWN[kind](keys)}


@prepared
def _shown_brands(keys: Any) -> Any:
    return public(DocumentKind.BRAND).filter(pk__in=keys).values_list("pk")


@prepared
def _shown_programs(keys: Any) -> Any:
    return public(DocumentKind.PROGRAM).filter(pk__in=keys).values_list("pk")


_SHOWN: Mapping[DocumentKind, Callable[[Keys], list[Any]]] = {
    DocumentKind.BRAND: _shown_brands,
    DocumentKind.PROGRAM: _shown_programs,
}


def curate(kind: DocumentKind, keys: Collection[int]) -> set[int]:
    """Say of these rows that they are confirmed, which no entry of the index depends on; those that have documents."""
    numbers = {kind.number(key): key for key in keys}
    there: dict[int, bool] = dict(_curated(list(numbers)))
    if not_yet := [number for number, curated in there.items() if not curated]:
        SearchDocument.objects.filter(pk__in=not_yet).update(curated=True)
    return {numbers[number] for number in there}


@prepared
def _curated(numbers: Any) -> Any:
    return SearchDocument.objects.filter(pk__in=numbers).order_by().values_list("pk", "curated")


def rebuild(kind: DocumentKind) -> Iterator[int]:
    """Write all documents and entries of a kind anew, batch by batch, each in a transaction of its own; yields the size
    of each. Who searches meanwhile finds everything: a batch replaces what was there."""
    for some in batches(_all_keys(kind)):
        with transaction.atomic():
            made = build({kind: some})
            gone = {kind.number(key) for key in some} - {document.id for document in made}
            SearchDocument.objects.filter(pk__in=gone).delete()
            dialect().delete(sorted(gone))
            upsert(SearchDocument, made)
            _index(made)
        yield len(made)


def differences(kind: DocumentKind) -> Iterator[str]:
    """What is not as the catalogue says, one line a document."""
    for some in batches(_all_keys(kind)):
        numbers = [kind.number(key) for key in some]
        stored = _stored_of(numbers)
        indexed = dialect().entries(numbers)
        made = {document.id: document for document in build({kind: some})}
        for number in numbers:
            if found := _difference(made.get(number), stored.get(number), indexed.get(number)):
                yield f"{kind} {number - kind.numbers[0]}: {found}"


def batches(keys: Iterable[Any], size: int = 0) -> Iterator[list[Any]]:
    """The keys, so many at a time, else BATCH."""
    waiting = iter(keys)
    while some := list(islice(waiting, size or BATCH)):
        yield some


def _all_keys(kind: DocumentKind) -> list[int] | list[str]:
    """Of rows that have documents or should have some, and of entries that something else left behind."""
    first, after = kind.numbers
    numbers = {*SearchDocument.objects.filter(pk__gte=first, pk__lt=after).values_list("pk", flat=True)}
    numbers.update(dialect().numbers(kind))
    rows = public(kind).values_list("pk", flat=True)
    keys = sorted({number - first for number in numbers} | set(map(int, rows)))
    return list(map(str, keys)) if kind == DocumentKind.REGION else keys


@prepared
def _stored(numbers: Any) -> Any:
    return SearchDocument.objects.filter(pk__in=numbers).values_list(*Document._fields)


def _stored_of(numbers: Keys) -> dict[int, Document]:
    return {row[0]: Document._make(row) for row in _stored(numbers)}


def _difference(made: Document | None, stored: Document | None, indexed: list[str] | None) -> str:
    if made is None:
        return "not public, but there" if stored or indexed is not None else ""
    if stored is None:
        return "no document"
    wrong = [column for column, one, other in zip(Document._fields, made, stored, strict=True) if one != other]
    if wrong:
        return f"other {', '.join(wrong)} than the catalogue"
    if indexed is None:
        return "not indexed"
    return "" if sorted(indexed) == sorted(tokens.of_document(made)) else "indexed otherwise"


def _entries_differ(made: Document, stored: Document | None) -> bool:
    return stored is None or any(getattr(made, column) != getattr(stored, column) for column in tokens.SOURCES)


def _index(documents: Sequence[Document]) -> None:
    dialect().write([(document.id, tokens.of_document(document)) for document in documents])
