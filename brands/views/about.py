"""How the data is made, and what a reader sees when a request can't be answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from brands.views.paging import trail


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "brands/about.html", {"trail": trail((gettext("关于"), ""))})
