"""How the data is made, and what a reader sees when a request can't be answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from brands.accuracy import UNSEEN, UNSEEN_VERSION, measured
from brands.listing.pages import trail
from brands.models import Page
from brands.seo.head import of_site
from brands.vocabulary.choices import PUBLIC_CONFIDENCE


def about(request: HttpRequest) -> HttpResponse:
    context = {
        "head": of_site(request, gettext("数据从哪里来")),
        "trail": trail((gettext("关于"), "")),
        "least": PUBLIC_CONFIDENCE,
        "waiting": Page.objects.filter(numbers_wait=True).count(),
        "accuracy": measured(),
        "unseen": UNSEEN,
        "unseen_version": UNSEEN_VERSION,
    }
    return render(request, "brands/about.html", context)
