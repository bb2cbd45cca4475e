"""Text that remembers where its characters stood."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import MappedText, Span

PAGE = "一二三四五六七八九十"


def part(start: int, end: int) -> MappedText:
    return MappedText.of(PAGE, start=start, end=end)


@pytest.mark.parametrize(
    ("parts", "text", "spans"),
    [
        ([part(0, 2), part(2, 4)], "一二\n三四", (Span(0, 4),)),
        ([part(0, 2), part(3, 4)], "一二\n四", (Span(0, 4),)),
        ([part(7, 10), part(0, 2)], "八九十\n一二", (Span(7, 10), Span(0, 2))),
        ([part(0, 1), MappedText("", (), ()), part(1, 2)], "一\n二", (Span(0, 2),)),
        ([], "", ()),
    ],
)
def test_glue_never_leads_out_of_the_page(parts: list[MappedText], text: str, spans: tuple[Span, ...]) -> None:
    joined = MappedText.join(parts, glue="\n")
    assert joined.text == text
    assert joined.runs(0, len(joined)) == spans
    assert all(joined.source_at(i) < len(PAGE) for i in range(len(joined)))


def test_a_part_that_ends_the_page_may_come_first() -> None:
    joined = MappedText.join([part(7, 10), part(0, 2)], glue="\n")
    assert joined.span(0, len(joined)) == Span(0, len(PAGE))
    assert joined.span(3, 4) == Span(9, 10)


@pytest.mark.parametrize(("start", "end"), [(0, 1), (2, 5), (0, 8)])
def test_what_is_taken_out_moves_no_offset(start: int, end: int) -> None:
    text = part(1, 10).without(re.compile("四"))
    assert [PAGE[text.source_at(i)] for i in range(start, end)] == list(text.text[start:end])


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 2), (0, 99)])
def test_no_span_of_nothing(start: int, end: int) -> None:
    with pytest.raises(IndexError):
        part(0, 5).span(start, end)


SOURCE = "甲乙丙丁 戊己\n庚辛　壬癸\n\n子丑寅卯辰巳午未申酉戌亥"


@st.composite
def mapped(draw: st.DrawFn) -> MappedText:
    """A text cut, thinned and joined at random, as the stages do it."""
    text = MappedText.of(SOURCE, start=draw(st.integers(0, 9)))
    for _ in range(draw(st.integers(0, 4))):
        a, b = sorted(draw(st.tuples(st.integers(0, 40), st.integers(0, 40))))
        action = draw(st.sampled_from(["cut", "without", "spans", "join", "swap"]))
        if action == "cut":
            text = text.cut(a, b)
        elif action == "without":
            text = text.without(re.compile(draw(st.sampled_from(["[ \n]", "(?<=乙)(?P<drop>丙)", "丁.己", "$^"]))))
        elif action == "spans":
            text = text.without_spans([(a, b), (b, b + 1)] if b < len(text) else [])
        else:
            parts = [text.cut(0, a), text.cut(a, len(text))]
            text = MappedText.join(parts if action == "join" else parts[::-1])
    return text


@given(mapped())
def test_every_character_stands_where_the_map_says(text: MappedText) -> None:
    assert [SOURCE[text.source_at(i)] for i in range(len(text))] == list(text.text)


@given(mapped(), st.integers(0, 40), st.integers(0, 40))
def test_a_span_and_the_runs_hold_what_they_are_asked_for(text: MappedText, a: int, b: int) -> None:
    start, end = min(a, b, len(text)), min(max(a, b), len(text))
    asked = {text.source_at(i) for i in range(start, end)}
    if asked:
        span = text.span(start, end)
        assert (span.start, span.end - 1) == (min(asked), max(asked))
    held = {at for run in text.runs(start, end, max_gap=0) for at in range(run.start, run.end)}
    assert held == asked


@given(mapped(), st.integers(0, 40), st.integers(0, 40))
def test_a_cut_of_a_cut_is_a_cut(text: MappedText, a: int, b: int) -> None:
    a, b = min(a, b), max(a, b)
    assert list(places(text.cut(a, b))) == list(places(text))[a:b]


@given(mapped())
def test_lines_stripped_and_joined_lose_nothing_but_line_ends_and_margins(text: MappedText) -> None:
    lines = MappedText.join(line.strip() for line in text.lines())
    assert lines.text == "".join(line.strip() for line in text.text.split("\n"))
    assert set(places(lines)) <= set(places(text))


def test_an_exchange_of_characters_keeps_every_place() -> None:
    text = MappedText.of(SOURCE).without(re.compile("丙丁 "))
    assert list(places(text.translate({ord("戊"): "5"}))) == list(places(text))
    with pytest.raises(ValueError, match="one character for one"):
        text.translate({ord("戊"): "55"})


def places(text: MappedText) -> Iterator[int]:
    return (text.source_at(i) for i in range(len(text)))
