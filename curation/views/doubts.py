"""The work list of doubtful things."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from curation.models import Dismissal
from curation.pages import MAX_NUMBER, render_page, staff_page, staff_user
from curation.review.doubts import COUNTED, SHOWN, SORTS, Sort, dismiss, dismissed, doubts
from curation.views.queue import DECIDE, LOOK


@require_safe
@staff_page(LOOK)
def doubtful(request: HttpRequest, sort: str = "") -> HttpResponse:
    """How many there are of each sort, and those of one."""
    chosen = doubts(_sort(sort)) if sort else None
    counts = [chosen if chosen and one is chosen.sort else doubts(one, listed=False) for one in SORTS.values()]
    context = {
        "title": gettext("存疑清单"),
        "counts": counts,
        "chosen": chosen,
        "most": COUNTED,
        "may_dismiss": bool(chosen and chosen.sort.may_be_right and request.user.has_perm(DECIDE)),
        "dismissed": dismissed(chosen.sort)[:SHOWN] if chosen else (),
    }
    return render_page(request, "curation/doubts.html", context)


@require_POST
@staff_page(DECIDE)
def no_doubt(request: HttpRequest, sort: str) -> HttpResponse:
    """Somebody has looked at it, and it is right."""
    found, kind, row = _sort(sort), request.POST.get("kind", ""), request.POST.get("row", "")
    known = row.isascii() and row.isdigit() and len(row) < 20 and int(row) <= MAX_NUMBER
    made = dismiss(staff_user(request), found, kind, int(row)) if known and found.may_be_right else None
    if made is None:
        messages.info(request, gettext("这一条已不在清单里。"))
    else:
        messages.success(request, gettext("已记为没有问题：%s") % made.label)
    return redirect("curation:doubtful_sort", sort)


@require_POST
@staff_page(DECIDE)
def doubt_again(request: HttpRequest, sort: str, number: int) -> HttpResponse:
    """What was said of it is taken back."""
    made = get_object_or_404(Dismissal, sort=_sort(sort).name, pk=number)
    made.delete()
    messages.success(request, gettext("已重新列入：%s") % made.label)
    return redirect("curation:doubtful_sort", sort)


def _sort(name: str) -> Sort:
    if name not in SORTS:
        raise Http404
    return SORTS[name]
