"""Django's admin site, where what is offered to choose is called as its own page says it."""

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db import models
from django.http import HttpRequest, HttpResponse


class LabelledChoices(AutocompleteJsonView):
    """Rows to choose from, by the `choice_label` of their admin where it has one."""

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "choice_label", str)
        return {**super().serialize_result(obj, to_field_name), "text": str(label(obj))}


class StaffSite(AdminSite):
    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = LabelledChoices.as_view(admin_site=self)(request)  # type: ignore[assignment]
        return answer
