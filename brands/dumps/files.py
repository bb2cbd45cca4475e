"""The folders of dumps: their names, the sums of their files, and which of them lie in a directory."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

# Version of the tables and files of a dump; a later one may have others.
FORMAT = 2

PACKAGE, SUMS, DELTA = "datapackage.json", "SHA256SUMS", "delta.jsonl"

# 2026-11-29T190648Z
NAME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}Z"
FILE = r"[a-z][a-z0-9_]{0,39}\.(?:csv|jsonl|sqlite3|parquet|json)|SHA256SUMS"

# Bytes of a description or of sums that are read.
MOST_BYTES = 16 * 2**20

_NAME, _FILE = re.compile(NAME), re.compile(FILE)
_SUM = re.compile(rf"([0-9a-f]{{64}})  ({FILE})\n")


class DumpError(Exception):
    """The folder holds no whole dump, or one that can't be used; the words say why."""


@dataclass(frozen=True, slots=True)
class DumpFile:
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump that lies in a directory. `files` are those that its sums name, and the sums."""

    folder: Path
    package: Mapping[str, Any]
    files: tuple[DumpFile, ...]

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def created(self) -> datetime:
        return moment_of(self.name)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def name_at(moment: datetime) -> str:
    """What a dump of this moment is called, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")


def moment_of(name: str) -> datetime:
    return datetime.strptime(name, "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC)


def sum_of(path: Path) -> str:
    """The SHA-256 sum of a file, which is read piece by piece."""
    found = sha256()
    with path.open("rb") as file:
        while piece := file.read(2**20):
            found.update(piece)
    return found.hexdigest()


def write_sums(folder: Path, names: Iterable[str]) -> None:
    """As `sha256sum --check` reads them."""
    lines = [f"{sum_of(folder / name)}  {name}\n" for name in sorted(names)]
    (folder / SUMS).write_text("".join(lines), encoding="ascii")


def read_sums(folder: Path) -> dict[str, str]:
    """The sums by the names of the files. DumpError where there are none of such a form."""
    text = _read(folder / SUMS)
    lines = [_SUM.fullmatch(line) for line in text.splitlines(keepends=True)]
    if not lines or None in lines:
        raise DumpError(f"{folder / SUMS} holds no SHA-256 sums")
    return {line[2]: line[1] for line in lines if line}


def read_package(folder: Path) -> dict[str, Any]:
    """The description of a dump. DumpError where there is none."""
    try:
        package = json.loads(_read(folder / PACKAGE))
    except (ValueError, RecursionError) as error:
        raise DumpError(f"{folder / PACKAGE} is no JSON") from error
    if not isinstance(package, dict) or not isinstance(package.get("laobrand"), dict):
        raise DumpError(f"{folder / PACKAGE} describes no dump of laobrand")
    return package


def check(folder: Path) -> dict[str, Any]:
    """The description of a dump of which every file is as its sum says. DumpError otherwise."""
    sums = read_sums(folder)
    if PACKAGE not in sums:
        raise DumpError(f"{folder / SUMS} has no sum of {PACKAGE}")
    for name, expected in sums.items():
        path = folder / name
        if path.is_symlink() or not path.is_file():
            raise DumpError(f"{name} is missing")
        if sum_of(path) != expected:
            raise DumpError(f"{name} is not as its SHA-256 sum says: the dump is damaged")
    return read_package(folder)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DumpError(f"{path} is larger than any of a dump")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise DumpError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DumpError(f"{path} is not UTF-8") from error


def dumps_in(directory: Path) -> Iterator[Dump]:
    """The dumps in a directory, the newest first. What is none, or not whole, is passed over."""
    try:
        names = sorted((one.name for one in directory.iterdir() if _NAME.fullmatch(one.name)), reverse=True)
    except OSError:  # there is no such directory: nothing was dumped yet
        return
    for name in names:
        try:
            yield dump_in(directory, name)
        except (DumpError, OSError, ValueError):
            continue


def dump_in(directory: Path, name: str) -> Dump:
    """The dump of this name. DumpError where there is none."""
    folder = directory / name
    if not _NAME.fullmatch(name) or folder.is_symlink():
        raise DumpError(f"{name} is no dump")
    moment_of(name)
    sums, package = read_sums(folder), read_package(folder)
    files = [DumpFile(file, (folder / file).stat().st_size, digest) for file, digest in sums.items()]
    files.append(DumpFile(SUMS, (folder / SUMS).stat().st_size, ""))
    return Dump(folder, package, tuple(files))


def path_in(directory: Path, name: str, file: str) -> Path | None:
    """The path of a file of a dump that its sums name; None where there is no such."""
    try:
        dump = dump_in(directory, name)
    except (DumpError, OSError, ValueError):
        return None
    path = dump.folder / file
    known = any(one.name == file for one in dump.files)
    return path if known and not path.is_symlink() and path.is_file() else None
