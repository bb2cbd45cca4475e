"""The guide of the staff, docs/curation.md, as pages show it: its headings, paragraphs, lists and tables. Of Markdown
it reads what the guide is written in, and nothing of it reaches a page but as text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent.parent / "docs" / "curation.md"

_RUN = re.compile(r"\*\*([^*]+)\*\*|`([^`]+)`|!?\[([^\]]*)\]\([^)]*\)")
_ITEM = re.compile(r"(?:-|[0-9]{1,2}\.) +")


@dataclass(frozen=True, slots=True)
class GuideRun:
    """Words of one look: plain, `strong` or `code`."""

    words: str
    look: str = ""


@dataclass(slots=True)
class GuideBlock:
    """A ``heading``, ``paragraph``, ``list``, ``steps``, ``code`` or ``table``; `rows` are the items of a list or, cell
    by cell, of a table, whose first row is its head."""

    kind: str
    runs: list[GuideRun] = field(default_factory=list)
    rows: list[list[list[GuideRun]]] = field(default_factory=list)
    anchor: str = ""


@cache
def guide() -> tuple[GuideBlock, ...]:
    """The guide without its title; empty where the installation has no docs."""
    try:
        lines = PATH.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(block for part in _parts(lines) if (block := _block(part)))


def _parts(lines: list[str]) -> Iterator[list[str]]:
    """What blank lines part."""
    part: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            part.append(line)
        elif part:
            yield part
            part = []


def _block(part: list[str]) -> GuideBlock | None:
    first = part[0]
    if first.startswith("## "):
        words = first[3:].strip()
        return GuideBlock("heading", runs(words), anchor=words)
    if first.startswith(("# ", "![")):
        return None
    if first.startswith("    "):
        return GuideBlock("code", [GuideRun("\n".join(line[4:] for line in part))])
    if first.startswith("|"):
        return GuideBlock("table", rows=[_cells(line) for line in part if set(line) - set("|- ")])
    if _ITEM.match(first):
        return GuideBlock("steps" if first[0].isdigit() else "list", rows=[[runs(item)] for item in _items(part)])
    return GuideBlock("paragraph", runs(_joined(part)))


def _cells(line: str) -> list[list[GuideRun]]:
    return [runs(cell.strip()) for cell in line.strip().strip("|").split("|")]


def _items(part: list[str]) -> list[str]:
    """The items of a list, each with the lines that go on with it."""
    items: list[list[str]] = []
    for line in part:
        if found := _ITEM.match(line):
            items.append([line[found.end() :]])
        else:
            items[-1].append(line)
    return [_joined(lines) for lines in items]


def _joined(lines: list[str]) -> str:
    """Lines as one: Chinese goes on without a blank."""
    text = ""
    for line in map(str.strip, lines):
        apart = text and text[-1].isascii() and line[:1].isascii()
        text += f" {line}" if apart else line
    return text


def runs(text: str) -> list[GuideRun]:
    """The words of a line by their look.

    >>> [(run.words, run.look) for run in runs("按**键**：`y`。")]
    [('按', ''), ('键', 'strong'), ('：', ''), ('y', 'code'), ('。', '')]
    """
    found, at = [], 0
    for match in _RUN.finditer(text):
        strong, code, link = match.groups()
        look = "strong" if strong else "code" if code else ""
        found += [GuideRun(text[at : match.start()]), GuideRun(strong or code or link or "", look)]
        at = match.end()
    return [run for run in [*found, GuideRun(text[at:])] if run.words]
