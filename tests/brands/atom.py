"""What RFC 4287 asks of an Atom feed, and what the W3C's feed validator calls an error beyond it."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"

# RFC 3339, with an offset and the T and Z in capitals (3.3).
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
MEDIA_TYPE = re.compile(r".+/.+")

# What a feed and an entry hold exactly once, and at most once (4.1.1, 4.1.2).
ONCE = ("id", "title", "updated")
FEED_AT_MOST = ("generator", "icon", "logo", "rights", "subtitle")
ENTRY_AT_MOST = ("content", "published", "rights", "source", "summary")
FEED = {*ONCE, *FEED_AT_MOST, "author", "category", "contributor", "entry", "link"}
ENTRY = {*ONCE, *ENTRY_AT_MOST, "author", "category", "contributor", "link"}
TEXTS = ("title", "subtitle", "summary", "rights")


def faults(document: bytes) -> list[str]:
    """What is wrong with the feed, in the words of the rule; none for a valid one."""
    root = ET.fromstring(document)
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    entries = root.findall(f"{ATOM}entry")
    found = [*_of(root, FEED, FEED_AT_MOST), *_authors(root, entries), *_language(root)]
    for number, entry in enumerate(entries, 1):
        found += [f"entry {number}: {fault}" for fault in _of(entry, ENTRY, ENTRY_AT_MOST)]
        if not _links(entry, "alternate") and entry.find(f"{ATOM}content") is None:
            found.append(f"entry {number}: neither content nor an alternate link")
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in entries)
    found += [f"entries share the id {one}" for one, count in ids.items() if count > 1]
    if not _links(root, "self"):
        found.append("no link to itself")
    return found


def _of(element: ET.Element, known: set[str], at_most: tuple[str, ...]) -> Iterator[str]:
    """The rules for a feed and for an entry alike."""
    counts = Counter(child.tag.removeprefix(ATOM) for child in element if child.tag.startswith(ATOM))
    yield from (f"{name} is no element of it" for name in counts.keys() - known)
    yield from (f"{counts[name]} of {name}, not one" for name in ONCE if counts[name] != 1)
    yield from (f"{counts[name]} of {name}" for name in at_most if counts[name] > 1)
    yield from _dates(element)
    yield from _addresses(element)
    for name in TEXTS:
        yield from _text(name, element.find(f"{ATOM}{name}"))


def _dates(element: ET.Element) -> Iterator[str]:
    for name in ("updated", "published"):
        value = element.findtext(f"{ATOM}{name}")
        if value is not None and not DATE.fullmatch(value):
            yield f"{name} is no date of RFC 3339: {value}"


def _addresses(element: ET.Element) -> Iterator[str]:
    identity = element.findtext(f"{ATOM}id") or ""
    if not urlsplit(identity).scheme or identity != identity.strip():
        yield f"id is no absolute IRI: {identity}"
    kinds = Counter((link.get("rel", "alternate"), link.get("type"), link.get("hreflang")) for link in _links(element))
    yield from (f"{n} alternate links of one kind" for (rel, *_), n in kinds.items() if rel == "alternate" and n > 1)
    for link in _links(element):
        if not urlsplit(link.get("href", "")).netloc:
            yield f"a link without an address: {link.attrib}"
        if "type" in link.attrib and not MEDIA_TYPE.fullmatch(link.attrib["type"]):
            yield f"type of a link: {link.attrib['type']}"


def _text(name: str, element: ET.Element | None) -> Iterator[str]:
    if element is None:
        return
    kind = element.get("type", "text")
    if kind not in {"text", "html", "xhtml"}:
        yield f"{name} is of no type of text: {kind}"
    if kind != "xhtml" and len(element):
        yield f"{name} holds elements"
    if name == "title" and not (element.text or "").strip():
        yield "the title is empty"


def _authors(root: ET.Element, entries: list[ET.Element]) -> Iterator[str]:
    people = [person for element in (root, *entries) for person in element.findall(f"{ATOM}author")]
    yield from ("an author without a name" for person in people if not (person.findtext(f"{ATOM}name") or "").strip())
    if root.find(f"{ATOM}author") is None and any(entry.find(f"{ATOM}author") is None for entry in entries):
        yield "no author"


def _language(root: ET.Element) -> Iterator[str]:
    tag = root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    if tag and not LANGUAGE.fullmatch(tag):
        yield f"xml:lang is no tag of a language: {tag}"


def _links(element: ET.Element, rel: str = "") -> list[ET.Element]:
    links = element.findall(f"{ATOM}link")
    return [link for link in links if not rel or link.get("rel", "alternate") == rel]
