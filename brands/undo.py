"""Taking a batch back: every row is again what it was before, field by field, but for what was changed since.

The ledger says both what a batch did and what a row is now, since nothing passes by it: the newest change of a row
holds its present state. So no table is compared, and a value that somebody changed later is known as such, named and
kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any, TypeAlias, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from brands import upkeep
from brands.batches import open_batch, within
from brands.choices import BatchKind
from brands.ledger import followed
from brands.models import Batch, Change
from brands.models.keyed import Keyed
from brands.search.store import batches as chunks

MOST_CHANGES = 10_000
"""Changes of a batch that can be taken back at once."""

AT_ONCE = 500
"""Rows that one statement asks for."""

LISTS = {"hand_set", "inferred"}
"""Columns that hold a list of names, to which later changes add: only what the batch added or took is turned back."""

STAMPS = {"updated_at"}
"""Columns that every change sets: that one differs says nothing that a person would want to read."""

Columns: TypeAlias = Mapping[str, Any]
Row = TypeVar("Row", bound=models.Model)
Spot: TypeAlias = tuple[str, str]
"""Table and key of a row."""


@dataclass(frozen=True, slots=True)
class Net:
    """What a batch made of a row in all: its columns before and after, None for no row."""

    table: str
    row: str
    old: Columns | None
    new: Columns | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What was left as it is: `fields` of a row, or the row as a whole where none is named, and why."""

    table: str
    row: str
    label: str
    fields: tuple[str, ...]
    why: str


@dataclass(slots=True)
class Undone:
    """What taking a batch back did. `batch` is the new batch that did it, which can be taken back as well."""

    batch: Batch
    rows: int = 0
    kept: list[Kept] = field(default_factory=list)


class TooManyChangesError(Exception):
    """The batch has more than `MOST_CHANGES` changes."""


def undo(batch: Batch, *, author: User | None, note: str = "") -> Undone:
    """Take the batch back, in one transaction and as a batch of its own. TooManyChangesError where it is too long.

    Rows that it made go, unless something that came later refers to them; rows that it deleted are there again, under
    their old numbers; fields have their old values. What was changed since is kept and named.
    """
    changes = list(batch.changes.order_by("pk")[: MOST_CHANGES + 1])
    if len(changes) > MOST_CHANGES:
        raise TooManyChangesError
    with transaction.atomic():
        return take_back(changes, open_batch(BatchKind.UNDO, author=author, note=note, undoes=batch))


def take_back(changes: Iterable[Change], own: Batch) -> Undone:
    """Take back changes, given in order, in one transaction; what that changes belongs to the batch `own`."""
    nets = net(changes)
    with within(own), upkeep.gathered():
        done = Undone(own)
        now = _present(nets)
        changed = _in_order(nets, of=lambda one: one.old is not None and one.new is not None)
        _take_away([one for one in nets if one.old is None and one.new is not None], changed, now, done)
        for one in changed:  # they free the names that deleted rows had
            _turn_back(one, now[one.table, one.row], done)
        for one in _in_order(nets, of=lambda one: one.old is not None and one.new is None):
            _bring_back(one, now[one.table, one.row], done)
        for one in changed:
            _keep_from_dangling(one, now[one.table, one.row], done)
    return done


def write_version(spot: Spot, columns: Columns, *, author: User | None, note: str = "") -> Undone:
    """Make one row what these columns of the ledger say, as a batch: its fields, or the row where there is none now."""
    with within(open_batch(BatchKind.EDIT, author=author, note=note)) as own, upkeep.gathered():
        done = Undone(own)
        now = _present([Net(*spot, columns, None)]).get(spot)
        one = Net(*spot, columns, now)
        if now is None:
            _bring_back(one, now, done)
        else:
            _turn_back(one, now, done)
            _keep_from_dangling(one, now, done)
    return done


def net(changes: Iterable[Change]) -> list[Net]:
    """What changes, given in order, come to for each row; rows that are as before are left out."""
    found: dict[Spot, Net] = {}
    for change in changes:
        spot = change.table, change.row
        first = found.get(spot)
        found[spot] = Net(*spot, first.old if first else change.old, change.new)
    return [one for one in found.values() if one.old != one.new]


def _in_order(nets: Iterable[Net], *, of: Any) -> list[Net]:
    """Those rows in an order in which each comes after those that it refers to."""
    place = {table: at for at, table in enumerate(followed())}
    return sorted(filter(of, nets), key=lambda one: place[one.table])


def _present(nets: Iterable[Net]) -> dict[Spot, Columns | None]:
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


