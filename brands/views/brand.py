"""The list of brands, and a brand's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from brands.downloads.addresses import files_about, files_of
from brands.figures.details import detail_groups, field_evidence
from brands.figures.figures import figure_groups
from brands.figures.print_layout import sheet
from brands.figures.recognitions import recognised_with
from brands.figures.related import MEMBERS, MOST, members, only_list, related
from brands.listing import BrandList
from brands.listing.address import full
from brands.listing.pages import region_steps, show, trail
from brands.listing.rows import TABLE_COLUMNS, table_rows
from brands.listing.trades import trade_of
from brands.models import Brand, Card, Evidence, Statistic
from brands.seo.feeds import address
from brands.seo.head import first_article, of_brand, of_list, references
from brands.seo.summary import summary
from brands.views.gone import departed, moved
from brands.vocabulary.fields import texts_on_page, unknown_on_page

# Programs on a brand's page.
PROGRAMS = 8

# Room on paper of the kind of a program behind its name, and of the heading of all.
_HEADED = " " * 20


def brand_list(request: HttpRequest) -> HttpResponse:
    shown = show(request, BrandList, Card.objects.values(*TABLE_COLUMNS))
    rows = table_rows(shown.rows)
    context = {
        "shown": shown,
        "head": of_list(request, shown, gettext("劳务品牌"), ((row.name, row.url) for row in rows)),
        "rows": rows,
        "trade": trade_of(shown.listing.chosen("industry")),
        "feed": address(shown.listing, "brand_feed"),
        "files": files_of(shown.listing.address, "brands"),
        "trail": trail((gettext("劳务品牌"), "")),
    }
    return render(request, "brands/brand_list.html", context)


def brand(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Every other address of the brand leads to the permanent one."""
    found = Brand.objects.published().select_related("region__parent__parent").filter(pk=pk).first()
    if found is None:
        return departed(request, pk)
    if request.path != found.get_absolute_url():
        return moved(found.get_absolute_url())
    evidence = list(
        Evidence.objects.told().filter(brand=found).with_words().order_by("-article__published_on", "start")
    )
    public = Brand.objects.published()
    aliases = list(found.aliases.all())
    groups = figure_groups(Statistic.objects.published().filter(brand=found))
    namings = [piece for piece in evidence if not piece.field]
    programs = list(found.programs.published()[:PROGRAMS])
    belonging = members(found)
    details = detail_groups(found, evidence)
    said = [item.words for group in details for item in group.items]
    fields = field_evidence(found, evidence)
    told = summary(found, groups, details, fields)
    context = {
        "brand": found,
        "head": of_brand(request, found, told.text, namings, aliases),
        "cite": references(request, found, first_article(namings)),
        "card": full(request, reverse("brands:card", args=[pk])),
        "region_steps": region_steps(found.region),
        "series": public.filter(pk=found.series_id).first() if found.series_id else None,
        "aliases": aliases,
        "groups": groups,
        "namings": namings,
        "sheet": sheet(groups, namings, besides=found.description + _HEADED.join(["", *said, *map(str, programs)])),
        "texts": [text for text in texts_on_page("brand", found) if text.name != "organisation"],
        "unknown": [field for field in unknown_on_page("brand", found) if field.name != "series"],
        "details": details,
        "fields": fields,
        "summary": told,
        "only_list": only_list(found, [piece.article for piece in namings]),
        "recognised_with": recognised_with(found),
        "programs": programs,
        "members": belonging[:MEMBERS],
        "more_members": len(belonging) > MEMBERS,
        "most": MOST,
        "menus": [
            *([files_about(gettext("下载数据"), "statistics", brand=pk)] if groups else []),
            files_about(gettext("下载原句"), "evidence", brand=pk),
        ],
        "related": related(found, [piece.article for piece in namings], programs),
        "trail": trail(
            (gettext("劳务品牌"), reverse("brands:brand_list")), *region_steps(found.region), (found.name, "")
        ),
    }
    return render(request, "brands/brand.html", context)
