"""Pages, articles and regions: they come from files and are read here, not written."""

from collections.abc import Iterator

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.admin.bases import LedgeredAdmin, ReadOnlyAdmin, ReadOnlyInline
from brands.admin.choices import place_label
from brands.admin.filters import DoubtfulFilter, PlaceProvinceFilter
from brands.admin.page_numbers import let_numbers_wait
from brands.models import Article, Evidence, Page, Region, RegionName
from brands.search.divisions import like
from brands.text.highlight import Mark, highlighted, plain

# Characters of a page's text that are shown; the largest newspaper page seen has 30,000.
SHOWN = 100_000


class ArticleInline(ReadOnlyInline):
    model = Article
    fields = readonly_fields = ("order", "title", "publisher", "published_on", "relevant")
    show_change_link = True


@admin.register(Page)
class PageAdmin(ReadOnlyAdmin, LedgeredAdmin):
    actions = ("make_numbers_public", "make_numbers_wait")
    fields = ("name", "sha256", "encoding", "extractor", "ingested_at", "numbers_wait", "original")
    inlines = (ArticleInline,)
    list_display = ("name", "encoding", "extractor", "ingested_at", "numbers_wait")
    list_filter = ("numbers_wait", "extractor", "encoding", "ingested_at")
    search_fields = ("name__contains", "sha256__startswith")

    class Media:
        css = {"all": ("brands/admin.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        return super().get_queryset(request).defer("text")

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("brands.review_facts")

    @admin.action(description=_("所选版面的数字已核实，公开"), permissions=["review"])
    def make_numbers_public(self, request: HttpRequest, queryset: QuerySet[Page]) -> None:
        self._let_wait(request, queryset, wait=False)

    @admin.action(description=_("所选版面的数字先不公开，待审"), permissions=["review"])
    def make_numbers_wait(self, request: HttpRequest, queryset: QuerySet[Page]) -> None:
        self._let_wait(request, queryset, wait=True)

    def _let_wait(self, request: HttpRequest, queryset: QuerySet[Page], *, wait: bool) -> None:
        pages, numbers = let_numbers_wait(queryset, wait=wait)
        told = gettext("改了 %(pages)d 个版面，%(numbers)d 个数字的公开与否随之改变。")
        messages.success(request, told % {"pages": pages, "numbers": numbers})

    @admin.display(description=_("原文"))
    def original(self, row: Page) -> SafeString:
        rest = _("（其后 %(count)d 字未显示）") % {"count": len(row.text) - SHOWN} if len(row.text) > SHOWN else ""
        return format_html('<div class="original">{}{}</div>', plain(row.text[:SHOWN]), rest)


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    fields = (
        "title",
        "publisher",
        "published_on",
        "url",
        "place",
        "relevant",
        "reason",
        "score",
        "reprint_of",
        "page",
        "original",
    )
    list_display = ("title", "publisher", "published_on", "place", "relevant", "score", "reprint_of", "page")
    list_filter = (
        "relevant",
        DoubtfulFilter,
        ("reprint_of", admin.EmptyFieldListFilter),
        PlaceProvinceFilter,
        "published_on",
    )
    list_select_related = ("page", "place", "reprint_of")
    ordering = ("-published_on", "-pk")
    search_fields = ("title__contains", "publisher__contains", "page__name__contains")

    class Media:
        css = {"all": ("brands/admin.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).defer("page__text")

    @admin.display(description=_("原文"))
    def original(self, row: Article) -> SafeString:
        """The article's stretches of the page, each fact marked at its place and linked to its own page."""
        evidence = list(row.evidence.all())
        parts = ((_stretch(row.page.text, start, min(end, start + SHOWN), evidence),) for start, end in row.spans)
        return format_html('<div class="original">{}</div>', format_html_join("", "{}", parts))


def _stretch(text: str, start: int, end: int, evidence: list[Evidence]) -> SafeString:
    return highlighted(text[start:end], _marks(evidence, start, end))


def _marks(evidence: list[Evidence], start: int, end: int) -> Iterator[Mark]:
    for row in evidence:
        if row.start < end and row.end > start:
            yield Mark(row.start - start, row.end - start, href=_address(row))


def _address(row: Evidence) -> str:
    """The page of the fact in the admin."""
    kind = next(kind for kind in ("brand", "program", "statistic") if getattr(row, f"{kind}_id"))
    return reverse(f"admin:brands_{kind}_change", args=[getattr(row, f"{kind}_id")])


class RegionNameInline(ReadOnlyInline):
    model = RegionName
    fields = readonly_fields = ("name", "kind", "note")


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    """The table of divisions, as `load_regions` writes it."""

    inlines = (RegionNameInline,)
    list_display = ("adcode", "name", "common_name", "level", "parent", "pinyin")
    list_filter = ("level",)
    list_select_related = ("parent",)
    search_fields = ("adcode__startswith", "name__contains", "names__name__exact", "pinyin__startswith")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Region]:
        return super().get_queryset(request).select_related("parent__parent")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Region], search_term: str
    ) -> tuple[QuerySet[Region], bool]:
        """Also by the names of those that hold a division, and by pinyin without blanks."""
        found, _may_have_doubles = super().get_search_results(request, queryset, search_term)
        if not search_term.strip():
            return found, False
        codes = [*found.order_by().values_list("pk", flat=True), *like(search_term)]
        return queryset.filter(pk__in=set(codes)), False

    @staticmethod
    def choice_label(row: Region) -> str:
        """Which of several of one name is meant: 山西吕梁离石 141102."""
        return place_label(row)


@admin.register(RegionName)
class RegionNameAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "region", "note")
    list_filter = ("kind",)
    list_select_related = ("region",)
    search_fields = ("name__contains", "region__name__contains")
