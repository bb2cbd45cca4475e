"""Addresses of the site."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import include, path

from laobrand.health import healthz
from laobrand.language import set_language
from laobrand.text_size import set_text_size


def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Browsers ask for this address on pages that name no icon, as the admin's don't."""
    return HttpResponseRedirect(static("favicon.svg"))


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon),
    path("i18n/setlang/", set_language, name="set_language"),
    path("text-size/", set_text_size, name="set_text_size"),
    path("admin/", include("curation.urls")),
    path("admin/", admin.site.urls),
    path("", include("brands.urls")),
]

handler500 = "laobrand.database_failures.server_error"
