"""PageFacts -> one JSON line, after the contract in docs and corpus: offsets are code points of the page's text."""

import json
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from brands.vocabulary.titles import title_parts
from ingest.records import (
    ExtractedArticle,
    ExtractedBrand,
    ExtractedDetail,
    ExtractedProgram,
    PageFacts,
    Quote,
    StatisticFact,
    Subject,
    SubjectType,
    bearing,
)
from ingest.text import Span


def export_line(facts: PageFacts) -> str:
    """All facts of a page as one line of JSON, without the line's end."""
    return json.dumps(export(facts), ensure_ascii=False)


def export(facts: PageFacts) -> dict[str, Any]:
    """All facts of a page in the types of JSON."""
    return {
        "file": PurePath(facts.page.name).name,
        "articles": [_article(article) for article in facts.articles],
        "brands": [_brand(brand) for brand in facts.brands],
        "programs": [_program(program) for program in facts.programs],
        "statistics": [_statistic(fact) for fact in facts.statistics],
    }


def _article(article: ExtractedArticle) -> dict[str, Any]:
    return {
        "title": article.title,
        "relevant": article.relevant,
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "unread_date": article.unread_date,
        "publisher": article.publisher,
        "url": article.url,
        "place": article.place,
        "reason": article.reason,
        "score": article.score,
        "spans": [_pair(span) for span in article.spans],
    }


def _brand(brand: ExtractedBrand) -> dict[str, Any]:
    return {
        "name": brand.name,
        "aliases": list(brand.aliases),
        "region": brand.region,
        "industry": brand.industry.value,
        "category": brand.category.value if brand.category else "",
        "level": brand.level.value if brand.level else "",
        "organisation": brand.organisation,
        "recognised_year": brand.recognised_year,
        "batch": brand.batch,
        "issuer": brand.issuer,
        "document_number": brand.document_number,
        "series": brand.series,
        "details": [_detail(detail) for detail in brand.details],
        "inferred": list(brand.inferred),
        **_evidence(brand.quotes),
    }


def _detail(detail: ExtractedDetail) -> dict[str, Any]:
    return {
        "kind": detail.kind.value,
        "value": detail.value,
        "region": detail.region,
        "country": detail.country,
        "people": detail.people,
        "evidence": _pair(detail.quote.span),
        "context": _pair(detail.quote.context),
    }


def _program(program: ExtractedProgram) -> dict[str, Any]:
    return {
        "name": program.name,
        "aliases": list(program.aliases),
        "kind": program.kind.value,
        "other_names": list(program.other_names),
        "series": title_parts(program.name).series,
        "edition": program.edition,
        "year": program.year,
        "issuer": program.issuer,
        "held": program.held,
        "place": program.place,
        **_evidence(program.quotes),
    }


def _statistic(fact: StatisticFact) -> dict[str, Any]:
    quote = bearing(fact.quotes)[0]
    return {
        "subject": _subject(fact.subject),
        "metric": fact.metric.value,
        "value": plain_number(fact.value),
        "value_max": None if fact.value_max is None else plain_number(fact.value_max),
        "qualifier": fact.qualifier.value,
        "unit": fact.unit,
        "scope": fact.scope.value,
        "part_of": fact.part_of,
        "per": fact.per.value if fact.per else "",
        "as_of": fact.as_of,
        "as_of_basis": fact.as_of_basis.value if fact.as_of_basis else "",
        "stated": fact.stated,
        "scope_evidence": [_pair(one.span) for one in fact.quotes if one.field == "scope"],
        "evidence": _pair(quote.span),
        "context": _pair(quote.context),
        "rule": quote.rule,
        "confidence": max(q.confidence for q in fact.quotes),
    }


def _subject(subject: Subject) -> dict[str, str]:
    if subject.type is SubjectType.REGION:
        return {"type": subject.type.value, "code": subject.key}
    return {"type": subject.type.value, "name": subject.key}


def _evidence(quotes: tuple[Quote, ...]) -> dict[str, Any]:
    borne_out = bearing(quotes)
    best = max(borne_out, key=lambda quote: quote.confidence)
    return {
        "evidence": [_pair(span) for span in dict.fromkeys(quote.span for quote in borne_out)],
        "rule": best.rule,
        "confidence": best.confidence,
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def plain_number(value: Decimal) -> int | float:
    """Whole numbers as such: 90000, not 90000.0."""
    return int(value) if value == value.to_integral_value() else float(value)
