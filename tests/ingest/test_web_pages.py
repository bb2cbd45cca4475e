"""Pages as people paste them from the web: the title is the headline, the text the article's, date and source told."""

from datetime import date

import pytest

from ingest.read import read
from tests.ingest.pages import BRIDGE, EMBROIDERY, LIBRARY, articles, holds, laid

DAY = date(2021, 3, 9)
TITLE = "青山绣娘绣出好日子"
TEXT = EMBROIDERY.paragraphs


@pytest.mark.parametrize(
    "above",
    [
        (),
        ("首页 > 新闻 > 正文",),
        ("您当前的位置：首页 > 要闻",),
        ("青山网 > 县域",),
        ("首页　头条　财经　娱乐",),
        ("• 学前教育　• 小学学习　• 初中学习", "当前位置：青山网 > 正文"),
        ("333新闻",),
        ("新闻动态",),
        ("愿景：天下美食", "行业资讯"),
        ("通知公告", "外省资讯"),
        ("某省日报 2021年3月9日 星期二",),
        ("陕人社发〔2021〕13号",),
        ("今日快评",),
        ("【青山网】 字号：大 中 小",),
    ],
)
@pytest.mark.parametrize(
    "below",
    [
        (),
        ("2021-03-09　来源：青山日报",),
        ("（2021-03-09）",),
        ("2021-03-09 14:39:18", "青山日报", "分享："),
        ("极目新闻记者 ××　通讯员 ×××",),
        ("——青山县劳务品牌调查",),
    ],
)
def test_the_title_is_the_headline_alone(above: tuple[str, ...], below: tuple[str, ...]) -> None:
    for gap in ("\n", "\n\n"):
        (found,) = articles(laid(*above, TITLE, *below, *TEXT, gap=gap))
        assert found.title == TITLE
        assert all(holds(found, paragraph) for paragraph in TEXT)


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        (TITLE + " 2021-03-09 08:15 来源：青山日报", TITLE),
        (TITLE + "-青山网", TITLE),
        (TITLE + "_临水频道_青山网", TITLE),
        ("• " + TITLE, TITLE),
        ("原标题：" + TITLE, TITLE),
        ("（原标题：" + TITLE + "）", TITLE),
        (TITLE + "\n原标题：老手艺新出路", TITLE),
        (TITLE + "[阅读全文]", TITLE),
        ("县委书记调研就业时强调\n让更多人端稳手艺饭碗", "让更多人端稳手艺饭碗"),
        ("织密服务网 暖心促就业\n浙江省云和县绣娘绣出好日子", "浙江省云和县绣娘绣出好日子"),
        ("湖北绣娘绣出好日子来\n一针一线有讲究", "湖北绣娘绣出好日子来"),
        ("让更多人端稳\n手艺饭碗", "让更多人端稳 手艺饭碗"),
        ("评论｜" + TITLE, "评论|" + TITLE),
        (TITLE + "\nA stitch in time", TITLE),
        (TITLE + "\n2021-03-09\n绣娘的日子过得怎么样？", TITLE),
    ],
)
def test_what_stands_around_a_headline_is_no_part_of_it(printed: str, title: str) -> None:
    assert [found.title for found in articles(laid(printed, *TEXT))] == [title]


@pytest.mark.parametrize(
    "opening",
    [
        "近日，",
        "3月7日，",
        "本报讯（记者 王某）3月7日，",
        "本报讯（记者 王某）近日，",
        "新华社郑州3月7日电（记者 王某）",
        "（上接第一版）",
        "青山，",
    ],
)
def test_a_text_without_headline_goes_by_what_it_says(opening: str) -> None:
    (found,) = articles(f"{opening}平舆防水劳务品牌推介会举行，来了三千人。会上签下一批订单。")
    assert found.title in ("平舆防水劳务品牌推介会举行", "青山，平舆防水劳务品牌推介会举行")


