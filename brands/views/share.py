"""The pictures that stand for pages where they are linked to: a name, its most important figure, and who says so.

An address holds its language: who fetches a picture for a link has no cookie.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext, override, pgettext

from brands.figures.figures import Figure, FigureGroup, figure_groups, figure_words, subject_words, when_words
from brands.graphics.png import drawable, png
from brands.graphics.posters import Poster, laid_out
from brands.listing.brands import brands_by_division
from brands.models import Article, Brand, Evidence, Program, Region, Statistic
from brands.models.region import COUNTRY
from brands.place_words import region_words
from brands.seo.descriptions import full_place
from brands.seo.feeds import printable
from brands.views.pictures import no_fonts
from brands.vocabulary.choices import Industry, Metric, Scope
from brands.vocabulary.numbers import day, number


def share(request: HttpRequest, kind: str, key: str, language: str | None = None) -> HttpResponse:
    """The picture of a brand, a region, a program or an article; 404 for what readers may not see."""
    return _drawn(lambda: POSTERS[kind](key), language)


def share_site(request: HttpRequest, language: str | None = None) -> HttpResponse:
    """The picture of the site, for pages that speak of many."""
    return _drawn(_site, language)


def _drawn(poster: Callable[[], Poster], language: str | None) -> HttpResponse:
    if not drawable():
        return no_fonts()
    with override(language or settings.LANGUAGE_CODE):
        layout = laid_out(poster())
    svg = printable(render_to_string("brands/share.svg", {"at": layout}))
    return HttpResponse(png(svg, size=(layout.width, layout.height)), content_type="image/png")


def _brand(key: str) -> Poster:
    found = get_object_or_404(Brand.objects.published().select_related("region__parent__parent"), pk=key)
    trade = found.get_industry_display() if found.industry != Industry.OTHER else ""
    namings = Evidence.objects.of_facts().told().filter(brand=found).select_related("article")
    return _poster(
        pgettext("kind", "劳务品牌"),
        found.name,
        [full_place(found.region), trade, found.get_level_display()],
        figure_groups(Statistic.objects.published().filter(brand=found)),
        otherwise=[naming.article for naming in namings.order_by("-article__published_on", "start")[:1]],
    )


def _region(key: str) -> Poster:
    found = get_object_or_404(Region.objects.select_related("parent__parent"), pk=key)
    total = brands_by_division()["" if key == COUNTRY else key]
    return _poster(
        full_place(found.parent) if found.parent_id not in {None, COUNTRY} else gettext("地区"),
        gettext("%(name)s的劳务品牌") % {"name": region_words(found)},
        [gettext("本库收录了%(name)s的 %(total)d 个劳务品牌。") % {"name": region_words(found), "total": total}],
        figure_groups(Statistic.objects.published().of_region(key)),
    )


def _program(key: str) -> Poster:
    found = get_object_or_404(Program.objects.published().select_related("place__parent__parent"), pk=key)
    namings = Evidence.objects.of_facts().told().filter(program=found).select_related("article")
    return _poster(
        found.get_kind_display(),
        found.name,
        [found.issuer, full_place(found.place), day(found.held_on, found.held_precision)],
        figure_groups(Statistic.objects.published().filter(program=found)),
        otherwise=[naming.article for naming in namings.order_by("-article__published_on", "start")[:1]],
    )


def _article(key: str) -> Poster:
    """With the first of its figures in the order of the metrics, and whose it is."""
    found = get_object_or_404(Article.objects.published().without_text(), pk=key)
    told = Statistic.objects.published().filter(evidence__article=found).distinct()
    groups = figure_groups(told.select_related("brand", "program", "region"))
    poster = _poster(gettext("报道"), found.title, [found.publisher, day(found.published_on)], groups)
    first = _first(groups)
    subject = subject_words(first.statistic) if first else ""
    return replace(
        poster,
        counted=" · ".join(filter(None, (subject, poster.counted))),
        source=gettext("报道中的劳务品牌和数字，逐一标在原文里。"),
    )


def _site() -> Poster:
    return Poster(
        kind=gettext("中国劳务品牌的公开报道"),
        name=gettext("劳务品牌库"),
        about=gettext("每个数字都可追溯到原话"),
        counted=gettext("收录的劳务品牌"),
        figure=number(Decimal(Brand.objects.published().count())),
        source=gettext("数据由程序从公开报道中抽取，不是官方名录"),
        site=gettext("劳务品牌库"),
    )


def _poster(
    kind: str, name: str, known: Sequence[str], groups: Sequence[FigureGroup], *, otherwise: Sequence[Article] = ()
) -> Poster:
    """With the first figure and the papers that give it, or else those that tell of the subject."""
    first = _first(groups)
    row = first.statistic if first else None
    when = when_words(row) if row else ""
    papers = [quote.article for quote in first.sources] if first else otherwise
    return Poster(
        kind=kind,
        name=name,
        about=" · ".join(filter(None, known)),
        counted=" · ".join(filter(None, (row.get_metric_display(), when))) if row else "",
        figure=figure_words(row) if row else "",
        source=_papers(papers),
        site=gettext("劳务品牌库"),
    )


def _first(groups: Sequence[FigureGroup]) -> Figure | None:
    """The newest figure of the first metric that says what it counts: a total, or else what is no part of one."""
    telling = [group for group in groups if group.metric != Metric.OTHER and group.scope != Scope.PART]
    first = min(telling, key=lambda group: group.scope != Scope.TOTAL, default=None)
    return first.figures[0] if first else None


def _papers(articles: Sequence[Article]) -> str:
    """来源：县报 2025年11月19日等"""
    if not articles:
        return ""
    first = articles[0]
    told = " ".join(filter(None, (first.publisher or first.title, day(first.published_on))))
    return gettext("来源：%s") % (told + (gettext("等") if len(articles) > 1 else ""))


# By the first part of the address.
POSTERS: dict[str, Callable[[str], Poster]] = {
    "brands": _brand,
    "regions": _region,
    "programs": _program,
    "articles": _article,
}
