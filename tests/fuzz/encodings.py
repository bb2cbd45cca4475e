"""From a text to the bytes of a file, as a careless or hostile sender would write them."""

from random import Random

HEADS = (
    *(
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\xff\xd8\xff\xe0",
        b"\x1f\x8b\x08",
        b"GIF89a",
    ),
    *(b"\x00" * 16, b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"{\\rtf1", b"<!DOCTYPE html>"),
)
CODECS = (
    "gb18030",
    "gbk",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "big5",
    "big5hkscs",
    "utf-8-sig",
    "utf-32",
    "shift_jis",
    "utf-7",
)


def encoded(rng: Random, text: str) -> tuple[str, bytes]:
    """The bytes and how they came about; mostly plain UTF-8."""
    kind = rng.choices(
        ("utf-8", "codec", "surrogates", "head", "flip", "truncated", "misread"), (70, 10, 5, 4, 4, 4, 3)
    )[0]
    plain = text.encode("utf-8", "replace")
    if kind == "codec":
        codec = rng.choice(CODECS)
        return codec, text.encode(codec, "replace")
    if kind == "surrogates":
        return kind, text.encode(rng.choice(("utf-8", "utf-16")), "surrogatepass")
    if kind == "head":
        return kind, rng.choice(HEADS) + plain
    if kind == "flip":
        spoilt = bytearray(plain)
        for _ in range(rng.randint(1, 20)):
            spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
        return kind, bytes(spoilt)
    if kind == "truncated":
        codec = rng.choice(("utf-8", "gb18030", "utf-16", "big5"))
        data = text.encode(codec, "replace")
        return f"{kind} {codec}", data[rng.randint(0, 3) : len(data) - rng.randint(0, 3)]
    if kind == "misread":
        return kind, plain.decode("gb18030", "replace").encode("utf-8")
    return kind, plain
