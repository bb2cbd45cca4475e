"""The one escaping highlighter: marks are exactly the characters asked for, and everything is escaped."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from brands.text.highlight import Mark, beside, highlighted, plain, with_language


class Reader(HTMLParser):
    """What a browser makes of the HTML: the text, for each character the anchors and kinds around it, and the tags."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.kinds: list[frozenset[str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"mark", "a"}
        assert not (tag == "a" and any(name == "a" for name, _ in self.open)), "a link in a link"
        given = dict(attrs)
        assert set(given) <= ({"href"} if tag == "a" else {"id", "class"})
        self.ids += [given["id"] or ""] if "id" in given else []
        self.open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        around = frozenset(attrs.get("class") or "" for tag, attrs in self.open if tag == "mark")
        self.text += data
        self.kinds += [around] * len(data)


TEXTS = st.text(alphabet=st.sampled_from("吕梁山护工<>&\"'a;#0 \n"), max_size=40)
MARKS = st.lists(
    st.builds(
        lambda number, start, length, link: (number, start, start + length, link),
        st.integers(0, 5),
        st.integers(-3, 42),
        st.integers(-1, 20),
        st.booleans(),
    ),
    max_size=8,
)


@given(TEXTS, MARKS)
def test_marks_are_exactly_the_characters_asked_for(text: str, asked: list[tuple[int, int, int, bool]]) -> None:
    marks = [
        Mark(start, end, anchor=f"e{place}", kind=f"k{number}", href="/x/?a=1&b=2" if link else "")
        for place, (number, start, end, link) in enumerate(asked)
    ]
    read = Reader(str(highlighted(text, marks)))
    assert read.text == text
    assert read.open == []
    for place in range(len(text)):
        assert read.kinds[place] == {mark.kind for mark in marks if mark.start <= place < mark.end}
    shown = [mark.anchor for mark in marks if max(mark.start, 0) < min(mark.end, len(text))]
    assert sorted(read.ids) == sorted(shown), "each mark that shows anything has its anchor once"


def test_everything_is_escaped() -> None:
    assert plain("<script>&\"'") == "&lt;script&gt;&amp;&quot;&#x27;"
    hostile = Mark(0, 1, anchor='"><script>', kind='"><b>', href='"><i>')
    assert "<script" not in highlighted("x", [hostile])
    assert "<b>" not in highlighted("x", [hostile])
    assert "<i>" not in highlighted("x", [hostile])


@pytest.mark.parametrize(
    ("marks", "html"),
    [
        ([], "吕梁山护工"),
        ([Mark(0, 5)], "<mark>吕梁山护工</mark>"),
        (
            [Mark(3, 5, anchor="e1", kind="is-brand", href="/b/")],
            '吕梁山<mark id="e1" class="is-brand"><a href="/b/">护工</a></mark>',
        ),
        (
            [Mark(0, 3, anchor="a"), Mark(2, 5, anchor="b")],
            '<mark id="a">吕梁</mark><mark><mark id="b">山</mark></mark><mark>护工</mark>',
        ),
        (
            [Mark(1, 3, href="/i/"), Mark(0, 5, href="/o/")],
            (
                '<mark><a href="/o/">吕</a></mark><mark><mark><a href="/i/">梁山</a></mark></mark>'
                '<mark><a href="/o/">护工</a></mark>'
            ),
        ),
        ([Mark(9, 12), Mark(2, 2), Mark(4, 3)], "吕梁山护工"),
    ],
)
def test_overlaps_are_cut_where_they_begin_and_end(marks: list[Mark], html: str) -> None:
    assert highlighted("吕梁山护工", marks) == html


def test_many_marks_take_linear_time() -> None:
    text = "字" * 20_000
    html = highlighted(text, [Mark(place, place + 2) for place in range(0, 20_000, 2)])
    assert html.count("<mark>") == 10_000


def test_text_becomes_html_nowhere_else() -> None:
    """format_html escapes what it is given, and serves the admin; mark_safe trusts it, and stands here alone."""
    root = Path(__file__).resolve().parents[2]
    users = {
        path.relative_to(root).as_posix()
        for app in ("brands", "ingest", "laobrand")
        for path in (root / app).rglob("*.py")
        if re.search(r"\bmark_safe\(|\bSafeString\(|\bSafeText\(", path.read_text(encoding="utf-8"))
    }
    assert users == {"brands/text/highlight.py"}


@pytest.mark.parametrize(
    ("language", "html"),
    [
        ("zh-hans", "吕梁山&lt;b&gt; is care"),
        ("en", '<span lang="zh-Hans">吕梁山</span>&lt;b&gt; is care'),
    ],
)
def test_chinese_on_an_english_page_is_said_to_be_chinese(language: str, html: str) -> None:
    with translation.override(language):
        assert with_language("吕梁山<b> is care") == html


def test_how_a_name_is_read_is_escaped_and_stands_on_pages_of_other_languages_alone() -> None:
    with translation.override("en"):
        assert beside("<lü>") == ' <span class="pinyin" lang="zh-Latn-pinyin">&lt;lü&gt;</span>'
    with translation.override("zh-hans"):
        assert beside("lü") == ""
