"""The site's addresses, and an admin page with nothing on it, to hold others against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from curation.pages import render_page, staff_page
from curation.views.queue import LOOK
from laobrand.urls import urlpatterns as site


@staff_page(LOOK)
def empty(request: HttpRequest) -> HttpResponse:
    return render_page(request, "curation/staff.html", {"title": "—"})


urlpatterns = [path("admin/empty/", empty), *site]
