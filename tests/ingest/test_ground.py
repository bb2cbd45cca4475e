"""What the page does not say where the evidence points to is left out."""

from hashlib import sha256

import pytest

from brands.vocabulary.choices import ProgramKind
from ingest.grounding import ground
from ingest.records import Entities, ExtractedBrand, ExtractedProgram, FrontMatter, Quote, RawPage
from ingest.text import Span

TEXT = "天镇\n保　姆\u200b是劳务品牌。\n第２届大赛"


def page() -> RawPage:
    return RawPage("a.txt", TEXT, "utf-8", sha256(TEXT.encode()).hexdigest(), FrontMatter(), Span(0, len(TEXT)))


def quote(start: int, end: int, *, field: str = "") -> Quote:
    return Quote(0, Span(start, end), Span(start, end), "rule", 0.9, field)


@pytest.mark.parametrize(
    ("name", "quotes", "kept"),
    [
        ("天镇保姆", (quote(0, 6),), 1),
        ("天镇保姆", (quote(0, 7),), 1),
        ("“天镇”保姆", (quote(0, 6),), 1),
        ("天镇保姆", (quote(0, 5), quote(0, 6)), 1),
        ("天镇保姆", (quote(0, 6), quote(8, 12, field="level")), 2),
        ("天镇保姆", (quote(0, 5),), 0),
        ("天镇保姆", (quote(0, 6, field="level"),), 0),
        ("保姆天镇", (quote(0, 6),), 0),
        ("——", (quote(0, 6),), 0),
    ],
)
def test_a_brand_stands_on_quotes_that_hold_its_name(name: str, quotes: tuple[Quote, ...], kept: int) -> None:
    found = ground(page(), Entities((ExtractedBrand(name, quotes, ()),), ())).brands
    assert sum(len(brand.quotes) for brand in found) == kept


def test_width_does_not_matter() -> None:
    start = TEXT.index("第")
    program = ExtractedProgram("第2届大赛", ProgramKind.CONTEST, (quote(start, len(TEXT)),), ())
    assert ground(page(), Entities((), (program,))).programs == (program,)
