"""Django's classes of the admin as the types see them: at run time they take no parameters."""

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from brands.audit.change_sets import at_first_change
from brands.vocabulary.choices import ChangeSetKind

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    ModelForm = forms.ModelForm[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:
    ModelAdmin = admin.ModelAdmin
    ModelForm = forms.ModelForm
    TabularInline = admin.TabularInline


class FollowedAdmin(ModelAdmin):
    """Rows whose history is the audit log's."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: object = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("curation:history", args=[self.opts.model_name, object_id]))


class LedgeredAdmin(FollowedAdmin):
    """What a request writes belongs to one change set of the person who sent it; a request that writes nothing leaves
    none.

    `on_list` is the kind of change set of an action on the list. What a form says under `why` becomes the change set's
    note.
    """

    on_list = ChangeSetKind.BULK

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        with _change_set_of(request, ChangeSetKind.EDIT):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        with _change_set_of(request, self.on_list):
            return super().changelist_view(request, extra_context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        with _change_set_of(request, ChangeSetKind.EDIT):
            return super().delete_view(request, object_id, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A form that was sent as it was shown writes nothing, not even the time."""
        if form.changed_data or not change:
            super().save_model(request, obj, form, change)


def _change_set_of(request: HttpRequest, kind: ChangeSetKind) -> AbstractContextManager[None]:
    if request.method != "POST" or not request.user.is_authenticated:
        return nullcontext()
    return at_first_change(kind, author=request.user, note=request.POST.get("why", "").strip())


class ReadOnlyInline(TabularInline):
    """Rows of another model that belong to this one, for reading."""

    can_delete = False
    extra = max_num = 0

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False


class ReadOnlyAdmin(FollowedAdmin):
    """What comes from files or is changed on another page: found and read here."""

    show_full_result_count = False

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False
