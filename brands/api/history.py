"""What became of a record, from the audit log: each change of its public fields, the newest first."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from brands.api.pieces import Record
from brands.api.records import number
from brands.audit.history import of_row
from brands.models import Change
from brands.vocabulary import fields

# Changes that are told of a record.
MOST = 200


def entries(kind: str, pk: int) -> list[Record]:
    """The newest `MOST` changes of a brand, program or statistic that changed a field which readers see. Who made
    one is not told, but whether it was a person."""
    changes = of_row(f"brands_{kind}", str(pk))[: MOST * 5]
    found = (_entry(kind, change) for change in changes)
    return [entry for entry in found if entry["changes"] or entry["action"] != "~"][:MOST]


def _entry(kind: str, change: Change) -> Record:
    made_by = change.change_set
    return {
        "id": change.pk,
        "at": change.at,
        "action": change.action,
        "change_set": change.change_set_id,
        "reason": made_by.kind if made_by else None,
        "by_person": bool(made_by and made_by.author_id),
        "changes": list(_changes(kind, change.old or {}, change.new or {})),
    }


def _changes(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Record]:
    for field in fields.FIELDS[kind]:
        before, after = _told(old.get(field.column)), _told(new.get(field.column))
        if before != after:
            yield {"field": field.name, "old": before, "new": after}
    if old.get("review") != new.get("review"):
        yield {"field": "review", "old": old.get("review"), "new": new.get("review")}


def _told(value: Any) -> Any:
    """As JSON has it; unknown is None."""
    if isinstance(value, Decimal):
        return number(value)
    return None if value == "" else value
