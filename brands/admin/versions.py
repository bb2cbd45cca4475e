"""Forms that know which version of a row they were opened on: what others wrote meanwhile is shown beside what was
typed, and nothing is written over it unseen."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from brands.admin.bases import ToldOnce
from brands.audit import describe
from brands.audit.snapshots import row_of
from brands.audit.undo import Net
from brands.models import Change
from brands.vocabulary.choices import ChangeAction

# The names of the fields that a form of a row need not agree with: no form has them.
NOT_IN_FORMS = frozenset({"confidence", "hand_set", "inferred", "created_at", "updated_at"})

# The name under which a row that was read with others has its newest change, see version_rows.
NEWEST = "newest_change"

# New rows of one person that are looked through for the one that a form made.
RECENT = 20

# Characters of what a form says of its version: names and links of the row.
MAX_OPENED = 60_000


class VersionField(forms.CharField):
    """What the row was when the form was opened: sent with it, and never a change."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=MAX_OPENED, label="")

    def has_changed(self, initial: object, data: object) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Version:
    """A row at one time: its newest change in the audit log, and the rows beside it, by relation: those that a link
    leads to, or what the names of the row are called."""

    change: int
    beside: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, row: models.Model, beside: Sequence[str]) -> "Version":
        links = {field.name: _links(row, field.name) for field in type(row)._meta.many_to_many}
        return cls(_newest(row), links | {name: _names(row, name) for name in beside})

    @classmethod
    def read(cls, text: str) -> "Version":
        """The version that a form sent; one that no row has, where it can't be read."""
        try:
            said = json.loads(text)
            beside = {str(name): {str(key): str(word) for key, word in of.items()} for name, of in said[1].items()}
            return cls(int(said[0]), beside)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return cls(-1, {})

    def __str__(self) -> str:
        return json.dumps([self.change, self.beside], ensure_ascii=False, separators=(",", ":"))


class VersionedForm(ToldOnce):
    """The form of a row that says which version of it was seen. Where others changed it since, it is not valid: it is
    shown again on what stands now, with what was typed in the fields that were touched, and both told.

    `beside` names relations to rows that the same page changes, which have a `name`.
    """

    beside: tuple[str, ...] = ()
    opened = VersionField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:
            self.initial["opened"] = str(self.version())

    def version(self) -> Version:
        """What the form is opened on."""
        return Version(newest_change(), {}) if self.instance.pk is None else Version.of(self.instance, self.beside)

    def stored(self) -> models.Model | None:
        """The row as it stands, which nobody else changes before this request ends; None where it is gone."""
        row: models.Model | None = (
            type(self.instance)._base_manager.select_for_update().filter(pk=self.instance.pk).first()
        )
        return row

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """A number as people write it: 4000 and not 4000.0000."""
        return plain(super().get_initial_for_field(field, field_name))

    def made_before(self, author: Any) -> models.Model | None:
        """The row that this person has made since the form was opened and that says just what the form says."""
        opened = Version.read(self.data.get(self.add_prefix("opened"), "")).change
        if opened < 0:
            return None
        self.full_clean()
        model = type(self.instance)
        own = Change.objects.filter(table=model._meta.db_table, action=ChangeAction.CREATED, change_set__author=author)
        for change in own.filter(pk__gt=opened).order_by("-pk")[:RECENT]:
            row: models.Model | None = model._base_manager.filter(pk=change.row).first()
            if row is not None and self._says(row_of(model, change.new or {})):
                return row
        return None

    def _says(self, row: models.Model) -> bool:
        """Whether the form says what the row does, but for the verdict, which follows from who sends it."""
        columns = {field.name: field.attname for field in row._meta.concrete_fields}
        names = [columns[name] for name in self.fields.keys() & columns.keys() - {"review"}]
        return all(getattr(self.instance, name) == getattr(row, name) for name in names)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk is not None:
            seen = Version.read(self.data.get(self.add_prefix("opened"), ""))
            stored = self.stored()
            if stored is not None and (now := Version.of(stored, self.beside)) != seen:
                _Conflict(self, stored, seen, now).settle()
        return cleaned


