"""Merging two records, and taking a merge apart."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from brands.audit.change_sets import rehearse
from brands.audit.merge import MergeError, merge
from brands.audit.merge_records import Merged, hindrance, standing
from brands.audit.undo import TooManyChangesError, Undone, undo
from brands.models import ChangeSet
from brands.proposals import kind_of
from curation.duplicates.comparison import MODELS, Fact, sides
from curation.duplicates.forms import BackForm, MergeForm, seal
from curation.duplicates.merge_preview import preview
from curation.duplicates.scoring import in_words
from curation.models import DuplicatePair
from curation.pages import render_page, staff_page
from curation.views.change_sets import KEPT, kept_fields, tell_undone
from curation.views.duplicates import PERMISSION, to_list


@staff_page(PERMISSION)
def merging(request: HttpRequest, kind: str, kept: int, gone: int) -> HttpResponse:
    """Both records beside each other, whose value stands in each field, and what would move; on POST the deed."""
    there = sides(kind, (kept, gone)) if kind in MODELS else {}
    if len(there) < 2:
        raise Http404
    one, other = there[kept].record, there[gone].record
    form = MergeForm(one, other, request.POST if request.method == "POST" else None, why=_reasons(kind, kept, gone))
    back = BackForm(request.POST if request.method == "POST" else request.GET)
    refused = ""
    if request.method == "POST" and form.is_valid():
        refused = _refusal(form, one, other)
        if not refused and "preview" not in request.POST:
            try:
                return _merged(request, form, back, one, other)
            except MergeError as error:
                refused = str(error)
    context = {
        "title": gettext("把“%(gone)s”并入“%(kept)s”") % {"gone": other, "kept": one},
        "trail": [(gettext("疑似重复"), f"{reverse('curation:doubles')}?{back.query}"), (gettext("合并"), "")],
        "kind": kind,
        "kept": there[kept],
        "gone": there[gone],
        "form": form,
        "seal": seal(one, other),
        "back": back,
        "carried": urlencode({"back": back.query, "onward": back.anchor.removeprefix("#pair-")}),
        "refused": refused,
        **_moves(request, form, one, other),
    }
    return render_page(request, "curation/merge.html", context, status=409 if refused else 200)


def _refusal(form: MergeForm, kept: Fact, gone: Fact) -> str:
    if form.cleaned_data["seal"] != seal(kept, gone):
        return gettext("你打开本页之后有人改过这两条记录，请看过现在的内容再合并。")
    return ""


def _reasons(kind: str, kept: int, gone: int) -> str:
    first, second = sorted((kept, gone))
    found = DuplicatePair.objects.filter(kind=kind, first=first, second=second).first()
    return "；".join(in_words(found.reasons)) if found else ""


def _moves(request: HttpRequest, form: MergeForm, kept: Fact, gone: Fact) -> dict[str, object]:
    """What the merge would do as the form stands, or why it can't be."""
    if form.is_bound and not form.is_valid():
        return {"moves": [], "hindered": ""}
    try:
        moves = preview(type(kept), kept.pk, gone.pk, form.choice, author=request.user)  # type: ignore[arg-type]
    except MergeError as error:
        return {"moves": [], "hindered": str(error)}
    return {"moves": moves, "hindered": ""}


def _merged(request: HttpRequest, form: MergeForm, back: BackForm, kept: Fact, gone: Fact) -> HttpResponse:
    change_set = merge(
        type(kept),
        kept.pk,
        gone.pk,
        form.choice,
        author=request.user,  # type: ignore[arg-type]  # somebody who may
        why=form.cleaned_data["why"],
    )
    said = gettext("已把“%(gone)s”并入“%(kept)s”，记为批次") % {"gone": gone, "kept": kept}
    link = format_html('<a href="{}">#{}</a>', reverse("curation:batch", args=[change_set.pk]), change_set.pk)
    apart = format_html('<a href="{}">{}</a>', reverse("curation:unmerge", args=[change_set.pk]), gettext("拆开"))
    of = format_html('<a href="{}">{}</a>', reverse("curation:doubles_of", args=[kind_of(kept), kept.pk]), kept)
    messages.success(request, format_html("{} {} · {} · {}", said, link, of, apart))
    return to_list(back)


@staff_page(PERMISSION)
def unmerge(request: HttpRequest, number: int) -> HttpResponse:
    """What taking a merge apart would give back, and on POST the deed."""
    change_set = get_object_or_404(ChangeSet, pk=number)
    merged = standing(change_set)
    refused = _why_not(merged)
    if request.method == "POST" and merged and not refused:
        return _unmerged(request, change_set)
    done: Undone | None = None
    if merged and not refused:
        try:
            done = rehearse(lambda: undo(change_set, author=request.user))[0]  # type: ignore[arg-type]
        except TooManyChangesError:
            refused = gettext("这次合并牵涉的内容太多，不能一次拆开。")
    context = {
        "title": gettext("拆开合并 #%d") % number,
        "trail": [
            (gettext("批次"), reverse("curation:batch_list")),
            (str(change_set), reverse("curation:batch", args=[number])),
        ],
        "change_set": change_set,
        "merged": merged,
        "refused": refused,
        "done": done,
        "kept": [(one, kept_fields(one)) for one in done.kept[:KEPT]] if done else [],
    }
    return render_page(request, "curation/unmerge.html", context, status=409 if refused else 200)


def _why_not(merged: Merged | None) -> str:
    if merged is None:
        return gettext("这一批不是合并，或者已经拆开。")
    if later := hindrance(merged):
        return gettext("合并后的记录后来又并入了另一条，请先拆开批次 #%d。") % later.pk
    return ""


def _unmerged(request: HttpRequest, change_set: ChangeSet) -> HttpResponse:
    """Take the merge apart, once however many ask at the same time."""
    with transaction.atomic():
        ChangeSet.objects.select_for_update().get(pk=change_set.pk)
        merged = standing(change_set)
        if merged is None or hindrance(merged):
            return HttpResponseRedirect(reverse("curation:unmerge", args=[change_set.pk]))
        done = undo(change_set, author=request.user, note=gettext("拆开合并"))  # type: ignore[arg-type]
    tell_undone(request, change_set, done)
    kind = merged.table.removeprefix("brands_")
    return HttpResponseRedirect(reverse("curation:doubles_of", args=[kind, merged.kept]))
