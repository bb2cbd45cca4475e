"""Recognised brands: which province recognised how many in which year, and the printed lists."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext, ngettext

from brands.figures.recognition_lists import RecognitionList
from brands.figures.recognitions import UNKNOWN
from brands.listing import MAX_VALUES, not_known
from brands.listing.address import full
from brands.listing.pages import trail
from brands.listing.recognised import Timeline, table_of
from brands.models import Region
from brands.place_words import region_words
from brands.seo.head import of_answer
from brands.spreadsheets.downloads import as_csv
from brands.vocabulary.choices import BrandLevel

FILE = "laobrand-recognitions"


def recognition_list(request: HttpRequest) -> HttpResponse:
    shown = Timeline(request.GET, request.path)
    name = gettext("历次认定的劳务品牌")
    context = {
        "head": of_answer(request, name, shown.lead),
        "shown": shown,
        "complaints": shown.complaints[:MAX_VALUES],
        "query": request.GET.urlencode(),
        "trail": trail((gettext("历次认定"), "")),
    }
    return render(request, "brands/recognition_list.html", context)


def recognition_csv(request: HttpRequest) -> HttpResponseBase:
    return as_csv(Timeline(request.GET, request.path).lines(full(request, "/").rstrip("/")), FILE)


def recognition(request: HttpRequest, adcode: str, level: str, year: str, batch: str = "") -> HttpResponse:
    """One list; 404 where no brand of it is here."""
    place = get_object_or_404(Region, pk=adcode)
    known_level = level if level in BrandLevel.values else ""
    shown = RecognitionList(place, known_level, None if year == UNKNOWN else int(year), batch)
    if (level != UNKNOWN and not known_level) or not shown.cards:
        raise Http404
    title = list_title(shown)
    path = escape_uri_path(request.path)
    table = table_of(shown.cards, request.GET.get("sort", ""), path)
    total = len(shown.cards)
    lead = ngettext("本库收录了这份名单上的 %d 个品牌。", "本库收录了这份名单上的 %d 个品牌。", total) % total
    context = {
        "head": of_answer(request, title, lead, canonical=path),
        "shown": shown,
        "lead": lead,
        "table": table,
        "complaints": [*not_known(request.GET, ("sort",)), *table.complaints][:MAX_VALUES],
        "trail": trail((gettext("历次认定"), reverse("brands:recognition_list")), (title, "")),
    }
    return render(request, "brands/recognition.html", context)


def list_title(shown: RecognitionList) -> str:
    """2025年陕西省级劳务品牌名单, 四川第二批省级劳务品牌名单（2023年）"""
    told = {
        "place": region_words(shown.place),
        "batch": shown.batch,
        "level": shown.level_words,
        "year": shown.year,
    }
    if shown.batch:
        named = gettext("%(place)s%(batch)s%(level)s劳务品牌名单") % told
        return gettext("%(list)s（%(year)s年）") % {"list": named, "year": shown.year} if shown.year else named
    if shown.year:
        return gettext("%(year)s年%(place)s%(level)s劳务品牌名单") % told
    return gettext("%(place)s%(level)s劳务品牌名单") % told
