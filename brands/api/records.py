"""Rows made into what the serializers read: plain dicts, a few statements for all rows of a page. Unknown is None."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from brands.figures.figures import quotes_by
from brands.listing.address import full
from brands.listing.brands import brands_by_division
from brands.listing.rows import address_of
from brands.models import Article, Brand, BrandDetail, Card, Evidence, Program, Region, Statistic
from brands.models.card import UNREPORTED
from brands.models.statistic import SUBJECTS
from brands.vocabulary import fields
from brands.vocabulary.dates import to_iso

Record = dict[str, Any]

# What a brand's record reads of its card, and of the brand itself.
CARD_COLUMNS = ("id", *(field.in_api for field in fields.FIELDS["brand"] if field.in_api), "pinyin", "place", "review",
                "headcount", "income", "as_of_year", "articles", "newest_report")  # fmt: skip
_BRAND_COLUMNS = ("organisation", "issuer", "document_number")

_FACTS = ("brand", "program", "statistic")


def brands(request: HttpRequest, rows: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Of rows of cards with `CARD_COLUMNS`."""
    pks = [row["id"] for row in rows]
    root = full(request, "/").rstrip("/")
    named = [row["series"] for row in rows if row["series"] is not None]
    series = set(Card.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    besides = {one.pop("pk"): one for one in Brand.objects.filter(pk__in=pks).values("pk", *_BRAND_COLUMNS)}
    details: defaultdict[int, list[Record]] = defaultdict(list)
    for one in BrandDetail.objects.filter(brand__in=pks).order_by("pk"):
        said = {"kind": one.kind, "words": one.words, "adcode": one.region_id}
        details[one.brand_id].append(said | {"country": one.country or None, "people": one.people or None})
    return [
        _known(row | besides.get(row["id"], dict.fromkeys(_BRAND_COLUMNS)))
        | {"url": root + address_of(row["id"], row["pinyin"]), "details": details[row["id"]]}
        | {"series": row["series"] if row["series"] in series else None}
        for row in rows
    ]


def brand(request: HttpRequest, card: Mapping[str, Any]) -> Record:
    """All that is public of the brand of one such row."""
    row = Brand.objects.get(pk=card["id"])
    own = Evidence.objects.filter(brand=row, article__relevant=True)
    programs = Program.objects.published().filter(brands=row).order_by("name", "pk")
    return brands(request, [card])[0] | {
        "aliases": list(row.aliases.order_by("name").values_list("name", flat=True)),
        "description": row.description or None,
        "programs": [{"id": one.pk, "name": one.name} for one in programs],
        "statistics": statistics(request, Statistic.objects.published().filter(brand=row).by_date()),
        "evidence": evidence(request, own),
    }


def statistics(request: HttpRequest, rows: Iterable[Statistic], *, quoted: bool = True) -> list[Record]:
    """With their sentences, where they are to be `quoted`."""
    if isinstance(rows, QuerySet):
        rows = rows.select_related(*SUBJECTS)
    rows = list(rows)
    quotes = quotes_by(rows) if quoted else {}
    wholes = [row.whole_id for row in rows if row.whole_id is not None]
    shown = set(Statistic.objects.published().filter(pk__in=wholes).values_list("pk", flat=True)) if wholes else set()
    return [_statistic(request, row, quotes.get(row.pk, []), shown) for row in rows]


def _statistic(request: HttpRequest, row: Statistic, quotes: Sequence[Evidence], wholes: Collection[int]) -> Record:
    """`wholes` are those numbers, of which it may be a part, that are public."""
    kind = next(kind for kind in SUBJECTS if getattr(row, f"{kind}_id") is not None)
    columns = ("metric", "qualifier", "unit", "scope", "part_of", "per", "period", "as_of_basis", "stated", "review")
    return _known({name: getattr(row, name) for name in columns}) | {
        "id": row.pk,
        "url": full(request, row.get_absolute_url()),
        "subject": {"type": kind, "key": str(getattr(row, f"{kind}_id")), "name": str(row.subject)},
        "value": number(row.value),
        "value_max": None if row.value_max is None else number(row.value_max),
        "whole": row.whole_id if row.whole_id in wholes else None,
        "as_of": to_iso(row.as_of, row.as_of_precision) or None,
        "evidence": [_piece(request, quote) for quote in quotes],
    }


def regions(request: HttpRequest, rows: Iterable[Region]) -> list[Record]:
    counts = brands_by_division()
    columns = ("adcode", "name", "common_name", "level", "pinyin")
    return [
        {name: getattr(row, name) for name in columns}
        | {"short_name": row.short_name or None, "parent": row.parent_id, "brands": counts[row.pk]}
        | {"url": full(request, row.get_absolute_url())}
        for row in rows
    ]


def region(request: HttpRequest, row: Region) -> Record:
    """With its other names, and the divisions above and right below it."""
    holders = row.lineage[:-1]
    return regions(request, [row])[0] | {
        "names": list(dict.fromkeys(row.names.order_by("kind", "name").values_list("name", flat=True))),
        "lineage": [_place(holder) for holder in holders],
        "children": regions(request, row.children.order_by("adcode")),
    }


def programs(request: HttpRequest, rows: Iterable[Program], *, quoted: bool = True) -> list[Record]:
    """With their sentences, where they are to be `quoted`."""
    rows = list(rows)
    told: defaultdict[int | None, list[Record]] = defaultdict(list)
    own = Evidence.objects.filter(program__in=rows if quoted else (), article__relevant=True)
    for piece in own.with_words().order_by("article_id", "start", "pk"):
        told[piece.program_id].append(_piece(request, piece))
    return [
        _known({name: getattr(row, name) for name in ("name", "kind", "edition", "year", "issuer", "review")})
        | {
            "id": row.pk,
            "url": full(request, row.get_absolute_url()),
            "other_names": row.names,
            "held_on": to_iso(row.held_on, row.held_precision) or None,
            "place": _place(row.place),
            "evidence": told[row.pk],
        }
        for row in rows
    ]


def program(request: HttpRequest, row: Program) -> Record:
    """With what it concerns, and its numbers."""
    concerned = Card.objects.filter(pk__in=row.brands.values("pk")).order_by("pinyin", "id")
    return programs(request, [row])[0] | {
        "brands": [{"id": one.pk, "name": one.name} for one in concerned.only("id", "name")],
        "regions": [_place(one) for one in row.regions.order_by("adcode")],
        "statistics": statistics(request, Statistic.objects.published().filter(program=row).by_date()),
    }


def articles(request: HttpRequest, rows: Iterable[Article]) -> list[Record]:
    rows = list(rows)
    counts = Article.objects.brand_counts(rows)
    return [
        _source(row)
        | {"url": full(request, row.get_absolute_url()), "place": _place(row.place), "score": row.score}
        | {"brands": counts.get(row.pk, 0)}
        for row in rows
    ]


def article(request: HttpRequest, row: Article) -> Record:
    """With the sentences that say a public fact. The whole text is the publisher's: the site's page shows it where
    facts are read, and nothing hands it out."""
    told = Evidence.objects.public().filter(article=row)
    prints = row.reprints.filter(relevant=True).order_by("pk")
    first = row.reprint_of
    return articles(request, [row])[0] | {
        "reprint_of": first.pk if first and first.relevant else None,
        "reprints": list(prints.values_list("pk", flat=True)),
        "evidence": evidence_of_facts(request, told.with_words().order_by("start", "pk")),
    }


def evidence(request: HttpRequest, rows: Any) -> list[Record]:
    """Evidence of one fact, in the order of the articles and of their words."""
    return [_piece(request, piece) for piece in rows.with_words().order_by("article_id", "start", "pk")]


def evidence_of_facts(request: HttpRequest, pieces: Iterable[Evidence]) -> list[Record]:
    """The same of several, each naming its fact; rows of `with_words`."""
    return [_piece(request, piece) | {"fact": _fact(piece)} for piece in pieces]


def _fact(piece: Evidence) -> Record:
    return next({"type": kind, "key": key} for kind in _FACTS if (key := getattr(piece, f"{kind}_id")) is not None)


def _piece(request: HttpRequest, piece: Evidence) -> Record:
    return {
        "id": piece.pk,
        "url": full(request, piece.get_absolute_url()),
        "field": piece.field or None,
        "words": piece.quote,
        "sentence": piece.sentence,
        "scope_words": piece.scope_words,
        "start": piece.start,
        "end": piece.end,
        "sentence_start": piece.context_start,
        "sentence_end": piece.context_end,
        "article": _source(piece.article),
        "rule": piece.rule or None,
        "version": piece.version or None,
        "confidence": piece.confidence,
    }


def _source(article: Article) -> Record:
    columns = {"id": article.pk, "title": article.title, "published_on": article.published_on}
    return columns | {"publisher": article.publisher or None, "source_url": article.url or None}


def _place(region: Region | None) -> Record | None:
    return None if region is None else {"adcode": region.pk, "name": region.common_name}


def _known(row: Mapping[str, Any]) -> Record:
    return {name: None if value in {"", UNREPORTED} else value for name, value in row.items()}


def number(value: Decimal) -> int | float:
    """As JSON writes it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
