"""What records can be extended by: values of public brands and divisions, as the protocol writes them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from brands.api.pieces import Record
from brands.api.records import brands
from brands.listing.brands import brands_by_division
from brands.listing.rows import BrandRow, table_rows
from brands.models import BrandAlias, BrandDetail, Card, Region
from brands.place_words import region_title
from brands.reconciliation.requests import BRAND, LONGEST_KEY, REGION
from brands.vocabulary.choices import Category, DetailKind, Industry

# A value as the protocol writes it: {"str": …}, {"int": …}, {"id": …, "name": …}.
Value = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Property:
    """`kind` is the type of the records that it leads to; empty where its values are words or numbers."""

    id: str
    label: Any
    of: str = BRAND
    kind: str = ""


PROPERTIES = {
    one.id: one
    for one in (
        Property("region", _("所在地"), kind=REGION),
        Property("industry", _("行业")),
        Property("category", _("类型")),
        Property("level", _("级别")),
        Property("year", _("认定年份")),
        Property("batch", _("认定批次")),
        Property("organisation", _("建设单位")),
        Property("issuer", _("认定机关")),
        Property("people", _("就业人数（原文限定）")),
        Property("people_year", _("就业人数的年份")),
        Property("pay", _("人均收入（原文限定）")),
        Property("destinations", _("务工地")),
        Property("aliases", _("别名")),
        Property("articles", _("报道数")),
        Property("newest_report", _("最新报道")),
        Property("url", _("网址")),
        Property("adcode", _("行政区划代码"), of=REGION),
        Property("within", _("上级地区"), of=REGION, kind=REGION),
        Property("brands", _("本库品牌数"), of=REGION),
    )
}


def offered(type_: str) -> list[Property]:
    """What a record of the type can be extended by; of any, all."""
    return [one for one in PROPERTIES.values() if type_ in {"", one.of}]


def rows(request: HttpRequest, ids: Iterable[str], names: Sequence[str]) -> dict[str, dict[str, list[Value]]]:
    """The values of these properties, by record. A record that there is not, or no more, has none."""
    by_type: dict[str, list[str]] = defaultdict(list)
    for one in ids:
        kind, _slash, key = one.partition("/")
        if key.isascii() and key.isdigit() and len(key) < LONGEST_KEY:
            by_type[kind].append(key)
    told = _of_brands(request, by_type["brands"]) | _of_regions(by_type["regions"])
    return {one: {name: told.get(one, {}).get(name, []) for name in names} for one in ids}


def _of_brands(request: HttpRequest, keys: Sequence[str]) -> dict[str, dict[str, list[Value]]]:
    cards = list(Card.objects.filter(pk__in=[int(key) for key in keys]).values())
    records = {record["id"]: record for record in brands(request, cards)}
    places = Region.objects.in_bulk({card["adcode"] for card in cards if card["adcode"]})
    aliases: dict[int, list[str]] = defaultdict(list)
    for pk, name in BrandAlias.objects.filter(brand__in=list(records)).order_by("name").values_list("brand", "name"):
        aliases[pk].append(name)
    going: dict[int, list[BrandDetail]] = defaultdict(list)
    sent = BrandDetail.objects.filter(brand__in=list(records), kind=DetailKind.DESTINATION)
    for one in sent.select_related("region").order_by("pk"):
        going[one.brand_id].append(one)
    told = {}
    for card, shown in zip(cards, table_rows(cards), strict=True):
        pk = card["id"]
        several = {"aliases": _words(*aliases[pk]), "destinations": [_destination(one) for one in going[pk]]}
        told[f"brands/{pk}"] = _brand(card, records[pk], shown, places.get(card["adcode"])) | several
    return told


def _brand(card: Mapping[str, Any], record: Record, shown: BrandRow, place: Region | None) -> dict[str, list[Value]]:
    """Of a card, what the API and the table of the list say of it."""
    return {
        "region": [_region(place)] if place else [],
        "industry": _words(_label(Industry, card["industry"])),
        "category": _words(_label(Category, card["category"])),
        "level": _words(shown.level),
        "year": _number(card["year"]),
        "batch": _words(card["batch"]),
        "organisation": _words(record["organisation"]),
        "issuer": _words(record["issuer"]),
        "people": _words(shown.people),
        "people_year": _number(card["headcount_year"]),
        "pay": _words(shown.pay),
        "articles": _number(card["articles"]),
        "newest_report": [{"date": f"{shown.newest}T00:00:00Z"}] if shown.newest else [],
        "url": _words(record["url"]),
    }


def _of_regions(keys: Sequence[str]) -> dict[str, dict[str, list[Value]]]:
    counts = brands_by_division()
    found = Region.objects.select_related("parent").filter(pk__in=list(keys))
    return {
        f"regions/{one.adcode}": {
            "adcode": _words(one.adcode),
            "within": [_region(one.parent)] if one.parent else [],
            "brands": _number(counts[one.adcode]),
        }
        for one in found
    }


def _region(region: Region) -> Value:
    return {"id": f"regions/{region.adcode}", "name": region_title(region)}


def _destination(detail: BrandDetail) -> Value:
    """A division, or a country or words that are no record of ours."""
    if detail.region is not None:
        return _region(detail.region)
    return {"str": detail.words}


def _label(vocabulary: Any, value: str) -> str:
    return str(vocabulary(value).label) if value else ""


def _words(*told: str | None) -> list[Value]:
    return [{"str": one} for one in told if one]


def _number(value: int | None) -> list[Value]:
    return [] if value is None else [{"int": value}]
