"""What is shown of a hit, in the words of the catalogue: the rows of each kind in one statement, with what a page shows
beside their names."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Q

from brands.models import (
    Article,
    Brand,
    BrandAlias,
    DocumentKind,
    Program,
    Region,
    RegionName,
    SearchDocument,
    Statistic,
)
from brands.sql import grouped, prepared
from brands.vocabulary.choices import Metric

Row: TypeAlias = Brand | Region | Program | Statistic | Article


@dataclass(frozen=True, slots=True)
class Original:
    """A row, and its texts as people wrote them. `reprints` are the other prints of an article's story."""

    row: Row
    name: str
    aliases: tuple[str, ...] = ()
    description: tuple[str, ...] = ()
    reprints: tuple[Article, ...] = ()


def originals(documents: Iterable[SearchDocument]) -> dict[int, Original]:
    """By the number of the document; a document whose row has just gone is left out."""
    keys: defaultdict[DocumentKind, list[str]] = defaultdict(list)
    for document in documents:
        keys[DocumentKind(document.kind)].append(document.ref)
    return {kind.number(one.row.pk): one for kind, some in keys.items() for one in _READ[kind](some)}


def _brands(keys: Collection[str]) -> Iterable[Original]:
    aliases = grouped(_aliases([int(key) for key in keys]))
    for row in Brand.objects.filter(pk__in=keys).select_related("region__parent__parent").order_by():
        yield Original(row, row.name, tuple(aliases.get(row.pk, ())), (row.description, row.organisation))


@prepared
def _aliases(keys: Any) -> Any:
    return BrandAlias.objects.filter(brand__in=keys).order_by("brand_id", "name").values_list("brand_id", "name")


def _regions(keys: Collection[str]) -> Iterable[Original]:
    names = grouped(_names(keys))
    for row in Region.objects.filter(pk__in=keys).select_related("parent__parent").order_by():
        others = (row.name, row.short_name, *names.get(row.pk, ()))
        yield Original(row, row.common_name, tuple(filter(None, others)))


@prepared
def _names(keys: Any) -> Any:
    rows = RegionName.objects.filter(region__in=keys).order_by("region_id", "kind", "name")
    return rows.values_list("region_id", "name")


def _programs(keys: Collection[str]) -> Iterable[Original]:
    for row in Program.objects.filter(pk__in=keys).select_related("place__parent__parent").order_by():
        yield Original(row, row.name, tuple(row.names), description=(row.issuer,))


def _statistics(keys: Collection[str]) -> Iterable[Original]:
    for row in Statistic.objects.filter(pk__in=keys).select_related("brand", "program", "region").order_by():
        yield Original(row, str(row.subject), description=(str(Metric(row.metric).label), row.stated))


def _articles(keys: Collection[str]) -> Iterable[Original]:
    rows = list(Article.objects.filter(pk__in=keys).without_text().order_by())
    heads = {row.pk: row.story for row in rows}
    stories: defaultdict[int, list[Article]] = defaultdict(list)
    prints = Article.objects.published().filter(Q(pk__in=heads.values()) | Q(reprint_of__in=heads.values()))
    for row in prints.newest_first():
        stories[row.story].append(row)
    for row in rows:
        others = tuple(other for other in stories[heads[row.pk]] if other != row)
        yield Original(row, row.title, description=(row.publisher,), reprints=others)


_READ: Mapping[DocumentKind, Callable[[Collection[str]], Iterable[Original]]] = {
    DocumentKind.BRAND: _brands,
    DocumentKind.REGION: _regions,
    DocumentKind.PROGRAM: _programs,
    DocumentKind.STATISTIC: _statistics,
    DocumentKind.ARTICLE: _articles,
}
