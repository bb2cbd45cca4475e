"""Jobs: what came of the files that were handed in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from curation.jobs import queue, rule_comparison
from curation.jobs.preview_page import MAX_CHARACTERS, Preview, is_cut
from curation.models import Deed, FileState, Job, JobDeed, JobFile, JobState, JobStep
from curation.pages import render_page, staff_page, staff_user
from curation.views import reextraction

PERMISSION = "brands.ingest_pages"

# Jobs on a page of the list.
PER_PAGE = 25

# Pages that a job which reads pages again lists.
PAGES = 100


@staff_page(PERMISSION)
def job_list(request: HttpRequest, page: int = 1) -> HttpResponse:
    """The newest jobs first."""
    jobs = Job.objects.select_related("author", "change_set").annotate(holds=Count("files")).order_by("-pk")
    pages = Paginator(jobs, PER_PAGE)
    if not 1 <= page <= pages.num_pages:
        raise Http404
    context = {"title": gettext("入库任务"), "trail": [(gettext("入库任务"), "")], "page": pages.page(page)}
    return render_page(request, "curation/job_list.html", context)


@staff_page(PERMISSION)
def job(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is, what it would do or has done, and what went wrong, file by file."""
    found = get_object_or_404(Job.objects.select_related("author", "change_set"), pk=number)
    if found.extractor:
        return _reextraction(request, found)
    return render_page(request, "curation/job.html", _context(request, found))


def _reextraction(request: HttpRequest, found: Job) -> HttpResponse:
    """The same of pages that are read again: those that failed or change come first, as many as fit."""
    files = found.files.defer("data", "preview").order_by("outcome", "order")
    context: dict[str, Any] = {
        **_context(request, found),
        "files": files[:PAGES],
        "unlisted": max(found.progress.total - PAGES, 0),
        "summary": reextraction.summary(found),
        "applies": request.user.has_perm(reextraction.APPLIES),
        "rules": found.rules,
        "left_out": rule_comparison.left_out(found) if found.rules else 0,
    }
    if found.rules:
        context["may_load"] = context["mine"] and found.is_checked
    return render_page(request, "curation/reextraction.html", context)


def _context(request: HttpRequest, found: Job) -> dict[str, object]:
    mine = found.may_be_changed_by(request.user)
    stoppable = found.is_under_way or found.is_checked or (found.is_open and found.state != JobState.CANCELLED)
    return {
        "title": (gettext("重新抽取 %(job)s") if found.extractor else gettext("入库任务 %(job)s")) % {"job": found},
        "trail": [_jobs(), (str(found), "")],
        "job": found,
        "files": found.files.defer("data", "preview"),
        "words": words(found),
        "mine": mine,
        "deeds": found.deeds.select_related("user"),
        "may_load": mine and found.is_checked and found.progress.well > 0,
        "may_cancel": mine and stoppable,
        "may_retry": mine and _may_retry(found),
    }


@staff_page(PERMISSION)
def progress(request: HttpRequest, number: int) -> JsonResponse:
    """How far a job is, for the bar."""
    found = get_object_or_404(Job, pk=number)
    done, total = found.progress.done, found.progress.total
    return JsonResponse({"done": done, "total": total, "words": words(found), "over": not found.is_under_way})


@staff_page(PERMISSION)
def job_file(request: HttpRequest, number: int, order: int, article: int = 0) -> HttpResponse:
    """What one file would bring, marked in the text; one article at a time, counted from 1, the first that is about
    labour brands unless told."""
    file = get_object_or_404(JobFile.objects.select_related("job"), job=number, order=order)
    preview = Preview(file)
    numbers = preview.numbers()
    at = article - 1 if article else next(iter(numbers), 0)
    if article and at not in range(len(preview.articles)):
        raise Http404
    context = {
        "title": file.name,
        "trail": [_jobs(), (str(file.job), file.job.get_absolute_url()), (file.name, "")],
        "file": file,
        "preview": preview,
        "articles": [(number + 1, preview.articles[number]) for number in numbers],
        "at": at + 1,
    }
    if preview.articles and preview.text:
        facts = preview.facts(at)
        shown = preview.articles[at]
        context |= {"article": shown, "facts": facts, "reading": preview.reading(at, facts)}
        context["stored"] = preview.stored(at)
        context |= {"unlisted": preview.unlisted(at), "limit": MAX_CHARACTERS if is_cut(shown["spans"]) else 0}
    return render_page(request, "curation/preview.html", context)


