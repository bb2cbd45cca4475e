"""Facts of pages, built by hand: each from a text and the phrases in it that bear it out."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from brands.vocabulary.choices import Industry, Metric, ProgramKind, Qualifier
from brands.vocabulary.titles import title_parts
from ingest.records import (
    ExtractedArticle,
    ExtractedBrand,
    ExtractedProgram,
    FrontMatter,
    PageFacts,
    Quote,
    RawPage,
    StatisticFact,
    Subject,
    SubjectType,
)
from ingest.text import MappedText, Span


@dataclass
class PageBuilder:
    """A page whose articles are its paragraphs between blank lines; the first line of each is the title."""

    text: str
    name: str = "报纸.txt"
    relevant: bool = True
    published_on: date | None = date(2025, 11, 19)
    brands: list[ExtractedBrand] = field(default_factory=list)
    programs: list[ExtractedProgram] = field(default_factory=list)
    statistics: list[StatisticFact] = field(default_factory=list)

    def brand(self, name: str, region: str = "", *, says: str = "", confidence: float = 0.9, **more: Any) -> None:
        quotes = more.pop("quotes", None) or (self.quote(says or name, confidence=confidence),)
        self.brands.append(ExtractedBrand(name, quotes, (), region=region, **{"industry": Industry.CARE, **more}))

    def program(self, name: str, kind: ProgramKind = ProgramKind.CONFERENCE, **more: Any) -> None:
        parts = title_parts(name)
        more = {"edition": parts.edition, "year": parts.year, **more}
        self.programs.append(ExtractedProgram(name, kind, (self.quote(name),), (), **more))

    def statistic(self, subject: str, stated: str, value: int | str, unit: str = "人", **more: Any) -> None:
        """`subject` is the name of a brand, or an adcode, or a program's name after a `#`."""
        kind = SubjectType.PROGRAM if subject.startswith("#") else SubjectType.BRAND
        kind = SubjectType.REGION if subject.isdigit() else kind
        more = {"metric": Metric.EMPLOYMENT, "qualifier": Qualifier.EXACT, **more}
        quotes = (self.quote(stated, confidence=more.pop("confidence", 0.8)),)
        fact = StatisticFact(
            Subject(kind, subject.lstrip("#")), value=Decimal(value), unit=unit, stated=stated, quotes=quotes, **more
        )
        self.statistics.append(fact)

    def quote(
        self, phrase: str, *, nth: int = 0, rule: str = "quoted", confidence: float = 0.9, name: str = ""
    ) -> Quote:
        """The `nth` place of the phrase, with the sentence around it."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(phrase, start + 1)
        end = start + len(phrase)
        left = max(self.text.rfind(mark, 0, start) for mark in "。\n") + 1
        right = min((at for mark in "。\n" if (at := self.text.find(mark, end)) >= 0), default=len(self.text) - 1) + 1
        article = next(a.order for a in self.articles() if a.spans[0].start <= start < a.spans[0].end)
        return Quote(article, Span(start, end), Span(left, max(right, end)), rule, confidence, name)

    def articles(self) -> tuple[ExtractedArticle, ...]:
        found, at = [], 0
        for order, part in enumerate(self.text.split("\n\n")):
            title = part.strip().split("\n")[0]
            text = MappedText.of(self.text, start=at, end=at + len(part))
            body = part.index("\n") + 1 if "\n" in part else 0
            found.append(
                ExtractedArticle(order, title, text, body, (Span(at, at + len(part)),), "新华社", self.published_on)
            )
            at += len(part) + 2
        return tuple(replace(article, relevant=self.relevant, reason="劳务品牌") for article in found)

    def facts(self) -> PageFacts:
        data = self.text.encode()
        page = RawPage(self.name, self.text, "utf-8", sha256(data).hexdigest(), FrontMatter(), Span(0, len(self.text)))
        return PageFacts(page, self.articles(), tuple(self.brands), tuple(self.programs), tuple(self.statistics))
