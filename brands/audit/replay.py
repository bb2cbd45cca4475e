"""The audit log replayed against the tables: each entry must begin where the one before it on the same row ended, and
the newest one must be the row.

Columns are compared where both sides have them: a migration adds and removes some without changing what rows say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast

from brands.audit.snapshots import Columns, read
from brands.audit.triggers import LEFT_OUT
from brands.models.audit import Change
from brands.vocabulary.choices import ChangeAction

# Rows that are compared with their tables at once.
AT_ONCE = 500


# Digits of a row's number; what a forged entry has more of is no row's.
MAX_DIGITS = 18

_THERE = {True: "there", False: "gone"}


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """What does not fit: `entry` is the number of the first entry that shows it, None where no entry does."""

    entry: int | None
    table: str
    row: str
    what: str

    def __str__(self) -> str:
        spot = f"{self.table} {self.row}".strip()
        return f"entry {self.entry} ({spot}): {self.what}" if self.entry else f"{spot}: {self.what}"


@dataclass(frozen=True, slots=True)
class Stray:
    """A row that is not what its newest entry says: the entry, None for none, and the row, None where it is gone."""

    key: str
    newest: Any
    row: models.Model | None
    what: str


def replay(model: type[models.Model], using: str, *, since: int) -> Iterator[AuditFinding]:
    """What does not fit of a table's rows; entries up to the number `since` need only fit the rows."""
    table = model._meta.db_table
    entries = Change.objects.using(using).filter(table=table).order_by("row", "pk")
    for row, found in groupby(entries.iterator(), key=lambda entry: entry.row):
        before: Change | None = None
        for entry in found:
            if entry.pk > since and (what := _unfit(model, entry, before)):
                yield AuditFinding(entry.pk, table, row, what)
            before = entry
    for stray in strays(model, Change, using):
        yield AuditFinding(stray.newest.pk if stray.newest else None, table, stray.key, stray.what)


def strays(model: type[models.Model], changes: Any, using: str) -> Iterator[Stray]:
    """The rows that are not what their newest entries (of the model `changes`) say."""
    table = model._meta.db_table
    of_table = changes.objects.using(using).filter(table=table)
    later = changes.objects.using(using).filter(table=table, row=OuterRef("row"), pk__gt=OuterRef("pk"))
    newest = of_table.exclude(Exists(later)).order_by("row")
    for some in chunks_of(newest.iterator(chunk_size=AT_ONCE)):
        rows = _rows(model, [entry.row for entry in some], using)
        for entry in some:
            row = rows.get(entry.row)
            if what := _differs(model, entry.new, row):
                yield Stray(entry.row, entry, row, what)
    known = of_table.filter(row=Cast(OuterRef("pk"), CharField()))
    for row in _slim(model, using).exclude(Exists(known)).order_by("pk").iterator(chunk_size=AT_ONCE):
        yield Stray(str(row.pk), None, row, "the row has no entry")


def chunks_of(entries: Iterable[Any]) -> Iterator[list[Any]]:
    some = []
    for entry in entries:
        some.append(entry)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _slim(model: type[models.Model], using: str) -> "models.QuerySet[models.Model]":
    """The rows without the column that entries leave out."""
    left_out = LEFT_OUT.get(model._meta.db_table)
    rows = model._base_manager.using(using)
    return rows.defer(left_out) if left_out else rows.all()


def _rows(model: type[models.Model], keys: Iterable[str], using: str) -> Mapping[str, models.Model]:
    number = isinstance(model._meta.pk, models.IntegerField)
    wanted = [key for key in keys if not number or (key.isascii() and key.isdigit() and len(key) <= MAX_DIGITS)]
    return {str(row.pk): row for row in _slim(model, using).filter(pk__in=wanted).order_by()}


def _differs(model: type[models.Model], columns: Columns | None, row: models.Model | None) -> str:
    """In words, how the row differs from the columns of its newest entry; "" if it does not."""
    if columns is None or row is None:
        is_there = row is not None
        return "" if is_there == (columns is not None) else f"the row is {_THERE[is_there]}, and no entry says so"
    left_out = LEFT_OUT.get(model._meta.db_table)
    for field in model._meta.concrete_fields:
        name = str(field.column)
        if name in columns and name != left_out:
            said, stands = _value(field, columns[name]), plain(getattr(row, field.attname))
            if said != stands:
                return f"{name} is {_short(stands)} in the row, and {_short(said)} in its newest entry"
    return ""


def _unfit(model: type[models.Model], entry: Change, before: Change | None) -> str:
    """Why the entry can not follow the one before it; "" if it can."""
    stood = before.new if before else None
    action = ChangeAction(entry.action)
    if (entry.old is None, entry.new is None) != _SIDES.get(action, (entry.old is None, entry.new is None)):
        return "its action is not what it does"
    key = str(model._meta.pk.column)
    if any(columns is not None and str(columns.get(key)) != entry.row for columns in (entry.old, entry.new)):
        return "its columns are of another row"
    if action == ChangeAction.BASE:
        return ""
    if (entry.old is None) != (stood is None):
        return "the row was there already" if stood is not None else "nothing says where the row came from"
    for field in model._meta.concrete_fields:
        name = str(field.column)
        if entry.old is None or stood is None or name not in entry.old or name not in stood:
            continue
        if entry.old[name] != stood[name] and _value(field, entry.old[name]) != _value(field, stood[name]):
            return f"{name} was {_short(stood[name])} at last, and is {_short(entry.old[name])} before this"
    return ""


# Which sides of an entry are empty, by its action.
_SIDES = {
    ChangeAction.CREATED: (True, False),
    ChangeAction.UPDATED: (False, False),
    ChangeAction.DELETED: (False, True),
}


def _value(field: "models.Field[Any, Any]", value: object) -> object:
    """A value of an entry as the field of a row holds it; as it is where the field can not read it."""
    try:
        return plain(read(field, value))
    except Exception:  # noqa: BLE001  a forged value may be anything
        return value


def plain(value: object) -> object:
    """The value with fractions as Decimal, however deep they stand: entries are read so, fields of JSON are not."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def _short(value: object) -> str:
    return repr(value)[:60]