@dataclass(slots=True)
class _Conflict:
    """A form that was opened on a version which is not that of the stored row any more."""

    form: VersionedForm
    stored: models.Model
    seen: Version
    now: Version

    def settle(self) -> None:
        """Put what stands now into the fields that nobody touched. Where a touched one says something else than what
        stands, the form is not valid, and tells what others wrote; a form that was sent twice says the same again."""
        before = self._opened_on()
        later = self._later(before)
        if not later:
            return
        self.form.data = self.form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        fields = {name: field for name, field in self.form.fields.items() if self._is_of_row(name)}
        touched = {name for name, field in fields.items() if self._is_touched(name, field, before)}
        for name in (fields.keys() & later) - touched:
            self._put(name, fields[name], self._present(name))
        vars(self.form).pop("changed_data", None)  # which a formset has asked for by now
        differing = {name for name in touched if fields[name].has_changed(self._present(name), self._typed(name))}
        if differing:
            self._refuse(before, differing & later)
        else:
            self._clean_again(fields)

    def _refuse(self, before: models.Model | None, contested: set[str]) -> None:
        said = self._differences(before)
        for name in contested:
            told = gettext("别人刚改成了“%s”；再保存，就以你填的为准。") % (said.get(name) or gettext("（空）"))
            self.form.add_error(name, told if before is not None else gettext("与现在的内容不同，请核对。"))
        self._put("opened", self.form.fields["opened"], str(self.now))
        self.form.add_error(None, [self._heading(before), *self._told(said)])

    def _clean_again(self, fields: Mapping[str, forms.Field]) -> None:
        for name, field in fields.items():
            if name not in self.form.errors:
                self.form.cleaned_data[name] = field.clean(self._typed(name))

    def _is_of_row(self, name: str) -> bool:
        return name in {one.name for one in _form_fields(type(self.stored))}

    def _is_touched(self, name: str, field: forms.Field, before: models.Model | None) -> bool:
        """Whether the person changed the field; where nobody knows what it showed, whether it says something else."""
        shown = self._present(name) if before is None else _value(before, name, self.seen)
        return field.has_changed(shown, self._typed(name))

    def _typed(self, name: str) -> Any:
        widget = self.form.fields[name].widget
        return widget.value_from_datadict(self.form.data, self.form.files, self.form.add_prefix(name))

    def _opened_on(self) -> models.Model | None:
        """The row as the form was opened on it; None where that can't be told."""
        model = type(self.stored)
        found = Change.objects.filter(pk=self.seen.change, table=model._meta.db_table, row=str(self.stored.pk)).first()
        return row_of(model, found.new) if found and found.new else None

    def _later(self, before: models.Model | None) -> set[str]:
        """The fields and relations that say something else by now; all, where it is not known what they said."""
        columns = {field.name: field.attname for field in type(self.stored)._meta.concrete_fields}
        names = {name for name in columns if name not in NOT_IN_FORMS and columns[name] in vars(self.stored)}
        if before is None:
            return names | self.now.beside.keys()
        differing = {name for name in names if getattr(before, columns[name]) != getattr(self.stored, columns[name])}
        beside = {name for name, rows in self.now.beside.items() if self.seen.beside.get(name) != rows}
        return {name for name in differing if type(self.stored)._meta.get_field(name).editable} | beside

    def _present(self, name: str) -> Any:
        return _value(self.stored, name, self.now)

    def _put(self, name: str, field: forms.Field, value: Any) -> None:
        """Let the form say this value, as its widget writes it."""
        key = self.form.add_prefix(name)
        shown = field.prepare_value(plain(value))
        if isinstance(field, forms.ModelMultipleChoiceField):
            self.form.data.setlist(key, [str(one) for one in shown])  # type: ignore[attr-defined]
        elif isinstance(field, forms.BooleanField):
            self.form.data[key] = "on" if shown else ""  # type: ignore[index]
        else:
            said = field.widget.format_value(shown)
            self.form.data[key] = said[0] if isinstance(said, list) and said else said or ""  # type: ignore[index]

    def _differences(self, before: models.Model | None) -> dict[str, str]:
        """What the changed fields say now, in words, by name."""
        names = {str(getattr(one, "verbose_name", "")): one.name for one in _form_fields(type(self.stored))}
        told = self._rows_told(before)
        return {names[one.field]: one.new or "" for one in told if one.field in names}

    def _rows_told(self, before: models.Model | None) -> Sequence[describe.Difference]:
        if before is None:
            return ()
        old, new = _columns(before), _columns(self.stored)
        one = Net(type(self.stored)._meta.db_table, str(self.stored.pk), old, new)
        return describe.tell([one])[0].fields if old != new else ()

    def _heading(self, before: models.Model | None) -> str:
        if before is None:
            return gettext("不知道这个表单是什么时候打开的，请对照现在的内容再核对一遍。")
        return (
            gettext(
                "打开之后别人改过这条记录%s，你的改动还没有写入。你填的都还在，没有碰过的字段已换成现在的内容；核对之后再保存。"
            )
            % self._who()
        )

    def _who(self) -> str:
        """Who changed the row last, and when, in brackets."""
        newest = Change.objects.filter(pk=self.now.change).select_related("change_set").first()
        name = newest.change_set.author_name if newest and newest.change_set else ""
        when = date_format(timezone.localtime(newest.at), "DATETIME_FORMAT") if newest else ""
        told = gettext("，").join(filter(None, (name, when)))
        return gettext("（") + told + gettext("）") if told else ""

    def _told(self, said: Mapping[str, str]) -> list[str]:
        model = type(self.stored)
        lines = [_line(model, name, new) for name, new in said.items()]
        for name, rows in self.now.beside.items():
            if self.seen.beside.get(name) != rows:
                lines.append(_line(model, name, gettext("、").join(rows.values())))
        return lines