# Rows that the batch deleted


def _bring_back(one: Net, now: Columns | None, done: Undone) -> None:
    """Write a deleted row again; `save_base(raw=True)` leaves all stamps and keys as they are given."""
    if now is not None:
        _keep(done, one, gettext("该行已重新建立"))
        return
    model = followed()[one.table]
    row = row_of(model, one.old or {})
    try:
        with transaction.atomic():
            missing = _missing(row)
            if missing:
                _keep(done, one, gettext("它所属的“%s”已不存在") % missing)
                return
            row.save_base(raw=True, force_insert=True)
    except (IntegrityError, ValidationError):
        _keep(done, one, gettext("已有相同的一行"))
        return
    done.rows += 1
    _tell([row])


def _missing(row: models.Model) -> str:
    """The first relation of the row whose other end is gone."""
    for relation in row._meta.concrete_fields:
        value = getattr(row, relation.attname)
        if isinstance(relation, models.ForeignKey) and value is not None:
            others = relation.remote_field.model._base_manager
            if not others.filter(pk=value).exists():
                return str(relation.verbose_name)
    return ""


# Rows that the batch changed


def _turn_back(one: Net, now: Columns | None, done: Undone) -> None:
    """Give a row's fields their old values, but for those that were changed since."""
    if now is None:
        _keep(done, one, gettext("此后已被删除"))
        return
    old, new = one.old or {}, one.new or {}
    back, kept = _fields(old, new, now)
    model = followed()[one.table]
    row = model._base_manager.filter(pk=one.row).first()
    if row is None:  # its table was emptied past the ledger
        _keep(done, one, gettext("此后已被删除"))
        return
    before = {row.pk: dict(vars(row))}
    for name, value in values_of(model, back).items():
        setattr(row, name, value)
    names = {*back, *(_work_out(row) if kept else ())}
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(
                **{name: getattr(row, name) for name in _attributes(model, names)}
            )
    except IntegrityError:
        _keep(done, one, gettext("已有相同的一行"), tuple(sorted(back)))
        return
    if kept:
        _keep(done, one, gettext("此后另有修改"), tuple(sorted(kept)))
    done.rows += bool(back)
    _tell([row], before=before)


def _fields(old: Columns, new: Columns, now: Columns) -> tuple[dict[str, Any], set[str]]:
    """The columns to write with their values, and those that were changed since."""
    back: dict[str, Any] = {}
    kept: set[str] = set()
    for name in old.keys() & new.keys():
        if old[name] == new[name]:
            continue
        if name in LISTS and name in now:
            back[name] = sorted(
                (set(now[name]) - (set(new[name]) - set(old[name]))) | (set(old[name]) - set(new[name]))
            )
            if now[name] == new[name]:
                back[name] = old[name]  # in the very order that it had
        elif now.get(name) == new[name]:
            back[name] = old[name]
        elif name not in STAMPS:
            kept.add(name)
    return back, kept


def _work_out(row: models.Model) -> tuple[str, ...]:
    """Names by which a row is found follow from its fields; after a mixture of old and new ones, anew."""
    if isinstance(row, Keyed):
        row.prepare()
        return row.keys
    return ()


def _keep_from_dangling(one: Net, now: Columns | None, done: Undone) -> None:
    """A row that was turned back may refer to one that could not be brought back: then it goes on referring to what it
    referred to."""
    model = followed()[one.table]
    row = model._base_manager.filter(pk=one.row).first()
    if now is None or row is None or not _missing(row):
        return
    for relation in row._meta.concrete_fields:
        if isinstance(relation, models.ForeignKey) and (one.old or {})[relation.column] != now[relation.column]:
            value = _read(relation, now[relation.column])
            model._base_manager.filter(pk=row.pk).update(**{relation.attname: value})
            _keep(done, one, gettext("它所属的“%s”已不存在") % relation.verbose_name, (relation.column,))
    _tell([row])


# Rows that the batch made


def _take_away(nets: Sequence[Net], changed: Iterable[Net], now: Mapping[Spot, Columns | None], done: Undone) -> None:
    """Delete the rows that nobody changed since and that nothing will refer to but others of them. `changed` rows will
    be turned back, and may refer to others then; constraints between tables are checked when the transaction ends."""
    leaving = _leaving(changed, now)
    going: dict[str, dict[Any, Net]] = defaultdict(dict)
    for one in nets:
        present = now[one.table, one.row]
        if present is None:
            continue
        since = {name for name, value in (one.new or {}).items() if present.get(name) != value} - STAMPS
        if since:
            _keep(done, one, gettext("此后另有修改"), tuple(sorted(since)))
        else:
            model = followed()[one.table]
            going[one.table][model._meta.pk.to_python(one.row)] = one
    while referred := _referred(going, leaving):
        for table, key in referred:
            _keep(done, going[table].pop(key), gettext("后来的内容还用到它"))
    for table in reversed(followed()):
        _delete(followed()[table], list(going[table]), done)


