"""Rows among others on the page of the row that they belong to: other names, details. Each is guarded as the form of a
row is, see brands.admin.versions, whatever became of its place among the others."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.db import models
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest

from brands.admin.bases import TabularInline
from brands.admin.versions import NEWEST, Version, VersionedForm
from brands.audit.snapshots import row_of
from brands.models import Change

# Digits of the number of rows that a form sends.
LENGTH = 3


class RowForm(VersionedForm):
    """The form of a row that its inline has read, with its newest change, and has locked where it is to be changed."""

    def version(self) -> Version:
        return Version(0, {}) if self.instance.pk is None else super().version()

    def stored(self) -> models.Model:
        row: models.Model = copy(self.instance)
        return row


class RowsInline(TabularInline):
    """Rows with forms that know which version they were opened on: two statements for all of them."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        table = self.model._meta.db_table
        changes = Change.objects.filter(table=table, row=Cast(models.OuterRef("pk"), models.CharField()))
        newest = changes.order_by("-pk").values("pk")[:1]
        rows = super().get_queryset(request).annotate(**{NEWEST: Coalesce(models.Subquery(newest), 0)})
        if request.method == "POST":
            rows = rows.select_for_update(of=("self",))
        return rows  # type: ignore[no-any-return]


def without_gone(data: Any, prefix: str, form: type[RowForm]) -> None:
    """Leave rows out of what a formset sent, in the mutable `data`, that others have deleted meanwhile. One in which
    something was typed since becomes a new row: nothing that was typed is lost."""
    count = data.get(f"{prefix}-TOTAL_FORMS", "")
    if not count.isdecimal() or len(count) > LENGTH:
        return
    model: type[models.Model] = form._meta.model
    keys = [data.get(f"{prefix}-{at}-id", "") for at in range(int(count))]
    asked = {key for key in keys if key.isdecimal() and len(key) < 19}
    there = {str(pk) for pk in model._base_manager.filter(pk__in=asked).values_list("pk", flat=True)}
    if asked <= there:
        return
    names = [*form.base_fields, "id", "DELETE"]
    sent = [{name: data[key] for name in names if (key := f"{prefix}-{at}-{name}") in data} for at in range(int(count))]
    kept = [row for row in sent if row.get("id", "") in there]
    typed = [row for row in sent if row.get("id", "") in asked - there and _typed(row, form, model)]
    new = [{**row, "id": ""} for row in (*typed, *(row for row in sent if not row.get("id")))]
    for key in [key for key in data if key.startswith(f"{prefix}-") and key[len(prefix) + 1 :][:1].isdecimal()]:
        del data[key]
    for at, row in enumerate((*kept, *new)):
        for name, value in row.items():
            data[f"{prefix}-{at}-{name}"] = value
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(kept) + len(new)), str(len(kept))


def _typed(row: Mapping[str, str], form: type[RowForm], model: type[models.Model]) -> bool:
    """Whether the person changed what the row said when the form was opened."""
    seen = Version.read(row.get("opened", ""))
    found = Change.objects.filter(pk=seen.change, table=model._meta.db_table, row=row["id"]).first()
    if row.get("DELETE") or found is None or not found.new:
        return not row.get("DELETE")
    before = form(row, instance=row_of(model, found.new))
    return before.has_changed()


def rebased(data: Any, prefix: str, seen: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Turn what a formset of names sent, in the mutable `data`, into the same deeds on the names that there are now:
    `seen` and `now` are names by the keys of their rows. A name that was typed anew stays typed."""
    count = data.get(f"{prefix}-TOTAL_FORMS", "")
    if seen == now or not count.isdecimal() or len(count) > LENGTH:
        return
    sent = [_sent(data, f"{prefix}-{at}") for at in range(int(count))]
    kept = {one["id"]: one for one in sent if one["id"] in now}
    stored = [{"name": now[key], **_deed(kept.get(key, {}), seen.get(key)), "id": key} for key in now]
    gone = (
        {**one, "id": ""} for one in sent if one["id"] and one["id"] not in now and one["name"] != seen.get(one["id"])
    )
    new = [one for one in (*gone, *(one for one in sent if not one["id"])) if one["name"] not in now.values()]
    for at, one in enumerate((*stored, *new)):
        for name, value in one.items():
            data[f"{prefix}-{at}-{name}"] = value
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(stored) + len(new)), str(len(stored))


def _sent(data: Any, prefix: str) -> dict[str, str]:
    return {name: data.get(f"{prefix}-{name}", "").strip() for name in ("id", "name", "DELETE")}


def _deed(one: Mapping[str, str], seen: str | None) -> dict[str, str]:
    """What was done to a name: another one typed, or the name taken off."""
    typed = {"name": one["name"]} if one and one["name"] != seen else {}
    return {"DELETE": one.get("DELETE", ""), **typed}
