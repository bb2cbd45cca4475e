"""Latin letters as pinyin, compared with names character by character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brands.search.romanised import MAX_LETTERS, MAX_WAYS, SYLLABLES, read, tokens
from brands.vocabulary.folding import fold
from brands.vocabulary.pinyin import spelling
from tests.pace import keeps_pace

FOUND = [
    # full
    ("lvliangshanhugong", "吕梁山护工", "吕梁山护工"),
    ("luliangshanhugong", "吕梁山护工", "吕梁山护工"),
    ("lyuliangshan", "吕梁山护工", "吕梁山"),
    ("lüliang", "吕梁山护工", "吕梁"),
    ("lǚliáng", "吕梁山护工", "吕梁"),
    ("Lǚliáng", "吕梁山护工", "吕梁"),
    ("ＬＶＬＩＡＮＧ", "吕梁山护工", "吕梁"),
    ("lveyang", "略阳绣娘", "略阳"),
    ("lueyang", "略阳绣娘", "略阳"),
    ("nvzi", "女子家政", "女子"),
    ("lianyungang", "连云港海员", "连云港"),
    ("xian", "西安厨师", "西安"),
    ("xi'an", "西安厨师", "西安"),
    ("xi’an", "西安厨师", "西安"),
    ("xian", "仙桃裁缝", "仙"),
    ("hugong", "吕梁山护工", "护工"),
    # first letters
    ("llshg", "吕梁山护工", "吕梁山护工"),
    ("LLSHG", "吕梁山护工", "吕梁山护工"),
    ("hg", "吕梁山护工", "护工"),
    ("sh", "上海阿姨", "上"),
    ("zgsc", "中国山城玻璃工", "中国山城"),
    ("zhgsch", "中国山城玻璃工", "中国山城"),
    ("shay", "上海阿姨", "上海阿姨"),
    # mixed
    ("lvlianghg", "吕梁护工", "吕梁护工"),
    ("llshan", "吕梁山护工", "吕梁山"),
    ("lliangshg", "吕梁山护工", "吕梁山护工"),
    ("lz拉面", "兰州拉面师", "兰州拉面"),
    ("吕梁hg", "吕梁护工", "吕梁护工"),
    ("吕梁hugong", "吕梁护工", "吕梁护工"),
    ("呂梁hugong", "吕梁护工", "吕梁护工"),
    ("吕liang护工", "吕梁护工", "吕梁护工"),
    # beginnings
    ("lvliangshanhu", "吕梁山护工", "吕梁山护"),
    ("lvliangsh", "吕梁山护工", "吕梁山"),
    ("tianzhenb", "天镇保姆", "天镇保"),
    ("tianzhenba", "天镇保姆", "天镇保"),
    ("minggo", "小明共享", "明共"),
    ("t", "天镇保姆", "天"),
    # what stands between and beside the syllables
    ("zgscblg", "中国·山城玻璃工", "中国·山城玻璃工"),
    ("wxfzng", "威县“纺织女工”", "威县“纺织女工"),
    ("aixunlianshi", "AI训练师", "AI训练师"),
    ("aixls", "AI训练师", "AI训练师"),
    ("ejz", "e家政", "e家政"),
    ("v2qjs", "V2清洁师", "V2清洁师"),
    ("2024quanguo", "2024全国大会", "2024全国"),
    ("quanguo", "2024 全国大会", "全国"),
]


@pytest.mark.parametrize(("word", "name", "part"), FOUND)
def test_a_word_finds_its_characters(word: str, name: str, part: str) -> None:
    asked = read(word)
    assert asked is not None
    items = spelling(name)
    assert [name[start:end] for start, end in asked.matches(items, fold(name))] == [part]
    assert any(way <= tokens(items) for way in asked.tokens)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("lan", "隆安月嫂"),  # no mixture where the word is a syllable
        ("hugong", "湖工"[::-1]),
        ("llshg", "吕梁护工"),
        ("xi'an", "仙桃裁缝"),
        ("shan'xi", "山西"[::-1]),
        ("danxian", "单县羊汤"),
        ("吕梁hg", "旅良护工"),  # Chinese characters are themselves
        ("lvliangx", "吕梁山护工"),
        ("hu", "吕"),
    ],
)
def test_a_word_finds_nothing_else(word: str, name: str) -> None:
    asked = read(word)
    assert asked is not None
    assert asked.matches(spelling(name), fold(name)) == []


@pytest.mark.parametrize("word", ["景点", "经典", "", "吕梁", "123", "2024年", "hé!", "a*b", "_", "'", "ль", "a" * 65])
def test_what_is_no_pinyin_is_not_read(word: str) -> None:
    assert read(word) is None


def test_a_word_of_the_longest_length_is_read() -> None:
    assert read("a" * MAX_LETTERS) is not None


def test_every_place_is_found_from_the_start() -> None:
    asked = read("shi")
    assert asked is not None
    assert asked.matches(spelling("石家庄石匠师"), "石家庄石匠师") == [(0, 1), (3, 4), (5, 6)]


@pytest.mark.parametrize(
    "word", ["a" * 64, "xian" * 16, "lan" * 21, "zhch" * 16, "gan" * 21, "xi'an" * 12, "eanga" * 12]
)
def test_the_time_does_not_explode(word: str) -> None:
    asked = read(word)
    assert asked is not None
    name = "阿安仙恩额" * 12
    items = spelling(name)
    assert 1 <= len(asked.tokens) <= 2 * MAX_WAYS + 1
    assert all(asked.tokens)
    short = name[: len(name) // 4]
    few = spelling(short)
    assert keeps_pace(lambda: asked.matches(few, short), lambda: asked.matches(items, name), times=8, slack=0.2)


@given(st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=1, max_size=8), st.data())
def test_what_is_typed_of_a_name_finds_it(items: list[str], data: st.DataObject) -> None:
    """Any mixture that is no division into whole syllables, whole syllables, and first letters find the name, and the
    tokens of the name hold one of the sets that the word asks for."""
    how = data.draw(st.sampled_from(["whole", "initials", "mixed"]))
    whole = [how == "whole" or (how == "mixed" and data.draw(st.booleans())) for _ in items]
    word = "".join(item if full else item[0] for item, full in zip(items, whole, strict=True))
    asked = read(word.replace("lu", "lv"))
    if asked is None:
        assert len(word) > MAX_LETTERS
        return
    if how != "mixed" or not asked.whole:
        assert asked.matches(items, "字" * len(items))[:1] != []
        assert any(way <= tokens(items) for way in asked.tokens)


@given(
    st.text("abcdeghilnosuxyz'吕梁", min_size=1, max_size=10), st.lists(st.sampled_from(sorted(SYLLABLES)), max_size=8)
)
def test_what_matches_has_the_tokens(word: str, items: list[str]) -> None:
    asked = read(word)
    name = "吕梁山护工人大会"[: len(items)]
    if asked is not None and asked.matches(items, name):
        assert any(way <= tokens(items) for way in asked.tokens)


def test_no_token_is_a_character_or_a_pair_of_a_text() -> None:
    assert all(len(token) >= 3 and token.isascii() and token.isalnum() for token in tokens(spelling("AI训练师𠮷·e 2")))
