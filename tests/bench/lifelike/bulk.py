"""Rows into tables as fast as the database takes them: keys given beforehand, COPY on PostgreSQL, no signals."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

Row = TypeVar("Row", bound=models.Model)
Made = Callable[[models.Model], Any]

# Fields whose values the database takes in another form than Python has them.
CONVERTED = (models.JSONField, models.DecimalField, models.DateField)


class Tables:
    """Rows that wait to be written, each with its key already, so that others can refer to it."""

    def __init__(self) -> None:
        self._waiting: defaultdict[type[models.Model], list[models.Model]] = defaultdict(list)
        self._keys: dict[type[models.Model], Iterator[int]] = {}

    def add(self, model: type[Row], **values: Any) -> Row:
        """A new row of the model; foreign keys by the names of their columns."""
        if model not in self._keys:
            last = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
            self._keys[model] = count(last + 1)
        row = model(pk=next(self._keys[model]), **values)
        self._waiting[model].append(row)
        return row

    def write(self) -> None:
        """All that waits, in one transaction; references may lead forward, as both databases look at its end."""
        with transaction.atomic():
            for model, rows in self._waiting.items():
                _insert(model, rows)
            self._reset_sequences()
        self._waiting.clear()

    def _reset_sequences(self) -> None:
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self._waiting)):
                cursor.execute(statement)


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    fields = model._meta.concrete_fields
    makers = [_maker(field) for field in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    values = [[make(row) for make in makers] for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for one in values:
                    copy.write_row(one)
        else:
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})", values)


def _maker(field: Any) -> Made:
    """What takes the value of one column from a row."""
    name = field.attname
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        now = field.get_db_prep_save(timezone.now(), connection)
        return lambda row: now
    if isinstance(field, CONVERTED):
        return lambda row: field.get_db_prep_save(getattr(row, name), connection)
    return lambda row: getattr(row, name)
