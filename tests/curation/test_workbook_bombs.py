"""Workbooks that are small in an archive and endless once they are open: refused before, or by the limits of the
process that reads them."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from django.utils import translation

from curation.transfer import import_file, import_workbook, table_process, table_reader
from curation.transfer.raw_table import RefusedFileError
from tests.curation import odd_child


def packed(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    change(book)
    book.save(file)
    return file.getvalue()


def of_parts(**parts: bytes) -> bytes:
    """A workbook with some parts in place of its own, and others besides."""
    plain, file = io.BytesIO(packed(lambda book: None)), io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts.get(name) or old.read(name))
    return file.getvalue()


SHEET = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>%b</sheetData></worksheet>"

BOMBS = {
    "one row of 2.4 M cells in a part of another name": {
        "xl/w/one.xml": SHEET % b"<row>%b</row>" % (b"<c/>" * 2_400_000)
    },
    "2.5 M formats": {"xl/styles.xml": b"<styleSheet><cellXfs>%b</cellXfs></styleSheet>" % (b"<xf/>" * 2_500_000)},
    "600,000 number formats": {"xl/styles.xml": b"<styleSheet>%b</styleSheet>" % (b"<numFmt/>" * 600_000)},
    "3 M shared strings": {"xl/sharedStrings.xml": b"<sst>%b</sst>" % (b"<si/>" * 3_000_000)},
    "1 M empty rows": {"xl/worksheets/sheet1.xml": SHEET % (b"<row/>" * 1_000_000)},
    "many parts": {f"xl/w/{n}.xml": b"<a>%b</a>" % (b"<b/>" * 150_000) for n in range(20)},
    "utf-16": {"xl/worksheets/sheet1.xml": (SHEET % (b"<row/>" * 300_000)).decode().encode("utf-16")},
}


@pytest.mark.parametrize("parts", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_before_it_is_opened(parts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_workbook, "load_workbook", None)
    with pytest.raises(RefusedFileError) as caught:
        import_file.read(of_parts(**parts))
    assert re.search("工作簿解开后太大|超过 10,000 行", str(caught.value))


class TestAWorkbookOfAStranger:
    """Read in a process of its own."""

    def test_is_read(self) -> None:
        data = packed(lambda book: book.worksheets[0].append(["名称", "离石绣娘"]))
        assert table_reader.read(data) == import_file.read(data)

    def test_is_refused_in_the_language_of_who_sent_it(self) -> None:
        broken = packed(lambda book: None)[:-200]
        with translation.override("en"), pytest.raises(RefusedFileError, match="damaged"):
            table_reader.read(broken)

    def test_that_takes_too_long_costs_itself_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(table_reader, "MAX_SECONDS", 0)
        with pytest.raises(RefusedFileError, match="读不完"):
            table_reader.read(packed(lambda book: None))

    def test_that_eats_memory_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """One that the counts let pass: they are wide here, and the room is narrow."""
        monkeypatch.setattr(table_process, "serve", odd_child.serve_in_little_room)
        with pytest.raises(RefusedFileError, match=r"读不完|已损坏"):
            table_reader.read(of_parts(**{"xl/styles.xml": b"<styleSheet>%b</styleSheet>" % (b"<xf/>" * 150_000)}))
