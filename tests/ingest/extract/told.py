"""Articles built for tests of the statistics: a headline, paragraphs, and the brands and meetings that they name."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from brands.vocabulary.choices import ProgramKind
from ingest.extract.statistics import find_statistics
from ingest.records import ExtractedArticle, ExtractedBrand, ExtractedProgram, Mention, Quote, StatisticFact
from ingest.text import MappedText, Span

HEADLINE = "一门手艺富一方"
BRAND = "云上焊工"
QUOTE = Quote(0, Span(0, 1), Span(0, 1), "test", 1.0)


def mentions(text: str, name: str) -> tuple[Mention, ...]:
    return tuple(Mention(0, m.start(), m.end(), name, "test", 1.0) for m in re.finditer(re.escape(name), text))


def told(
    *paragraphs: str,
    brands: Mapping[str, str] | None = None,
    meetings: Sequence[str] = (),
    place: str = "530000",
    published_on: date | None = date(2025, 3, 1),
    headline: str = HEADLINE,
) -> tuple[StatisticFact, ...]:
    """The facts of an article of these paragraphs. ``brands`` are names with the codes of their homes."""
    text = "\n".join([headline, *paragraphs])
    homes = {BRAND: "530000"} if brands is None else brands
    article = ExtractedArticle(
        order=0,
        title=headline,
        text=MappedText.of(text),
        body_start=len(headline) + 1,
        spans=(Span(0, len(text)),),
        published_on=published_on,
        relevant=True,
        place=place,
    )
    named = tuple(ExtractedBrand(name, (QUOTE,), mentions(text, name), region=home) for name, home in homes.items())
    held = tuple(ExtractedProgram(name, ProgramKind.CONFERENCE, (QUOTE,), mentions(text, name)) for name in meetings)
    return find_statistics((article,), named, held)


def one(*paragraphs: str, **options: object) -> StatisticFact:
    (fact,) = told(*paragraphs, **options)  # type: ignore[arg-type]
    return fact


def told_of_place(*paragraphs: str, place: str) -> tuple[StatisticFact, ...]:
    """The facts of an article set in ``place`` that names its brand, which is at home there, in the end alone: numbers
    that no sentence gives an owner are the place's."""
    return told(*paragraphs, f"“{BRAND}”先说到这里。", brands={BRAND: place}, place=place)
