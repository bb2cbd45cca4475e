"""Django's classes of the admin as the types see them: at run time they take no parameters."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import EmptyFieldListFilter
from django.contrib.admin.utils import get_fields_from_path, get_model_from_relation
from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

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


class ToldOnce(ModelForm):
    """A form that says of a field what is wrong with it, and not, besides, what its model says of the value that the
    field is left without."""

    def _update_errors(self, errors: ValidationError) -> None:
        if hasattr(errors, "error_dict"):
            fresh = {name: found for name, found in errors.error_dict.items() if name not in self.errors}
            if not fresh:
                return
            errors = ValidationError(fresh)
        super()._update_errors(errors)  # type: ignore[misc]  # Django's own, which its stubs leave out


class DeclaredLookups(ModelAdmin):
    """An admin whose lists are narrowed by nothing but what they offer: Django's own would take any lookup of any field
    from the address, regular expressions among them, whose matching nothing stops on SQLite."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup in self._declared(request) and super().lookup_allowed(lookup, value, request)

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        try:
            return super().to_field_allowed(request, to_field)
        except FieldDoesNotExist:  # Django asks whether there is one at all of some spellings alone
            return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """By the key, where the address names an empty field, of which Django does not ask whether it is allowed."""
        return super().get_object(request, object_id, from_field or None)

    def _declared(self, request: HttpRequest) -> set[str]:
        """The parameters by which the filters beside the list, and the dates above it, lead on."""
        declared = set()
        filters: Iterable[Any] = self.get_list_filter(request)
        for one in filters:
            if isinstance(one, type):
                declared.add(str(one.parameter_name))  # type: ignore[attr-defined]  # a SimpleListFilter
            elif isinstance(one, str):
                declared |= _lookups_of(self.model, one)
            elif one[1] is EmptyFieldListFilter:
                declared.add(f"{one[0]}__isempty")
            else:
                declared |= _lookups_of(self.model, one[0])
        if self.date_hierarchy:
            declared |= {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}
        return declared


def _lookups_of(model: type[models.Model], path: str) -> set[str]:
    """What Django's filter of this field asks for; a path may lead over relations."""
    field = get_fields_from_path(model, path)[-1]
    if isinstance(field, models.DateField):
        kinds = {"gte", "lt", "isnull"}
    elif field.is_relation:
        kinds = {f"{get_model_from_relation(field)._meta.pk.name}__exact", "isnull"}
    else:
        return {path, f"{path}__exact", f"{path}__isnull"}
    return {f"{path}__{kind}" for kind in kinds}


class FollowedAdmin(DeclaredLookups):
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
            made = self._made_before(request) if object_id is None else None
            if made is not None:
                messages.info(request, gettext("这一条刚才已经添加，没有再添一条。"))
                return HttpResponseRedirect(reverse(f"admin:brands_{self.opts.model_name}_change", args=[made.pk]))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _made_before(self, request: HttpRequest) -> Any:
        """The row that the very form of this request has made already, as when a button is pressed twice. Requests of
        one person wait for each other here."""
        if request.method != "POST" or not self.has_add_permission(request):
            return None
        User.objects.select_for_update().get(username=request.user.get_username())
        form = self.get_form(request, None, change=False)(request.POST, request.FILES)
        return form.made_before(request.user) if hasattr(form, "made_before") else None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        with _change_set_of(request, self.on_list):
            return super().changelist_view(request, extra_context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        with _change_set_of(request, ChangeSetKind.EDIT):
            return super().delete_view(request, object_id, extra_context)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All but the version, which the page's template has above them."""
        return [name for name in super().get_fields(request, obj) if name != "opened"]

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
