"""What undoing does to rows: those that were created go, values that were changed and rows that were deleted come back.

What was changed since stays as it is, and is noted in `Undone` with the reason.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Value
from django.db.models.functions import Cast
from django.utils.translation import gettext

from brands.audit.net_changes import (
    AT_ONCE,
    LISTS,
    STAMPS,
    Net,
    Spot,
    Undone,
    absent,
    by_table,
    keep,
    missing,
    refers_to,
    relations,
    tell,
)
from brands.audit.redirects import are_back
from brands.audit.snapshots import Columns, read, row_of, values_of
from brands.audit.triggers import followed
from brands.models.derived import Keyed
from brands.search.store import batches as chunks
from brands.sql import upsert
from brands.vocabulary.choices import ReviewState

# The columns of rows that were written after what is undone.
Later: TypeAlias = Mapping[Spot, Collection[str]]

# Rows that were created go


def delete_created(
    nets: Sequence[Net], changed: Iterable[Net], now: Mapping[Spot, Columns | None], later: Later, done: Undone
) -> None:
    """Delete the rows that nobody changed since and that nothing will refer to but others of them. `changed` rows will
    be restored, and may refer to others then; constraints between tables are checked when the transaction ends."""
    leaving = _leaving(changed, now, later)
    going: dict[str, dict[object, Net]] = defaultdict(dict)
    for one in nets:
        present = now[one.table, one.row]
        if present is None:
            continue
        since = {name for name, value in (one.new or {}).items() if present.get(name) != value} - STAMPS
        if since:
            keep(done, one, gettext("此后另有修改"), tuple(sorted(since)))
        else:
            model = followed()[one.table]
            going[one.table][model._meta.pk.to_python(one.row)] = one
    while referred := _referred(going, leaving):
        for table, key in referred:
            keep(done, going[table].pop(key), gettext("后来的内容还用到它"))
    for table in reversed(followed()):
        _delete(followed()[table], list(going[table]), done)


def _leaving(changed: Iterable[Net], now: Mapping[Spot, Columns | None], later: Later) -> set[tuple[str, str, str]]:
    """The columns that will be restored: table, row and column."""
    found: set[tuple[str, str, str]] = set()
    for one in changed:
        back, _kept = _split(one, now[one.table, one.row] or {}, later)
        found.update((one.table, one.row, name) for name in back)
    return found


def _referred(
    going: Mapping[str, Mapping[object, Net]], leaving: Collection[tuple[str, str, str]]
) -> list[tuple[str, object]]:
    """The rows that something followed refers to which is neither going itself nor will refer to another row."""
    found: set[tuple[str, object]] = set()
    for target in list(going):
        for some in chunks(list(going[target]), AT_ONCE):
            for table, column, row, key in _references(followed()[target], some):
                spot = followed()[table]._meta.pk.to_python(row)
                if spot not in going.get(table, ()) and (table, row, column) not in leaving:
                    found.add((target, key))
    return sorted(found, key=str)


def _references(model: type[models.Model], keys: Sequence[object]) -> Iterable[tuple[str, str, str, object]]:
    """What is followed and refers to these rows, by one statement: table, column and row, and the key that stands
    there."""
    asked = [
        other._base_manager.filter(**{f"{relation.attname}__in": keys})
        .order_by()
        .values_list(Value(table), Value(relation.column), Cast("pk", models.TextField()), relation.attname)
        for table, other in followed().items()
        for relation in relations(other)
        if relation.remote_field.model is model
    ]
    return asked[0].union(*asked[1:], all=True) if asked else []


def _delete(model: type[models.Model], keys: Sequence[object], done: Undone) -> None:
    for some in chunks(keys, AT_ONCE):
        rows = list(model._base_manager.filter(pk__in=some))
        _forget_elsewhere(model, some)
        tell(rows)
        gone = model._base_manager.filter(pk__in=some)
        gone._raw_delete(gone.db)  # what refers to the rows was looked at, and goes by itself
        done.rows += len(rows)


def _forget_elsewhere(model: type[models.Model], keys: Sequence[object]) -> None:
    """What other applications keep of the rows goes, or forgets them where it means something without them."""
    for relation in model._meta.get_fields(include_hidden=True):  # those between two models, too
        if not isinstance(relation, models.ManyToOneRel) or relation.related_model._meta.db_table in followed():
            continue
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
        if relation.on_delete is models.SET_NULL:
            rows.update(**{relation.field.name: None})
        else:
            rows.delete()


# Values that were changed come back


@dataclass(frozen=True, slots=True)
class _Due:
    """A row with its old values in place, not yet written: the columns that were restored and those that are kept,
    and what its attributes were before."""

    one: Net
    row: models.Model
    back: frozenset[str]
    kept: frozenset[str]
    before: Mapping[str, object]


def restore_values(
    changed: Iterable[Net], now: Mapping[Spot, Columns | None], done: Undone, later: Later = MappingProxyType({})
) -> None:
    """Give the fields of rows their old values, but for those that were changed since."""
    for table, some in by_table(changed):
        model = followed()[table]
        keys = [model._meta.pk.to_python(one.row) for one in some]
        asked = model._base_manager.filter(pk__in=keys).order_by()  # an order by what is gone already would hide rows
        rows = {str(row.pk): row for row in asked.select_for_update()}
        due = []
        for one in some:
            row, present = rows.get(one.row), now[one.table, one.row]
            if row is None or present is None:  # or its table was emptied past the audit log
                keep(done, one, gettext("此后已被删除"))
            else:
                due.append(_due(one, row, present, later))
        _write(model, due, done)


def _split(one: Net, now: Columns, later: Later) -> tuple[dict[str, object], set[str]]:
    return split_fields(one.old or {}, one.new or {}, now, later.get((one.table, one.row), ()))


def _due(one: Net, row: models.Model, now: Columns, later: Later) -> _Due:
    back, kept = _split(one, now, later)
    before = dict(vars(row))
    for name, value in values_of(type(row), back).items():
        setattr(row, name, value)
    if kept and isinstance(row, Keyed):
        row.prepare()  # names by which a row is found follow from its fields; after a mixture of old and new ones, anew
    return _Due(one, row, frozenset(back), frozenset(kept), before)


def _write(model: type[models.Model], few: Sequence[_Due], done: Undone) -> None:
    """Write rows by one statement; where one of them can't be, each for itself. They are locked, so that all of their
    columns may be written: some stay as they are."""
    fields = model._meta.concrete_fields
    try:
        with transaction.atomic():
            values = [
                [one.get_db_prep_save(getattr(due.row, one.attname), connection) for one in fields] for due in few
            ]
            upsert(model, [tuple(row) for row in values])
    except IntegrityError:
        if len(few) == 1:
            keep(done, few[0].one, gettext("已有相同的一行"), tuple(sorted(few[0].back)))
        else:
            for due in few:
                _write(model, [due], done)
        return
    for due in few:
        if due.kept:
            keep(done, due.one, gettext("此后另有修改"), tuple(sorted(due.kept)))
        done.rows += bool(due.back)
    tell([due.row for due in few], before={due.row.pk: due.before for due in few})


def split_fields(
    old: Columns, new: Columns, now: Columns, later: Collection[str] = ()
) -> tuple[dict[str, object], set[str]]:
    """The columns to write with their values, and those that were changed since: what they say differs, or it was
    written again (`later`).

    A value that is kept keeps what protects it: that a person set it, that it is not inferred, and the verdict that
    came of what people set since.
    """
    since = {name for name in new.keys() & now.keys() if now[name] != new[name]} | set(later)
    differing = [name for name in old.keys() & new.keys() if old[name] != new[name]]
    lists = [name for name in differing if name in LISTS and name in now]
    back = {name: old[name] for name in differing if name not in since and name not in lists}
    kept = set(differing) - back.keys() - STAMPS - set(lists)
    if "review" in back and new["review"] != ReviewState.REJECTED and _set_since(since, new, now):
        del back["review"]
        kept.add("review")
    back |= {name: _list_back(old[name], new[name], now[name], _fields(since)) for name in lists}
    return back, kept


def _set_since(since: Iterable[str], new: Columns, now: Columns) -> set[str]:
    """The fields that people set after the change set, as far as the row says it."""
    by_hand = set(now.get("hand_set", ()))
    return (by_hand & _fields(since)) | (by_hand - set(new.get("hand_set", ())))


def _fields(columns: Iterable[str]) -> set[str]:
    """The names that lists of fields have for these columns."""
    return {column.removesuffix("_id") for column in columns}


def _list_back(old: Sequence[str], new: Sequence[str], now: Sequence[str], kept: Collection[str]) -> list[str]:
    """A list of fields without what the change set added and with what it took, but for the fields that are kept."""
    added, taken = set(new) - set(old) - set(kept), set(old) - set(new) - set(kept)
    if now == new and not (set(kept) & (set(old) ^ set(new))):
        return list(old)  # in the very order that it had
    return sorted((set(now) - added) | taken)


def dangling(changed: Iterable[Net]) -> Iterator[Net]:
    """Those rows that may refer to what is not there, now that they have their old values."""
    for table, some in by_table(changed):
        model = followed()[table]
        gone = absent(model, [one.old or {} for one in some])
        yield from (one for one in some if refers_to(model, one.old or {}, gone))


def hanging(spots: Iterable[Spot]) -> frozenset[Spot]:
    """Those of the rows that refer to what is not there."""
    by_model: defaultdict[str, list[str]] = defaultdict(list)
    for table, key in spots:
        by_model[table].append(key)
    found: set[Spot] = set()
    for table, keys in by_model.items():
        model = followed()[table]
        columns = [one.attname for one in relations(model)]
        for some in chunks(keys, AT_ONCE):
            rows = list(model._base_manager.filter(pk__in=some).order_by().values("pk", *columns)) if columns else []
            gone = absent(model, rows)
            found.update((table, str(row["pk"])) for row in rows if refers_to(model, row, gone))
    return frozenset(found)


def keep_from_dangling(one: Net, now: Columns | None, done: Undone) -> None:
    """A row that was restored may refer to one that could not be brought back: then it goes on referring to what it
    referred to."""
    model = followed()[one.table]
    row = model._base_manager.filter(pk=one.row).order_by("pk").first()
    if now is None or row is None or not missing(row):
        return
    for relation in row._meta.concrete_fields:
        if isinstance(relation, models.ForeignKey) and (one.old or {})[relation.column] != now[relation.column]:
            value = read(relation, now[relation.column])
            model._base_manager.filter(pk=row.pk).update(**{relation.attname: value})
            keep(done, one, gettext("它所属的“%s”已不存在") % relation.verbose_name, (relation.column,))
    tell([row])


# Rows that were deleted come back


def restore_deleted(deleted: Iterable[Net], now: Mapping[Spot, Columns | None], done: Undone) -> None:
    """Insert deleted rows as they were, under their old keys, many by one statement where nothing is in their way."""
    for table, some in by_table(deleted):
        model = followed()[table]
        due = []
        for one in some:
            if now[one.table, one.row] is not None:
                keep(done, one, gettext("该行已重新建立"))
            else:
                due.append((one, row_of(model, one.old or {})))
        gone = absent(model, [one.old or {} for one, _row in due])
        sure = [(one, row) for one, row in due if not refers_to(model, one.old or {}, gone)]
        if not _inserted(model, [row for _one, row in sure], done):
            sure = []
        written = {one.row for one, _row in sure}
        for one, row in due:
            if one.row not in written:
                _restore_one(one, row, done)
        are_back(model, [row.pk for _one, row in due])


def _inserted(model: type[models.Model], rows: Sequence[models.Model], done: Undone) -> bool:
    """Insert all the rows with their stamps and keys as they are given, or none."""
    fields = model._meta.concrete_fields
    size = connection.ops.bulk_batch_size(fields, rows)
    try:
        with transaction.atomic():
            for some in chunks(rows, max(size, 1)):
                model._base_manager._insert(some, fields=fields, using=connection.alias, raw=True)  # type: ignore[attr-defined]
    except IntegrityError:
        return False
    done.rows += len(rows)
    tell(rows)
    return True


def _restore_one(one: Net, row: models.Model, done: Undone) -> None:
    """Write a deleted row again; `save_base(raw=True)` leaves all stamps and keys as they are given."""
    try:
        with transaction.atomic():
            lost = missing(row)
            if lost:
                keep(done, one, gettext("它所属的“%s”已不存在") % lost)
                return
            row.save_base(raw=True, force_insert=True)
    except (IntegrityError, ValidationError):
        keep(done, one, gettext("已有相同的一行"))
        return
    done.rows += 1
    tell([row])
