"""Writes rows and remembers what was written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

from django.db import models
from django.utils import timezone

from brands.listing import sync

Row = TypeVar("Row", bound=models.Model)
# Values by attribute, by primary key.
Snapshot: TypeAlias = dict[Any, dict[str, Any]]

# Rows that one statement updates or deletes: a CASE of thousands of branches is walked slowly.
BATCH = 500


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that was written. `fields` are those that an update changed."""

    action: Action
    model: str
    label: str
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class ChangeLog:
    """The rows written for one page, in order."""

    changes: list[RowChange] = field(default_factory=list)
    _new: set[tuple[type[models.Model], object]] = field(default_factory=set)

    def is_new(self, row: models.Model) -> bool:
        """Whether this row was created here; nothing in the database refers to it but what this run wrote. By its key:
        another row may lie where one lay in memory that nobody holds any more."""
        return (type(row), row.pk) in self._new

    def create(self, model: type[Row], rows: Sequence[Row]) -> None:
        if rows:
            model._default_manager.bulk_create(rows)
            sync.note(rows)
            self._new.update((model, row.pk) for row in rows)
            self._note(Action.CREATED, rows)

    def update(self, model: type[Row], rows: Iterable[Row], before: Snapshot) -> None:
        """Write those fields of the rows that differ from `before`, a snapshot that holds them all."""
        changed = [(row, names) for row in rows if (names := _changed(row, before[row.pk]))]
        if not changed:
            return
        fields = set().union(*(names for _, names in changed))
        if any(field.attname == "updated_at" for field in model._meta.concrete_fields):
            fields.add("updated_at")  # bulk_update leaves auto_now alone
            for row, _ in changed:
                row.updated_at = timezone.now()  # type: ignore[attr-defined]
        model._default_manager.bulk_update([row for row, _ in changed], sorted(fields), BATCH)
        sync.note([row for row, _ in changed], before=before)
        self.changes.extend(
            RowChange(Action.UPDATED, _name(row), str(row), tuple(sorted(names))) for row, names in changed
        )

    def delete(self, model: type[Row], rows: Sequence[Row]) -> None:
        if rows:
            self._note(Action.DELETED, rows)
            for at in range(0, len(rows), BATCH):
                model._default_manager.filter(pk__in=[row.pk for row in rows[at : at + BATCH]]).delete()

    def _note(self, action: Action, rows: Iterable[models.Model]) -> None:
        self.changes.extend(RowChange(action, _name(row), str(row)) for row in rows)


def snapshot(rows: Iterable[models.Model]) -> Snapshot:
    """The values of saved rows, to compare with later."""
    return {row.pk: dict(vars(row)) for row in rows}


def assign(row: models.Model, **values: object) -> None:
    """Set attributes; foreign keys by the names of their columns."""
    for name, value in values.items():
        setattr(row, name, value)


def count(changes: Iterable[RowChange]) -> Counter[tuple[str, Action]]:
    """How many rows of each model were created, updated and deleted."""
    return Counter((change.model, change.action) for change in changes)


def _name(row: models.Model) -> str:
    return row._meta.object_name or ""


def _changed(row: models.Model, before: Mapping[str, Any]) -> set[str]:
    """The fields whose values differ. A field that was not loaded is not compared."""
    names = {field.attname for field in row._meta.concrete_fields} & before.keys()
    return {name for name in names if getattr(row, name) != before[name]}
