"""The interface for programs, told to people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from brands.listing.pages import trail


def api_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "brands/api_guide.html", {"trail": trail(("API", ""))})
