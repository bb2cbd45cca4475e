"""Rows from behind one of them, in an order of columns: however deep that is, the database reads no row before it.

The method is known as keyset pagination or the seek method (Winand, "SQL Performance Explained", 2012).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

# What the columns of an order are called within the statement.
_PREFIX = "sorted_by_"


def behind(rows: QuerySet[Any], columns: Sequence[Any], key: int, count: int) -> list[Any]:
    """At most `count` of the rows that come after the one with this primary key; `rows` are ordered by `columns`, names
    and expressions as `order_by` takes them, which together tell each row from all others. Of a column that may be
    NULL, NULL must come last.

    Raises `LookupError` where the row is not among them.
    """
    ways = [_way(column) for column in columns]
    if any(getattr(way.expression, "contains_over_clause", False) for way in ways):
        return _counted_off(rows, key, count)
    named = {f"{_PREFIX}{number}": way for number, way in enumerate(ways)}
    read = {name: way.expression for name, way in named.items()}
    values = rows.filter(pk=key).annotate(**read).values_list(*named).first()
    if values is None:
        raise LookupError(key)
    found: list[Any] = []
    for part in _parts([(name, way, value) for (name, way), value in zip(named.items(), values, strict=True)]):
        if len(found) == count:
            break
        found += rows.alias(**read).filter(part)[: count - len(found)]
    return found


def _parts(steps: Sequence[tuple[str, OrderBy, Any]]) -> Iterator[Q]:
    """The rows behind one with these values of the columns, in parts that follow each other: those alike in all columns
    but the last, in all but the last two, and so on. Each is a range of the index of the order, which a database reads
    from its beginning; asked for with OR between them, it sorts all that come after to give the first."""
    for at in reversed(range(len(steps))):
        name, way, value = steps[at]
        if value is None:  # nothing comes after NULL
            continue
        alike = Q(*(_same(before, its) for before, _way, its in steps[:at]))
        yield alike & Q(**{f"{name}__{'lt' if way.descending else 'gt'}": value})
        if way.nulls_last:
            yield alike & Q(**{f"{name}__isnull": True})


def _way(column: Any) -> OrderBy:
    if isinstance(column, OrderBy):
        return column
    if isinstance(column, str):
        return OrderBy(F(column.removeprefix("-")), descending=column.startswith("-"))
    return OrderBy(column)


def _same(name: str, value: Any) -> Q:
    return Q(**{f"{name}__isnull": True} if value is None else {name: value})


def _counted_off(rows: QuerySet[Any], key: int, count: int) -> list[Any]:
    """By the keys of all rows: what a window function looks at would change with a condition on what it gives."""
    keys = list(rows.values_list("pk", flat=True))
    if key not in keys:
        raise LookupError(key)
    first = keys.index(key) + 1
    return list(rows[first : first + count])
