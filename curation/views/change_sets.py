"""Change sets: what was done together, by whom and why, and how it is taken back."""

from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser, User
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from brands.audit import describe, history
from brands.audit.bare import BareChoice
from brands.audit.change_sets import counted, rehearse, rows_of, taken_back, with_changes
from brands.audit.merge_records import hindrance, standing
from brands.audit.net_changes import present
from brands.audit.triggers import followed
from brands.audit.undo import MOST_CHANGES, KeptRow, Net, Undone, undo
from brands.models import ChangeSet
from brands.models.audit import MAX_NOTE
from brands.vocabulary.choices import ChangeSetKind
from curation.pages import render_page, staff_page
from curation.standing_rules.lessons import KINDS

# Change sets on a page of the list.
BATCHES = 50

# Rows on a page of a change set.
ROWS = 100

# Rows that were not taken back which are named.
KEPT = 100

MACHINE = "0"


def _authors() -> list[tuple[str, object]]:
    found = (
        ChangeSet.objects.filter(author__isnull=False).order_by().values_list("author", "author__username").distinct()
    )
    people = sorted(((str(key), name) for key, name in found), key=lambda one: one[1])
    return [("", _("所有人")), (MACHINE, _("自动运行")), *people]


class DayField(forms.DateField):
    """A day that is one in every time zone: the first and the last that a date can be have no midnight in some."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        bounds = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31)))
        super().__init__(validators=bounds, **options)


class ChangeSetFilter(forms.Form):
    """Which change sets are listed."""

    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[("", _("全部")), *ChangeSetKind.choices])
    author = forms.ChoiceField(label=_("操作人"), required=False, choices=_authors)
    since = DayField(label=_("从"), required=False)
    until = DayField(label=_("到"), required=False)

    def chosen(self) -> QuerySet[ChangeSet]:
        """The change sets, the newest first; what is wrong with a field leaves that one out, and the form says so."""
        self.is_valid()
        asked = self.cleaned_data
        found = with_changes().select_related("author", "undoes")
        if asked.get("kind"):
            found = found.filter(kind=asked["kind"])
        if asked.get("author"):
            found = found.filter(author=None if asked["author"] == MACHINE else asked["author"])
        if asked.get("since"):
            found = found.filter(created_at__gte=_midnight(asked["since"]))
        if asked.get("until"):
            found = found.filter(created_at__lte=datetime.combine(_midnight(asked["until"]), time.max, _zone()))
        return found

    @property
    def query(self) -> str:
        """What was asked, to stand before the number of a page."""
        asked = urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})
        return f"{asked}&" if asked else ""


def _zone() -> Any:
    return timezone.get_current_timezone()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, _zone())


class PageForm(forms.Form):
    """Which page and which table of a longer list."""

    page = forms.IntegerField(required=False, min_value=1)
    kind = forms.SlugField(required=False)

    @property
    def number(self) -> int:
        return (self.is_valid() and self.cleaned_data.get("page")) or 1

    @property
    def table(self) -> str:
        self.is_valid()
        return history.table_of(self.cleaned_data.get("kind") or "") or ""


class UndoForm(forms.Form):
    """Why, and what becomes of facts that would lose their last evidence; asked where there are any."""

    why = forms.CharField(label=_("撤销的原因"), required=False, max_length=MAX_NOTE)
    bare = forms.TypedChoiceField(
        label=_("怎么处理？"),
        choices=BareChoice.choices,
        coerce=BareChoice,
        widget=forms.RadioSelect,
        initial=BareChoice.KEEP,
        error_messages={"required": _("请选一项。")},
    )

    def __init__(self, *args: Any, asks: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks:
            del self.fields["bare"]


@staff_page("brands.view_changeset")
def change_set_list(request: HttpRequest) -> HttpResponse:
    form = ChangeSetFilter(request.GET)
    page = Paginator(form.chosen(), BATCHES).get_page(PageForm(request.GET).number)
    numbers = [change_set.pk for change_set in page]
    undone, counts = taken_back(numbers), counted(numbers)
    rows = [(change_set, _models(counts.get(change_set.pk, {})), undone.get(change_set.pk)) for change_set in page]
    context = {"title": gettext("批次"), "form": form, "page": page, "rows": rows, "query": form.query}
    return render_page(request, "curation/change_set_list.html", context)


@staff_page("brands.view_changeset")
def change_set(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(ChangeSet.objects.select_related("author", "undoes"), pk=number)
    form = PageForm(request.GET)
    counts = counted([number]).get(number, {})
    page = Paginator(rows_of(found, form.table), ROWS).get_page(form.number)
    context = {
        **_heading(found),
        "counts": [(*one, table.removeprefix("brands_")) for one, table in zip(_models(counts), counts, strict=True)],
        "teaches": request.user.has_perm("brands.add_standingrule") and found.kind in KINDS and found.author_id,
        "chosen": form.table.removeprefix("brands_"),
        "page": page,
        "rows": describe.tell(history.in_change_set(list(page))),
        "undone": taken_back([number]).get(number),
        "refusal": refusal(request.user, found),
    }
    return render_page(request, "curation/change_set.html", context)


@staff_page("brands.undo_batches")
def undo_change_set(request: HttpRequest, number: int) -> HttpResponse:
    """What taking the change set back would do, and on POST the deed."""
    found = get_object_or_404(ChangeSet, pk=number)
    why_not = refusal(request.user, found)
    preview, bare = (None, []) if why_not else rehearse(lambda: _tried(found, request.user))[0]  # type: ignore[arg-type]
    form = UndoForm(request.POST if request.method == "POST" else None, asks=bool(bare))
    if request.method == "POST" and form.is_valid() and not why_not:
        return _undone(request, found, form.cleaned_data["why"], form.cleaned_data.get("bare"))
    context = {
        **_heading(found),
        "title": gettext("撤销批次 #%d") % number,
        "form": form,
        "refusal": why_not,
        "preview": preview,
        "kept": [(one, kept_fields(one)) for one in preview.kept[:KEPT]] if preview else [],
        "bare": bare[:KEPT],
        "bare_count": len(bare),
        "most": KEPT,
    }
    return render_page(request, "curation/undo.html", context, status=409 if why_not else 200)


def _tried(change_set: ChangeSet, author: User) -> tuple[Undone, list[describe.Told]]:
    """What taking the change set back does, and the facts that it leaves without evidence, as people call them."""
    done = undo(change_set, author=author)
    rows = present([Net(*spot, None, None) for spot in done.bare])
    return done, describe.tell([Net(*spot, columns, columns) for spot, columns in rows.items()])


def refusal(user: User | AnonymousUser, change_set: ChangeSet) -> str:
    """Why this person can't take the change set back, empty where they can."""
    own = change_set.author_id is not None and change_set.author_id == user.pk
    if not user.has_perm("brands.undo_any_batch") and not (own and user.has_perm("brands.undo_batches")):
        return gettext("你的角色只能撤销自己的批次。") if user.has_perm("brands.undo_batches") else _no_role()
    if undone := taken_back([change_set.pk]).get(change_set.pk):
        return gettext("这一批已由批次 #%d 撤销。") % undone
    merged = standing(change_set)
    if merged and (later := hindrance(merged)):
        return gettext("合并后的记录后来又并入了另一条，请先撤销批次 #%d。") % later.pk
    changes = change_set.changes.count()
    if changes > MOST_CHANGES:
        return gettext(
            "这一批有 %(count)s 处变动，一次最多撤销 %(most)s 处。请把内容分成小批重新处理：入库时分几次提交文件，"
            "批量修改时先筛选、再分次执行；个别记录可以在它的历史里恢复。"
        ) % {"count": f"{changes:,}", "most": f"{MOST_CHANGES:,}"}
    return "" if changes else gettext("这一批没有变动。")


