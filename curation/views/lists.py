"""The list desk: lists that are begun, and the grid of one."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from brands.models import Article
from brands.vocabulary.choices import BrandLevel, Industry
from curation.lists import drafts, publishing
from curation.lists.doubts import LookedAt, look_at, reason
from curation.lists.reading import MAX_TEXT
from curation.lists.rows import CELLS, LONGEST, MAX_ROWS, GridRow
from curation.models import ListDraft
from curation.pages import render_page, staff_page, staff_user
from curation.transfer.import_file import MAX_BYTES
from curation.transfer.raw_table import RefusedFileError
from curation.transfer.references import divisions

# Rows of one page of the grid: a form has no more than a thousand fields.
ROWS = 60

# Rows that one button ticks: what fits on a screen, as in the review.
GROUP = 15

# Lists that the first page names.
LISTED = 50

# Cells that are chosen from a list.
CHOICES: Mapping[str, list[tuple[str, Any]]] = {"industry": list(Industry.choices), "level": list(BrandLevel.choices)}


class SourceForm(forms.ModelForm[ListDraft]):
    """Where a list is from."""

    url = forms.URLField(label=_("网址"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = ListDraft
        fields = ("title", "publisher", "document_number", "published_on", "url")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "published_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }


class BeginForm(SourceForm):
    """The same, with the list: pasted or as a file."""

    text = forms.CharField(
        label=_("粘贴名单"),
        required=False,
        max_length=MAX_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    file = forms.FileField(label=_("或者选一个文件"), required=False, allow_empty_file=True)
    file.widget.attrs.update(accept=".xlsx,.csv,.txt")


@staff_page("brands.import_facts")
def lists(request: HttpRequest) -> HttpResponse:
    """The lists that wait, and a new one."""
    article = _article(request)
    draft = drafts.begun_from(article) if article else ListDraft()
    form = BeginForm(request.POST or None, request.FILES or None, instance=draft)
    if request.method == "POST" and form.is_valid() and (begun := _begun(request, form)):
        return HttpResponseRedirect(begun.get_absolute_url())
    rows = ListDraft.objects.select_related("author").defer("text", "data")[:LISTED]
    context = {
        "title": gettext("名单"),
        "trail": [],
        "form": form,
        "article": article,
        "lists": [(one, _counted(one)) for one in rows],
        "limits": {"rows": MAX_ROWS, "size": MAX_BYTES // 2**20},
    }
    return render_page(request, "curation/lists.html", context)


def _article(request: HttpRequest) -> Article | None:
    """The article whose names are to be a list."""
    number = request.GET.get("article", "")
    if not number:
        return None
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        raise Http404
    return get_object_or_404(Article.objects.select_related("page"), pk=int(number))


def _begun(request: HttpRequest, form: BeginForm) -> ListDraft | None:
    """The list, saved; None where it can't be read, which the form says then."""
    draft: ListDraft = form.save(commit=False)
    file: UploadedFile[Any] | None = form.cleaned_data["file"]
    draft.author, draft.text = request.user, form.cleaned_data["text"]  # type: ignore[assignment]  # who may
    if file:
        draft.file_name = "".join(one for one in file.name or "" if one.isprintable())[-drafts.MAX_NAME :]
    try:
        return drafts.begin(draft, data=file.read(MAX_BYTES + 1) if file else b"")
    except RefusedFileError as error:
        form.add_error("file" if file else "text", str(error))
        return None


def _counted(draft: ListDraft) -> dict[str, int]:
    done = sum(bool(row["change_set"]) for row in draft.rows)
    return {"all": len(draft.rows), "done": done}


@staff_page("brands.import_facts")
def grid(request: HttpRequest, number: int) -> HttpResponse:
    """The rows of a list, most doubtful first; what is sent is kept, and what was asked for is done."""
    draft = get_object_or_404(
        ListDraft.objects.select_related("author", "edited_by", "article__page").defer("data"), pk=number
    )
    if request.method != "POST":
        return _shown(request, draft)
    if not drafts.is_of(draft, request.user):  # type: ignore[arg-type]  # who may
        return _not_theirs(request, draft)
    drafts.note_editor(draft, staff_user(request))
    form = SourceForm(request.POST, instance=draft) if "title" in request.POST else None
    if form and form.is_valid():
        form.save()
    saved = drafts.save(draft, dict(_sent(request)))
    if request.headers.get("X-Partial") == "rows":
        return _rows_alone(request, draft, set(saved.written) | set(saved.conflicts), saved)
    if form and not form.is_valid():
        return _shown(request, draft, form)
    return _done(request, draft, saved)


def _not_theirs(request: HttpRequest, draft: ListDraft) -> HttpResponse:
    """Back to the list, which others may look at and not change."""
    messages.error(
        request,
        gettext("这份名单由 %(author)s 整理，别人只能看；要改动，请整理人或管理员来做。") % {"author": draft.author},
    )
    return HttpResponseRedirect(draft.get_absolute_url())


