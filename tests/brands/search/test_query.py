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


@pytest.mark.parametrize(
    ("typed", "words", "without"),
    [
        ("护工 -吕梁", ("护工",), ("吕梁",)),
        ("-吕梁 护工 －大同", ("护工",), ("吕梁", "大同")),
        ('护工 -"吕梁 山"', ("护工",), ("吕梁 山",)),
        ("护工 NOT 吕梁", ("护工",), ("吕梁",)),
        ("吕梁 AND 护工", ("吕梁", "护工"), ()),
        ("AND 护工", ("AND", "护工"), ()),
        ("吕梁 and 护工", ("吕梁", "and", "护工"), ()),
        ("增长 -3.5%", ("增长", "-3.5%"), ()),
        ("护工 - 吕梁", ("护工", "-", "吕梁"), ()),
        ("2020-2023 AI-护工", ("2020-2023", "AI-护工"), ()),
        ("-吕梁", ("-吕梁",), ()),
        ("护工 -护工", ("护工",), ("护工",)),
    ],
)
def test_words_that_are_refused(typed: str, words: tuple[str, ...], without: tuple[str, ...]) -> None:
    query = parse(typed)
    assert (query.words, query.without) == (words, without)


@pytest.mark.parametrize("unseen", "\ufe0f\u0301\u200b\u200d\u2060\ufeff\u00ad\u202e\u3164")
def test_what_has_no_width_is_left_out(unseen: str) -> None:
    assert parse(f"{unseen}吕{unseen}梁{unseen}").words == ("吕梁",)
    assert parse(unseen).words == ()


@pytest.mark.parametrize(
    ("typed", "words"), [("lu\u0308\u030cliang", ("lǚliang",)), ("护\0工", ("护", "工")), ("A\tb", ("A", "b"))]
)
def test_accents_of_letters_stay_and_controls_part_words(typed: str, words: tuple[str, ...]) -> None:
    assert parse(typed).words == words


def test_quotes_without_end_cost_linear_time() -> None:
    short, long = MAX_QUERY // 10, MAX_QUERY
    assert keeps_pace(lambda: parse('"' * short), lambda: parse('"' * long), times=20, slack=0.02)
    assert keeps_pace(lambda: parse('"a' * (short // 2)), lambda: parse('"a' * (long // 2)), times=20, slack=0.02)
