"""The divisions: all provinces, and each division's own page."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from brands.downloads.addresses import Menu, files_about
from brands.figures.figures import figure_groups
from brands.figures.recognitions import is_recognition, recognitions_in
from brands.figures.sums import MOST_ADDED, sums_of
from brands.listing import MAX_VALUES, StatisticList
from brands.listing.address import full
from brands.listing.brands import brands_by_division
from brands.listing.counts import index_of
from brands.listing.filters import in_division
from brands.listing.flow import working_in
from brands.listing.pages import PAGE_SIZE, region_steps, trail
from brands.listing.provinces import ProvinceTable
from brands.listing.regions import near
from brands.listing.rows import COLUMNS, listed
from brands.models import Article, Card, Program, Region, Statistic
from brands.models.region import COUNTRY
from brands.place_words import region_words
from brands.seo.head import first_article, of_region, of_regions, references
from brands.spreadsheets.cells import Cell
from brands.spreadsheets.downloads import as_csv, as_xlsx

# What the compared provinces are called as a file.
FILE = "laobrand-provinces"

# Brands whose people work in a division, on its page; divisions near one without brands.
WORKERS = 12
NEAR = 8

# Articles and programs on a region's page.
NEWEST = 6


def region_list(request: HttpRequest) -> HttpResponse:
    """Provinces beside each other, and in each the prefectures and counties right under it that have brands."""
    shown = ProvinceTable(request.GET, request.path)
    below = Region.objects.filter(parent__level="province", adcode__in=list(shown.held)).order_by("adcode")
    inside: dict[str, list[tuple[Region, int]]] = {}
    for region in below:
        inside.setdefault(str(region.parent_id), []).append((region, shown.held[region.adcode]))
    rows = [(region, shown.held[region.adcode], inside.get(region.adcode, [])) for region in shown.provinces]
    context = {
        "head": of_regions(request, gettext("各省劳务品牌对比"), shown.provinces),
        "shown": shown,
        "table": shown.table,
        "provinces": rows,
        "query": request.GET.urlencode(),
        "complaints": [*shown.complaints, *shown.table.complaints][:MAX_VALUES],
        "trail": trail((gettext("地区"), "")),
    }
    return render(request, "brands/region_list.html", context)


def region_csv(request: HttpRequest) -> HttpResponseBase:
    return as_csv(_compared(request), FILE)


def region_xlsx(request: HttpRequest) -> HttpResponseBase:
    return as_xlsx(_compared(request), FILE)


def _compared(request: HttpRequest) -> Iterator[list[Cell]]:
    """The provinces for a spreadsheet, sorted as their page is."""
    return ProvinceTable(request.GET, request.path).lines(full(request, "/").rstrip("/"))


def region(request: HttpRequest, adcode: str) -> HttpResponse:
    found = get_object_or_404(Region.objects.select_related("parent__parent"), pk=adcode)
    divisions = list(found.children.all())
    counts = brands_by_division()
    cards = Card.objects.values(*COLUMNS).filter(in_division(adcode)).order_by("pinyin", "id")
    articles = Article.objects.published().told_once().in_region(adcode).without_text().newest(NEWEST)
    steps = region_steps(found)[:-1]
    groups = figure_groups(Statistic.objects.published().of_region(adcode))
    total = counts["" if adcode == COUNTRY else adcode]
    workers = working_in(adcode, WORKERS) if adcode != COUNTRY else []
    context = {
        "region": found,
        "head": of_region(request, found, total, groups),
        "cite": references(request, found, first_article(groups[0].figures[0].quotes) if groups else None),
        "is_country": adcode == COUNTRY,
        "names": found.names.exclude(kind="place"),
        "divisions": [(child, counts[child.adcode]) for child in divisions],
        "cards": listed(cards[:PAGE_SIZE]) if adcode != COUNTRY else [],
        "brand_total": total,
        "holders": [(holder, counts[holder.adcode]) for holder in reversed(found.lineage[:-1])] if not total else [],
        "near": near(found, counts, NEAR) if not total else (None, []),
        "workers": workers[:WORKERS],
        "more_workers": len(workers) > WORKERS,
        "groups": [group for group in groups if not is_recognition(group)],
        "recognitions": recognitions_in(adcode),
        "narrowed": "" if adcode == COUNTRY else f"region={adcode}",
        "sums": sums_of(adcode) if 0 < total <= MOST_ADDED else [],
        "programs": Program.objects.published().concerning(adcode)[:NEWEST],
        "articles": articles,
        "menus": _menus(adcode, total),
        "brand_counts": Article.objects.brand_counts(articles),
        "trail": trail((gettext("地区"), reverse("brands:region_list")), *steps, (region_words(found), "")),
    }
    return render(request, "brands/region.html", context)


def _menus(adcode: str, brands: int) -> list[Menu]:
    """Files of a division's brands, and of the numbers in it; of the country, all brands, and its own numbers."""
    whole = {} if adcode == COUNTRY else {"region": adcode}
    told = [files_about(gettext("下载品牌"), "brands", **whole)] if brands else []
    if index_of(StatisticList).totals["region"][adcode]:
        told.append(files_about(gettext("下载数据"), "statistics", region=adcode))
    return told
