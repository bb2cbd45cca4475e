"""What stands where a brand was: the way to the one that took it over, or why it is gone."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from brands.audit.redirects import departure, heir_of
from brands.listing.pages import trail
from brands.models import Brand
from brands.vocabulary.choices import Departure

# Why a page is gone, for those who followed a link to it.
REASONS = {
    Departure.MERGED: gettext_lazy("它曾并入另一个品牌，那个品牌现在也不公开了。"),
    Departure.UNFOUNDED: gettext_lazy(
        "收录它的依据没有了：报道的文字经重新核读，不再能证实这个品牌。有报道再提到它时，它会回到这个地址。"
    ),
    Departure.WITHDRAWN: gettext_lazy("编辑对照报道核对后，认为这不是一个劳务品牌，或者收录有误，所以撤下。"),
}


def moved(address: str) -> HttpResponse:
    """301 that a browser asks for again each time: it would else keep it for ever, and a record that was taken apart
    from another, or has its old name again, could not be reached by who had followed it."""
    return HttpResponsePermanentRedirect(address, headers={"Cache-Control": "no-cache"})


def departed(request: HttpRequest, pk: int) -> HttpResponse:
    """301 to the public brand that took this one over, else 410 with the reason, else 404."""
    if heir := heir_of(Brand, pk):
        return moved(heir.get_absolute_url())
    gone = departure(pk)
    if gone is None:
        raise Http404
    name, reason = gone
    context = {
        "name": name,
        "reason": REASONS[reason],
        "trail": trail((gettext("劳务品牌"), reverse("brands:brand_list")), (name, "")),
    }
    return render(request, "brands/gone.html", context, status=410)
