"""Tokens: what a document is known by, and what a text needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brands.models import DocumentKind, SearchDocument
from brands.search import tokens
from brands.vocabulary.folding import fold

TEXTS = st.text(st.sampled_from("吕梁山护工一二 \n,。“ab1-、𠮷"), max_size=40)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("护工", {"护", "工", "护工"}),
        ("ai 1", {"a", "i", "ai", "1"}),
        ("护\n工", {"护", "工"}),
        ("护、工", {"护", "工", "、"}),
        ("a.b", {"a", "\ue02e", "b"}),
        ("", set()),
    ],
)
def test_of_text(text: str, found: set[str]) -> None:
    assert tokens.of_text(text) == found


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("护", ["护"]),
        ("护工", ["护工"]),
        ("吕梁山", ["吕梁", "梁山"]),
        ("护、工人", ["护", "、", "工人"]),
        (" ", []),
        ("工工工工", ["工工"]),
        ("一二三四五六七八九", ["一二", "二三", "三四", "五六", "六七", "八九"]),
    ],
)
def test_needed(text: str, needed: list[str]) -> None:
    assert tokens.needed(text) == needed
    assert len(needed) <= tokens.MOST


@given(TEXTS.map(fold), st.data())
def test_a_document_has_the_tokens_of_all_it_holds(text: str, data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(text.split("\n")))
    start = data.draw(st.integers(0, len(line)))
    piece = line[start : data.draw(st.integers(start, len(line)))]
    assert set(tokens.needed(piece)) <= tokens.of_text(text)


@given(TEXTS.map(fold), TEXTS.map(fold))
def test_a_text_that_is_a_token_stands_where_the_token_is(text: str, word: str) -> None:
    if tokens.whole(word[:2]):
        assert set(tokens.needed(word[:2])).issubset(tokens.of_text(text)) == (word[:2] in text)


@pytest.mark.parametrize(
    ("outer", "inner", "holds"),
    [
        ("140000", "141121", True),
        ("141100", "141121", True),
        ("141121", "141121", True),
        ("141100", "140000", False),
        ("141100", "141000", False),
        ("429000", "429005", True),
        ("500000", "500118", True),
        ("100000", "500118", True),
        ("100000", "100000", True),
        ("110000", "100000", False),
        ("100000", "", False),
    ],
)
def test_places(outer: str, inner: str, holds: bool) -> None:
    assert (tokens.within(outer) in tokens.of_place(inner)) is holds


def test_no_token_is_taken_for_a_piece_of_text() -> None:
    document = SearchDocument(
        id=DocumentKind.BRAND.number(1),
        kind="brand",
        adcode="141100",
        labels="industry:care",
        syllables="lu liang",
        name="吕梁",
    )
    assert {token for token in tokens.of_document(document) if len(token) < 3} == {"吕", "梁", "吕梁"}
    assert tokens.label("industry:care") in tokens.of_document(document)
    assert all(token.isprintable() or ord(max(token)) >= 0xE000 for token in tokens.of_document(document))
