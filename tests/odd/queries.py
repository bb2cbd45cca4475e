"""Query strings that nobody means: made by chance, the same for the same seed. As bytes, for a server gets bytes."""

from collections.abc import Callable
from functools import cache
from random import Random
from urllib.parse import quote_from_bytes

from brands import listing
from brands.listing import Listing

VALUES: tuple[str, ...] = (
    *("", " ", "\x00", "a\x00b", "\r\n", "x\r\nSet-Cookie: a=b", "\u202e\u2066", "\ufeff", "\u200b", "e\u0301" * 40),
    *("9" * 20, "-1", "1e9", "1.5", "NaN", "٣", "0x10", "00000001", "-9223372036854775809", str(2**63)),
    *("字" * 700, "a" * 700, "(" * 200, "%" * 50, "_%_%", "\\", "'", '"', "';--", "*", "^", "~", "[]", "{}", "$"),
    *("__regex", "name__regex", "<script>", "javascript:", "//evil.example", "../../etc/passwd", "💥", "\ufffd"),
    *("140000", "100000", "999999", "unknown", "care", "national", "2024", "护工", "吕梁山 护工", "lvliang", "llshg"),
    *('"护工', '"" ""', "、", "的", "AND", "OR NOT", "NEAR(a b)", "a:b", "-a", "a-b..c", "2020..2024", "..", "true"),
    *("ʰ" * 60, "ﷺ" * 30, "ﬃ" * 30, "㍿", "ａｂｃ", "İ" * 20, "ß" * 20, "\u0300" * 300, "吕" + "\u3099" * 90),
)
# Values as they stand on the line: bad escapes, bad UTF-8, lone surrogates, other encodings.
RAW: tuple[bytes, ...] = (
    *(b"%ff%fe", b"%C0%80", b"%", b"%%", b"%0", b"%zz", b"%u4e00", b"\xff\xfe", b"\xed\xa0\x80", b"%ED%A0%80%ED%B0%80"),
    *("护工".encode("gb18030"), b"%B0%A1", b"+", b"%2500", b"a=b", b"&", b";", b"#", b"?"),
)

KEYS: tuple[str, ...] = (
    *("q", "page", "sort", "order", "exact", "type", "kind", "limit", "offset", "cursor", "format", "fields", "next"),
    *("p", "o", "e", "all", "_popup", "_changelist_filters", "review", "review__exact", "id__exact"),
    *("_to_field", "name__regex", "region__adcode__in", "pk", "id", "language", "csrfmiddlewaretoken", "url"),
)

ODD_KEYS = ("", "\x00", "region[]", "__regex", "字" * 100, "a" * 700, "\u202e", "q\r\n", "__proto__", "*", "%")

# Parameters of a crowded query string.
MANY = 70


@cache
def keys() -> tuple[str, ...]:
    """The parameters of all lists, and those that other pages read or might."""
    lists = [kind for kind in vars(listing).values() if isinstance(kind, type) and issubclass(kind, Listing)]
    return tuple(dict.fromkeys([*(name for kind in lists for name in kind.base_filters), *KEYS]))


def query(rng: Random) -> bytes:
    """What stands behind the question mark."""
    return rng.choices(_KINDS, weights=_OFTEN)[0](rng)


def _few(rng: Random) -> bytes:
    return b"&".join(_pair(rng) for _ in range(rng.randint(1, 5)))


def _many(rng: Random) -> bytes:
    return b"&".join(_pair(rng) for _ in range(MANY))


def _repeated(rng: Random) -> bytes:
    key = _encoded(rng, rng.choice(keys()))
    return b"&".join(key + b"=" + _value(rng) for _ in range(rng.randint(2, MANY)))


def _garbage(rng: Random) -> bytes:
    return bytes(rng.choices(range(256), k=rng.randint(1, 300)))


def _escapes(rng: Random) -> bytes:
    return "".join(rng.choice("%0123456789abcdefABCDEF&=;+") for _ in range(rng.randint(1, 200))).encode()


_KINDS: tuple[Callable[[Random], bytes], ...] = (_few, _many, _repeated, _garbage, _escapes)
_OFTEN = (12, 2, 3, 1, 1)


def _pair(rng: Random) -> bytes:
    key = rng.choice(keys()) if rng.random() < 0.85 else rng.choice(ODD_KEYS)
    return _encoded(rng, key) + (b"=" if rng.random() < 0.97 else b"") + _value(rng)


def _value(rng: Random) -> bytes:
    if rng.random() < 0.15:
        return rng.choice(RAW)
    if rng.random() < 0.1:
        return _encoded(rng, "".join(chr(rng.randrange(0x110000)) for _ in range(rng.randint(1, 40))))
    return _encoded(rng, "".join(rng.choice(VALUES) for _ in range(1 if rng.random() < 0.8 else 3)))


def _encoded(rng: Random, text: str) -> bytes:
    """Escaped, or, now and then, as it is."""
    data = text.encode("utf-8", "surrogatepass")
    return data if rng.random() < 0.1 else quote_from_bytes(data, safe="").encode()
