"""Seals: a chain of hashes over the entries of the audit log, as Haber and Stornetta linked their time stamps (How to
time-stamp a digital document, 1991): each link holds the hash of the one before, so that nobody who knows the newest
can be shown another past.

An entry's hash is the SHA-256 of its canonical form: the JSON of all its columns and of its change set, with sorted
names and without blanks, as in RFC 8785, but for numbers, which keep all digits. It is the same on both databases. A
seal's digest is that of the digest before it and of the hashes of its entries.

Writers do not wait for each other to chain: entries are sealed afterwards, in the order of their numbers, once no
transaction runs any more that may still bring one with a smaller number. On SQLite one transaction writes at a time; on
PostgreSQL those that held their lock on the table when the newest entry had been read must have ended.
"""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from brands.models import Change, ChangeSet, Page, Seal
from brands.models.source import BY_HAND
from brands.vocabulary.choices import ChangeAction

# Entries of one seal, and those that are read at once.
MOST = 10_000
AT_ONCE = 1_000

# Bytes of each entry's hash that a seal keeps.
MARK = 8

# The digest of the seal that begins the chain.
BEGINNING = "0" * 64

# Seconds between two looks at what still runs.
PAUSE = 0.05


def seal(using: str = "default", *, patience: float = 2.0) -> int:
    """Seal the entries that are settled; how many. Waits at most `patience` seconds for running transactions, and not
    at all for another process that seals. To be called outside of transactions."""
    last = settled(using, patience=patience)
    sealed = 0
    while last is not None:
        before = newest(using)
        if before is None or covered(before) >= last:
            break
        entries = list(Change.objects.using(using).filter(pk__gt=covered(before), pk__lte=last).order_by("pk")[:MOST])
        if not entries or not _append(before, entries, using):
            break
        sealed += len(entries)
    return sealed


def covered(seal: Seal) -> int:
    """The number up to which entries are in the chain with this seal. That which begins it holds none: the next one
    begins with the first entry of all."""
    return seal.last if seal.count else 0


def newest(using: str = "default") -> Seal | None:
    """The end of the chain."""
    return Seal.objects.using(using).order_by("-pk").defer("marks").first()


def settled(using: str = "default", *, patience: float) -> int | None:
    """The number up to which no entry will come any more, None if nobody can say so within `patience` seconds."""
    connection = connections[using]
    if connection.in_atomic_block:
        raise RuntimeError("entries are sealed outside of transactions")
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM brands_change")
        last: int = cursor.fetchone()[0] or 0
        if connection.vendor != "postgresql":
            return last
        writers = _writers(cursor)  # who has a smaller number and has not ended holds this lock by now
        until = time.monotonic() + patience
        while writers:
            if time.monotonic() >= until:
                return None
            time.sleep(PAUSE)
            writers &= _writers(cursor)
        return last


def _writers(cursor: CursorWrapper) -> set[str]:
    """The transactions that have begun to write entries: each holds its lock on the table until it ends."""
    cursor.execute(
        "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted"
        " AND relation = 'brands_change'::regclass"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    return {name for (name,) in cursor.fetchall()}


def _append(before: Seal, entries: Sequence[Change], using: str) -> bool:
    """Add a seal; False if another process has just done so."""
    hashes = [digest for some in _some(entries) for digest in hashed(some, using)]
    try:
        with transaction.atomic(using=using):
            Seal.objects.using(using).create(
                pk=before.pk + 1,
                last=entries[-1].pk,
                count=len(entries),
                digest=linked(before.digest, hashes),
                marks=b"".join(one[:MARK] for one in hashes),
                at=timezone.now(),
            )
    except IntegrityError:
        return False
    return True


def _some(entries: Sequence[Change]) -> Iterator[Sequence[Change]]:
    for at in range(0, len(entries), AT_ONCE):
        yield entries[at : at + AT_ONCE]


def linked(before: str, hashes: Iterable[bytes]) -> str:
    """The digest of a seal, from the one before it and the hashes of its entries."""
    digest = hashlib.sha256(bytes.fromhex(before))
    for one in hashes:
        digest.update(one)
    return digest.hexdigest()


def hashed(entries: Sequence[Change], using: str) -> list[bytes]:
    """The hash of each of the entries."""
    sets = ChangeSet.objects.using(using).in_bulk({one.change_set_id for one in entries} - {None})
    texts = _texts(entries, using)
    return [hashlib.sha256(canonical(_form(one, sets, texts)).encode()).digest() for one in entries]


def _form(entry: Change, sets: Mapping[int, ChangeSet], texts: Mapping[str, str]) -> list[object]:
    """All that an entry says."""
    of = sets.get(entry.change_set_id or 0)
    author = (
        [of.pk, of.kind, of.author_id, of.author_name, of.note, of.undoes_id, of.created_at]
        if of
        else entry.change_set_id
    )
    said = [entry.pk, entry.table, entry.row, entry.action, entry.old, entry.new, entry.at, author]
    return [*said, texts[entry.row]] if _begins_page(entry) and entry.row in texts else said


def _begins_page(entry: Change) -> bool:
    """Whether a page begins in the entry whose text stays: that of a person's own source grows."""
    begins = entry.table == Page._meta.db_table and entry.action in (ChangeAction.CREATED, ChangeAction.BASE)
    return begins and (entry.new or {}).get("extractor") != BY_HAND


def _texts(entries: Iterable[Change], using: str) -> dict[str, str]:
    """Hashes of the texts of pages that begin in these entries, which hold none: of the row, or of its deletion."""
    keys = {entry.row for entry in entries if _begins_page(entry) and entry.row.isascii() and entry.row.isdigit()}
    if not keys:
        return {}
    gone = Change.objects.using(using).filter(table=Page._meta.db_table, row__in=keys, action=ChangeAction.DELETED)
    found = {one.row: _sha((one.old or {}).get("text")) for one in gone.order_by("pk")}
    rows = Page._base_manager.using(using).filter(pk__in=keys).order_by().values_list("pk", "text")
    return found | {str(pk): _sha(text) for pk, text in rows}


def _sha(text: object) -> str:
    return hashlib.sha256(str(text).encode()).hexdigest()


def canonical(value: Any) -> str:
    """JSON with sorted names and without blanks; moments in UTC, numbers with all their digits and no needless ones.

    >>> canonical({"b": [1, Decimal("2.50")], "a": None})
    '{"a":null,"b":[1,2.5]}'
    """
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(str(name))}:{canonical(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, datetime):
        return f'"{value.astimezone(UTC).isoformat(timespec="microseconds")}"'
    if isinstance(value, float | Decimal):
        exact = Decimal(repr(value)) if isinstance(value, float) else value
        return f"{exact.normalize():f}" if exact else "0"
    return json.dumps(value)
