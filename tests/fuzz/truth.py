"""What must be true of the facts of any page, however it was spoilt."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator

from brands.vocabulary.names import cut_combining_runs
from ingest.export import export_line
from ingest.records import ExtractedBrand, ExtractedProgram, PageFacts, Quote, StatisticFact, SubjectType, bearing
from ingest.text import Span

# What a statistic's evidence holds, as the corpus' score asks; 翻番 is a doubling in so many words.
NUMBER = re.compile(r"[0-9〇零一二两三四五六七八九十百千万亿数几]|翻番")


def falsehoods(facts: PageFacts) -> Iterator[str]:
    """What is wrong with the facts, a line each."""
    yield from _of_articles(facts)
    for brand in facts.brands:
        yield from _of_entity(brand, facts)
    for program in facts.programs:
        yield from _of_entity(program, facts)
    for statistic in facts.statistics:
        yield from _of_statistic(statistic, facts)
    line = export_line(facts)
    line.encode("utf-8")
    if "\n" in line or json.loads(line)["file"] != facts.page.name:
        yield "the exported line is none"


def bare(text: str) -> str:
    """A text without widths, blanks, marks and what nobody sees: its letters and digits."""
    folded = unicodedata.normalize("NFKC", cut_combining_runs(text))
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN").lower()


def _of_articles(facts: PageFacts) -> Iterator[str]:
    text = facts.page.text
    for number, article in enumerate(facts.articles):
        if article.order != number:
            yield f"article {number} has the order {article.order}"
        if not 0 <= article.body_start <= len(article.text):
            yield f"article {number} begins outside its text"
        if not article.spans or not all(_inside(span, text) for span in article.spans):
            yield f"article {number} lies outside the page"
        if len(article.text) and article.text.span(0, len(article.text)).end > len(text):
            yield f"article {number} leads past the end of the page"


def _of_entity(entity: ExtractedBrand | ExtractedProgram, facts: PageFacts) -> Iterator[str]:
    name = bare(entity.name)
    if not any(map(str.isalnum, name)):
        yield f"nothing but marks is called {entity.name!r}"
    if not any(name in bare(quote.span.of(facts.page.text)) for quote in bearing(entity.quotes)):
        yield f"no evidence holds {entity.name!r}: {_shown(entity.quotes, facts)}"
    yield from _of_quotes(entity.quotes, facts)
    texts = {article.order: article.text.text for article in facts.articles}
    for mention in entity.mentions:
        if bare(texts[mention.article][mention.start : mention.end]) != bare(mention.name):
            yield f"the mention {mention.name!r} stands elsewhere"


def _of_statistic(fact: StatisticFact, facts: PageFacts) -> Iterator[str]:
    if not any(NUMBER.search(_spaceless(quote.span.of(facts.page.text))) for quote in fact.quotes):
        yield f"no evidence holds the number of {fact.stated!r}: {_shown(fact.quotes, facts)}"
    below = fact.value < 0 and not (fact.stated.endswith("%") and re.search("[-－−]", fact.stated))  # 增长-15%
    if not fact.value.is_finite() or below or (fact.value_max is not None and fact.value_max <= fact.value):
        yield f"{fact.stated!r} is no number: {fact.value} to {fact.value_max}"
    known = {brand.name for brand in facts.brands} | {program.name for program in facts.programs}
    if fact.subject.type is not SubjectType.REGION and fact.subject.key not in known:
        yield f"{fact.stated!r} speaks of {fact.subject.key!r}, which is not on the page"
    yield from _of_quotes(fact.quotes, facts)


def _of_quotes(quotes: Iterable[Quote], facts: PageFacts) -> Iterator[str]:
    relevant = {article.order for article in facts.articles if article.relevant}
    for quote in quotes:
        if not _inside(quote.span, facts.page.text) or not _inside(quote.context, facts.page.text):
            yield f"evidence outside the page: {quote}"
        if not quote.context.contains(quote.span):
            yield f"evidence outside its context: {quote}"
        if quote.article not in relevant:
            yield f"evidence from an article that is not about labour brands: {quote}"
        if not 0 < quote.confidence <= 1 or not quote.rule:
            yield f"evidence without rule or confidence: {quote}"


def _inside(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


def _spaceless(text: str) -> str:
    """The text as it is read: without spaces, and without the marks of direction and the like that nobody sees."""
    shown = "".join(unicodedata.normalize("NFKC", cut_combining_runs(text)).split())
    return "".join(character for character in shown if unicodedata.category(character) != "Cf")


def _shown(quotes: Iterable[Quote], facts: PageFacts) -> str:
    return " | ".join(repr(quote.span.of(facts.page.text)[:80]) for quote in quotes)
