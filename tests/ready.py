"""Ready databases, which are copied instead of made: migrations, regions and samples cost seconds, a copy a moment.

Each kind is made once from the kind that it builds on, and kept until what goes into it changes: on SQLite as a file in
pytest's cache, on PostgreSQL as a database of the server, whose name says which tree and which content it belongs to.
Each process copies what its tests ask for and points the connection at its copy. Tests take back what they do, so that
one copy serves all modules; after a test that commits its copy is made anew.
"""

import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
# What a ready database depends on, besides the corpus and the versions of Python and Django.
SOURCES = (
    "brands", "curation", "ingest", "laobrand", "constraints.txt", "tests/ready.py", "tests/brands/factories.py"
)  # fmt: skip


def corpus_folder() -> Path:
    """Where the corpus is, if there is one."""
    return Path(os.environ.get("LAOBRAND_CORPUS") or ROOT.parent / "shared" / "corpus")


def retold() -> list[Path]:
    """The folder of the corpus's retold articles, where the corpus is there."""
    folder = corpus_folder() / "retold"
    return [folder] if folder.is_dir() else []


def _migrate() -> None:
    call_command("migrate", verbosity=0)


def _regions() -> None:
    call_command("load_regions", verbosity=0)


def _ingest(*folders: Path) -> None:
    for folder in folders:
        call_command("ingest_pages", str(folder), stdout=StringIO(), stderr=StringIO())


def _catalogue() -> None:
    from tests.brands.factories import catalogue  # which knows models, that pytest has not loaded yet

    catalogue()


EMPTY = "empty"
# For each kind, what it builds on and what is done then. `library` holds the samples and the corpus's articles.
KINDS: dict[str, tuple[str | None, Callable[[], None]]] = {
    EMPTY: (None, _migrate),
    "catalogue": (EMPTY, _catalogue),
    "regions": (EMPTY, _regions),
    "samples": ("regions", lambda: _ingest(ROOT / "ingest" / "samples")),
    "library": ("samples", lambda: _ingest(*retold())),
}


class Databases:
    """The copies of one process. `folder` is its own, `kept` is shared by all that run in this tree."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self._folder = folder
        self._kept = kept
        self._original = str(connection.settings_dict["NAME"])
        self._copied: dict[str, str] = {}
        self._used = EMPTY

    def use(self, kind: str) -> None:
        """Point the connection at this process's copy of the kind; outside of transactions alone."""
        if connection.in_atomic_block:
            raise RuntimeError("another database is chosen before a transaction begins, not within one")
        if kind not in self._copied:
            own = self._name(f"test_laobrand_{os.getpid()}_{kind}", self._folder)
            self.copy(kind, own)
            self._copied[kind] = own
        self._used = kind
        _point(self._copied[kind])

    def renew(self) -> None:
        """Make the copy that is in use anew, as a test has committed to it."""
        connection.close()
        self.copy(self._used, self._copied[self._used])

    def copy(self, kind: str, target: str) -> None:
        """Make a database of the kind under this name, on SQLite the path of its file, in place of what is there."""
        before = str(connection.settings_dict["NAME"])
        with _locked(self._kept):
            ready = self._ready(kind)
            _remove(target)
            _copy(ready, target)
        if before != str(connection.settings_dict["NAME"]):
            _point(before)

    def drop(self) -> None:
        """Remove this process's copies, and point the connection at where it pointed first."""
        _point(self._original)
        for name in self._copied.values():
            _remove(name)
        self._copied.clear()

    def _ready(self, kind: str) -> str:
        """The name of the ready database of this kind, which is made if it is not there."""
        prefix = f"laobrand_ready_{_digest(str(ROOT))}_"
        name = self._name(f"{prefix}{content()}_{kind}", self._kept)
        if _exists(name):
            return name
        for old in _others(prefix, content(), self._kept):
            _remove(old)
        before, make = KINDS[kind]
        building = self._name(f"{prefix}{content()}_building", self._kept)
        _remove(building)
        _copy(self._ready(before) if before else None, building)
        try:
            _point(building)
            make()
        finally:
            _point(self._original)
        _rename(building, name)
        return name

    def _name(self, name: str, folder: Path) -> str:
        return name if connection.vendor == "postgresql" else str(folder / f"{name}.sqlite3")


def address() -> str:
    """The URL of the database that the connection leads to, for other processes."""
    to = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{to['NAME']}"
    secret = f":{to['PASSWORD']}" if to["PASSWORD"] else ""
    return f"postgres://{to['USER']}{secret}@{to['HOST']}:{to['PORT']}/{to['NAME']}"


@cache
def content() -> str:
    """A word for all that the ready databases are made from."""
    parts = [sys.version, django.__version__]
    for folder in [*(ROOT / source for source in SOURCES), *retold()]:
        files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
        parts += [f"{path}:{_digest(path.read_bytes())}" for path in files if path.suffix != ".pyc"]
    return _digest("\n".join(parts))


def _digest(content: str | bytes) -> str:
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:10]


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Only one process of this tree makes and copies at a time."""
    with (folder / f"{connection.vendor}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _point(name: str) -> None:
    """Let the connection of this thread, and those that others open from now on, lead to this database."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _on_server(*statements: str) -> list[tuple[str]]:
    """Run statements outside of any database of ours; the rows of the last, if it has any."""
    with connection._nodb_cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout TO 0")  # a test may have set the limit of requests
        for statement in statements:
            cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def _exists(name: str) -> bool:
    if connection.vendor == "postgresql":
        return bool(_on_server(f"SELECT datname FROM pg_database WHERE datname = '{name}'"))
    return Path(name).exists()


def _others(prefix: str, current: str, folder: Path) -> list[str]:
    """The ready databases of this tree that were made from another content."""
    if connection.vendor == "postgresql":
        names = [name for (name,) in _on_server("SELECT datname FROM pg_database")]
    else:
        names = [str(path) for path in folder.glob("*.sqlite3")]
    return [name for name in names if Path(name).name.startswith(prefix) and current not in Path(name).name]


def _copy(ready: str | None, name: str) -> None:
    """A new database that equals the ready one; an empty one without it."""
    if connection.vendor == "postgresql":
        _on_server(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{ready}"' if ready else ""))
    elif ready:
        shutil.copyfile(ready, name)


def _rename(name: str, new: str) -> None:
    if connection.vendor == "postgresql":
        _on_server(f'ALTER DATABASE "{name}" RENAME TO "{new}"')
    else:
        Path(name).rename(new)


def _remove(name: str) -> None:
    """Remove a database, if it is there: also one that a killed process has left connected."""
    if connection.vendor == "postgresql":
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        return
    for ending in ("", "-wal", "-shm"):
        Path(name + ending).unlink(missing_ok=True)
