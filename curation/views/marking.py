"""Marking words of an article as facts, by a palette beside the text or by a plain form with the words copied in."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from brands.models import Article, Evidence
from brands.text.article_text import MarkedText, read
from brands.text.selection import ShownText
from curation.marking.article_reading import ArticleReading
from curation.marking.facts import MarkedPlace, Written
from curation.marking.forms import FORMS
from curation.marking.mark_form import MarkForm
from curation.marking.subjects import SubjectChoice
from curation.marking.whole_article import reject_article, whole_article
from curation.marking.words_form import WordsForm
from curation.pages import render_page, staff_page
from curation.review import locks
from curation.review.decisions import Key, RefusedError, reassign
from curation.review.items import WITH_FACTS
from curation.review.queue import QueueChoice
from curation.views.rules import also

# Who may say what words are: who may decide on facts.
PERMISSION = "brands.review_facts"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PERMISSION)
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """What the words are, and on POST the deed: first the words and where they stand, then the fact."""
    found = _article(pk)
    data = request.POST if request.method == "POST" else request.GET
    words = WordsForm(ShownText.of(found), data if "words" in data else None)
    place = words.place if words.is_bound else None
    form: MarkForm | None = None
    if place is not None:
        marked = MarkedPlace(found, ArticleReading.of(found), place.start, place.end)
        is_filled = request.method == "POST" and "write" in request.POST
        form = FORMS[words.cleaned_data["what"]](marked, _evidence(found), request.POST if is_filled else None)
        if is_filled and form.is_valid():
            try:
                _hold(request, found)
                return _done(request, found, form.write(_user(request)))
            except (ValidationError, RefusedError) as error:
                form.add_error(None, error if isinstance(error, ValidationError) else str(error))
    return _page(request, found, words, form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PERMISSION)
def subject(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Whom a number speaks of, and on POST that it speaks of another."""
    found = _article(pk)
    choice = SubjectChoice(found, _evidence(found), key, request.POST if request.method == "POST" else None)
    if request.method == "POST" and choice.is_valid() and choice.chosen is not None:
        try:
            _hold(request, found)
            row = reassign(_user(request), found, Key.parse(key), choice.chosen, seen=choice.cleaned_data["seen"])
        except RefusedError as error:
            choice.add_error(None, str(error))
        else:
            messages.success(request, gettext("已改为“%s”的数据。") % row.subject)
            return HttpResponseRedirect(f"{_back(request, found)}#desk")
    context = {"article": found, "form": choice, "query": QueueChoice(request.GET).query(), "key": key}
    if _is_partial(request):
        return render(request, "curation/subject_form.html", context)
    return render_page(
        request,
        "curation/subject.html",
        {
            **context,
            "title": gettext("换主体"),
            "trail": [*_trail(found), (gettext("换主体"), "")],
            "reading": _reading(found),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PERMISSION)
def reject_all(request: HttpRequest, pk: int) -> HttpResponse:
    """What rejecting all of an article does, and on POST the deed."""
    found = _article(pk)
    refused = ""
    if request.method == "POST":
        try:
            _hold(request, found)
            decisions = reject_article(_user(request), found)
        except RefusedError as error:
            refused = str(error)
        else:
            messages.success(request, gettext("整篇不收：否决 %d 条，报道记为与劳务品牌无关。") % len(decisions))
            return HttpResponseRedirect(f"{_back(request, found)}#desk")
    whole = whole_article(found)
    context = {"article": found, "whole": whole, "refused": refused, "query": QueueChoice(request.GET).query()}
    if _is_partial(request):
        return render(request, "curation/reject_form.html", context)
    more = {"title": gettext("整篇不收"), "trail": [*_trail(found), (gettext("整篇不收"), "")]}
    return render_page(request, "curation/reject.html", {**context, **more}, status=409 if refused else 200)


def _page(request: HttpRequest, found: Article, words: WordsForm, form: MarkForm | None) -> HttpResponse:
    context: dict[str, Any] = {
        "title": gettext("在文中标出"),
        "trail": [*_trail(found), (gettext("在文中标出"), "")],
        "article": found,
        "words": words,
        "form": form,
        "query": QueueChoice(request.GET).query(),
    }
    if _is_partial(request):
        return render(request, "curation/mark_form.html", context)
    return render_page(request, "curation/mark.html", {**context, "reading": _reading(found)})


def _done(request: HttpRequest, found: Article, written: Written) -> HttpResponse:
    """Back to the article, with the way to take the mark back."""
    undo = reverse("curation:undo", args=[written.change_set.pk])
    link = format_html('<a href="{}">{}</a>', undo, gettext("撤销"))
    told = format_html("{}（#{} {}）", written.told, written.change_set.pk, link)
    messages.success(request, format_html("{}{}", told, also(written.change_set)))
    return HttpResponseRedirect(_back(request, found))


def _back(request: HttpRequest, found: Article) -> str:
    return reverse("curation:queue_article", args=[found.pk]) + QueueChoice(request.GET).query()


def _trail(found: Article) -> list[tuple[str, str]]:
    return [
        (gettext("待审"), reverse("curation:queue")),
        (found.title, reverse("curation:queue_article", args=[found.pk])),
    ]


def _article(pk: int) -> Article:
    return get_object_or_404(Article.objects.select_related("page", "place__parent__parent"), pk=pk)


def _evidence(found: Article) -> Sequence[Evidence]:
    return list(found.evidence.select_related(*WITH_FACTS).order_by("start", "pk"))


def _reading(found: Article) -> MarkedText:
    return read(found, [])


def _hold(request: HttpRequest, found: Article) -> None:
    if not locks.hold(found.pk, _user(request)):
        raise RefusedError(gettext("这篇报道正由他人审核，没有写入。"))


def _user(request: HttpRequest) -> User:
    """Who asks; :func:`staff_page` lets nobody else in."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is logged in")
    return request.user


def _is_partial(request: HttpRequest) -> bool:
    """Whether a script asks, which has the rest of the page already."""
    return request.headers.get("X-Partial") == "mark"
