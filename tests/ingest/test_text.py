"""Text that remembers where its characters stood."""

import re

import pytest

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
