"""Where people go to work: provinces by destinations, and who works in one place."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from brands.figures.details import reached_names
from brands.listing import MAX_VALUES, not_known
from brands.listing.flow import DestinationPage, flow
from brands.listing.pages import trail
from brands.models.region import COUNTRY
from brands.seo.head import of_answer
from brands.spreadsheets.downloads import as_csv

FILE = "laobrand-destinations"


def destination_list(request: HttpRequest) -> HttpResponse:
    shown = flow()
    name = gettext("劳务品牌的人去哪里干活")
    told = {"n": shown.brands, "places": len(shown.places)}
    lead = gettext("报道写明了 %(n)d 个品牌的去处，涉及 %(places)d 个省份和国家。") % told
    context = {
        "head": of_answer(request, name, lead),
        "lead": lead,
        "flow": shown,
        "complaints": not_known(request.GET)[:MAX_VALUES],
        "trail": trail((gettext("去哪里干活"), "")),
    }
    return render(request, "brands/destination_list.html", context)


def destination_csv(request: HttpRequest) -> HttpResponseBase:
    return as_csv(flow().lines(), FILE)


def destination(request: HttpRequest, code: str) -> HttpResponse:
    """Who works in a division or a country; 404 for one that nobody knows."""
    name = reached_names([code]).get(code)
    if name is None or code == COUNTRY:
        raise Http404
    shown = DestinationPage(code, name, request.GET)
    title = gettext("谁在%s干活") % name
    context = {
        "head": of_answer(request, title, shown.lead),
        "shown": shown,
        "is_division": not code.isalpha(),
        "complaints": shown.complaints[:MAX_VALUES],
        "trail": trail((gettext("去哪里干活"), reverse("brands:destination_list")), (title, "")),
    }
    return render(request, "brands/destination.html", context)
