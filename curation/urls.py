"""Addresses of the staff's pages, all under /admin/."""

from django.urls import URLPattern

app_name = "curation"

urlpatterns: list[URLPattern] = []
