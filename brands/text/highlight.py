"""The one escaping highlighter: the only place where text from outside becomes safe HTML."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_IN_SCRIPT = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
_CHINESE = re.compile("[\u3001-\u3011\u3400-\u9fff\uff01-\uff5e]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch ``[start, end)`` of a text that is to stand out.

    `anchor` becomes the element's id, `kind` its class, `href` where a click leads; all may be empty. Anchors must
    differ within a page and be names that we made, as must addresses and kinds; they are escaped all the same.
    """

    start: int
    end: int
    anchor: str = ""
    kind: str = ""
    href: str = ""


def highlighted(text: str, marks: Iterable[Mark]) -> SafeString:
    """`text` escaped, with a ``<mark>`` around exactly the characters of each mark.

    Marks may overlap: the text is cut where one begins or ends, and a piece that lies in several carries them all, the
    longest outermost. A mark cut in pieces has its anchor on the first one. Of nested links the innermost wins, since
    links can't be nested. What reaches beyond the text is cut off, and an empty mark is left out.
    """
    inside = sorted(
        (mark for mark in marks if max(mark.start, 0) < min(mark.end, len(text))),
        key=lambda mark: (mark.start, -mark.end, mark.anchor),
    )
    edges = {0, len(text), *(max(m.start, 0) for m in inside), *(min(m.end, len(text)) for m in inside)}
    pieces: list[str] = []
    active: list[Mark] = []
    waiting = iter([*inside, None])
    following = next(waiting)
    for start, end in pairwise(sorted(edges)):
        active = [mark for mark in active if mark.end > start]
        while following is not None and following.start <= start:
            active.append(following)
            following = next(waiting)
        pieces.append(_piece(text[start:end], active, start))
    return mark_safe("".join(pieces))  # noqa: S308  every part is escaped in _piece


def with_language(text: str) -> SafeString:
    """`text` escaped; on a page in another language its Chinese is said to be Chinese, for those who hear it."""
    html = escape(text)
    if not (get_language() or "").startswith("zh"):
        html = _CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', html)
    return mark_safe(html)  # noqa: S308  escaped above; what is put around holds no part of the text


def has_chinese(text: str) -> bool:
    return bool(_CHINESE.search(text))


def beside(pinyin: str) -> SafeString:
    """How a name is read, to stand behind it on a page in another language than Chinese; nothing on a Chinese one."""
    if not pinyin or (get_language() or "").startswith("zh"):
        return plain("")
    return format_html(' <span class="pinyin" lang="zh-Latn-pinyin">{}</span>', pinyin)


def plain(text: str) -> SafeString:
    """`text` escaped, without marks."""
    return highlighted(text, ())


def linked_data(data: Mapping[str, object]) -> SafeString:
    """`data` as JSON that may stand in a script element: no `<`, `>` or `&` of a text is left as it is, so that none
    ends the element or begins a comment (HTML, 4.12.1.3), nor the line ends that JavaScript knows and JSON doesn't."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_IN_SCRIPT))  # noqa: S308  escaped by the table


def _piece(text: str, active: list[Mark], start: int) -> str:
    """One stretch of text inside all the marks that hold it."""
    html = escape(text)
    href = next((mark.href for mark in reversed(active) if mark.href), "")
    if href:
        html = f'<a href="{escape(href)}">{html}</a>'
    for mark in reversed(active):
        first = max(mark.start, 0) == start
        anchor = f' id="{escape(mark.anchor)}"' if mark.anchor and first else ""
        kind = f' class="{escape(mark.kind)}"' if mark.kind else ""
        html = f"<mark{anchor}{kind}>{html}</mark>"
    return html