def _no_role() -> str:
    return gettext("你的角色不能撤销批次。")


def _undone(request: HttpRequest, change_set: ChangeSet, why: str, bare: BareChoice | None) -> HttpResponse:
    """Take the change set back, once however many ask at the same time."""
    with transaction.atomic():
        ChangeSet.objects.select_for_update().get(pk=change_set.pk)
        if refusal(request.user, change_set):
            return HttpResponseRedirect(reverse("curation:undo", args=[change_set.pk]))
        done = undo(change_set, author=request.user, note=why, bare=bare)  # type: ignore[arg-type]  # somebody who may
    tell_undone(request, change_set, done)
    return HttpResponseRedirect(reverse("curation:batch", args=[done.change_set.pk]))


def tell_undone(request: HttpRequest, change_set: ChangeSet, done: Undone) -> None:
    """Messages that lead to the new change set and name what was kept."""
    said = ngettext(
        "已撤销批次 %(old)s，%(rows)d 条记录复原，记为", "已撤销批次 %(old)s，%(rows)d 条记录复原，记为", done.rows
    )
    link = format_html('<a href="{}">#{}</a>', reverse("curation:batch", args=[done.change_set.pk]), done.change_set.pk)
    messages.success(request, format_html("{} {}", said % {"old": change_set, "rows": done.rows}, link))
    if done.kept:
        messages.warning(request, kept_list(done.kept))


def kept_list(kept: list[KeptRow]) -> SafeString:
    """What was kept, by name, with the reason."""
    heading = ngettext("%d 处此后另有变化，保持现状：", "%d 处此后另有变化，保持现状：", len(kept)) % len(kept)
    told = ((one.label, kept_fields(one), gettext("："), one.why) for one in kept[:KEPT])
    return format_html("{}<ul>{}</ul>", heading, format_html_join("", "<li>{}{}{}{}</li>", told))


def kept_fields(one: KeptRow) -> str:
    """The fields that were kept, in brackets, as forms call them."""
    names = gettext("、").join(describe.column_name(one.table, column) for column in one.fields)
    return gettext("（") + names + gettext("）") if names else ""


def _heading(change_set: ChangeSet) -> dict[str, Any]:
    return {
        "title": gettext("批次 #%d") % change_set.pk,
        "change_set": change_set,
        "trail": [(gettext("批次"), reverse("curation:batch_list")), (str(change_set), "")],
    }


def _models(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Names of models and how many of their rows, as the list shows them."""
    return [(describe.model_name(followed()[table]), count) for table, count in counts.items()]
