"""The stages in order, nothing else."""

from dataclasses import replace

from ingest.classify import classify
from ingest.clean import clean
from ingest.extract.names import find_brands
from ingest.extract.programs import find_programs
from ingest.extract.statistics import find_statistics
from ingest.locate import locate
from ingest.read import read
from ingest.records import Article, PageFacts, RawPage
from ingest.resolve import resolve
from ingest.segment import segment


def extract_bytes(name: str, data: bytes) -> PageFacts:
    """All facts of one file. RejectedPageError when the bytes are no page."""
    return extract_page(read(name, data))


def extract_page(page: RawPage) -> PageFacts:
    """All facts of one decoded page."""
    articles = tuple(_judged(article) for article in segment(page, clean(page)))
    relevant = tuple(article for article in articles if article.relevant)
    brand_mentions = [mention for article in relevant for mention in find_brands(article)]
    program_mentions = [mention for article in relevant for mention in find_programs(article)]
    entities = resolve(relevant, brand_mentions, program_mentions)
    statistics = find_statistics(relevant, entities.brands, entities.programs)
    return PageFacts(page, articles, entities.brands, entities.programs, statistics)


def _judged(article: Article) -> Article:
    verdict = classify(article)
    return replace(article, relevant=verdict.relevant, reason=verdict.reason, place=locate(article))
