"""Rows of the catalogue -> what documents are made of, each kind in a fixed number of prepared statements."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from django.conf import settings
from django.utils import translation

from brands.models import Article, Brand, BrandAlias, DocumentKind, Evidence, Page, Program, Region, Statistic
from brands.models.program import BETWEEN_NAMES
from brands.models.region import COUNTRY
from brands.sql import grouped, prepared
from brands.text.page_text import lay_out
from brands.vocabulary.choices import Metric, ReviewState
from brands.vocabulary.pinyin import sort_key

# Characters of an article by which it is found. A newspaper page has 20,000; the tokens of more don't fit a column of
# PostgreSQL (1 MB).
MAX_BODY = 100_000

# Primary keys of rows of one kind.
Keys: TypeAlias = Collection[Any]


class Source(NamedTuple):
    """What a document is made of, as the catalogue has it."""

    kind: DocumentKind
    pk: int | str
    name: str
    adcode: str | None
    sort: str
    aliases: Sequence[str] = ()
    description: Sequence[str] = ()
    body: str = ""
    labels: Sequence[str] = ()
    story: int | None = None
    curated: bool = False


def sources(keys: Mapping[DocumentKind, Keys]) -> list[Source]:
    """Those of the rows with these primary keys that a reader may see."""
    return [source for kind, some in keys.items() for source in _READERS[kind](some)]


def public(kind: DocumentKind) -> Any:
    """The rows of a kind that have documents, as a queryset."""
    rows: dict[DocumentKind, Callable[[], Any]] = {
        DocumentKind.BRAND: Brand.objects.published,
        DocumentKind.REGION: Region.objects.exclude(pk=COUNTRY).all,
        DocumentKind.PROGRAM: Program.objects.published,
        DocumentKind.STATISTIC: Statistic.objects.published,
        DocumentKind.ARTICLE: Article.objects.published,
    }
    return rows[kind]().order_by()


@prepared
def _brand_rows(keys: object) -> object:
    return (
        public(DocumentKind.BRAND)
        .filter(pk__in=keys)
        .values_list(
            "pk", "name", "region_id", "pinyin", "review", "description", "organisation",
            "industry", "category", "level",
        )
    )  # fmt: skip


@prepared
def _aliases(keys: Any) -> Any:
    return BrandAlias.objects.filter(brand__in=keys).order_by("name").values_list("brand_id", "name")


@prepared
def _metrics(keys: Any) -> Any:
    """The metrics of which each brand has a public figure."""
    rows = public(DocumentKind.STATISTIC).filter(brand__in=keys).order_by("brand_id", "metric")
    return rows.values_list("brand_id", "metric").distinct()


def _brands(keys: Keys) -> Iterator[Source]:
    aliases, metrics = grouped(_aliases(keys)), grouped(_metrics(keys))
    for pk, name, adcode, pinyin, review, description, organisation, *labels in _brand_rows(keys):
        yield Source(
            kind=DocumentKind.BRAND,
            pk=pk,
            name=name,
            adcode=adcode,
            sort=pinyin,
            aliases=aliases.get(pk, ()),
            description=(description, organisation),
            labels=[*_labels(*labels), *(f"metric:{metric}" for metric in metrics.get(pk, ()))],
            curated=review == ReviewState.CONFIRMED,
        )


@prepared
def _region_rows(keys: Any) -> Any:
    return public(DocumentKind.REGION).filter(pk__in=keys).values_list("adcode", "common_name")


def _regions(keys: Keys) -> Iterator[Source]:
    for adcode, name in _region_rows(keys):
        yield Source(kind=DocumentKind.REGION, pk=adcode, name=name, adcode=adcode, sort=sort_key(name), curated=True)


@prepared
def _program_rows(keys: object) -> object:
    return (
        public(DocumentKind.PROGRAM)
        .filter(pk__in=keys)
        .values_list("pk", "name", "other_names", "place_id", "issuer", "kind", "review")
    )


def _programs(keys: Keys) -> Iterator[Source]:
    for pk, name, others, adcode, issuer, kind, review in _program_rows(keys):
        yield Source(
            kind=DocumentKind.PROGRAM,
            pk=pk,
            name=name,
            adcode=adcode,
            sort=sort_key(name),
            aliases=[other for other in others.split(BETWEEN_NAMES) if other],
            description=(issuer,),
            labels=(f"kind:{kind}",),
            curated=review == ReviewState.CONFIRMED,
        )


class _Figure(NamedTuple):
    """A statistic with what is asked of its subject, which is one of three."""

    pk: int
    metric: str
    stated: str
    as_of: date | None
    review: str
    brand__name: str | None
    brand__region_id: str | None
    brand__industry: str | None
    brand__category: str | None
    brand__level: str | None
    program__name: str | None
    program__place_id: str | None
    region__common_name: str | None
    region_id: str | None

    @property
    def name(self) -> str:
        return self.brand__name or self.program__name or self.region__common_name or ""

    @property
    def adcode(self) -> str | None:
        return self.brand__region_id or self.program__place_id or self.region_id


@prepared
def _figures(keys: object) -> object:
    return public(DocumentKind.STATISTIC).filter(pk__in=keys).values_list(*_Figure._fields)


def _statistics(keys: Keys) -> Iterator[Source]:
    for row in map(_Figure._make, _figures(keys)):
        yield Source(
            kind=DocumentKind.STATISTIC,
            pk=row.pk,
            name=row.name,
            adcode=row.adcode,
            sort=f"{_newest_first(row.as_of)} {row.metric}",
            description=(_called(row.metric), row.stated),
            labels=[f"metric:{row.metric}", *_labels(row.brand__industry, row.brand__category, row.brand__level)],
            curated=row.review == ReviewState.CONFIRMED,
        )


@cache
def _called(metric: str) -> str:
    """The Chinese name of a metric, by which its figures are found."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(Metric(metric).label)


