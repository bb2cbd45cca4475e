"""A backup's file: a ZIP archive with `manifest.json`, which says what it holds, and the database as its own tools
wrote it."""

import hashlib
import json
import os
import zipfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

APPLICATION = "laobrand"
FORMAT = 1
MANIFEST, DATABASE = "manifest.json", "database"

# Bytes of a manifest that are read, and of the database at once.
MOST_MANIFEST = 1_000_000
BLOCK = 1 << 20


class DamagedError(Exception):
    """The file is no backup of this application, or not as it was written."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: the kind of database, when it was made (ISO 8601), the migrations that were applied
    (application.name), rows and sums by table, the newest seal of the audit log, what its check found, size and SHA-256
    of the database, and the roles besides its owner that served from it."""

    vendor: str
    made_at: str
    migrations: list[str]
    measures: dict[str, list[int | str]]
    head: str
    findings: list[str]
    size: int = 0
    sha256: str = ""
    application: str = APPLICATION
    format: int = FORMAT
    roles: list[str] = field(default_factory=list)


# A backup holds accounts and sessions.
OWNER_ALONE = 0o600


def write(file: Path, manifest: Manifest, database: Path) -> None:
    """Write the file: whole or not at all."""
    digest, size = _summed(database)
    part = file.with_name(f"{file.name}.part")
    whole = Manifest(**{**asdict(manifest), "sha256": digest, "size": size})
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(whole), ensure_ascii=False, indent=1))
            archive.write(database, DATABASE)
        part.chmod(OWNER_ALONE)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def read(file: Path) -> Manifest:
    """What the backup says of itself. DamagedError if it can not be read."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(MANIFEST) as stream:
            said = json.loads(stream.read(MOST_MANIFEST))
        manifest = Manifest(**said)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise DamagedError(f"{file} is no backup: {error}") from error
    if (manifest.application, manifest.format) != (APPLICATION, FORMAT):
        raise DamagedError(f"{file} is a backup of {manifest.application}, format {manifest.format}")
    return manifest


def extract(file: Path, manifest: Manifest, target: Path) -> None:
    """Write the database of the backup to this path. DamagedError if it is not what was backed up."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(DATABASE) as source, target.open("wb") as written:
            digest = _copied(source, written, manifest.size)
    except (OSError, zipfile.BadZipFile, KeyError, EOFError, ValueError) as error:
        raise DamagedError(f"{file} is damaged: {error}") from error
    if digest != manifest.sha256:
        raise DamagedError(f"{file} is damaged: its database is not the one that was backed up")


def _copied(source: IO[bytes], target: IO[bytes], size: int) -> str:
    """Copy at most `size` bytes and one more; the SHA-256 of what was copied."""
    digest, left = hashlib.sha256(), size + 1
    while left > 0 and (block := source.read(min(BLOCK, left))):
        digest.update(block)
        target.write(block)
        left -= len(block)
    return digest.hexdigest()


def _summed(path: Path) -> tuple[str, int]:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.hexdigest(), path.stat().st_size
