"""What changed between two dumps, row by row: both are read in the order of their keys, side by side."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from brands.dumps.columns import DumpTable, Record
from brands.dumps.formats import json_line, read_line
from brands.dumps.tables import TABLES

# action, table, key, row
Entry: TypeAlias = dict[str, Any]


def delta(older: Path, newer: Path) -> Iterator[Entry]:
    """The rows that were added, changed or withdrawn, table by table; a withdrawn one has no row any more."""
    for table in TABLES.values():
        yield from _of_table(table, _records(older, table), _records(newer, table))


def _of_table(table: DumpTable, before: Iterator[Record], after: Iterator[Record]) -> Iterator[Entry]:
    key = table.key.name
    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old[key] < new[key]):
            assert old is not None  # noqa: S101  for mypy: one of both is there
            yield entry("withdrawn", table, old[key], None)
            old = next(before, None)
        elif old is None or new[key] < old[key]:
            yield entry("added", table, new[key], new)
            new = next(after, None)
        else:
            if old != new:
                yield entry("changed", table, new[key], new)
            old, new = next(before, None), next(after, None)


def entry(action: str, table: DumpTable, key: Any, row: Record | None) -> Entry:
    return {"action": action, "table": table.name, "key": str(key), "row": row}


def _records(folder: Path, table: DumpTable) -> Iterator[Record]:
    with (folder / f"{table.name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield read_line(line)


def write_delta(older: Path, newer: Path, path: Path) -> int:
    """Write the delta, an entry a line; how many there are."""
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for one in delta(older, newer):
            file.write(_line(one))
            written += 1
    return written


def _line(one: Entry) -> str:
    row = "null" if one["row"] is None else json_line(one["row"]).rstrip("\n")
    said = json_line({name: value for name, value in one.items() if name != "row"})
    return f'{said.rstrip().removesuffix("}")}, "row": {row}}}\n'
