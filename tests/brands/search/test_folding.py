"""Folding: what differs by width, case, script or the form of a mark is the same, and every place stays where it is."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from brands.vocabulary.folding import bare, bare_places, fold
from brands.vocabulary.names import name_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("護工", "护工"),
        ("臺灣麵點師傅", "台湾面点师傅"),
        ("瞭解", "了解"),
        ("ＡＩ訓練師", "ai训练师"),
        ("Java", "java"),
        ("威县“纺织女工”", '威县"纺织女工"'),
        ("「湘」『菜』", '"湘""菜"'),
        ("，。：；！？（）", ",。:;!?()"),
        ("一、二", "一、二"),
        ("丝路•绣娘・吐鲁番", "丝路·绣娘·吐鲁番"),
        ("2023—2025–2026－", "2023-2025-2026-"),
        ("品牌\u3000就业\n增收\t", "品牌 就业 增收 "),
        ("a\x00b", "a b"),
        ("İ㎡", "İ㎡"),
        ("⼈", "人"),
    ],
)
def test_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
@example("e\u0301\u0301" * 50)
def test_every_character_stays_in_its_place(text: str) -> None:
    assert [fold(character) for character in text] == list(fold(text))
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z", "S"))))
def test_the_bare_form_says_where_its_characters_stood(text: str) -> None:
    folded = fold(text)
    assert "".join(folded[place] for place in bare_places(folded)) == bare(folded)


@pytest.mark.parametrize("name", ["威县“纺织女工”", "《劳务品牌建设指导意见》", "ＡＩ 训练师", "丝路•绣娘"])
def test_the_bare_form_is_the_name_key_of_the_folded_name(name: str) -> None:
    assert bare(fold(name)) == name_key(fold(name))
    assert not any(unicodedata.category(character)[0] in "PZC" for character in bare(fold(name)))
