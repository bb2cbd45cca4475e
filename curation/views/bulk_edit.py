"""Many facts at once: chosen in a list of the admin, shown before and after, and changed as one change set."""

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from brands.audit import describe
from brands.audit.undo import Net
from brands.models import Region
from brands.models.audit import MAX_NOTE
from brands.search.store import batches as chunks
from curation.bulk_edit import (
    AT_ONCE,
    MODELS,
    MOST_ROWS,
    SETTABLE,
    BulkVerdict,
    Edit,
    EditedRow,
    EditPlan,
    Fact,
    apply,
    plan,
)
from curation.pages import render_page, staff_page
from curation.views.changelist import matching

# Rows that are shown before and after, and that are named as left out.
SHOWN = 100

# Regions of one name that are offered.
SAME_NAME = 8

# Rows that a list hands over one by one; more than it shows on a page.
MOST_CHOSEN = 1000


class RegionNameField(forms.CharField):
    """A division, by its code or by its full or common name."""

    def clean(self, value: object) -> str:
        words = super().clean(value)
        found = list(
            Region.objects.filter(Q(adcode=words) | Q(name=words) | Q(common_name=words)).select_related("parent")
        )
        if len(found) == 1:
            return found[0].adcode
        if not found:
            raise ValidationError(gettext("没有叫“%s”的地区。") % words)
        codes = "、".join(f"{one.adcode} {one.parent or ''}{one.name}" for one in found[:SAME_NAME])
        raise ValidationError(
            gettext("叫“%(name)s”的地区不止一个，请填代码：%(codes)s") % {"name": words, "codes": codes}
        )


class ChosenForm(forms.Form):
    """Which rows: their keys between commas, or the parameters of the list that shows them. And what to do with them:
    a verdict, or a field and, as `value`, what it gets."""

    rows = forms.RegexField(r"\A[0-9]{1,18}(,[0-9]{1,18})*\Z", required=False, max_length=20 * MOST_CHOSEN)
    where = forms.CharField(required=False, max_length=4000)
    deed = forms.ChoiceField(required=False)

    def __init__(self, model: type[Fact], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.model = model
        for name in ("rows", "where", "deed"):
            self.fields[name].widget = forms.HiddenInput()
        self.fields["deed"].choices = deeds(model)  # type: ignore[attr-defined]
        deed = self.data.get("deed")
        if deed in SETTABLE[model]:
            self.fields["value"] = _value_field(model, deed)

    @property
    def is_complete(self) -> bool:
        """Whether it is said what to do."""
        return self.is_valid() and bool(self.cleaned_data["deed"])

    @property
    def edit(self) -> Edit:
        deed = self.cleaned_data["deed"]
        return Edit(deed, self.cleaned_data.get("value"))

    def hand_on(self) -> dict[str, str]:
        """The fields as they were sent, to be sent again."""
        return {name: self.data.get(name, "") for name in self.fields if self.data.get(name)}


class ReasonForm(forms.Form):
    """The last word: why. `seal` stands for the rows that were shown."""

    why = forms.CharField(label=_("原因"), max_length=MAX_NOTE, strip=True)
    seal = forms.CharField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, required: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].required = required


def deeds(model: type[Fact]) -> list[tuple[str, object]]:
    """What may be done with many rows of the model, by the name of each deed."""
    fields = [(name, _("设%s") % model._meta.get_field(name).verbose_name) for name in SETTABLE[model]]  # type: ignore[union-attr]
    return [*BulkVerdict.choices, *fields]


def _value_field(model: type[Fact], name: str) -> forms.Field:
    column = model._meta.get_field(name)
    label = str(column.verbose_name)  # type: ignore[union-attr]
    if isinstance(column, models.ForeignKey):
        return RegionNameField(label=label, max_length=40, help_text=_("全称、常用名或行政区划代码，如 吕梁市、141100"))
    field: forms.Field = column.formfield()  # type: ignore[union-attr,assignment]
    field.initial = None
    return field


