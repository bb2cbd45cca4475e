"""Documents and the index of their tokens, written together so that each is what the other says."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction

from brands.models import Kind, SearchDocument
from brands.search import tokens
from brands.search.dialect import Dialect
from brands.search.documents import Keys, build, public
from brands.search.postgres import Postgres
from brands.search.sqlite import Sqlite

BATCH = 500
"""Documents that are made and written at a time."""

_COLUMNS = [field.attname for field in SearchDocument._meta.concrete_fields if not field.primary_key]


def dialect() -> Dialect:
    """The words of the database in use."""
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


def refresh(kind: Kind, keys: Keys) -> None:
    """Make the documents of these rows, and the index, what the rows say. Only what differs is written; the database
    takes the entries of deleted documents off the index."""
    for some in batches(keys):
        numbers = [kind.number(key) for key in some]
        stored = SearchDocument.objects.in_bulk(numbers)
        made = {document.id: document for document in build(kind, some)}
        if gone := stored.keys() - made.keys():
            SearchDocument.objects.filter(pk__in=gone).delete()
        changed = [document for number, document in made.items() if _differ(document, stored.get(number))]
        _write(changed)
        _index(document for document in changed if _entries_differ(document, stored.get(document.id)))


def rebuild(kind: Kind) -> Iterator[int]:
    """Write all documents and entries of a kind anew, batch by batch, each in a transaction of its own; yields the size
    of each. Who searches meanwhile finds everything: a batch replaces what was there."""
    for some in batches(_all_keys(kind)):
        with transaction.atomic():
            made = build(kind, some)
            gone = {kind.number(key) for key in some} - {document.id for document in made}
            SearchDocument.objects.filter(pk__in=gone).delete()
            dialect().delete(sorted(gone))
            _write(made)
            _index(made)
        yield len(made)


def differences(kind: Kind) -> Iterator[str]:
    """What is not as the catalogue says, one line a document."""
    for some in batches(_all_keys(kind)):
        numbers = [kind.number(key) for key in some]
        stored = SearchDocument.objects.in_bulk(numbers)
        indexed = dialect().entries(numbers)
        made = {document.id: document for document in build(kind, some)}
        for number in numbers:
            if found := _difference(made.get(number), stored.get(number), indexed.get(number)):
                yield f"{kind} {number - kind.numbers[0]}: {found}"


def batches(keys: Iterable[Any], size: int = 0) -> Iterator[list[Any]]:
    """The keys, so many at a time, else BATCH."""
    waiting = iter(keys)
    while some := list(islice(waiting, size or BATCH)):
        yield some


def _all_keys(kind: Kind) -> list[Any]:
    """Of rows that have documents or should have some, and of entries that something else left behind."""
    first, after = kind.numbers
    numbers = {*SearchDocument.objects.filter(pk__gte=first, pk__lt=after).values_list("pk", flat=True)}
    numbers.update(dialect().numbers(kind))
    rows = public(kind).order_by().values_list("pk", flat=True)
    return sorted({number - first for number in numbers} | set(map(int, rows)))


def _difference(made: SearchDocument | None, stored: SearchDocument | None, indexed: list[str] | None) -> str:
    if made is None:
        return "not public, but there" if stored or indexed is not None else ""
    if stored is None:
        return "no document"
    wrong = [column for column in _COLUMNS if getattr(made, column) != getattr(stored, column)]
    if wrong:
        return f"other {', '.join(wrong)} than the catalogue"
    if indexed is None:
        return "not indexed"
    return "" if sorted(indexed) == tokens.of_document(made) else "indexed otherwise"


def _differ(made: SearchDocument, stored: SearchDocument | None) -> bool:
    return stored is None or any(getattr(made, column) != getattr(stored, column) for column in _COLUMNS)


def _entries_differ(made: SearchDocument, stored: SearchDocument | None) -> bool:
    return stored is None or any(getattr(made, column) != getattr(stored, column) for column in tokens.SOURCES)


def _write(documents: Sequence[SearchDocument]) -> None:
    SearchDocument.objects.bulk_create(documents, update_conflicts=True, unique_fields=["id"], update_fields=_COLUMNS)


def _index(documents: Iterable[SearchDocument]) -> None:
    dialect().write([(document.id, tokens.of_document(document)) for document in documents])
