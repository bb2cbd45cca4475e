"""Changing a fact in its place: the fields that a reviewer mends, with the widgets of the fields themselves."""

import re
from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.admin.proposing import KeptName
from brands.admin.versions import VersionedForm
from brands.models import Brand, Program, Region, Statistic
from brands.proposals import Fact
from brands.search.divisions import exact
from brands.seo.descriptions import full_place
from brands.vocabulary import fields

# Divisions of one name that an error lists.
NAMED = 6

_CODE = re.compile(r"(?<![0-9])[1-9][0-9]{5}(?![0-9])")


class PlaceField(forms.CharField):
    """A division by its name or code: 吕梁, 吕梁市, 山西吕梁, 141100, or as the field writes it: 山西吕梁 141100."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            max_length=80,
            help_text=_("名称、拼音或六位代码，如：吕梁市、山西吕梁、lvliang、141100"),
            **options,
        )

    def prepare_value(self, value: object) -> object:
        region = Region.objects.select_related("parent__parent").filter(pk=value).first() if value else None
        return f"{full_place(region)} {region.adcode}" if region else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return _region(text) if text else None

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            found = self.clean(data)
        except ValidationError:
            return True
        return (found.pk if found else None) != (initial or None)


def _region(text: str) -> Region:
    """The division that the text means; ValidationError where it is none or several."""
    code = _CODE.search(text)
    regions = Region.objects.select_related("parent__parent")
    found = list(regions.filter(pk=code[0])) if code else _named(text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(gettext("没有叫“%s”的行政区划。") % text)
    names = "、".join(f"{full_place(region)} {region.adcode}" for region in found[:NAMED])
    raise ValidationError(gettext("“%(text)s”不止一处，请写代码：%(names)s") % {"text": text, "names": names})


def _named(text: str) -> list[Region]:
    """Divisions of this name, whole or common, alone or behind those that hold them, or in pinyin."""
    return list(Region.objects.select_related("parent__parent").filter(pk__in=exact(text)).order_by("adcode"))


def _fields(kind: str) -> list[str]:
    """The fields of the form of such a fact: a date's precision stands behind it."""
    names = fields.names(kind, "in_review")
    return [name for field in names for name in (field, fields.PRECISIONS.get(field, "")) if name]


class BrandForm(VersionedForm):
    region = PlaceField(label=_("所在地"))
    field_order = ("name", "keeps_name")
    keeps_name = KeptName(label=_("改名时旧名留作别名"), required=False, initial=True)

    class Meta:
        model = Brand
        fields = _fields("brand")

    def save(self, commit: bool = True) -> Brand:
        """With the name that the brand had as one of its names, if it is to be kept."""
        brand: Brand = super().save(commit)
        if "name" in self.changed_data and self.cleaned_data.get("keeps_name"):
            brand.also_called(self.initial["name"])
        return brand


class ProgramForm(VersionedForm):
    place = PlaceField(label=_("地点"))

    class Meta:
        model = Program
        fields = _fields("program")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }


class StatisticForm(VersionedForm):
    class Meta:
        model = Statistic
        fields = _fields("statistic")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "as_of": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "value": forms.TextInput(attrs={"inputmode": "decimal"}),
            "value_max": forms.TextInput(attrs={"inputmode": "decimal"}),
        }


FORMS: dict[str, type[forms.ModelForm[Any]]] = {"brand": BrandForm, "program": ProgramForm, "statistic": StatisticForm}


def form_for(
    kind: str, fact: Fact, data: Any = None, *, only: Collection[str] = (), suggested: Mapping[str, Any] | None = None
) -> forms.ModelForm[Any]:
    """The form of a fact, filled in with `data` where there is some, else with what is `suggested` over what stands. It
    has the fields of `only`, or all. Ids of its fields differ from those of others."""
    form = FORMS[kind](
        data,
        instance=fact,
        initial=None if data is not None else dict(suggested or {}),
        auto_id=f"id_{kind}_{fact.pk}_%s",
    )
    for name in set(form.fields) - {*only, "opened"} if only else ():
        del form.fields[name]
    return form
