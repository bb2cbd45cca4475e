"""Files that are no text of a paper, told by their form: pictures and office files, RTF, mail, UTF-7, mojibake."""

import re
from functools import cache

from ingest.lexicon import table
from ingest.records import RejectionReason

# Chinese prose reaches 0.25 to 0.45 with the characters and marks in ``page.toml``, a wrong decoding below 0.03.
MIN_COMMON_SHARE = 0.08

# Fewer characters outside ASCII than this cannot be judged by their frequency and pass.
MIN_JUDGED = 24

# So many characters decide.
MAX_SAMPLE = 20_000

# A text whose first characters, so many, read well is not looked at any further.
MAX_GLANCE = 300

# Share of characters that a wrong decoding may have lost for good, so that the right one is still known.
MAX_LOST = 0.4

# Share of characters outside ASCII that are U+FFFD, from which on a text was spoilt before it was saved.
MAX_REPLACED = 0.1

# So many encoded bytes (=E5), and such a share of all characters, make a text quoted-printable.
MIN_QUOTED = 30
QUOTED_SHARE = 0.3

# The head of a mail ends within so many characters.
MAX_HEAD = 8_000

# The first bytes of pictures, archives, office files, programs and databases.
_MAGIC = {
    b"%PDF": "PDF", b"PK\x03\x04": "ZIP, DOCX or XLSX", b"PK\x05\x06": "ZIP", b"\xd0\xcf\x11\xe0": "DOC or XLS",
    b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"RIFF": "WEBP or sound", b"BM\x00": "BMP",
    b"II*\x00": "TIFF", b"MM\x00*": "TIFF", b"\x1f\x8b": "GZIP", b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"BZh": "BZIP2",
    b"\xfd7zXZ": "XZ", b"\x7fELF": "program", b"SQLite format 3": "SQLite",
}  # fmt: skip

# How a text was spoilt: written in one encoding, read in another.
_MISREAD = (("utf-8", "latin-1"), ("utf-8", "gb18030"), ("utf-8", "big5"), ("gb18030", "latin-1"), ("gb18030", "big5"))
_SHOWN = {"gb18030": "GBK", "utf-8": "UTF-8", "latin-1": "Latin-1", "big5": "Big5"}


def binary_format(data: bytes) -> str:
    """The format that the first bytes tell, empty for none."""
    return next((name for magic, name in _MAGIC.items() if data.startswith(magic)), "")


def foreign_format(text: str) -> tuple[RejectionReason, str] | None:
    """Why a decoded file is no text of a paper, and what is known besides; None where it may be one."""
    if text.lstrip("\ufeff \t\n").startswith("{\\rtf"):
        return RejectionReason.RTF, ""
    if encoding := _mail(text):
        return RejectionReason.MAIL, encoding
    if _is_utf_7(text):
        return RejectionReason.UTF_7, ""
    spoilt = "" if _reads_well(text[:MAX_GLANCE]) else _spoilt(text[:MAX_SAMPLE])
    return (RejectionReason.MOJIBAKE, spoilt) if spoilt else None


def common_share(text: str) -> float:
    """Share of common Chinese characters and marks among those outside ASCII; 1 where there are too few to tell."""
    foreign = _foreign(text[:MAX_SAMPLE])
    if not foreign:
        return 1.0
    share = _share(foreign)
    return max(share, MIN_COMMON_SHARE) if len(foreign) < MIN_JUDGED else share


def _foreign(text: str) -> list[str]:
    return [c for c in text if c > "\x7f"]


def _reads_well(glance: str) -> bool:
    if "\ufffd" in glance or "锟斤拷" in glance:
        return False
    foreign = _foreign(glance)
    return len(foreign) >= MIN_JUDGED and _share(foreign) >= 2 * MIN_COMMON_SHARE


def _share(foreign: list[str]) -> float:
    common = _common()
    return sum(c in common for c in foreign) / len(foreign)


def _mail(text: str) -> str:
    """The encoding in which a mail's text stands, empty for what is none."""
    if "ransfer-" in text[:MAX_HEAD] and (head := _mail_head().search(text, 0, MAX_HEAD)):
        return head[1].lower()
    sample = text[:MAX_SAMPLE]
    if sample.count("=") < MIN_QUOTED:
        return ""
    size = 3 * len(_quoted().findall(sample))
    return "quoted-printable" if size >= max(3 * MIN_QUOTED, QUOTED_SHARE * len(sample)) else ""


def _is_utf_7(text: str) -> bool:
    sample = text[:MAX_SAMPLE]
    if not sample.isascii() or "+" not in sample:
        return False
    foreign = _foreign(sample.encode().decode("utf-7", "ignore"))
    return len(foreign) >= MIN_JUDGED and _share(foreign) >= MIN_COMMON_SHARE


def _spoilt(sample: str) -> str:
    """How a text was misread before it was saved, empty for one that reads like Chinese or is too short to judge."""
    foreign = _foreign(sample)
    if len(foreign) < MIN_JUDGED:
        return ""
    if foreign.count("\ufffd") > MAX_REPLACED * len(foreign) or 3 * sample.count("锟斤拷") > MAX_REPLACED * len(
        foreign
    ):
        return "characters were lost"
    share = _share(foreign)
    if share >= MIN_COMMON_SHARE:
        return ""
    for written, read in _MISREAD:
        mended = _foreign(_bytes(sample, read).decode(written, "replace"))
        known = [c for c in mended if c != "\ufffd"]
        if len(known) >= (1 - MAX_LOST) * len(mended) > 0 and _share(known) >= 2 * MIN_COMMON_SHARE:
            return f"{_SHOWN[written]} read as {_SHOWN[read]}"
    return ""


def _bytes(sample: str, read: str) -> bytes:
    """The bytes that were read so. Windows reads its own marks (“ €) where Latin-1 has none."""
    if read != "latin-1":
        return sample.encode(read, "ignore")
    return b"".join(c.encode("latin-1" if c < "\u0100" else "cp1252", "ignore") for c in sample)


@cache
def _common() -> frozenset[str]:
    return frozenset(table("page")["encoding"]["common"])


@cache
def _mail_head() -> re.Pattern[str]:
    return re.compile(r"^content-transfer-encoding: *(quoted-printable|base64)", re.IGNORECASE | re.MULTILINE)


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile("=[0-9A-F]{2}")
