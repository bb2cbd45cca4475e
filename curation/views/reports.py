"""A reader's report: what stands beside what the reader says, and the verdict."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from brands.corrections import subject_of
from brands.models import Correction, Evidence
from brands.models.audit import MAX_NOTE
from curation.pages import MAX_NUMBER, render_page, staff_page, staff_user
from curation.review.reports import ClosedError, Report, adopt, decline, reply, report_of

LOOK = "brands.view_correction"
CLOSE = "brands.change_correction"

# Sentences of papers that are shown.
QUOTES = 5


@require_safe
@staff_page(LOOK)
def first_report(request: HttpRequest) -> HttpResponse:
    """The oldest report that waits; the list of all where none does."""
    waiting = Correction.objects.filter(done=False).order_by("created_at", "pk").first()
    if waiting is None:
        messages.info(request, gettext("读者的纠错都处理完了。"))
        return redirect("admin:brands_correction_changelist")
    return redirect("curation:report", waiting.pk)


@require_safe
@staff_page(LOOK)
def report(request: HttpRequest, number: int) -> HttpResponse:
    return _show(request, report_of(get_object_or_404(Correction, pk=number)))


@require_POST
@staff_page(CLOSE)
def adopted(request: HttpRequest, number: int) -> HttpResponse:
    """Take over what the form says."""
    found = report_of(get_object_or_404(Correction, pk=number))
    try:
        form = adopt(staff_user(request), found, request.POST)
    except ClosedError:
        return _closed_before(request, found)
    if form is not None and not form.is_valid():
        return _show(request, found, form=form)
    return _onward(request, found)


@require_POST
@staff_page(CLOSE)
def declined(request: HttpRequest, number: int) -> HttpResponse:
    found = report_of(get_object_or_404(Correction, pk=number))
    try:
        decline(staff_user(request), found.correction, request.POST.get("why", "").strip()[:MAX_NOTE])
    except ClosedError:
        return _closed_before(request, found)
    return _onward(request, found)


def _closed_before(request: HttpRequest, found: Report) -> HttpResponse:
    messages.warning(request, gettext("这条纠错刚由别人处理了，你的操作没有生效。"))
    return _onward(request, found)


def _onward(request: HttpRequest, found: Report) -> HttpResponse:
    return redirect(reverse("curation:report", args=[found.correction.pk]) + _keep(request))


def _back(request: HttpRequest) -> int | None:
    """The article of the queue from which the reviewer came."""
    said = request.GET.get("back", "")
    return int(said) if said.isascii() and said.isdigit() and int(said[:20]) <= MAX_NUMBER else None


def _keep(request: HttpRequest) -> str:
    back = _back(request)
    return f"?back={back}" if back else ""


def _show(request: HttpRequest, found: Report, **more: object) -> HttpResponse:
    correction = found.correction
    subject = subject_of(correction.about)
    may_close = request.user.has_perm(CLOSE)
    context = {
        "title": gettext("读者纠错：%s") % correction.label,
        "trail": [(gettext("读者纠错"), reverse("admin:brands_correction_changelist")), (correction.label, "")],
        "correction": correction,
        "report": found,
        "form": found.form() if may_close and not correction.done else None,
        "public": subject.url if subject else "",
        "editing": _editing(correction),
        "quotes": _quotes(found),
        "left": Correction.objects.filter(done=False).exclude(pk=correction.pk).count(),
        "may_close": may_close,
        "proposes": bool(found.kind) and not request.user.has_perm(f"brands.change_{found.kind}"),
        "reply": reply(correction) if correction.done else "",
        "back": _back(request),
        "keep": _keep(request),
        **more,
    }
    return render_page(request, "curation/report.html", context)


def _editing(correction: Correction) -> str:
    kind, _colon, rest = correction.about.partition(":")
    return reverse(f"admin:brands_{kind}_change", args=[rest.split(".")[0]]) if kind else ""


def _quotes(found: Report) -> list[Evidence]:
    """What papers say of the field, or else of the fact."""
    if found.fact is None:
        return []
    rows = Evidence.objects.with_words().filter(**{found.kind: found.fact}).select_related("article")
    of_field = list(rows.filter(field=found.field).order_by("-article_id", "pk")[:QUOTES])
    return of_field or list(rows.filter(field="").order_by("-article_id", "pk")[:QUOTES])
