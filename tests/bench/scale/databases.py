"""Databases with invented catalogues, made when they aren't there."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.run import refusal, server
from tests.variables import ROOT

SEED = 1


@dataclass(frozen=True, slots=True)
class Database:
    vendor: str
    brands: int
    url: str
    reports: int = 1
    more: int = 0

    @property
    def name(self) -> str:
        """The file's name without its ending, by which Datasette calls it, or that of the database on a server."""
        return self.url.rpartition("/")[2].removesuffix(".sqlite3")

    @property
    def path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    @property
    def environment(self) -> dict[str, str]:
        """A process that serves or asks this database, as in production but for TLS."""
        return {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "HTTPS": "false",
            "SECRET_KEY": "b" * 50,
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "tests.bench.scale.settings",
        }

    def fill(self) -> None:
        """Make it and its catalogue, unless it is there."""
        if self.vendor == "postgresql" and not _create(self.name):
            return
        if self.vendor == "sqlite" and self.path.exists():
            return
        numbers = {"--brands": self.brands, "--seed": SEED, "--reports": self.reports, "--more": self.more}
        given = [word for name, number in numbers.items() for word in (name, str(number))]
        command = [sys.executable, "-m", "tests.bench.lifelike", *given]
        subprocess.run(
            command, cwd=ROOT, env=self.environment | {"DJANGO_SETTINGS_MODULE": "laobrand.settings"}, check=True
        )

    def drop(self) -> None:
        """Files go with their folder."""
        if self.vendor == "postgresql":
            with psycopg.connect(server(), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


def databases(vendor: str, sizes: list[int], folder: Path) -> list[Database]:
    """Those of a vendor by size; none, and a line that says why, where no server answers."""
    if vendor == "sqlite":
        return [Database(vendor, size, f"sqlite:///{folder}/laobrand_bench_{size}.sqlite3") for size in sizes]
    reason = refusal(server())
    if reason is not None:
        print(f"PostgreSQL left out: {reason}")
        return []
    base = server().rpartition("/")[0]
    return [Database(vendor, size, f"{base}/laobrand_bench_{size}") for size in sizes]


def _create(name: str) -> bool:
    """False where it is there already."""
    with psycopg.connect(server(), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        connection.execute(f"CREATE DATABASE {name}")
    return True
