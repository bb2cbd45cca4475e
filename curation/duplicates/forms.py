"""What the pages of doubles are asked."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from brands.audit.merge import MergeChoice, advised
from brands.models import Region
from brands.models.audit import MAX_NOTE
from brands.proposals import FIELDS, kind_of, value_of
from brands.vocabulary.choices import Industry, ProgramKind
from brands.vocabulary.names import MAX_NAME
from curation.duplicates.comparison import ComparedField, Fact, lines
from curation.models import RecordKind

LONGEST_QUERY = 300
_ANCHOR = re.compile(r"[0-9]{1,18}-[0-9]{1,18}")

TRADES: Mapping[str, list[tuple[str, object]]] = {
    RecordKind.BRAND: list(Industry.choices),
    RecordKind.PROGRAM: list(ProgramKind.choices),
}


def _provinces() -> list[tuple[str, object]]:
    return [("", _("全部")), *Region.objects.provinces().values_list("adcode", "common_name")]


class ListForm(forms.Form):
    """Which pairs are listed. What is wrong with a field leaves that one out, and the form says so."""

    kind = forms.ChoiceField(label=_("种类"), required=False, choices=RecordKind.choices)
    province = forms.ChoiceField(label=_("省份"), required=False, choices=_provinces)
    trade = forms.ChoiceField(label=_("行业"), required=False)
    show = forms.ChoiceField(
        label=_("显示"), required=False, choices=[("", _("疑似重复")), ("apart", _("已判定不是同一个"))]
    )
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        trade = self.fields["trade"]
        trade.label = _("类别") if self.records == RecordKind.PROGRAM else _("行业")
        trade.choices = [("", _("全部")), *TRADES[self.records]]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def records(self) -> RecordKind:
        """The kind of records; brands, unless programs are asked for."""
        return RecordKind.PROGRAM if self.data.get("kind") == RecordKind.PROGRAM else RecordKind.BRAND

    @property
    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in ("kind", "province", "trade", "show")]

    def asked(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    @property
    def query(self) -> str:
        """What was asked but the page, to stand before its number."""
        asked = {name: self.asked(name) for name in ("kind", "province", "trade", "show")}
        said = urlencode({name: value for name, value in asked.items() if value})
        return f"{said}&" if said else ""

    @property
    def here(self) -> str:
        """All that was asked."""
        return f"{self.query}page={self.asked('page')}" if self.asked("page") else self.query.removesuffix("&")


class BackForm(forms.Form):
    """Where somebody came from: the list, as it was asked for, and the pair to go on with."""

    back = forms.CharField(required=False, max_length=LONGEST_QUERY)
    onward = forms.CharField(required=False, max_length=40)

    @property
    def query(self) -> str:
        """What the list is asked, as only the list itself says it."""
        self.is_valid()
        return ListForm(QueryDict(self.cleaned_data.get("back") or "")).here

    @property
    def anchor(self) -> str:
        self.is_valid()
        onward = self.cleaned_data.get("onward") or ""
        return f"#pair-{onward}" if _ANCHOR.fullmatch(onward) else ""


class DuplicatePairForm(BackForm):
    """Two records of which somebody says that they are two, or that they aren't after all."""

    kind = forms.ChoiceField(choices=RecordKind.choices)
    first = forms.IntegerField(min_value=1, max_value=2**62)
    second = forms.IntegerField(min_value=1, max_value=2**62)
    why = forms.CharField(label=_("理由"), required=False, max_length=MAX_NOTE)


class FindForm(forms.Form):
    q = forms.CharField(label=_("名称"), required=False, max_length=MAX_NAME)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A field, and whose value is chosen: of a field that does not differ nobody's."""

    line: ComparedField
    name: str
    side: str


SIDES = [("kept", _("保留方")), ("gone", _("被并方"))]
ALIASES = [("both", _("双方的都保留")), ("kept", _("只留保留方的")), ("gone", _("只留被并方的"))]


class MergeForm(forms.Form):
    """For each field that differs, whose value stands; whose other names; and why."""

    aliases = forms.ChoiceField(label=_("别名"), choices=ALIASES, initial="both")
    why = forms.CharField(label=_("合并的理由"), required=False, max_length=MAX_NOTE)
    seal = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, kept: Fact, gone: Fact, data: QueryDict | None = None, *, why: str = "") -> None:
        super().__init__(data, initial={"seal": seal(kept, gone), "why": why})
        self.lines = lines(kept, gone)
        better = advised(kept, gone)
        for line in self.lines:
            if line.differs:
                chosen = "gone" if line.field in better else "kept"
                self.fields[_name(line)] = forms.ChoiceField(label=line.label, choices=SIDES, initial=chosen)

    def rows(self) -> list[Chosen]:
        """The fields in order, with whose value is chosen."""
        return [Chosen(line, _name(line), self[_name(line)].value() if line.differs else "") for line in self.lines]

    @property
    def choice(self) -> MergeChoice:
        """What was chosen; of a form that was not sent, what is advised."""
        taken = [row.line.field for row in self.rows() if row.side == "gone"]
        aliases: Literal["both", "kept", "gone"] = self["aliases"].value() if self.is_bound else "both"
        return MergeChoice(taken=taken, aliases=aliases)


def _name(line: ComparedField) -> str:
    return f"take_{line.field}"


def seal(kept: Fact, gone: Fact) -> str:
    """What tells whether the records are still what a person saw."""
    names = FIELDS[kind_of(kept)]
    said = [(row.pk, [(field, value_of(row, field)) for field in names]) for row in (kept, gone)]
    return hashlib.sha256(repr(said).encode()).hexdigest()
