"""The divisions: all provinces, and each division's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from brands.figures.figures import figure_groups
from brands.figures.recognitions import is_recognition, recognitions_in
from brands.figures.sums import sums_of
from brands.listing import MAX_VALUES, not_known
from brands.listing.brands import brands_by_division
from brands.listing.filters import in_division
from brands.listing.pages import PAGE_SIZE, region_steps, trail
from brands.listing.rows import COLUMNS, listed
from brands.models import Article, Card, Program, Region, Statistic
from brands.models.region import COUNTRY
from brands.place_words import region_words
from brands.seo.head import first_article, of_region, of_regions, references

# Articles and programs on a region's page.
NEWEST = 6

# Brands whose figures are added up on a page. Of 10,000 it takes about half a second; of more than these, the divisions
# below have their sums.
MOST_ADDED = 20_000


def region_list(request: HttpRequest) -> HttpResponse:
    """Provinces, and in each the prefectures and counties right under it that have brands."""
    provinces = list(Region.objects.provinces())
    counts = brands_by_division()
    below = Region.objects.filter(parent__level="province", adcode__in=list(counts)).order_by("adcode")
    inside: dict[str, list[tuple[Region, int]]] = {}
    for region in below:
        inside.setdefault(str(region.parent_id), []).append((region, counts[region.adcode]))
    rows = [(region, counts[region.adcode], inside.get(region.adcode, [])) for region in provinces]
    name = gettext("地区")
    context = {"head": of_regions(request, name, provinces), "provinces": rows, "trail": trail((name, ""))}
    context["complaints"] = not_known(request.GET)[:MAX_VALUES]
    return render(request, "brands/region_list.html", context)


def region(request: HttpRequest, adcode: str) -> HttpResponse:
    found = get_object_or_404(Region.objects.select_related("parent__parent"), pk=adcode)
    divisions = list(found.children.all())
    counts = brands_by_division()
    cards = Card.objects.values(*COLUMNS).filter(in_division(adcode)).order_by("pinyin", "id")
    articles = Article.objects.relevant().told_once().in_region(adcode).newest_first()
    steps = region_steps(found)[:-1]
    groups = figure_groups(Statistic.objects.published().of_region(adcode))
    total = counts["" if adcode == COUNTRY else adcode]
    context = {
        "region": found,
        "head": of_region(request, found, total, groups),
        "cite": references(request, found, first_article(groups[0].figures[0].quotes) if groups else None),
        "is_country": adcode == COUNTRY,
        "names": found.names.exclude(kind="place"),
        "divisions": [(child, counts[child.adcode]) for child in divisions],
        "cards": listed(cards[:PAGE_SIZE]) if adcode != COUNTRY else [],
        "brand_total": total,
        "groups": [group for group in groups if not is_recognition(group)],
        "recognitions": recognitions_in(adcode),
        "sums": sums_of(adcode) if 0 < total <= MOST_ADDED else [],
        "programs": Program.objects.published().concerning(adcode)[:NEWEST],
        "articles": articles.without_text().with_brand_counts()[:NEWEST],
        "trail": trail((gettext("地区"), reverse("brands:region_list")), *steps, (region_words(found), "")),
    }
    return render(request, "brands/region.html", context)
