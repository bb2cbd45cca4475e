"""The list of brands, and a brand's own page."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from brands.address import full
from brands.choices import Industry, Metric
from brands.figures import figure_groups
from brands.filters import BrandList
from brands.models import Brand, Evidence, Statistic
from brands.views.departed import departed
from brands.views.feed import address
from brands.views.head import first_article, of_brand, references
from brands.views.paging import region_steps, show, trail

RELATED = 8
"""Other brands of the same place or trade on a brand's page."""

KEY_METRICS = (Metric.EMPLOYMENT, Metric.PLACEMENT, Metric.OUTPUT_VALUE, Metric.LABOUR_INCOME, Metric.PER_CAPITA_INCOME)
"""Of which a list shows the newest value, the first that a brand has."""


def brand_list(request: HttpRequest) -> HttpResponse:
    shown = show(request, BrandList, Brand.objects.published(), related=["region__parent__parent"])
    brands: list[Brand] = list(shown.page)
    context = {
        "shown": shown,
        "cards": [(brand, figure) for brand, figure in zip(brands, key_figures(brands), strict=True)],
        "article_counts": Brand.objects.filter(pk__in=[brand.pk for brand in brands]).article_counts(),
        "feed": address(shown.listing, "brand_feed"),
        "trail": trail((gettext("劳务品牌"), "")),
    }
    return render(request, "brands/brand_list.html", context)


def brand(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Every other address of the brand leads to the permanent one."""
    found = Brand.objects.published().select_related("region__parent__parent").filter(pk=pk).first()
    if found is None:
        return departed(request, pk)
    if request.path != found.get_absolute_url():
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    evidence = list(Evidence.objects.filter(brand=found).with_words().order_by("-article__published_on", "start"))
    public = Brand.objects.published()
    others = public.exclude(pk=pk)
    aliases = list(found.aliases.all())
    groups = figure_groups(Statistic.objects.published().filter(brand=found))
    namings = [piece for piece in evidence if not piece.field]
    context = {
        "brand": found,
        "head": of_brand(request, found, groups, namings, aliases),
        "cite": references(request, found, first_article(namings)),
        "card": full(request, reverse("brands:card", args=[pk])),
        "region_steps": region_steps(found.region),
        "series": public.filter(pk=found.series_id).first() if found.series_id else None,
        "aliases": aliases,
        "groups": groups,
        "namings": namings,
        "fields": {piece.field: piece for piece in reversed(evidence) if piece.field},
        "programs": found.programs.published()[:RELATED],
        "neighbours": others.filter(region=found.region)[:RELATED] if found.region else [],
        "colleagues": others.filter(industry=found.industry).select_related("region")[:RELATED] if _told(found) else [],
        "trail": trail(
            (gettext("劳务品牌"), reverse("brands:brand_list")), *region_steps(found.region), (found.name, "")
        ),
    }
    return render(request, "brands/brand.html", context)


def key_figures(brands: Sequence[Brand]) -> list[Statistic | None]:
    """For each brand the figure that a list shows beside its name: the newest, and of several of one date the one that
    most articles give, of equals the largest, as in the charts. One statement for all."""
    found: dict[int, dict[str, Statistic]] = defaultdict(dict)
    rows = Statistic.objects.published().filter(brand__in=brands, metric__in=KEY_METRICS).with_article_counts()
    for statistic in sorted(rows, key=_weight):
        if statistic.brand_id is not None:
            found[statistic.brand_id][statistic.metric] = statistic
    return [next((found[b.pk][m] for m in KEY_METRICS if m in found[b.pk]), None) for b in brands]


def _weight(statistic: Any) -> tuple[date, int, Decimal]:
    return statistic.as_of or date.min, statistic.article_count, statistic.value


def _told(brand: Brand) -> bool:
    """Whether the trade says anything: "other" brings together what has nothing in common."""
    return brand.industry != Industry.OTHER