@staff_page(PERMISSION)
def errors(request: HttpRequest, number: int) -> HttpResponse:
    """The files that were not taken with the reasons, as text: a line a file."""
    found = get_object_or_404(Job, pk=number)
    failed = found.files.filter(state=FileState.FAILED).defer("data", "preview")
    lines = "".join(f"{file.name}\t{file.get_failure_display()}\t{file.detail}\n" for file in failed)
    response = HttpResponse(lines, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="job-{found.pk}-errors.txt"'
    return response


def _load(job: Job, user: User) -> bool:
    """Bring the files in; with rules of the staff, once these count."""
    if not job.rules or job.step == JobStep.LOAD:
        return queue.load(job)
    rule_comparison.apply(job, user)
    return True


def action(do: Callable[[Job, User], bool], deed: Deed, *, writes: bool = False) -> Callable[..., HttpResponseBase]:
    """The address that a button of a job leads to; POST only. Who may not change the job gets 403; who did what is
    written down. Where the job has gone on meanwhile, its page says so. What `writes` the catalogue anew needs more of
    a permission than bringing files in."""

    @staff_page(PERMISSION)
    @require_POST
    def view(request: HttpRequest, number: int) -> HttpResponse:
        found = changeable(request, number)
        if writes and found.extractor and not request.user.has_perm(reextraction.APPLIES):
            raise PermissionDenied
        try:
            done = do(found, staff_user(request))
        except rule_comparison.NotAppliedError as error:
            messages.warning(request, str(error))
            return HttpResponseRedirect(found.get_absolute_url())
        if done:
            note(request, found, deed)
        else:
            messages.warning(request, gettext("任务的状态刚刚变了，没有照办。请看下面的最新情况。"))
        return HttpResponseRedirect(found.get_absolute_url())

    return view


def changeable(request: HttpRequest, number: int) -> Job:
    """The job, if this person may change it; 404 or 403 else."""
    found = get_object_or_404(Job, pk=number)
    if not found.may_be_changed_by(request.user):
        raise PermissionDenied
    return found


def note(request: HttpRequest, job: Job, deed: Deed) -> None:
    """Write down who did what with the job."""
    JobDeed.objects.create(job=job, user=staff_user(request), deed=deed)


check = action(lambda job, _user: queue.check(job), Deed.CHECK)
load = action(_load, Deed.LOAD, writes=True)
cancel = action(lambda job, _user: queue.cancel(job), Deed.CANCEL)
retry = action(lambda job, _user: queue.retry(job), Deed.RETRY, writes=True)


@staff_page(PERMISSION)
@require_POST
def remove(request: HttpRequest, number: int, order: int) -> HttpResponse:
    """Take a file out of a draft."""
    found = changeable(request, number)
    file = get_object_or_404(JobFile.objects.defer("data", "preview"), job=number, order=order)
    if not queue.remove(file):
        messages.warning(request, gettext("任务的状态刚刚变了，没有照办。请看下面的最新情况。"))
        return HttpResponseRedirect(file.job.get_absolute_url())
    note(request, found, Deed.ADD)
    return HttpResponseRedirect(reverse("curation:upload_more", args=[number]))


def words(job: Job) -> str:
    """What a job is about just now."""
    if job.state == JobState.WAITING:
        return gettext("排队中，等待后台处理")
    if job.is_checked:
        return gettext("已备好，请过目")
    if not job.is_under_way:
        return str(JobState(job.state).label)
    if job.doing:
        loading = gettext("正在应用：%(name)s") if job.extractor else gettext("正在入库：%(name)s")
        return (loading if job.step == JobStep.LOAD else gettext("正在读取：%(name)s")) % {"name": job.doing}
    return gettext("正在与库中数据比对")


def _may_retry(job: Job) -> bool:
    if job.step == JobStep.CHECK:
        return job.state == JobState.FAILED
    return job.state in (JobState.FAILED, JobState.CANCELLED) or (
        job.state == JobState.DONE and job.progress.failed > 0
    )


def _jobs() -> tuple[str, str]:
    return gettext("入库任务"), reverse("curation:jobs")
