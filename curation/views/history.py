"""The history of each row: its versions, two of them beside each other, and a way back to one."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brands.audit import describe, history
from brands.audit.triggers import followed
from brands.models import Change
from brands.models.audit import MAX_NOTE
from brands.vocabulary.choices import ChangeAction
from curation.pages import render_page, staff_page
from curation.views.change_sets import PageForm, kept_list

# Versions on a page.
VERSIONS = 50

# Changes that are shown of rows that refer to this one.
RELATED = 100

# Deleted rows on a page.
GONE = 50

# Tables whose rows are not restored one by one: what was said of a proposal stands, and what came from a file or joins
# two rows comes back with its change set.
LEFT_ALONE = {"brands_proposal", "brands_forwarding", "brands_programredirect", "brands_page", "brands_article"} | {
    "brands_program_brands",
    "brands_program_regions",
    "brands_standingrule",
}


class VersionPairForm(forms.Form):
    """Two versions of a row, by the numbers of their changes."""

    left = forms.IntegerField(min_value=1)
    right = forms.IntegerField(min_value=1)


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=1)


class RestoreForm(forms.Form):
    why = forms.CharField(label=_("恢复的原因"), required=False, max_length=MAX_NOTE)


class DeletedForm(forms.Form):
    """Which deleted rows are listed."""

    kind = forms.ChoiceField(
        label=_("类别"),
        required=False,
        choices=[
            ("brand", _("劳务品牌")),
            ("brandalias", _("品牌别名")),
            ("program", _("政策与活动")),
            ("statistic", _("数据")),
            ("article", _("报道")),
            ("page", _("版面")),
            ("synonym", _("同义词组")),
            ("correction", pgettext_lazy("record", "纠错")),
        ],
    )
    q = forms.CharField(label=_("名称含"), required=False, max_length=100)


@staff_page("brands.view_change")
def row_history(request: HttpRequest, kind: str, row: str) -> HttpResponse:
    table = _table(kind)
    changes = history.of_row(table, row)
    page = Paginator(changes, VERSIONS).get_page(PageForm(request.GET).number)
    versions = list(page)
    related = history.of_related(table, row, most=RELATED) if page.number == 1 else []
    told = describe.tell(history.nets_of([*versions, *related]))
    context = {
        **_heading(table, row, told[0] if versions else None),
        "page": page,
        "versions": list(zip(versions, told, strict=False)),
        "related": list(zip(related, told[len(versions) :], strict=True)),
        "most": RELATED,
        "may_restore": _may_restore(request, table),
        "gone": bool(versions) and page.number == 1 and versions[0].action == ChangeAction.DELETED,
    }
    return render_page(request, "curation/history.html", context)


@staff_page("brands.view_change")
def compare(request: HttpRequest, kind: str, row: str) -> HttpResponse:
    """Two versions beside each other, the older one on the left whichever was named first."""
    table = _table(kind)
    form = VersionPairForm(request.GET)
    if not form.is_valid():
        messages.error(request, gettext("请选择两个版本再比较。"))
        return HttpResponseRedirect(reverse("curation:history", args=[kind, row]))
    numbers = sorted((form.cleaned_data["left"], form.cleaned_data["right"]))
    left, right = (_version(table, row, number) for number in numbers)
    context = {
        **_heading(table, row, describe.tell(history.nets_of([right]))[0], _("比较版本")),
        "left": left,
        "right": right,
        "fields": describe.compare(left, right),
    }
    return render_page(request, "curation/compare.html", context)


@staff_page("brands.review_facts")
def restore(request: HttpRequest, kind: str, row: str) -> HttpResponse:
    """What going back to a version would change, and on POST the deed."""
    table = _table(kind)
    asked = VersionForm(request.GET)
    if not asked.is_valid() or not _may_restore(request, table):
        raise Http404
    version = _version(table, row, asked.cleaned_data["version"])
    present = history.of_row(table, row)[0]
    form = RestoreForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _restored(request, version, form.cleaned_data["why"])
    context = {
        **_heading(table, row, describe.tell(history.nets_of([version]))[0], _("恢复旧版本")),
        "left": present,
        "right": version,
        "fields": describe.compare(present, version),
        "form": form,
        "gone": present.action == ChangeAction.DELETED,
    }
    return render_page(request, "curation/compare.html", context)


@staff_page("brands.view_change")
def deleted(request: HttpRequest) -> HttpResponse:
    form = DeletedForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    kind = asked.get("kind") or "brand"
    found = history.deleted(_table(kind), asked.get("q", "").strip())
    page = Paginator(found, GONE).get_page(PageForm(request.GET).number)
    changes = list(page)
    address = urlencode({name: value for name, value in asked.items() if value})
    context = {
        "title": gettext("已删除的记录"),
        "trail": [(gettext("批次"), reverse("curation:batch_list")), (gettext("已删除的记录"), "")],
        "form": form,
        "page": page,
        "rows": list(zip(changes, describe.tell(history.nets_of(changes)), strict=True)),
        "query": f"{address}&" if address else "",
    }
    return render_page(request, "curation/deleted.html", context)


def _table(kind: str) -> str:
    table = history.table_of(kind)
    if table is None:
        raise Http404
    return table


def _version(table: str, row: str, number: int) -> Change:
    return get_object_or_404(Change.objects.select_related("change_set"), pk=number, table=table, row=row)


def _may_restore(request: HttpRequest, table: str) -> bool:
    return request.user.has_perm("brands.review_facts") and table not in LEFT_ALONE


def _restored(request: HttpRequest, version: Change, why: str) -> HttpResponse:
    note = why or gettext("恢复到旧版本")
    done = history.restore(version, author=request.user, note=note)  # type: ignore[arg-type]  # somebody who may
    kind = version.table.removeprefix("brands_")
    if done.rows:
        link = format_html(
            '<a href="{}">#{}</a>', reverse("curation:batch", args=[done.change_set.pk]), done.change_set.pk
        )
        messages.success(request, format_html("{} {}", gettext("已恢复，记为批次"), link))
    if done.kept:
        messages.warning(request, kept_list(done.kept))
    return HttpResponseRedirect(reverse("curation:history", args=[kind, version.row]))


def _heading(table: str, row: str, told: describe.Told | None, step: object = "") -> dict[str, object]:
    """What the pages of one row have in common; `step` names one below its history."""
    kind = table.removeprefix("brands_")
    model = describe.model_name(followed()[table])
    name = told.name if told else f"#{row}"
    here = reverse("curation:history", args=[kind, row])
    title = gettext("历史：%(model)s %(name)s") % {"model": model, "name": name}
    return {
        "title": f"{step} · {name}" if step else title,
        "trail": [(model, ""), (name, told.address if told else ""), (gettext("历史"), here if step else "")]
        + ([(step, "")] if step else []),
        "kind": kind,
        "row": row,
        "address": told.address if told else "",
    }
