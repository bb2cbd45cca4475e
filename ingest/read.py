"""From bytes to a decoded page.

A file is decoded strictly or turned away with a named reason: a guess that loses characters would move every offset.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from urllib.parse import urlsplit

from ingest.file_formats import MIN_COMMON_SHARE, binary_format, common_share, foreign_format
from ingest.markup import is_html, without_markup
from ingest.printed_dates import date_at, possible
from ingest.records import ArticleCorrection, FrontMatter, RawPage, RejectedPageError, RejectionReason
from ingest.text import Span

# Largest file that is read. A broadsheet page has about 30 KB of text; 2 MB leaves room for a whole issue.
MAX_BYTES = 2 * 1024 * 1024

# A text with a larger share of control characters (NUL among them) is taken for binary data.
MAX_CONTROL_SHARE = 0.05

# The front matter ends within so many characters, or it is none.
MAX_HEAD = 4_000

# Longest title or publisher in a front matter, in code points.
MAX_FIELD = 300

# Longest address in a front matter; longer ones are ignored.
MAX_URL = 2_000

_BLANK = "\ufeff\x00 \t\r\n\f\v\u3000\xa0\u200b"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_REFUSED = re.compile("[\x00\ud800-\udfff]")
# 20241105
_PACKED_DATE = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])")
_FENCE = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_][A-Za-z0-9_-]{0,40})[ \t]*[:：][ \t]*(?P<value>[^\n]*)(?:\n|\Z)", re.MULTILINE)
_FIELD_RUN = re.compile(r"(?:[A-Za-z_][A-Za-z0-9_-]{0,40}[ \t]*[:：][^\n]*(?:\n|\Z)){1,40}")


def read(name: str, data: bytes) -> RawPage:
    """The page in ``data``. RejectedPageError, with the reason, for what is empty, too large or no text of a paper."""
    if len(data) > MAX_BYTES:
        raise RejectedPageError(name, RejectionReason.TOO_LARGE, f"more than {MAX_BYTES} bytes")
    if found := binary_format(data):
        raise RejectedPageError(name, RejectionReason.BINARY, found)
    text, encoding = _decode(name, data)
    if not text.strip(_BLANK):
        raise RejectedPageError(name, RejectionReason.EMPTY)
    if len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise RejectedPageError(name, RejectionReason.BINARY, "too many control characters")
    if refusal := foreign_format(text):
        raise RejectedPageError(name, *refusal)
    # PostgreSQL stores neither NUL nor a lone surrogate; one for one keeps the offsets.
    text = _REFUSED.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if is_html(text):
        text = without_markup(text)
        if not text.strip(_BLANK):
            raise RejectedPageError(name, RejectionReason.EMPTY, "HTML without text")
    return stored(name, text, encoding=encoding, sha256=sha256(data).hexdigest())


def stored(
    name: str, text: str, *, encoding: str, sha256: str, corrected: tuple[ArticleCorrection, ...] = ()
) -> RawPage:
    """The page whose text was kept from an earlier reading, its bytes not: line ends and refused characters differ from
    them, so that they can't be made again. Its front matter is as this version understands it; `corrected` is what
    people said of its articles."""
    front, start = _front_matter(text)
    return RawPage(name, text, encoding, sha256, front, Span(start, len(text)), corrected)


def _decode(name: str, data: bytes) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = _decodings(data, ("utf-16",))
    else:
        candidates = _decodings(data, ("utf-8-sig",))
        chinese = [] if candidates else _decodings(data, ("gb18030", "cp950", "big5hkscs"))
        candidates = candidates or _plausible(chinese)
        if not candidates and chinese and (refusal := foreign_format(chinese[0][0])):
            raise RejectedPageError(name, *refusal)
    if not candidates:
        raise RejectedPageError(name, RejectionReason.UNDECODABLE)
    text, codec = candidates[0]
    return text, {"utf-8-sig": "utf-8", "cp950": "big5", "big5hkscs": "big5"}.get(codec, codec)


def _decodings(data: bytes, codecs: Iterable[str]) -> list[tuple[str, str]]:
    found = []
    for codec in codecs:
        try:
            found.append((data.decode(codec), codec))
        except UnicodeDecodeError:
            continue
    return found


def _plausible(candidates: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The candidates that read like Chinese, best first; of equals the one that was named first."""
    judged = [(common_share(text), text, codec) for text, codec in candidates]
    judged.sort(key=lambda item: -item[0])
    return [(text, codec) for share, text, codec in judged if share >= MIN_COMMON_SHARE]


def _front_matter(text: str) -> tuple[FrontMatter, int]:
    """What stands between two ``---`` lines at the head, and where the body begins.

    A head that is never closed is read as far as its ``key: value`` lines go.
    """
    lead = len(text) - len(text.lstrip(" \t\n\ufeff"))
    opening = _FENCE.match(text, lead)
    if opening is None:
        return FrontMatter(), 0
    closing = _FENCE.search(text, opening.end(), lead + MAX_HEAD)
    if closing and _is_head(text[opening.end() : closing.start()]):
        return _fields(_FIELD.finditer(text, opening.end(), closing.start())), closing.end()
    run = _FIELD_RUN.match(text, opening.end(), lead + MAX_HEAD)
    if run is None:
        return FrontMatter(), 0
    return _fields(_FIELD.finditer(text, run.start(), run.end())), run.end()


def _is_head(block: str) -> bool:
    """Whether all lines are fields, or go on with one; a rule further down the page closes no head."""
    lines = [line for line in block.split("\n") if line.strip()]
    return all(_FIELD.match(line) or line[0] in " \t-#" for line in lines)


def _fields(matches: Iterable[re.Match[str]]) -> FrontMatter:
    fields: dict[str, str] = {}
    for match in matches:
        fields.setdefault(match["key"].lower(), _unquoted(match["value"]))
    published_on, url = _date(fields.get("published_on", "")), _url(fields.get("url", ""))
    understood = {"published_on": published_on, "url": url}
    return FrontMatter(
        title=fields.get("title", "")[:MAX_FIELD],
        publisher=fields.get("publisher", "")[:MAX_FIELD],
        published_on=published_on,
        url=url,
        unread=tuple((key, fields[key][:MAX_FIELD]) for key in understood if fields.get(key) and not understood[key]),
    )


def _unquoted(value: str) -> str:
    value = " ".join(value.split())
    return value[1:-1].strip() if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _date(value: str) -> date | None:
    """The day that a field names, None for what is none, or none on which an article can have appeared. A month alone
    (2024-11) names no day."""
    value = unicodedata.normalize("NFKC", value)
    if packed := _PACKED_DATE.match(value):
        year, month, day = map(int, packed.groups())
        return possible(year, month, day)
    printed = date_at(value, 0)
    return printed.day if printed else None


def _url(value: str) -> str:
    """The address if it is one of the web; anything else (``javascript:`` above all) is refused."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    return value if parts.scheme in ("http", "https") and parts.netloc and len(value) <= MAX_URL else ""
