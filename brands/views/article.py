"""The articles, and the reader that marks their facts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from brands.downloads.addresses import files_of
from brands.listing import ArticleList
from brands.listing.pages import show, trail
from brands.models import Article, Evidence
from brands.seo.feeds import address
from brands.seo.head import of_article, of_list, references
from brands.text.article_text import borne_out, read
from brands.views.article_nav import walk

FACTS = ("brand__region__parent__parent", "program", "statistic__brand__region__parent__parent", "statistic__program",
         "statistic__region")  # fmt: skip


def article_list(request: HttpRequest) -> HttpResponse:
    shown = show(request, ArticleList, Article.objects.published().told_once().without_text())
    context = {
        "shown": shown,
        "head": of_list(request, shown, gettext("报道"), ((row.title, row.get_absolute_url()) for row in shown.rows)),
        "brand_counts": Article.objects.brand_counts(shown.rows),
        "feed": address(shown.listing, "article_feed"),
        "files": files_of(shown.listing.address, "articles"),
        "trail": trail((gettext("报道"), "")),
    }
    return render(request, "brands/article_list.html", context)


def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The only page that reads a whole page's text."""
    found = get_object_or_404(Article.objects.published().select_related("page", "place__parent__parent"), pk=pk)
    evidence = list(Evidence.objects.public().filter(article=found).select_related(*FACTS).order_by("start", "pk"))
    way = walk(request.GET, evidence)
    context = {
        "article": found,
        "walk": way,
        "head": of_article(request, found),
        "cite": references(request, found, found),
        "prints": Article.objects.published().prints_of(found).newest_first().without_text(),
        "reading": read(found, evidence, hidden=way.hidden, at=way.at),
        "facts": borne_out([piece for piece in evidence if not piece.field]),
        "trail": trail((gettext("报道"), reverse("brands:article_list")), (found.title, "")),
    }
    return render(request, "brands/article.html", context)