@staff_page("brands.change_in_bulk")
def bulk(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose what to do, see what it does, do it."""
    if kind not in MODELS:
        raise Http404
    model = MODELS[kind]
    form = ChosenForm(model, request.POST if request.method == "POST" else request.GET)
    back = reverse(f"admin:brands_{kind}_changelist")
    keys, trouble = _chosen(request, form)
    if trouble:
        messages.error(request, trouble)
        return HttpResponseRedirect(back)
    context = {
        "title": gettext("批量修改：%s") % model._meta.verbose_name,
        "trail": [(str(model._meta.verbose_name_plural), back), (gettext("批量修改"), "")],
        "form": form,
        "count": len(keys),
        "back": back,
        "kind": kind,
        "deeds": _links(form),
        "chosen": dict(deeds(model)).get(form.data.get("deed", ""), ""),
        "value": "",
    }
    if not form.is_complete:
        return render_page(request, "curation/bulk_edit.html", context)
    return _preview_or_do(request, form, keys, context)


def _preview_or_do(
    request: HttpRequest, form: ChosenForm, keys: Sequence[int], context: dict[str, object]
) -> HttpResponse:
    seal = hashlib.sha256(",".join(map(str, sorted(keys))).encode()).hexdigest()[:16]
    sent = request.POST if request.method == "POST" else None
    reason = ReasonForm(sent, required=form.edit.deed == BulkVerdict.REJECT, initial={"seal": seal})
    if request.method == "POST" and reason.is_valid():
        if reason.cleaned_data["seal"] == seal:
            return _do(request, form, keys, why=reason.cleaned_data["why"])
        messages.warning(request, gettext("符合条件的记录刚有变化，请再核对一遍。"))
        reason = ReasonForm(required=reason.fields["why"].required, initial={**reason.cleaned_data, "seal": seal})
    found = plan(_rows(form.model, keys), form.edit, by=request.user)  # type: ignore[arg-type]  # somebody who may
    context |= {
        "reason": reason,
        "plan": found,
        "value": _value_said(form, found),
        "rows": _told(found.changing[:SHOWN]),
        "hindered": [(told, one.hindrance) for told, one in _paired(found.hindered[:SHOWN])],
        "most": SHOWN,
        "hand_on": form.hand_on(),
    }
    return render_page(request, "curation/bulk_edit.html", context)


def _value_said(form: ChosenForm, found: EditPlan) -> str:
    """The value that is set, as the first row that gets it says it."""
    if form.edit.is_verdict:
        return ""
    name = str(form.model._meta.get_field(form.edit.deed).verbose_name)  # type: ignore[union-attr]
    told = _told((found.changing or found.hindered)[:1])
    said = [str(one.new) for row in told for one in row.fields if one.field == name]
    return (said[0] or gettext("（空）")) if said else ""


def _do(request: HttpRequest, form: ChosenForm, keys: Sequence[int], *, why: str) -> HttpResponse:
    deed = dict(deeds(form.model))[form.edit.deed]
    note = f"{deed}：{why}" if why else str(deed)
    back = HttpResponseRedirect(reverse(f"admin:brands_{form.model._meta.model_name}_changelist"))
    try:
        change_set, done = apply(form.model, keys, form.edit, by=request.user, why=note)  # type: ignore[arg-type]
    except IntegrityError:
        messages.error(request, gettext("别人刚改过其中的记录，这次没有改动任何内容，请重试。"))
        return back
    if done.hindered:
        messages.warning(request, gettext("有 %d 条没有改。") % len(done.hindered))
    if change_set is None:
        messages.info(request, gettext("没有需要改动的记录。"))
        return back
    count = len(done.changing)
    said = ngettext("已改动 %d 条，记为批次", "已改动 %d 条，记为批次", count) % count
    link = format_html('<a href="{}">#{}</a>', reverse("curation:batch", args=[change_set.pk]), change_set.pk)
    messages.success(request, format_html("{} {}", said, link))
    return back


def _chosen(request: HttpRequest, form: ChosenForm) -> tuple[list[int], str]:
    """The keys of the rows, or what is wrong with the choice."""
    form.is_valid()
    if {"rows", "where"} & form.errors.keys():
        return [], gettext("没有看懂所选的记录，请回到列表重选。")
    rows, where = form.cleaned_data["rows"], form.cleaned_data["where"]
    if rows:
        asked = {int(key) for key in rows.split(",")}
        keys = list(form.model._base_manager.filter(pk__in=asked).values_list("pk", flat=True))
    elif "where" in form.data:
        keys = list(matching(request, form.model, where).values_list("pk", flat=True)[: MOST_ROWS + 1])
    else:
        keys = []
    if len(keys) > MOST_ROWS:
        return [], gettext("符合条件的记录超过 %s 条，一次改不了这么多，请再筛选。") % f"{MOST_ROWS:,}"
    return keys, "" if keys else gettext("没有选中任何记录。")


def _rows(model: type[Fact], keys: Sequence[int]) -> list[Fact]:
    """The rows in the order of their keys."""
    return [
        row for some in chunks(sorted(keys), AT_ONCE) for row in model._base_manager.filter(pk__in=some).order_by("pk")
    ]


def _links(form: ChosenForm) -> list[tuple[str, str]]:
    """Each deed with the address at which it goes on."""
    kept = {name: form.data[name] for name in ("rows", "where") if name in form.data}
    return [(str(label), f"?{urlencode({**kept, 'deed': name})}") for name, label in deeds(form.model)]


def _told(rows: Sequence[EditedRow]) -> list[describe.Told]:
    return describe.tell([_net(one) for one in rows])


def _paired(rows: Sequence[EditedRow]) -> list[tuple[describe.Told, EditedRow]]:
    return list(zip(_told(rows), rows, strict=True))


def _net(one: EditedRow) -> Net:
    old = {str(field.column): getattr(one.row, field.attname) for field in one.row._meta.concrete_fields}
    return Net(one.row._meta.db_table, str(one.row.pk), old, {**old, **one.values})


__all__ = ["EditPlan", "bulk", "deeds"]
