"""Rows from behind one of them, in an order of columns: however deep that is, the database reads no row before it.

The method is known as keyset pagination or the seek method (Winand, "SQL Performance Explained", 2012).
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

# What the columns of an order are called within the statement.
_PREFIX = "sorted_by_"


def behind(rows: QuerySet[Any], columns: Sequence[Any], key: int) -> Any:
    """The rows that come after the one with this primary key, to be sliced; `rows` are ordered by `columns`, names and
    expressions as `order_by` takes them, which together tell each row from all others. Of a column that may be NULL,
    NULL must come last.

    Raises `LookupError` where the row is not among them.
    """
    ways = [_way(column) for column in columns]
    if any(getattr(way.expression, "contains_over_clause", False) for way in ways):
        return _counted_off(rows, key)
    named = {f"{_PREFIX}{number}": way for number, way in enumerate(ways)}
    read = {name: way.expression for name, way in named.items()}
    values = rows.filter(pk=key).annotate(**read).values_list(*named).first()
    if values is None:
        raise LookupError(key)
    steps = [(name, way, value) for (name, way), value in zip(named.items(), values, strict=True)]
    cases = []
    alike = Q()
    for name, way, value in steps:
        cases.append(alike & _after(name, way, value))
        alike &= _same(name, value)
    # No row that comes after has an earlier first column: with that said by itself, the database reads a range of the
    # index of the order.
    first = _same(steps[0][0], steps[0][2]) | _after(*steps[0])
    return rows.alias(**read).filter(first, reduce(or_, cases))


def _way(column: Any) -> OrderBy:
    if isinstance(column, OrderBy):
        return column
    if isinstance(column, str):
        return OrderBy(F(column.removeprefix("-")), descending=column.startswith("-"))
    return OrderBy(column)


def _same(name: str, value: Any) -> Q:
    return Q(**{f"{name}__isnull": True} if value is None else {name: value})


def _after(name: str, way: OrderBy, value: Any) -> Q:
    """That the column comes after this value; nothing comes after NULL."""
    if value is None:
        return Q(pk__in=())
    later = Q(**{f"{name}__{'lt' if way.descending else 'gt'}": value})
    return later | Q(**{f"{name}__isnull": True}) if way.nulls_last else later


def _counted_off(rows: QuerySet[Any], key: int) -> Any:
    """By the keys of all rows: what a window function looks at would change with a condition on what it gives."""
    keys = list(rows.values_list("pk", flat=True))
    if key not in keys:
        raise LookupError(key)
    return rows[keys.index(key) + 1 :]
