"""A prepared release: a scratch database with the schema and the regions, and the collected static files."""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.prepared import PREFIX, Prepared, digest, on_server
from tests.deploy.release import production
from tests.deploy.serving import PATIENCE, free_port, listening, serving, write_config
from tests.needs import missing
from tests.run import address, refusal, server


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest) -> Prepared:
    """What the release's `prepare` service made, once for all processes of a run and for the next run of the same code:
    it takes as long as all that is done with it."""
    kept = request.config.cache.mkdir("release")
    found = Prepared(kept / digest(), f"{PREFIX}{digest()}")
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not found.is_whole():
            for folder in kept.iterdir():
                if folder.is_dir():
                    shutil.rmtree(folder)
            found.make()
    return found


@pytest.fixture(scope="session")
def release(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a release whose `prepare` service has run, on a database and in folders of its own."""
    folder = tmp_path_factory.mktemp("release")
    shutil.copytree(prepared.folder, folder, dirs_exist_ok=True)
    if refusal(server()) is not None:
        yield production(folder)
        return
    name = f"scratch_laobrand_{os.getpid()}"
    on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {prepared.database}")
    yield production(folder, DATABASE_URL=address(name))
    on_server(f"DROP DATABASE {name} WITH (FORCE)")


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
