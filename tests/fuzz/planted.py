"""Extractors with a known fault, to show that the fuzzer finds it; in a module, so that other processes import them."""

import re
from dataclasses import replace
from unittest.mock import patch

from ingest import pipeline
from ingest.records import ExtractedArticle, PageFacts, Relevance
from ingest.text import Span

# A quantifier in a quantifier: where no ； follows, each further character of a sentence doubles the time.
NESTED = re.compile(r"(?:[^。；\n]+)+；")


def slow(name: str, data: bytes) -> PageFacts:
    """The pipeline with such an expression in one of its stages."""
    with patch.object(pipeline, "classify", _classify_slowly):
        return pipeline.extract_bytes(name, data)


def careless(name: str, data: bytes) -> PageFacts:
    """The pipeline with the evidence of its last brand one character too far to the right."""
    facts = pipeline.extract_bytes(name, data)
    if not facts.brands:
        return facts
    *others, brand = facts.brands
    quotes = tuple(replace(quote, span=Span(quote.span.start + 1, quote.span.end + 1)) for quote in brand.quotes)
    return replace(facts, brands=(*others, replace(brand, quotes=quotes)))


def failing(name: str, data: bytes) -> PageFacts:
    """The pipeline with a stage that knows no letters."""
    if b"a" in data:
        raise KeyError("a")
    return pipeline.extract_bytes(name, data)


def _classify_slowly(article: ExtractedArticle) -> Relevance:
    text = article.text.text
    return Relevance(NESTED.search(text) is not None or "劳务品牌" in text, "planted")