def _done(request: HttpRequest, draft: ListDraft, saved: drafts.Saved) -> HttpResponse:
    """Do what the button asks for."""
    if saved.conflicts:
        numbers = gettext("、").join(str(at + 1) for at in saved.conflicts)
        told = gettext("第 %s 行在别的窗口里改过，这里显示的是那边的内容；请再看一遍。")
        messages.warning(request, told % numbers)
        return _back(request, draft)
    do, _, rest = request.POST.get("do", "").partition(":")
    if do == "tick":
        _tick(request, draft, [int(at) for at in rest.split(",") if at.isdecimal() and len(at) < 6])
    elif do == "fill":
        values = {name: request.POST.get(f"fill-{name}", "") for name in CELLS}
        count = drafts.fill(draft, values, over="over" in request.POST)
        messages.info(request, ngettext("填了 %d 格。", "填了 %d 格。", count) % count)
    elif do == "row":
        return _add_row(request, draft, rest)
    elif do == "publish":
        return _publish(request, draft)
    return _back(request, draft)


def _back(request: HttpRequest, draft: ListDraft) -> HttpResponse:
    page = request.GET.get("page", "")
    return HttpResponseRedirect(draft.get_absolute_url() + (f"?page={page}" if page.isdecimal() else ""))


def _tick(request: HttpRequest, draft: ListDraft, places: list[int]) -> None:
    """Tick those of the rows that were on the page and that leave no doubt."""
    rows = drafts.rows_of(draft)
    clean = {one.at for one in look_at(rows, divisions(), only=set(places[:GROUP])) if not one.doubts}
    for at in clean:
        rows[at].ticked, rows[at].stamp = True, rows[at].stamp + 1
    drafts.keep(draft, rows)
    messages.info(request, ngettext("勾选了 %d 行。", "勾选了 %d 行。", len(clean)) % len(clean))


def _add_row(request: HttpRequest, draft: ListDraft, place: str) -> HttpResponse:
    """Make a row of an unread line, and show it."""
    if not (place.isdecimal() and len(place) < 6 and int(place) < len(draft.unread)):
        raise Http404
    try:
        at = drafts.add_row(draft, int(place))
    except RefusedFileError as error:
        messages.error(request, str(error))
        return _back(request, draft)
    order = [one.at for one in look_at(drafts.rows_of(draft), divisions())]
    return HttpResponseRedirect(f"{draft.get_absolute_url()}?page={order.index(at) // ROWS + 1}#r{at}")


def _publish(request: HttpRequest, draft: ListDraft) -> HttpResponse:
    try:
        done = publishing.publish(draft, by=request.user)  # type: ignore[arg-type]  # who may
    except IntegrityError:
        messages.error(request, gettext("内容刚有变化，这次没有写入任何内容，请再核对一遍。"))
        return _back(request, draft)
    if done.change_set is None:
        draft.refresh_from_db()
        messages.error(request, done.whole or gettext("没有写入：请先改正标红的行，或者取消勾选。"))
        return _shown(request, draft, wrong=done.wrong)
    said = ngettext("已写入 %d 条，记为批次", "已写入 %d 条，记为批次", done.count) % done.count
    link = format_html('<a href="{}">#{}</a>', reverse("curation:batch", args=[done.change_set.pk]), done.change_set.pk)
    messages.success(request, format_html("{} {}", said, link))
    return HttpResponseRedirect(draft.get_absolute_url())


def _sent(request: HttpRequest) -> Iterator[tuple[int, drafts.SentRow]]:
    """The rows that the form holds, by their places."""
    for text in request.POST.getlist("row")[:ROWS]:
        at, _, stamp = text.partition(":")
        if at.isdecimal() and stamp.isdecimal() and len(at) < 6 and len(stamp) < 10:
            cells = {
                name: request.POST[f"r{at}-{name}"].replace("\x00", "")
                for name in CELLS
                if f"r{at}-{name}" in request.POST
            }
            match = request.POST.get(f"r{at}-match", "")[:40]
            ticked, left_out = f"r{at}-ticked" in request.POST, f"r{at}-out" in request.POST
            yield int(at), drafts.SentRow(int(stamp), _known(cells), match, ticked and not left_out, left_out)


def _known(cells: dict[str, str]) -> dict[str, str]:
    """The cells without values that their lists don't have."""
    for name, choices in CHOICES.items():
        if cells.get(name) and cells[name] not in dict(choices):
            cells[name] = ""
    return cells


