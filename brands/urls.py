"""Addresses of the public pages."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from brands.reconciliation import views as reconciliation
from brands.seo import feeds, sitemap
from brands.views import (
    about,
    api_guide,
    article,
    brand,
    card,
    chart,
    compare,
    correction,
    data,
    design,
    download,
    flow,
    home,
    industry,
    pay,
    program,
    recognition,
    region,
    search,
    share,
    statistic,
    suggest,
)

app_name = "brands"


def read(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page that is only read: another method is told so (405) before anybody asks for its token, as nothing is done
    that a token guards."""
    return csrf_exempt(require_safe(view))


urlpatterns = [
    path("", read(home.home), name="home"),
    path("api/", include("brands.api.urls")),
    path("reconcile/", reconciliation.ReconciliationView.as_view(), name="reconcile"),
    path("reconcile/properties/", reconciliation.ProposedPropertiesView.as_view(), name="reconcile_properties"),
    re_path(
        r"^reconcile/suggest/(?P<kind>entity|property|type)/$",
        reconciliation.SuggestView.as_view(),
        name="reconcile_suggest",
    ),
    path("reconcile/preview/", read(reconciliation.preview), name="reconcile_preview"),
    re_path(
        r"^(?P<kind>brands|programs|statistics|articles|regions|evidence)/download\.(?P<ending>csv|xlsx|jsonl|jsonld)$",
        read(download.download),
        name="download",
    ),
    path("brands/", read(brand.brand_list), name="brand_list"),
    path("brands/feed/", read(feeds.brand_feed), name="brand_feed"),
    path("brands/<int:pk>/card/", read(card.card), name="card"),
    path("brands/<int:pk>/", read(brand.brand), name="brand"),
    path("brands/<int:pk>-<str:slug>/", read(brand.brand), name="brand"),
    re_path(
        r"^(?P<kind>brands|regions|programs|articles)/(?P<key>[1-9][0-9]{0,8})/share(?:-(?P<language>en))?\.png$",
        read(share.share),
        name="share",
    ),
    re_path(r"^share(?:-(?P<language>en))?\.png$", read(share.share_site), name="share_site"),
    path("recognitions/", read(recognition.recognition_list), name="recognition_list"),
    path("recognitions/recognitions.csv", read(recognition.recognition_csv), name="recognition_csv"),
    re_path(
        r"^recognitions/(?P<adcode>[1-9][0-9]{5})/(?P<level>[a-z]+)/(?P<year>[12][0-9]{3}|unknown)/$",
        read(recognition.recognition),
        name="recognition",
    ),
    re_path(
        r"^recognitions/(?P<adcode>[1-9][0-9]{5})/(?P<level>[a-z]+)/(?P<year>[12][0-9]{3}|unknown)/(?P<batch>[^/\x00-\x1f]{1,60})/$",
        read(recognition.recognition),
        name="recognition",
    ),
    path("regions/", read(region.region_list), name="region_list"),
    path("regions/compared.csv", read(region.region_csv), name="region_csv"),
    path("regions/compared.xlsx", read(region.region_xlsx), name="region_xlsx"),
    re_path(r"^regions/(?P<adcode>[1-9][0-9]{5})/$", read(region.region), name="region"),
    path("destinations/", read(flow.destination_list), name="destination_list"),
    path("destinations/flow.csv", read(flow.destination_csv), name="destination_csv"),
    re_path(r"^destinations/(?P<code>[1-9][0-9]{5}|[A-Z]{2})/$", read(flow.destination), name="destination"),
    path("industries/", read(industry.industry_list), name="industry_list"),
    path("industries/<slug:name>/", read(industry.industry), name="industry"),
    path("pay/", read(pay.pay), name="pay"),
    path("pay/chart.svg", read(pay.pay_svg), name="pay_svg"),
    path("pay/chart.png", read(pay.pay_png), name="pay_png"),
    path("pay/frame/", read(pay.pay_frame), name="pay_frame"),
    path("pay/pay.csv", read(pay.pay_csv), name="pay_csv"),
    path("programs/", read(program.program_list), name="program_list"),
    path("programs/feed/", read(feeds.program_feed), name="program_feed"),
    path("programs/<int:pk>/", read(program.program), name="program"),
    path("statistics/", read(statistic.statistic_list), name="statistic_list"),
    path("statistics/feed/", read(feeds.statistic_feed), name="statistic_feed"),
    path("statistics/chart.svg", read(chart.chart_svg), name="chart_svg"),
    path("statistics/chart.png", read(chart.chart_png), name="chart_png"),
    path("statistics/frame/", read(chart.chart_frame), name="chart_frame"),
    path("statistics/chart.csv", read(chart.chart_csv), name="chart_csv"),
    path("statistics/compare/", read(compare.compare), name="statistic_compare"),
    path("statistics/<int:pk>/", read(statistic.statistic), name="statistic"),
    path("articles/", read(article.article_list), name="article_list"),
    path("articles/feed/", read(feeds.article_feed), name="article_feed"),
    path("articles/<int:pk>/", read(article.article), name="article"),
    path("corrections/new/", correction.new, name="correction"),
    path("corrections/thanks/", read(correction.thanks), name="correction_thanks"),
    path("search/", read(search.search), name="search"),
    path("search/suggest/", read(suggest.suggest), name="suggest"),
    path("sitemap.xml", read(sitemap.sitemap), name="sitemap"),
    path("sitemap-<str:name>-<int:number>.xml", read(sitemap.sitemap_section), name="sitemap_section"),
    path("robots.txt", read(sitemap.robots), name="robots"),
    path("opensearch.xml", read(sitemap.opensearch), name="opensearch"),
    path("api/", read(api_guide.api_guide), name="api_guide"),
    path("data/", read(data.data), name="data"),
    path("data/catalog.jsonld", read(data.catalogue), name="data_catalogue"),
    path("data/dumps/<str:name>/<str:file>", read(data.dump_file), name="dump_file"),
    path("about/", read(about.about), name="about"),
    path("design/", read(design.design), name="design"),
]
