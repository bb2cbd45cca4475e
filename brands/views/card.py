"""A brand as a card for other people's pages: the one page that may be framed."""

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from brands.figures.figures import figure_groups
from brands.listing.address import full
from brands.models import Brand, Evidence, Statistic
from brands.reconciliation.views import ANYBODY
from brands.seo.descriptions import sentence
from brands.seo.head import figure_sentence
from brands.views.gone import departed


@xframe_options_exempt
@csp_replace(ANYBODY)  # type: ignore[arg-type]  # django-csp names no arguments of a view
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """What the brand is, its first figure, and the paper that says so. It has no form and no cookie, so that a page
    around it can't make a reader do anything."""
    brand = Brand.objects.published().select_related("region__parent__parent").filter(pk=pk).first()
    if brand is None:
        return departed(request, pk)
    groups = figure_groups(Statistic.objects.published().filter(brand=brand))[:1]
    namings = (
        Evidence.objects.of_facts().told().filter(brand=brand).with_words().order_by("-article__published_on", "start")
    )
    quotes = groups[0].figures[0].quotes if groups else list(namings[:1])
    context = {
        "name": brand.name,
        "is_chinese": True,
        "url": full(request, brand.get_absolute_url()),
        "told": sentence(brand) + "".join(figure_sentence(group.figures[0].statistic) for group in groups),
        "quote": next(iter(quotes), None),
    }
    return render(request, "brands/card.html", context)
