"""The database goes away and comes back; a server is told to end under load; what hangs is replaced."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.deploy.forwarder import Forwarder
from tests.deploy.release import HOST
from tests.deploy.serving import PATIENCE, START, ask, free_port, listening, serving
from tests.needs import missing
from tests.variables import ROOT

# One of each kind of page, and of answers that are none.
PAGES = (
    "/", "/brands/", "/brands/1/", "/brands/feed/", "/brands/download.csv", "/regions/", "/regions/140000/",
    "/programs/", "/statistics/", "/articles/", "/search/?q=x", "/search/suggest/?q=hugong", "/sitemap.xml",
    "/corrections/new/?about=brand:1",
    "/api/brands/", "/api/brands/1/", "/admin/", "/admin/login/", "/healthz",
)  # fmt: skip

# Pages that say the same whatever the database holds, or send on who has no session.
UNTOUCHED = {"/admin/", "/admin/login/"}

HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https"}


class TestWithoutTheDatabase:
    @pytest.fixture(scope="class")
    def way(self, release: dict[str, str]) -> Forwarder:
        url = urlsplit(release["DATABASE_URL"])
        if not url.hostname:
            missing("postgres", "SQLite is a file that doesn't go away")
        return Forwarder(url.hostname, url.port or 5432)

    @pytest.fixture(scope="class")
    def log(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        return tmp_path_factory.mktemp("log") / "stderr"

    @pytest.fixture(scope="class")
    def port(self, way: Forwarder, release: dict[str, str], log: Path) -> Iterator[int]:
        """A server of one process, so that what it keeps is kept for all who ask."""
        url = way.instead_of(release["DATABASE_URL"])
        with serving(release, log=log, DATABASE_URL=url, WEB_CONCURRENCY="1", WEB_THREADS="2") as (port, _process):
            yield port

    def test_every_kind_of_page_says_so(self, port: int, way: Forwarder, log: Path) -> None:
        before = {path: ask(port, path) for path in PAGES}
        assert {response.status for response, _body in before.values()} <= {200, 302, 404}
        way.cut()
        try:
            wrong = {}
            stale = 0
            for path in PAGES:
                response, body = ask(port, path)
                is_kept = "ttl=-1" in response.headers.get("Cache-Status", "")
                stale += is_kept
                if is_kept:
                    assert (response.status, body) == (200, before[path][1]), path
                elif path in UNTOUCHED:
                    assert response.status == before[path][0].status
                elif (response.status, bool(response.headers["Retry-After"])) != (503, True):
                    wrong[path] = response.status
                elif path.startswith("/api/"):
                    assert response.headers["Content-Type"] == "application/problem+json"
            assert wrong == {}
            assert stale >= 5, "pages that were asked for before are shown as they were"
            assert ask(port, "/brands/?page=2")[0].status == 503, "no page that nobody has seen"
            posted, _ = ask(port, "/text-size/", method="POST", body=b"", Content_Type="text/plain")
            assert posted.status == 302, "what needs no database works"
        finally:
            way.mend()
        after = {path: ask(port, path)[0] for path in PAGES}
        assert {path: response.status for path, response in after.items()} == {
            path: response.status for path, (response, _body) in before.items()
        }
        assert not any("Cache-Status" in response.headers for response in after.values())
        assert "Traceback" not in log.read_text(encoding="utf-8")

    def test_a_connection_that_broke_meanwhile_is_made_anew(self, port: int, way: Forwarder) -> None:
        """What only reads is tried again: a database that was started anew costs nobody a page."""
        assert ask(port, "/search/?q=before")[0].status == 200
        way.cut()
        way.mend()
        told = [ask(port, f"/search/?q=after{number}")[0].status for number in range(4)]
        assert told == [200] * 4


def test_no_request_is_cut_when_the_server_is_told_to_end(release: dict[str, str]) -> None:
    """Readers on open connections ask without end: each answer that began comes to its end, and the last one says that
    the connection closes."""
    cut: list[str] = []
    done: list[int] = []
    with serving(release, WEB_CONCURRENCY="2") as (port, process):
        readers = [threading.Thread(target=_read_on, args=(port, done, cut)) for _ in range(6)]
        for reader in readers:
            reader.start()
        while len(done) < 20:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0
        for reader in readers:
            reader.join()
    assert cut == []
    assert set(done) == {200}


def _read_on(port: int, done: list[int], cut: list[str]) -> None:
    """Ask until nobody takes a connection any more."""
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.connect()
        except OSError:
            return
        try:
            while True:
                connection.request("GET", "/about/", headers=HEADERS)
                response = connection.getresponse()
                response.read()
                done.append(response.status)
                if response.headers["Connection"] == "close":
                    break
        except (HTTPException, OSError) as error:
            if not isinstance(error, ConnectionResetError) or not _is_gone(port):
                cut.append(repr(error))
        finally:
            connection.close()


def _is_gone(port: int) -> bool:
    """Whether the server had ended when a connection was reset: it waited in the queue, and no answer had begun."""
    return not listening(port)


def test_a_worker_of_which_a_thread_hangs_is_replaced(release: dict[str, str]) -> None:
    port = free_port()
    environment = release | {"BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "1", "REQUEST_SECONDS": "1"}
    command = [*START, "tests.deploy.hanging:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        first = _eventually(port)
        hanging = HTTPConnection("127.0.0.1", port)
        hanging.request("GET", "/hang", headers=HEADERS)
        deadline = time.monotonic() + 2 * PATIENCE
        while _eventually(port) == first:
            assert time.monotonic() < deadline, "the worker that hangs was not replaced"
            time.sleep(0.2)
        hanging.close()
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0


def _eventually(port: int) -> bytes:
    """The number of the process that answers, as soon as one does."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return ask(port, "/", patience=2)[1]
        except OSError:
            assert time.monotonic() < deadline, "nobody answers"
            time.sleep(0.2)


class TestTheWorker:
    @pytest.fixture
    def heartbeat(self, tmp_path: Path) -> Path:
        return tmp_path / "worker"

    def health(self, release: dict[str, str], heartbeat: Path, seconds: int) -> int:
        environment = release | {"WORKER_HEARTBEAT": str(heartbeat), "WORKER_SECONDS": str(seconds)}
        command = [sys.executable, "-m", "deploy.worker_health"]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode

    def test_that_hangs_is_killed_by_its_health_check(self, release: dict[str, str], heartbeat: Path) -> None:
        assert self.health(release, heartbeat, 60) == 1, "none has begun"
        environment = release | {"WORKER_HEARTBEAT": str(heartbeat)}
        process = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment)
        try:
            deadline = time.monotonic() + PATIENCE
            while not heartbeat.exists():
                assert time.monotonic() < deadline, "no sign of life"
                time.sleep(0.1)
            assert self.health(release, heartbeat, 60) == 0
            process.send_signal(signal.SIGSTOP)  # as one that hangs: no signal but one reaches it
            long_ago = time.time() - 120
            os.utime(heartbeat, (long_ago, long_ago))
            assert self.health(release, heartbeat, 60) == 1
            assert process.wait(timeout=PATIENCE) == -signal.SIGKILL
            assert not heartbeat.exists()
        finally:
            process.kill()
