"""A database of SQLite into a file and back, by SQLite's online backup: a copy of one moment, while others write."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connections

# Seconds that the copy waits for a writer.
PATIENCE = 60


def path(using: str = "default") -> Path:
    """The file of the database."""
    return Path(str(connections[using].settings_dict["NAME"]))


def copy(source: Path, target: Path) -> None:
    """Copy the database as it is at this moment, in one step: readers and writers of a WAL go on meanwhile, and a copy
    in several steps would begin again after each write. A target that is there becomes the source in one transaction,
    and whoever has it open sees the new one from then on."""
    with (
        closing(sqlite3.connect(source, timeout=PATIENCE)) as old,
        closing(sqlite3.connect(target, timeout=PATIENCE)) as new,
    ):
        old.backup(new)


def dump(target: Path) -> None:
    """Copy the database that serves into a single file."""
    copy(path(), target)
    with closing(sqlite3.connect(target)) as own:
        own.execute("PRAGMA journal_mode = DELETE")  # all in one file
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def damage(file: Path) -> str:
    """What is wrong with the file of a database, "" if nothing is."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as own:
            found = own.execute("PRAGMA integrity_check(1)").fetchone()[0]
            broken = own.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" and broken is None else f"{found}, {broken}"


def put_in_place(new: Path, kept: Path) -> None:
    """Let the database that serves become this one; what it was is kept at another path. One that can not be read, or
    is not there, makes way."""
    present = path()
    connections["default"].close()
    if present.exists() and _is_database(present):
        copy(present, kept)
        copy(new, present)
        new.unlink()
        return
    for ending in ("", "-wal", "-shm"):
        part = present.with_name(present.name + ending)
        if part.exists():
            part.rename(kept.with_name(kept.name + ending))
    new.rename(present)


def _is_database(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file, timeout=PATIENCE)) as own:
            own.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return bool(own.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False