@pytest.mark.parametrize(
    "below",
    [
        ("上一篇：没有了　下一篇：大桥通车",),
        ("版权与免责声明：1、凡本网注明来源的作品，版权均属本网所有；2、其他作品……",),
        ("0相关评论",),
        ("留言与评论（共有 0 条评论）",),
        ("【打印本页】 【关闭窗口】",),
        ("扫一扫在手机打开当前页",),
        ("分享到：微信 微博",),
        ("Copyright © 2021 青山网 版权所有",),
        ("主办：青山县人民政府 京ICP备2021000000号",),
        ("责任编辑：王某",),
        ("推荐阅读　关于我们　广告服务　网站地图",),
        ("[阅读全文]",),
        ("本文已影响 人",),
        ("相关新闻", "大桥通车在即", "图书馆周末讲故事"),
        ("大桥通车在即车辆绕行 2021-03-08", "图书馆周末讲故事忙 2021-03-07"),
        ("2021-03-08,131| 2021-03-07,130|",),
        ("（来源：青山日报）",),
        ("你知道你的浏览器过时了吗？",),
    ],
)
def test_the_foot_of_a_page_is_no_text_and_no_title(below: tuple[str, ...]) -> None:
    (found,) = articles(laid(TITLE, "2021-03-09 来源：青山日报", *TEXT, *below))
    assert (found.title, found.published_on, found.publisher) == (TITLE, DAY, "青山日报")
    assert found.text.text.endswith(TEXT[-1])


def test_a_torn_last_line_is_text_and_no_title() -> None:
    (found,) = articles(laid(TITLE, *TEXT, "订单从省城来，绣娘"))
    assert found.title == TITLE


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_several_articles_have_each_their_own_imprint(gap: str) -> None:
    stories = (EMBROIDERY, BRIDGE, LIBRARY)
    lines = [
        line
        for n, story in enumerate(stories, 1)
        for line in (story.title, f"2021-03-0{n} 来源：第{n}日报", *story.paragraphs)
    ]
    found = articles(laid(*lines, gap=gap))
    assert [one.title for one in found] == [story.title for story in stories]
    assert [one.published_on for one in found] == [date(2021, 3, n) for n in (1, 2, 3)]
    assert [one.publisher for one in found] == ["第1日报", "第2日报", "第3日报"]


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        (("2021-03-09 来源：青山网", "新华社郑州3月9日电（记者 王某）" + TEXT[0]), "新华社"),
        (("2021-03-09 来源：青山网", "本报讯 " + TEXT[0]), "青山网"),
        (("据青山日报报道，" + TEXT[0],), "青山日报"),
        (("据《青山日报》报道，" + TEXT[0],), "青山日报"),
        (("《青山工人报》（2021年3月9日二版）", TEXT[0]), "青山工人报"),
    ],
)
def test_of_a_reprint_the_source_is_told(lines: tuple[str, ...], publisher: str) -> None:
    assert [found.publisher for found in articles(laid(TITLE, *lines, *TEXT[1:]))] == [publisher]


def test_the_head_of_the_page_names_the_paper() -> None:
    (found,) = articles(laid("青山日报 2021年3月9日 星期二", TITLE, *TEXT))
    assert (found.publisher, found.published_on) == ("青山日报", DAY)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("本报青山2021年3月9日电 " + TEXT[0],), DAY),
        (("（2021-03-09）" + TEXT[0],), DAY),
        (("新华社郑州3月9日电 2021全省劳务品牌大会开幕。" + TEXT[0],), DAY),
        (("发布时间：2021-03-09", "新华社郑州3月7日电 2008年奥运会时她们就出了名。" + TEXT[0]), DAY),
        (("二〇二一年三月九日",), DAY),
        (("2021年3月9日，大会开幕。" + TEXT[0],), None),
        (("1992年 2.1亿元",), None),
    ],
)
def test_the_date_of_issue_is_that_of_the_report_and_not_of_an_event(lines: tuple[str, ...], day: date | None) -> None:
    assert articles(laid(TITLE, *lines, *TEXT[1:]))[0].published_on == day


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("发布时间：03-09", "03-09"),
        ("2099-01-01 来源：青山网", "2099-01-01"),
        ("新华社郑州3月9日电 大会开幕。", "新华社郑州3月9日电"),
        ("2021-03-09 来源：青山网", ""),
        (TEXT[0], ""),
    ],
)
def test_a_date_that_cannot_be_read_is_told_and_not_guessed(line: str, unread: str) -> None:
    (found,) = articles(laid(TITLE, line, *TEXT[1:]))
    assert found.unread_date == unread
    assert not (unread and found.published_on)


def test_a_date_of_the_front_matter_that_is_none_is_told() -> None:
    told = read("page.txt", f"---\npublished_on: 去年三月\n---\n{laid(TITLE, *TEXT)}".encode())
    assert (told.front.published_on, told.front.unread) == (None, (("published_on", "去年三月"),))
