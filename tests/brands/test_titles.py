"""The names of programs taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brands.vocabulary.names import name_key
from brands.vocabulary.titles import EDITIONS, YEARS, TitleParts, names_its_reach, title_parts


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("第三届全国编匠大会", TitleParts("全国编匠大会", 3)),
        ("首届“竹乡师傅”厨艺大赛", TitleParts("竹乡师傅厨艺大赛", 1)),
        ("2024全国编匠大会", TitleParts("全国编匠大会", None, 2024)),
        ("2024年度全国编匠大会", TitleParts("全国编匠大会", None, 2024)),
        ("清河县2020年第十二届羊绒节", TitleParts("清河县羊绒节", 12, 2020)),
        ("第二十八届海峡美食嘉年华", TitleParts("海峡美食嘉年华", 28)),
        ("第一百零三届厨师节", TitleParts("厨师节", 103)),
        ("第3期全区月嫂研修班", TitleParts("全区月嫂研修班", 3)),
        ("清河县编匠培育三年行动计划（2021—2023年）", TitleParts("清河县编匠培育三年行动计划", None, 2021)),
        ("清河县编匠培育三年行动计划（2024—2026年）", TitleParts("清河县编匠培育三年行动计划", None, 2024)),
        ("第三届大会", TitleParts("第三届大会", 3)),  # nothing would be left
        ("第〇届羊绒节", TitleParts("羊绒节")),
        ("第300届羊绒节", TitleParts("羊绒节")),
    ],
)
def test_edition_and_year_come_out_of_a_name(name: str, parts: TitleParts) -> None:
    assert title_parts(name) == parts


@pytest.mark.parametrize(
    "name",
    [
        "关于竹编品牌建设的实施意见",
        "竹编品牌建设实施意见",
        "《关于竹编品牌建设的实施意见》",
        "关于竹编品牌建设的实施意见（试行）",
        "省人社厅等12部门关于竹编品牌建设的实施意见",
        "清河县人民政府办公室关于印发《关于竹编品牌建设的实施意见》的通知",
        "关于转发竹编品牌建设实施意见的通知",
    ],
)
def test_a_policy_is_one_under_all_its_names(name: str) -> None:
    assert title_parts(name).series == "竹编品牌建设实施意见"


def test_a_project_is_one_with_and_without_its_kind() -> None:
    assert title_parts("“竹乡师傅”工程").series == title_parts("竹乡师傅").series == "竹乡师傅"


def test_a_notice_of_its_own_keeps_its_name() -> None:
    assert title_parts("关于开展竹匠评选的通知").series == "开展竹匠评选通知"


@pytest.mark.parametrize("series", ["全国编匠大会", "清河县羊绒节", "中国编匠大会", "长三角竹编大赛"])
def test_a_name_may_say_where_it_holds(series: str) -> None:
    assert names_its_reach(series)


@pytest.mark.parametrize("series", ["竹编品牌建设实施意见", "竹乡师傅厨艺大赛", "职业技能大赛"])
def test_or_be_that_of_any_place(series: str) -> None:
    assert not names_its_reach(series)


@given(st.text(alphabet="第首届期年度二十百三0123全国大会关于印发的通知意见（）《》—县 a", max_size=40))
def test_any_name_has_parts(name: str) -> None:
    parts = title_parts(name)
    assert parts.series or not name_key(name)
    assert parts.edition is None or parts.edition in EDITIONS
    assert parts.year is None or parts.year in YEARS
