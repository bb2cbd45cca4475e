"""The changes of a row, of what refers to it, and of rows that are gone; and a row made again what it was."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from brands.audit.describe import NAMES, column, has
from brands.audit.four_eyes import may_review
from brands.audit.triggers import followed
from brands.audit.undo import Net, Undone, row_of, write_version
from brands.models import Change, Reviewed
from brands.models.proposal import FACTS
from brands.vocabulary.choices import ChangeAction

# Digits of a row's number: one more may be too much for SQLite.
MAX_DIGITS = 18


def table_of(kind: str) -> str | None:
    """The table whose rows' histories lie under this part of an address, None for no such."""
    table = f"brands_{kind}"
    return table if table in followed() else None


def of_row(table: str, row: str) -> QuerySet[Change]:
    """The changes of a row, the newest first, with their change sets."""
    return Change.objects.filter(table=table, row=row).select_related("change_set").order_by("-pk")


def of_related(table: str, row: str, *, most: int) -> list[Change]:
    """The newest changes of the rows that refer to a brand, program or number: its other names, evidence, links and
    numbers, those that are gone among them."""
    kind = table.removeprefix("brands_")
    if kind not in FACTS or not (row.isascii() and row.isdigit()) or len(row) > MAX_DIGITS:
        return []
    tables = [name for name, model in followed().items() if has(model, kind)]
    gone = Change.objects.filter(table__in=tables, action=ChangeAction.DELETED, **{f"old__{kind}_id": int(row)})
    lost = list(gone.order_by("-pk").values_list("table", "row")[:most])
    rows = Q(pk__in=())
    for name in tables:
        rows |= Q(table=name, row__in=[key for table, key in lost if table == name])
    found = set(Change.objects.filter(rows).order_by("-pk").values_list("pk", flat=True)[:most])
    for name in tables:
        there = followed()[name]._base_manager.filter(**{f"{kind}_id": row}).annotate(key=Cast("pk", CharField()))
        changes = Change.objects.filter(table=name, row__in=there.values("key")).order_by("-pk")
        found.update(changes.values_list("pk", flat=True)[:most])
    newest = sorted(found, reverse=True)[:most]
    return list(Change.objects.filter(pk__in=newest).select_related("change_set").order_by("-pk"))


def deleted(table: str, words: str) -> QuerySet[Change]:
    """The newest change of each row of the table that is gone, the last deleted first; with `words`, of those that had
    them in their names."""
    gone = Change.objects.filter(table=table, action=ChangeAction.DELETED)
    if words:
        named = [name for name in NAMES if has(followed()[table], name)]
        asked = Q()
        for name in named:
            asked |= Q(**{f"old__{name}__icontains": words})
        gone = gone.filter(asked)
    later = Change.objects.filter(
        table=models.OuterRef("table"), row=models.OuterRef("row"), pk__gt=models.OuterRef("pk")
    )
    return gone.exclude(models.Exists(later)).select_related("change_set").order_by("-pk")


def in_change_set(rows: Sequence[Mapping[str, Any]]) -> list[Net]:
    """What a change set came to for each of the rows (:func:`brands.audit.change_sets.rows_of`)."""
    ends = Change.objects.in_bulk({row[end] for row in rows for end in ("first", "last")})
    return [Net(row["table"], row["row"], ends[row["first"]].old, ends[row["last"]].new) for row in rows]


def nets_of(changes: Iterable[Change]) -> list[Net]:
    """Each change for itself, as :func:`tell` takes them."""
    return [
        Net(change.table, change.row, change.old, change.new, base=change.action == ChangeAction.BASE)
        for change in changes
    ]


def restore(version: Change, *, author: User, note: str = "") -> Undone:
    """Make the row again what it was after this change, or before it where it was deleted then: as a change set, and as
    fields that a person has set."""
    columns = dict(version.new or version.old or {})
    newest = of_row(version.table, version.row).first()
    present = newest.new if newest else None
    model = followed()[version.table]
    if issubclass(model, Reviewed) and present is not None:
        _set_by_hand(model, columns, present, author)
    if "updated_at" in columns:
        columns["updated_at"] = timezone.now().isoformat()
    return write_version((version.table, version.row), columns, author=author, note=note)


def _set_by_hand(model: type[Reviewed], columns: dict[str, Any], present: Mapping[str, Any], author: User) -> None:
    """Mark the fields that change as set by a person. A verdict comes back, too, unless it is for others to give."""
    fields = (field for field in model._meta.concrete_fields if field.editable and not field.primary_key)
    changed = {field.name for field in fields if columns.get(column(field)) != present.get(column(field))}
    row = row_of(model, {**columns, "hand_set": present["hand_set"]})
    row.set_by_hand(changed, confirms=not settings.FOUR_EYES)
    its_own = settings.FOUR_EYES and (changed != {"review"} or not may_review(author, row))  # type: ignore[arg-type]
    columns.update(hand_set=row.hand_set, review=present["review"] if its_own else row.review)
    if "inferred" in columns:
        columns["inferred"] = [name for name in columns["inferred"] if name not in changed]
