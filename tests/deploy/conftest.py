"""A prepared release: a scratch database with the schema and the regions, and the collected static files."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.deploy.release import production
from tests.deploy.serving import PATIENCE, free_port, listening, serving, write_config
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


@pytest.fixture(scope="session")
def gunicorn(release: dict[str, str]) -> Iterator[int]:
    """The port of a gunicorn that the container's health check finds healthy."""
    with serving(release, WEB_CONCURRENCY="2") as (port, _process):
        yield port


@pytest.fixture(scope="session")
def nginx(gunicorn: int, release: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an nginx with the site's configuration, changed only where it names the containers' addresses."""
    program = shutil.which("nginx", path=f"{release['PATH']}:/usr/sbin")
    if program is None:
        missing("nginx", "no nginx: install Debian's nginx-light")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    dumps = Path(release["DATA_DIR"]) / "dumps"
    config = write_config(folder, port=port, gunicorn=gunicorn, static=release["STATIC_ROOT"], dumps=dumps)
    command = [program, "-p", str(folder), "-c", str(config)]
    subprocess.run([*command, "-t"], check=True)
    process = subprocess.Popen(command)
    deadline = time.monotonic() + PATIENCE
    while not listening(port):
        assert process.poll() is None, "nginx ended by itself"
        assert time.monotonic() < deadline, "nginx did not start"
        time.sleep(0.05)
    yield port
    process.send_signal(signal.SIGQUIT)
    assert process.wait(timeout=PATIENCE) == 0


@pytest.fixture(params=["gunicorn", "nginx"])
def port(request: pytest.FixtureRequest) -> int:
    """Both servers answer alike."""
    return int(request.getfixturevalue(request.param))
