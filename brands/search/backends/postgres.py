"""The index on PostgreSQL: a table of sets of tokens, with an inverted (GIN) index for each kind of document."""

from collections.abc import Collection, Sequence

from django.db import connection, transaction

from brands.models import DocumentKind
from brands.search.backends.base import Dialect, Every, Have, Part, Wanted

# The planner counts tokens that are stored apart as cheap to read, and would read all of them for a common token. For
# the same reason OFFSET 0 keeps it from looking for tokens in the order of something else.
PLAN = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"


class Postgres(Dialect):
    greatest = "GREATEST"
    least = "LEAST"
    position = "strpos"

    def found(self, wanted: Wanted, kind: DocumentKind, *, first: int = 0) -> Part:
        own = f"kind = {kind.place}"  # the condition of the kind's own index, word for word
        if first:
            own += f" AND id >= {kind.numbers[0]} AND id < {kind.numbers[0] + first:d}"
        sql = f"SELECT id FROM brands_search_index WHERE tokens @@ %s::tsquery AND {own} OFFSET 0"  # noqa: S608
        return Part(sql, (_query(wanted),))

    def among(self, column: str, numbers: Collection[int]) -> Part:
        return Part(f"{column} = ANY(%s::bigint[])", (sorted(numbers),))

    def rows(self, statement: Part) -> list[object]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(PLAN)
            cursor.execute(statement.sql, statement.values)
            found: list[object] = cursor.fetchall()
        return found

    def write(self, entries: Sequence[tuple[int, Collection[str]]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO brands_search_index (id, tokens) VALUES (%s, array_to_tsvector(%s))"
                " ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens",
                [(number, list(tokens)) for number, tokens in entries],
            )

    def delete(self, numbers: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM brands_search_index WHERE id = ANY(%s)", [list(numbers)])

    def entries(self, numbers: Sequence[int]) -> dict[int, list[str]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, tsvector_to_array(tokens) FROM brands_search_index WHERE id = ANY(%s)", [list(numbers)]
            )
            return dict(cursor.fetchall())

    def numbers(self, kind: DocumentKind) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM brands_search_index WHERE id >= %s AND id < %s", kind.numbers)
            return [number for (number,) in cursor.fetchall()]


def _query(wanted: Wanted) -> str:
    """In the language of tsquery. No token holds a quote or a backslash."""
    if isinstance(wanted, Have):
        quoted = [f"'{token}'" for token in wanted.tokens]
        return f"({' & '.join(quoted)})"
    word = " & " if isinstance(wanted, Every) else " | "
    return f"({word.join(map(_query, wanted.parts))})"
