"""Whether rows were public once, as the audit log tells: by their own review, and by that of the facts that they belong
to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Min

from brands.dumps.columns import DumpTable
from brands.dumps.tables import TABLES
from brands.dumps.touched import FACTS, Key, key_of, parts
from brands.models import Change, Evidence
from brands.vocabulary.choices import PUBLIC_CONFIDENCE, ChangeAction, ReviewState

# The columns of a row by which it is public with another one, and the table of that.
PARENTS = {f"{kind}_id": name for kind, name in FACTS.items()} | {"article_id": "articles"}


class RowHistory:
    """What the log has of rows, read for many at a time."""

    def __init__(self) -> None:
        self._states: dict[tuple[str, Key], list[Mapping[str, Any]]] = {}
        self._present: set[tuple[str, Key]] = set()

    def load(self, keys: Mapping[str, Collection[Key]]) -> None:
        """Read all that these rows were, and all that they belonged to."""
        wanted = {name: set(some) for name, some in keys.items() if some}
        while wanted:
            following: defaultdict[str, set[Key]] = defaultdict(set)
            for name, some in wanted.items():
                self._load(TABLES[name], some)
                for parent, key in self._parents(name, some):
                    if (parent, key) not in self._states:
                        following[parent].add(key)
            wanted = dict(following)

    def _load(self, table: DumpTable, keys: Collection[Key]) -> None:
        self._states.update({(table.name, key): [] for key in keys})
        for some in parts(keys):
            log = Change.objects.filter(table=table.model._meta.db_table, row__in=[str(key) for key in some])
            for row, old, new in log.order_by("pk").values_list("row", "old", "new"):
                spot = table.name, key_of(table, row)
                self._states[spot].extend(columns for columns in (old, new) if columns is not None)
                (self._present.add if new is not None else self._present.discard)(spot)

    def _parents(self, name: str, keys: Iterable[Key]) -> set[tuple[str, Key]]:
        return {parent for key in keys for columns in self._states[name, key] for parent in _parents_of(columns)}

    def facts_of(self, name: str, key: Key) -> Iterator[tuple[str, Key]]:
        """The facts with which a loaded row is shown, itself if it is one; none of a row that is gone."""
        if (name, key) in self._present:
            if name in FACTS.values():
                yield name, key
            for parent in _parents_of(self._states[name, key][-1]):
                yield from self.facts_of(*parent)

    def was_shown(self, name: str, key: Key) -> bool:
        """Whether a loaded row may have been public once: in some state, with all that it belonged to then."""
        return any(
            is_shown(name, columns) and all(self.was_shown(*parent) for parent in _parents_of(columns))
            for columns in self._states[name, key]
        )


def hidden_at(table: DumpTable, keys: Collection[Key], number: int) -> set[Key]:
    """Those of present rows that were not there, or not shown by their own review, after the entry of this number."""
    found: set[Key] = set()
    for some in parts(keys):
        later = Change.objects.filter(
            table=table.model._meta.db_table, row__in=[str(key) for key in some], pk__gt=number
        )
        first = later.order_by().values("row").annotate(first=Min("pk")).values("first")
        for row, action, old, new in Change.objects.filter(pk__in=first).values_list("row", "action", "old", "new"):
            before = new if old is None and action == ChangeAction.BASE else old  # a base entry says what was there
            if before is None or not is_shown(table.name, before):
                found.add(key_of(table, row))
    return found


def unproven(facts: Iterable[tuple[str, Key]]) -> set[tuple[str, Key]]:
    """Those of these facts that no sentence bears out now."""
    found = set(facts)
    for kind, name in FACTS.items():
        for some in parts([key for of, key in found if of == name]):
            asked = Evidence.objects.of_facts().told().filter(**{f"{kind}__in": some})
            found -= {(name, key) for key in asked.order_by().values_list(f"{kind}_id", flat=True).distinct()}
    return found


def is_shown(name: str, columns: Mapping[str, Any]) -> bool:
    """Whether a row of these columns may be public, as far as itself goes."""
    if name == "articles":
        return bool(columns["relevant"])
    if name not in FACTS.values():
        return True
    sure = columns["confidence"] >= PUBLIC_CONFIDENCE
    return bool(columns["review"] == ReviewState.CONFIRMED or (columns["review"] == ReviewState.PROPOSED and sure))


def _parents_of(columns: Mapping[str, Any]) -> list[tuple[str, Key]]:
    return [(name, columns[column]) for column, name in PARENTS.items() if columns.get(column) is not None]
