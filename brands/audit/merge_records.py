"""Merges that stand: what became of two records, and what must be taken back first to have both again."""

from collections.abc import Mapping
from dataclasses import dataclass

from brands.models import Brand, Change, ChangeSet, Program
from brands.vocabulary.choices import ChangeAction, ChangeSetKind

MODELS = {model._meta.db_table: model for model in (Brand, Program)}


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge: its change set, the record that stayed, as table and number, and the names of those that went and are
    still away, by number."""

    change_set: ChangeSet
    table: str
    kept: int
    gone: Mapping[int, str]

    @property
    def names(self) -> list[str]:
        return list(self.gone.values())


def merges_into(record: Brand | Program) -> list[Merged]:
    """The merges in which the record stayed and that nobody has taken back, the newest first."""
    table = record._meta.db_table
    mine = Change.objects.filter(table=table, row=str(record.pk), change_set__kind=ChangeSetKind.MERGE)
    change_sets = ChangeSet.objects.filter(
        pk__in=mine.exclude(action=ChangeAction.DELETED).order_by().values("change_set")
    )
    found = (standing(change_set) for change_set in change_sets.order_by("-pk"))
    return [one for one in found if one is not None and (one.table, one.kept) == (table, record.pk)]


def standing(change_set: ChangeSet) -> Merged | None:
    """What the change set merged; None where it is no merge, or one that was taken back."""
    if change_set.kind != ChangeSetKind.MERGE:
        return None
    for table, model in MODELS.items():
        deleted = change_set.changes.filter(table=table, action=ChangeAction.DELETED)
        names = {int(change.row): str((change.old or {}).get("name", "")) for change in deleted}
        there = set(model._default_manager.filter(pk__in=names).values_list("pk", flat=True))
        gone = {pk: name for pk, name in names.items() if pk not in there}
        kept = change_set.changes.filter(table=table, action=ChangeAction.UPDATED).order_by("pk").last()
        if gone and kept is not None:
            return Merged(change_set, table, int(kept.row), gone)
    return None


def hindrance(merged: Merged) -> ChangeSet | None:
    """The later merge that took away the record which stayed in this one. That one is to be taken back first: all that
    both had belongs to a third by now."""
    later = Change.objects.filter(
        table=merged.table,
        row=str(merged.kept),
        action=ChangeAction.DELETED,
        change_set__kind=ChangeSetKind.MERGE,
        change_set__gt=merged.change_set.pk,
    )
    if MODELS[merged.table]._default_manager.filter(pk=merged.kept).exists():
        return None
    newest = later.select_related("change_set").order_by("-pk").first()
    return newest.change_set if newest else None
