"""Rows made into what the serializers declare: plain dicts, a few statements for all rows of a page. Unknown is None.

Rows come as mappings of the columns that are named here, never as models: making one takes longer than the database
does to read it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from brands.api.pieces import (
    Record,
    evidence,
    evidence_of_facts,
    evidence_of_programs,
    evidence_of_statistics,
    in_order,
    pages,
    pieces,
    root_of,
)
from brands.listing.brands import brands_by_division
from brands.listing.rows import address_of
from brands.models import Article, Brand, BrandDetail, Card, Evidence, Program, Region, Statistic
from brands.models.card import UNREPORTED
from brands.models.program import BETWEEN_NAMES
from brands.models.source import brands_named
from brands.models.statistic import SUBJECTS
from brands.sql import prepared
from brands.vocabulary import fields
from brands.vocabulary.dates import to_iso

Row = Mapping[str, Any]

# What a brand's record reads of its card, and of the brand itself.
CARD_COLUMNS = ("id", *(field.in_api for field in fields.FIELDS["brand"] if field.in_api), "pinyin", "place", "review",
                "headcount", "income", "as_of_year", "articles", "newest_report")  # fmt: skip
_BRAND_COLUMNS = ("organisation", "issuer", "document_number")

# What a number's record says as its row has it.
_AS_STORED = ("metric", "qualifier", "unit", "scope", "part_of", "per", "period", "as_of_basis", "stated", "review")

# What the subjects of numbers are called by.
_SUBJECT_NAMES = {"brand": "brand__name", "program": "program__name", "region": "region__common_name"}

STATISTIC_COLUMNS = ("id", *_AS_STORED, "value", "value_max", "whole_id", "as_of", "as_of_precision",
                     *(f"{kind}_id" for kind in SUBJECTS), *_SUBJECT_NAMES.values())  # fmt: skip
PROGRAM_COLUMNS = ("id", "name", "other_names", "kind", "edition", "year", "issuer", "held_on", "held_precision",
                   "place_id", "place__common_name", "review")  # fmt: skip
ARTICLE_COLUMNS = ("id", "title", "publisher", "published_on", "url", "place_id", "place__common_name",
                   "score")  # fmt: skip
REGION_COLUMNS = ("adcode", "name", "common_name", "short_name", "level", "parent_id", "pinyin")

_UNKNOWN = frozenset(("", UNREPORTED))


def brands(request: HttpRequest, rows: Sequence[Row]) -> list[Record]:
    """Of rows of cards with `CARD_COLUMNS`."""
    pks = [row["id"] for row in rows]
    root = root_of(request)
    series = {pk for (pk,) in _public_brands([row["series"] for row in rows if row["series"] is not None])}
    besides = {pk: dict(zip(_BRAND_COLUMNS, told, strict=True)) for pk, *told in _besides(pks)}
    details: dict[int, list[Record]] = {pk: [] for pk in pks}
    for pk, kind, words, adcode, country, people in _details(pks):
        said = {"kind": kind, "words": words, "adcode": adcode}
        details[pk].append(said | {"country": country or None, "people": people or None})
    nothing = dict.fromkeys(_BRAND_COLUMNS)
    found = []
    for row in rows:
        pk = row["id"]
        record = {
            name: None if value in _UNKNOWN else value for name, value in {**row, **besides.get(pk, nothing)}.items()
        }
        record["url"] = root + address_of(pk, row["pinyin"])
        record["details"] = details[pk]
        record["series"] = row["series"] if row["series"] in series else None
        found.append(record)
    return found


@prepared
def _public_brands(keys: Any) -> Any:
    return Card.objects.filter(pk__in=keys).values_list("pk")


@prepared
def _besides(keys: Any) -> Any:
    return Brand.objects.filter(pk__in=keys).order_by().values_list("pk", *_BRAND_COLUMNS)


@prepared
def _details(keys: Any) -> Any:
    rows = BrandDetail.objects.filter(brand__in=keys).order_by("pk")
    return rows.values_list("brand_id", "kind", "words", "region_id", "country", "people")


def brand(request: HttpRequest, card: Row) -> Record:
    """All that is public of the brand of one such row."""
    row = Brand.objects.get(pk=card["id"])
    own = Evidence.objects.filter(brand=row, article__relevant=True)
    programs = Program.objects.published().filter(brands=row).order_by("name", "pk")
    return brands(request, [card])[0] | {
        "aliases": list(row.aliases.order_by("name").values_list("name", flat=True)),
        "description": row.description or None,
        "programs": list(programs.values("id", "name")),
        "statistics": _statistics_of(request, brand=row),
        "evidence": evidence(root_of(request), in_order(own)),
    }


def _statistics_of(request: HttpRequest, **subject: Any) -> list[Record]:
    rows = Statistic.objects.published().filter(**subject).by_date()
    return statistics(request, rows.values(*STATISTIC_COLUMNS))


def statistics(request: HttpRequest, rows: Iterable[Row], *, quoted: bool = True) -> list[Record]:
    """Of rows with `STATISTIC_COLUMNS`; with their sentences, where they are to be `quoted`."""
    rows = list(rows)
    root = root_of(request)
    quotes = evidence_of_statistics(root, [row["id"] for row in rows]) if quoted else {}
    shown = {pk for (pk,) in _public_statistics([row["whole_id"] for row in rows if row["whole_id"] is not None])}
    return [_statistic(root, row, quotes.get(row["id"], []), shown) for row in rows]


@prepared
def _public_statistics(keys: Any) -> Any:
    return Statistic.objects.published().filter(pk__in=keys).order_by().values_list("pk")


def _statistic(root: str, row: Row, quotes: list[Record], wholes: Collection[int]) -> Record:
    """`wholes` are those numbers, of which it may be a part, that are public."""
    kind = "brand" if row["brand_id"] is not None else "program" if row["program_id"] is not None else "region"
    record: Record = {name: row[name] or None for name in _AS_STORED}
    record["id"] = row["id"]
    record["url"] = f"{root}{pages('statistic')}{row['id']}/"
    record["subject"] = {"type": kind, "key": str(row[f"{kind}_id"]), "name": row[_SUBJECT_NAMES[kind]]}
    record["value"] = number(row["value"])
    record["value_max"] = None if row["value_max"] is None else number(row["value_max"])
    record["whole"] = row["whole_id"] if row["whole_id"] in wholes else None
    record["as_of"] = to_iso(row["as_of"], row["as_of_precision"]) or None
    record["evidence"] = quotes
    return record


def regions(request: HttpRequest, rows: Iterable[Row]) -> list[Record]:
    """Of rows with `REGION_COLUMNS`."""
    counts = brands_by_division()
    before = root_of(request) + pages("region")
    columns = ("adcode", "name", "common_name", "level", "pinyin")
    return [
        {name: row[name] for name in columns}
        | {"short_name": row["short_name"] or None, "parent": row["parent_id"], "brands": counts[row["adcode"]]}
        | {"url": f"{before}{row['adcode']}/"}
        for row in rows
    ]


def region(request: HttpRequest, row: Region) -> Record:
    """With its other names, and the divisions above and right below it."""
    own = {name: getattr(row, name) for name in REGION_COLUMNS}
    return regions(request, [own])[0] | {
        "names": list(dict.fromkeys(row.names.order_by("kind", "name").values_list("name", flat=True))),
        "lineage": [_place(holder.pk, holder.common_name) for holder in row.lineage[:-1]],
        "children": regions(request, row.children.order_by("adcode").values(*REGION_COLUMNS)),
    }


def programs(request: HttpRequest, rows: Iterable[Row], *, quoted: bool = True) -> list[Record]:
    """Of rows with `PROGRAM_COLUMNS`; with their sentences, where they are to be `quoted`."""
    rows = list(rows)
    root = root_of(request)
    told = evidence_of_programs(root, [row["id"] for row in rows]) if quoted else {}
    return [
        {name: row[name] or None for name in ("name", "kind", "edition", "year", "issuer", "review")}
        | {
            "id": row["id"],
            "url": f"{root}{pages('program')}{row['id']}/",
            "other_names": [name for name in row["other_names"].split(BETWEEN_NAMES) if name],
            "held_on": to_iso(row["held_on"], row["held_precision"]) or None,
            "place": _place(row["place_id"], row["place__common_name"]),
            "evidence": told.get(row["id"], []),
        }
        for row in rows
    ]


def program(request: HttpRequest, row: Row) -> Record:
    """With what it concerns, and its numbers."""
    own = Program.objects.get(pk=row["id"])
    concerned = Card.objects.filter(pk__in=own.brands.values("pk")).order_by("pinyin", "id")
    return programs(request, [row])[0] | {
        "brands": list(concerned.values("id", "name")),
        "regions": [_place(one.pk, one.common_name) for one in own.regions.order_by("adcode")],
        "statistics": _statistics_of(request, program=own),
    }


def articles(request: HttpRequest, rows: Iterable[Row]) -> list[Record]:
    """Of rows with `ARTICLE_COLUMNS`."""
    rows = list(rows)
    before = root_of(request) + pages("article")
    counts: dict[int, int] = dict(brands_named([row["id"] for row in rows]))
    return [
        {
            "id": row["id"],
            "url": f"{before}{row['id']}/",
            "title": row["title"],
            "publisher": row["publisher"] or None,
            "published_on": row["published_on"],
            "source_url": row["url"] or None,
            "place": _place(row["place_id"], row["place__common_name"]),
            "score": row["score"],
            "brands": counts.get(row["id"], 0),
        }
        for row in rows
    ]


def article(request: HttpRequest, row: Row) -> Record:
    """With the sentences that say a public fact. The whole text is the publisher's: the site's page shows it where
    facts are read, and nothing hands it out."""
    own = Article.objects.select_related("reprint_of").defer("page").get(pk=row["id"])
    told = Evidence.objects.public().filter(article=own)
    prints = own.reprints.filter(relevant=True).order_by("pk")
    first = own.reprint_of
    return articles(request, [row])[0] | {
        "reprint_of": first.pk if first and first.relevant else None,
        "reprints": list(prints.values_list("pk", flat=True)),
        "evidence": evidence_of_facts(request, pieces(told.order_by("start", "pk"))),
    }


def _place(adcode: str | None, name: str) -> Record | None:
    return None if adcode is None else {"adcode": adcode, "name": name}


def number(value: Decimal) -> int | float:
    """As JSON writes it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
