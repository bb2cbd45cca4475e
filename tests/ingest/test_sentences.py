from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import MAX_SENTENCE, Sentences


def test_sentences_end_at_full_stops_with_their_quotes_and_at_lines() -> None:
    text = "头一句。“第二句！”第三句\n第四句"
    sentences = Sentences.of(text)
    assert [sentences.get(n).of(text) for n in range(4)] == ["头一句。", "“第二句！”", "第三句", "第四句"]


def test_a_phrase_over_two_sentences_has_both() -> None:
    text = "一二三。四五六。七八九。"
    assert Sentences.of(text).at(2, 6).of(text) == "一二三。四五六。"


def test_text_without_stops_is_cut() -> None:
    sentences = Sentences.of("字" * (3 * MAX_SENTENCE))
    assert max(len(sentences.get(n)) for n in range(len(sentences.starts))) == MAX_SENTENCE


@given(st.text(alphabet="字。！”\n ", max_size=80), st.integers(0, 80))
def test_every_character_is_in_its_sentence(text: str, at: int) -> None:
    if at < len(text):
        span = Sentences.of(text).at(at, at + 1)
        assert span.start <= at < span.end
