"""What somebody typed, cut into words."""

import pytest

from brands.search.query import MAX_QUERY, parse
from tests.pace import keeps_pace


@pytest.mark.parametrize(
    ("typed", "words", "quoted"),
    [
        ('"重庆" 护工', ("重庆", "护工"), {"重庆"}),
        ("“重庆” 护工", ("重庆", "护工"), {"重庆"}),
        ("「吕梁山 护工」", ("吕梁山 护工",), {"吕梁山 护工"}),
        ('护工 "吕梁 山"', ("护工", "吕梁 山"), {"吕梁 山"}),
        ("威县“纺织女工”", ("威县“纺织女工”",), set()),
        ("“月嫂回娘家”嘉年华", ("“月嫂回娘家”嘉年华",), set()),
        ('"重庆', ('"重庆',), set()),
        ('"" 护工', ('""', "护工"), set()),
        ('" " 护工', ('"', "护工"), set()),
        ('重庆 "重庆"', ("重庆",), {"重庆"}),
    ],
)
def test_words_in_quotes_are_literal(typed: str, words: tuple[str, ...], quoted: set[str]) -> None:
    query = parse(typed)
    assert query.words == words
    assert query.quoted == quoted


def test_quotes_without_end_cost_linear_time() -> None:
    short, long = MAX_QUERY // 10, MAX_QUERY
    assert keeps_pace(lambda: parse('"' * short), lambda: parse('"' * long), times=20, slack=0.02)
    assert keeps_pace(lambda: parse('"a' * (short // 2)), lambda: parse('"a' * (long // 2)), times=20, slack=0.02)
