"""Policies, conferences, contests and the like."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from brands.audit.redirects import heir_of
from brands.downloads.addresses import files_about, files_of
from brands.figures.editions import editions
from brands.figures.figures import figure_groups
from brands.listing import ProgramList
from brands.listing.pages import PAGE_SIZE, region_steps, show, trail
from brands.listing.rows import COLUMNS, listed
from brands.models import Card, CardLink, Evidence, Program, Statistic
from brands.seo.feeds import address
from brands.seo.head import of_list, of_program
from brands.views.gone import moved


def program_list(request: HttpRequest) -> HttpResponse:
    shown = show(request, ProgramList, ProgramList.all_rows().select_related("place__parent"))
    name = gettext("政策与活动")
    head = of_list(request, shown, name, ((row.name, row.get_absolute_url()) for row in shown.rows))
    feed = address(shown.listing, "program_feed")
    files = files_of(shown.listing.address, "programs")
    context = {"shown": shown, "head": head, "feed": feed, "files": files, "trail": trail((name, ""))}
    return render(request, "brands/program_list.html", context)


def program(request: HttpRequest, pk: int) -> HttpResponse:
    found = Program.objects.published().select_related("place__parent__parent").filter(pk=pk).first()
    if found is None:
        return _departed(pk)
    held = CardLink.objects.filter(facet="program", value=str(found.pk)).values("card")
    cards = Card.objects.values(*COLUMNS).filter(pk__in=held).order_by("pinyin", "id")
    namings = list(
        Evidence.objects.of_facts().told().filter(program=found).with_words().order_by("-article__published_on")
    )
    groups = figure_groups(Statistic.objects.published().filter(program=found))
    context = {
        "program": found,
        "head": of_program(request, found, namings),
        "region_steps": region_steps(found.place),
        "editions": editions(found),
        "groups": groups,
        "namings": namings,
        "cards": listed(cards[:PAGE_SIZE]),
        "regions": found.regions.all(),
        "menus": [
            *([files_about(gettext("下载数据"), "statistics", program=pk)] if groups else []),
            files_about(gettext("下载原句"), "evidence", program=pk),
        ],
        "trail": trail((gettext("政策与活动"), reverse("brands:program_list")), (found.name, "")),
    }
    return render(request, "brands/program.html", context)


def _departed(pk: int) -> HttpResponse:
    """301 to the public program that took this one over, else 404."""
    heir = heir_of(Program, pk)
    if heir is None:
        raise Http404
    return moved(heir.get_absolute_url())
