"""Groups of words that search takes for one another; staff add, change and switch them off."""

from django.contrib import admin
from django.http import HttpRequest

from brands.admin.bases import LedgeredAdmin
from brands.admin.versions import VersionedForm
from brands.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(LedgeredAdmin):
    """A group that staff have changed is never written again by the program. One that came with it is switched off
    instead of deleted: it would come back with the next `migrate`."""

    form = VersionedForm
    fields = ("words", "narrower", "active")
    list_display = ("words", "narrower", "active", "by_hand")
    list_filter = ("active", "by_hand")
    search_fields = ("words", "narrower")

    def save_model(self, request: HttpRequest, obj: Synonym, form: object, change: bool) -> None:
        obj.by_hand = True
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Synonym | None = None) -> bool:
        own = obj is not None and not obj.key
        return own and super().has_delete_permission(request, obj)
