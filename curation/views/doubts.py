"""The work list of doubtful things."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from curation.pages import render_page, staff_page
from curation.review.doubts import COUNTED, SORTS, doubts
from curation.views.queue import LOOK


@require_safe
@staff_page(LOOK)
def doubtful(request: HttpRequest, sort: str = "") -> HttpResponse:
    """How many there are of each sort, and those of one."""
    if sort and sort not in SORTS:
        raise Http404
    chosen = doubts(SORTS[sort]) if sort else None
    counts = [chosen if chosen and one is chosen.sort else doubts(one, listed=False) for one in SORTS.values()]
    context = {"title": gettext("存疑清单"), "counts": counts, "chosen": chosen, "most": COUNTED}
    return render_page(request, "curation/doubts.html", context)
