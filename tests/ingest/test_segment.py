"""Every article of a page, with its title and its paragraphs and none of its neighbours'."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clean import clean
from ingest.read import read
from ingest.records import ExtractedArticle, FrontMatter, RawPage
from ingest.segment import segment
from ingest.text import Span
from tests.ingest.pages import (
    BRIDGE,
    EMBROIDERY,
    LIBRARY,
    OTHERS,
    Story,
    articles,
    holds,
    laid,
    wrapped,
)
from tests.pace import keeps_pace


def assert_told(found: tuple[ExtractedArticle, ...], *stories: Story) -> None:
    """The stories are there, in that order, each with its title, all its paragraphs and no other's."""
    assert [article.title for article in found] == [story.title for story in stories]
    for article, story in zip(found, stories, strict=True):
        assert [text for each in stories for text in each.paragraphs if holds(article, text)] == list(story.paragraphs)
        assert article.text.text[: article.body_start].strip().replace("\n", " ") == story.title


@pytest.mark.parametrize("stories", list(permutations((EMBROIDERY, BRIDGE, LIBRARY))))
def test_articles_one_after_another(stories: tuple[Story, ...]) -> None:
    found = articles(laid(*(line for story in stories for line in (story.title, *story.paragraphs))))
    assert_told(found, *stories)
    assert [article.order for article in found] == [0, 1, 2]


@pytest.mark.parametrize("other", OTHERS)
def test_a_title_below_its_text(other: Story) -> None:
    text = laid(EMBROIDERY.title, *EMBROIDERY.paragraphs, *other.paragraphs, other.title)
    assert_told(articles(text), EMBROIDERY, other)


@pytest.mark.parametrize("other", OTHERS)
def test_a_title_below_its_text_and_above_the_next_article(other: Story) -> None:
    text = laid(*other.paragraphs, other.title, EMBROIDERY.title, *EMBROIDERY.paragraphs)
    assert_told(articles(text), other, EMBROIDERY)


@pytest.mark.parametrize(("other", "which"), [(BRIDGE, 1), (BRIDGE, 2), (LIBRARY, 1), (LIBRARY, 2)])
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_paragraph_of_another_article_pushed_in(other: Story, which: int, place: int) -> None:
    mine, theirs = list(EMBROIDERY.paragraphs), list(other.paragraphs)
    mine.insert(place, theirs.pop(which))
    found = articles(laid(EMBROIDERY.title, *mine, other.title, *theirs))
    assert_told(found, EMBROIDERY, other)


def test_a_column_of_another_article_pushed_into_a_sentence() -> None:
    first, second, *rest = EMBROIDERY.paragraphs
    cut = second.index("绣花样")
    text = laid(EMBROIDERY.title, first, second[:cut], BRIDGE.title, *BRIDGE.paragraphs, second[cut:], *rest)
    assert_told(articles(text), EMBROIDERY, BRIDGE)


def test_a_whole_article_set_into_a_sentence() -> None:
    one, two, three, four = EMBROIDERY.paragraphs
    at = two.index("接订单")
    lines = (EMBROIDERY.title, one, two[:at], BRIDGE.title, *BRIDGE.paragraphs, two[at:], three, four)
    assert_told(articles(laid(*lines)), EMBROIDERY, BRIDGE)


def test_two_titles_above_two_texts_the_other_way_round() -> None:
    text = laid(
        EMBROIDERY.title,
        BRIDGE.title,
        *BRIDGE.paragraphs,
        "本报讯 " + EMBROIDERY.paragraphs[0],
        *EMBROIDERY.paragraphs[1:],
    )
    found = articles(text)
    assert sorted(article.title for article in found) == sorted([EMBROIDERY.title, BRIDGE.title])
    assert all(holds(a, s.paragraphs[0]) == (a.title == s.title) for a in found for s in (EMBROIDERY, BRIDGE))


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_page_set_character_by_character_in_a_narrow_column(gap: str) -> None:
    lines = []
    for story in (BRIDGE, EMBROIDERY):
        texts = (
            story.paragraphs
            if story is BRIDGE
            else ("本报讯（记者 王某）" + story.paragraphs[0], *story.paragraphs[1:])
        )
        lines += [" ".join(story.title), *(" ".join(line) for text in texts for line in wrapped(text, 21))]
    assert_told(articles(gap.join(lines)), BRIDGE, EMBROIDERY)