def newest_change() -> int:
    """The newest change of all."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def plain(value: Any) -> Any:
    """A decimal without the noughts behind its point; anything else as it is.

    >>> plain(Decimal("4000.0000")), plain(Decimal("2.50"))
    (Decimal('4000'), Decimal('2.5'))
    """
    return Decimal(f"{value.normalize():f}") if isinstance(value, Decimal) else value


def _newest(row: models.Model) -> int:
    known: int | None = vars(row).get(NEWEST)
    if known is not None:
        return known
    changes = Change.objects.filter(table=row._meta.db_table, row=str(row.pk))
    return changes.order_by("-pk").values_list("pk", flat=True).first() or 0


def _names(row: models.Model, relation: str) -> dict[str, str]:
    rows = getattr(row, relation).order_by("pk").values_list("pk", "name")
    return {str(pk): name for pk, name in rows}


def _links(row: models.Model, relation: str) -> dict[str, str]:
    rows = getattr(row, relation).order_by("pk")
    return {str(one.pk): str(one) for one in rows}


def _form_fields(model: type[models.Model]) -> list[Any]:
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


def _columns(row: models.Model) -> dict[str, Any]:
    return {
        str(field.column): getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in NOT_IN_FORMS
    }


def _value(row: models.Model, name: str, version: Version) -> Any:
    """What the form of the row shows in the field."""
    if name in version.beside:
        return list(version.beside[name])
    return getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]


def _line(model: type[models.Model], name: str, new: str) -> str:
    field = model._meta.get_field(name)
    label = field.related_model._meta.verbose_name if field.auto_created else field.verbose_name  # type: ignore[union-attr]
    return gettext("%(field)s：现在是“%(value)s”") % {"field": label, "value": new or gettext("（空）")}
