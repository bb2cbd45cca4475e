"""The interface for programs, told to people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from brands.listing.address import full
from brands.listing.pages import trail


def api_guide(request: HttpRequest) -> HttpResponse:
    """With examples that ask this very site."""
    context = {"root": full(request, reverse("brands:home")).rstrip("/"), "trail": trail((gettext("数据接口"), ""))}
    return render(request, "brands/api_guide.html", context)
