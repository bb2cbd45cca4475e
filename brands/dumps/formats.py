"""The forms of a table's file: CSV, JSON lines, a SQLite database, and Parquet where pyarrow is installed.

Each writer takes the records of a table one after the other and keeps none of them. The same records make the same
bytes.
"""

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from brands.dumps.columns import DumpColumn, DumpTable, Record
from brands.dumps.tables import TABLES

# Rows that are written to SQLite or Parquet together.
TOGETHER = 2_000

# The SQLite file of a dump.
DATABASE = "laobrand.sqlite3"

Context: TypeAlias = Iterator["Writer"]


class Writer(Protocol):
    """Takes the records of one table."""

    def __call__(self, record: Record, /) -> None: ...


def json_line(record: Mapping[str, Any]) -> str:
    """The record as a line of JSON, whose numbers have all their digits."""
    return f"{{{', '.join(f'{json.dumps(name)}: {_json(value)}' for name, value in record.items())}}}\n"


def _json(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def read_line(line: str | bytes) -> Record:
    """The record of a line of JSON. ValueError where it is none."""
    record = json.loads(line, parse_float=Decimal, parse_constant=_no_number)
    if not isinstance(record, dict):
        raise ValueError("no record")
    return record


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


@contextmanager
def csv_file(folder: Path, table: DumpTable) -> Context:
    """UTF-8 without a mark, values as they are: for programs. Unknown is empty."""
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(column.name for column in table.columns)

        def write(record: Record) -> None:
            lines.writerow(map(_cell, record.values()))

        yield write


def _cell(value: Any) -> Any:
    """As Table Schema has it: an array is JSON."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return f"{value:f}" if isinstance(value, Decimal) else value


@contextmanager
def json_lines_file(folder: Path, table: DumpTable) -> Context:
    with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:

        def write(record: Record) -> None:
            file.write(json_line(record))

        yield write


# SQLite, made for reading


@contextmanager
def database(folder: Path, about: Mapping[str, str]) -> Iterator[sqlite3.Connection]:
    """The SQLite file with all tables, empty; what was written to it is sorted for reading at the end. `about` is told
    in a table of its own."""
    connection = sqlite3.connect(folder / DATABASE, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for table in TABLES.values():
            connection.execute(_created(table))
        connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
        connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        yield connection
        for table in TABLES.values():
            for column in table.columns:
                if column.of:
                    connection.execute(f'CREATE INDEX {table.name}_{column.name} ON {table.name} ("{column.name}")')
        connection.execute(_SAID)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("VACUUM")
    finally:
        connection.close()


_TYPES = {
    "integer": "INTEGER",
    "number": "NUMERIC",
    "string": "TEXT",
    "date": "TEXT",
    "datetime": "TEXT",
    "array": "TEXT",
}

# Numbers with what readers ask for beside them.
_SAID = """
CREATE VIEW numbers_said AS
SELECT s.id, coalesce(b.name, p.name, r.name) AS subject, s.metric, s.qualifier, s.value, s.value_max, s.unit, s.scope,
  s.as_of, e.sentence, a.publisher, a.published_on, a.title, a.source_url
FROM statistics s
LEFT JOIN brands b ON b.id = s.brand
LEFT JOIN programs p ON p.id = s.program
LEFT JOIN regions r ON r.adcode = s.adcode
JOIN evidence e ON e.statistic = s.id AND e.field IS NULL
JOIN articles a ON a.id = e.article
"""


def _created(table: DumpTable) -> str:
    columns = ", ".join(_defined(column) for column in table.columns)
    return f"CREATE TABLE {table.name} ({columns}, PRIMARY KEY ({table.key.name}))"


def _defined(column: DumpColumn) -> str:
    needed = " NOT NULL" if column.required else ""
    refers = f" REFERENCES {column.of} ({TABLES[column.of].key.name})" if column.of else ""
    return f'"{column.name}" {_TYPES[column.kind]}{needed}{refers}'


@contextmanager
def table_of_database(connection: sqlite3.Connection, table: DumpTable) -> Context:
    marks = ", ".join("?" for _column in table.columns)
    rows: list[list[Any]] = []

    def flush() -> None:
        connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608  names of our own
        rows.clear()

    def write(record: Record) -> None:
        rows.append([_stored(value) for value in record.values()])
        if len(rows) >= TOGETHER:
            flush()

    yield write
    flush()


def _stored(value: Any) -> Any:
    """A number that SQLite can't hold is a text there, which its column reads as the nearest number."""
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return str(value)
    return _cell(value)


# Parquet


class NoParquetError(Exception):
    """pyarrow is not installed."""


def parquet_library() -> Any:
    """pyarrow and its module for Parquet. NoParquetError where they are not installed."""
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise NoParquetError from error


@contextmanager
def parquet_file(folder: Path, table: DumpTable) -> Context:
    arrow, parquet = parquet_library()
    types = {
        "integer": arrow.int64(), "number": arrow.float64(), "string": arrow.string(), "date": arrow.date32(),
        "datetime": arrow.string(), "array": arrow.list_(arrow.string()),
    }  # fmt: skip
    exact = {"value": arrow.decimal128(24, 4), "value_max": arrow.decimal128(24, 4)}
    fields = [
        arrow.field(one.name, exact.get(one.name, types[one.kind]), nullable=not one.required) for one in table.columns
    ]
    schema = arrow.schema(fields)
    rows: list[Record] = []
    with parquet.ParquetWriter(folder / f"{table.name}.parquet", schema, compression="zstd") as file:

        def flush() -> None:
            columns = [
                arrow.array([_typed(row[one.name], one, one.name in exact) for row in rows], type=part.type)
                for one, part in zip(table.columns, schema, strict=True)
            ]
            file.write_table(arrow.Table.from_arrays(columns, schema=schema))
            rows.clear()

        def write(record: Record) -> None:
            rows.append(record)
            if len(rows) >= TOGETHER * 10:
                flush()

        yield write
        if rows:
            flush()


def _typed(value: Any, column: DumpColumn, exact: bool) -> Any:
    if value is None:
        return None
    if exact:
        return Decimal(value)
    return date.fromisoformat(value) if column.kind == "date" else value


def writers(
    folder: Path, table: DumpTable, connection: sqlite3.Connection, *, parquet: bool
) -> Iterable[AbstractContextManager[Writer]]:
    """What takes the table's records, each a context."""
    yield csv_file(folder, table)
    yield json_lines_file(folder, table)
    yield table_of_database(connection, table)
    if parquet:
        yield parquet_file(folder, table)
