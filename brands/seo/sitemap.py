"""What search engines and browsers ask for: the sitemap, robots.txt, and the description of our search."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from brands.figures.recognitions import recognitions_in
from brands.listing import ProgramList, StatisticList
from brands.listing.address import full
from brands.listing.brands import BrandList, brands_by_division
from brands.listing.counts import index_of
from brands.listing.recognised import MOST
from brands.listing.trades import trade_counts
from brands.models import Article, Brand, Program, Region, Statistic
from brands.models.brand import brand_address
from brands.models.card import among
from brands.models.region import COUNTRY

# Addresses in one file of the sitemap. The protocol (sitemaps.org) allows 50,000; a fifth is made in a moment.
PER_FILE = 10_000

# A path, and when what it shows was last changed, if that is known.
Row: TypeAlias = tuple[str, datetime | None]

LISTS = (
    "home", "brand_list", "region_list", "industry_list", "pay", "destination_list", "recognition_list",
    "program_list",
    "statistic_list", "article_list", "data", "api_guide", "about",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of pages: how many there are, and the rows of a slice of them, in an order that stays."""

    count: Callable[[], int]
    rows: Callable[[slice], Iterable[Row]]


def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the files."""
    files = [
        full(request, reverse("brands:sitemap_section", args=[name, number + 1]))
        for name, section in SECTIONS.items()
        for number in range(-(-section.count() // PER_FILE))
    ]
    return render(request, "brands/sitemap_index.xml", {"files": files}, content_type="application/xml")


def sitemap_section(request: HttpRequest, name: str, number: int) -> HttpResponse:
    if name not in SECTIONS or not 0 < number <= -(-SECTIONS[name].count() // PER_FILE):
        raise Http404
    rows = SECTIONS[name].rows(slice((number - 1) * PER_FILE, number * PER_FILE))
    root = full(request, "/").rstrip("/")
    context = {"rows": [(root + path, changed) for path, changed in rows]}
    return render(request, "brands/sitemap.xml", context, content_type="application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": full(request, reverse("brands:sitemap"))}
    return render(request, "brands/robots.txt", context, content_type="text/plain; charset=utf-8")


def opensearch(request: HttpRequest) -> HttpResponse:
    """OpenSearch 1.1: how a browser searches here."""
    context = {"root": full(request, "/").rstrip("/")}
    return render(request, "brands/opensearch.xml", context, content_type="application/opensearchdescription+xml")


def _brands(part: slice) -> Iterable[Row]:
    """Without those whose pages say nothing to whom a search engine sends."""
    rows = Brand.objects.published().order_by("pk").values_list("pk", "pinyin", "updated_at")[part]
    bare = Brand.objects.only_listed().filter(pk__in=among(pk for pk, _, _ in rows)).values_list("pk", flat=True)
    left_out = set(bare)
    return ((brand_address(pk, pinyin), changed) for pk, pinyin, changed in rows if pk not in left_out)


def _programs(part: slice) -> Iterable[Row]:
    rows = Program.objects.published().order_by("pk").values_list("pk", "updated_at")
    return ((reverse("brands:program", args=[pk]), changed) for pk, changed in rows[part])


def _statistics(part: slice) -> Iterable[Row]:
    rows = Statistic.objects.published().order_by("pk").values_list("pk", "updated_at")
    return ((reverse("brands:statistic", args=[pk]), changed) for pk, changed in rows[part])


def _articles(part: slice) -> Iterable[Row]:
    rows = Article.objects.published().order_by("pk").values_list("pk", "page__ingested_at")
    return ((reverse("brands:article", args=[pk]), changed) for pk, changed in rows[part])


def _regions(part: slice) -> Iterable[Row]:
    return ((reverse("brands:region", args=[adcode]), None) for adcode in _with_brands()[part])


def _industries(part: slice) -> Iterable[Row]:
    return ((reverse("brands:industry", args=[trade.value]), None) for trade, _count in trade_counts()[part])


def _destinations(part: slice) -> Iterable[Row]:
    return ((reverse("brands:destination", args=[code]), None) for code in _reached()[part])


def _recognitions(part: slice) -> Iterable[Row]:
    return ((path, None) for path in _lists()[part])


def _lists() -> list[str]:
    """The pages of what the country and provinces recognised, as far as its brands are here."""
    years = recognitions_in(COUNTRY, most=MOST)
    return [one.address for year in years for _place, one in year.recognitions if one.address]


def _reached() -> list[str]:
    """The provinces and countries where people of brands work."""
    return sorted(index_of(BrandList).totals["destination"])


def _with_brands() -> list[str]:
    """The provinces, and every division in which there is a brand."""
    counts = brands_by_division()
    known = Region.objects.values_list("adcode", "level")
    return sorted(adcode for adcode, level in known if level in {"country", "province"} or counts[adcode])


SECTIONS = {
    "pages": Section(lambda: len(LISTS), lambda part: [(reverse(f"brands:{name}"), None) for name in LISTS[part]]),
    "brands": Section(lambda: len(index_of(BrandList).rows), _brands),
    "regions": Section(lambda: len(_with_brands()), _regions),
    "industries": Section(lambda: len(trade_counts()), _industries),
    "destinations": Section(lambda: len(_reached()), _destinations),
    "recognitions": Section(lambda: len(_lists()), _recognitions),
    "programs": Section(lambda: len(index_of(ProgramList).rows), _programs),
    "statistics": Section(lambda: len(index_of(StatisticList).rows), _statistics),
    "articles": Section(lambda: Article.objects.published().count(), _articles),
}