def test_an_article_that_goes_on_elsewhere_on_the_page() -> None:
    first, *rest = EMBROIDERY.paragraphs
    text = laid(
        EMBROIDERY.title,
        first,
        "（下转第三版）",
        LIBRARY.title,
        *LIBRARY.paragraphs,
        "（上接第一版）" + rest[0],
        *rest[1:],
    )
    assert_told(articles(text), EMBROIDERY, LIBRARY)


@pytest.mark.parametrize("mark", ["（上接第一版）", "上接A1版 ", "【紧接1版】"])
def test_the_rest_of_an_article_of_another_page_is_left_out(mark: str) -> None:
    rest = (mark + BRIDGE.paragraphs[1], BRIDGE.paragraphs[2], BRIDGE.title)
    assert_told(
        articles(laid(EMBROIDERY.title, *EMBROIDERY.paragraphs, *rest, LIBRARY.title, *LIBRARY.paragraphs)),
        EMBROIDERY,
        LIBRARY,
    )


def test_the_rest_of_an_article_on_labour_brands_is_kept() -> None:
    text = laid(BRIDGE.title, *BRIDGE.paragraphs, "（上接第一版）" + EMBROIDERY.paragraphs[0], EMBROIDERY.paragraphs[1])
    assert [holds(article, EMBROIDERY.paragraphs[1]) for article in articles(text)] == [False, True]


@pytest.mark.parametrize(
    "subheads",
    [
        ("老手艺", "新工坊"),
        ("### 银针起落织锦绣", "### 工坊建到家门口"),
        ("一、一针一线有讲究", "二、工坊建到家门口去"),
        ("青山：银针起落绣云霞", "临水：工坊建到家门口"),
        ("绣娘收入怎么样？", "工坊往哪里建？"),
        ("问：绣娘收入怎么样？", "问：工坊往哪里建？"),
        ("核心阅读", "相关链接"),
        ("□核心阅读", "【相关链接】"),
        ("**针脚里有大文章**", "**工坊里有新天地**"),
        ("从“绣给自己”到“绣给市场”", "从散兵游勇到抱团发展"),
        ("建工坊 针线有去处", "拓市场 绣品有销路"),
    ],
)
@pytest.mark.parametrize("neighbour", [(), (BRIDGE.title, *BRIDGE.paragraphs)])
def test_subheads_begin_no_article(subheads: tuple[str, str], neighbour: tuple[str, ...]) -> None:
    one, two, three, four = EMBROIDERY.paragraphs
    found = articles(laid(EMBROIDERY.title, one, subheads[0], two, subheads[1], three, four, *neighbour))
    assert len(found) == 1 + bool(neighbour)
    assert all(holds(found[0], paragraph) for paragraph in EMBROIDERY.paragraphs)


@pytest.mark.parametrize("heading", ["临水船匠：一把斧头闯江海", "【临水船匠】", "临水船匠 走遍江河湖海的手艺人"])
def test_a_round_up_of_brands_is_one_article(heading: str) -> None:
    lines = ("青山绣娘", EMBROIDERY.paragraphs[0], heading, "造船的人有1.3万，船厂在江边排成一线，一年到头不歇工。")
    found = articles(laid("荆楚劳务品牌扫描", "各地打造劳务品牌，本报今起择要介绍。", *lines))
    assert [article.title for article in found] == ["荆楚劳务品牌扫描"]


@pytest.mark.parametrize(
    ("subheads", "texts"),
    [
        (("打好传承牌", "打好市场牌"), ("老艺人收徒传艺，三年带出四百人。", "展销点设到省城，订单分到各家。")),
        (("从“丢荒”到“满园”", "从“散卖”到“联销”"), ("荒坡上种满果树。", "县里的劳务品牌“云岭绣娘”带动8000人。")),
        (("一根针", "一张网", "一块牌"), ("针是祖上传的。", "网店开了三十家。", "劳务品牌叫“云岭绣娘”。")),
    ],
)
def test_sections_below_a_lead_of_one_sentence_begin_no_article(
    subheads: tuple[str, ...], texts: tuple[str, ...]
) -> None:
    lines = [line for pair in zip(subheads, texts, strict=True) for line in pair]
    found = articles(laid("绣娘绣出好日子", "绣出来的是花，挣回来的是日子。", *lines))
    assert [article.title for article in found] == ["绣娘绣出好日子"]
    assert all(text in found[0].text.text for text in texts)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("# 绣娘绣出好日子", "绣娘绣出好日子"),
        ("小小银针带动八千人就业\n\n# 绣娘绣出好日子", "绣娘绣出好日子"),
        ("小小银针带动八千人就业\n\n绣娘绣出好日子", "小小银针带动八千人就业 绣娘绣出好日子"),
        ("绣娘绣出好日子\n——青山县劳务品牌调查", "绣娘绣出好日子"),
        ("绣 娘 绣 出 好 日 子", "绣娘绣出好日子"),
        ("青山：8000名绣娘在家门口就业", "青山：8000名绣娘在家门口就业"),
    ],
)
@pytest.mark.parametrize(
    "byline", ["", "□ 本报记者 王某 李 某", "本报记者 王某", "王某 李 某", "□记者 王某 通讯员 李某"]
)
def test_titles_of_several_lines_and_bylines(head: str, title: str, byline: str) -> None:
    (article,) = articles(laid(head, *([byline] if byline else []), *EMBROIDERY.paragraphs))
    assert article.title == title
    assert "王某" not in article.text.text


