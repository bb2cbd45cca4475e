"""Pages are read again by a newer extractor: what that would change is shown first."""

from collections import Counter

from django.apps import apps
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from brands.audit.describe import model_name
from brands.audit.undo import MOST_CHANGES
from curation.jobs import reextraction
from curation.jobs.diff import told
from curation.models import FileOutcome, Job, JobFile
from curation.pages import render_page, staff_page
from ingest.load.standing_rules import present
from ingest.version import extractor_version

# Who may look at what a newer extractor would change.
PERMISSION = "brands.ingest_pages"

# Who may let it: it changes and removes facts all over the catalogue.
APPLIES = "brands.change_in_bulk"

# Comparisons that are listed.
NEWEST = 10

# Pages of a paper whose differences are on one page.
PER_PAGE = 5

# What is summed up, in this order.
MODELS = ("Brand", "BrandAlias", "BrandDetail", "Program", "Statistic", "Evidence", "Article", "Proposal")

ACTIONS = ("created", "updated", "deleted")


@staff_page(PERMISSION)
def reextract(request: HttpRequest) -> HttpResponse:
    """Which pages were read by an earlier extractor, and the comparisons that were made."""
    earlier = reextraction.versions()
    context = {
        "title": gettext("重新抽取"),
        "trail": [(gettext("入库任务"), reverse("curation:jobs")), (gettext("重新抽取"), "")],
        "version": present(extractor_version()),
        "earlier": earlier,
        "total": sum(one.pages for one in earlier),
        "most": reextraction.MAX_PAGES,
        "under_way": reextraction.under_way(),
        "jobs": reextraction.comparisons()[:NEWEST],
    }
    return render_page(request, "curation/reextract.html", context)


@staff_page(PERMISSION)
@require_POST
def compare(request: HttpRequest) -> HttpResponse:
    """Begin a comparison, unless one is under way: that is shown then."""
    job = reextraction.under_way() or reextraction.compare(request.user)  # type: ignore[arg-type]  # staff_page lets nobody else in
    if job is None:
        messages.info(request, gettext("全部版面都已由现在的版本读过，没有可比较的。"))
        return HttpResponseRedirect(reverse("curation:reextract"))
    return HttpResponseRedirect(job.get_absolute_url())


@staff_page(PERMISSION)
def differences(request: HttpRequest, number: int, page: int = 1) -> HttpResponse:
    """What becomes of each row, page by page."""
    job = get_object_or_404(Job.objects.exclude(extractor=""), pk=number)
    pages = Paginator(changed(job), PER_PAGE)
    if page > pages.num_pages:
        raise Http404
    shown = pages.page(page)
    title = gettext("差别")
    context = {
        "title": gettext("任务 %s 的差别") % job,
        "trail": [(gettext("入库任务"), reverse("curation:jobs")), (str(job), job.get_absolute_url()), (title, "")],
        "job": job,
        "page": shown,
        "differences": told(shown.object_list),
    }
    return render_page(request, "curation/differences.html", context)


def changed(job: Job) -> "QuerySet[JobFile]":
    """The pages that would be, or were, another than before."""
    return job.files.filter(outcome=FileOutcome.CHANGED).defer("data").order_by("order")


def summary(job: Job) -> dict[str, object]:
    """All that a comparison comes to: rows by model and action, pages, and whether the whole can be taken back."""
    sums: Counter[tuple[str, str]] = Counter()
    changes = 0
    for counts, here in job.files.values_list("counts", "preview__differences__changes"):
        changes += here or 0
        for model, by_action in counts.items():
            sums.update({(model, action): number for action, number in by_action.items()})
    outcomes = Counter(job.files.values_list("outcome", flat=True).order_by())
    return {
        "sums": [row for model in MODELS if any((row := _line(model, sums))[1])],
        "changed": outcomes[FileOutcome.CHANGED],
        "unchanged": outcomes[FileOutcome.UNCHANGED],
        "changes": changes,
        "most_changes": MOST_CHANGES if changes > MOST_CHANGES else 0,
    }


def _line(model: str, sums: Counter[tuple[str, str]]) -> tuple[str, list[int]]:
    return model_name(apps.get_model("brands", model)), [sums[model, action] for action in ACTIONS]
