"""The catalogue as it stands, column by column with keys and stamps, and as the audit log says it stands."""

from collections.abc import Collection

from django.db import models

from brands.audit.triggers import LEFT_OUT, followed
from brands.audit.undo import values_of
from brands.models import Change

State = dict[tuple[str, str], dict[str, object]]

# Tables of thousands of rows, which few deeds write.
DIVISIONS = ("brands_region", "brands_regionname")


def state(*, but: Collection[str] = ()) -> State:
    """All rows that the audit log follows, by table and key; without those of the tables `but`."""
    return {
        (table, str(row[model._meta.pk.attname])): row
        for table, model in followed().items()
        if table not in but
        for row in model._base_manager.values(*(field.attname for field in _columns(model)))
    }


def replayed(*, but: Collection[str] = ()) -> State:
    """The same, worked out from the history alone."""
    newest: dict[tuple[str, str], Change] = {}
    for change in Change.objects.exclude(table__in=but).order_by("pk"):
        newest[change.table, change.row] = change
    models_ = followed()
    found = {}
    for (table, row), change in newest.items():
        if change.new is not None:
            columns = {name: value for name, value in change.new.items() if name != LEFT_OUT.get(table)}
            found[table, row] = values_of(models_[table], columns)
    return found


def without_long_texts(whole: State) -> State:
    """Without the columns that the audit log holds only of deleted rows."""
    return {
        spot: {name: value for name, value in columns.items() if name != LEFT_OUT.get(spot[0])}
        for spot, columns in whole.items()
    }


def _columns(model: type[models.Model]) -> "list[models.Field[object, object]]":
    return list(model._meta.concrete_fields)