def _leaving(changed: Iterable[Net], now: Mapping[Spot, Columns | None]) -> set[tuple[str, str, str]]:
    """The columns that will be turned back: table, row and column."""
    found: set[tuple[str, str, str]] = set()
    for one in changed:
        back, _kept = _fields(one.old or {}, one.new or {}, now[one.table, one.row] or {})
        found.update((one.table, one.row, name) for name in back)
    return found


def _referred(
    going: Mapping[str, Mapping[Any, Net]], leaving: Collection[tuple[str, str, str]]
) -> list[tuple[str, Any]]:
    """The rows that something followed refers to which is neither going itself nor will refer to another row."""
    found: set[tuple[str, Any]] = set()
    for table, model in followed().items():
        for relation in model._meta.concrete_fields:
            if not isinstance(relation, models.ForeignKey):
                continue
            target = relation.remote_field.model._meta.db_table
            for some in chunks(list(going.get(target, ())), AT_ONCE):
                rows = model._base_manager.filter(**{f"{relation.attname}__in": some})
                for key, value in rows.values_list("pk", relation.attname):
                    if key not in going.get(table, ()) and (table, str(key), relation.column) not in leaving:
                        found.add((target, value))
    return sorted(found, key=str)


def _delete(model: type[models.Model], keys: Sequence[Any], done: Undone) -> None:
    for some in chunks(keys, AT_ONCE):
        rows = list(model._base_manager.filter(pk__in=some))
        _forget_elsewhere(model, some)
        _tell(rows)
        gone = model._base_manager.filter(pk__in=some)
        gone._raw_delete(gone.db)  # what refers to the rows was looked at, and goes by itself
        done.rows += len(rows)


def _forget_elsewhere(model: type[models.Model], keys: Sequence[Any]) -> None:
    """Delete what other applications keep of the rows."""
    for relation in model._meta.related_objects:
        if relation.related_model._meta.db_table not in followed() and relation.one_to_many:
            relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys}).delete()


# Columns of the ledger and fields of models


def row_of(model: type[Row], columns: Columns) -> Row:
    """The row, not saved, that these columns of the ledger describe."""
    return model(**values_of(model, columns))


def values_of(model: type[models.Model], columns: Columns) -> dict[str, Any]:
    """What the model's attributes are for these columns of the ledger."""
    by_column = {one.column: one for one in model._meta.concrete_fields}
    return {by_column[name].attname: _read(by_column[name], value) for name, value in columns.items()}


def _read(column: "models.Field[Any, Any]", value: Any) -> Any:
    """A value of the ledger as the field holds it. SQLite keeps moments without their zone, which is UTC."""
    if value is None or isinstance(column, models.JSONField):
        return value
    read = column.target_field.to_python(value) if isinstance(column, models.ForeignKey) else column.to_python(value)
    if isinstance(column, models.DateTimeField) and timezone.is_naive(read):
        return timezone.make_aware(read, UTC)
    return read


def _attributes(model: type[models.Model], columns: Iterable[str]) -> list[str]:
    return sorted(one.attname for one in model._meta.concrete_fields if one.column in set(columns))


def _tell(rows: Sequence[models.Model], *, before: Mapping[Any, Mapping[str, Any]] | None = None) -> None:
    """Let what follows from the rows be worked out."""
    for row in rows:
        if type(row).__name__ in upkeep.OWNERS:
            upkeep.note([row], before=before)
        elif (program := vars(row).get("program_id")) is not None and vars(row).get("brand_id") is not None:
            upkeep.refresh(programs=[program], brands=[vars(row)["brand_id"]])


def _keep(done: Undone, one: Net, why: str, fields: tuple[str, ...] = ()) -> None:
    done.kept.append(Kept(one.table, one.row, label(one.table, one.new or one.old or {}), fields, why))


def label(table: str, columns: Columns) -> str:
    """What a row of the ledger is called: its name, title or words, else its table's name."""
    for name in ("name", "title", "stated", "words", "label"):
        if columns.get(name):
            return str(columns[name])
    return str(followed()[table]._meta.verbose_name)
