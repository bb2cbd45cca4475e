"""Atom feeds (RFC 4287) of brands, programs, numbers and articles, narrowed as the lists are: the same parameters, the
newest first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, gettext

from brands.figures.figures import counted_words, when_words
from brands.listing import ArticleList, BrandList, Listing, ProgramList, StatisticList
from brands.listing.address import full
from brands.models import Article, Brand, Program
from brands.seo.descriptions import full_place, sentence
from brands.vocabulary.numbers import day

# The newest that a feed holds.
ENTRIES = 50

# What XML 1.0 (2.2) doesn't allow in a text, however it is written.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """`key` is a path that stays the same for ever, `path` where the entry is read."""

    key: str
    path: str
    title: str
    summary: str
    published: datetime
    updated: datetime


def address(listing: Listing, name: str) -> str:
    """The address of the feed with the list's choices."""
    return replace(listing.address.only("sort", []), path=reverse(f"brands:{name}")).url


def brand_feed(request: HttpRequest) -> HttpResponse:
    listing = BrandList(request.GET, path=reverse("brands:brand_list"))
    newest = listing.qs.order_by("-pk").values_list("pk", flat=True)[:ENTRIES]
    rows = Brand.objects.filter(pk__in=list(newest)).select_related("region__parent__parent").order_by("-pk")
    entries = (
        FeedEntry(f"/brands/{row.pk}/", row.get_absolute_url(), row.name, sentence(row), row.created_at, row.updated_at)
        for row in rows
    )
    return _feed(request, listing, gettext("劳务品牌"), entries)


def program_feed(request: HttpRequest) -> HttpResponse:
    listing = ProgramList(request.GET, path=reverse("brands:program_list"))
    rows = listing.qs.select_related("place__parent__parent").order_by("-pk")[:ENTRIES]
    entries = (
        FeedEntry(row.get_absolute_url(), row.get_absolute_url(), row.name, _told(row), row.created_at, row.updated_at)
        for row in rows
    )
    return _feed(request, listing, gettext("政策与活动"), entries)


def _told(program: Program) -> str:
    """What a program is, who issued it, when and where."""
    when = day(program.held_on, program.held_precision)
    parts = (program.get_kind_display(), program.issuer, when, full_place(program.place))
    return " ".join(part for part in parts if part)


def statistic_feed(request: HttpRequest) -> HttpResponse:
    listing = StatisticList(request.GET, path=reverse("brands:statistic_list"))
    rows = listing.qs.select_related("brand", "program", "region").order_by("-pk")[:ENTRIES]
    entries = (
        FeedEntry(
            row.get_absolute_url(),
            row.get_absolute_url(),
            f"{row.subject} {counted_words(row)}",
            " ".join(part for part in (row.stated, when_words(row)) if part),
            row.created_at,
            row.updated_at,
        )
        for row in rows
    )
    return _feed(request, listing, gettext("数据"), entries)


def article_feed(request: HttpRequest) -> HttpResponse:
    """In the order of printing: what is newest is what a paper printed last."""
    listing = ArticleList(
        request.GET, Article.objects.published().told_once().without_text(), path=reverse("brands:article_list")
    )
    rows = listing.qs.newest(ENTRIES)
    entries = (
        FeedEntry(
            row.get_absolute_url(),
            row.get_absolute_url(),
            row.title,
            " ".join(part for part in (row.publisher, day(row.published_on)) if part),
            _noon(row) or row.page.ingested_at,
            row.page.ingested_at,
        )
        for row in rows
    )
    return _feed(request, listing, gettext("报道"), entries)


def _noon(article: Article) -> datetime | None:
    """The day of print has no hour; at noon it is the same day in most time zones."""
    when = article.published_on
    return timezone.make_aware(datetime.combine(when, time(12))) if when else None


def _feed(request: HttpRequest, listing: Listing, kind: str, entries: Iterable[FeedEntry]) -> HttpResponse:
    title = " · ".join(part for part in (gettext("劳务品牌库"), kind, listing.saying()) if part)
    feed = Atom1Feed(
        title=printable(title),
        link=full(request, listing.address.only("page", []).url),
        description=gettext("最新收录在前；条件与列表相同。"),
        language=get_language(),
        author_name=gettext("劳务品牌库"),
        feed_url=full(request, replace(listing.address.only("sort", []), path=request.path).url),
    )
    for entry in entries:
        feed.add_item(
            title=printable(entry.title),
            link=full(request, entry.path),
            description=escape(printable(entry.summary)),  # Django marks it as HTML
            unique_id=full(request, entry.key),
            pubdate=entry.published,
            updateddate=entry.updated,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def printable(text: str) -> str:
    """The text without what XML can't hold."""
    return _UNPRINTABLE.sub("�", text)
