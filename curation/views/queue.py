"""The review queue, and an article with what there is to decide in it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from brands.models import Article
from curation.marking.suggestions import anchors
from curation.models import Decision, Verdict
from curation.pages import render_page, staff_page
from curation.review import locks
from curation.review.article_text import read
from curation.review.decisions import MODELS, Key, RefusedError, change, decide, moment, undo_last
from curation.review.forms import form_for
from curation.review.items import Desk, desk
from curation.review.other_reports import named
from curation.review.queue import QueueChoice, queue
from curation.review.sessions import current
from curation.review.waiting import SURE, refresh

LOOK = "curation.view_waiting"
DECIDE = "brands.review_facts"
TAKE_OVER = "curation.delete_articlelock"

# Characters that are given back of what was typed into a field.
MOST_TYPED = 300

# Characters of a button's value: the keys of all facts that a page shows.
LONGEST = 8_000


class Said(forms.Form):
    """What a button says: ``yes`` or ``no`` with the keys of what is meant and, behind a comma, of where to go on; or
    ``undo``. `seen` is when the page was made."""

    yes = forms.CharField(required=False, max_length=LONGEST)
    no = forms.CharField(required=False, max_length=LONGEST)
    undo = forms.CharField(required=False, max_length=10)
    seen = forms.CharField(required=False, max_length=20)

    @property
    def keys(self) -> tuple[list[Key], str]:
        """What is decided on, and where to go on; RefusedError where that is nothing that there could be."""
        if not self.is_valid():
            raise RefusedError(gettext("这个请求看不懂，请再试一次。"))
        meant, _comma, onward = (self.cleaned_data["yes"] or self.cleaned_data["no"]).partition(",")
        if onward:
            Key.parse(onward)
        return [Key.parse(word) for word in meant.split()], onward


@require_safe
@staff_page(LOOK)
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits, by article."""
    choice = QueueChoice(request.GET)
    shown = queue(choice, _user(request))
    context = {
        "title": gettext("待审"),
        "queue": shown,
        "may_decide": request.user.has_perm(DECIDE),
    }
    return render_page(request, "curation/queue.html", context)


@require_POST
@staff_page(DECIDE)
def next_article(request: HttpRequest, after: int | None = None) -> HttpResponse:
    """Go to the next article that is free, and hold it."""
    return _to_next(request, after=[] if after is None else [after])


@require_safe
@staff_page(LOOK)
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """An article with what there is to decide. Who may decide holds it from now on; where somebody else does, they are
    led to the next one."""
    found = _article(pk)
    user = _user(request)
    may_decide = user.has_perm(DECIDE)
    mine = may_decide and locks.hold(pk, user)
    holder = None if mine else locks.holder(pk)
    if may_decide and not mine and not user.has_perm(TAKE_OVER):
        messages.info(request, gettext("《%s》有人在审，先看这一篇。") % found.title)
        return _to_next(request, after=[pk])
    edited = request.GET.get("edit", "") if mine else ""
    return _show(request, found, mine=mine, holder=holder, edited=edited)


@require_POST
@staff_page(DECIDE)
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, no, or back again; then the page anew, at the next fact."""
    found, user, said = _article(pk), _user(request), Said(request.POST)
    try:
        _hold(found, user)
        if "undo" in request.POST:
            decisions, kept = undo_last(user)
            told = gettext("已撤销：%s") % _told(decisions)
            onward = _key(decisions[0])
            told += gettext("（%d 处此后另有修改，未动）") % len(kept) if kept else ""
            told += _elsewhere(decisions[0], found)
        else:
            keys, onward = said.keys
            decisions = decide(user, found, keys, yes="yes" in request.POST, seen=said.cleaned_data["seen"])
            told = _told(decisions)
    except RefusedError as error:
        return _answer(request, found, str(error), wrong=True)
    return _answer(request, found, told, at=onward)


@require_POST
@staff_page(DECIDE)
def edit(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Write what was filled into the form of a fact, or show what is wrong with it."""
    found, user = _article(pk), _user(request)
    try:
        _hold(found, user)
        form = change(user, found, Key.parse(key), request.POST, seen=request.POST.get("seen", ""))
    except RefusedError as error:
        return _answer(request, found, f"{error}{_typed(key, request)}", wrong=True)
    if not form.is_valid():
        return _show(request, found, mine=True, edited=key, form=form)
    return _answer(request, found, gettext("已保存：%s") % named(form.instance), at=request.POST.get("onward", ""))


def _typed(key: str, request: HttpRequest) -> str:
    """What was typed into the form of a fact and not written, lest it be lost; empty where there is no such fact."""
    try:
        parsed = Key.parse(key)
    except RefusedError:
        return ""
    fact = MODELS[parsed.kind]._base_manager.filter(pk=parsed.pk).first() if parsed.kind in MODELS else None
    if fact is None:
        return ""
    form = form_for(parsed.kind, fact, request.POST)
    said = [f"{form[name].label} {request.POST.get(name, '')[:MOST_TYPED]}" for name in form.changed_data]
    return gettext("你填的没有写入：%s。") % gettext("；").join(said) if said else ""


