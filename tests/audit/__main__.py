"""Whether the site keeps its word to readers: `make audit`, or `python -m tests.audit [PART…] [--full | --few]`.

Parts: crawl (links, up to `USUAL` addresses of each kind, or all with --full), weight (bytes of each kind of page),
render (Chromium: console, hosts, requests, shifts, narrow windows), axe (accessibility in every setting), html (the Nu
HTML checker), lighthouse. Each prints its figures and its breaches; one breach is a status of 1. The site holds the
starter catalogue and is served as a release; nothing but this machine is asked, save npm once.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import django
from playwright.sync_api import Browser, sync_playwright

from tests.audit.crawl import Crawl, Fault, crawl
from tests.audit.kinds import REFERENCE, files, kinds, look_beyond, unlinked, without_example
from tests.audit.rendered import inaccessible, look, narrow
from tests.audit.site import GONE, asking, sample_site
from tests.audit.tools import invalid, judged, lacking
from tests.audit.weights import too_heavy, weights
from tests.browser.conftest import FLAGS, executable

LANGUAGES = ("zh-hans", "en")
# Addresses of each kind, a view with the same parameters, that are asked for: with --few or by the parts that need no
# more than an example, and usually.
FEW = 12
USUAL = 60

# What the pages that no link leads to are made from.
NEEDED = frozenset({"brand", "article"})

# The pages that Lighthouse looks at; a search is for no search engine (noindex), which would cost it points.
CLASSED = (
    "home", "brand_list", "brand", "article", "region_list", "region", "industry", "recognition_list", "pay",
    "destination", "statistic", "data", "about",
)  # fmt: skip


@dataclass(slots=True)
class Audit:
    """The site under audit and what the first part, the crawl, found for the others."""

    site: str
    found: Crawl
    addresses: dict[str, str]
    full: bool

    @property
    def host(self) -> str:
        return urlsplit(self.site).netloc


def main(arguments: list[str]) -> int:
    """Exit status: 0, 1 for a breach, 2 for a wrong command."""
    parser = argparse.ArgumentParser(prog="tests.audit", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all, if none is named")
    parser.add_argument("--full", action="store_true", help="every address, in the narrow window and in English too")
    parser.add_argument("--few", action="store_true", help=f"{FEW} addresses of each kind instead of {USUAL}")
    options = parser.parse_args(arguments)
    if unknown := set(options.parts) - PARTS.keys():
        parser.error(f"no part {', '.join(sorted(unknown))}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laobrand.settings")
    django.setup()
    with sample_site() as site:
        usual = "crawl" in (options.parts or PARTS) and not options.few
        most = None if options.full else USUAL if usual else FEW
        audit = Audit(site, *_explored(site, "zh-hans", most=most), options.full)
        faults = [fault for part in options.parts or PARTS for fault in _run(part, audit)]
    print(f"\n{len(faults)} breaches" if faults else "\nNo breach")
    return 1 if faults else 0


def _explored(site: str, language: str, *, most: int | None) -> tuple[Crawl, dict[str, str]]:
    """The crawl in a language, `most` addresses of each kind, and an example of each kind of page."""
    netloc = urlsplit(site).netloc
    with asking(netloc, language=language) as fetch:
        found = crawl(fetch, netloc, most=most)
        linked = kinds(found)
        if NEEDED - linked.keys():
            raise SystemExit(f"no page of {', '.join(NEEDED - linked.keys())} in {language}: {found.faults[:5]}")
        others = unlinked(linked) | {"gone": GONE}
        look_beyond(fetch, found, others | files())
    return found, linked | others


def _run(part: str, audit: Audit) -> list[Fault]:
    begun = time.monotonic()
    print(f"\n== {part}", flush=True)
    faults = PARTS[part](audit)
    places: defaultdict[str, list[str]] = defaultdict(list)
    for where, what in faults:
        places[what].append(where)
    for what, found in places.items():
        print(f"  ! {what} ({found[0]}{f', and {len(found) - 1} more' if found[1:] else ''})")
    print(f"  {len(faults)} breaches, {time.monotonic() - begun:.0f} s", flush=True)
    return faults


def _crawl(audit: Audit) -> list[Fault]:
    english, _ = _explored(audit.site, "en", most=None if audit.full else FEW)
    for language, found in zip(LANGUAGES, (audit.found, english), strict=True):
        largest = max(document.size for document in found.pages.values())
        answers = ", ".join(f"{count} {answer}" for answer, count in found.answers.most_common())
        print(f"  {language}: {answers}; {len(found.fragments)} links to places; largest page {largest} bytes")
    missing = [Fault(name, "no example") for name in without_example(audit.found)]
    return missing + audit.found.faults + [Fault(f"en {where}", what) for where, what in english.faults]


def _weight(audit: Audit) -> list[Fault]:
    with asking(audit.host, language="zh-hans") as fetch:
        weighed = weights(fetch, audit.found, audit.addresses)
    for kind, one in weighed.items():
        print(f"  {kind}: {one.total} bytes; HTML {one.html}, style sheets {one.css}, scripts {one.js}")
    return too_heavy(weighed)


def _render(audit: Audit) -> list[Fault]:
    return _in_chromium(lambda browser: _looked_at(audit, browser))


def _looked_at(audit: Audit, browser: Browser) -> list[Fault]:
    faults: list[Fault] = []
    for language in LANGUAGES:
        figures = look(browser, audit.site, audit.addresses, language=language)
        narrowed = [*audit.found.pages] if audit.full else [*audit.addresses.values()]
        narrow(browser, audit.site, narrowed, language=language, figures=figures)
        print(
            f"  {language}: {figures.pages} views of {len(audit.addresses)} kinds, at most {figures.requests} requests,"
            f" CLS {figures.shift:.4f}; {len(narrowed)} pages at 320 px, {figures.sideways} px sideways"
        )
        faults += figures.faults
    return faults


def _axe(audit: Audit) -> list[Fault]:
    def run(browser: Browser) -> list[Fault]:
        ours = {kind: address for kind, address in audit.addresses.items() if kind != REFERENCE}
        looked, found = inaccessible(browser, audit.site, ours)
        print(f"  {len(ours)} kinds of page in 8 settings: {looked} runs of axe-core")
        return found

    return _in_chromium(run)


def _in_chromium(run: Callable[[Browser], list[Fault]]) -> list[Fault]:
    path = executable()
    if path is None:
        print("  skipped: no Chromium")
        return []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        faults = run(browser)
        browser.close()
    return faults


def _html(audit: Audit) -> list[Fault]:
    if reason := lacking("java"):
        print(f"  skipped: {reason}")
        return []
    with tempfile.TemporaryDirectory() as folder:
        files = [file for language in LANGUAGES for file in _saved(audit, Path(folder), language)]
        print(f"  {len(files)} pages")
        return invalid(files)


def _saved(audit: Audit, folder: Path, language: str) -> list[Path]:
    """The pages as files that are named for what they show."""
    files = []
    with asking(audit.host, language=language) as fetch:
        for kind, address in audit.addresses.items():
            files.append(folder / f"{language} {kind}.html".replace(",", ""))
            files[-1].write_bytes(fetch(address).body)
    return files


def _lighthouse(audit: Audit) -> list[Fault]:
    chromium = executable()
    if reason := lacking("node") or ("" if chromium else "no Chromium"):
        print(f"  skipped: {reason}")
        return []
    faults: list[Fault] = []
    for kind in CLASSED:
        found = judged(audit.site + audit.addresses[kind], chromium=str(chromium), environment=dict(os.environ))
        print(f"  {kind}: " + ", ".join(f"{name} {points:.0f}" for name, points in found.points.items()))
        faults += [Fault(kind, one) for one in found.faults()]
    return faults


PARTS: dict[str, Callable[[Audit], list[Fault]]] = {
    "crawl": _crawl,
    "weight": _weight,
    "render": _render,
    "axe": _axe,
    "html": _html,
    "lighthouse": _lighthouse,
}

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
