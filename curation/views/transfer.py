"""Tables out and in: what a list shows as a file, and a file that is shown with all that it would do before it does."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser, User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, models, transaction
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from brands.models import ChangeSet
from brands.models.audit import MAX_NOTE
from brands.sources import TakenError
from brands.spreadsheets.downloads import XLSX
from brands.spreadsheets.workbook import CellTooLongError, workbook
from curation.models import Import
from curation.models.transfer import KEPT, MAX_NAME, TableKind
from curation.pages import render_page, staff_page
from curation.transfer import export_rows, headings, import_plan, import_rows, table_reader, template
from curation.transfer.headings import Lines
from curation.transfer.import_file import MAX_BYTES
from curation.transfer.import_plan import Fault, ImportPlan
from curation.transfer.raw_table import MAX_ROWS, RefusedFileError
from curation.transfer.tables import TABLES
from curation.views.changelist import matching

# Rows of each sort, and faults, that are shown.
SHOWN = 50


class WhereForm(forms.Form):
    """The parameters of the list whose rows are meant; without any, all rows."""

    where = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput())


class FileForm(forms.Form):
    """A file to be imported. Whether it can be read is for :mod:`curation.transfer.table_reader` to say."""

    file = forms.FileField(label=_("CSV 或 XLSX 文件"), allow_empty_file=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].widget.attrs.update(accept=".csv,.xlsx", **{"aria-describedby": "file_help"})


class WordForm(forms.Form):
    """The last word: why, and whether faulty lines are left out. `seal` stands for all that was shown."""

    why = forms.CharField(label=_("原因"), max_length=MAX_NOTE - MAX_NAME - 1, strip=True)
    skips = forms.BooleanField(label=_("跳过有错的行，只导入其余的"), required=False)
    seal = forms.CharField(widget=forms.HiddenInput())


def _model(kind: str) -> type[models.Model]:
    if kind not in TABLES:
        raise Http404
    return TABLES[kind].model


# Out


@require_safe
@staff_page("brands.export_facts")
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """What will be in the file, and its two forms."""
    model = _model(kind)
    where = _where(request)
    title = gettext("导出：%s") % model._meta.verbose_name
    context = {
        "title": title,
        "trail": [(str(model._meta.verbose_name_plural), _list_of(kind)), (gettext("导出"), "")],
        "kind": kind,
        "count": _rows(request, kind, where).count(),
        "where": where,
        "query": f"?{urlencode({'where': where})}" if where else "",
        "columns": _columns(kind),
        "kinds": [(label, reverse("curation:export", args=[value])) for value, label in TableKind.choices],
        "back": f"{_list_of(kind)}?{where}" if where else _list_of(kind),
    }
    return render_page(request, "curation/export.html", context)


@require_safe
@staff_page("brands.export_facts")
def export_csv(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The rows, line by line."""
    lines = export_rows.as_csv(export_rows.lines(kind, _keys(request, kind)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(kind)}.csv"'
    return response


@require_safe
@staff_page("brands.export_facts")
def export_xlsx(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The rows as a workbook, which is in a file until it is sent."""
    keys = _keys(request, kind)
    try:
        file = workbook(export_rows.lines(kind, keys), kind)
    except CellTooLongError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(f"{reverse('curation:export', args=[kind])}?{request.GET.urlencode()}")
    return FileResponse(file, as_attachment=True, filename=f"{_file_name(kind)}.xlsx", content_type=XLSX)


@require_safe
@staff_page("brands.import_facts")
def template_xlsx(request: HttpRequest, kind: str) -> HttpResponseBase:
    """An empty workbook to fill in, with what each column takes."""
    _model(kind)
    file = template.template(kind)
    return FileResponse(file, as_attachment=True, filename=f"laobrand-{kind}-template.xlsx", content_type=XLSX)


def _list_of(kind: str) -> str:
    return reverse(f"admin:brands_{kind}_changelist")


def _file_name(kind: str) -> str:
    return f"laobrand-{kind}-{timezone.localdate():%Y%m%d}"


def _rows(request: HttpRequest, kind: str, where: str) -> "models.QuerySet[Any]":
    model = _model(kind)
    return matching(request, model, where) if where else model._base_manager.order_by("pk")


def _keys(request: HttpRequest, kind: str) -> Sequence[Any]:
    return list(_rows(request, kind, _where(request)).values_list("pk", flat=True))


def _where(request: HttpRequest) -> str:
    form = WhereForm(request.GET)
    if not form.is_valid():
        raise Http404
    return str(form.cleaned_data["where"])


def _columns(kind: str) -> list[tuple[str, str]]:
    """The columns of the table after key and version, each with what forms call it."""
    table = TABLES[kind]()
    return [(name, column.label(table.model)) for name, column in table.columns.items()]


# In


@staff_page("brands.import_facts")
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Keep the file, if it can be read, and show what it would do."""
    model = _model(kind)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        kept = _keep(request.user, kind, form)
        if kept:
            return HttpResponseRedirect(kept.get_absolute_url())
    context = {
        "title": gettext("导入：%s") % model._meta.verbose_name,
        "trail": [(str(model._meta.verbose_name_plural), _list_of(kind)), (gettext("导入"), "")],
        "form": form,
        "kind": kind,
        "limits": {"size": MAX_BYTES // 2**20, "rows": f"{MAX_ROWS:,}"},
        "columns": _columns(kind),
        "kinds": [(label, reverse("curation:import", args=[value])) for value, label in TableKind.choices],
    }
    return render_page(request, "curation/import.html", context)


def _keep(author: User | AnonymousUser, kind: str, form: FileForm) -> Import | None:
    """The file, kept; None where it can't be read, which the form says then. Files that nobody came back for go."""
    file: UploadedFile[Any] = form.cleaned_data["file"]
    data = file.read(MAX_BYTES + 1)
    try:
        headings.headed(kind, table_reader.read(data))
    except RefusedFileError as error:
        form.add_error("file", str(error))
        return None
    Import.objects.filter(change_set=None, created_at__lt=timezone.now() - KEPT).delete()
    name = "".join(character for character in file.name or "" if character.isprintable())[-MAX_NAME:]
    return Import.objects.create(author=author, kind=kind, name=name, data=data)  # type: ignore[misc]  # who may


@require_safe
@staff_page("brands.import_facts")
def dry_run(request: HttpRequest, number: int) -> HttpResponse:
    """What the file would do."""
    kept = get_object_or_404(Import, pk=number, author=request.user)
    if kept.change_set_id is not None:
        return HttpResponseRedirect(reverse("curation:batch", args=[kept.change_set_id]))
    return _shown(request, kept)


@require_POST
@staff_page("brands.import_facts")
def apply(request: HttpRequest, number: int) -> HttpResponse:
    """Do what was shown, if it is still that; whoever sends the form twice is led to what the first one did."""
    form = WordForm(request.POST)
    kept = get_object_or_404(Import, pk=number, author=request.user)
    if not form.is_valid():
        return _shown(request, kept, form) if kept.change_set_id is None else _to_change_set(kept.change_set_id)
    try:
        with transaction.atomic():
            kept = Import.objects.select_for_update().get(pk=kept.pk)
            if kept.change_set_id is not None:
                return _to_change_set(kept.change_set_id)
            change_set = _write(request, kept, form)
    except (IntegrityError, RefusedFileError):
        messages.error(request, gettext("内容刚有变化，这次没有写入任何内容，请再核对一遍。"))
        return HttpResponseRedirect(kept.get_absolute_url())
    except TakenError as error:
        messages.error(request, error.message)
        return HttpResponseRedirect(kept.get_absolute_url())
    return _to_change_set(change_set.pk) if change_set else HttpResponseRedirect(kept.get_absolute_url())


@require_POST
@staff_page("brands.import_facts")
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Forget the file."""
    kept = get_object_or_404(Import, pk=number, author=request.user)
    if kept.change_set_id is None:
        kept.delete()
        messages.info(request, gettext("已放弃，没有写入任何内容。"))
    return HttpResponseRedirect(reverse("curation:import", args=[kept.kind]))


def _to_change_set(number: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("curation:batch", args=[number]))


def _write(request: HttpRequest, kept: Import, form: WordForm) -> ChangeSet | None:
    """The change set; None where the file would do something else than what was shown, or nothing."""
    lines = headings.headed(kept.kind, table_reader.read(bytes(kept.data)))
    plan = import_plan.plan(kept.kind, lines, locks=True)
    if plan.seal != form.cleaned_data["seal"]:
        messages.warning(request, gettext("内容刚有变化，请再核对一遍。"))
        return None
    if not plan.rows or (plan.faults and not form.cleaned_data["skips"]):
        messages.error(request, gettext("没有写入任何内容：请先改正有错的行，或选择跳过它们。"))
        return None
    note = f"{kept.name}：{form.cleaned_data['why']}"
    change_set = import_rows.write(plan, by=request.user, note=note)  # type: ignore[arg-type]  # somebody who may
    kept.change_set, kept.data = change_set, b""
    kept.save()
    _tell(request, plan, change_set)
    return change_set


def _tell(request: HttpRequest, plan: ImportPlan, change_set: ChangeSet) -> None:
    count = len(plan.rows)
    said = ngettext("已导入 %d 行，记为批次", "已导入 %d 行，记为批次", count) % count
    link = format_html('<a href="{}">#{}</a>', reverse("curation:batch", args=[change_set.pk]), change_set.pk)
    messages.success(request, format_html("{} {}", said, link))
    if plan.faults:
        messages.warning(request, gettext("跳过了 %d 行有错的。") % plan.faulty_lines)


def _shown(request: HttpRequest, kept: Import, form: WordForm | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "title": gettext("核对导入：%s") % _model(kept.kind)._meta.verbose_name,
        "trail": [(gettext("导入"), reverse("curation:import", args=[kept.kind])), (kept.name, "")],
        "kept": kept,
        "most": SHOWN,
    }
    try:
        lines = headings.headed(kept.kind, table_reader.read(bytes(kept.data)))
        plan = import_plan.plan(kept.kind, lines)
    except RefusedFileError as error:
        return render_page(request, "curation/import_file.html", context | {"refused": str(error)})
    sent = form.data if form else None
    context |= {
        "plan": plan,
        "lines": lines,
        "faults": [(_place(lines, one), one) for one in plan.faults[:SHOWN]],
        "changed": [(one, one.differences(plan.known)) for one in plan.changed[:SHOWN]],
        "new": [(one, one.differences(plan.known)) for one in plan.new[:SHOWN]],
        "form": WordForm(sent, initial={"seal": plan.seal}) if sent else WordForm(initial={"seal": plan.seal}),
        "note": _note(kept.kind),
    }
    return render_page(request, "curation/import_file.html", context)


def _place(lines: Lines, fault: Fault) -> dict[str, str]:
    """Where the fault is, as the spreadsheet calls it, and what the file calls the column."""
    letter = lines.letters.get(fault.column, "")
    return {"cell": f"{letter}{fault.line}" if letter else "", "column": lines.shown.get(fault.column, fault.column)}


def _note(kind: str) -> str:
    """What somebody should know who imports such a table."""
    if kind == TableKind.REGION:
        return gettext("行政区划表随程序更新：下次更新地区表时，以程序自带的国标表为准，这里的改动会被覆盖。")
    if kind == TableKind.SYNONYM:
        return gettext("改动过的同义词组，程序更新时不再改写。")
    if settings.FOUR_EYES:
        return gettext("改动的字段记为人工设定，以后机器不再改写；待审的记录仍要由别人确认。")
    return gettext("改动的字段记为人工设定，以后机器不再改写；待审的记录随之确认。")
