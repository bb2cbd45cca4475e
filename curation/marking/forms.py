"""What is asked of each kind of mark: the words and where they stand, then the values of the fact.

The words come from a selection, with their place, or are copied in; where they stand several times, it is asked which
are meant.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Evidence, Program, Region, Statistic
from brands.models.program import MAX_TITLE
from brands.models.statistic import MAX_STATED
from brands.text.selection import ShownText, WordPlace
from brands.vocabulary.choices import BrandLevel, Industry, Metric, ReviewState
from brands.vocabulary.names import MAX_NAME, name_key
from curation.marking.article_reading import Item, is_in, named_place
from curation.marking.facts import (
    Fact,
    MarkedBrand,
    MarkedPlace,
    Written,
    mark_alias,
    mark_brands,
    mark_fact,
    mark_nothing,
)
from curation.marking.suggestions import OfferedSubject, alike, facts_at, subject_of, subjects, subjects_called, told
from curation.review.forms import PlaceField, ProgramForm, StatisticForm

# Characters of marked words: a list of some two hundred names.
MAX_WORDS = 3000

# Characters of a page, of which no file has more.
LONGEST_PAGE = 10_000_000

# Characters of marked words that the form repeats.
MOST_SHOWN = 60

# Names of one list that are marked at a stroke; longer ones are for the list desk.
MOST_ITEMS = 60


class MarkKind(TextChoices):
    """What marked words are said to be."""

    BRAND = "brand", _("劳务品牌")
    STATISTIC = "statistic", _("数据")
    PROGRAM = "program", _("政策与活动")
    ALIAS = "alias", _("别名")
    NOTHING = "nothing", _("不收")


class WordsForm(forms.Form):
    """The words, and where they stand: behind `skip` characters of the `paragraph` that begins at this place of the
    page, or at the `spot` that was chosen of several."""

    what = forms.ChoiceField(label=_("标为"), choices=MarkKind.choices, initial=MarkKind.BRAND)
    words = forms.CharField(
        label=_("原文里的字句"), max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 2, "cols": 40})
    )
    paragraph = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_PAGE, widget=forms.HiddenInput)
    skip = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_PAGE, widget=forms.HiddenInput)
    spot = forms.ChoiceField(label=_("指哪一处"), required=False, widget=forms.RadioSelect)

    def __init__(self, shown: ShownText, data: Any = None) -> None:
        super().__init__(data)
        self.shown = shown
        if not self.several:
            del self.fields["spot"]

    @cached_property
    def places(self) -> list[WordPlace]:
        """Where the words may be meant to stand: one where the selection or the choice says which."""
        words = self.data.get("words", "")[:MAX_WORDS]
        numbers = [self.data.get(name, "") for name in ("paragraph", "skip")]
        if all(one.isascii() and one.isdigit() and len(one) < 10 for one in numbers):
            paragraph, skip = map(int, numbers)
            if (place := self.shown.place_at(words, paragraph, skip)) is not None:
                return [place]
        return self.shown.places(words)

    @property
    def several(self) -> bool:
        """Whether it has to be asked which place is meant."""
        if len(self.places) > 1:
            places = ((str(one.start), f"…{one.before}〔{one.words}〕{one.after}…") for one in self.places)
            self.fields["spot"].choices = list(places)  # type: ignore[attr-defined]
            return True
        return False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "words" in self.cleaned_data and not self.places:
            self.add_error("words", gettext("这篇报道里没有这些字，请照原文选取。"))
        elif "spot" in self.fields and not self.errors and not self.cleaned_data.get("spot"):
            self.add_error("spot", gettext("这些字在文中不止一处，请选一处。"))
        return cleaned

    @property
    def place(self) -> WordPlace | None:
        """The place that is meant, once that is known."""
        if not self.is_valid():
            return None
        chosen = self.cleaned_data.get("spot")
        return next((one for one in self.places if not chosen or str(one.start) == chosen), None)


class MarkForm(forms.Form):
    """What all marks are asked: which facts of the machine's at the same words they stand for."""

    instead_of = forms.MultipleChoiceField(
        label=_("同时否决这里原有的"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, place: MarkedPlace, evidence: Sequence[Evidence], data: Any = None) -> None:
        super().__init__(data)
        self.place, self.evidence = place, evidence
        self.offer(self._there())

    def _there(self) -> list[Fact]:
        raise NotImplementedError

    @property
    def label(self) -> str:
        """What the words are marked as."""
        return str(next(MarkKind(kind).label for kind, form in FORMS.items() if form is type(self)))

    @property
    def shown(self) -> str:
        """The words, not more of them than there is room for."""
        words = "".join(self.place.article.page.text[self.place.start : self.place.end].split())
        return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"

    def offer(self, facts: Sequence[Fact], *, ticked: bool = True) -> None:
        """Ask which of these facts go; the field is left out where there are none."""
        self.there = {f"{type(fact).__name__.lower()}-{fact.pk}": fact for fact in facts}
        field = self.fields["instead_of"]
        if not self.there:
            del self.fields["instead_of"]
            return
        field.choices = [(key, _said(fact)) for key, fact in self.there.items()]  # type: ignore[attr-defined]
        field.initial = list(self.there) if ticked else []

    @property
    def gone(self) -> list[Fact]:
        """The facts that go."""
        return [self.there[key] for key in self.cleaned_data.get("instead_of", ())]

    def write(self, user: User) -> Written:
        """Write what the form says, as a change set of the user's. ValidationError where that can't be."""
        raise NotImplementedError

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that are shown one below the other; names of a list are a table of their own."""
        return [self[name] for name in self.fields if not name.startswith(("pick_", "name_", "same_"))]


def _said(fact: Fact) -> str:
    review = ReviewState(fact.review).label
    if isinstance(fact, Statistic):
        return f"{fact.subject} · {fact.get_metric_display()} {fact.stated}（{review}）"
    return f"{fact}（{review}）"


class BrandMark(MarkForm):
    """Brands: a row for each name of the list, and the values that all new ones get."""

    region = PlaceField(label=_("所在地"))
    industry = forms.ChoiceField(label=_("行业"), required=False, choices=[("", _("各按名称")), *Industry.choices])
    level = forms.ChoiceField(label=_("级别"), required=False, choices=[("", "—"), *BrandLevel.choices])
    recognised_year = forms.IntegerField(label=_("认定年份"), required=False, min_value=1990, max_value=2100)
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


class SubjectMixin(forms.Form):
    """Whom something speaks of: one that the article names, or another by name."""

    subject = forms.ChoiceField(label=_("属于"), required=False)
    elsewhere = forms.CharField(
        label=_("或者别的（名称）"), required=False, max_length=80, help_text=_("文中没有标出的，填名称")
    )

    def offer_subjects(self, offered: Sequence[OfferedSubject]) -> None:
        named = self.data.get("elsewhere", "")[:80] if self.is_bound else ""
        more = subjects_called(named) if named else []
        self.called = more
        known = {one.key: one.name for one in (*more, *offered)}
        pointed_at = self.data.get("subject", "")
        if pointed_at and pointed_at not in known and (row := subject_of(pointed_at)) is not None:
            known[pointed_at] = str(row)
        field = self.fields["subject"]
        field.choices = [*known.items(), ("", "—")]  # type: ignore[attr-defined]
        field.initial = offered[0].key if offered else ""

    def clean_subject_fields(self) -> Brand | Program | Region | None:
        """The subject that was meant; None, with an error, where that is none or several."""
        key, named = self.cleaned_data.get("subject", ""), self.cleaned_data.get("elsewhere", "")
        if named:
            keys = [one.key for one in self.called]
            if not keys:
                self.add_error("elsewhere", gettext("库里没有叫“%s”的。") % named)
            elif len(keys) > 1 and key not in keys:
                self.add_error("elsewhere", gettext("叫“%s”的不止一个，请在上面选一个。") % named)
            key = key if key in keys else keys[0] if keys else ""
        found = subject_of(key)
        if found is None and not self.errors:
            self.add_error("subject", gettext("请选一个主体。"))
        return found


class StatisticMark(SubjectMixin, MarkForm):
    """A number: whose, and what it says, as ingest reads it from the words."""

    def __init__(self, place: MarkedPlace, evidence: Sequence[Evidence], data: Any = None) -> None:
        self.number = place.reading.number(place.start, place.end)
        if self.number is not None:
            place = MarkedPlace(place.article, place.reading, self.number.start, self.number.end)
        super().__init__(place, evidence, data)
        offered = subjects(place.article, evidence, place.reading, place.start)
        if self.number and self.number.values.get("metric") == Metric.BRANDS:  # which places have, and no brand has
            offered.sort(key=lambda one: not one.key.startswith("region-"))
        self.offer_subjects(offered)
        initial = dict(self.number.values) if self.number else {}
        self.values = StatisticForm(data, initial=initial, instance=Statistic(), auto_id="id_mark_%s")

    def _there(self) -> list[Fact]:
        return facts_at(self.evidence, "statistic", self.place.start, self.place.end)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        subject = self.clean_subject_fields()
        if subject is not None:
            setattr(self.values.instance, type(subject).__name__.lower(), subject)
        if not self.values.is_valid():
            raise ValidationError(gettext("数值还没有填好。"))
        return cleaned

    @property
    def statistic(self) -> Statistic:
        """The number as it was filled in, not saved; `stated` are the words."""
        row: Statistic = self.values.instance
        words = self.place.article.page.text[self.place.start : self.place.end]
        row.stated = "".join(words.split())[:MAX_STATED]
        return row

    def write(self, user: User) -> Written:
        """All fields of the number are the person's: they stood before them."""
        return mark_fact(user, self.place, self.statistic, self.values.fields, instead_of=self.gone)


class ProgramMark(MarkForm):
    """A program: its name as it stands there, and what that says."""

    def __init__(self, place: MarkedPlace, evidence: Sequence[Evidence], data: Any = None) -> None:
        super().__init__(place, evidence, data)
        name = "".join(place.article.page.text[place.start : place.end].split())[:MAX_TITLE]
        region = place.reading.place_of(place.start, name) or None
        initial = {"name": name, "place": region, **place.reading.program(name)}
        self.values = ProgramForm(data, initial=initial, instance=Program(), auto_id="id_mark_%s")

    def _there(self) -> list[Fact]:
        return facts_at(self.evidence, "program", self.place.start, self.place.end)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.values.is_valid():
            raise ValidationError(gettext("还有没填好的，见下面。"))
        return cleaned

    def write(self, user: User) -> Written:
        program: Program = self.values.instance
        filled = [name for name in self.values.fields if self.values.cleaned_data.get(name) not in (None, "")]
        return mark_fact(user, self.place, program, filled, instead_of=self.gone)


class AliasMark(SubjectMixin, MarkForm):
    """Another name of a brand."""

    def __init__(self, place: MarkedPlace, evidence: Sequence[Evidence], data: Any = None) -> None:
        super().__init__(place, evidence, data)
        self.fields["subject"].label = _("谁的别名")
        offered = subjects(place.article, evidence, place.reading, place.start)
        self.offer_subjects([one for one in offered if one.key.startswith("brand-")])

    def _there(self) -> list[Fact]:
        """The brand that the machine made of the other name."""
        found = facts_at(self.evidence, "brand", self.place.start, self.place.end)
        return [fact for fact in found if fact.review == ReviewState.PROPOSED and name_key(str(fact)) == self._key]

    @property
    def _key(self) -> str:
        return name_key(self.name)

    @property
    def name(self) -> str:
        """The words without blanks and quotes."""
        items = self.place.reading.items(self.place.start, self.place.end)
        return items[0].name if len(items) == 1 else ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.brand = self.clean_subject_fields()
        if self.brand is not None and not isinstance(self.brand, Brand):
            self.add_error("subject", gettext("别名只能是劳务品牌的。"))
        if not self._key or len(self.name) > MAX_NAME:
            raise ValidationError(gettext("请只选一个名称。"))
        return cleaned

    def write(self, user: User) -> Written:
        if not isinstance(self.brand, Brand):
            raise TypeError("the form is not valid")
        kept = [fact for fact in self.gone if fact.pk != self.brand.pk]
        return mark_alias(user, self.place, self.brand, self.name, instead_of=kept)


class NothingMark(MarkForm):
    """No fact: what was taken from the words is rejected."""

    def __init__(self, place: MarkedPlace, evidence: Sequence[Evidence], data: Any = None) -> None:
        super().__init__(place, evidence, data)
        if "instead_of" in self.fields:
            self.fields["instead_of"].label = _("否决")
            self.fields["instead_of"].required = True

    def _there(self) -> list[Fact]:
        kinds = ("brand", "program", "statistic")
        return [fact for kind in kinds for fact in facts_at(self.evidence, kind, self.place.start, self.place.end)]

    def clean(self) -> dict[str, Any] | None:
        if not self.there:
            raise ValidationError(gettext("这些字没有标成什么，不必否决。"))
        return super().clean()

    def write(self, user: User) -> Written:
        return mark_nothing(user, self.gone)


FORMS: dict[str, type[MarkForm]] = {
    MarkKind.BRAND: BrandMark,
    MarkKind.STATISTIC: StatisticMark,
    MarkKind.PROGRAM: ProgramMark,
    MarkKind.ALIAS: AliasMark,
    MarkKind.NOTHING: NothingMark,
}
