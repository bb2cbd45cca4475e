"""Addresses of the public pages."""

from django.urls import path, re_path

from brands import api
from brands.views import (
    about,
    article,
    brand,
    card,
    chart,
    compare,
    correction,
    design,
    feed,
    found,
    home,
    program,
    region,
    search,
    share,
    statistic,
    suggest,
)

app_name = "brands"

urlpatterns = [
    path("", home.home, name="home"),
    path("api/brands/", api.brands, name="api_brands"),
    path("brands/", brand.brand_list, name="brand_list"),
    path("brands/feed/", feed.brand_feed, name="brand_feed"),
    path("brands/<int:pk>/card/", card.card, name="card"),
    path("brands/<int:pk>/", brand.brand, name="brand"),
    path("brands/<int:pk>-<str:slug>/", brand.brand, name="brand"),
    re_path(
        r"^(?P<kind>brands|regions|programs|articles)/(?P<key>[1-9][0-9]{0,8})/share(?:-(?P<language>en))?\.png$",
        share.share,
        name="share",
    ),
    re_path(r"^share(?:-(?P<language>en))?\.png$", share.share_site, name="share_site"),
    path("regions/", region.region_list, name="region_list"),
    re_path(r"^regions/(?P<adcode>[1-9][0-9]{5})/$", region.region, name="region"),
    path("programs/", program.program_list, name="program_list"),
    path("programs/<int:pk>/", program.program, name="program"),
    path("statistics/", statistic.statistic_list, name="statistic_list"),
    path("statistics/feed/", feed.statistic_feed, name="statistic_feed"),
    path("statistics/chart.svg", chart.chart_svg, name="chart_svg"),
    path("statistics/chart.png", chart.chart_png, name="chart_png"),
    path("statistics/chart.csv", chart.chart_csv, name="chart_csv"),
    path("statistics/compare/", compare.compare, name="statistic_compare"),
    path("statistics/<int:pk>/", statistic.statistic, name="statistic"),
    path("articles/", article.article_list, name="article_list"),
    path("articles/feed/", feed.article_feed, name="article_feed"),
    path("articles/<int:pk>/", article.article, name="article"),
    path("corrections/new/", correction.new, name="correction"),
    path("corrections/thanks/", correction.thanks, name="correction_thanks"),
    path("search/", search.search, name="search"),
    path("search/suggest/", suggest.suggest, name="suggest"),
    path("sitemap.xml", found.sitemap, name="sitemap"),
    path("sitemap-<str:name>-<int:number>.xml", found.sitemap_section, name="sitemap_section"),
    path("robots.txt", found.robots, name="robots"),
    path("opensearch.xml", found.opensearch, name="opensearch"),
    path("about/", about.about, name="about"),
    path("design/", design.design, name="design"),
]
