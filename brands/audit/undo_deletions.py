"""Rows that a batch deleted are written again."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext

from brands.audit.net_changes import Net, Spot, Undone, absent, by_table, keep, missing, refers_to, tell
from brands.audit.snapshots import Columns, row_of
from brands.audit.triggers import followed
from brands.search.store import batches as chunks


def bring_back(deleted: Iterable[Net], now: Mapping[Spot, Columns | None], done: Undone) -> None:
    """Write deleted rows again, many by one statement where nothing is in their way."""
    for table, some in by_table(deleted):
        model = followed()[table]
        due = []
        for one in some:
            if now[one.table, one.row] is not None:
                keep(done, one, gettext("该行已重新建立"))
            else:
                due.append((one, row_of(model, one.old or {})))
        gone = absent(model, [one.old or {} for one, _row in due])
        sure = [(one, row) for one, row in due if not refers_to(model, one.old or {}, gone)]
        if not _inserted(model, [row for _one, row in sure], done):
            sure = []
        written = {one.row for one, _row in sure}
        for one, row in due:
            if one.row not in written:
                _bring_one_back(one, row, done)


def _inserted(model: type[models.Model], rows: Sequence[models.Model], done: Undone) -> bool:
    """Insert all the rows with their stamps and keys as they are given, or none."""
    fields = model._meta.concrete_fields
    size = connection.ops.bulk_batch_size(fields, rows)
    try:
        with transaction.atomic():
            for some in chunks(rows, max(size, 1)):
                model._base_manager._insert(some, fields=fields, using=connection.alias, raw=True)  # type: ignore[attr-defined]
    except IntegrityError:
        return False
    done.rows += len(rows)
    tell(rows)
    return True


def _bring_one_back(one: Net, row: models.Model, done: Undone) -> None:
    """Write a deleted row again; `save_base(raw=True)` leaves all stamps and keys as they are given."""
    try:
        with transaction.atomic():
            lost = missing(row)
            if lost:
                keep(done, one, gettext("它所属的“%s”已不存在") % lost)
                return
            row.save_base(raw=True, force_insert=True)
    except (IntegrityError, ValidationError):
        keep(done, one, gettext("已有相同的一行"))
        return
    done.rows += 1
    tell([row])