def test_a_table_stays_with_its_article_row_by_row() -> None:
    rows = "\n".join(
        ["序号 品牌名称 所在地", "1 云岭绣娘 青山县", "2 临水焊工 临水县", "3 北坡果农 北坡镇", "4 南湖月嫂 南湖区"]
    )
    text = laid(EMBROIDERY.title, *EMBROIDERY.paragraphs[:3], "2025年市级劳务品牌名单", rows, EMBROIDERY.paragraphs[3])
    (article,) = articles(text)
    assert f"2025年市级劳务品牌名单\n{rows}\n" in article.text.text


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_list_of_names_alone_is_no_row_of_titles(gap: str) -> None:
    names = gap.join(["云岭绣娘", "临水焊工", "北坡果农", "南湖月嫂", "河湾厨师", "青山茶师", "石桥瓦工"])
    (article,) = articles(laid(EMBROIDERY.title, *EMBROIDERY.paragraphs, "上榜劳务品牌名单", names))
    assert article.text.text.endswith("\n".join(names.split()))


def test_a_picture_with_a_headline_is_a_story_and_one_without_is_none() -> None:
    story = "今年，河湾村办起合作社，稻田里养起了小龙虾，村民在田间忙着起笼。本报记者 王某 摄"
    text = laid(
        EMBROIDERY.title,
        EMBROIDERY.paragraphs[0],
        "绣坊一角。李某 摄",
        *EMBROIDERY.paragraphs[1:],
        "稻虾共作 一田双收",
        story,
    )
    found = articles(text)
    assert [article.title for article in found] == [EMBROIDERY.title, "稻虾共作 一田双收"]
    assert found[0].text.text.endswith("绣坊一角。李某 摄")


@pytest.mark.parametrize("day", ["2025年3月7日 星期五", "第4版 经济·民生 2025年3月7日 星期五", "某省日报 2025年3月7日"])
def test_the_furniture_of_the_page_is_no_article(day: str) -> None:
    text = laid(
        day,
        "要闻",
        BRIDGE.title,
        *BRIDGE.paragraphs,
        "本版责编：王某 李某",
        "A3版",
        "━━━━━━━━",
        "广告 某某家具城 三月大促 电话：0717-6666666",
        "新闻热线：12345678",
    )
    (article,) = articles(text)
    assert (article.title, article.published_on) == (BRIDGE.title, date(2025, 3, 7))
    assert not any(word in article.text.text for word in ("责编", "热线", "要闻", "星期"))


@pytest.mark.parametrize(
    ("text", "publisher", "published_on"),
    [
        ("新华社南宁11月19日电（记者 王某）2025年大会开幕。", "新华社", date(2025, 11, 19)),
        ("据新华社长沙3月2日电 2024年全国大会开幕，力争到2030年再上台阶。", "新华社", date(2024, 3, 2)),
        ("新华社南宁11月19日电（记者 王某）大会开幕。", "新华社", None),
        ("新华社南宁2月30日电（记者 王某）2025年大会开幕。", "新华社", None),
        ("本报讯（某省日报全媒体记者 王某）2025年11月19日，大会开幕。", "某省日报", None),
        ("据某省日报消息 11月19日，大会开幕。", "某省日报", None),
        ("本报讯 2025年11月19日，大会开幕。", "", None),
    ],
)
def test_publisher_and_date_are_told_and_never_invented(text: str, publisher: str, published_on: date | None) -> None:
    (article,) = articles(laid("全国劳务品牌大会开幕", text, "会上发布了一批品牌。"))
    assert (article.publisher, article.published_on) == (publisher, published_on)


