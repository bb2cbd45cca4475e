"""Files of one page, as people save it, are brought in once."""

import pytest
from django.test import Client

from brands.figures.figures import figure_groups
from brands.models import Article, Brand, Card, Page, Statistic
from ingest.load.page import Status, load_page
from ingest.pipeline import extract_bytes

pytestmark = [pytest.mark.usefixtures("regions"), pytest.mark.django_db]

ONE_PAGE = """---
title: “平舆防水”劳务品牌越擦越亮
publisher: 驻马店日报
published_on: 2024-11-05
---

“平舆防水”劳务品牌越擦越亮

近日，河南省平舆县打造“平舆防水”劳务品牌，带动就业25万人，足迹遍布全国各地，年产值达到300亿元。

县人社局负责人介绍，每年培训防水工1.2万人次，人均月收入8000元，越来越多的年轻人愿意学这门手艺。
"""
COPIES = {
    "gb18030": ONE_PAGE.encode("gb18030"),
    "utf-16": ONE_PAGE.encode("utf-16"),
    "line ends of Windows": ONE_PAGE.replace("\n", "\r\n").encode(),
    "byte order mark": ONE_PAGE.encode("utf-8-sig"),
    "commas of ASCII": ONE_PAGE.replace("，", ",").encode(),
    "all marks of ASCII": ONE_PAGE.translate(str.maketrans("，。：“”", ',.:""')).encode(),
    "quotes of ASCII": ONE_PAGE.replace("“", '"').replace("”", '"').encode(),
    "digits of full width": ONE_PAGE.replace("25", "２５").encode(),
    "a line end more": (ONE_PAGE + "\n").encode(),
    "indented": ONE_PAGE.replace("近日", "\u3000\u3000近日").encode(),
}


class TestCopies:
    """Files of one page, as people save it: they are one article, whichever comes first."""

    def ingest(self, data: bytes, name: str = "页.txt") -> Status:
        return load_page(extract_bytes(name, data), version="1").status

    @pytest.mark.parametrize("first", [0, 4, 8])
    def test_are_counted_once(self, first: int) -> None:
        files = [ONE_PAGE.encode(), *COPIES.values()]
        files = files[first:] + files[:first]
        statuses = [self.ingest(data, f"{n}.txt") for n, data in enumerate(files)]
        assert statuses == [Status.NEW, *[Status.UNCHANGED] * (len(files) - 1)]
        assert (Page.objects.count(), Article.objects.published().count()) == (1, 1)
        brand = Brand.objects.get(name="平舆防水")
        assert brand.evidence.values("article").distinct().count() == 1

    @pytest.mark.parametrize(
        "other",
        [
            ONE_PAGE.replace("25万", "26万"),
            ONE_PAGE.replace("驻马店日报", "平舆日报"),
            ONE_PAGE + "\n又有一篇\n\n城东大桥昨天通车。\n",
        ],
        ids=["another number", "another paper", "another article"],
    )
    def test_are_none_with_other_words(self, other: str) -> None:
        assert [self.ingest(ONE_PAGE.encode()), self.ingest(other.encode())] == [Status.NEW, Status.NEW]


REPRINTS = {
    "a line more": ONE_PAGE + "（责任编辑：何小山）\n",
    "another dateline": ONE_PAGE.replace("近日，", "本报讯（记者 何小山）近日，"),
    "another headline": ONE_PAGE.replace("越擦越亮", "金字招牌"),
    "another paper and day": ONE_PAGE.replace("驻马店日报", "平舆日报").replace("11-05", "11-07"),
    "a paragraph of its own": ONE_PAGE + "\n下一步，县里还要办好培训班，让更多的人学会这门手艺。\n",
    "no head": ONE_PAGE.split("---\n", 2)[2],
}


@pytest.mark.parametrize("other", REPRINTS.values(), ids=REPRINTS)
@pytest.mark.parametrize("turned", [False, True], ids=["first", "last"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_an_article_that_is_printed_again_counts_once(other: str, line_end: str, *, turned: bool) -> None:
    files = [ONE_PAGE, other.replace("\n", line_end)]
    for number, text in enumerate(reversed(files) if turned else files):
        load_page(extract_bytes(f"{number}.txt", text.encode()), version="1")
    assert Article.objects.published().count() == 2
    assert Article.objects.published().told_once().count() == 1
    found = Brand.objects.get(name="平舆防水")
    assert Card.objects.get(pk=found.pk).articles == 1
    assert Brand.objects.article_counts() == {found.pk: 1}
    assert Statistic.objects.count() == 4
    figures = [figure for group in figure_groups(Statistic.objects.all()) for figure in group.all]
    assert [len(figure.sources) for figure in figures] == [1] * 4
    assert {vars(row)["article_count"] for row in Statistic.objects.with_article_counts()} == {1}


def test_each_print_names_the_others(client: Client) -> None:
    again = REPRINTS["another paper and day"]
    for number, text in enumerate((ONE_PAGE, again)):
        load_page(extract_bytes(f"{number}.txt", text.encode()), version="1")
    head, copy = Article.objects.order_by("published_on")
    for one, other in ((head, copy), (copy, head)):
        page = client.get(one.get_absolute_url()).content.decode()
        assert f'href="{other.get_absolute_url()}"' in page
    assert copy.get_absolute_url() not in client.get("/articles/").content.decode()
