"""What readers report: read here, looked up in the papers, mended at the value itself, and ticked off."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.admin.bases import LedgeredAdmin
from brands.admin.versions import VersionedForm
from brands.corrections import subject_of
from brands.models import Correction


@admin.register(Correction)
class CorrectionAdmin(LedgeredAdmin):
    """Nobody changes a reader's words; staff say whether the matter is done, and what came of it. Who may only look is
    not shown how to reach the reader: the form promises that only editors are."""

    actions = ("close",)
    form = VersionedForm
    fields = (
        "label", "shown", "page", "editing", "settling", "wrong", "right", "seen_at", "contact", "created_at",
        "outcome", "done", "note",
    )  # fmt: skip
    readonly_fields = tuple(name for name in fields if name not in {"done", "note"})
    list_display = ("label", "shown", "wrong_in_short", "created_at", "done", "settling")
    list_filter = ("done", "created_at")
    list_per_page = 50
    search_fields = ("label__contains", "wrong__contains", "right__contains", "note__contains")
    show_full_result_count = False

    def get_fields(self, request: HttpRequest, obj: Correction | None = None) -> list[Any]:
        hidden = set() if self.has_change_permission(request, obj) else {"contact"}
        return [name for name in self.fields if name not in hidden]

    @admin.action(description=_("标为已处理"), permissions=["change"])
    def close(self, request: HttpRequest, queryset: QuerySet[Correction]) -> None:
        queryset.update(done=True)

    @admin.display(description=_("哪里不对"))
    def wrong_in_short(self, row: Correction) -> str:
        return row.wrong if len(row.wrong) <= SHORT else f"{row.wrong[:SHORT]}…"

    @admin.display(description=_("公开页面"))
    def page(self, row: Correction) -> SafeString | str:
        """A link to the value as readers see it now."""
        subject = subject_of(row.about)
        return format_html('<a href="{}">{}</a>', subject.url, subject.label) if subject else gettext("已不公开")

    @admin.display(description=_("后台页面"))
    def editing(self, row: Correction) -> SafeString | str:
        """A link to where staff change it."""
        kind, _colon, rest = row.about.partition(":")
        if not kind:
            return "—"
        url = reverse(f"admin:brands_{kind}_change", args=[rest.split(".")[0]])
        return format_html('<a href="{}">{}</a>', url, row.label)

    @admin.display(description=_("核对"))
    def settling(self, row: Correction) -> SafeString:
        """A link to where it is set beside what stands, and taken over or not."""
        return format_html('<a href="{}">{}</a>', reverse("curation:report", args=[row.pk]), gettext("对照并处理"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


# Characters of a report that the list shows.
SHORT = 60
