"""Answers to queries: :func:`search` is the one way in, whatever stands behind it.

This first version asks the tables themselves for substrings, which finds everything and reads everything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TypeVar

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from brands.highlight import Mark
from brands.models import Article, Brand, BrandAlias, Program, Region
from brands.reading import lay_out
from brands.search.query import Query

PER_GROUP = 10
"""Hits shown of each group."""

MAX_READ = 300
"""Articles whose text is read for one query, the newest that may match; beyond that the count says "at least"."""

BEFORE, AFTER = 24, 64
"""Characters of a snippet before and behind the first match."""

Named = TypeVar("Named", Brand, Program)


@dataclass(frozen=True, slots=True)
class Hit:
    """`marks` are the matched characters of `title`, `snippet_marks` those of `snippet`."""

    row: Brand | Program | Region | Article
    title: str
    marks: list[Mark]
    snippet: str = ""
    snippet_marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """`total` counts all matches, `at_least` tells that there may be more."""

    kind: str
    hits: list[Hit]
    total: int
    at_least: bool = False


def search(query: Query, *, limit: int = PER_GROUP) -> list[Group]:
    """Brands, regions, programs and articles in which every word of the query is found; groups without hits left out.

    Two statements a group.
    """
    if not query.words:
        return []
    asked: tuple[Callable[[Query, int], Group], ...] = (_brands, _regions, _programs, _articles)
    return [group for ask in asked if (group := ask(query, limit)).total]


def find_marks(text: str, words: tuple[str, ...]) -> list[Mark]:
    """Where the words stand in the text, whatever their case."""
    folded = text.lower() if len(text.lower()) == len(text) else text
    marks = []
    for word in words:
        place = folded.find(word.lower())
        while place >= 0:
            marks.append(Mark(place, place + len(word)))
            place = folded.find(word.lower(), place + len(word))
    return marks


def _brands(query: Query, limit: int) -> Group:
    found = Brand.objects.published().filter(_every(query, _brand_has))
    ranked = _ranked(found, query).select_related("region__parent__parent").prefetch_related("aliases")
    return Group("brand", [_brand_hit(brand, query) for brand in ranked[:limit]], found.count())


def _brand_has(word: str) -> Q:
    alias = BrandAlias.objects.filter(brand=OuterRef("pk"), name__icontains=word)
    places = Region.objects.filter(_region_has(word)).values("pk")
    return (
        Q(name__icontains=word)
        | Q(Exists(alias))
        | Q(region__in=places)
        | Q(region__parent__in=places)
        | Q(region__parent__parent__in=places)
    )


def _brand_hit(brand: Brand, query: Query) -> Hit:
    """With the alias that matched where the name doesn't say why the brand is here."""
    missing = tuple(word for word in query.words if not find_marks(brand.name, (word,)))
    alias = next((alias.name for alias in brand.aliases.all() if find_marks(alias.name, missing)), "")
    return Hit(brand, brand.name, find_marks(brand.name, query.words), alias, tuple(find_marks(alias, query.words)))


def _regions(query: Query, limit: int) -> Group:
    found = Region.objects.exclude(level="country").filter(_every(query, _region_has))
    ranked = found.select_related("parent__parent").order_by(F("level").desc(), "adcode")  # provinces, prefectures, …
    hits = [Hit(region, region.name, find_marks(region.name, query.words)) for region in ranked[:limit]]
    return Group("region", hits, found.count())


def _region_has(word: str) -> Q:
    """Short and literary names must be meant as a whole: 桂 is no part of 桂林's other names."""
    return Q(name__icontains=word) | Q(Exists(_other_names(word)))


def _other_names(word: str) -> QuerySet[Region]:
    return Region.objects.filter(pk=OuterRef("pk"), names__name=word)


def _programs(query: Query, limit: int) -> Group:
    found = Program.objects.published().filter(_every(query, lambda word: Q(name__icontains=word)))
    ranked = _ranked(found, query).select_related("place")
    hits = [Hit(program, program.name, find_marks(program.name, query.words)) for program in ranked[:limit]]
    return Group("program", hits, found.count())


def _articles(query: Query, limit: int) -> Group:
    """A page may hold several articles, so each candidate's own text is read."""
    candidates = (
        Article.objects.relevant()
        .filter(_every(query, lambda word: Q(title__icontains=word) | Q(page__text__icontains=word)))
        .select_related("page")
        .newest_first()[: MAX_READ + 1]
    )
    hits = [hit for article in list(candidates)[:MAX_READ] if (hit := _article_hit(article, query))]
    return Group("article", hits[:limit], len(hits), at_least=len(candidates) > MAX_READ)


def _article_hit(article: Article, query: Query) -> Hit | None:
    """None where some word is neither in the title nor in the text."""
    text = lay_out(article.page.text, [(start, end) for start, end in article.spans]).text
    folded = f"{article.title}\n{text}".lower()
    if not all(word.lower() in folded for word in query.words):
        return None
    snippet = snippet_of(text, query.words)
    marks = tuple(find_marks(snippet, query.words))
    return Hit(article, article.title, find_marks(article.title, query.words), snippet, marks)


def snippet_of(text: str, words: tuple[str, ...]) -> str:
    """The text around its first match, or nothing without one."""
    first = min((mark.start for mark in find_marks(text, words)), default=None)
    if first is None:
        return ""
    start, end = max(first - BEFORE, 0), first + AFTER
    cut = text[start:end].replace("\n", " ")
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"


def _every(query: Query, condition: Callable[[str], Q]) -> Q:
    return reduce(and_, map(condition, query.words))


def _ranked(rows: QuerySet[Named], query: Query) -> QuerySet[Named]:
    """The name itself first, then names that begin with the query, then names that hold a word of it."""
    held = reduce(or_, (Q(name__icontains=word) for word in query.words))
    rank = Case(
        When(name__iexact=query.text, then=Value(0)),
        When(name__istartswith=query.text, then=Value(1)),
        When(held, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return rows.order_by(rank, "name", "pk")
