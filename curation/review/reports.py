"""What readers report, taken over in one step: the value that stands beside the one that the reader gives, yes or no,
and the report is closed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.template.defaultfilters import date as date_words
from django.utils import timezone, translation
from django.utils.translation import gettext

from brands.admin.proposing import propose_changes
from brands.audit.change_sets import open_change_set, within
from brands.models import Brand, Correction, Program, Statistic
from brands.models.correction import ReportOutcome
from brands.proposals import Fact
from brands.search.divisions import exact
from brands.sql import prepared
from brands.vocabulary import fields
from brands.vocabulary.choices import ChangeSetKind
from brands.vocabulary.fields import FieldKind
from brands.vocabulary.typed_numbers import TYPED, typed_number
from curation.review.forms import FORMS, form_for
from curation.review.other_reports import Spot, spot_of
from curation.review.values import label, present

MODELS: Mapping[str, type[Fact]] = {"brand": Brand, "program": Program, "statistic": Statistic}

# The fields of a number that a report on it may be about.
OF_NUMBERS = ("metric", "value", "value_max", "qualifier", "unit", "scope", "as_of", "as_of_precision")

# Characters of a reader's words that can be a value by themselves.
SHORT = 60

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_NUMBER = re.compile(TYPED)
_SENTENCE = re.compile(r"[。！？；\n]")


class ClosedError(Exception):
    """Somebody has dealt with the report already."""


@dataclass(frozen=True, slots=True)
class Report:
    """A reader's report with the fact that it is about, if it is about one: `field` is empty where it is about the
    fact as a whole, `now` what stands in the field, `suggested` what the reader's words give as its value."""

    correction: Correction
    fact: Fact | None
    field: str
    now: str
    suggested: Mapping[str, Any]

    @property
    def kind(self) -> str:
        return spot_of(self.fact)[0] if self.fact is not None else ""

    @property
    def field_label(self) -> str:
        return label(self.fact, self.field) if self.fact is not None and self.field else ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the form; none where nothing is changed here."""
        if self.fact is None:
            return ()
        known = FORMS[self.kind].base_fields
        wanted = (self.field,) if self.field else OF_NUMBERS if self.kind == "statistic" else tuple(known)
        return tuple(name for name in wanted if name in known)

    def form(self, data: Any = None) -> forms.ModelForm[Any] | None:
        """What the reader says, in the fields; None where there is nothing to fill in."""
        if self.fact is None or not self.fields:
            return None
        return form_for(self.kind, self.fact, data, only=self.fields, suggested=self.suggested)


def report_of(correction: Correction) -> Report:
    """The report, with what is known of the fact today."""
    spot, field = _about(correction.about)
    fact = MODELS[spot[0]]._default_manager.filter(pk=spot[1]).first() if spot else None
    if fact is None:
        return Report(correction, None, "", "", {})
    now = present(fact, field) if field in fields.names(spot_of(fact)[0], "proposable") else ""
    return Report(correction, fact, field, now, _suggested(fact, field, correction.right))


def reported(facts: Iterable[Fact]) -> dict[Spot, list[Correction]]:
    """The open reports on each of the facts, or on one of its fields, the oldest first."""
    names = [name for fact in facts for name in _called(fact)]
    found: defaultdict[Spot, list[Correction]] = defaultdict(list)
    for one in Correction.objects.filter(about__in=names, done=False).order_by("pk") if names else ():
        spot, _field = _about(one.about)
        if spot is not None:
            found[spot].append(one)
    return found


def is_reported(fact: Fact) -> bool:
    """Whether a report on the fact, or on one of its fields, is open."""
    return bool(_open_about(_called(fact)))


@prepared
def _open_about(names: Any) -> Any:
    return Correction.objects.filter(about__in=names, done=False).order_by().values_list("pk")


def _called(fact: Fact) -> list[str]:
    """What reports call the fact and its fields."""
    kind, pk = spot_of(fact)
    fields_of = fields.FIELDS["brand"] if kind == "brand" else ()
    return [f"{kind}:{pk}", *(f"{kind}:{pk}.{field.name}" for field in fields_of)]


def adopt(user: User, report: Report, data: Any) -> forms.ModelForm[Any] | None:
    """Write what the form says and close the report; who may not write proposes it. The form comes back, with errors
    where nothing was written; None where there is nothing to write. ClosedError where the report is closed."""
    with transaction.atomic():
        correction = _open(report.correction)
        report = report_of(correction)
        form = report.form(data)
        if form is not None and not form.is_valid():
            return form
        with within(open_change_set(ChangeSetKind.EDIT, author=user, note=_why(correction))):
            outcome, told = _take_over(user, report, form) if form is not None else (ReportOutcome.ADOPTED, "")
            _close(correction, outcome, told)
    return form


def _take_over(user: User, report: Report, form: forms.ModelForm[Any]) -> tuple[ReportOutcome, str]:
    """Write what the form says, or propose it; what was done, in words."""
    told = _told(form)
    if not user.has_perm(f"brands.change_{report.kind}"):
        propose_changes(form.instance, form, author=user)
        return ReportOutcome.PROPOSED, told
    _write(form)
    return ReportOutcome.ADOPTED, told


def decline(user: User, correction: Correction, why: str) -> None:
    """Leave what stands and close the report. ClosedError as above."""
    with transaction.atomic():
        found = _open(correction)
        with within(open_change_set(ChangeSetKind.EDIT, author=user, note=_why(found))):
            _close(found, ReportOutcome.DECLINED, why)


def reply(correction: Correction) -> str:
    """What to write to the reader about what came of the report, in the language of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        when = date_words(timezone.localtime(correction.created_at), "Y年n月j日")
        said = gettext("您好！您在%(when)s指出本站“%(about)s”有误：%(wrong)s") % {
            "when": when,
            "about": correction.label,
            "wrong": correction.wrong,
        }
        return "\n".join(filter(None, (said, _came_of_it(correction), gettext("感谢您的指正。"))))


