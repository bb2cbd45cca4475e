"""The first page of the staff: Django's index of the admin, with what there is to do above it."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from curation import desk
from curation.pages import render_page


@require_safe
@admin.site.admin_view
def first_page(request: HttpRequest) -> HttpResponse:
    """For everybody who may log in; each sees what is his to do."""
    context = {
        "title": gettext("工作台"),
        "waits": desk.waits(request.user),
        "pages": desk.came_in(),
        "batches": desk.done_last(),
        "jobs": desk.jobs() if request.user.has_perm("brands.ingest_pages") else (),
        "accuracy": desk.accuracy(),
        "coverage": desk.coverage(),
        "app_list": admin.site.get_app_list(request),
    }
    return render_page(request, "curation/desk.html", context)
