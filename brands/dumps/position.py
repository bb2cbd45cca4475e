"""Places in the audit log: up to where it is settled, how such a place is written, and the database as of one moment.

A transaction takes the numbers of its entries while it runs and shows them when it ends, so on PostgreSQL an entry may
appear behind others that were read already. What is settled is the part of the log in which none can appear any more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zlib import crc32

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

from brands.audit import check
from brands.models import Change

# How a place is written: the number of an entry, and a checksum by which it is known again.
PLACE = "(0|[1-9][0-9]{0,17}-[0-9a-f]{8})"

# Before all entries.
BEGINNING = "0"


class UnknownPlaceError(Exception):
    """The audit log has no such entry: it is another one, or it was restored from a backup."""


# Entries among which one may stand that was written later than one behind it.
NEAR = 1_000

# Since when each transaction runs that has written to the log and has not ended; null where nobody may know.
_WRITING = """
SELECT a.xact_start
FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'relation' AND l.relation = 'brands_change'::regclass AND l.mode = 'RowExclusiveLock'
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND l.pid IS DISTINCT FROM pg_backend_pid()
"""


def settled() -> Change | None:
    """The last entry up to which the log is settled now; None where no entry is. On SQLite, where one transaction
    writes at a time, that is the newest.

    Who begins to write after the newest entry was read takes later numbers. A transaction that is under way took its
    numbers after it began, so it has none among those that were written before.
    """
    log = Change.objects.order_by("-pk")
    newest = log.first()
    if connection.vendor != "postgresql":
        return newest
    with connection.cursor() as cursor:
        cursor.execute(_WRITING)
        writing = [since for (since,) in cursor.fetchall()]
    if newest is None or None in writing:
        return None
    return _before(min(writing), log.filter(pk__lte=newest.pk)) if writing else newest


def _before(moment: datetime, log: QuerySet[Change]) -> Change | None:
    """The last entry of the log that was written before the moment, as were all before it: of two that write at once,
    the one with the lower number may be the later by a moment."""
    end = log.filter(at__lt=moment).first()
    if end is None:
        return None
    late = log.filter(pk__lt=end.pk, pk__gt=end.pk - NEAR, at__gte=moment).last()
    return end if late is None else log.filter(pk__lt=late.pk).first()


def written(change: Change | None) -> str:
    """The place behind this entry, as a program keeps it."""
    return BEGINNING if change is None else f"{change.pk}-{_checksum(change):08x}"


def read(place: str) -> int:
    """The number of the entry behind which the place is. UnknownPlaceError where there is no such entry."""
    if place == BEGINNING:
        return 0
    number, _dash, checksum = place.partition("-")
    change = Change.objects.filter(pk=int(number)).first()
    if change is None or f"{_checksum(change):08x}" != checksum:
        raise UnknownPlaceError(place)
    return change.pk


def _checksum(change: Change) -> int:
    return crc32(f"{change.table} {change.row} {change.at.timestamp():.6f}".encode())


@contextmanager
def snapshot() -> Iterator[str]:
    """The database as of one moment, for as long as this lasts, however much others write; the value is a place that
    the moment is not before. Nothing may be written meanwhile. Inside a transaction, it is that one's view."""
    place = written(settled())
    with check.snapshot(DEFAULT_DB_ALIAS):
        yield place
