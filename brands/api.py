"""The list of brands as JSON, with the parameters of the page: the same filters, counts, order and complaints.

docs/api.md describes it; tests/brands/test_api.py holds both against each other.
"""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from brands.listing import BrandList, Listing
from brands.listing.address import full, nearest_page
from brands.listing.facets import FacetValue, facets
from brands.models import Brand, BrandDetail, Card
from brands.models.brand import brand_address
from brands.models.card import UNREPORTED
from brands.vocabulary import fields

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
    total = listing.total()
    pages = min(max(-(-total // PAGE_SIZE), 1), DEEPEST)
    number = nearest_page(request.GET.get("page", "").strip(), pages)
    rows = listing.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE)
    besides = _besides([row["id"] for row in rows])
    answer = {
        "count": total,
        "page": number,
        "pages": pages,
        "next": full(request, listing.address.page(number + 1).url) if number < pages else None,
        "previous": full(request, listing.address.page(number - 1).url) if number > 1 else None,
        "complaints": listing.complaints,
        "facets": _facets(request, listing),
        "results": [_result(request, row | besides.get(row["id"], {})) for row in rows],
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


def _result(request: HttpRequest, row: dict[str, Any]) -> dict[str, Any]:
    """A row with what is unknown as null."""
    known = {name: None if value in ("", UNREPORTED) else value for name, value in row.items()}
    return known | {"url": full(request, brand_address(row["id"], row["pinyin"]))}
