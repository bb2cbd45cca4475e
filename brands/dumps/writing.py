"""The whole public data of one moment as the files of a dump. Rows are read and written one after the other, so that
memory stays the same however many there are; the same data makes the same bytes, but for the time of the dump."""

import json
import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from django.conf import settings
from django.utils import translation

from brands.dumps.columns import DumpTable, Record
from brands.dumps.delta import write_delta
from brands.dumps.files import DELTA, FORMAT, PACKAGE, DumpError, check, dumps_in, name_at, write_sums
from brands.dumps.formats import Writer, database, parquet_library, writers
from brands.dumps.package import DESCRIPTION, described
from brands.dumps.position import snapshot
from brands.dumps.tables import TABLES

# What shows how far it is: passes the records of a table on.
Progress: TypeAlias = Callable[[DumpTable, Iterable[Record]], Iterable[Record]]


@dataclass(frozen=True, slots=True)
class WrittenDump:
    """A dump that was written: how many rows each table has, and how many rows the delta; None without one."""

    folder: Path
    rows: dict[str, int]
    changed: int | None


def write_dump(
    directory: Path,
    at: datetime,
    *,
    since: Path | None = None,
    parquet: bool = False,
    progress: Progress = lambda _table, records: records,
) -> WrittenDump:
    """Write a dump into a folder of its own in the directory, which stands there once it is whole. `since` is the dump
    that the delta begins with. DumpError where that one can't be used, or where there is a dump of this second;
    NoParquetError without pyarrow."""
    if parquet:
        parquet_library()
    name = name_at(at)
    folder, partial = directory / name, directory / f".{name}.partial"
    directory.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        raise DumpError(f"{folder} is there already")
    partial.mkdir()
    try:
        written = _write(partial, at, since, parquet, progress)
        partial.rename(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return WrittenDump(folder, *written)


def newest_in(directory: Path) -> Path | None:
    """The newest whole dump in a directory whose tables are like ours."""
    ours = (dump.folder for dump in dumps_in(directory) if dump.package["laobrand"].get("format") == FORMAT)
    return next(ours, None)


def _write(
    folder: Path, at: datetime, since: Path | None, parquet: bool, progress: Progress
) -> tuple[dict[str, int], int | None]:
    with translation.override(None), snapshot() as place:
        with database(folder, _about()) as connection:
            rows = {
                table.name: _write_table(table, writers(folder, table, connection, parquet=parquet), progress)
                for table in TABLES.values()
            }
        changed = None if since is None else write_delta(_usable(since), folder, folder / DELTA)
        package = described(
            folder, created=at.isoformat(timespec="seconds"), place=place, since=since.name if since else "", rows=rows
        )
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / PACKAGE).write_text(text, encoding="utf-8", newline="\n")
    write_sums(folder, [path.name for path in folder.iterdir()])
    return rows, changed


def _write_table(table: DumpTable, files: Iterable[AbstractContextManager[Writer]], progress: Progress) -> int:
    written = 0
    with ExitStack() as stack:
        writes = [stack.enter_context(file) for file in files]
        for record in progress(table, table.records()):
            for write in writes:
                write(record)
            written += 1
    return written


def _usable(since: Path) -> Path:
    """The dump, if it is whole and has the same tables."""
    if check(since)["laobrand"].get("format") != FORMAT:
        raise DumpError(f"{since} has other tables: a delta can't begin with it")
    return since


def _about() -> dict[str, str]:
    """What the SQLite file says of itself."""
    return {
        "description": DESCRIPTION,
        "format": str(FORMAT),
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL,
    }
