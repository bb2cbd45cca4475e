"""`make bench`: how long the commands take on the sample articles, and the pages on what came of them.

Everything happens in a scratch folder with SQLite, or, where DATABASE_URL is set, in that database, which must be one
that may be filled. Pages are found by following links from the home page: one address for each kind of page.
"""

import html
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = "ingest/samples"
COMMANDS = (
    ("migrate", "--verbosity", "0"),
    ("load_regions",),
    ("extract_facts", SAMPLES),
    ("extract_facts", "--jobs", "0", SAMPLES),
    ("ingest_pages", SAMPLES),
    ("ingest_pages", SAMPLES),
)
ROUNDS = 20
"""Requests to each page; the first one, which loads templates, is not counted."""
START = ("/", "/search/?q=月嫂")
"""The search is a form, so that no link leads to it."""
LINK = re.compile(r'href="(/[^"#]*)"')


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        time_commands()
        os.environ["DJANGO_SETTINGS_MODULE"] = "laobrand.settings"
        django.setup()
        time_pages()
        connection.close()


def time_commands() -> None:
    pages = len(list((ROOT / SAMPLES).glob("*.txt")))
    print(f"{pages} pages in {SAMPLES}\n\n{'seconds':>8}  command")
    for command in COMMANDS:
        start = time.perf_counter()
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, capture_output=True)
        print(f"{time.perf_counter() - start:8.2f}  {' '.join(command)}", flush=True)


def time_pages() -> None:
    client = Client(SERVER_NAME="localhost")
    print(f"\n{'median':>8}{'slowest':>9}{'queries':>9}{'KB':>6}  page (milliseconds)")
    for address in one_of_each_kind(client):
        times, queries, size = time_page(client, address)
        print(f"{median(times):8.1f}{max(times):9.1f}{queries:9}{size / 1024:6.0f}  {address}", flush=True)


def time_page(client: Client, address: str) -> tuple[list[float], int, int]:
    """Milliseconds of each request, the queries of one and the bytes of one."""
    with CaptureQueriesContext(connection) as queries:
        size = len(client.get(address).content)
    asked = len(queries)  # now: the log that it counts in begins anew with the next request
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append(1000 * (time.perf_counter() - start))
    return times, asked, size


def one_of_each_kind(client: Client) -> list[str]:
    """The first address found of each named view that links from the home page lead to."""
    found: dict[str, str] = {}
    waiting = [*START]
    while waiting:
        address = waiting.pop(0)
        name = view_name(address)
        if name is None or name in found:
            continue
        response = client.get(address)
        if response.status_code == 200:
            found[name] = address
            waiting += links(response.content.decode()) if "html" in response["Content-Type"] else []
    return list(found.values())


def links(page: str) -> list[str]:
    return [html.unescape(address) for address in LINK.findall(page)]


def view_name(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


if __name__ == "__main__":
    main()
