"""What a page is about, in the words of schema.org, for programs that read pages (JSON-LD 1.1).

A page is a WebPage that cites the newspapers; a brand is a DefinedTerm of our set of terms, and the whole a Dataset.
Addresses are full ones. Nothing is said that the page doesn't show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from brands.models import Article, Brand

Data: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class ItemList:
    """Rows of a list, each with its name and its full address: which place of the whole list the first one has, and how
    many rows that has."""

    rows: Sequence[tuple[str, str]]
    first: int
    total: int


CONTEXT = "https://schema.org"
# Articles that a page cites here; the page itself has all.
MOST = 10


def page(url: str, name: str, articles: Iterable[Article], *, about: Data | None = None) -> Data:
    """A page, the papers that bear it out (each article once, `MOST` at most), and what it is about."""
    cited = list({article.pk: news_article(article) for article in articles}.values())[:MOST]
    return _told(
        {"@context": CONTEXT, "@type": "WebPage", "url": url, "name": name, "mainEntity": about, "citation": cited}
    )


def collection(url: str, name: str, description: str, items: ItemList, *, within: Data) -> Data:
    """A page of a list that is a part of the whole `within`."""
    places = enumerate(items.rows, start=items.first)
    listed = [{"@type": "ListItem", "position": place, "name": label, "url": to} for place, (label, to) in places]
    return {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "url": url,
        "name": name,
        "description": description,
        "isPartOf": {key: value for key, value in within.items() if key != "@context"},
        "mainEntity": {"@type": "ItemList", "numberOfItems": items.total, "itemListElement": listed},
    }


def news_article(article: Article) -> Data:
    """The article as the paper printed it."""
    return _told(
        {
            "@type": "NewsArticle",
            "headline": article.title,
            "publisher": {"@type": "Organization", "name": article.publisher} if article.publisher else None,
            "datePublished": article.published_on.isoformat() if article.published_on else "",
            "url": article.url,
            "inLanguage": "zh-Hans",
        }
    )


def defined_term(brand: Brand, *, url: str, description: str, aliases: Iterable[str], site: Data) -> Data:
    return _told(
        {
            "@type": "DefinedTerm",
            "@id": url,
            "name": brand.name,
            "alternateName": list(aliases),
            "description": description,
            "inDefinedTermSet": site | {"@type": "DefinedTermSet"},
        }
    )


def dataset(*, url: str, name: str, description: str, measured: Iterable[str]) -> Data:
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "url": url,
        "name": name,
        "description": description,
        "inLanguage": "zh-Hans",
        "isAccessibleForFree": True,
        "spatialCoverage": {"@type": "Country", "name": "中国"},
        "variableMeasured": list(measured),
        "creator": {"@type": "Organization", "name": name, "url": url},
    }


# The media types of files, by their endings (IANA's registry; JSON lines has none there).
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "jsonld": "application/ld+json",
    "parquet": "application/vnd.apache.parquet",
    "sqlite3": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def terms(licence: str, files: Iterable[tuple[str, str]]) -> Data:
    """What a dataset says of its licence, an address, and of its files, each with its name and full address."""
    return {
        "license": licence,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "contentUrl": url,
                "encodingFormat": MEDIA_TYPES[url.partition("?")[0].rpartition(".")[2]],
            }
            for name, url in files
        ],
    }


def _told(data: Data) -> Data:
    """Without what isn't known."""
    return {name: value for name, value in data.items() if value not in (None, "", [])}
