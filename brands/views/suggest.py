"""Suggestions for the search box."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.vary import vary_on_headers

from brands.listing.pages import trail
from brands.search.query import visible
from brands.search.suggest import suggest as find


@vary_on_headers("HX-Request")
def suggest(request: HttpRequest) -> HttpResponse:
    """The list under the search box, for htmx; opened plainly, the same suggestions as a page."""
    typed = request.GET.get("q", "")
    found = find(typed)
    context = {
        "typed": visible(typed),
        "total": len(found),
        "groups": [(kind.label, list(same)) for kind, same in groupby(found, key=lambda one: one.kind)],
        "trail": trail((gettext("搜索"), "")),
    }
    partial = request.headers.get("HX-Request") == "true"
    return render(request, "brands/_suggestions.html" if partial else "brands/suggestions.html", context)
