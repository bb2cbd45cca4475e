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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from statistics import median

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brands.models import Article
from curation.models import Waiting
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


def time_keys() -> None:
    """The article of the samples at which most waits."""
    reviewer = User.objects.create_superuser(f"bench{User.objects.count()}")
    article = Article.objects.get(pk=max(Waiting.objects.all(), key=lambda row: row.total).pk)
    _on_the_server(reviewer, article)
    path = executable()
    if path is None:
        print("in a browser: left out, there is none")
    else:
        _in_a_browser(reviewer, article, path)


def _on_the_server(reviewer: User, article: Article) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(reviewer)
    address = reverse("curation:queue_article", args=[article.pk])
    keys = [item.key for item in desk(article, reviewer).shown if not item.proposal]
    numbers = count()

    def answer(several: int) -> None:
        said = {"says": "yes", "seen": moment(timezone.now())}
        names = [f"bench {next(numbers)}" for _one in range(several)]
        rows = [{**said, "name": name, "keys": [key]} for name, key in zip(names, keys, strict=False)]
        _taken(client, article, rows)
        spent.append(time.perf_counter())
        _taken(client, article, [{"name": f"back {of}", "says": "undo", "of": of} for of in reversed(names)])

    page = _median(lambda: client.get(address))
    print(f"\nthe page of {len(keys)} facts: {page:.1f} ms on the server; the goal of a key is {GOAL} of it")
    for several in (1, TOGETHER):
        times = []
        for _round in range(ROUNDS):
            spent: list[float] = []
            start = time.perf_counter()
            answer(several)
            times.append(1000 * (spent[0] - start) / several)
        each = median(times)
        print(f"an answer of {several} that come together: {each:.1f} ms, {each / page:.2f} of the page")


def _taken(client: Client, article: Article, rows: Sequence[Mapping[str, object]]) -> None:
    response = client.post(reverse("curation:queue_answers", args=[article.pk]), {"answers": json.dumps(rows)})
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
        time.sleep(4)
        yield f"http://localhost:{PORT}"
    finally:
        server.terminate()
        server.wait()
        connection.close()


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def _median(work: Callable[[], object]) -> float:
    return median([_timed(work) for _round in range(ROUNDS)][1:])