@require_POST
@staff_page(DECIDE)
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer is still there; 409 where somebody else has the article by now."""
    return HttpResponse(status=204 if locks.hold(_article(pk).pk, _user(request)) else 409)


@require_POST
@staff_page(DECIDE)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer goes; others may have the article."""
    locks.release(_user(request), pk)
    return redirect("curation:queue")


@require_POST
@staff_page(TAKE_OVER)
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    locks.take_over(_article(pk).pk, _user(request))
    return redirect("curation:queue_article", pk)


def _user(request: HttpRequest) -> User:
    """Who asks; :func:`staff_page` lets nobody else in."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is logged in")
    return request.user


def _article(pk: int) -> Article:
    return get_object_or_404(Article.objects.select_related("page", "place__parent__parent"), pk=pk)


def _hold(found: Article, user: User) -> None:
    if not locks.hold(found.pk, user):
        raise RefusedError(gettext("这篇报道已由他人接手，刚才的操作没有生效。"))


def _to_next(request: HttpRequest, *, after: list[int]) -> HttpResponse:
    choice = QueueChoice(request.GET)
    found = locks.next_for(_user(request), choice.chosen(), after=after)
    if found is None:
        messages.info(request, gettext("所选范围内没有可审的报道了。"))
        return redirect(reverse("curation:queue") + choice.query())
    return redirect(reverse("curation:queue_article", args=[found]) + choice.query())


def _answer(request: HttpRequest, found: Article, told: str, *, at: str = "", wrong: bool = False) -> HttpResponse:
    """The facts anew for a script, else the way to the next one."""
    if _partial(request):
        return _show(request, found, mine=not wrong or locks.hold(found.pk, _user(request)), told=told, wrong=wrong)
    (messages.error if wrong else messages.success)(request, told)
    url = reverse("curation:queue_article", args=[found.pk]) + QueueChoice(request.GET).query()
    return redirect(f"{url}#{at or 'desk'}")


def _show(request: HttpRequest, found: Article, *, mine: bool, **more: object) -> HttpResponse:
    user, query = _user(request), QueueChoice(request.GET).query()
    shown = desk(found, user)
    if not shown.total:
        refresh([found.pk])
    context = {
        "title": found.title,
        "trail": [(gettext("待审"), reverse("curation:queue") + query), (found.title, "")],
        "article": found,
        "desk": shown,
        "mine": mine,
        "sitting": current(user),
        "decided": _decided(found),
        "seen": moment(timezone.now()),
        "sure": SURE,
        "query": query,
        "base": f"{query[1:]}&" if query else "",
        "may_take_over": user.has_perm(TAKE_OVER),
        **more,
    }
    context |= _form(shown, more)
    if _partial(request):
        return render(request, "curation/queue_desk.html", context, status=409 if more.get("wrong") else 200)
    whole = {"reading": read(found, shown), "named": list(anchors(shown.evidence)), "is_nav_sidebar_enabled": False}
    return render_page(request, "curation/queue_article.html", context | whole)


def _form(shown: Desk, more: dict[str, object]) -> dict[str, object]:
    """The form of the fact that is being changed, if it waits here."""
    item = next((item for item in shown.shown if item.key == more.get("edited") and not item.proposal), None)
    if item is None or item.own:
        return {"edited": "", "form": None}
    return {"edited": item.key, "form": more.get("form") or form_for(item.kind, item.fact)}


def _decided(found: Article) -> "QuerySet[Decision]":
    """The newest verdicts on this article."""
    newest = Decision.objects.filter(article=found, undone=False).order_by("-pk")
    return newest.annotate(together=Decision.made_together()).select_related("sitting__user")[:20]


def _partial(request: HttpRequest) -> bool:
    """Whether a script asks, which has the rest of the page already."""
    return request.headers.get("X-Partial") == "desk"


def _key(decision: Decision) -> str:
    return f"{decision.kind}-{decision.fact}"


def _elsewhere(decision: Decision, found: Article) -> str:
    """Where it was, if that was in another article of the sitting."""
    there = decision.article
    return gettext("（在《%s》）") % there.title if there is not None and there != found else ""


def _told(decisions: list[Decision]) -> str:
    """确认：吕梁山护工, or how many where there were several."""
    verdict, count = Verdict(decisions[0].verdict).label, len(decisions)
    if count == 1:
        return gettext("%(verdict)s：%(name)s") % {"verdict": verdict, "name": decisions[0].label}
    return ngettext("%(verdict)s %(count)d 条", "%(verdict)s %(count)d 条", count) % {
        "verdict": verdict,
        "count": count,
    }