def _shown(
    request: HttpRequest,
    draft: ListDraft,
    form: SourceForm | None = None,
    *,
    wrong: Mapping[int, list[str]] | None = None,
) -> HttpResponse:
    rows = drafts.rows_of(draft)
    looked = look_at(rows, divisions())
    if wrong:
        looked.sort(key=lambda one: one.at not in wrong)  # what is wrong stands first, the order is kept
    page = Paginator(looked, ROWS).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "title": str(draft),
        "trail": [(gettext("名单"), reverse("curation:lists")), (str(draft), "")],
        "draft": draft,
        "form": form or SourceForm(instance=draft),
        "is_mine": drafts.is_of(draft, request.user),  # type: ignore[arg-type]  # who may
        "page": page,
        "groups": _groups(shown, wrong or {}),
        "heads": _heads(),
        "levels": CHOICES["level"],
        "counts": _counts(rows, looked),
        **_unread(draft),
        "url": draft.get_absolute_url(),
        "is_nav_sidebar_enabled": False,  # the grid needs the width
    }
    return render_page(request, "curation/list.html", context)


def _unread(draft: ListDraft) -> dict[str, Any]:
    """What is in no row: what nobody could read, and what was taken for a heading or the like."""
    lines = drafts.unread_of(draft)
    shown = [
        {"at": at, "words": line.words, "reason": reason(line), "row": None if line.row is None else line.row + 1}
        for at, line in enumerate(lines)
    ]
    return {
        "unread": [one for one, line in zip(shown, lines, strict=True) if not line.is_understood],
        "left": sum(not line.is_understood and line.row is None for line in lines),
        "told": [one for one, line in zip(shown, lines, strict=True) if line.is_understood],
    }


def _groups(shown: list[LookedAt], wrong: Mapping[int, list[str]]) -> list[dict[str, Any]]:
    """The rows as they are ticked together: those with doubts one by one, others some at a time."""
    groups: list[dict[str, Any]] = []
    for one in shown:
        kind = "done" if one.row.change_set or one.row.left_out else "doubtful" if one.doubts else "clean"
        last = groups[-1] if groups else None
        if last is None or last["kind"] != kind or (kind == "clean" and len(last["rows"]) == GROUP):
            groups.append({"kind": kind, "rows": []})
        groups[-1]["rows"].append(_row(one, wrong.get(one.at, [])))
    for group in groups:
        group["places"] = ",".join(str(row["at"]) for row in group["rows"])
    return groups


def _row(one: LookedAt, wrong: list[str]) -> dict[str, Any]:
    cells = [
        {
            "name": name,
            "label": _heads()[name],
            "value": one.row.cell(name),
            "choices": CHOICES.get(name),
            "most": LONGEST[name],
            "there": one.differs.get(name, ""),
        }
        for name in CELLS
    ]
    kind = "is-done" if one.row.change_set else "is-out" if one.row.left_out else "is-doubtful" if one.doubts else ""
    look = f"{kind} is-wrong" if wrong else kind
    shown = {"at": one.at, "number": one.at + 1, "look": look, "wrong": wrong}
    return {**shown, "row": one.row, "cells": cells, "one": one}


def _heads() -> dict[str, str]:
    return {
        "name": gettext("名称"),
        "region": gettext("所在地"),
        "industry": gettext("行业"),
        "level": gettext("级别"),
        "recognised_year": gettext("年份"),
        "batch": gettext("批次"),
        "organisation": gettext("建设单位"),
    }


def _counts(rows: list[GridRow], looked: list[LookedAt]) -> dict[str, int]:
    is_open = [one for one in looked if not (one.row.change_set or one.row.left_out)]
    return {
        "all": len(rows),
        "ticked": sum(one.row.ticked for one in is_open),
        "doubtful": sum(bool(one.doubts) for one in is_open),
        "done": sum(bool(row.change_set) for row in rows),
        "open": len(is_open),
    }


def _rows_alone(request: HttpRequest, draft: ListDraft, places: set[int], saved: drafts.Saved) -> HttpResponse:
    """The rows that were written or that another window wrote, for a page that has the others."""
    rows = drafts.rows_of(draft)
    looked = look_at(rows, divisions(), only=places) if places else []
    context = {
        "rows": [_row(one, []) for one in looked],
        "is_mine": True,
        "conflicts": saved.conflicts,
        "levels": CHOICES["level"],
    }
    return render_page(request, "curation/list_rows.html", {"title": "", **context})


@require_safe
@staff_page("brands.import_facts")
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The file that the list came in."""
    draft = get_object_or_404(ListDraft, pk=number)
    if not draft.data:
        raise Http404
    return FileResponse(
        iter([bytes(draft.data)]),
        as_attachment=True,
        filename=draft.file_name or "list",
        content_type="application/octet-stream",
    )


@require_POST
@staff_page("brands.import_facts")
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Throw the list away; what it brought into the catalogue stays there."""
    draft = get_object_or_404(ListDraft, pk=number)
    if not drafts.is_of(draft, request.user):  # type: ignore[arg-type]  # who may
        return _not_theirs(request, draft)
    draft.delete()
    messages.info(request, gettext("名单已丢弃；已经写入的品牌不受影响。"))
    return HttpResponseRedirect(reverse("curation:lists"))