def _came_of_it(correction: Correction) -> str:
    note = correction.note.strip()
    if correction.outcome == ReportOutcome.ADOPTED:
        return gettext("经核对，已更正：%s。") % note if note else gettext("经核对，已更正。")
    if correction.outcome == ReportOutcome.PROPOSED:
        return gettext("您的意见已提交审核，核实后更正。")
    if correction.outcome == ReportOutcome.DECLINED:
        kept = gettext("经核对，目前的内容与所见报道一致，暂不改动。")
        return f"{kept}{note}" if note else kept
    return note


def _about(about: str) -> tuple[Spot | None, str]:
    """The fact and the field that the name of a value stands for."""
    kind, _colon, rest = about.partition(":")
    number, _dot, field = rest.partition(".")
    return ((kind, int(number)), field) if kind in MODELS and number.isdigit() else (None, "")


def _suggested(fact: Fact, field: str, words: str) -> dict[str, Any]:
    """What the reader's words give as values, by field; nothing where they can't be read as one."""
    said = words.strip()
    if not said:
        return {}
    if isinstance(fact, Statistic):
        number = _number(said)
        return {"value": number} if number is not None else {}
    value = _value(fact, field, said) if field else None
    return {field: value} if value is not None else {}


def _value(fact: Fact, name: str, said: str) -> Any:
    kind = next((one.kind for one in fields.FIELDS[spot_of(fact)[0]] if one.name == name), None)
    if kind is FieldKind.REGION:
        found = exact(said.strip("。 ，"))
        return found[0] if len(found) == 1 else None
    if kind is FieldKind.CHOICE:
        column = fact._meta.get_field(name)
        labels = [(value, str(words)) for value, words in column.flatchoices if value]  # type: ignore[union-attr]
        held = [value for value, words in labels if words in said]
        return held[0] if len(held) == 1 else None
    if kind is FieldKind.YEAR:
        years = set(_YEAR.findall(said))
        return int(years.pop()) if len(years) == 1 else None
    return said if kind is FieldKind.TEXT and len(said) <= SHORT and not _SENTENCE.search(said) else None


def _number(said: str) -> int | None:
    found = [number for one in _NUMBER.findall(said) if (number := typed_number(one)) is not None]
    return found[0] if len(found) == 1 else None


def _open(correction: Correction) -> Correction:
    locked = Correction.objects.select_for_update().get(pk=correction.pk)
    if locked.done:
        raise ClosedError
    return locked


def _write(form: forms.ModelForm[Any]) -> None:
    fact = form.instance
    fact.set_by_hand(form.changed_data, confirms=not settings.FOUR_EYES)
    if isinstance(fact, Brand):
        fact.inferred = [name for name in fact.inferred if name not in form.changed_data]
    form.save()


def _close(correction: Correction, outcome: ReportOutcome, note: str) -> None:
    correction.done, correction.outcome, correction.note = True, outcome, note
    correction.save(update_fields=["done", "outcome", "note"])


def _why(correction: Correction) -> str:
    seen = gettext("；见 %s") % correction.seen_at if correction.seen_at else ""
    return gettext("读者纠错 #%(number)d：%(wrong)s") % {"number": correction.pk, "wrong": correction.wrong} + seen


def _told(form: forms.ModelForm[Any]) -> str:
    """What the form changes, field by field; its instance has the new values."""
    fact = form.instance
    stored = type(fact)._base_manager.get(pk=fact.pk)
    names = [name for name in form.changed_data if name in fields.names(spot_of(fact)[0], "proposable")]
    return gettext("；").join(
        gettext("%(field)s由“%(old)s”改为“%(new)s”")
        % {
            "field": label(fact, name),
            "old": present(stored, name) or gettext("未收录"),
            "new": present(fact, name) or gettext("未收录"),
        }
        for name in names
    )
