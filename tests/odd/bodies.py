"""What a POST sends that nobody means: odd charsets, broken forms, too many fields, files that are none, 5 MB."""

from dataclasses import dataclass
from random import Random

from tests.odd.queries import query

CHARSETS = ("utf-16", "utf-7", "gbk", "latin1", "idna", "hex", "punycode", "nothing", "utf-8-sig", "rot13", "utf-8")

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"

# Content types that name no charset, of which the body may be anything.
TYPES = (FORM, MULTIPART, "multipart/form-data", "multipart/form-data; boundary=", "text/plain", "",
         "application/json", "text/plain; charset*=utf-8''x", "image/png", f"{MULTIPART}; boundary=y")  # fmt: skip

LARGE = 5_000_000

# Fields that forms of the site have.
FIELDS = ("wrong", "about", "next", "language", "size", "username", "password", "action", "_selected_action",
          "why", "seal", "chosen", "file", "text", "name", "csrfmiddlewaretoken", "review", "q", "website")  # fmt: skip

NAMES = ("a.txt", "表.xlsx", "../../x", "", "a" * 600, "\u202ex.txt", "x.html", "%00")


@dataclass(frozen=True, slots=True)
class Sent:
    content_type: str
    body: bytes

    @property
    def is_large(self) -> bool:
        return len(self.body) >= LARGE

    def __str__(self) -> str:
        return f"POST of {len(self.body)} bytes as {self.content_type!r}: {self.body[:80]!r}"


def sent(rng: Random) -> Sent:
    """One of them; a large one now and then."""
    if rng.random() < 0.02:
        return Sent(rng.choice((FORM, MULTIPART, "text/plain")), b"a=" + b"x" * LARGE)
    body = rng.choice((query, _fields, _parts, _garbage))(rng)
    if rng.random() < 0.4:
        return Sent(f"{rng.choice((FORM, MULTIPART, 'text/plain'))}; charset={rng.choice(CHARSETS)}", body)
    return Sent(rng.choice((FORM, MULTIPART)) if rng.random() < 0.7 else rng.choice(TYPES), body)


def _garbage(rng: Random) -> bytes:
    return rng.randbytes(rng.randint(0, 2000))


def _fields(rng: Random) -> bytes:
    """Fields that forms have, with odd values; now and then more than are taken."""
    count = 1500 if rng.random() < 0.05 else rng.randint(1, 12)
    return b"&".join(rng.choice(FIELDS).encode() + b"=" + query(rng).partition(b"=")[2] for _ in range(count))


def _parts(rng: Random) -> bytes:
    """A form in parts, some of which are files, some of which break off."""
    told = b""
    for _ in range(rng.randint(1, 6)):
        name, file = rng.choice(FIELDS), rng.choice(NAMES)
        told += b'--x\r\nContent-Disposition: form-data; name="' + name.encode() + b'"'
        told += b'; filename="' + file.encode() + b'"\r\nContent-Type: text/plain' if rng.random() < 0.5 else b""
        told += b"\r\nContent-Transfer-Encoding: base64" if rng.random() < 0.1 else b""
        start = rng.choice((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", "劳务品牌".encode()))
        told += b"\r\n\r\n" + start + query(rng) + b"\r\n"
    return told + b"--x--\r\n" * rng.randint(0, 1)
