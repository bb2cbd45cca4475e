"""Files of one page, as people save it, are brought in once."""

import pytest

from brands.models import Article, Brand, Page
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
        assert (Page.objects.count(), Article.objects.relevant().count()) == (1, 1)
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
