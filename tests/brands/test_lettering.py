"""Lines that end where room ends, words whole, marks where they belong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brands.graphics.lettering import fitted, width, wrapped

# All that is treated in its own way.
TEXT = st.text("吕梁山护工，。、“”（）AWmi19.:' \n\u3000龘-é🏮", max_size=80)

SIZES = ((100, 1), (70, 2), (50, 3))


@pytest.mark.parametrize(
    ("text", "room", "most", "lines"),
    [
        ("", 5, 2, [""]),
        ("吕梁山护工", 5, 1, ["吕梁山护工"]),
        ("吕梁山护工", 3, 2, ["吕梁山", "护工"]),
        ("吕梁山护工", 2, 2, ["吕梁", "山…"]),
        ("2025年11月19日", 6, 3, ["2025年11月", "19日"]),
        ("abcdef", 3, 2, ["abcde", "f"]),
        ("宽", 0.5, 3, ["宽"]),
        ("来源：县报、省报", 4, 3, ["来源：县", "报、省报"]),
        ("护工走出大山，如今", 6, 3, ["护工走出大", "山，如今"]),
        ("他说：“好。”", 4, 3, ["他说：", "“好。”"]),
        ("Sources: County Paper", 7, 3, ["Sources:", "County", "Paper"]),
        ("Sources: County Paper", 9, 1, ["Sources: Coun…"]),
    ],
)
def test_a_line_ends_where_room_ends(text: str, room: float, most: int, lines: list[str]) -> None:
    assert wrapped(text, room=room, most=most) == lines


@pytest.mark.parametrize(
    ("text", "size", "lines"),
    [
        ("吕梁山护工", 100, ["吕梁山护工"]),
        ("吕梁山护工技能大赛", 70, ["吕梁山护工", "技能大赛"]),
        ("一" * 25, 50, ["一" * 9, "一" * 9, "一" * 7]),
        ("一" * 99, 50, ["一" * 10, "一" * 10, "一" * 9 + "…"]),
    ],
)
def test_a_long_text_is_set_smaller_then_in_lines_then_cut(text: str, size: int, lines: list[str]) -> None:
    assert fitted(text, room=500, sizes=SIZES) == (size, lines)


@settings(max_examples=40, deadline=None)
@given(TEXT, st.integers(4, 30), st.integers(1, 4))
def test_no_line_is_wider_than_its_room_and_nothing_is_lost(text: str, room: int, most: int) -> None:
    lines = wrapped(text, room=room, most=most)
    assert 1 <= len(lines) <= most
    assert all(width(line) <= room for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join("".join(lines).split()) == "".join(text.split())


@settings(max_examples=40, deadline=None)
@given(TEXT)
def test_what_is_fitted_fits(text: str) -> None:
    size, lines = fitted(text, room=600, sizes=SIZES)
    assert all(width(line) * size <= 600 for line in lines)
    assert len(lines) <= dict(SIZES)[size]
