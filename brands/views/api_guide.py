"""The interface for programs, told to people."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from brands.api.worked_examples import EXAMPLES
from brands.listing.address import full
from brands.listing.pages import trail
from brands.seo.head import of_site


def api_guide(request: HttpRequest) -> HttpResponse:
    root = full(request, reverse("brands:home")).rstrip("/")
    context = {
        "head": of_site(request, gettext("数据接口")),
        "examples": [(one, one.lines(root)) for one in EXAMPLES],
        "sought": quote("护工"),
        "trail": trail((gettext("数据接口"), "")),
    }
    return render(request, "brands/api_guide.html", context)
