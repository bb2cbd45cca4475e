"""Articles for tests of the stages after `segment`: clean text, no page."""

from datetime import date

from ingest.extract.names import find_brands
from ingest.extract.programs import find_programs
from ingest.locate import locate
from ingest.records import Entities, ExtractedArticle
from ingest.resolve import resolve
from ingest.text import MappedText, Span


def article(
    text: str, *, title: str = "劳务品牌", place: str = "", publisher: str = "", order: int = 0, score: float = 0.0
) -> ExtractedArticle:
    """An article with that title as its headline and `text` below it; with a `score`, trained parts are asked too."""
    whole = f"{title}\n{text}"
    return ExtractedArticle(
        order=order,
        title=title,
        text=MappedText.of(whole),
        body_start=len(title) + 1,
        spans=(Span(0, len(whole)),),
        publisher=publisher,
        published_on=date(2025, 3, 1),
        relevant=True,
        score=score,
        place=place,
    )


def located(text: str, *, title: str = "劳务品牌", publisher: str = "") -> str:
    return locate(article(text, title=title, publisher=publisher))


def entities(*articles: ExtractedArticle) -> Entities:
    """What the articles name, found and resolved."""
    brands = [mention for each in articles for mention in find_brands(each)]
    programs = [mention for each in articles for mention in find_programs(each)]
    return resolve(articles, brands, programs)
