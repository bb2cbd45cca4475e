"""Where articles are handed in: files, or a text that is pasted."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from curation.jobs import queue, uploads
from curation.jobs.uploads import MAX_FILES, MAX_PASTED, MAX_TOTAL, Complaint, Offered
from curation.models import Deed, Job
from curation.pages import render_page, staff_page
from curation.views.job import changeable, note
from ingest.read import MAX_BYTES


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """object number of files. Which of them can be read is for :mod:`curation.jobs.uploads` to say, by name."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        return [file for file in data or [] if file]


class UploadForm(forms.Form):
    """`job` is the draft that the files are added to, if there is one."""

    chosen = FilesField(label=_("文本文件"), required=False)
    name = forms.CharField(label=_("篇名"), required=False, max_length=100)
    text = forms.CharField(label=_("正文"), required=False, max_length=MAX_PASTED, strip=False, widget=forms.Textarea)

    def __init__(self, *args: Any, job: Job | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.job = job
        self.fields["chosen"].widget.attrs.update(accept=".txt,.md,text/plain", **{"aria-describedby": "chosen_help"})
        self.fields["text"].widget.attrs.update(rows=8, maxlength=MAX_PASTED)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        has_text = bool((data.get("text") or "").strip())
        if has_text and not data.get("name"):
            self.add_error("name", _("请给粘贴的文章起个名字，日后好找。"))
        if not has_text and not data.get("chosen") and not self.errors and self._is_empty():
            raise forms.ValidationError(_("请选择文件，或粘贴一篇文章。"))
        return data

    def _is_empty(self) -> bool:
        return self.job is None or not self.job.files.exists()

    def offered(self) -> Iterator[Offered]:
        """What was handed in, the files first."""
        yield from uploads.uploaded(self.cleaned_data["chosen"])
        if self.cleaned_data["text"].strip():
            yield uploads.pasted(self.cleaned_data["name"], self.cleaned_data["text"])

    def untaken(self, complaints: list[Complaint]) -> "UploadForm":
        """A form to go on with: it holds the pasted text, should that be what was not taken."""
        refused = any(complaint.name == self.cleaned_data["name"] for complaint in complaints)
        return UploadForm(initial=self.cleaned_data if refused else None)


@staff_page("brands.ingest_pages")
def upload(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Files that can be read are kept in a draft, whatever is wrong with others; then they are previewed."""
    job = changeable(request, number) if number else None
    if job and not job.is_open:
        return HttpResponseRedirect(job.get_absolute_url())
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, job=job)
    complaints: list[Complaint] = []
    if form.is_valid():
        author = request.user  # staff_page lets nobody else in
        job, complaints = uploads.take_in(author, form.offered(), job)  # type: ignore[arg-type]
        if job and number:
            note(request, job, Deed.ADD)
        if job and not complaints:
            queue.check(job)
            return HttpResponseRedirect(job.get_absolute_url())
        form = form.untaken(complaints)
    return _page(request, form, job, complaints)


def _page(request: HttpRequest, form: UploadForm, job: Job | None, complaints: list[Complaint]) -> HttpResponse:
    context = {
        "title": gettext("上传报道"),
        "trail": [(gettext("入库任务"), reverse("curation:jobs")), (gettext("上传报道"), "")],
        "form": form,
        "job": job,
        "files": job.files.defer("data", "preview") if job else [],
        "complaints": complaints,
        "limits": {"files": MAX_FILES, "each": MAX_BYTES // 2**20, "total": MAX_TOTAL // 2**20},
    }
    return render_page(request, "curation/upload.html", context)
