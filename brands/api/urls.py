"""Addresses of the interface, under ``/api/``."""

from django.urls import URLPattern, path, re_path

from brands.api import other_lists, views
from brands.api.changes import ChangesFeedView, ChangesView
from brands.api.conventions import OpenView
from brands.api.corrections import CorrectionsView
from brands.api.reference import SchemaView, reference


def _records(name: str, records: type[OpenView], record: type[OpenView]) -> list[URLPattern]:
    """A list and its records: ``api_brands``, ``api_brand``."""
    return [
        path(f"{name}/", records.as_view(), name=f"api_{name}"),
        path(f"{name}/<int:key>/", record.as_view(), name=f"api_{name.removesuffix('s')}"),
    ]


def _history(name: str) -> URLPattern:
    kind = name.removesuffix("s")
    view = views.HistoryView.as_view()
    return path(f"{name}/<int:key>/history/", view, {"kind": kind}, name=f"api_{kind}_history")


urlpatterns = [
    *_records("brands", views.BrandsView, views.BrandView),
    *_records("programs", views.ProgramsView, views.ProgramView),
    *_records("statistics", views.StatisticsView, views.StatisticView),
    *_records("articles", views.ArticlesView, views.ArticleView),
    *map(_history, ("brands", "programs", "statistics")),
    path("regions/", other_lists.RegionsView.as_view(), name="api_regions"),
    re_path(r"^regions/(?P<key>[1-9][0-9]{5})/$", views.RegionView.as_view(), name="api_region"),
    path("evidence/", other_lists.EvidenceView.as_view(), name="api_evidence"),
    path("corrections/", CorrectionsView.as_view(), name="api_corrections"),
    path("changes/", ChangesView.as_view(), name="api_changes"),
    path("changes/feed/", ChangesFeedView.as_view(), name="api_changes_feed"),
    path("search/", views.SearchView.as_view(), name="api_search"),
    path("suggestions/", views.SuggestionsView.as_view(), name="api_suggestions"),
    path("schema/", SchemaView.as_view(), name="api_schema"),
    path("docs/", reference, name="api_reference"),
    re_path(r"[\s\S]", views.NothingView.as_view()),
]
