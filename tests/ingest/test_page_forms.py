"""Whole pages of the forms in which they are pasted: accounts of apps, portals, forums, offices, printed papers."""

from datetime import date

import pytest

from tests.ingest.pages import BRIDGE, EMBROIDERY, articles, holds, laid

DAY = date(2022, 6, 18)
TITLE = "河湾瓦匠砌出好前程"
TEXT = EMBROIDERY.paragraphs

# Above the text and below it, then the source: the title is TITLE, the date DAY.
Form = tuple[tuple[str, ...], tuple[str, ...], str]

FORMS: dict[str, Form] = {
    "account": (
        ("点击上方蓝字关注我们", TITLE, "原创 河湾人社 河湾人社", "2022年06月18日 08:15 江西"),
        ("END", "来源：河湾日报", "阅读 1024 赞 12 在看 3", "喜欢此内容的人还喜欢", "大桥通车在即车辆绕行"),
        "河湾日报",
    ),
    "account that names its parts with bars": (
        (TITLE, "来源丨河湾日报", "作者丨王某", "2022-06-18"),
        (),
        "河湾日报",
    ),
    "app": ((TITLE, "2022-06-18 08:15·河湾融媒"), ("举报/反馈", "12评论 3天前"), "河湾融媒"),
    "app with buttons": (
        (TITLE, "河湾日报 2022-06-18 08:15 发布于江西", "0", "分享至", "用微信扫码二维码", "分享至好友和朋友圈"),
        ("返回搜狐，查看更多", "平台声明：该文观点仅代表作者本人"),
        "河湾日报",
    ),
    "forum": (
        ("河湾论坛 » 城事杂谈 » " + TITLE, TITLE, "楼主 发表于 2022-6-18 08:15", "只看该作者 倒序浏览 阅读模式"),
        (),
        "",
    ),
    "forum with counters": (
        ("查看：24|回复：3", "[城事] " + TITLE + " [复制链接]", "泥刀 发表于 2022-6-18 08:15 | 显示全部楼层"),
        (),
        "",
    ),
    "printed page": (
        ("第3版 要闻", "河湾日报", "2022年6月18日 星期六 责任编辑：王某", TITLE, "本报记者 王某"),
        (),
        "河湾日报",
    ),
    "head of a printed page in one line": (
        ("河湾日报 HEWAN DAILY 2022年6月18日 星期六 农历五月二十 第12345期 今日8版", TITLE),
        (),
        "河湾日报",
    ),
    "paper on the web": (
        ("第A02版：要闻", "上一版 下一版", "2022年06月18日 星期六", "返回首页 版面导航", "放大 缩小 默认", TITLE),
        ("版权所有 河湾日报社",),
        "",
    ),
    "paper named below the text": ((TITLE,), ("（原载《河湾日报》2022年6月18日第3版）",), "河湾日报"),
    "paper named as source below the text": ((TITLE,), ("来源：《河湾日报》（2022年6月18日 03版）",), "河湾日报"),
    "portal": (
        ("新华网 > 江西 > 正文", "2022 06/18 08:15:00", "来源：河湾网", TITLE, "字体：小 中 大 分享到："),
        ("【纠错】 【责任编辑:王某】",),
        "河湾网",
    ),
    "old portal": (
        ("信息中心 → 劳务动态", TITLE, "〖2022-6-18 0:27:00时〗 本网提供", "【字体：大 中 小】【发表评论】"),
        ("【查看评论】【打印此文】【关闭窗口】",),
        "",
    ),
    "site with a menu in a line": (("国内 | 国际 | 社会 | 军事", TITLE, "2022-06-18 来源：河湾网"), (), "河湾网"),
    "site with a menu in words": (("新闻 政务 服务 互动", TITLE, "2022-06-18 来源：河湾网"), (), "河湾网"),
    "site with a menu in lines": (
        ("网站首页", "走进河湾", "政务公开", "办事服务", TITLE, "2022-06-18 来源：河湾网"),
        (),
        "河湾网",
    ),
    "site with a list of towns": (("南昌市九江市上饶市抚州市宜春市吉安市", TITLE, "2022-06-18"), (), ""),
    "site with a search": (("搜索", TITLE, "2022-06-18 来源：河湾网", "评论 图集"), (), "河湾网"),
    "path that ends in the headline": (
        ("当前位置：首页 > 新闻中心 > 县域 > " + TITLE, "发布时间：2022-06-18 来源：河湾网"),
        (),
        "河湾网",
    ),
    "path glued to headline and imprint": (("首页 > 要闻 " + TITLE + " 2022-06-18 来源：河湾网",), (), "河湾网"),
    "headline above the path": ((TITLE + "-河湾网", "返回首页", ">>资讯展播>>正文", "2022-06-18"), (), ""),
    "mirror of papers": (
        (TITLE, "来源：经济 | 被引量：0次 | 上传用户：王某", "下载到本地，更方便阅读", "2022-06-18"),
        (),
        "经济",
    ),
    "title of the window": ((TITLE + " - 河湾县人民政府门户网站", TITLE, "2022-06-18 来源：河湾网"), (), "河湾网"),
    "headline that stands twice": ((TITLE, TITLE, "2022-06-18 来源：河湾网"), (), "河湾网"),
    "date of digits alone": ((TITLE, "发布时间：20220618"), (), ""),
    "owner of the site behind the date": ((TITLE, "发布日期：2022年06月18日 河湾巾帼家政"), (), ""),
    "picture below the imprint": (
        (TITLE, "2022-06-18 10:14", "来源：河湾网", "瓦匠在工地上砌墙", "瓦匠在工地上砌墙"),
        (),
        "河湾网",
    ),
    "talk with its own lines": ((TITLE, "王某某", "2022-06-18 06:42:20"), (), ""),
    "film": (("00:00 / 03:21", "倍速", "高清", TITLE, "2022-06-18 08:15 河湾广播电视台"), (), "河湾广播电视台"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_title_date_source_and_text_are_told(form: str, gap: str) -> None:
    above, below, source = FORMS[form]
    (found,) = articles(laid(*above, *TEXT, *below, gap=gap))
    assert (found.title, found.published_on, found.publisher) == (TITLE, DAY, source)
    assert all(holds(found, paragraph) for paragraph in TEXT)
    assert not any(word in found.text.text for word in ("关注", "举报", "编辑", "导航", "评论", "下载", "赞"))


@pytest.mark.parametrize(
    "names", ["记者 王某 通讯员 李某", "河湾日报记者 王某", "新河湾·河湾日报记者 赵 通讯员 崔", "通讯员 ×××"]
)
def test_authors_behind_a_headline_are_cut_off(names: str) -> None:
    for glue in (" ", "\n"):
        assert [found.title for found in articles(laid(TITLE + glue + names, *TEXT))] == [TITLE]


@pytest.mark.parametrize("title", ["瓦匠砌出好前程来 记者走进河湾", "河湾大桥今日通车 记者节里说记者"])
def test_a_headline_may_speak_of_journalists(title: str) -> None:
    assert [found.title for found in articles(laid(title, *TEXT))] == [title]


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Original 王某 河湾日报 2022-06-18 08:15", "河湾日报"),
        ("河湾县人社局   2022年6月18日", "河湾县人社局"),
        ("王某 2022-06-18", ""),
    ],
)
def test_names_beside_a_date(line: str, source: str) -> None:
    (found,) = articles(laid(TITLE, line, *TEXT))
    assert (found.title, found.published_on, found.publisher) == (TITLE, DAY, source)


