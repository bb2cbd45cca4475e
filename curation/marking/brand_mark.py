"""Words that are marked as brands: one, or a list of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Evidence, Region
from brands.models.brand import check_recognised
from brands.vocabulary.choices import BrandLevel, Industry, ReviewState
from brands.vocabulary.names import MAX_NAME, name_key
from curation.marking.article_reading import Item, is_in, named_place
from curation.marking.facts import Fact, MarkedBrand, MarkedPlace, Written, mark_brands
from curation.marking.mark_form import MarkForm
from curation.marking.suggestions import alike, facts_at, told
from curation.marking.words_form import MarkKind
from curation.review.forms import PlaceField

# Names of one list that are marked at a stroke; longer ones are for the list desk.
MOST_ITEMS = 60


class BrandMark(MarkForm):
    """Brands: a row for each name of the list, and the values that all new ones get."""

    kind = MarkKind.BRAND

    region = PlaceField(label=_("所在地"))
    industry = forms.ChoiceField(label=_("行业"), required=False, choices=[("", _("各按名称")), *Industry.choices])
    level = forms.ChoiceField(label=_("级别"), required=False, choices=[("", "—"), *BrandLevel.choices])
    recognised_year = forms.IntegerField(label=_("认定年份"), required=False, validators=[check_recognised])
    batch = forms.CharField(label=_("认定批次"), required=False, max_length=60)
    organisation = forms.CharField(label=_("建设单位"), required=False, max_length=200)

    def __init__(self, place: MarkedPlace, evidence: Sequence[Evidence], data: Any = None) -> None:
        self.items = place.reading.items(place.start, place.end)[:MOST_ITEMS]
        super().__init__(place, evidence, data)
        known = alike(item.name for item in self.items)
        for item in self.items:
            self._add_row(item, known.get(name_key(item.name), []))
        first = self.items[0] if self.items else Item(place.start, place.end, "")
        self.fields["region"].initial = place.reading.place_of(first.start, first.name if len(self.items) == 1 else "")
        self.fields["level"].initial = place.reading.level_of(place.start, place.end)
        if len(self.items) == 1:
            self.fields["industry"].initial = place.reading.trade_of(first.name, first.start, first.end)

    def _there(self) -> list[Fact]:
        """Brands that the machine took from a part of the words, or from more than them."""
        names = {name_key(item.name) for item in self.items}
        found = facts_at(self.evidence, "brand", self.place.start, self.place.end)
        waiting = [fact for fact in found if isinstance(fact, Brand) and fact.review == ReviewState.PROPOSED]
        return [fact for fact in waiting if fact.name_key not in names]

    def _add_row(self, item: Item, known: Sequence[Brand]) -> None:
        self.fields[f"pick_{item.start}"] = forms.BooleanField(
            label=_("收“%s”") % item.name, required=False, initial=True
        )
        self.fields[f"name_{item.start}"] = forms.CharField(
            label=_("名称"), max_length=MAX_NAME, initial=item.name, required=False
        )
        choices = [*((str(row.pk), _same_as(row)) for row in known), ("", _("新的一条"))]
        self.fields[f"same_{item.start}"] = forms.ChoiceField(
            label=_("库里的"), required=False, choices=choices, initial=choices[0][0]
        )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField, bool]]:
        """Of each name: whether it is taken, how it is written, what it is the same as, and whether there is any."""
        found = []
        for item in self.items:
            tick, name, same = (self[f"{field}_{item.start}"] for field in ("pick", "name", "same"))
            found.append((tick, name, same, len(same.field.choices) > 1))  # type: ignore[attr-defined]
        return found

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        picked = [item for item in self.items if self.cleaned_data.get(f"pick_{item.start}")]
        if not picked:
            raise ValidationError(gettext("没有选任何名称。"))
        for item in picked:
            if not name_key(self.cleaned_data.get(f"name_{item.start}", "")):
                self.add_error(f"name_{item.start}", gettext("名称不能只有标点。"))
        return cleaned

    def write(self, user: User) -> Written:
        return mark_brands(user, self.place, [(one, self._values(one)) for one in self._found()], instead_of=self.gone)

    def _found(self) -> list[MarkedBrand]:
        said = self.cleaned_data
        return [
            MarkedBrand(item.start, item.end, said[f"name_{item.start}"], int(said[f"same_{item.start}"] or 0) or None)
            for item in self.items
            if said[f"pick_{item.start}"]
        ]

    def _values(self, one: MarkedBrand) -> dict[str, Any]:
        """The values of a new brand: those that were given to all, but the place that its own name says, if that lies
        in theirs, and the trade by its name where none was given."""
        names = ("region", "industry", "level", "recognised_year", "batch", "organisation")
        said = {name: self.cleaned_data.get(name) for name in names}
        if not said["industry"]:
            said["industry"] = self.place.reading.trade_of(one.name, one.start, one.end)
        own = named_place(one.name) if len(self.items) > 1 else ""
        if own and (not said["region"] or is_in(own, said["region"].adcode)):
            said["region"] = Region.objects.get(pk=own)
        return said


def _same_as(row: Brand) -> str:
    words = _("恢复已撤下的：%s") if row.review == ReviewState.REJECTED else _("就是：%s")
    return words % told(row)
