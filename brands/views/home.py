"""The home page: search, the provinces, the national figures, brands worth reading, the newest articles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from brands.figures.featured import worth_reading
from brands.figures.figures import figure_groups
from brands.figures.maps import map_of
from brands.listing import ArticleList, ProgramList, StatisticList
from brands.listing.brands import brands_by_division
from brands.listing.counts import index_of
from brands.listing.trades import trade_counts
from brands.models import Article, Region, Statistic
from brands.models.region import COUNTRY
from brands.place_words import region_names
from brands.seo.head import of_site
from brands.vocabulary.choices import Metric

# Articles, and brands that are offered to read, on the home page.
NEWEST = FEATURED = 6

# The national figures of the home page; the country's own page has all.
NATIONAL = (Metric.BRANDS, Metric.EMPLOYMENT)


def home(request: HttpRequest) -> HttpResponse:
    provinces = region_names(dict(Region.objects.provinces().values_list("adcode", "common_name")))
    counts = brands_by_division()
    national = Statistic.objects.published().wholes().of_region(COUNTRY).filter(metric__in=NATIONAL)
    articles = Article.objects.published().told_once().without_text().newest(NEWEST)
    context = {
        "head": of_site(request, gettext("劳务品牌库：一方水土，一门手艺，一句出处")),
        "groups": figure_groups(national),
        "map": map_of(request.GET, provinces, counts),
        "trades": trade_counts(),
        "worth": worth_reading(FEATURED),
        "articles": articles,
        "brand_counts": Article.objects.brand_counts(articles),
        "totals": {
            "brands": counts[""],
            "programs": len(index_of(ProgramList).rows),
            "statistics": len(index_of(StatisticList).rows),
            "articles": len(index_of(ArticleList).rows),
        },
    }
    return render(request, "brands/home.html", context)
