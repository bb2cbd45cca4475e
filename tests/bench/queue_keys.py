"""What a key of the review costs, held in one run against opening the page whose facts it decides:
`python -m tests.bench keys`.

In a browser, what the reviewer waits for: from the key until the next fact has the focus and is painted. On the server,
what an answer takes: one alone, and each of several that come together, which is how they come while one is under way.
"""

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import TypeAlias
from urllib.request import urlopen

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brands.models import Article
from brands.vocabulary.choices import PUBLIC_CONFIDENCE
from curation.models import Waiting
from curation.models.review import MAX_ANSWER
from curation.review.decisions import moment
from curation.review.items import desk
from tests.browser.conftest import FLAGS, executable
from tests.variables import ROOT

# Of the whole page, what a key may take.
GOAL = 0.15

ROUNDS = 15
TOGETHER = 5
PORT = 8765

# From the key until what it changed is painted, in milliseconds.
_PRESS = """key => new Promise((done) => {
  const start = performance.now();
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  requestAnimationFrame(() => { const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now() - start); channel.port2.postMessage(0); });
})"""


# A kind of fact, and whether a verdict is what makes it public.
Group: TypeAlias = tuple[str, bool]


def time_keys() -> None:
    """The article at which most waits, and those with most facts of each kind that are public already or are not."""
    reviewer = User.objects.create_superuser(f"bench{User.objects.count()}")
    article = Article.objects.get(pk=max(Waiting.objects.all(), key=lambda row: row.total).pk)
    print(f"processor time, {connection.vendor}; the goal of a key is {GOAL} of the page")
    print(f"{'facts':>22}{'page':>8}{'alone':>8}{'':>6}{'together':>10}  (milliseconds, and of the page)")
    for group, (at, keys) in sorted(_groups(reviewer).items()):
        _on_the_server(reviewer, at, group, keys)
    path = executable()
    if path is None:
        print("in a browser: left out, there is none")
    else:
        _in_a_browser(reviewer, article, path)


def _groups(reviewer: User) -> dict[Group, tuple[Article, list[str]]]:
    """For each group the article that shows most of it, and the keys of these."""
    found: dict[Group, tuple[Article, list[str]]] = {}
    for row in Waiting.objects.select_related("article__page").order_by("pk"):
        keys: defaultdict[Group, list[str]] = defaultdict(list)
        for item in desk(row.article, reviewer).shown:
            if not item.proposal and not item.disputed:
                keys[item.kind, item.fact.confidence < PUBLIC_CONFIDENCE].append(item.key)
        for group, some in keys.items():
            if group not in found or len(some) > len(found[group][1]):
                found[group] = row.article, some
    return found


def _on_the_server(reviewer: User, article: Article, group: Group, keys: Sequence[str]) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(reviewer)
    address = reverse("curation:queue_article", args=[article.pk])
    numbers = count()

    def answer(several: int) -> float:
        """Milliseconds of each of so many; they are taken back."""
        said = {"says": "yes", "seen": moment(timezone.now())}
        names = [f"{article.pk} {group} {next(numbers)}"[:MAX_ANSWER] for _one in range(several)]
        rows = [{**said, "name": name, "keys": [key]} for name, key in zip(names, keys, strict=False)]
        taken = _processor(lambda: _taken(client, article, rows))
        _taken(client, article, [{"name": f"back {of}"[:MAX_ANSWER], "says": "undo", "of": of} for of in names[::-1]])
        return taken / several

    page = median([_processor(lambda: client.get(address)) for _round in range(ROUNDS)][1:])
    together = min(TOGETHER, len(keys))
    alone, each = (median([answer(several) for _round in range(ROUNDS)][1:]) for several in (1, together))
    kind = f"{group[0]}, {'becomes' if group[1] else 'is'} public"
    print(f"{kind:>22}{page:8.1f}{alone:8.1f}{alone / page:6.2f}{each:10.1f}{each / page:6.2f}  {together} together")


def _processor(work: Callable[[], object]) -> float:
    """Milliseconds of this process and, on PostgreSQL where the server is on this machine, of its own for us."""
    start, behind = time.process_time(), _behind()
    work()
    return 1000 * (time.process_time() - start + _behind() - behind)


def _behind() -> float:
    """Seconds of processor time that the server of the database has taken for this connection."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    path = Path(f"/proc/{number}/schedstat")
    return int(path.read_text(encoding="ascii").split()[0]) / 1e9 if path.exists() else 0.0


def _taken(client: Client, article: Article, rows: Sequence[Mapping[str, object]]) -> None:
    response = client.post(reverse("curation:queue_answers", args=[article.pk]), {"answers": json.dumps(rows)})
    if response.status_code != 200:
        raise RuntimeError(f"{response.status_code}: {response.content[:200]!r}")
    refused = [one["told"] for one in response.json()["answers"] if not one["taken"]]
    if refused:
        raise RuntimeError(f"refused: {refused}")


def _in_a_browser(reviewer: User, article: Article, path: str) -> None:
    from playwright.sync_api import sync_playwright

    client = Client(SERVER_NAME="localhost")
    client.force_login(reviewer)
    cookies = [
        {"name": key, "value": one.value, "url": f"http://localhost:{PORT}"} for key, one in client.cookies.items()
    ]
    with _served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page()
        page.context.add_cookies(cookies)  # type: ignore[arg-type]
        address = f"{url}{reverse('curation:queue_article', args=[article.pk])}"
        loads = [_timed(lambda: page.goto(address)) for _round in range(ROUNDS)][1:]
        keys = []
        for _round in range(ROUNDS // 3):
            keys += [page.evaluate(_PRESS, key) for key in "yn"]
            page.wait_for_selector(".review[data-underway='0']")
            for _back in range(2):
                page.keyboard.press("u")
            page.wait_for_selector(".review[data-underway='0']")
        browser.close()
    whole, key = median(loads), median(keys)
    print(
        f"in a browser: the page {whole:.0f} ms, a key {key:.1f} ms until it is painted, {key / whole:.3f} of the page"
    )


@contextmanager
def _served() -> Iterator[str]:
    """The site on the database of this process."""
    environment = os.environ | {"ALLOWED_HOSTS": "localhost", "DEBUG": "true"}
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"localhost:{PORT}"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for_answer(f"http://localhost:{PORT}")
        yield f"http://localhost:{PORT}"
    finally:
        server.terminate()
        server.wait()
        connection.close()


def _wait_for_answer(url: str) -> None:
    for _attempt in range(120):
        try:
            urlopen(f"{url}/healthz")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise RuntimeError(f"no answer at {url}")


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)
