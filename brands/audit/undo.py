"""Undoing a change set: every row is again what it was before, field by field, but for what was changed since.

The audit log says both what a change set did and what a row is now, since nothing passes by it: the newest change of a
row holds its present state. So no table is compared, and a value that somebody changed later is known as such, named
and kept.

net_changes     what a change set came to for each row, and what was done about it
undo_rows       what is done to rows: created ones go, changed and deleted ones come back
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from brands.audit.bare import BareChoice, bears_out, left_bare, settle
from brands.audit.change_sets import open_change_set, within
from brands.audit.net_changes import KeptRow, Net, Spot, Undone, in_order, net, present, written_later
from brands.audit.snapshots import Columns, label, row_of, values_of
from brands.audit.undo_rows import (
    Later,
    dangling,
    delete_created,
    hanging,
    keep_from_dangling,
    restore_deleted,
    restore_values,
)
from brands.listing import sync
from brands.models import Change, ChangeSet, Page
from brands.models.source import BY_HAND
from brands.vocabulary.choices import ChangeSetKind

__all__ = [
    "MOST_CHANGES",
    "Columns",
    "KeptRow",
    "Net",
    "Spot",
    "TooManyChangesError",
    "Undone",
    "label",
    "net",
    "row_of",
    "undo",
    "undo_changes",
    "values_of",
    "write_version",
]

# Changes of a change set that can be undone at once.
MOST_CHANGES = 10_000


class TooManyChangesError(Exception):
    """The change set has more than `MOST_CHANGES` changes."""


def undo(change_set: ChangeSet, *, author: User | None, note: str = "", bare: BareChoice | None = None) -> Undone:
    """Undo the change set, in one transaction and as a change set of its own. TooManyChangesError where it is too
    long.

    Rows that it made go, unless something that came later refers to them; rows that it deleted are there again, under
    their old numbers; fields have their old values. What was changed since is kept and named. `bare` says what becomes
    of the facts that people decided on and that would lose their last evidence; they only lose it where it is None.
    """
    changes = list(change_set.changes.order_by("pk")[: MOST_CHANGES + 1])
    if len(changes) > MOST_CHANGES:
        raise TooManyChangesError
    with transaction.atomic():
        own = open_change_set(ChangeSetKind.UNDO, author=author, note=note, undoes=change_set)
        if bare is not None and (facts := _foreseen_bare(changes, own)):
            with within(own):
                kept = settle(facts, bare)
            changes = [change for change in changes if not bears_out(change, kept)]
        return undo_changes(changes, own)


def _foreseen_bare(changes: list[Change], own: ChangeSet) -> list[Spot]:
    """The facts that undoing the changes would leave without evidence; it is tried, and nothing comes of it."""
    with transaction.atomic():
        found = undo_changes(changes, own).bare
        transaction.set_rollback(True)
    return found


def undo_changes(changes: Iterable[Change], own: ChangeSet) -> Undone:
    """Undo changes, given in order, in one transaction; what that changes belongs to the change set `own`."""
    changes = list(changes)
    nets, later = net(changes), written_later(changes, own)
    held = frozenset[Spot]()
    while True:
        try:
            with within(own), sync.gathered():
                return _undone(nets, later, held, Undone(own))
        except _HeldError as error:
            held |= error.rows


class _HeldError(Exception):
    """These rows were to refer to others, and could not: they still refer to rows that were taken away. All was for
    nothing, and is to be done again with those rows left where they are."""

    def __init__(self, rows: frozenset[Spot]) -> None:
        self.rows = rows


def _undone(nets: list[Net], later: Later, held: frozenset[Spot], done: Undone) -> Undone:
    now = present(nets)
    changed = in_order(nets, of=lambda one: one.old is not None and one.new is not None)
    moving = [one for one in changed if (one.table, one.row) not in held]
    delete_created([one for one in nets if one.old is None and one.new is not None], moving, now, later, done)
    restore_values(changed, now, done, later)  # they free the names that deleted rows had
    restore_deleted(in_order(nets, of=lambda one: one.old is not None and one.new is None), now, done)
    for one in dangling(changed):
        keep_from_dangling(one, now[one.table, one.row], done)
    if left := hanging((one.table, one.row) for one in done.kept) - held:
        raise _HeldError(left)
    _let_read_again(done)
    done.bare = left_bare(nets)
    return done


def _let_read_again(done: Undone) -> None:
    """A page that stays, since something still refers to it, has lost what was read from it: the next run is to read it
    as if nobody had, whichever extractor did."""
    kept = [one.row for one in done.kept if one.table == Page._meta.db_table and not one.fields]
    if kept:
        Page.objects.filter(pk__in=kept).exclude(extractor=BY_HAND).update(extractor="")


def write_version(spot: Spot, columns: Columns, *, author: User | None, note: str = "") -> Undone:
    """Make one row what these columns of the audit log say, as a change set: its fields, or the row where there is none
    now."""
    with within(open_change_set(ChangeSetKind.EDIT, author=author, note=note)) as own, sync.gathered():
        done = Undone(own)
        now = present([Net(*spot, columns, None)])
        one = Net(*spot, columns, now.setdefault(spot, None))
        if one.new is None:
            restore_deleted([one], now, done)
        else:
            restore_values([one], now, done)
            for loose in dangling([one]):
                keep_from_dangling(loose, one.new, done)
    return done
