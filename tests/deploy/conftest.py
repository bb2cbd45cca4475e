"""A prepared release: a scratch database with the schema and the regions, and the collected static files."""

import os
import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from tests.deploy.release import production
from tests.needs import missing, required
from tests.run import refusal, server
from tests.variables import ROOT


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The address of an empty database: PostgreSQL's as in production, SQLite's ("") where there is no server."""
    reason = refusal(server())
    if reason is not None:
        if required("postgres"):
            missing("postgres", reason)
        yield ""
        return
    name = f"scratch_laobrand_{os.getpid()}"
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
        info = connection.info
        yield f"postgres://{info.user}:{info.password}@{info.host}:{info.port}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def release(database: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a release whose `prepare` service has run."""
    environment = production(tmp_path_factory.mktemp("release"), DATABASE_URL=database)
    subprocess.run(["deploy/prepare.sh"], cwd=ROOT, env=environment, check=True)
    return environment
