"""What a first view of a page weighs: its HTML, style sheets and scripts, compressed as a server sends them. The site
has no fonts of its own, and pictures come when they are scrolled to."""

import gzip
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tests.audit.crawl import Crawl, Fault, Fetch
from tests.audit.kinds import REFERENCE

# As deploy/nginx.conf says; what lies compressed on the disk is smaller by some.
LEVEL = 5

# Bytes, compressed. The two files of Swagger UI, which one page alone asks for, are counted apart.
HEAVIEST_HTML = 10 * 1024
HEAVIEST = 20 * 1024
HEAVIEST_REFERENCE = 480 * 1024


class Weight(NamedTuple):
    """Bytes of one page, compressed."""

    html: int
    css: int
    js: int

    @property
    def total(self) -> int:
        return sum(self)


def weights(fetch: Fetch, found: Crawl, addresses: Mapping[str, str]) -> dict[str, Weight]:
    """The weight of an example of each kind of page, the heaviest first; what answers with no page is left out."""
    assets: dict[str, int] = {}

    def of_files(addresses: Iterator[str]) -> int:
        for address in (once := list(dict.fromkeys(addresses))):
            if address not in assets:
                assets[address] = packed(fetch(address).body)
        return sum(assets[address] for address in once)

    weighed = {}
    for kind, address in addresses.items():
        if (document := found.pages.get(address)) is not None:
            css, js = of_files(iter(document.sheets)), of_files(iter(document.scripts))
            weighed[kind] = Weight(packed(fetch(address).body), css, js)
    return dict(sorted(weighed.items(), key=lambda item: -item[1].total))


def packed(body: bytes) -> int:
    return len(gzip.compress(body, LEVEL, mtime=0))


def too_heavy(weighed: Mapping[str, Weight]) -> list[Fault]:
    """The pages above the limits."""
    faults = []
    for kind, weight in weighed.items():
        most = HEAVIEST_REFERENCE if kind == REFERENCE else HEAVIEST
        if weight.html > HEAVIEST_HTML:
            faults.append(Fault(kind, f"{weight.html} bytes of HTML, {HEAVIEST_HTML} are allowed"))
        if weight.total > most:
            faults.append(Fault(kind, f"{weight.total} bytes with sheets and scripts, {most} are allowed"))
    return faults
