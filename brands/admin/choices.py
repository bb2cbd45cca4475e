"""Choices of divisions, each called by all that hold it and by its code: there are four 鼓楼."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from brands.models import Region
from brands.seo.descriptions import full_place

if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin

    Fields = BaseModelAdmin[Any]
    Choice = forms.ModelChoiceField[Region]
    Choices = forms.ModelMultipleChoiceField[Region]
else:
    Fields = object
    Choice = forms.ModelChoiceField
    Choices = forms.ModelMultipleChoiceField


def place_label(region: Region) -> str:
    """山西吕梁离石 141102; its parents must be loaded."""
    return f"{full_place(region)} {region.adcode}"


class SentChoices:
    """A widget that seeks the choices that were sent, to show them again: of what can be no key there is nothing to
    seek, while Django's own asks the database for it and fails."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        key = self.field.remote_field.model._meta.pk  # type: ignore[attr-defined]
        return super().optgroups(name, [one for one in value if _can_be(key, one)], attr)  # type: ignore[misc]


class SentSelect(SentChoices, AutocompleteSelect):
    """One of the choices."""


class SentSelectMultiple(SentChoices, AutocompleteSelectMultiple):
    """Several of the choices."""


def _can_be(key: Any, sent: str) -> bool:
    """Whether it is a key in its form and size."""
    try:
        key.clean(sent, None)
    except ValidationError:
        return False
    return True


class SentChoicesField(Choices):
    """Several records, of which none is sought by what can be no key: Django asks for all of them at once, which fails
    for one number that is too large."""

    def clean(self, value: Any) -> Any:
        key = self.queryset.model._meta.pk  # type: ignore[union-attr]  # every field here has one
        for one in value or ():
            if not _can_be(key, one):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": one}
                )
        return super().clean(value)


class RegionChoice(Choice):
    def label_from_instance(self, obj: Region) -> str:
        return place_label(obj)


class RegionChoices(SentChoicesField):
    def label_from_instance(self, obj: Region) -> str:
        return place_label(obj)


class RegionFields(Fields):
    """Pages and inlines whose fields of divisions offer them so, and whose choices are sought while one types."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            options.setdefault("widget", SentSelect(db_field, self.admin_site, using=options.get("using")))
        if db_field.related_model is Region:
            options |= {"form_class": RegionChoice, "queryset": Region.objects.select_related("parent__parent")}
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            options.setdefault("widget", SentSelectMultiple(db_field, self.admin_site, using=options.get("using")))
        if db_field.related_model is Region:
            options |= {"form_class": RegionChoices, "queryset": Region.objects.select_related("parent__parent")}
        options.setdefault("form_class", SentChoicesField)
        return super().formfield_for_manytomany(db_field, request, **options)
