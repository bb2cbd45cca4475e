"""A prepared release that is copied: its database, PostgreSQL's as in production and SQLite's where there is no server,
and the static files that it collected."""

import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg

from tests.deploy.release import production
from tests.needs import missing, required
from tests.ready import content
from tests.run import address, refusal, server
from tests.variables import ROOT

# How the database of a prepared release of this tree is called, before the word for its content.
PREFIX = f"laobrand_release_{sha256(str(ROOT).encode()).hexdigest()[:10]}_"
# What a release is made from, besides what the ready databases are.
FOLDERS = ("deploy", "static", "templates")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The folder that holds its data and its static files, and its database's name on the server."""

    folder: Path
    database: str

    def is_whole(self) -> bool:
        return (self.folder / "whole").exists() and (refusal(server()) is not None or exists(self.database))

    def make(self) -> None:
        """Make it, in place of those of this tree that were made from another content."""
        self.folder.mkdir(parents=True)
        environment = production(self.folder)
        reason = refusal(server())
        if reason is None:
            on_server(
                *(f"DROP DATABASE {name} WITH (FORCE)" for name in databases()), f"CREATE DATABASE {self.database}"
            )
            environment["DATABASE_URL"] = address(self.database)
        elif required("postgres"):
            missing("postgres", reason)
        subprocess.run(["deploy/prepare.sh"], cwd=ROOT, env=environment, check=True)
        (self.folder / "whole").touch()


def digest() -> str:
    """A word for all that a release is made from."""
    files = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    parts = [content(), *(f"{path}:{sha256(path.read_bytes()).hexdigest()}" for path in files if path.suffix != ".pyc")]
    return sha256("\n".join(parts).encode()).hexdigest()[:10]


def databases() -> list[str]:
    """The databases of this tree's prepared releases."""
    with psycopg.connect(server(), autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        return [name for (name,) in rows]


def exists(database: str) -> bool:
    return database in databases()


def on_server(*statements: str) -> None:
    """Run statements outside of any database of ours."""
    with psycopg.connect(server(), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
