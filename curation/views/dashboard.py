"""The first page of the staff: Django's index of the admin, with what there is to do above it."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from curation import dashboard
from curation.guide import guide as blocks
from curation.pages import render_page


@require_safe
@admin.site.admin_view
def guide(request: HttpRequest) -> HttpResponse:
    """How all this is done, for everybody who may log in."""
    return render_page(request, "curation/guide.html", {"title": gettext("编审指南"), "blocks": blocks()})


@require_safe
@admin.site.admin_view
def first_page(request: HttpRequest) -> HttpResponse:
    """For everybody who may log in; each sees what is his to do."""
    context = {
        "title": gettext("工作台"),
        "today": dashboard.today(request.user),
        "waits": dashboard.waits(request.user),
        "pages": dashboard.came_in(),
        "change_sets": dashboard.done_last(),
        "jobs": dashboard.jobs() if request.user.has_perm("brands.ingest_pages") else (),
        "accuracy": dashboard.accuracy(),
        "coverage": dashboard.coverage(),
        "app_list": admin.site.get_app_list(request),
    }
    return render_page(request, "curation/dashboard.html", context)
