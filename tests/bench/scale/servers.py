"""The site and Datasette, each by the server that it comes with, one worker each, on loopback."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.bench.scale.client import Client
from tests.bench.scale.databases import Database
from tests.deploy.serving import free_port
from tests.variables import ROOT

# Seconds that a server has to come up.
PATIENCE = 60

# Of Datasette: no facets suggested, which the site doesn't do either, and time enough for those asked for.
SETTINGS = ("suggest_facets", "off", "sql_time_limit_ms", "20000", "facet_time_limit_ms", "20000")


@contextmanager
def site(database: Database, *, cached: bool) -> Iterator[Client]:
    """gunicorn with the file that production uses, one worker."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = database.environment | {
            "BIND": f"127.0.0.1:{port}",
            "WEB_CONCURRENCY": "1",
            "STATIC_ROOT": folder,
            "BENCH_CACHE": "on" if cached else "off",
        }
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(collect, cwd=ROOT, env=environment, check=True)
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        with _running(command, port, "/healthz", environment) as client:
            yield client


@contextmanager
def datasette(database: Database) -> Iterator[Client]:
    """Datasette on the same file, one uvicorn process with its own threads for SQL."""
    port = free_port()
    options = [part for at in range(0, len(SETTINGS), 2) for part in ("--setting", *SETTINGS[at : at + 2])]
    command = [sys.executable, "-m", "datasette", "serve", str(database.path), "--port", str(port), *options]
    with _running(command, port, "/-/versions.json", {"PATH": database.environment["PATH"]}) as client:
        yield client


@contextmanager
def _running(command: Sequence[str], port: int, probe: str, environment: dict[str, str]) -> Iterator[Client]:
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        client = Client(port)
        deadline = time.monotonic() + PATIENCE
        while not client.answers(probe):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{' '.join(command)} did not come up")
            time.sleep(0.1)
        yield client
        client.close()
    finally:
        process.terminate()
        process.wait(PATIENCE)
