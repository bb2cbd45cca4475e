"""The numbers: all of them, and each with what the papers say."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from brands.downloads.addresses import files_about, files_of
from brands.figures.figures import figure_groups, figure_words, named_by_metric, quotes_by
from brands.listing import StatisticList
from brands.listing.pages import show, trail
from brands.models import Statistic
from brands.seo.feeds import address
from brands.seo.head import first_article, of_list, of_statistic, references, told_of

SUBJECTS = ("brand__region__parent__parent", "program__place", "region")


def statistic_list(request: HttpRequest) -> HttpResponse:
    shown = show(request, StatisticList, StatisticList.all_rows().select_related(*SUBJECTS))
    name = gettext("数据")
    unnamed = [row for row in shown.rows if not named_by_metric(row)]
    context = {
        "shown": shown,
        "quotes": quotes_by(unnamed) if unnamed else {},
        "head": of_list(request, shown, name, ((told_of(row), row.get_absolute_url()) for row in shown.rows)),
        "feed": address(shown.listing, "statistic_feed"),
        "files": files_of(shown.listing.address, "statistics"),
        "trail": trail((name, "")),
    }
    return render(request, "brands/statistic_list.html", context)


def statistic(request: HttpRequest, pk: int) -> HttpResponse:
    """A number, its sentences, and what else is reported of the same subject and metric."""
    published = Statistic.objects.published()
    found = get_object_or_404(published.select_related(*SUBJECTS), pk=pk)
    same = published.filter(metric=found.metric, brand=found.brand_id, program=found.program_id, region=found.region_id)
    groups = figure_groups(same)
    said = next(figure for group in groups for figure in group.all if figure.statistic.pk == found.pk)
    context = {
        "statistic": found,
        "said": said,
        "whole": found.whole if found.whole_id and published.filter(pk=found.whole_id).exists() else None,
        "head": of_statistic(request, found, said.quotes),
        "cite": references(request, found, first_article(said.quotes)),
        "groups": groups,
        "menus": [files_about(gettext("下载这条数据"), "statistics", id=pk)],
        "trail": trail((gettext("数据"), reverse("brands:statistic_list")), (figure_words(found), "")),
    }
    return render(request, "brands/statistic.html", context)
