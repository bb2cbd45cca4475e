"""Columns of the audit log and fields of models: a row of the one as a row of the other."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any, TypeAlias, TypeVar

from django.db import models
from django.utils import timezone

from brands.audit.triggers import followed

Columns: TypeAlias = Mapping[str, Any]
Row = TypeVar("Row", bound=models.Model)


def row_of(model: type[Row], columns: Columns) -> Row:
    """The row, not saved, that these columns of the audit log describe."""
    return model(**values_of(model, columns))


def values_of(model: type[models.Model], columns: Columns) -> dict[str, Any]:
    """What the model's attributes are for these columns of the audit log."""
    by_column = {one.column: one for one in model._meta.concrete_fields}
    return {by_column[name].attname: read(by_column[name], value) for name, value in columns.items()}


def read(column: "models.Field[object, object]", value: object) -> object:
    """A value of the audit log as the field holds it. SQLite keeps moments without their zone, which is UTC."""
    if value is None or isinstance(column, models.JSONField):
        return value
    read = column.target_field.to_python(value) if isinstance(column, models.ForeignKey) else column.to_python(value)
    if isinstance(column, models.DateTimeField) and timezone.is_naive(read):
        return timezone.make_aware(read, UTC)
    return read


def label(table: str, columns: Columns) -> str:
    """What a row of the audit log is called: its name, title or words, else its table's name."""
    for name in ("name", "title", "stated", "words", "label"):
        if columns.get(name):
            return str(columns[name])
    return str(followed()[table]._meta.verbose_name)
