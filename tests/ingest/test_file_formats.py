"""Files that are no text of a paper are turned away by name, and no article of one is."""

import base64
import quopri

import pytest

from ingest.read import read
from ingest.records import RejectedPageError, RejectionReason
from tests.ingest.pages import EMBROIDERY, laid
from tests.ingest.test_read import TRADITIONAL
from tests.pace import keeps_pace

TEXT = laid(EMBROIDERY.title, *EMBROIDERY.paragraphs)
MAIL = b"From: a@paper.example\r\nSubject: x\r\nContent-Transfer-Encoding: %s\r\n\r\n"


def misread(text: str, written: str, read_as: str) -> bytes:
    return text.encode(written).decode(read_as, "replace").encode()


@pytest.mark.parametrize(
    ("data", "reason", "detail"),
    [
        (misread(TEXT, "utf-8", "latin-1"), RejectionReason.MOJIBAKE, "UTF-8 read as Latin-1"),
        (misread(TEXT, "utf-8", "cp1252"), RejectionReason.MOJIBAKE, "UTF-8 read as Latin-1"),
        (misread(TEXT, "utf-8", "gb18030"), RejectionReason.MOJIBAKE, "UTF-8 read as GBK"),
        (misread(TEXT[:40], "utf-8", "gb18030"), RejectionReason.MOJIBAKE, "UTF-8 read as GBK"),
        (misread(TEXT, "gb18030", "latin-1"), RejectionReason.MOJIBAKE, "GBK read as Latin-1"),
        (
            TEXT.encode().decode("gb18030", "replace").encode("gb18030"),
            RejectionReason.MOJIBAKE,
            "UTF-8 read as GBK",
        ),
        (("锟斤拷" * 40 + TEXT[:100]).encode(), RejectionReason.MOJIBAKE, "characters were lost"),
        (TEXT.encode("gb18030").decode("utf-8", "replace").encode(), RejectionReason.MOJIBAKE, "characters were lost"),
        (rb"{\rtf1\ansi\ansicpg936 \'c0\'cd}", RejectionReason.RTF, ""),
        (quopri.encodestring(TEXT.encode()), RejectionReason.MAIL, "quoted-printable"),
        (
            MAIL % b"quoted-printable" + quopri.encodestring(TEXT[:9].encode()),
            RejectionReason.MAIL,
            "quoted-printable",
        ),
        (MAIL % b"base64" + base64.encodebytes(TEXT.encode()), RejectionReason.MAIL, "base64"),
        (TEXT.encode("utf-7"), RejectionReason.UTF_7, ""),
        (b"%PDF-1.7 x", RejectionReason.BINARY, "PDF"),
        (b"PK\x03\x04xx", RejectionReason.BINARY, "ZIP, DOCX or XLSX"),
        (b"\xd0\xcf\x11\xe0xx", RejectionReason.BINARY, "DOC or XLS"),
        (b"<html><script>1</script><body></body></html>", RejectionReason.EMPTY, "HTML without text"),
    ],
)
def test_what_is_no_text_of_a_paper_is_refused_by_name(data: bytes, reason: RejectionReason, detail: str) -> None:
    with pytest.raises(RejectedPageError) as error:
        read("page.txt", data)
    assert (error.value.reason, error.value.detail) == (reason, detail)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TRADITIONAL,
        "1 + 1 = 2, C++ and a+b-c",
        "Les élèves de la région étaient très fiers d'être là, à côté, où ça se fête.",
        "平舆防水2.0+，=E5=8A=B3 是一个例子" + TEXT,
        "邮件里的 quoted-printable 与 Content-Transfer-Encoding: 7bit。" + TEXT,
        "𬭚匠、𧒽岗焊工、𠮷林月嫂",
        TEXT + "\ufffd\ufffd",
    ],
)
def test_texts_pass(text: str) -> None:
    assert read("page.txt", text.encode()).text == text


@pytest.mark.parametrize("unit", ["=E5", "+AGE-", "锟", "é", "content-transfer-encoding: ", "骞宠垎"])
def test_a_file_twice_as_long_takes_about_twice_as_long(unit: str) -> None:
    def told(size: int) -> None:
        try:
            read("page.txt", (unit * (size // len(unit.encode()))).encode())
        except RejectedPageError:
            return

    assert keeps_pace(lambda: told(400_000), lambda: told(800_000), times=2.8, slack=0.05)