def test_a_year_may_stand_elsewhere_on_the_page() -> None:
    text = laid(
        "全国大会开幕",
        "大会昨日开幕，各地代表到会。",
        "新华社南宁11月19日电",
        BRIDGE.title,
        BRIDGE.paragraphs[0] + "大桥2025年底前通车，2024年开工。",
    )
    assert [article.published_on for article in articles(text)] == [date(2024, 11, 19), None]


def test_the_front_matter_speaks_of_the_article_with_its_title() -> None:
    head = f"title: {EMBROIDERY.title}\npublisher: 某省日报\npublished_on: 2025-03-07\nurl: https://paper.example/1"
    text = laid(BRIDGE.title, *BRIDGE.paragraphs, EMBROIDERY.title, *EMBROIDERY.paragraphs)
    found = articles(text, head=head)
    assert [article.url for article in found] == ["", "https://paper.example/1"]
    assert {(article.publisher, article.published_on) for article in found} == {("某省日报", date(2025, 3, 7))}


def test_a_title_only_in_the_front_matter() -> None:
    (article,) = articles(laid(*EMBROIDERY.paragraphs), head="title: 绣娘的好日子")
    assert (article.title, article.body_start) == ("绣娘的好日子", 0)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("云岭绣娘", "云岭绣娘"),
        ("（上接第一版）大桥通车。", "大桥通车"),
        ("绣坊一角。王某 摄", "绣坊一角"),
        ("# 题\n\n# 目", "题"),
    ],
)
def test_a_page_with_next_to_nothing_is_an_article_for_all_that(text: str, title: str) -> None:
    assert [article.title for article in articles(text)] == [title]


def test_the_spans_of_an_article_are_where_it_stands() -> None:
    text = laid(
        EMBROIDERY.title, *EMBROIDERY.paragraphs[:2], BRIDGE.title, *BRIDGE.paragraphs, *EMBROIDERY.paragraphs[2:]
    )
    mine, other = articles(text)
    assert [span.of(text)[:6] for span in mine.spans] == [EMBROIDERY.title[:6], EMBROIDERY.paragraphs[2][:6]]
    assert [span.of(text) for span in other.spans] == [laid(BRIDGE.title, *BRIDGE.paragraphs)]


LINES = st.sampled_from(
    [
        *(line for story in (EMBROIDERY, *OTHERS) for line in (story.title, *story.paragraphs)),
        *(
            "（上接第一版）",
            "（下转第三版）",
            "《1版",
            "# 题",
            "□ 本报记者 王某",
            "1 云岭绣娘 青山县",
            "王某 摄",
            "新华社南宁11月19日电",
        ),
        *("本报讯", "“", "（", "问：", "2025年3月7日", "第3版", "", " ", "的，绣", "——"),
    ]
)


@settings(deadline=None)  # the first of them reads the gazetteer
@given(st.lists(LINES | st.text(max_size=20), max_size=25), st.sampled_from(["\n", "\n\n", "", " "]))
def test_any_page_gives_articles_whose_text_is_the_page_s(lines: list[str], gap: str) -> None:
    text = gap.join(lines)
    page = RawPage("page.txt", text, "utf-8", "", FrontMatter(), Span(0, len(text)))
    clear = clean(page)
    found = segment(page, clear)
    assert [article.order for article in found] == list(range(len(found)))
    assert bool(found) == bool(clear.text)
    taken: set[int] = set()
    for article in found:
        assert article.title
        assert 0 <= article.body_start <= len(article.text)
        places = [article.text.source_at(i) for i, char in enumerate(article.text.text) if char != "\n"]
        assert not taken & set(places)
        taken |= set(places)
        assert all(any(span.start <= place < span.end for span in article.spans) for place in places)


@pytest.mark.parametrize(
    "unit",
    [
        laid(EMBROIDERY.title, *EMBROIDERY.paragraphs, ""),
        laid(BRIDGE.title, *BRIDGE.paragraphs, ""),
        "（上接第一版）\n", "1 云岭绣娘 青山县\n", "某县举办活动\n\n", "（下转第三版）\n\n", "新华社南宁11月19日电\n",
        "□ 本报记者 王某\n", "绣坊一角。王某摄\n\n", "“\n", "绣\n",
    ],
)  # fmt: skip
def test_a_page_twice_as_long_takes_about_twice_as_long(unit: str) -> None:
    def parted(size: int) -> None:
        segment(pages[size], cleaned[size])

    pages = {n: read("page.txt", (unit * (n // len(unit.encode()))).encode()) for n in (80_000, 160_000)}
    cleaned = {n: clean(page) for n, page in pages.items()}
    assert keeps_pace(lambda: parted(80_000), lambda: parted(160_000), times=2.8, slack=0.02)
