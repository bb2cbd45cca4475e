"""How the data is made, and what a reader sees when a request can't be answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from brands.listing.pages import trail
from brands.seo.head import of_site
from brands.vocabulary.choices import PUBLIC_CONFIDENCE


def about(request: HttpRequest) -> HttpResponse:
    context = {
        "head": of_site(request, gettext("数据从哪里来")),
        "trail": trail((gettext("关于"), "")),
        "least": PUBLIC_CONFIDENCE,
    }
    return render(request, "brands/about.html", context)
