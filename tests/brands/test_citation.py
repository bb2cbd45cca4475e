"""References: the standard's form, and entries that BibTeX can read whatever a title holds."""

from dataclasses import replace
from datetime import date

import pytest

from brands.seo.citation import Cited, bibtex, gbt7714, plain

CITED = Cited(
    title="米粉里的\n大产业",
    publisher="广西日报",
    published_on=date(2025, 11, 9),
    url="https://paper.example/a?id=1",
    key="laobrand-article-7",
    found_at="https://brands.example/articles/7/",
    accessed=date(2026, 1, 2),
)
COMPILED = replace(CITED, title="山西的劳务品牌", publisher="", published_on=None, url="")


@pytest.mark.parametrize(
    ("cited", "entry"),
    [
        (CITED, "米粉里的 大产业[N/OL]. 广西日报, 2025-11-09[2026-01-02]. https://brands.example/articles/7/."),
        (
            replace(CITED, published_on=None),
            "米粉里的 大产业[N/OL]. 广西日报[2026-01-02]. https://brands.example/articles/7/.",
        ),
        (
            replace(CITED, publisher=""),
            "米粉里的 大产业[N/OL]. 2025-11-09[2026-01-02]. https://brands.example/articles/7/.",
        ),
        (COMPILED, "山西的劳务品牌[DB/OL]. 劳务品牌库[2026-01-02]. https://brands.example/articles/7/."),
    ],
)
def test_gbt7714(cited: Cited, entry: str) -> None:
    assert gbt7714(cited) == entry


@pytest.mark.parametrize(
    ("cited", "sentence"),
    [
        (
            CITED,
            "《米粉里的 大产业》，广西日报，2025年11月9日。见劳务品牌库，https://brands.example/articles/7/，2026年1月2日查阅。",
        ),
        (COMPILED, "《山西的劳务品牌》。见劳务品牌库，https://brands.example/articles/7/，2026年1月2日查阅。"),
    ],
)
def test_plain(cited: Cited, sentence: str) -> None:
    assert plain(cited) == sentence


def test_bibtex() -> None:
    assert bibtex(CITED).splitlines() == [
        "@misc{laobrand-article-7,",
        "  title = {{米粉里的 大产业}},",
        "  howpublished = {广西日报},",
        "  date = {2025-11-09},",
        "  year = {2025},",
        "  url = {https://paper.example/a?id=1},",
        "  urldate = {2026-01-02},",
        r"  note = {劳务品牌库, \url{https://brands.example/articles/7/}},",
        "}",
    ]


def test_bibtex_of_a_page_that_no_paper_printed() -> None:
    entry = bibtex(COMPILED)
    assert "howpublished = {劳务品牌库}" in entry
    assert "url = {https://brands.example/articles/7/}" in entry
    assert "year" not in entry


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("A&B 50% #1 $ _", r"A\&B 50\% \#1 \$ \_"),
        ("\\~^", r"\textbackslash{}\textasciitilde{}\textasciicircum{}"),
        ("}, key = {x", r"\textbraceright{}, key = \textbraceleft{}x"),
        ("一\u3000二\r\n三", "一 二 三"),
    ],
)
def test_titles_cannot_leave_their_field(title: str, escaped: str) -> None:
    assert f"  title = {{{{{escaped}}}}},\n" in bibtex(replace(CITED, title=title))


@pytest.mark.parametrize("text", ["{", "}", "}}{", "\\}", "\\", "a\n}\n@misc{b,"])
def test_braces_are_paired_whatever_is_printed(text: str) -> None:
    """BibTeX counts braces without a look at the backslash before them."""
    entry = bibtex(replace(CITED, title=text, publisher=text, url=f"https://x/{text}"))
    depth = 0
    for place, character in enumerate(entry, 1):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth > 0 or place == len(entry) or "{" not in entry[:place]
    assert depth == 0
    assert entry.count("\n@") == 0
