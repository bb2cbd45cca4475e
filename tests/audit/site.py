"""The site with the starter catalogue as a release serves it: gunicorn, collected files, no debugging, and a database
of its own."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.audit.crawl import Answer, Fetch
from tests.deploy.release import production
from tests.deploy.serving import free_port, listening
from tests.variables import ROOT

# The address of a brand that was withdrawn: 410, and why.
GONE = "/brands/1/"
WITHDRAW = """
from brands.models import Brand
brand = Brand.objects.get(pk=1)
brand.review = "rejected"
brand.save()
"""

# Seconds that the server has to listen.
PATIENCE = 30


@contextmanager
def sample_site() -> Iterator[str]:
    """The address ("http://127.0.0.1:8123") of a site that holds the starter catalogue, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="laobrand-audit-") as folder:
        environment = _environment(Path(folder))
        _prepare(environment)
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        environment |= {"BIND": f"127.0.0.1:{port}"}
        silent = subprocess.DEVNULL
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=silent, stderr=silent)
        try:
            _await(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _environment(folder: Path) -> dict[str, str]:
    """A release that is reached without TLS. A browser compares addresses: the host is its number."""
    return production(folder, ALLOWED_HOSTS="127.0.0.1", HTTPS="false", PROXIES="0")


def _prepare(environment: dict[str, str]) -> None:
    for command in (
        [sys.executable, "-m", "laobrand.translations", "compile"],
        ["deploy/prepare.sh"],
        [sys.executable, "manage.py", "prepare_catalogue"],
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", WITHDRAW],
    ):
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not listening(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("gunicorn did not start")
        time.sleep(0.05)


@contextmanager
def asking(netloc: str, *, language: str) -> Iterator[Fetch]:
    """How to ask the server at `netloc` over one connection that stays open, as a reader of `language`."""
    connection = HTTPConnection(netloc, timeout=PATIENCE)

    def fetch(address: str) -> Answer:
        connection.request("GET", address, headers={"Cookie": f"django_language={language}"})
        response = connection.getresponse()
        kind = response.headers.get_content_type()
        return Answer(response.status, kind, response.read(), response.headers.get("Location", ""))

    yield fetch
    connection.close()
