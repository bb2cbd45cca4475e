"""`python -m tests.deploy.steady URL --rate 100 --seconds 600`: readers ask at an even rate while pages are taken in.

URL is that of a database whose catalogue is there (`python -m tests.bench.lifelike` makes one); the pages that are
taken in stay in it. Readers ask for what the sitemap names, for lists and for searches: the address at place n of a
shuffled list about as often as 1/n. A request's time counts from the moment when it was due, as a reader would count
it, not from when somebody was free to send it. Status 1 where an answer is a 5xx, the 99th percentile is above MOST_MS
or the server's memory has grown by more than MOST_GROWTH.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from statistics import quantiles
from urllib.parse import quote

from tests.deploy.release import production
from tests.deploy.serving import ask, serving
from tests.variables import ROOT

SAMPLES = ROOT / "ingest" / "samples"
# Goals: milliseconds of the 99th percentile on a quiet machine, and how much of its memory the server may gain.
MOST_MS, MOST_GROWTH = 300, 0.10
# Readers that may wait at a time: beyond that a request is sent later than it was due, which counts as its time.
READERS = 64
# Seconds of a run before its memory is looked at first, as a share of all: caches fill until then.
WARM = 0.2
# Addresses of one section of the sitemap that are taken.
MOST_OF_A_SECTION = 5000
LISTS = ("/", "/brands/", "/statistics/", "/regions/", "/programs/", "/articles/", "/industries/", "/pay/", "/about/")
LOOKED_FOR = ("护工", "山西", "湖北 裁缝", "lvliang", "月嫂", "技能大赛")
LOCATION = re.compile(r"<loc>https?://[^/<]+([^<]+)</loc>")


@dataclass(slots=True)
class Told:
    """What readers were answered, and how long it took: seconds of each answer that is no 4xx or 5xx."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    cut: int = 0

    def percentile(self, share: int) -> float:
        """Milliseconds within which so many of a hundred answers came."""
        return 1000 * quantiles(self.seconds, n=100)[share - 1]

    @property
    def failed(self) -> int:
        return self.cut + sum(number for status, number in self.statuses.items() if status >= 500)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.deploy.steady", description=__doc__)
    parser.add_argument("database", help="its address, as DATABASE_URL has it")
    parser.add_argument("--rate", type=int, default=100, help="requests a second (default: 100)")
    parser.add_argument("--seconds", type=int, default=600, help="how long (default: 600)")
    parser.add_argument("--workers", default="2", help="gunicorn's processes (default: 2)")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        release = production(Path(folder), DATABASE_URL=chosen.database, WEB_CONCURRENCY=chosen.workers)
        with serving(release) as (port, process), taking_in(release, Path(folder)) as taken:
            told, growth = steady(port, process.pid, rate=chosen.rate, seconds=chosen.seconds)
    print(f"{chosen.rate} a second for {chosen.seconds} s: {dict(sorted(told.statuses.items()))}, {told.cut} cut")
    print(", ".join(f"p{share} {told.percentile(share):.0f} ms" for share in (50, 90, 99)), end="; ")
    print(
        f"memory of the server {growth:+.1%}; {next(taken)} rounds of {len(list(SAMPLES.glob('*.txt')))} pages taken in"
    )
    return int(bool(told.failed) or told.percentile(99) > MOST_MS or growth > MOST_GROWTH)


def steady(port: int, pid: int, *, rate: int, seconds: float) -> tuple[Told, float]:
    """Ask at this rate for so long; the server's share of memory gained since it was warm."""
    addresses, told, places = asked_for(port), Told(), count()
    begin = time.monotonic()
    readers = [
        threading.Thread(target=read, args=(port, addresses, told, places, begin, rate, seconds))
        for _ in range(READERS)
    ]
    for reader in readers:
        reader.start()
    time.sleep(seconds * WARM)
    warm = memory(pid)
    for reader in readers:
        reader.join()
    return told, memory(pid) / warm - 1


def read(
    port: int, addresses: list[str], told: Told, places: "count[int]", begin: float, rate: int, seconds: float
) -> None:
    """One reader: takes the next request that nobody has taken, and waits until it is due."""
    for place in places:
        due = begin + place / rate
        if due > begin + seconds:
            return
        time.sleep(max(0.0, due - time.monotonic()))
        chance = Random(place)
        address = addresses[int(len(addresses) ** chance.random()) - 1]
        try:
            response, _said = ask(port, address, source=f"127.0.{chance.randint(1, 250)}.{chance.randint(1, 250)}")
        except OSError:
            told.cut += 1
            continue
        told.statuses[response.status] += 1
        if response.status < 400:
            told.seconds.append(time.monotonic() - due)


def asked_for(port: int) -> list[str]:
    """Addresses, those that are asked for most at the head."""
    chance = Random(1)
    _response, index = ask(port, "/sitemap.xml")
    found = []
    for section in LOCATION.findall(index.decode()):
        _response, told = ask(port, section)
        found += LOCATION.findall(told.decode())[:MOST_OF_A_SECTION]
    chance.shuffle(found)
    return [*LISTS, *(f"/search/?q={quote(word)}" for word in LOOKED_FOR), *found]


def memory(pid: int) -> float:
    """Kilobytes of the process and those that it started, shared pages by their share."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for file in tasks for child in file.read_text().split()]
    own = re.search(r"^Pss: +([0-9]+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return float(own[1] if own else 0) + sum(memory(child) for child in children)


@contextmanager
def taking_in(release: dict[str, str], folder: Path) -> "Iterator[count[int]]":
    """While inside, the sample pages are taken in again and again, each time as pages that nobody has read before. What
    it gives counts the rounds that were done."""
    stop, rounds = threading.Event(), count()
    inbox = folder / "inbox"
    inbox.mkdir()

    def work() -> None:
        for number in count(1):
            for page in SAMPLES.glob("*.txt"):
                (inbox / page.name).write_bytes(page.read_bytes() + b"\n" * number)
            command = [sys.executable, "manage.py", "ingest_pages", str(inbox)]
            process = subprocess.Popen(command, cwd=ROOT, env=release, stdout=subprocess.DEVNULL)
            while process.poll() is None:
                if stop.wait(0.2):
                    process.terminate()
                    process.wait()
                    return
            next(rounds)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield rounds
    finally:
        stop.set()
        worker.join()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
