"""Choices of divisions, each called by all that hold it and by its code: there are four 鼓楼."""

from typing import TYPE_CHECKING, Any

from django import forms
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


class RegionChoice(Choice):
    def label_from_instance(self, obj: Region) -> str:
        return place_label(obj)


class RegionChoices(Choices):
    def label_from_instance(self, obj: Region) -> str:
        return place_label(obj)


class RegionFields(Fields):
    """Pages and inlines whose fields of divisions offer them so."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.related_model is Region:
            options |= {"form_class": RegionChoice, "queryset": Region.objects.select_related("parent__parent")}
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.related_model is Region:
            options |= {"form_class": RegionChoices, "queryset": Region.objects.select_related("parent__parent")}
        return super().formfield_for_manytomany(db_field, request, **options)