@prepared
def _article_rows(keys: object) -> object:
    columns = ("pk", "title", "place_id", "publisher", "published_on", "reprint_of_id", "page_id", "spans")
    return public(DocumentKind.ARTICLE).filter(pk__in=keys).values_list(*columns)


@prepared
def _texts(keys: Any) -> Any:
    return Page.objects.filter(pk__in=keys).order_by().values_list("pk", "text")


@prepared
def _stretches(keys: Any) -> Any:
    rows = Evidence.objects.filter(article__in=keys).order_by()
    return rows.values_list("article_id", "context_start", "context_end").distinct()


def _articles(keys: Keys) -> Iterator[Source]:
    rows = _article_rows(keys)
    texts: dict[int, str] = dict(_texts({page for *_, page, _spans in rows}))
    whole = grouped((pk, (start, end)) for pk, start, end in _stretches(keys))
    for pk, title, adcode, publisher, day, first, page, spans in rows:
        laid = lay_out(texts[page], [(start, end) for start, end in spans], whole=whole.get(pk, ()))
        yield Source(
            kind=DocumentKind.ARTICLE,
            pk=pk,
            name=title,
            adcode=adcode,
            sort=_newest_first(day),
            description=(publisher,),
            body=laid.text[:MAX_BODY],
            story=first,
        )


_READERS: Mapping[DocumentKind, Callable[[Keys], Iterator[Source]]] = {
    DocumentKind.BRAND: _brands,
    DocumentKind.REGION: _regions,
    DocumentKind.PROGRAM: _programs,
    DocumentKind.STATISTIC: _statistics,
    DocumentKind.ARTICLE: _articles,
}


def _labels(industry: str | None, category: str | None, level: str | None) -> list[str]:
    named = {"industry": industry, "category": category, "level": level}
    return [f"{field}:{value}" for field, value in named.items() if value]


def _newest_first(day: date | None) -> str:
    """A text that is the smaller the later the day; undated is last.

    >>> _newest_first(date(2025, 11, 19)) < _newest_first(date(2025, 11, 18)) < _newest_first(None)
    True
    """
    return f"{99_999_999 - (day.year * 10_000 + day.month * 100 + day.day):08d}" if day else "99999999"
