"""Pages of a list, and the trail that leads to a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from brands.listing import Listing
from brands.listing.address import full, nearest_page
from brands.listing.facets import Facet, useful
from brands.listing.listing import PAGE_SIZE, Removal
from brands.models import Region
from brands.models.region import COUNTRY
from brands.place_words import region_words

# The last page that is shown: what lies behind would be counted off row by row, and nobody pages that far. Filters lead
# to every row.
DEEPEST = 500

__all__ = ["PAGE_SIZE", "Crumb", "ListPage", "region_steps", "show", "trail"]

# What a step of the trail is called, and its address; the last step has none.
Crumb = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a filtered list, with all that its template draws. `cut` says that there are pages behind the last
    one shown."""

    listing: Listing
    rows: Sequence[Any]
    total: int
    number: int
    pages: int
    cut: bool
    facets: list[Facet]
    complaints: list[str]
    removals: list[Removal]
    canonical: str
    previous_url: str
    next_url: str


def show(request: HttpRequest, kind: type[Listing], rows: QuerySet[Any]) -> ListPage:
    """The page of the list that the request asks for. A page that doesn't exist becomes the nearest that does, and
    the complaints say so."""
    listing = kind(request.GET, rows, path=request.path, request=request)
    total = listing.total()
    all_pages = max(-(-total // kind.page_size), 1)
    pages = min(all_pages, DEEPEST)
    asked = request.GET.get("page", "").strip()
    number = nearest_page(asked, pages)
    found = listing.slice((number - 1) * kind.page_size, number * kind.page_size) if total else []
    told = list(listing.complaints)
    if asked and asked != str(number):
        told.append(gettext("该页不存在，已显示第 %d 页。") % number)
    return ListPage(
        listing,
        found,
        total,
        number,
        pages,
        pages < all_pages,
        useful(listing),
        told,
        listing.removals() if not total else [],
        canonical=full(request, listing.address.page(number).url),
        previous_url=listing.address.page(number - 1).url if number > 1 else "",
        next_url=listing.address.page(number + 1).url if number < pages else "",
    )


def trail(*steps: Crumb) -> list[Crumb]:
    """The home page and the steps from there."""
    return [(gettext("首页"), reverse("brands:home")), *steps]


def region_steps(region: Region | None) -> list[Crumb]:
    """The divisions that hold the region, and the region itself, the largest first. Its parents must be loaded."""
    holders = [] if region is None or region.adcode == COUNTRY else region.lineage
    return [(region_words(holder), holder.get_absolute_url()) for holder in holders]
