"""A lifelike catalogue with its numbers many times over: as many statistics as are asked for, each with its sentences.

The copies differ in their value and key. What they are of, and the articles that say them, stay.
"""

from django.db import connection, models

from brands.audit.triggers import released
from brands.models import Evidence, Statistic


def multiply(wanted: int) -> int:
    """Have at least so many statistics, in a database of `tests.bench.lifelike`; returns how many there are. Past the
    audit log: nothing measures that here."""
    there = Statistic.objects.count()
    copies = -(-wanted // there) - 1
    with released(), connection.cursor() as cursor:
        first, last = _last(Statistic), _last(Evidence)
        own = {"id": f"id + n * {first}", "value": "value + n", "fact_key": "fact_key || ':' || n"}
        cursor.execute(_copies(Statistic, own, copies))
        own = {"id": f"id + n * {last}", "statistic_id": f"statistic_id + n * {first}"}
        cursor.execute(_copies(Evidence, own, copies, "WHERE statistic_id IS NOT NULL"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Statistic.objects.count()


def _last(model: type[models.Model]) -> int:
    return int(model._default_manager.aggregate(last=models.Max("pk"))["last"])


def _copies(model: type[models.Model], own: dict[str, str], copies: int, where: str = "") -> str:
    """The statement that adds the copies of a table's rows, whose columns in `own` are worked out with the number `n`
    of the copy."""
    quoted = connection.ops.quote_name
    columns = [str(field.column) for field in model._meta.concrete_fields]
    values = ", ".join(own.get(column, quoted(column)) for column in columns)
    table = quoted(model._meta.db_table)
    return (
        f"INSERT INTO {table} ({', '.join(map(quoted, columns))}) "
        f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {copies}) "
        f"SELECT {values} FROM {table}, numbers {where}"
    )
