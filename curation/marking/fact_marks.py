"""Words that are marked as a number, a program, another name of a brand, or nothing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Evidence, Program, Region, Statistic
from brands.models.program import MAX_TITLE
from brands.models.statistic import MAX_STATED
from brands.vocabulary.choices import Metric, ReviewState
from brands.vocabulary.names import MAX_NAME, name_key
from curation.marking.facts import Fact, MarkedPlace, Written, mark_alias, mark_fact, mark_nothing
from curation.marking.mark_form import MarkForm
from curation.marking.suggestions import OfferedSubject, facts_at, subject_of, subjects, subjects_called
from curation.marking.words_form import MarkKind
from curation.review.forms import ProgramForm, StatisticForm


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

    kind = MarkKind.STATISTIC

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

    kind = MarkKind.PROGRAM

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

    kind = MarkKind.ALIAS

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

    kind = MarkKind.NOTHING

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
