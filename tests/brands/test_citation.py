"""References: the standard's form, and entries that BibTeX can read whatever a title holds."""

import json
from dataclasses import replace
from datetime import date

import pytest

from brands.seo.citation import Cited, bibtex, csl_json, gbt7714, plain, ris

CITED = Cited(
    title="米粉里的\n大产业",
    publisher="广西日报",
    published_on=date(2025, 11, 9),
    url="https://paper.example/a?id=1",
    key="laobrand-article-7",
    found_at="https://brands.example/articles/7/",
    accessed=date(2026, 1, 2),
)
PORTAL = replace(CITED, publisher="新华网")
UNADDRESSED = replace(CITED, url="")
COMPILED = replace(CITED, title="山西的劳务品牌", publisher="", published_on=None, url="")


@pytest.mark.parametrize(
    ("cited", "entry"),
    [
        (CITED, "米粉里的 大产业[N/OL]. 广西日报，2025-11-09[2026-01-02]. https://paper.example/a?id=1."),
        (UNADDRESSED, "米粉里的 大产业[N/OL]. 广西日报，2025-11-09[2026-01-02]. https://brands.example/articles/7/."),
        (
            replace(CITED, published_on=None),
            "米粉里的 大产业[N/OL]. 广西日报[2026-01-02]. https://paper.example/a?id=1.",
        ),
        (PORTAL, "米粉里的 大产业[EB/OL]. 新华网（2025-11-09）[2026-01-02]. https://paper.example/a?id=1."),
        (
            replace(CITED, publisher=""),
            "米粉里的 大产业[EB/OL]. （2025-11-09）[2026-01-02]. https://paper.example/a?id=1.",
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
        "@article{laobrand-article-7,",
        "  title = {{米粉里的 大产业}},",
        "  journal = {广西日报},",
        "  date = {2025-11-09},",
        "  year = {2025},",
        "  url = {https://paper.example/a?id=1},",
        "  urldate = {2026-01-02},",
        r"  note = {劳务品牌库, \url{https://brands.example/articles/7/}},",
        "}",
    ]


def test_ris() -> None:
    assert ris(CITED).splitlines() == [
        "TY  - NEWS",
        "TI  - 米粉里的 大产业",
        "T2  - 广西日报",
        "DA  - 2025/11/09",
        "PY  - 2025",
        "UR  - https://paper.example/a?id=1",
        "Y2  - 2026/01/02",
        "DB  - 劳务品牌库",
        "L2  - https://brands.example/articles/7/",
        "LA  - zh",
        "ER  - ",
    ]
    assert ris(PORTAL).startswith("TY  - ELEC\n")
    assert ris(COMPILED).startswith("TY  - DBASE\n")


@pytest.mark.parametrize("text", ["一\nER  - ", "一\r\nTY  - BOOK", "一\u2028UR  - x"])
def test_no_field_begins_a_line_of_ris(text: str) -> None:
    entry = ris(replace(CITED, title=text, publisher=text, url=f"https://x/{text}"))
    assert len(entry.splitlines()) == len(ris(CITED).splitlines())


def test_no_address_stands_twice() -> None:
    for form in (bibtex, ris, csl_json):
        assert form(COMPILED).count("https://brands.example/articles/7/") == 1, form
        assert form(UNADDRESSED).count("https://brands.example/articles/7/") == 1, form
    assert bibtex(COMPILED).count("劳务品牌库") == ris(COMPILED).count("劳务品牌库") == 1


def test_csl_json() -> None:
    (item,) = json.loads(csl_json(CITED))
    assert item == {
        "id": "laobrand-article-7",
        "type": "article-newspaper",
        "title": "米粉里的 大产业",
        "container-title": "广西日报",
        "issued": {"date-parts": [[2025, 11, 9]]},
        "accessed": {"date-parts": [[2026, 1, 2]]},
        "URL": "https://paper.example/a?id=1",
        "archive": "劳务品牌库",
        "archive_location": "https://brands.example/articles/7/",
        "language": "zh-CN",
    }
    assert [json.loads(csl_json(cited))[0]["type"] for cited in (PORTAL, COMPILED)] == ["webpage", "dataset"]
    assert "issued" not in json.loads(csl_json(COMPILED))[0]


@pytest.mark.parametrize(
    ("publisher", "newspaper"),
    [
        ("广西日报", True),
        ("人民日报海外版", True),
        ("农民日报社", True),
        ("南方工报", True),
        ("新华社", False),
        ("人民网", False),
        ("极目新闻", False),
        ("常州市人力资源和社会保障局", False),
        ("湖北日报客户端", False),
    ],
)
def test_a_newspaper_is_told_by_its_name(publisher: str, newspaper: bool) -> None:
    assert replace(CITED, publisher=publisher).in_newspaper is newspaper


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
