"""Search over everything."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy

from brands.search.index import Group
from brands.search.index import search as find
from brands.search.query import QueryError, parse, visible
from brands.views.paging import trail

LABELS = {
    "brand": gettext_lazy("劳务品牌"),
    "region": gettext_lazy("地区"),
    "program": gettext_lazy("政策与活动"),
    "statistic": gettext_lazy("数据"),
    "article": gettext_lazy("报道"),
}
"""What the groups of hits are called, in the order of the site's sections."""


def search(request: HttpRequest) -> HttpResponse:
    """What was typed is shown again, also when it can't be asked."""
    typed = request.GET.get("q", "")
    groups: list[Group] = []
    problem = ""
    try:
        query = parse(typed)
        groups = find(query)
    except QueryError as error:
        problem = str(error)
        query = None
    context = {
        "typed": visible(typed),
        "query": query,
        "groups": groups,
        "problem": problem,
        "trail": trail((gettext("搜索"), "")),
    }
    return render(request, "brands/search.html", context)
