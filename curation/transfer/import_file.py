"""A file as it was uploaded -> its lines of cells, or in plain words why it can't be read. Nothing of it is believed,
not even its encoding."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.utils.translation import gettext

from brands.vocabulary.script import simplified
from curation.transfer.import_workbook import MAGIC, read_workbook
from curation.transfer.raw_table import RawTable, RefusedFileError, collected
from ingest.file_formats import foreign_format

# Largest file: what nginx lets through, with the form around it.
MAX_BYTES = 8 * 1024 * 1024

DELIMITERS = ",\t;"

# Lines of a text in which the one is looked for whose separator counts: a title above the table has none.
LOOKED_AT = 20

ENCODINGS = {"utf-8-sig": "UTF-8", "gb18030": "GB18030", "cp950": "Big5", "utf-16": "UTF-16"}
CHINESE = ("gb18030", "cp950")

# So many characters show how a text reads, and so many of them must be common ones.
SAMPLE, READABLE = 20_000, 0.6

# The first line by which Excel is told what parts the cells.
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read(data: bytes) -> RawTable:
    """The lines of a CSV or XLSX file, whatever its name says. RefusedFileError for any other."""
    if len(data) > MAX_BYTES:
        raise RefusedFileError(gettext("文件太大，最多 %d MB。") % (MAX_BYTES // 2**20))
    if data.startswith(MAGIC):
        return read_workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedFileError(gettext("这是旧式的 .xls 文件（或加了密码），请另存为 .xlsx 或 CSV。"))
    text, encoding = _decoded(data)
    return collected(_of_text(text), "CSV", encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    """A text that decodes without a fault and reads like one. UTF-16 says what it is; what is no UTF-8 is what
    spreadsheets write, in the mainland or elsewhere, whichever of the two reads better."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = _decodings(data, ("utf-16",))
    else:
        found = _decodings(data, ("utf-8-sig",)) or sorted(_decodings(data, CHINESE), key=lambda one: -_share(one[0]))
    if not found or (found[0][1] in CHINESE and _share(found[0][0]) < READABLE):
        raise RefusedFileError(_unknown())
    text, codec = found[0]
    if foreign_format(text):
        raise RefusedFileError(gettext("文字是乱码：编码读错后又存了一次，请从原来的表格重新导出。"))
    return text, ENCODINGS[codec]


def _decodings(data: bytes, codecs: Iterable[str]) -> list[tuple[str, str]]:
    found = []
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            found.append((text, codec))
    return found


def _share(text: str) -> float:
    """How many of the characters outside ASCII are among the 7,000 that the mainland's first standard has, once they
    are Simplified: nearly all in a text that is read right, one of four in one that is not."""
    foreign = [character for character in simplified(text[:SAMPLE]) if character > "\x7f"]
    return sum(_is_common(character) for character in foreign) / len(foreign) if foreign else 1.0


@lru_cache(maxsize=8192)
def _is_common(character: str) -> bool:
    return bool(character.encode("gb2312", "ignore"))


def _unknown() -> str:
    return gettext("不是 CSV 或 XLSX 文件，或者文字编码认不出来；请存为 UTF-8 的 CSV 或 XLSX。")


def _of_text(text: str) -> Iterator[list[str]]:
    told = _SEPARATOR.match(text)
    delimiter = told[1] if told else _delimiter(text)
    if told:
        yield []  # the line has its number, and nothing in it
    reader = csv.reader(io.StringIO(text[told.end() if told else 0 :], newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error:
        said = gettext("文件第 %d 行的引号不配对，或单元格太长，后面的内容读不了。")
        raise RefusedFileError(said % (reader.line_num + bool(told))) from None


def _delimiter(text: str) -> str:
    """What parts the cells of the first line that has any parted."""
    lines = text.split("\n", LOOKED_AT)[:LOOKED_AT]
    line = next((line for line in lines if any(mark in line for mark in DELIMITERS)), "")
    return max(DELIMITERS, key=line.count)
