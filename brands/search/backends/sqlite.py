"""The index on SQLite: an FTS5 table whose text are the tokens with blanks between."""

import json
from collections.abc import Collection, Sequence

from django.db import connection

from brands.models import DocumentKind
from brands.search.backends.base import Dialect, Every, Have, Part, Wanted


class Sqlite(Dialect):
    greatest = "MAX"
    least = "MIN"
    position = "instr"

    def found(self, wanted: Wanted, kind: DocumentKind, *, first: int = 0) -> Part:
        start, after = kind.numbers
        return Part(
            "SELECT rowid AS id FROM brands_search_index WHERE brands_search_index MATCH %s"
            " AND rowid >= %s AND rowid < %s",
            (_query(wanted), start, start + first if first else after),
        )

    def among(self, column: str, numbers: Collection[int]) -> Part:
        listed = json.dumps(sorted(numbers))
        return Part(f"{column} IN (SELECT value FROM json_each(%s))", (listed,))  # noqa: S608

    def rows(self, statement: Part) -> list[object]:
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.values)
            found: list[object] = cursor.fetchall()
        return found

    def write(self, entries: Sequence[tuple[int, Collection[str]]]) -> None:
        rows = [(number, " ".join(tokens)) for number, tokens in entries]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT OR REPLACE INTO brands_search_index (rowid, tokens) VALUES (%s, %s)",
                sorted(rows),  # FTS5 writes a part of its own whenever a number is lower than the one before
            )

    def delete(self, numbers: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM brands_search_index WHERE rowid = %s", [(number,) for number in numbers])

    def entries(self, numbers: Sequence[int]) -> dict[int, list[str]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid, tokens FROM brands_search_index WHERE rowid IN (SELECT value FROM json_each(%s))",
                [json.dumps(numbers)],
            )
            return {number: tokens.split(" ") for number, tokens in cursor.fetchall()}

    def numbers(self, kind: DocumentKind) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid FROM brands_search_index WHERE rowid >= %s AND rowid < %s", kind.numbers)
            return [number for (number,) in cursor.fetchall()]


def _query(wanted: Wanted) -> str:
    """In the language of FTS5. No token holds a quote."""
    if isinstance(wanted, Have):
        quoted = [f'"{token}"' for token in wanted.tokens]
        return f"({' AND '.join(quoted)})"
    word = " AND " if isinstance(wanted, Every) else " OR "
    return f"({word.join(map(_query, wanted.parts))})"
