"""Rows that a batch changed get their old values again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, models, transaction
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
from brands.audit.snapshots import Columns, read, values_of
from brands.audit.triggers import followed
from brands.models.derived import Keyed
from brands.search.store import batches as chunks
from brands.sql import upsert


@dataclass(frozen=True, slots=True)
class _Due:
    """A row with its old values in place, not yet written: the columns that were turned back and those that are kept,
    and what its attributes were before."""

    one: Net
    row: models.Model
    back: frozenset[str]
    kept: frozenset[str]
    before: Mapping[str, Any]


def turn_back(changed: Iterable[Net], now: Mapping[Spot, Columns | None], done: Undone) -> None:
    """Give rows' fields their old values, but for those that were changed since."""
    for table, some in by_table(changed):
        model = followed()[table]
        keys = [model._meta.pk.to_python(one.row) for one in some]
        asked = model._base_manager.filter(pk__in=keys).order_by()  # an order by what is gone already would hide rows
        rows = {str(row.pk): row for row in asked.select_for_update()}
        due = []
        for one in some:
            row, present = rows.get(one.row), now[one.table, one.row]
            if row is None or present is None:  # or its table was emptied past the ledger
                keep(done, one, gettext("此后已被删除"))
            else:
                due.append(_due(one, row, present))
        _write(model, due, done)


def _due(one: Net, row: models.Model, now: Columns) -> _Due:
    back, kept = split_fields(one.old or {}, one.new or {}, now)
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


def split_fields(old: Columns, new: Columns, now: Columns) -> tuple[dict[str, Any], set[str]]:
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
    """A row that was turned back may refer to one that could not be brought back: then it goes on referring to what it
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
