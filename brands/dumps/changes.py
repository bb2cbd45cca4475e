"""What changed in the public data behind a place in the audit log: each row that was added, changed, merged or
withdrawn, as it is now.

The log says which rows were written; what else is shown or hidden by that follows from how rows hang together
(:mod:`brands.dumps.touched`). A row that is public now is told with all columns, one that was public once without. Who
applies all entries in their order, from a dump's place on, has what a dump of now would have: a row that changes again
while he reads comes again behind the place he has got to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from brands.audit.redirects import REDIRECTS, merged
from brands.dumps.columns import DumpTable, Record
from brands.dumps.position import settled, written
from brands.dumps.shown import RowHistory, hidden_at, unproven
from brands.dumps.tables import TABLES
from brands.dumps.touched import BY_LOG, FACTS, Key, Touched, touched_by
from brands.models import Change

# What may become of a row.
ACTIONS = ("added", "changed", "merged", "withdrawn")

# Entries of the log that are read for one answer.
MOST = 200


@dataclass(frozen=True, slots=True)
class PublicChange:
    """What became of a row. `row` is None where it is not public any more; of what was merged, `into` is the number of
    the record that took it over. `cause` is the newest entry of the log that touched it."""

    action: str
    table: DumpTable
    key: Key
    row: Record | None
    into: int | None
    cause: Change


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Some changes in the order of their causes. `place` is where the next ones begin, `more` whether there are any."""

    changes: list[PublicChange]
    place: str
    more: bool


def changes_behind(number: int, limit: int = MOST) -> ChangePage:
    """What `limit` entries of the log behind the one of this number did to the public data."""
    end = settled()
    if end is None or end.pk <= number:
        return ChangePage([], _place_of(number), more=False)
    log = Change.objects.filter(pk__gt=number, pk__lte=end.pk, table__in=list(BY_LOG)).order_by("pk")
    found = list(log.select_related("change_set")[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    return ChangePage(_told(found, number), written(found[-1] if more else end), more)


def newest_changes(limit: int = MOST) -> list[PublicChange]:
    """What the newest `limit` entries of the log did, in the order of their causes."""
    end = settled()
    if end is None:
        return []
    log = Change.objects.filter(pk__lte=end.pk, table__in=list(BY_LOG)).order_by("-pk")
    found = list(reversed(log.select_related("change_set")[:limit]))
    return _told(found, found[0].pk - 1) if found else []


def _place_of(number: int) -> str:
    return written(Change.objects.filter(pk=number).first())


def _told(log: list[Change], since: int) -> list[PublicChange]:
    touched = touched_by(log)
    present = {
        name: {_key(table, record): record for record in table.records(list(touched.rows[name]))}
        for name, table in TABLES.items()
        if touched.rows[name]
    }
    found = [*_public(touched, present, since), *_withdrawn(touched, present)]
    order = {name: at for at, name in enumerate(TABLES)}
    return sorted(found, key=lambda one: (one.cause.pk, one.row is None, order[one.table.name], one.key))


def _key(table: DumpTable, record: Record) -> Key:
    key: Key = record[table.key.name]
    return key


# The columns by which a row is public with another one.
_SHOWN_WITH = (*FACTS.items(), ("article", "articles"))


def _public(touched: Touched, present: Mapping[str, Mapping[Key, Record]], since: int) -> Iterator[PublicChange]:
    """The rows that are public. What was not, as far as its own review and that of its fact say, was added; what the
    first sentence made public is told as changed."""
    fresh: set[tuple[str, Key]] = set()
    for name, records in present.items():
        table = TABLES[name]
        hidden = hidden_at(table, list(records), since)
        for key, record in records.items():
            if key in hidden or any((of, record.get(column)) in fresh for column, of in _SHOWN_WITH):
                fresh.add((name, key))
            action = "added" if (name, key) in fresh else "changed"
            yield PublicChange(action, table, key, record, None, touched.rows[name][key])


def _withdrawn(touched: Touched, present: Mapping[str, Mapping[Key, Record]]) -> Iterator[PublicChange]:
    """The rows that are not public, of those that may have been once. Nothing is told of a row that is there, that no
    sentence bears out and that these entries took none from: it never was public, or a later entry says so."""
    gone = {
        name: [key for key in keys if key not in present.get(name, {})] for name, keys in touched.rows.items() if keys
    }
    history = RowHistory()
    history.load(gone)
    facts = {fact for name, keys in gone.items() for key in keys for fact in history.facts_of(name, key)}
    waiting = unproven(facts)

    def told(facts: set[tuple[str, Key]]) -> bool:
        return waiting.isdisjoint(facts) or not touched.unproven.isdisjoint(facts)

    for name, keys in gone.items():
        known = [key for key in keys if history.was_shown(name, key) and told(set(history.facts_of(name, key)))]
        heirs = _heirs(name, known)
        for key in known:
            into = heirs.get(key)
            action = "withdrawn" if into is None else "merged"
            yield PublicChange(action, TABLES[name], key, None, into, touched.rows[name][key])


def _heirs(name: str, keys: list[Any]) -> dict[Any, int]:
    """The records that took these over, by their keys."""
    model: Any = TABLES[name].model
    return dict(merged(model).filter(pk__in=keys).values_list("pk", "heir")) if model in REDIRECTS else {}
