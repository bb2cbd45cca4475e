"""How long the pages of the site take. They are found by following links from the home page, one of each kind."""

import html
import re
import time
from statistics import median
from urllib.parse import urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

# Requests to each page; the first one, which loads templates, is not counted.
ROUNDS = 20
# The search is a form, so that no link leads to it.
START = ("/", "/search/?q=月嫂")
LINK = re.compile(r'href="(/[^"#]*)"')


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
