"""A page's text for reading: without noise, and with every character's place kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brands.text.page_text import lay_out, one_line

PAGE = st.text(alphabet=st.sampled_from("吕梁山护工，。“”aB1 \n\u3000\u200b\t#"), max_size=80)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("", ""),
        (" \n \n", ""),
        ("吕 梁 山 护 工", "吕梁山护工"),
        ("坚 持 精 准 、科 学 ，依 法 治 污", "坚持精准、科学，依法治污"),
        ("品牌擦亮 就业增收", "品牌擦亮 就业增收"),
        ("2024 年 8 月 27 日", "2024年8月27日"),
        ("1 临潼石榴农匠 西安市临潼区", "1 临潼石榴农匠 西安市临潼区"),
        ("志愿精神 ，持续 。", "志愿精神，持续。"),
        ("建设 with 地方", "建设 with 地方"),
        ("a, b c", "a, b c"),
        ("# 标题\n\n正文。", "标题\n正文。"),
        ("第一段。\n\n\n第二段。", "第一段。\n第二段。"),
        ("零\u200b宽\u202e度\ufeff", "零宽度"),
        ("从\n染色。", "从\n染色。"),
        ("塑造“\n横州茉莉花茶师”品牌。", "塑造“横州茉莉花茶师”品牌。"),
        ("有技能，\n有出路。", "有技能，有出路。"),
        (f"{'长' * 44}横州\n茉莉花茶师。", f"{'长' * 44}横州茉莉花茶师。"),
        (f"{'长' * 44}。\n下一段。", f"{'长' * 44}。\n下一段。"),
        (f"{'word ' * 12}end\nnext words.", f"{'word ' * 12}end next words."),
    ],
)
def test_noise_goes_and_text_stays(page: str, shown: str) -> None:
    assert lay_out(page).text == shown


def test_lines_of_a_narrow_column_are_joined_and_its_headings_are_not() -> None:
    lines = [
        "鹤山区举办培训",
        "会上，负责人围绕规范和沟通技巧进",
        "行了讲解，并通过实际案例解析互动",
        "等方式，分享了知识。志愿者们表示",
        "通过此次培训，能力得到提升。",
    ]
    assert lay_out("\n\n".join(lines)).text == f"{lines[0]}\n{''.join(lines[1:])}"


def test_entries_of_a_list_stay_apart() -> None:
    page = "\n".join(f"{number} 凤翔泥塑师傅 宝鸡市凤翔区" for number in range(1, 9))
    assert lay_out(page).text == page


def test_stretches_are_read_in_the_order_given() -> None:
    page = "后半句在这里。\n前半句，\n"
    laid = lay_out(page, [(8, 13), (0, 7)])
    assert laid.text == "前半句，后半句在这里。"
    assert laid.places(0, 3) == [(4, 7)]
    assert laid.places(8, 11) == [(0, 3)]


def test_a_stretch_may_show_in_two_places() -> None:
    """A name that a column break cut stands between other text on the page."""
    page = "茶师。别的文章。横州茉莉"
    laid = lay_out(page, [(8, 12), (0, 3)])
    assert laid.text == "横州茉莉\n茶师。"
    assert laid.places(0, 12) == [(0, 4), (5, 8)]


@given(PAGE)
def test_every_character_knows_its_place(page: str) -> None:
    laid = lay_out(page)
    assert len(laid.text) == len(laid.offsets)
    for character, offset in zip(laid.text, laid.offsets, strict=True):
        assert character == page[offset] if offset >= 0 else character in " \n"
    kept = [offset for offset in laid.offsets if offset >= 0]
    assert kept == sorted(set(kept))
    dropped = set(range(len(page))) - set(kept)
    assert all(page[place].isspace() or page[place] in "\u200b#" for place in dropped)


@given(PAGE, st.integers(0, 80), st.integers(0, 80))
def test_places_show_exactly_what_was_asked_for(page: str, one: int, other: int) -> None:
    start, end = sorted((one, other))
    laid = lay_out(page)
    shown = {place for low, high in laid.places(start, end) for place in range(low, high) if laid.offsets[place] >= 0}
    assert shown == {place for place, offset in enumerate(laid.offsets) if start <= offset < end}


@given(PAGE)
def test_one_line_drops_line_ends_alone(page: str) -> None:
    laid = lay_out(page)
    line = one_line(laid)
    assert line.text == laid.text.replace("\n", "")
    assert [o for o in line.offsets if o >= 0] == [o for o in laid.offsets if o >= 0]


@pytest.mark.parametrize("page", ["# " * 30_000, "字 " * 30_000, "\n" * 60_000, "，" * 60_000, "“\n" * 20_000])
def test_hostile_pages_take_linear_time(page: str) -> None:
    lay_out(page)


@pytest.mark.parametrize(
    ("whole", "shown"),
    [
        ([], "打造川\n中锂工品牌。\n另一段"),
        ([(2, 6)], "打造川中锂工品牌。\n另一段"),
        ([(4, 6)], "打造川\n中锂工品牌。\n另一段"),
        ([(0, 3)], "打造川\n中锂工品牌。\n另一段"),
        ([(0, 5), (3, 14)], "打造川中锂工品牌。另一段"),
    ],
)
def test_no_line_end_inside_a_known_sentence_ends_a_paragraph(whole: list[tuple[int, int]], shown: str) -> None:
    assert lay_out("打造川\n中锂工品牌。\n另一段", whole=whole).text == shown


def test_print_that_is_spaced_out_in_part() -> None:
    assert lay_out("吕 梁 山 护 工走出").text == "吕梁山护工走出"
    assert lay_out("邱超奕 张 文 段宇濠").text == "邱超奕 张文 段宇濠"


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([(0, 4), (3, 9)], "第一段。\n第二段。"),
        ([(0, 4), (5, 9)], "第一段。\n第二段。"),
        ([(0, 9), (2, 4)], "第一段。\n第二段。"),
        ([(-5, 4), (5, 99)], "第一段。\n第二段。"),
        ([(0, 2), (5, 9)], "第一\n第二段。"),
        ([(5, 9), (0, 4)], "第二段。\n第一段。"),
    ],
)
def test_spans_that_touch_or_overlap_are_read_once(spans: list[tuple[int, int]], shown: str) -> None:
    assert lay_out("第一段。\n第二段。", spans).text == shown
