"""The index on PostgreSQL: a table of arrays of tokens, with an inverted (GIN) index for each kind of document."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection, transaction

from brands.models import Kind
from brands.search.dialect import Clauses, Dialect, Part

PLAN = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
"""The planner counts an array that is stored apart as cheap to read, and would read all of them for a common token."""


class Postgres(Dialect):
    greatest = "GREATEST"
    position = "strpos"

    def found(self, clauses: Clauses, kind: Kind) -> Part:
        first, after = kind.numbers
        asked = " AND ".join(f"({' OR '.join('tokens @> %s::text[]' for _ in ways)})" for ways in clauses)
        values = [list(tokens) for ways in clauses for tokens in ways]
        own = f"id >= {first} AND id < {after}"  # the condition of the kind's own index, word for word
        return Part(f"SELECT id FROM brands_search_index WHERE {asked} AND {own}", (*values,))  # noqa: S608  no words

    def among(self, numbers: Collection[int]) -> Part:
        return Part("= ANY(%s::bigint[])", (sorted(numbers),))

    def rows(self, statement: Part) -> list[Any]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(PLAN)
            cursor.execute(statement.sql, statement.values)
            found: list[Any] = cursor.fetchall()
        return found

    def write(self, entries: Sequence[tuple[int, list[str]]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO brands_search_index (id, tokens) VALUES (%s, %s)"
                " ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens",
                entries,
            )

    def delete(self, numbers: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM brands_search_index WHERE id = ANY(%s)", [list(numbers)])

    def entries(self, numbers: Sequence[int]) -> dict[int, list[str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, tokens FROM brands_search_index WHERE id = ANY(%s)", [list(numbers)])
            return dict(cursor.fetchall())

    def numbers(self, kind: Kind) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM brands_search_index WHERE id >= %s AND id < %s", kind.numbers)
            return [number for (number,) in cursor.fetchall()]
