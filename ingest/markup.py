"""HTML that was saved as text: every character that is no text of the page becomes blank, one for one.

So all offsets stay those of the file. Libraries for HTML give text without places (trafilatura, selectolax, lxml), and
`html.parser`, which has them, takes quadratic time for tags that never end. What is asked for here is less than what
they do: where tags, scripts and entities stand.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

# HTML is told by the beginning of a text, or by so many tags of its structure near it.
LOOKED_AT = 4_000
MIN_TAGS = 6

# An attribute with a `>` in quotes is looked through for so many of them.
MAX_QUOTED = 4

# Stands for a character of a tag inside a sentence: nothing is shown in its place.
_NOTHING = "\u200b"

# Elements without text of the page.
_SKIPPED = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "textarea",
        "select",
        "svg",
        "iframe",
        "object",
        "nav",
        "footer",
        "aside",
    )
)
# Of these, the ones in which tags are no tags.
_RAW = frozenset(("script", "style", "textarea", "iframe"))
# Elements that stand inside a sentence; all others begin a line.
_INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "img",
        ),
        *(
            "ins",
            "kbd",
            "label",
            "mark",
            "o",
            "q",
            "ruby",
            "s",
            "samp",
            "small",
            "span",
            "strike",
            "strong",
            "sub",
            "sup",
        ),
        *("time", "tt", "u", "var", "wbr"),
    )
)
# Cells of one row stand on one line.
_CELLS = frozenset(("td", "th"))


def is_html(text: str) -> bool:
    """Whether a text is the source of a web page."""
    head = text[:LOOKED_AT].lstrip("\ufeff \t\n").lower()
    if head.startswith(("<!doctype html", "<html", "<head>", "<body")):
        return True
    return (head.startswith("<") and "<html" in head) or len(_structure().findall(head)) >= MIN_TAGS


def without_markup(text: str) -> str:
    """The text with blanks, line ends and U+200B in place of what a browser does not show, of the same length."""
    parts: list[str] = []
    at = 0
    for start, end, shown in _hidden(text):
        parts.append(_entities(text[at:start].replace("\n", " ")))
        parts.append(shown)
        at = end
    parts.append(_entities(text[at:].replace("\n", " ")))
    return "".join(parts)


def _hidden(text: str) -> Iterator[tuple[int, int, str]]:
    """Tags, comments and elements that are not shown, in order, each with what stands in its place."""
    skipped = _closed(text)
    at = text.find("<")
    while at >= 0:
        name = _name().match(text, at)
        if text.startswith("<!--", at):
            end = _after(text, "-->", at + 4)
            yield at, end, _NOTHING * (end - at)
        elif name is None and text[at + 1 : at + 2] not in ("!", "?", "/"):
            at = text.find("<", at + 1)  # 年产值<50亿元
            continue
        else:
            end = _end_of_tag(text, at)
            if end < 0:
                return
            word = name[2].lower() if name else ""
            if name and not name[1] and word in skipped and text[end - 2] != "/":
                end = _end_of_element(text, end, word)
            yield at, end, _in_place(word, end - at)
        at = text.find("<", end)


def _in_place(name: str, size: int) -> str:
    if name in _INLINE:
        return _NOTHING * size
    return ("\u3000" if name in _CELLS else "\n") + " " * (size - 1)


def _closed(text: str) -> frozenset[str]:
    """The elements to skip that are closed as often as they are opened: one that is not would swallow the page."""
    lower = text.lower()
    closed = {name for name in _SKIPPED if lower.count(f"</{name}") >= len(re.findall(rf"<{name}(?=[\s>])", lower))}
    titled = {"title"} if re.search(r"<h[1-3][\s>]", lower) and lower.count("</title") else set()
    return frozenset(closed | titled | {"script", "style"})


def _after(text: str, mark: str, at: int) -> int:
    found = text.find(mark, at)
    return len(text) if found < 0 else found + len(mark)


def _end_of_tag(text: str, at: int) -> int:
    """Behind the `>` that ends a tag, one in quotes passed over; -1 where none follows."""
    end = text.find(">", at)
    for _ in range(MAX_QUOTED):
        if end < 0 or text.count('"', at, end) % 2 == 0:
            break
        further = text.find(">", end + 1)
        if further < 0 or text.find("<", end, further) >= 0:
            break
        end = further
    return end + 1 if end >= 0 else -1


def _end_of_element(text: str, at: int, name: str) -> int:
    """Behind the tag that closes an element whose content begins at a place; the end of the text where none does."""
    depth = 1
    for tag in re.compile(rf"<(/?){name}(?=[\s>/])", re.IGNORECASE).finditer(text, at):
        depth += -1 if tag[1] else name not in _RAW
        if not depth:
            return _after(text, ">", tag.end())
    return len(text)


def _entities(text: str) -> str:
    """The text with each entity as its character, and nothing in place of the others that it took."""
    return _entity().sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    shown = unescape(match[0])
    if len(shown) != 1 or shown in "\x00\n\r":
        return match[0]
    return shown + _NOTHING * (len(match[0]) - 1)


@cache
def _entity() -> re.Pattern[str]:
    return re.compile("&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


@cache
def _name() -> re.Pattern[str]:
    return re.compile("<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")


@cache
def _structure() -> re.Pattern[str]:
    return re.compile(r"</?(?:html|head|body|div|p|br|table|tr|td|span|h[1-6]|meta|link|script|ul|li)(?=[\s/>])")
