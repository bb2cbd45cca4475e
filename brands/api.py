"""The lists of brands and of statistics as JSON, with the parameters of the pages: the same filters, counts, order and
complaints.

docs/api.md describes them; tests/brands/test_api.py holds both against each other.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from brands.figures.figures import quotes_by
from brands.listing import BrandList, Listing, StatisticList
from brands.listing.address import full, nearest_page
from brands.listing.facets import FacetValue, facets
from brands.models import Brand, BrandDetail, Card, Evidence, Statistic
from brands.models.brand import brand_address
from brands.models.card import UNREPORTED
from brands.models.statistic import SUBJECTS
from brands.vocabulary import fields
from brands.vocabulary.dates import to_iso

# What a list's rows become.
Results = Callable[[HttpRequest, list[Any]], Iterable[dict[str, Any]]]

# Results a page.
PAGE_SIZE = 100

# The last page, as on the site: filters lead to every row.
DEEPEST = 120

COLUMNS = ("id", *(field.in_api for field in fields.FIELDS["brand"] if field.in_api), "pinyin", "place", "review",
           "headcount", "income", "as_of_year", "articles", "newest_report")  # fmt: skip


@require_safe
def brands(request: HttpRequest) -> JsonResponse:
    """One page of the list that the parameters ask for. What they say that isn't understood stands in `complaints`."""
    listing = BrandList(request.GET, Card.objects.values(*COLUMNS), path=request.path)
    return _answer(request, listing, _brands)


@require_safe
def statistics(request: HttpRequest) -> JsonResponse:
    """The same of statistics, each with its sentences."""
    rows = StatisticList.all_rows().select_related(*SUBJECTS)
    return _answer(request, StatisticList(request.GET, rows, path=request.path), _statistics)


def _answer(request: HttpRequest, listing: Listing, results: Results) -> JsonResponse:
    total = listing.total()
    pages = min(max(-(-total // PAGE_SIZE), 1), DEEPEST)
    number = nearest_page(request.GET.get("page", "").strip(), pages)
    rows = listing.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE)
    answer = {
        "count": total,
        "page": number,
        "pages": pages,
        "next": full(request, listing.address.page(number + 1).url) if number < pages else None,
        "previous": full(request, listing.address.page(number - 1).url) if number > 1 else None,
        "complaints": listing.complaints,
        "facets": _facets(request, listing),
        "results": list(results(request, list(rows))),
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _facets(request: HttpRequest, listing: Listing) -> dict[str, object]:
    return {
        facet.name: {"label": facet.label, "values": [_value(request, value) for value in facet.values]}
        for facet in facets(listing)
    }


def _value(request: HttpRequest, value: FacetValue) -> dict[str, object]:
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
        "url": full(request, value.url),
    }


# What results have that no card has.
BESIDES = ("organisation", "issuer", "document_number")


def _besides(brands: list[int]) -> dict[int, dict[str, Any]]:
    """By brand, its fields that no list shows, and its details."""
    found = {row.pop("pk"): row | {"details": []} for row in Brand.objects.filter(pk__in=brands).values("pk", *BESIDES)}
    for one in BrandDetail.objects.filter(brand__in=brands).order_by("pk"):
        place = {"adcode": one.region_id, "country": one.country or None, "people": one.people or None}
        found[one.brand_id]["details"].append({"kind": one.kind, "words": one.words, **place})
    return found


def _brands(request: HttpRequest, rows: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    besides = _besides([row["id"] for row in rows])
    return [_brand(request, row | besides.get(row["id"], {})) for row in rows]


def _brand(request: HttpRequest, row: dict[str, Any]) -> dict[str, Any]:
    """A row with what is unknown as null."""
    known = {name: None if value in ("", UNREPORTED) else value for name, value in row.items()}
    return known | {"url": full(request, brand_address(row["id"], row["pinyin"]))}


def _statistics(request: HttpRequest, rows: list[Statistic]) -> Iterable[dict[str, Any]]:
    quotes = quotes_by(rows)
    return [_statistic(request, row, quotes.get(row.pk, [])) for row in rows]


def _statistic(request: HttpRequest, row: Statistic, quotes: list[Evidence]) -> dict[str, Any]:
    """A statistic as it is stored, with what is unknown as null."""
    kind = next(kind for kind in SUBJECTS if getattr(row, f"{kind}_id") is not None)
    said = {
        "metric": row.metric,
        "value": _number(row.value),
        "value_max": None if row.value_max is None else _number(row.value_max),
        "qualifier": row.qualifier,
        "unit": row.unit,
        "scope": row.scope,
        "part_of": row.part_of,
        "whole": row.whole_id,
        "per": row.per,
        "period": row.period,
        "as_of": to_iso(row.as_of, row.as_of_precision),
        "as_of_basis": row.as_of_basis,
        "stated": row.stated,
        "review": row.review,
    }
    return {
        "id": row.pk,
        "url": full(request, row.get_absolute_url()),
        "subject": {"type": kind, "key": getattr(row, f"{kind}_id"), "name": str(row.subject)},
        **{name: None if value == "" else value for name, value in said.items()},
        "evidence": [_quote(request, quote) for quote in quotes],
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _quote(request: HttpRequest, quote: Evidence) -> dict[str, Any]:
    article = quote.article
    return {
        "url": full(request, quote.get_absolute_url()),
        "publisher": article.publisher or None,
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "sentence": quote.sentence,
        "words": quote.quote,
        "scope_words": quote.scope_words,
    }
