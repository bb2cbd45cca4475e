"""Pages of a list, and the trail that leads to a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from brands.address import full
from brands.facets import Facet, facets
from brands.filters import Listing
from brands.models import Region
from brands.models.region import COUNTRY

PAGE_SIZE = 24

Crumb = tuple[str, str]
"""What a step of the trail is called, and its address; the last step has none."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a filtered list, with all that its template draws."""

    listing: Listing
    page: Page[Any]
    facets: list[Facet]
    complaints: list[str]
    canonical: str
    previous_url: str
    next_url: str

    @property
    def total(self) -> int:
        return self.page.paginator.count


def show(request: HttpRequest, kind: type[Listing], rows: QuerySet[Any], *, related: Iterable[str] = ()) -> Shown:
    """The page of the list that the request asks for. A page that doesn't exist becomes the nearest that does, and
    the complaints say so."""
    listing = kind(request.GET, rows, path=request.path)
    ordered = listing.ordered().select_related(*related) if related else listing.ordered()
    paginator = Paginator(ordered, PAGE_SIZE)
    asked = request.GET.get("page", "").strip()
    page = paginator.get_page(asked or 1)
    told = list(listing.complaints)
    if asked and asked != str(page.number):
        told.append(gettext("没有这一页，显示第 %d 页。") % page.number)
    return Shown(
        listing,
        page,
        facets(listing),
        told,
        canonical=full(request, listing.address.page(page.number).url),
        previous_url=listing.address.page(page.number - 1).url if page.has_previous() else "",
        next_url=listing.address.page(page.number + 1).url if page.has_next() else "",
    )


def trail(*steps: Crumb) -> list[Crumb]:
    """The home page and the steps from there."""
    return [(gettext("首页"), reverse("brands:home")), *steps]


def region_steps(region: Region | None) -> list[Crumb]:
    """The divisions that hold the region, and the region itself, the largest first. Its parents must be loaded."""
    holders = [] if region is None or region.adcode == COUNTRY else region.lineage
    return [(holder.common_name, holder.get_absolute_url()) for holder in holders]
