"""HTML saved as text is read as a browser shows it, each character where it stands in the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean
from ingest.markup import is_html, without_markup
from ingest.pipeline import extract_page
from ingest.read import read
from ingest.segment import segment
from tests.pace import keeps_pace

PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>“平舆防水”劳务品牌进京_青山网</title>
<style>p{color:red}</style><script>var a = "<p>劳务品牌“假工匠”带动9万人就业</p>";</script></head>
<body onload="if(a>b){x()}"><nav><a href="/">首页</a> <a href="/n">新闻</a></nav>
<!-- <p>劳务品牌“旧工匠”带动8万人就业</p> -->
<h1>“平舆<b>防水</b>”劳务品牌进京</h1>
<div class="info">2024-11-05&nbsp;08:30 来源：驻马店日报</div>
<p>河南省平舆县打造劳务品牌&ldquo;平舆<em>防水</em>&rdquo;，带动就业<span
 class="n">3.5</span>万人，年产值&lt;50亿元。</p>
<table><tr><td>品牌</td><td>人数</td></tr>
<tr><td>平舆防水</td><td>3.5万</td></tr></table>
<footer><p>版权所有</p></footer></body></html>
"""


def test_a_web_page_gives_the_facts_of_its_text_and_of_no_script() -> None:
    facts = extract_page(read("page.txt", PAGE.encode()))
    (article,) = facts.articles
    assert (article.title, str(article.published_on), article.publisher) == (
        "“平舆防水”劳务品牌进京",
        "2024-11-05",
        "驻马店日报",
    )
    assert [(brand.name, brand.region) for brand in facts.brands] == [("平舆防水", "411723")]
    assert {int(fact.value) for fact in facts.statistics} >= {35000}
    assert not {90000, 80000} & {int(fact.value) for fact in facts.statistics}


def test_offsets_are_those_of_the_file() -> None:
    page = read("page.txt", PAGE.encode())
    assert len(page.text) == len(PAGE)
    (article,) = segment(page, clean(page))
    at = article.text.text.index("年产值<50亿元")
    span = article.text.span(at, at + len("年产值<50亿元"))
    assert span.of(PAGE) == "年产值&lt;50亿元"
    for i, char in enumerate(article.text.text):
        source = PAGE[article.text.source_at(i)]
        assert source in (char, "&", "\n", "<", "：") or char == "\n" or not source.isalnum()


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
        ("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
        ("<p>平舆<b>防</b>水\n劳务</p>", ["平舆防水 劳务"]),
        ("<tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr>", ["甲 乙", "丙"]),
        ('<p title="a > b">甲</p>', ["甲"]),
        ("<p>甲&amp;乙&#x4e59;&nbsp;&unknown;</p>", ["甲&乙乙 &unknown;"]),
        ("<p>5 < 6 与 7 > 6</p>", ["5 < 6 与 7 > 6"]),
        ("<nav>甲<p>乙", ["甲", "乙"]),
        ("<nav>甲</nav><p>乙</p>", ["乙"]),
        ("<script>甲", []),
        ("<title>甲</title><h1>乙</h1>", ["乙"]),
        ("<title>甲</title><p>乙</p>", ["甲", "乙"]),
        ("<p>甲<!-- 乙 -->丙</p><!-- 丁", ["甲丙"]),
    ],
)
def test_what_a_browser_shows(html: str, lines: list[str]) -> None:
    shown = without_markup(html)
    assert len(shown) == len(html)
    bare = [" ".join(line.replace("\u200b", "").split()) for line in shown.split("\n")]
    assert [line for line in bare if line] == lines


@pytest.mark.parametrize("text", ["<p>一段</p>" * 4, "<!doctype HTML>x", "\n<html>x", "<?xml version='1.0'?><html>x"])
def test_html_is_known(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize(
    "text", ["年产值<50亿元，>40亿元", "正文。" * 99, "<b>小标题</b>\n正文。", "", "《1版 <下转3版>"]
)
def test_other_text_is_no_html(text: str) -> None:
    assert not is_html(text)


@given(st.text(alphabet="<>!-/\"'= &;#ab\npdivscript甲", max_size=300))
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(without_markup(text)) == len(text)


@pytest.mark.parametrize(
    "unit",
    [
        "<!--",
        "<a ",
        "<a '",
        '<a b="',
        "</",
        "<script>",
        "<nav>",
        "</nav><nav>",
        "<",
        ">",
        "&",
        "&#1",
        '<a "> ',
        "<p>甲</p>",
    ],
)
def test_a_page_twice_as_long_takes_about_twice_as_long(unit: str) -> None:
    short, long = (unit * (n // len(unit)) for n in (300_000, 600_000))
    assert keeps_pace(lambda: without_markup(short), lambda: without_markup(long), times=2.8, slack=0.03)
