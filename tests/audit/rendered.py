"""Pages in Chromium: what they load, say in the console, move while they load, and whether they fit a narrow window."""

from dataclasses import dataclass, field
from itertools import product
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.audit.crawl import Fault
from tests.audit.kinds import REFERENCE
from tests.browser.accessibility import violations
from tests.browser.conftest import DESKTOP, HEIGHT, PHONE

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

# Pixels: the width at which WCAG 2.2 (1.4.10, reflow) asks for no sideways scrolling.
NARROWEST = 320

# Requests that a first view waits for: a page's HTML, its style sheet and its script.
FIRST_VIEW = 3

# The page and what it asks for until it is complete, but pictures, which are drawn when they come.
REQUESTS = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const early = entry => entry.startTime < page.loadEventStart && /link|css|script/.test(entry.initiatorType);
  return 1 + performance.getEntriesByType("resource").filter(early).length;
}"""

# What moved since the page began to load, also further down once it is scrolled into view (CLS).
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({type: "layout-shift", buffered: true});
  scrollTo(0, document.body.scrollHeight);
  setTimeout(() => done(sum), 150);
})"""

SIDEWAYS = """() => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}"""


def opened(browser: Browser, site: str, wrong: list[str], *, width: int, language: str = "", size: str = "") -> Page:
    """A page of a new context that notes in `wrong` what no page may do; `size` may be large."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": HEIGHT},
    )
    _set_cookies(context, site, django_language=language, text_size=size)
    page = context.new_page()

    def on_request(request: Request) -> None:
        if urlsplit(request.url).netloc not in {urlsplit(site).netloc, ""}:
            wrong.append(f"foreign host: {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        answered = message.location.get("url", "") == page.url and "Failed to load resource" in message.text
        if not answered:  # Chromium tells of an error page, which is what was asked for, as of a failed resource
            wrong.append(f"console: {message.text}")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    return page


def _set_cookies(context: BrowserContext, site: str, **values: str) -> None:
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in values.items() if value])


@dataclass(slots=True)
class Figures:
    """Of all pages looked at: how many, the most requests, the largest shift, the widest overflow, and each breach."""

    pages: int = 0
    requests: int = 0
    shift: float = 0
    sideways: int = 0
    faults: list[Fault] = field(default_factory=list)


def look(browser: Browser, site: str, addresses: dict[str, str], *, language: str) -> Figures:
    """Each address on a phone and a desktop: console, hosts, requests, shifts."""
    figures = Figures()
    for width in (PHONE, DESKTOP):
        wrong: list[str] = []
        page = opened(browser, site, wrong, width=width, language=language)
        for kind, address in addresses.items():
            wrong.clear()
            page.goto(address)
            count, shift = int(page.evaluate(REQUESTS)), float(page.evaluate(SHIFT))
            figures.pages += 1
            figures.requests, figures.shift = max(figures.requests, count), max(figures.shift, shift)
            found = [*wrong]
            if count > FIRST_VIEW and kind != REFERENCE:
                found.append(f"{count} requests before the first view")
            found += [f"shifts by {shift:.4f}"] if shift > 0 else []
            figures.faults += [Fault(f"{language} {kind} at {width} px", one) for one in found]
        page.context.close()
    return figures


def narrow(browser: Browser, site: str, addresses: list[str], *, language: str, figures: Figures) -> None:
    """Add to `figures` which of the addresses scroll sideways at the narrowest width, with all that folds open."""
    page = opened(browser, site, [], width=NARROWEST, language=language)
    for address in addresses:
        page.goto(address)
        wide = int(page.evaluate(SIDEWAYS))
        figures.sideways = max(figures.sideways, wide)
        if wide:
            figures.faults.append(Fault(f"{language} {address}", f"wider than {NARROWEST} px by {wide}"))
    page.context.close()


def inaccessible(browser: Browser, site: str, addresses: dict[str, str]) -> tuple[int, list[Fault]]:
    """How often axe-core looked, at each page in each setting, and what it found."""
    looked, found = 0, []
    for size in ("", "large"):
        page = opened(browser, site, [], width=PHONE, size=size)
        for kind, address in addresses.items():
            page.goto(address)
            for width, scheme in product((PHONE, DESKTOP), SCHEMES):
                page.set_viewport_size({"width": width, "height": HEIGHT})
                page.emulate_media(color_scheme=scheme)
                looked += 1
                setting = f"{width} px, {scheme}, {size or 'normal'}"
                found += [Fault(f"{kind} at {setting}", one) for one in violations(page)]
        page.context.close()
    return looked, found
