"""Choices of divisions, each called by all that hold it and by its code: there are four 鼓楼."""

from typing import TYPE_CHECKING

from django import forms

from brands.models import Region
from brands.seo.descriptions import full_place

if TYPE_CHECKING:
    Choice = forms.ModelChoiceField[Region]
    Choices = forms.ModelMultipleChoiceField[Region]
else:
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
