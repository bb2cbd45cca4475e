"""A page as those see it who don't look: machines that check it, search engines, screen readers."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urlsplit

# Bytes of a page's HTML before compression.
LARGEST = 60 * 1024

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
ABROAD = re.compile(r"(?:https?:)?//([^/?#\s]+)", re.IGNORECASE)

# Elements without an end tag.
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])

# Attributes whose text somebody reads or hears. Of `meta`, `content` is asked for the description and og: alone.
SAID = frozenset({"alt", "aria-description", "aria-label", "content", "data-told", "label", "placeholder", "title"})

REQUIRED = ("title", "description", "canonical", "lang")


class Document(HTMLParser):
    """What a page holds, collected while it is read once."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.size = len(html.encode())
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sheets: list[str] = []
        self.scripts: list[str] = []
        self.abroad: list[str] = []
        self.headings: list[str] = []
        self.head = dict.fromkeys(REQUIRED, "")
        self.noindex = False
        self.chinese = ""
        self.unmarked: list[str] = []
        self.attributed: list[str] = []
        self._open: list[tuple[str, str]] = []  # each element that is open, and the language in it
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang") or self._language()
        if tag == "html":
            self.head["lang"] = given.get("lang", "")
        self._note_head(tag, given)
        self._note_links(tag, given)
        self.ids += [given["id"]] if "id" in given else []
        self.headings += [tag] if re.fullmatch("h[1-6]", tag) else []
        self._note_words(tag, given, language)
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        tag, language = self._open[-1] if self._open else ("", "")
        if tag == "title" and not self._inside("svg"):
            self.head["title"] += data
            self.attributed.append(data)
        elif tag not in {"script", "style"}:
            self._note_text(data, language)

    def _note_head(self, tag: str, given: dict[str, str]) -> None:
        if tag == "link" and given.get("rel") == "canonical":
            self.head["canonical"] = given.get("href", "")
        if tag == "meta" and given.get("name") == "description":
            self.head["description"] = given.get("content", "")
        if tag == "meta" and given.get("name") == "robots":
            self.noindex = "noindex" in given.get("content", "")

    def _note_links(self, tag: str, given: dict[str, str]) -> None:
        """Where the page leads by itself or by a click; a form is a link where it only asks."""
        self.sheets += [given["href"]] if tag == "link" and given.get("rel") == "stylesheet" else []
        self.scripts += [given["src"]] if tag == "script" and "src" in given else []
        form = tag == "form" and given.get("method", "get").lower() == "get"
        self.links += [given[name] for name in ("href", "src", "action") if given.get(name) and (tag != "form" or form)]
        self.links += [given.get("content", "")] if given.get("property") == "og:image" else []
        self.links += [part.split()[0] for part in given.get("srcset", "").split(",") if part.strip()]
        if "external" in given.get("rel", "").split():  # a newspaper's own page, which nothing is loaded from
            return
        for name, value in given.items():
            if not name.startswith("xmlns") and ABROAD.match(value.strip()):
                self.abroad.append(value.strip())

    def _note_words(self, tag: str, given: dict[str, str], language: str) -> None:
        for name in SAID & given.keys():
            told = tag != "meta" or given.get("name") == "description" or "property" in given
            if told and not _chinese(language):
                self.attributed.append(given[name])

    def _note_text(self, data: str, language: str) -> None:
        if _chinese(language):
            self.chinese += data
        elif self._inside("svg"):  # where no part of a text can say its language
            self.attributed.append(data)
        elif HAN.search(data):
            self.unmarked.append(data.strip())

    def _language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)


def faults(document: Document, *, host: str) -> list[str]:
    """What is wrong with the page wherever it stands; `host` is the site's own."""
    found = [f"no {name}" for name in REQUIRED if not document.head[name].strip() and not _excused(document, name)]
    if document.headings.count("h1") != 1:
        found.append(f"{document.headings.count('h1')} h1")
    found += [f"id twice: {name}" for name, count in Counter(document.ids).items() if count > 1]
    found += [f"foreign host: {url}" for url in document.abroad if urlsplit(url).netloc != host]
    if document.size > LARGEST:
        found.append(f"{document.size} bytes, {LARGEST} are allowed")
    return found + ([] if _chinese(document.head["lang"]) else [f"Chinese: {words}" for words in stray(document)])


def stray(document: Document) -> list[str]:
    """The Chinese of an English page that no element says to be Chinese. An attribute or a title, which can't say it of
    a part, may repeat what the page shows as Chinese: a name."""
    said = [text for text in document.attributed for run in HAN.findall(text) if run not in document.chinese]
    return document.unmarked + said


def _excused(document: Document, name: str) -> bool:
    """A page that no search engine keeps needs no address that it keeps it under, nor a description."""
    return document.noindex and name in {"canonical", "description"}


def _chinese(language: str) -> bool:
    return language.lower().startswith("zh")