NOTICE = "关于公布河湾县劳务品牌名单的通知"
OFFICES = ("河湾县人力资源和社会保障局", "河湾县财政局", "河湾县农业农村局")


@pytest.mark.parametrize(
    "above",
    [
        (),
        ("河湾县人力资源和社会保障局文件", "河人社发〔2022〕13号"),
        OFFICES,
        (" ".join(OFFICES[:2]), OFFICES[2]),
        ("索引号：113300/2022-00012 发文机关：河湾县人社局 成文日期：2022-06-18",),
        ("索 引 号：11330/2022-12", "发文日期：2022年06月18日", "文 号：河人社发〔2022〕13号"),
        ("名 称：" + NOTICE,),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_title_of_a_letter_has_no_offices_and_its_end_a_date(above: tuple[str, ...], gap: str) -> None:
    end = ("附件：河湾县劳务品牌名单", *OFFICES, "2022年6月18日")
    lines = (*above, NOTICE, "各乡镇人民政府、县直各部门：", *TEXT, *end)
    (found,) = articles(laid(*lines, gap=gap))
    assert (found.title, found.published_on) == (NOTICE, DAY)
    assert OFFICES[0] in found.text.text  # what says who issued it is text


def test_a_title_that_a_form_labels() -> None:
    line = f"标题：{NOTICE} 发文字号：河人社发〔2022〕13号 有效性：有效"
    assert [found.title for found in articles(laid(line, "各乡镇人民政府：", *TEXT))] == [NOTICE]


def test_a_long_title_that_names_its_offices_is_whole() -> None:
    title = "".join(OFFICES) + "河湾县工商业联合会关于印发河湾县劳务品牌培育三年行动方案的通知"
    assert [found.title for found in articles(laid(title, "河人社发〔2022〕13号", *TEXT))] == [title]


def test_a_plan_that_is_attached_to_a_letter_gives_the_title() -> None:
    letter = ("各乡镇人民政府：", TEXT[0], " ".join(OFFICES[:2]), "（其余单位略）", OFFICES[2], "2022年6月18日")
    (found,) = articles(laid(*letter, "河湾县劳务品牌建设方案", *TEXT[1:]))
    assert (found.title, found.published_on) == ("河湾县劳务品牌建设方案", DAY)


ROWS = ("序号 品牌名称 申报单位 所在乡镇", "1 青山绣娘 青山县绣品协会 临水镇", "2 青山茶师 青山县茶叶协会 云上乡")


@pytest.mark.parametrize(
    "above", [("附件1：", "河湾县劳务品牌名单"), ("附件2", "河湾县劳务品牌名单"), ("附件：河湾县劳务品牌名单",)]
)
def test_an_annex_goes_by_its_own_title(above: tuple[str, ...]) -> None:
    (found,) = articles(laid(*above, *ROWS))
    assert found.title == "河湾县劳务品牌名单"
    assert all(row in found.text.text for row in ROWS)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_rows_parted_by_bars_are_a_table(gap: str) -> None:
    rows = ("品牌|地区|人数", "青山绣娘|临水镇|1200人", "云岭茶师|云上乡|800人")
    (found,) = articles(laid("河湾县劳务品牌一览表", *rows, gap=gap))
    assert found.text.text.split("\n") == ["河湾县劳务品牌一览表", *rows]


def test_rows_that_begin_with_a_year_are_a_list() -> None:
    rows = ("2019年 首批省级劳务品牌", "2020年、2021年 省级著名劳务品牌", "2022年3月 市级劳务品牌")
    (found,) = articles(laid(TITLE, *TEXT, "一路拿的牌子", *rows))
    assert all(row in found.text.text for row in rows)


@pytest.mark.parametrize(
    "title",
    [
        "培训 就业 增收 致富",
        "建基地 抓培训 强服务",
        "省领导调研河湾县绣品协会",
        "河湾县瓦匠走进省总工会",
        "【走出去】瓦匠的路",
        "河湾时评|" + TITLE,
        "“一个月四千块，你去不去？”",
    ],
)
def test_a_headline_that_looks_like_something_else_is_one(title: str) -> None:
    assert [found.title for found in articles(laid(title, "2022-06-18 来源：河湾网", *TEXT))] == [title]


@pytest.mark.parametrize(
    "end", ["陈", "青山绣娘|云岭茶师|河湾瓦匠", "“绣", "（图：县绣品厂的直播间。河湾网记者 张某 摄）"]
)
def test_what_ends_a_page_is_no_title(end: str) -> None:
    assert [found.title for found in articles(laid(*TEXT, end))] == ["青山县的绣坊里，银针起落"]
    assert [found.title for found in articles(laid(TITLE, *TEXT, end))] == [TITLE]


@pytest.mark.parametrize(
    "between",
    [
        "“一个月四千块，你去不去？”",
        "（图：县绣品厂的直播间。河湾网记者 张某 摄）",
        "〔图二〕绣楼上的绣娘。通讯员 赵 摄／视觉河湾",
        "文章插图",
    ],
)
def test_what_stands_between_paragraphs_begins_no_article(between: str) -> None:
    (found,) = articles(laid(TITLE, *TEXT[:1], between, *TEXT[1:]))
    assert found.title == TITLE
    assert all(holds(found, paragraph) for paragraph in TEXT)


def test_lines_that_lead_up_to_a_headline_are_no_part_of_the_title() -> None:
    leads = ("清早，她把绷架搬到门口；", "晌午，订单从省城打来；", "傍晚，孩子放学回家了……")
    (found,) = articles(laid(*leads, TITLE, *TEXT))
    assert found.title == TITLE
    assert all(line in found.text.text for line in leads)


def test_the_only_date_below_all_texts_is_that_of_each() -> None:
    found = articles(laid(TITLE, *TEXT, BRIDGE.title, *BRIDGE.paragraphs, "（2022年6月18日）"))
    assert [(one.title, one.published_on) for one in found] == [(TITLE, DAY), (BRIDGE.title, DAY)]


def test_a_date_below_all_texts_is_that_of_the_last_where_another_has_its_own() -> None:
    lines = (TITLE, "2022-06-17", *TEXT, BRIDGE.title, *BRIDGE.paragraphs, "（2022年6月18日）")
    assert [one.published_on for one in articles(laid(*lines))] == [date(2022, 6, 17), DAY]


@pytest.mark.parametrize("said", ["2007年起她们就出门干活。", "2000年，县里修了路。", "从2009年说起。"])
def test_a_year_of_the_past_is_not_that_of_the_dateline(said: str) -> None:
    (found,) = articles(laid(TITLE, "中新网河湾6月18日电 " + TEXT[0] + said, *TEXT[1:]))
    assert (found.published_on, found.unread_date) == (None, "中新网河湾6月18日电")
