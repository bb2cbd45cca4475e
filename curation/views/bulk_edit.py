"""Many facts at once: chosen in a list of the admin, shown before and after, and changed as one change set."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db import IntegrityError, models
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from brands.audit import describe
from brands.audit.undo import Net, net
from brands.models import Change, Region
from brands.models.audit import MAX_NOTE
from brands.search.store import batches as chunks
from brands.vocabulary.choices import ReviewState
from curation.bulk_edit import (
    AT_ONCE,
    MODELS,
    MOST_ROWS,
    SETTABLE,
    BulkVerdict,
    ChangedSinceError,
    Edit,
    EditedRow,
    EditPlan,
    Fact,
    apply,
    plan,
)
from curation.pages import MAX_NUMBER, render_page, staff_page
from curation.review.forms import PlaceField
from curation.views.changelist import matching

# Rows that are shown before and after, and that are named as left out.
SHOWN = 100

# Later changes that are looked through for those of the chosen rows.
MOST_LATER = 2000

# Values that set nothing.
EMPTY = (None, "")

# Rows that a list hands over one by one; more than it shows on a page.
MOST_CHOSEN = 1000


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
            if _may_be_empty(model, deed):
                self.fields["empty"] = forms.BooleanField(label=_("清空：不设任何值"), required=False, initial=False)

    def clean(self) -> dict[str, Any]:
        """Either a value or, in so many words, none: an empty field alone empties nothing."""
        cleaned = super().clean() or {}
        if "value" not in self.fields or "value" in self.errors:
            return cleaned
        is_said = cleaned.get("value") not in EMPTY
        if is_said and cleaned.get("empty"):
            self.add_error("value", gettext("要么填写新的值，要么选“清空”，不能两样都选。"))
        elif not is_said and not cleaned.get("empty"):
            self.add_error("value", gettext("请填写新的值。"))
        return cleaned

    @property
    def is_complete(self) -> bool:
        """Whether it is said what to do."""
        return self.is_valid() and bool(self.cleaned_data["deed"])

    @property
    def edit(self) -> Edit:
        deed, value = self.cleaned_data["deed"], self.cleaned_data.get("value")
        if isinstance(value, Region):
            value = value.pk
        if self.cleaned_data.get("empty"):
            value = None if self.model._meta.get_field(deed).null else ""
        return Edit(deed, value)

    def hand_on(self) -> dict[str, str]:
        """The fields as they were sent, to be sent again; parameters of a list may be none, which is all it shows."""
        sent = {name: self.data.get(name, "") for name in self.fields if name in self.data}
        return {name: value for name, value in sent.items() if value or name == "where"}


class ReasonForm(forms.Form):
    """The last word: why. `seal` stands for the rows that were shown and all that they said, `after` is the newest
    change that they had then."""

    why = forms.CharField(label=_("原因"), max_length=MAX_NOTE, strip=True)
    seal = forms.CharField(widget=forms.HiddenInput())
    after = forms.IntegerField(widget=forms.HiddenInput(), required=False, min_value=0, max_value=MAX_NUMBER)

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
        return PlaceField(label=label)
    field: forms.Field = column.formfield()  # type: ignore[union-attr,assignment]
    field.initial, field.required = None, False
    if isinstance(field, forms.TypedChoiceField) and "" not in dict(column.choices or ()):  # type: ignore[union-attr]
        field.choices = [("", "---------"), *column.choices]  # type: ignore[union-attr,misc]  # nothing before it is said
    return field


def _may_be_empty(model: type[Fact], name: str) -> bool:
    return bool(model._meta.get_field(name).blank)  # type: ignore[union-attr]


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
    if form.data.get("deed") == BulkVerdict.CONFIRM and len(keys) > SHOWN:
        if request.method == "GET":
            messages.info(request, gettext("一次只确认看得到的：先列 %d 条，确认之后再来确认其余的。") % SHOWN)
        keys = _waiting_first(model, keys)[:SHOWN]
    context = {
        "title": gettext("批量修改：%s") % model._meta.verbose_name,
        "trail": [(str(model._meta.verbose_name_plural), back), (gettext("批量修改"), "")],
        "form": form,
        "count": len(keys),
        "back": back,
        "kind": kind,
        "deeds": _links(form),
        "settings": [] if form.data.get("deed") else _settings(form),
        "chosen": dict(deeds(model)).get(form.data.get("deed", ""), ""),
        "value": "",
    }
    if not form.is_complete:
        return render_page(request, "curation/bulk_edit.html", context)
    return _preview_or_do(request, form, keys, context)


def _preview_or_do(
    request: HttpRequest, form: ChosenForm, keys: Sequence[int], context: dict[str, object]
) -> HttpResponse:
    required = form.edit.deed == BulkVerdict.REJECT
    sent = ReasonForm(request.POST if request.method == "POST" else None, required=required)
    since: list[describe.Told] = []
    if sent.is_valid():
        try:
            return _do(request, form, keys, sent.cleaned_data)
        except ChangedSinceError:
            messages.warning(request, gettext("预览之后，所选的记录又有变化，还没有写入，请再核对一遍。"))
            since = _changed_since(form.model, keys, sent.cleaned_data.get("after"))
    found = plan(_rows(form.model, keys), form.edit, by=request.user)  # type: ignore[arg-type]  # somebody who may
    sealed = {"seal": found.seal, "after": Change.objects.aggregate(last=Max("pk"))["last"] or 0}
    if not sent.errors:
        sent = ReasonForm(required=required, initial={"why": sent.data.get("why", ""), **sealed})
    context |= {
        "reason": sent,
        "plan": found,
        "value": _value_said(form, found),
        "rows": (_said if form.edit.deed == BulkVerdict.CONFIRM else _told)(found.changing[:SHOWN]),
        "since": since,
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


def _changed_since(model: type[Fact], keys: Sequence[int], after: int | None) -> list[describe.Told]:
    """What became of the chosen rows after that change, as far as there is room to say it."""
    if after is None:
        return []
    chosen = {str(key) for key in keys}
    later = Change.objects.filter(pk__gt=after, table=model._meta.db_table).order_by("pk")[:MOST_LATER]
    return describe.tell(net(change for change in later if change.row in chosen)[:SHOWN])


def _do(request: HttpRequest, form: ChosenForm, keys: Sequence[int], said: dict[str, str]) -> HttpResponse:
    """ChangedSinceError where the rows are not what was shown."""
    why = said["why"]
    deed = dict(deeds(form.model))[form.edit.deed]
    note = f"{deed}：{why}" if why else str(deed)
    back = HttpResponseRedirect(reverse(f"admin:brands_{form.model._meta.model_name}_changelist"))
    try:
        change_set, done = apply(form.model, keys, form.edit, by=request.user, why=note, seal=said["seal"])  # type: ignore[arg-type]
    except IntegrityError:
        messages.error(request, gettext("别人刚改过其中的记录，这次没有改动任何内容，请重试。"))
        return back
    if done.hindered:
        messages.warning(request, gettext("有 %d 条没有改。") % len(done.hindered))
    if change_set is None:
        messages.info(request, gettext("没有需要改动的记录。"))
        return back
    count = len(done.changing)
    told = ngettext("已改动 %d 条，记为批次", "已改动 %d 条，记为批次", count) % count
    link = format_html('<a href="{}">#{}</a>', reverse("curation:batch", args=[change_set.pk]), change_set.pk)
    messages.success(request, format_html("{} {}", told, link))
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
    """Each verdict with the address at which it goes on."""
    kept = {name: form.data[name] for name in ("rows", "where") if name in form.data}
    return [(str(label), f"?{urlencode({**kept, 'deed': name})}") for name, label in BulkVerdict.choices]


def _settings(form: ChosenForm) -> list[tuple[str, ChosenForm]]:
    """Each field that may be set, with the form that asks for its value."""
    kept = {name: form.data.get(name, "") for name in ("rows", "where")}
    labels = dict(deeds(form.model))
    return [
        (str(labels[name]), ChosenForm(form.model, {**kept, "deed": name}, auto_id=f"id_{name}_%s"))
        for name in SETTABLE[form.model]
    ]


def _told(rows: Sequence[EditedRow]) -> list[describe.Told]:
    return describe.tell([_net(one) for one in rows])


def _said(rows: Sequence[EditedRow]) -> list[describe.Told]:
    """All that the rows say: who confirms them has read that."""
    return describe.tell([Net(net.table, net.row, None, net.old) for net in map(_net, rows)])


def _waiting_first(model: type[Fact], keys: Sequence[int]) -> list[int]:
    """The keys, those of rows that wait for a verdict before the others."""
    waiting: set[int] = set()
    for some in chunks(sorted(keys), AT_ONCE):
        rows = model._base_manager.filter(pk__in=some, review=ReviewState.PROPOSED)
        waiting.update(rows.values_list("pk", flat=True))
    return sorted(keys, key=lambda key: (key not in waiting, key))


def _paired(rows: Sequence[EditedRow]) -> list[tuple[describe.Told, EditedRow]]:
    return list(zip(_told(rows), rows, strict=True))


def _net(one: EditedRow) -> Net:
    old = {str(field.column): getattr(one.row, field.attname) for field in one.row._meta.concrete_fields}
    return Net(one.row._meta.db_table, str(one.row.pk), old, {**old, **one.values})


__all__ = ["EditPlan", "bulk", "deeds"]
