"""Change sets: changes that belong together, are shown together and can be taken back together."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from brands.audit.triggers import current_change_set, followed, set_change_set
from brands.listing import sync
from brands.models import Change, ChangeSet
from brands.models.audit import MAX_NOTE
from brands.vocabulary.choices import ChangeSetKind

T = TypeVar("T")

# The table that a statement of Django's writes to. Only here does anybody look at statements, for want of another who
# hears of every write before it happens: signals miss querysets and bulk_create, triggers come after the row, and a
# change set that was opened beforehand can't go again where nothing was written, since its table is only added to.
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


def open_change_set(
    kind: ChangeSetKind, *, author: User | None = None, note: str = "", undoes: ChangeSet | None = None
) -> ChangeSet:
    """A new change set, without changes so far. `note` says why or what, and is cut to `MAX_NOTE` characters."""
    name = author.get_username() if author else ""
    return ChangeSet.objects.create(kind=kind, author=author, author_name=name, note=note[:MAX_NOTE], undoes=undoes)


@contextmanager
def within(change_set: ChangeSet) -> Iterator[ChangeSet]:
    """One transaction, whose changes belong to the change set. Inside another change set's, these belong to this one
    alone."""
    with transaction.atomic():
        outer = current_change_set()
        set_change_set(change_set.pk)
        yield change_set
        set_change_set(outer)


@contextmanager
def at_first_change(kind: ChangeSetKind, *, author: User | None = None, note: str = "") -> Iterator[None]:
    """One transaction, for which a change set is opened once a row of the catalogue is about to be written: for work of
    which nobody knows beforehand whether it writes anything, such as a form that may be filled in wrongly."""
    opened: list[ChangeSet] = []
    with transaction.atomic():
        outer = current_change_set()

        def watch(execute: Callable[..., object], sql: str, *rest: object) -> object:
            written = None if opened else _WRITES.match(sql)
            if written and written[1] in followed() and current_change_set() == outer:
                opened.append(open_change_set(kind, author=author, note=note))
                set_change_set(opened[0].pk)
            return execute(sql, *rest)

        with connection.execute_wrapper(watch):
            yield
        if opened:
            set_change_set(outer)


def rehearse(work: Callable[[], T]) -> tuple[T, list[Change]]:
    """Do the work, see what it changes, and take all of it back: what `work` returned, and the changes in order. An
    exception of `work` passes through, with all taken back, too. What follows from rows, such as cards and documents,
    is not worked out; `work` may not read it."""
    with transaction.atomic(), sync.in_vain():
        change_set = open_change_set(ChangeSetKind.EDIT)
        set_change_set(change_set.pk)  # which is taken back, too
        result = work()
        changes = list(change_set.changes.order_by("pk"))
        transaction.set_rollback(True)
    return result, changes


# What became of change sets


def with_changes() -> QuerySet[ChangeSet]:
    """The change sets that changed something, the newest first."""
    return ChangeSet.objects.filter(Exists(Change.objects.filter(change_set=OuterRef("pk")))).order_by("-pk")


def taken_back(numbers: Iterable[int]) -> dict[int, int]:
    """Which of these change sets are taken back, and by which change set: by one that was not taken back itself."""
    wanted = set(numbers)
    if not wanted:
        return {}
    undone: dict[int, int] = {}
    later = ChangeSet.objects.filter(undoes__isnull=False, pk__gt=min(wanted)).order_by("-pk")
    for number, target in later.values_list("pk", "undoes"):  # what took a change set back is later than the change set
        if number not in undone and target is not None:
            undone.setdefault(target, number)
    return {number: undone[number] for number in wanted if number in undone}


def counted(numbers: Iterable[int]) -> dict[int, dict[str, int]]:
    """How many rows of each table each of the change sets changed, in the order in which tables build on each other."""
    rows = Change.objects.filter(change_set__in=list(numbers)).order_by().values_list("change_set", "table")
    found: dict[int, dict[str, int]] = {}
    counts = {(change_set, table): count for change_set, table, count in rows.annotate(Count("row", distinct=True))}
    for table in followed():
        for change_set, of in counts:
            if of == table:
                found.setdefault(change_set, {})[table] = counts[change_set, table]
    return found


def rows_of(change_set: ChangeSet, table: str = "") -> "QuerySet[Change, Any]":
    """The rows that the change set changed, those of one table or all, in the order in which it came to them: each with
    its `table` and `row`, and the numbers of its `first` and `last` change."""
    changes = change_set.changes.filter(table=table) if table else change_set.changes.all()
    return changes.order_by().values("table", "row").annotate(first=Min("pk"), last=Max("pk")).order_by("first")
