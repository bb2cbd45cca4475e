"""Files, folders and standard input -> the bytes of pages, one at a time, each with a name or the reason why not."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingest.read import MAX_BYTES

STDIN = "-"
# What files in folders must end with; a file that is named itself may end with anything.
SUFFIX = ".txt"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file's bytes, or why there are none. `label` is how a person named the file, `name` its base name."""

    label: str
    name: str
    data: bytes = b""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class FileListing:
    """The files that `paths` lead to, in order, and how many files in folders were passed over."""

    entries: tuple[str, ...]
    passed_over: int


def list_files(paths: Iterable[str]) -> FileListing:
    """Folders are walked in the order of names; what is named itself stays, whether it is there or not."""
    entries: list[str] = []
    passed_over = 0
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            entries.append(path)
            continue
        inside = list(_walk(path))
        pages = [entry for entry in inside if entry.lower().endswith(SUFFIX)]
        entries.extend(pages or [path])
        passed_over += len(inside) - len(pages)
    return FileListing(tuple(entries), passed_over)


def deliver(entries: Iterable[str], *, stdin_name: str = STDIN) -> Iterator[Delivery]:
    """The bytes of each entry, read when they are asked for. A file over the limit is read just past it."""
    for entry in entries:
        yield _standard_input(printable(stdin_name)) if entry == STDIN else _open(entry)


def _standard_input(label: str) -> Delivery:
    if sys.stdin is None:  # so it is where a caller closed it
        return Delivery(label, label, failure="standard input is closed")
    return _read(label, sys.stdin.buffer)


def _walk(folder: str) -> Iterator[str]:
    for root, folders, files in os.walk(folder):
        folders.sort()
        yield from (path for name in sorted(files) if Path(path := os.path.join(root, name)).is_file())


def _open(entry: str) -> Delivery:
    label = printable(entry)
    name = Path(label).name
    if Path(entry).is_dir():
        return Delivery(label, name, failure=f"no *{SUFFIX} file in this folder")
    try:
        with open(entry, "rb") as file:
            return _read(label, file)
    except FileNotFoundError:
        return Delivery(label, name, failure="no such file or folder")
    except OSError as error:
        return Delivery(label, name, failure=f"cannot be read: {error.strerror or type(error).__name__}")


def _read(label: str, file: IO[bytes]) -> Delivery:
    return Delivery(label, Path(label).name or label, file.read(MAX_BYTES + 1))


def printable(path: str) -> str:
    """The path without the stand-ins for bytes that are no UTF-8, which neither a terminal nor a database takes."""
    return os.fsencode(path).decode("utf-8", "replace")
