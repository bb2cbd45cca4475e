"""Following every link of the site, and what is wrong with where they lead."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

from django.urls import Resolver404, resolve

from tests.audit.markup import Document, faults

# Steps after which a chain of redirects counts as endless.
REDIRECTS = 5

# The home page, and what is for machines, which no page links to.
STARTS = (
    "/", "/robots.txt", "/sitemap.xml", "/api/brands/", "/api/statistics/",
    "/reconcile/", "/reconcile/properties/?type=region", "/reconcile/suggest/entity/?prefix=lv",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    type: str
    body: bytes
    location: str = ""


# From a path with its query to what the site answers.
Fetch = Callable[[str], Answer]


class Fault(NamedTuple):
    """A breach: where it is, and what it is."""

    where: str
    what: str


@dataclass(slots=True)
class Crawl:
    """What was found: pages by address, faults by address, and how much there was to see."""

    host: str
    pages: dict[str, Document] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    others: list[str] = field(default_factory=list)
    """What answered with something else than a page: charts, feeds, style sheets."""
    fragments: list[tuple[str, str, str]] = field(default_factory=list)
    """Each link to a place: the page it stands on, the page it leads to, the name of the place."""

    def blame(self, address: str, *found: str) -> None:
        self.faults += [Fault(unquote(address), one) for one in found]


def crawl(fetch: Fetch, host: str, *, most: int | None = None, leave: tuple[str, ...] = ()) -> Crawl:
    """Every page that links lead to from the home page. A page with a query is asked for and checked, but its links to
    other queries are left alone: choices of filters combine without end. `most`: addresses of each kind that are
    followed; `leave`: how paths begin that are not asked for."""
    found = Crawl(host)
    seen, waiting, kinds = set(STARTS), deque((one, "") for one in STARTS), Counter[tuple[str, ...]]()
    while waiting:
        address, source = waiting.popleft()
        for link in _visit(fetch, address, source, found):
            place = _kind(link)
            if link in seen or link.startswith(leave or ("\0",)) or (most is not None and kinds[place] >= most):
                continue
            seen.add(link)
            kinds[place] += 1
            waiting.append((link, address))
    for source, target, name in found.fragments:
        if target in found.pages and name not in found.pages[target].ids:
            found.blame(source, f"leads to {target}#{name}, which is not there")
    return found


def _visit(fetch: Fetch, address: str, source: str, found: Crawl) -> list[str]:
    """Ask for the address, note what is wrong, and say where it leads on."""
    answer = _arrived(fetch, address)
    found.answers[f"{answer.status} {answer.type}"] += 1
    if answer.status != 200:
        found.blame(address, f"answers {answer.status}, {source or 'the start'} leads there")
        return []
    if answer.type != "text/html":
        found.others.append(address)
    if answer.type.endswith("xml"):
        return [one for one in _locations(answer.body, address, found) if one]
    if answer.type != "text/html":
        return []
    document = found.pages[address] = Document(answer.body.decode())
    found.blame(address, *faults(document, host=found.host))
    return _onward(address, document, found)


def _arrived(fetch: Fetch, address: str) -> Answer:
    """The answer at the end of the redirects, or the last of too many."""
    answer = fetch(address)
    for _step in range(REDIRECTS):
        if answer.status not in {301, 302, 303, 307, 308}:
            break
        address = _within(urljoin(address, answer.location))
        answer = fetch(address)
    return answer


def _onward(address: str, document: Document, found: Crawl) -> list[str]:
    """The addresses of this site that the page leads to, without their fragments."""
    onward = []
    for link in document.links:
        target, fragment = urldefrag(urljoin(f"//{found.host}{address}", link))
        parts = urlsplit(target)
        if parts.netloc != found.host or parts.scheme not in {"", "http", "https"}:
            continue
        path = _within(target)
        if fragment:
            found.fragments.append((address, path, unquote(fragment)))
        if not (urlsplit(address).query and parts.query):
            onward.append(path)
    return onward


def _locations(body: bytes, address: str, found: Crawl) -> list[str]:
    """Where a sitemap or a feed leads; a drawing leads nowhere. Each must be XML."""
    try:
        tree = ET.fromstring(body)
    except ET.ParseError as error:
        found.blame(address, f"is no XML: {error}")
        return []
    urls = [element.text or "" for element in tree.iter() if element.tag.endswith("}loc")]
    urls += [element.get("href", "") for element in tree.iter() if element.tag.endswith("}link")]
    return [_within(urldefrag(url).url) for url in urls if urlsplit(url).netloc == found.host]


def _within(url: str) -> str:
    """The path of an address, with its query."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def view_name(address: str) -> str:
    """The name under which the resolver knows the address; empty for one that it doesn't."""
    try:
        return resolve(unquote(urlsplit(address).path)).view_name
    except Resolver404:
        return ""


def _kind(address: str) -> tuple[str, ...]:
    """The view and the names of its parameters."""
    return view_name(address), *(name for name, _ in parse_qsl(urlsplit(address).query))
