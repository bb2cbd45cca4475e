"""Addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from laobrand.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("", include("brands.urls")),
]
