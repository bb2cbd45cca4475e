"""`python -m tests.deploy.kills --times 30`: gunicorn's workers are killed while readers read and report errors, then
the server is told to end under load. One line each; status 1 where a report that was acknowledged is lost, where an
answer is a 5xx or where a server stays away. DATABASE_URL names a database that may be filled; without one, SQLite is
used. The worker of the jobs is killed by a thorough run of tests/curation/test_jobs_kill.py.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random

from tests.deploy.release import HOST, production
from tests.deploy.serving import ask, serving
from tests.variables import ROOT

READERS = 6

PATHS = ("/", "/brands/", "/search/?q=x{}", "/statistics/", "/api/brands/", "/about/")

# Seconds between two kills, and after which the server must answer again.
PAUSE, BACK = 0.5, 20.0

HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https"}


class Reader(threading.Thread):
    """Asks for pages and reports errors until it is told to stop. What is cut, it asks again."""

    def __init__(self, port: int, number: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.number, self.stop = port, number, stop
        self.statuses: Counter[int] = Counter()
        self.cut = 0
        self.acknowledged: list[str] = []

    def run(self) -> None:
        asked = 0
        while not self.stop.is_set():
            asked += 1
            try:
                if asked % 5:
                    self._read(PATHS[asked % len(PATHS)].format(asked))
                else:
                    self._report(f"report {self.number}-{asked}")
            except (HTTPException, OSError):
                self.cut += 1
                time.sleep(0.02)

    def _read(self, path: str) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=BACK)
        try:
            connection.request("GET", path, headers=HEADERS)
            response = connection.getresponse()
            response.read()
            self.statuses[response.status] += 1
        finally:
            connection.close()

    def _report(self, words: str) -> None:
        address = f"10.{self.number}.{len(self.acknowledged) // 200}.{len(self.acknowledged) % 200}"
        form, _ = ask(self.port, "/corrections/new/")
        token = re.search(r"__Host-csrftoken=(\w+)", form.headers["Set-Cookie"] or "")
        if token is None:
            self.statuses[form.status] += 1
            return
        body = f"wrong={words.replace(' ', '+')}&csrfmiddlewaretoken={token[1]}".encode()
        sent, _ = ask(
            self.port, "/corrections/new/", method="POST", body=body,
            Cookie=f"__Host-csrftoken={token[1]}", Referer=f"https://{HOST}/corrections/new/",
            Content_Type="application/x-www-form-urlencoded", X_Forwarded_For=address,
        )  # fmt: skip
        self.statuses[sent.status] += 1
        if sent.status == 302:
            self.acknowledged.append(words)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.deploy.kills", description=__doc__)
    parser.add_argument("--times", type=int, default=30, help="how many kills (default: 30)")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        given = {name: os.environ[name] for name in ("DATABASE_URL",) if name in os.environ}
        environment = production(Path(folder), **given)
        subprocess.run(["deploy/prepare.sh"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        return killed(environment, arguments.times, Random(arguments.seed)) + ended(environment)


def killed(environment: dict[str, str], times: int, rng: Random) -> int:
    stop, away = threading.Event(), []
    with serving(environment, WEB_CONCURRENCY="2", SEARCH_REQUESTS="0", FORM_REQUESTS="0") as (port, process):
        readers = [Reader(port, number, stop) for number in range(READERS)]
        for reader in readers:
            reader.start()
        for _ in range(times):
            time.sleep(PAUSE)
            os.kill(rng.choice(_children(process.pid)), signal.SIGKILL)
            away.append(_back(port, process.pid))
        stop.set()
        for reader in readers:
            reader.join()
    acknowledged = [words for reader in readers for words in reader.acknowledged]
    lost = set(acknowledged) - kept(environment)
    statuses = sum((reader.statuses for reader in readers), Counter[int]())
    cut = sum(reader.cut for reader in readers)
    print(
        f"{times} kills of gunicorn's workers: {sum(statuses.values())} answers ({told(statuses)}), {cut} cut;"
        f" {len(acknowledged)} reports acknowledged, {len(lost)} lost; both back after {max(away):.1f} s at most"
    )
    return 1 if lost or any(status >= 500 for status in statuses) or max(away) >= BACK else 0


def ended(environment: dict[str, str]) -> int:
    """SIGTERM while readers ask without end."""
    stop = threading.Event()
    with serving(environment, WEB_CONCURRENCY="2", SEARCH_REQUESTS="0", FORM_REQUESTS="0") as (port, process):
        readers = [Reader(port, number, stop) for number in range(READERS)]
        for reader in readers:
            reader.start()
        time.sleep(3)
        before = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        took = time.monotonic() - before
        stop.set()
        for reader in readers:
            reader.join()
    acknowledged = {words for reader in readers for words in reader.acknowledged}
    lost = acknowledged - kept(environment)
    statuses = sum((reader.statuses for reader in readers), Counter[int]())
    reports = f"{len(lost)} of {len(acknowledged)} reports lost"
    print(f"SIGTERM under load: ended after {took:.1f} s ({told(statuses)}), {reports}")
    return 1 if lost or took > 10 or any(status >= 500 for status in statuses) else 0


def told(statuses: Counter[int]) -> str:
    return ", ".join(f"{count} times {status}" for status, count in sorted(statuses.items()))


def kept(environment: dict[str, str]) -> set[str]:
    """The reports that are in the database."""
    code = "from brands.models import Correction; print(*Correction.objects.values_list('wrong', flat=True), sep='\\n')"
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines())


def _children(parent: int) -> list[int]:
    text = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(number) for number in text.split()]


def _back(port: int, parent: int) -> float:
    """Seconds until both workers are there again and somebody answers."""
    began = time.monotonic()
    while time.monotonic() - began < BACK:
        try:
            if len(_children(parent)) == 2 and ask(port, "/about/", patience=BACK)[0].status == 200:
                break
        except (HTTPException, OSError):
            pass
        time.sleep(0.05)
    return time.monotonic() - began


if __name__ == "__main__":
    raise SystemExit(main())
