"""The stages in order, nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from brands.vocabulary.choices import DOUBTFUL_SCORE
from ingest.classify import classify, speaks_of_brands
from ingest.clean import clean
from ingest.extract.names import named_brands, surest_brand
from ingest.extract.programs import find_programs
from ingest.extract.statistics import find_statistics
from ingest.grounding import ground
from ingest.locate import locate
from ingest.orthography import as_printed
from ingest.read import read
from ingest.records import BrandMention, Entities, ExtractedArticle, ExtractedBrand, PageFacts, RawPage
from ingest.resolve import resolve
from ingest.rules_applied import place_of, placed, published, renamed, without_refused
from ingest.segment import segment
from ingest.standing_rules import StandingRules

# Characters of articles on labour brands, a page, from which facts are taken: ten full pages of a paper on nothing
# else. It bounds the time and memory of a file; what is past it belongs into a file of its own.
MAX_RELEVANT = 100_000

# Characters of articles that may be about labour brands, a page, in which names are looked for: two full pages.
MAX_DOUBTFUL = 20_000

# So many characters an article counts at least: the shortest takes its time too, and a page may be full of them.
LEAST_COUNTED = 100

# What stands beside an article and says whence it is: read before anything is made of it.
IMPRINT = ("title", "publisher", "published_on", "url")

PAST_LIMIT = f"past the first {MAX_RELEVANT} characters on labour brands: put it into a file of its own"


def extract_bytes(name: str, data: bytes) -> PageFacts:
    """All facts of one file. RejectedPageError when the bytes are no page."""
    return extract_page(read(name, data))


def extract_page(page: RawPage) -> PageFacts:
    """All facts of one decoded page, by what people said of its articles and by the rules that it comes with."""
    rules = page.rules
    printed = (_as_people_say(page, _titled(page, article), IMPRINT) for article in segment(page, clean(page)))
    titled = (_as_people_say(page, published(article, rules), ("publisher",)) for article in printed)
    judged = (_as_people_say(page, article, ("relevant", "reason")) for article in _judged(titled, rules))
    articles = tuple(_as_people_say(page, article, ("place",)) for article in _bounded(judged, rules))
    relevant = tuple(article for article in articles if article.relevant)
    if not relevant:
        return PageFacts(page, articles, (), (), ())
    named = [without_refused(named_brands(article), rules) for article in relevant]
    brand_mentions = [mention for one in named for mention in one.brands]
    program_mentions = [mention for article in relevant for mention in find_programs(article)]
    entities = ground(page, resolve(relevant, brand_mentions, program_mentions))
    entities = placed(page, relevant, renamed(entities, rules))
    counted = tuple(_with_figures(page, relevant, entities))
    statistics = find_statistics(counted, entities.brands, entities.programs, rules)
    offered = [mention for one in named for mention in one.doubtful]
    doubtful = _doubtful(page, relevant, offered, brand_mentions, entities)
    return PageFacts(page, articles, entities.brands, entities.programs, statistics, doubtful)


def _with_figures(
    page: RawPage, articles: Sequence[ExtractedArticle], entities: Entities
) -> Iterator[ExtractedArticle]:
    """The articles whose numbers may be of labour brands: they name one, speak of them, or a person said so."""
    named = {mention.article for brand in entities.brands for mention in brand.mentions}
    said = {one.order for one in page.corrected}
    for article in articles:
        if article.order in named or article.order in said or speaks_of_brands(article.text.text):
            yield article


def _as_people_say(page: RawPage, article: ExtractedArticle, names: Sequence[str]) -> ExtractedArticle:
    """The article with those of the named attributes that a person corrected."""
    corrected = (one.said for one in page.corrected if one.order == article.order)
    said: dict[str, Any] = {name: value for pairs in corrected for name, value in pairs if name in names}
    return replace(article, **said) if said else article


def _doubtful(
    page: RawPage,
    relevant: Sequence[ExtractedArticle],
    offered: Sequence[BrandMention],
    sure: Sequence[BrandMention],
    entities: Entities,
) -> tuple[ExtractedBrand, ...]:
    """The brands that names of little confidence would be, without those that the page has anyway. They are resolved
    beside the sure ones: what is said of those is said of no other."""
    if not offered:
        return ()
    known = {name for brand in entities.brands for name in (brand.name, *brand.aliases)}
    found = renamed(ground(page, resolve(relevant, [*sure, *offered], ())), page.rules).brands
    return tuple(brand for brand in found if known.isdisjoint((brand.name, *brand.aliases)))


def _titled(page: RawPage, article: ExtractedArticle) -> ExtractedArticle:
    """The article with its title in the characters of the page."""
    head = min(max(article.body_start, len(article.title)), len(article.text))
    title = as_printed(article.title, article.text.span(0, head).of(page.text)) if head else article.title
    return article if title == article.title else replace(article, title=title)


def _judged(articles: Iterable[ExtractedArticle], rules: StandingRules) -> Iterator[ExtractedArticle]:
    """The articles with the verdict on them. One whose words leave it open is about labour brands if it names one; this
    is looked up in MAX_DOUBTFUL characters of a page."""
    left = MAX_DOUBTFUL
    for article in articles:
        verdict = classify(article)
        judged = replace(article, relevant=verdict.relevant, reason=verdict.reason, score=verdict.score)
        if not judged.relevant and judged.score >= DOUBTFUL_SCORE and len(judged.text) <= left:
            left -= len(judged.text)
            if name := surest_brand(judged, rules):
                judged = replace(judged, relevant=True, reason=f"names a labour brand: {name}")
        yield judged


def _bounded(articles: Iterable[ExtractedArticle], rules: StandingRules) -> Iterator[ExtractedArticle]:
    """The articles, each relevant one with its place, up to MAX_RELEVANT characters of them; the rest says why not."""
    left = MAX_RELEVANT
    for article in articles:
        size = max(len(article.text), LEAST_COUNTED)
        if not article.relevant:
            yield article
        elif size > left:
            yield replace(article, relevant=False, reason=PAST_LIMIT)
        else:
            left -= size
            yield replace(article, place=place_of(article, locate(article), rules))
