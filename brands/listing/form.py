"""What an address says, as a form: values that make no sense are its errors, and the others count all the same."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext

from brands.listing.fields import ValuesField


class ListingForm(forms.Form):
    """The parameters of a list. `cleaned_data` holds what is understood of each, also beside an error. `ranges` maps a
    number with the parameters ``NAME_min`` and ``NAME_max`` to what it is called and its unit; ends that are crossed
    choose nothing and stand in `crossed`."""

    ranges: ClassVar[Mapping[str, tuple[Any, Any]]] = {}

    def __init__(self, data: Any = None, **options: Any) -> None:
        """With fields for the parameters that are given alone: of twenty, most addresses give one or two."""
        super().__init__(data, **options)
        for name in self.fields.keys() - self.data.keys():
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        understood: dict[str, Any] = {name: [] for name in self.base_fields} | self.cleaned_data
        for name in self.fields:
            field = cast("ValuesField", self.fields[name])
            told = field.refusals(self[name].data, understood[name])
            if told:
                self.add_error(name, told)
        self.crossed: dict[str, tuple[str, str]] = {}
        for name, (label, _unit) in self.ranges.items():
            least, most = ("".join(understood[f"{name}_{end}"]) for end in ("min", "max"))
            if least and most and int(least) > int(most):
                self.crossed[name] = least, most
                understood[f"{name}_min"] = understood[f"{name}_max"] = []
                self.add_error(None, gettext("“%s”的下限大于上限，已忽略。") % label)
        return understood
