"""Addresses of the public pages."""

from django.urls import URLPattern, URLResolver

app_name = "brands"

urlpatterns: list[URLPattern | URLResolver] = []
