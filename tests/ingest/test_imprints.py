"""The line beside a web headline is told from headlines, rows and sentences, and read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.imprints import Imprint, crumbs_end, imprint_in, is_archive, is_crumbs, is_tools, title_end
from tests.pace import keeps_pace

DAY = date(2021, 3, 9)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("2021-03-09 08:15:40 来源：青山日报 作者：王某", "青山日报"),
        ("http://www.paper.example 2021年03月09日10:31 青山晚报", "青山晚报"),
        ("（2021-3-9 9:41:12）来源：青山晨报 打印本页", "青山晨报"),
        ("日期：2021-03-09来源：青山日报", "青山日报"),
        ("发布时间：2021-03-09|阅读量：|字号：A+ A- A", ""),
        ("2021-03-09 发布机构：（略）　　浏览次数：（略）", ""),
        ("· 点击：22404 评论：2 2021/03/09 00:15", ""),
        ("09.03.2021 12:10", ""),
        ("2021-03-09 来源：热度：11747", ""),
        ("2021-03-09 16:06:32 作者：（略） 来源：分享到：", ""),
        ("2021年03月09日18:58|来源：青山网-临水频道 小字号", "青山网-临水频道"),
        ("来源：青山日报 发布日期：2021-03-09 17:53:50 查看次数：", "青山日报"),
        ("《青山工人报》（2021年3月9日二版）", "青山工人报"),
        ("时间：2021-03-09 来源：青山县妇联 编辑：李某 浏览：1024次", "青山县妇联"),
        ("发布：2021-03-09 13:14|编辑：王某|来源：临水信息|查看：253次", "临水信息"),
        ("青山发布 2021-03-09", "青山发布"),
        ("2021-03-09 稿源：青山网 责任编辑：李某 【字体：大 中 小】", "青山网"),
    ],
)
def test_date_and_source_of_an_imprint(line: str, source: str) -> None:
    assert imprint_in(line) == Imprint(DAY, source)


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("发布时间：03-09", "03-09"),
        ("2099-01-01 来源：青山网", "2099-01-01"),
        ("日期：2021-02-30", "2021-02-30"),
        ("时间：昨天", "昨天"),
        ("来源：青山网 发布留言", ""),
    ],
)
def test_a_date_that_cannot_be_read_is_told(line: str, unread: str) -> None:
    found = imprint_in(line)
    assert found is not None
    assert (found.published_on, found.unread) == (None, unread)


@pytest.mark.parametrize(
    "line", ["（来源：青山日报）", "来源：青山日报", "稿源：青山日报 编辑：王某", "【青山日报】 字号：大 中 小"]
)
def test_an_imprint_may_have_no_date(line: str) -> None:
    assert imprint_in(line) == Imprint(None, "青山日报")


@pytest.mark.parametrize(
    "line",
    [
        "青山县：云岭绣娘、云岭茶师",
        "从业人数：3000人",
        "2021年3月9日，大会在青山开幕",
        "青山绣娘走进省城",
        "记者 王某",
        "时间：2021年3月9日 地点：青山县政府礼堂一楼会议大厅",
        "2021-03-09,131|2021-03-08,130|2021-03-07,129|",
        "一、工作目标",
        "“青山绣娘”2021年3月9日亮相",
    ],
)
def test_other_lines_are_no_imprints(line: str) -> None:
    assert imprint_in(line) is None


@pytest.mark.parametrize(
    "glued",
    [
        " 2021-03-09 08:15:40 来源：青山网",
        "2021-03-09",
        "（2021-03-09）",
        " 来源：青山县商务之窗",
        "2021年03月09日09:25",
        " 2021年3月9日 点击：300",
        "|发布时间：2021-03-09",
    ],
)
def test_an_imprint_is_cut_off_a_headline(glued: str) -> None:
    title = "“青山绣娘”2.4万人走进省城"
    assert title_end(title + glued) == len(title)


@pytest.mark.parametrize("line", ["“青山绣娘”走进省城", "大会开幕2021年3月9日", "青山：2021-2025年培训计划"])
def test_a_headline_without_imprint_is_whole(line: str) -> None:
    assert title_end(line) == len(line)


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 新闻 > 正文",
        "您当前的位置：首页 > 要闻",
        "青山网>>临水频道",
        "当前位置在：首页 > 青山绣娘",
        "首页 - 新闻 - 正文",
        "青山 » 文艺",
        "信息中心 → 劳务动态",
        "> 综合 > 综合",
    ],
)
def test_crumbs(line: str) -> None:
    assert is_crumbs(line)


@pytest.mark.parametrize(
    "line", ["增长>5%", "培训→就业→增收", "> 一句引用的话", "青山绣娘走进省城", "位置优越的青山县"]
)
def test_no_crumbs(line: str) -> None:
    assert not is_crumbs(line)


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("首页 > 新闻 > 青山绣娘走进省城", "青山绣娘走进省城"),
        ("首页 » 要闻 青山绣娘走进省城", "青山绣娘走进省城"),
        ("当前位置：青山网", "青山网"),
    ],
)
def test_the_last_step_of_a_path(line: str, last: str) -> None:
    assert line[crumbs_end(line) :] == last


@pytest.mark.parametrize(
    "line", ["分享至", "上一篇 下一篇", "放大 缩小 默认", "关注青山网 微博 QQ空间", "【打印】【关闭】"]
)
def test_buttons(line: str) -> None:
    assert is_tools(line)


@pytest.mark.parametrize(
    "line", ["", "人", "关注青山绣娘", "分享青山绣娘的故事", "培训 就业 分享", "关注就业 关注培训"]
)
def test_no_buttons(line: str) -> None:
    assert not is_tools(line)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("来源丨青山日报", Imprint(None, "青山日报")),
        ("来源 | 青山日报", Imprint(None, "青山日报")),
        ("编辑|王某", Imprint()),
        ("发布时间：20210309", Imprint(date(2021, 3, 9))),
        ("发布时间：20211309", Imprint(unread="20211309")),
        ("来源：青山网 2021年3月9日 08:15", Imprint(date(2021, 3, 9), "青山网")),
        ("来源：《青山日报》（2021年3月9日03版）", Imprint(date(2021, 3, 9), "青山日报")),
        ("（原载《青山日报》2021年3月9日第3版）", Imprint(date(2021, 3, 9), "青山日报")),
        ("2021年3月9日 08:15 江西", Imprint(date(2021, 3, 9))),
        ("2021-03-09 王某", Imprint(date(2021, 3, 9))),
        ("发布日期：2021-03-09 青山巾帼家政", Imprint(date(2021, 3, 9))),
        ("〖2021-3-9 0:27:00时〗 本网提供", Imprint(date(2021, 3, 9))),
    ],
)
def test_what_more_forms_say(line: str, said: Imprint) -> None:
    assert imprint_in(line) == said


@pytest.mark.parametrize("line", ["评论|青山绣娘走进省城", "品牌|来源|日期", "发布日期：2021-03-09 青山绣娘走进省城来"])
def test_lines_like_these_are_none(line: str) -> None:
    assert imprint_in(line) is None


def test_dates_of_an_archive() -> None:
    assert is_archive("2021-03-09,131|2021-03-08,130|2021-03-07,129|")
    assert not is_archive("2021-03-09")


@given(st.text(alphabet="来源：时间发布 2021-0309年月日|（）【】：青山网>位置首页", max_size=200))
def test_any_line_is_an_imprint_or_none(line: str) -> None:
    found = imprint_in(line)
    assert found is None or not (found.published_on and found.unread)
    assert 0 <= title_end(line) <= len(line)


@pytest.mark.parametrize(
    "unit",
    ["来源：", "2021-03-09 ", "时间", "来", "首页 > ", "2021-0", "（", "字号：大 ", "大中小", "信息 → ", "来源丨"],
)
def test_many_lines_take_their_number_of_times_as_long(unit: str) -> None:
    def read(lines: int) -> None:
        for _ in range(lines):
            line = unit * (150 // len(unit))
            imprint_in(line), title_end(line), is_crumbs(line), is_archive(line), is_tools(line), crumbs_end(line)

    assert keeps_pace(lambda: read(100), lambda: read(200), times=2.8, slack=0.05)
