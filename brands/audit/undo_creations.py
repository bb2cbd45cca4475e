"""Rows that a batch made go again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext

from brands.audit.net_changes import (
    AT_ONCE,
    STAMPS,
    Net,
    Spot,
    Undone,
    keep,
    tell,
)
from brands.audit.snapshots import Columns
from brands.audit.triggers import followed
from brands.audit.undo_values import split_fields
from brands.search.store import batches as chunks


def take_away(nets: Sequence[Net], changed: Iterable[Net], now: Mapping[Spot, Columns | None], done: Undone) -> None:
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
            keep(done, one, gettext("此后另有修改"), tuple(sorted(since)))
        else:
            model = followed()[one.table]
            going[one.table][model._meta.pk.to_python(one.row)] = one
    while referred := _referred(going, leaving):
        for table, key in referred:
            keep(done, going[table].pop(key), gettext("后来的内容还用到它"))
    for table in reversed(followed()):
        _delete(followed()[table], list(going[table]), done)


def _leaving(changed: Iterable[Net], now: Mapping[Spot, Columns | None]) -> set[tuple[str, str, str]]:
    """The columns that will be turned back: table, row and column."""
    found: set[tuple[str, str, str]] = set()
    for one in changed:
        back, _kept = split_fields(one.old or {}, one.new or {}, now[one.table, one.row] or {})
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
        tell(rows)
        gone = model._base_manager.filter(pk__in=some)
        gone._raw_delete(gone.db)  # what refers to the rows was looked at, and goes by itself
        done.rows += len(rows)


def _forget_elsewhere(model: type[models.Model], keys: Sequence[Any]) -> None:
    """What other applications keep of the rows goes, or forgets them where it means something without them."""
    for relation in model._meta.related_objects:
        if relation.related_model._meta.db_table in followed() or relation.many_to_many:
            continue
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
        if relation.on_delete is models.SET_NULL:
            rows.update(**{relation.field.name: None})
        else:
            rows.delete()
