"""What a change set came to for each row, what was done about it, and what several steps ask of rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeAlias

from django.db import models
from django.db.models import Max

from brands.audit.change_sets import taken_back
from brands.audit.snapshots import Columns, label
from brands.audit.triggers import followed
from brands.listing import sync
from brands.models import Change, ChangeSet
from brands.search.store import batches as chunks
from brands.vocabulary.choices import ChangeSetKind

# Rows that one statement asks for.
AT_ONCE = 500

# Columns that hold a list of names, to which later changes add: only what the change set added or took is turned back.
LISTS = {"hand_set", "inferred"}

# Columns that every change sets: that one differs says nothing that a person would want to read.
STAMPS = {"updated_at"}

# Table and key of a row.
Spot: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Net:
    """What a change set made of a row in all: its columns before and after, None for no row. `base` for an entry that
    says what the row was already."""

    table: str
    row: str
    old: Columns | None
    new: Columns | None
    base: bool = False


@dataclass(frozen=True, slots=True)
class KeptRow:
    """What was left as it is: `fields` of a row, or the row as a whole where none is named, and why."""

    table: str
    row: str
    label: str
    fields: tuple[str, ...]
    why: str


@dataclass(slots=True)
class Undone:
    """What taking a change set back did. `change_set` is the new change set that did it, which can be taken back as
    well. `bare` are the facts that people decided on and that nothing bears out any more."""

    change_set: ChangeSet
    rows: int = 0
    kept: list[KeptRow] = field(default_factory=list)
    bare: list[Spot] = field(default_factory=list)


def net(changes: Iterable[Change]) -> list[Net]:
    """What changes, given in order, come to for each row; rows that are as before are left out."""
    found: dict[Spot, Net] = {}
    for change in changes:
        spot = change.table, change.row
        first = found.get(spot)
        found[spot] = Net(*spot, first.old if first else change.old, change.new)
    return [one for one in found.values() if one.old != one.new]


def in_order(nets: Iterable[Net], *, of: Any) -> list[Net]:
    """Those rows in an order in which each comes after those that it refers to."""
    place = {table: at for at, table in enumerate(followed())}
    return sorted(filter(of, nets), key=lambda one: place[one.table])


def present(nets: Iterable[Net]) -> dict[Spot, Columns | None]:
    """What the rows are now, by the newest change of each."""
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for one in nets:
        rows[one.table].append(one.row)
    found: dict[Spot, Columns | None] = {}
    for table, keys in rows.items():
        for some in chunks(keys, AT_ONCE):
            newest = Change.objects.filter(table=table, row__in=some).order_by()
            latest = newest.values("row").annotate(last=Max("pk")).values("last")
            for change in Change.objects.filter(pk__in=latest):
                found[change.table, change.row] = change.new
    return found


def written_later(changes: Sequence[Change], own: ChangeSet) -> dict[Spot, set[str]]:
    """The columns of each row that were written after these changes, given in order: by change sets that stand, since
    what was written and taken back says nothing. What belongs to `own`, which is to undo them, does not count."""
    last = {(one.table, one.row): one.pk for one in changes}
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for table, row in last:
        rows[table].append(row)
    found: defaultdict[Spot, set[str]] = defaultdict(set)
    for table, keys in rows.items():
        for some in chunks(keys, AT_ONCE):
            first = min(last[table, row] for row in some)
            later = Change.objects.filter(table=table, row__in=some, pk__gt=first, old__isnull=False, new__isnull=False)
            later = later.exclude(change_set=own).exclude(change_set__kind=ChangeSetKind.UNDO)
            for change in _standing([one for one in later.order_by("pk") if one.pk > last[table, one.row]]):
                old, new = change.old or {}, change.new or {}
                found[table, change.row].update(name for name in new if new[name] != old.get(name))
    return found


def _standing(changes: Sequence[Change]) -> Iterator[Change]:
    """Those of the changes whose change set was not taken back."""
    undone = taken_back({one.change_set_id for one in changes if one.change_set_id is not None})
    return (one for one in changes if one.change_set_id not in undone)


def by_table(nets: Iterable[Net]) -> Iterator[tuple[str, list[Net]]]:
    """The rows of each table, some at a time, in their order."""
    for table, of in groupby(nets, key=lambda one: one.table):
        for some in chunks(list(of), AT_ONCE):
            yield table, list(some)


def absent(model: type[models.Model], rows: Iterable[Columns]) -> set[tuple[str, str]]:
    """The columns with the keys in them to which no row belongs any more."""
    found: set[tuple[str, str]] = set()
    rows = list(rows)
    for relation in relations(model):
        keys = {str(row[relation.column]) for row in rows if row.get(relation.column) is not None}
        others = relation.remote_field.model._base_manager
        there = {
            str(pk)
            for some in chunks(sorted(keys), AT_ONCE)
            for pk in others.filter(pk__in=some).values_list("pk", flat=True)
        }
        found.update((relation.column, key) for key in keys - there)
    return found


def relations(model: type[models.Model]) -> "list[models.ForeignKey[object, object]]":
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def refers_to(model: type[models.Model], row: Columns, keys: Collection[tuple[str, str]]) -> bool:
    return any((one.column, str(row.get(one.column))) in keys for one in relations(model))


def missing(row: models.Model) -> str:
    """The first relation of the row whose other end is gone."""
    for relation in row._meta.concrete_fields:
        value = getattr(row, relation.attname)
        if isinstance(relation, models.ForeignKey) and value is not None:
            others = relation.remote_field.model._base_manager
            if not others.filter(pk=value).exists():
                return str(relation.verbose_name)
    return ""


def tell(rows: Sequence[models.Model], *, before: Mapping[object, Mapping[str, object]] | None = None) -> None:
    """Let what follows from the rows be worked out."""
    for row in rows:
        if type(row).__name__ in sync.OWNERS:
            sync.note([row], before=before)
        elif (program := vars(row).get("program_id")) is not None and vars(row).get("brand_id") is not None:
            sync.refresh(programs=[program], brands=[vars(row)["brand_id"]])


def keep(done: Undone, one: Net, why: str, fields: tuple[str, ...] = ()) -> None:
    done.kept.append(KeptRow(one.table, one.row, label(one.table, one.new or one.old or {}), fields, why))
