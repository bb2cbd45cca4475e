"""Bytes become a page whose every character stands where it stood, or are turned away with the reason."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read import MAX_BYTES, MAX_HEAD, read
from ingest.records import FrontMatter, RejectedPageError, RejectionReason

SIMPLIFIED = "近年来，某县把特色劳务品牌当作促就业的抓手，“某县绣娘”带动两万人增收；她们说：这门手艺是我们的饭碗。"
TRADITIONAL = "近年來，某縣把特色勞務品牌當作促就業的抓手，「某縣繡娘」帶動兩萬人增收；她們說：這門手藝是我們的飯碗。"


@pytest.mark.parametrize(
    ("codec", "text", "encoding"),
    [
        ("utf-8", SIMPLIFIED, "utf-8"),
        ("utf-8-sig", SIMPLIFIED, "utf-8"),
        ("utf-16", SIMPLIFIED, "utf-16"),
        ("gb18030", SIMPLIFIED, "gb18030"),
        ("gbk", SIMPLIFIED, "gb18030"),
        ("gb2312", SIMPLIFIED, "gb18030"),
        ("gb18030", SIMPLIFIED + "𠮷野家", "gb18030"),
        ("gbk", TRADITIONAL, "gb18030"),
        ("big5", TRADITIONAL, "big5"),
        ("cp950", TRADITIONAL, "big5"),
        ("big5hkscs", TRADITIONAL + "喺𨋢度", "big5"),
        ("ascii", "hello, world", "utf-8"),
    ],
)
def test_the_encodings_of_papers(codec: str, text: str, encoding: str) -> None:
    page = read("page.txt", text.encode(codec))
    assert (page.text, page.encoding) == (text, encoding)
    assert page.body.of(page.text) == text


@pytest.mark.parametrize("sentence", SIMPLIFIED.replace("；", "。").split("。")[:-1])
def test_one_sentence_of_simplified_text_is_enough(sentence: str) -> None:
    assert read("page.txt", sentence.encode("gb18030")).text == sentence


@pytest.mark.parametrize("sentence", TRADITIONAL.replace("；", "。").split("。")[:-1])
def test_one_sentence_of_traditional_text_is_enough(sentence: str) -> None:
    assert read("page.txt", sentence.encode("big5")).text == sentence


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", RejectionReason.EMPTY),
        (b" \r\n\t\n", RejectionReason.EMPTY),
        ("\ufeff\u3000\n".encode(), RejectionReason.EMPTY),
        (b"\x00" * 40, RejectionReason.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), RejectionReason.BINARY),
        (b"%PDF-1.7\n%\xe2\xe3", RejectionReason.BINARY),
        (b"PK\x03\x04" + bytes(64), RejectionReason.BINARY),
        (b"abc\x00\x01\x02\x03" * 9, RejectionReason.BINARY),
        ("劳务".encode("utf-16-le") + b"a\x00b\x00c\x00" * 20, RejectionReason.BINARY),
        (SIMPLIFIED.encode()[:-1], RejectionReason.UNDECODABLE),
        (bytes(range(128, 256)) * 8, RejectionReason.UNDECODABLE),
        (b"\xff\xfe" + b"\x00\xd8" * 3, RejectionReason.UNDECODABLE),
        (
            "Les élèves de la région étaient très fiers d'être là, à côté, où ça se fête.".encode("latin-1") * 9,
            RejectionReason.UNDECODABLE,
        ),
        (b"a" * (MAX_BYTES + 1), RejectionReason.TOO_LARGE),
    ],
)
def test_what_is_no_page_is_turned_away_with_its_reason(data: bytes, reason: RejectionReason) -> None:
    with pytest.raises(RejectedPageError, match=r"scan\.txt") as error:
        read("scan.txt", data)
    assert error.value.reason is reason


def test_a_page_may_be_as_large_as_the_limit() -> None:
    assert len(read("page.txt", b"a" * MAX_BYTES).text) == MAX_BYTES


def test_line_ends_become_one_kind_and_nothing_else_is_changed() -> None:
    assert read("page.txt", "一\r\n二\r三\n\x0c四\u2028五\x85六".encode()).text == "一\n二\n三\n\x0c四\u2028五\x85六"


def test_what_a_database_refuses_is_replaced_one_for_one() -> None:
    page = read("page.txt", ("劳务\x00品牌" + SIMPLIFIED).encode())
    assert page.text == "劳务\ufffd品牌" + SIMPLIFIED


def test_the_fingerprint_is_that_of_the_bytes() -> None:
    assert read("a", b"abc").sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


HEAD = FrontMatter("“某县绣娘”走四方", "某省日报", date(2024, 1, 1), "https://paper.example/1")


@pytest.mark.parametrize(
    ("head", "front"),
    [
        ("title: “某县绣娘”走四方\npublisher: 某省日报\npublished_on: 2024-01-01\nurl: https://paper.example/1", HEAD),
        (
            "TITLE:“某县绣娘”走四方\nPublisher: '某省日报'\npublished_on: 2024/1/1\nurl: 'https://paper.example/1'",
            HEAD,
        ),
        ("title: 甲\ntitle: 乙", FrontMatter(title="甲")),
        ("published_on: 2024-11-05 10:22", FrontMatter(published_on=date(2024, 11, 5))),
        ("published_on: 2024-11-05T10:22:00+08:00", FrontMatter(published_on=date(2024, 11, 5))),
        ("published_on: 2024.11.5", FrontMatter(published_on=date(2024, 11, 5))),
        ("published_on: 20241105", FrontMatter(published_on=date(2024, 11, 5))),
        ("published_on: ２０２４／１１／０５", FrontMatter(published_on=date(2024, 11, 5))),
        ("published_on: 二〇二四年十一月五日", FrontMatter(published_on=date(2024, 11, 5))),
        ("published_on: 二○二四年十二月三十一日 星期二", FrontMatter(published_on=date(2024, 12, 31))),
        ("published_on: 二O二四年二月廿九日", FrontMatter(published_on=date(2024, 2, 29))),
        ("published_on: 2024-02-30", FrontMatter(unread=(("published_on", "2024-02-30"),))),
        ("published_on: yesterday", FrontMatter(unread=(("published_on", "yesterday"),))),
        ("published_on: 2024年3月5日", FrontMatter(published_on=date(2024, 3, 5))),
        ("published_on:\nurl:", FrontMatter()),
        ("title: 甲\n\npublisher: 某报", FrontMatter(title="甲", publisher="某报")),
        ("", FrontMatter()),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter_is_read_with_patience(head: str, front: FrontMatter, line_end: str) -> None:
    text = f"---\n{head}\n---\n\n正文。\n"
    page = read("page.txt", text.replace("\n", line_end).encode())
    assert page.front == front
    assert page.body.of(page.text) == "\n正文。\n"


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("---\ntitle: 甲\n\n正文。", "甲", "\n正文。"),
        ("---\ntitle: 甲\n正文一句。\n---\n正文二句。", "甲", "正文一句。\n---\n正文二句。"),
        ("---\ntitle: 甲\ntags:\n  - 乙\n---\n正文。", "甲", "正文。"),
        ("---\n正文一句。\n\n正文二句。\n---\n尾。", "", "---\n正文一句。\n\n正文二句。\n---\n尾。"),
        ("正文。\n---\ntitle: 甲\n---\n", "", "正文。\n---\ntitle: 甲\n---\n"),
        ("---", "", "---"),
        ("---\ntitle: 甲\n" + "字" * MAX_HEAD + "\n---\n", "甲", "字" * MAX_HEAD + "\n---\n"),
    ],
)
def test_a_head_that_is_open_or_none_swallows_no_text(text: str, title: str, body: str) -> None:
    page = read("page.txt", text.encode())
    assert (page.front.title, page.body.of(page.text)) == (title, body)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_page_or_a_reason(data: bytes) -> None:
    with suppress(RejectedPageError):
        page = read("page.txt", data)
        assert page.text.encode()
        assert "\x00" not in page.text


@given(
    st.text(alphabet="的一是了我人在有他这中大来上个国，。“”", min_size=30),
    st.sampled_from(["utf-8", "utf-16", "gb18030"]),
)
def test_text_in_any_encoding_comes_back(text: str, codec: str) -> None:
    assert read("page.txt", text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("published_on", "yesterday"),
        ("published_on", "2024-02-30"),
        ("published_on", "2024-11"),
        ("published_on", "2204-11-06"),
        ("published_on", "0024-11-06"),
        ("published_on", "20241305"),
        ("published_on", "202411055"),
        ("published_on", "二〇二四年十三月五日"),
        ("url", "javascript:alert(1)"),
        ("url", "//paper.example/1"),
        ("url", "http://["),
    ],
)
def test_a_field_that_is_not_understood_is_told(field: str, value: str) -> None:
    page = read("page.txt", f"---\ntitle: 甲\n{field}: {value}\n---\n正文。\n".encode())
    assert page.front == FrontMatter(title="甲", unread=((field, value),))


def test_a_field_that_is_too_long_is_told_in_part() -> None:
    front = read("page.txt", ("---\nurl: http://paper.example/" + "a" * 3000 + "\n---\n正文。\n").encode()).front
    ((field, value),) = front.unread
    assert (front.url, field, len(value)) == ("", "url", 300)


@pytest.mark.parametrize(("days", "read_so"), [(1, True), (2, False)])
def test_no_article_appears_later_than_tomorrow(days: int, read_so: bool) -> None:
    day = date.today() + timedelta(days=days)  # noqa: DTZ011  as the reader counts
    front = read("page.txt", f"---\npublished_on: {day}\n---\n正文。\n".encode()).front
    assert (front.published_on == day, front.unread == ()) == (read_so, read_so)
