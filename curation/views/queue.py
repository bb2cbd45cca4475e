"""The review queue, and an article with what there is to decide in it."""

from collections.abc import Collection, Iterable
from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from brands.models import Article
from curation.marking.suggestions import anchors
from curation.models import Decision, Verdict
from curation.models.review import MAX_ANSWER
from curation.pages import render_page, staff_page, staff_user
from curation.review import locks
from curation.review.answers import Outcome, parse, refuse, take, told, told_undone
from curation.review.article_text import read
from curation.review.decisions import MODELS, Key, RefusedError, change, decide, moment, undo_last
from curation.review.forms import form_for
from curation.review.items import Desk, desk
from curation.review.other_reports import named
from curation.review.queue import QueueChoice, queue
from curation.review.waiting import SURE, refresh

LOOK = "curation.view_waiting"
DECIDE = "brands.review_facts"
TAKE_OVER = "curation.delete_articlelock"

# Characters that are given back of what was typed into a field.
MOST_TYPED = 300

# What of the page a script asks for.
DESK, FACT = "desk", "fact"

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
    shown = queue(choice, staff_user(request))
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
    user = staff_user(request)
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
    found, user, said = _article(pk), staff_user(request), Said(request.POST)
    try:
        _hold(found, user)
        if "undo" in request.POST:
            decisions, kept = undo_last(user)
            said_so = told_undone(decisions, len(kept), found)
            onward = _key(decisions[0])
        else:
            keys, onward = said.keys
            decisions = decide(user, found, keys, yes="yes" in request.POST, seen=said.cleaned_data["seen"])
            said_so = told(decisions)
    except RefusedError as error:
        return _answer(request, found, str(error), wrong=True)
    return _answer(request, found, said_so, at=onward)


@require_POST
@staff_page(DECIDE)
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of the answers that a script sends, in JSON: of each whether it is written down, and the facts of the
    page anew that are not as they were shown. Nothing else is rendered: that is what makes a key quick."""
    found, user = get_object_or_404(Article, pk=pk), staff_user(request)
    try:
        said = parse(request.POST.get("answers", ""))
    except RefusedError as error:
        return JsonResponse({"told": str(error)}, status=400)
    mine = locks.hold(found.pk, user)
    outcomes = take(user, found, said) if mine else list(refuse(said, _taken_over()))
    stale = {key for outcome in outcomes for key in _stale(outcome)}
    told = [{"name": one.answer.name, "taken": one.taken, "told": one.told} for one in outcomes]
    return JsonResponse({"mine": mine, "answers": told, "facts": _facts(request, found, stale, mine=mine)})


def _stale(outcome: Outcome) -> Iterable[str]:
    """The keys of what the page no longer shows as it is: what was refused, and the fact whose value was taken over."""
    if not outcome.taken:
        return outcome.answer.keys
    other = (Verdict.ACCEPTED, Verdict.DECLINED)
    return [_key(decision) for decision in outcome.decisions if decision.verdict in other]


@require_POST
@staff_page(DECIDE)
def edit(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Write what was filled into the form of a fact, or show what is wrong with it."""
    found, user = _article(pk), staff_user(request)
    try:
        _hold(found, user)
        form = change(user, found, Key.parse(key), request.POST, answer=request.POST.get("answer", "")[:MAX_ANSWER])
    except RefusedError as error:
        return _refused_edit(request, found, key, f"{error}{_typed(key, request)}")
    if not form.is_valid():
        return _show(request, found, mine=True, edited=key, form=form)
    said_so = gettext("已保存：%s") % named(form.instance)
    if _partial(request) == FACT:
        return JsonResponse({"told": said_so, "facts": _facts(request, found, {key})})
    return _answer(request, found, said_so, at=request.POST.get("onward", ""))


def _refused_edit(request: HttpRequest, found: Article, key: str, why: str) -> HttpResponse:
    if _partial(request) == FACT:
        return JsonResponse({"told": why, "facts": _facts(request, found, {key})}, status=409)
    return _answer(request, found, why, wrong=True)


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
    return HttpResponse(status=204 if locks.hold(_article(pk).pk, staff_user(request)) else 409)


@require_POST
@staff_page(DECIDE)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer goes; others may have the article."""
    locks.release(staff_user(request), pk)
    return redirect("curation:queue")


@require_POST
@staff_page(TAKE_OVER)
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    locks.take_over(_article(pk).pk, staff_user(request))
    return redirect("curation:queue_article", pk)


def _article(pk: int) -> Article:
    return get_object_or_404(Article.objects.select_related("page", "place__parent__parent"), pk=pk)


def _hold(found: Article, user: User) -> None:
    if not locks.hold(found.pk, user):
        raise RefusedError(_taken_over())


def _taken_over() -> str:
    return gettext("这篇报道已由他人接手，刚才的操作没有生效。")


def _to_next(request: HttpRequest, *, after: list[int]) -> HttpResponse:
    choice = QueueChoice(request.GET)
    found = locks.next_for(staff_user(request), choice.chosen(), after=after)
    if found is None:
        messages.info(request, gettext("所选范围内没有可审的报道了。"))
        return redirect(reverse("curation:queue") + choice.query())
    return redirect(reverse("curation:queue_article", args=[found]) + choice.query())


def _answer(request: HttpRequest, found: Article, told: str, *, at: str = "", wrong: bool = False) -> HttpResponse:
    """The facts anew for a script, else the way to the next one."""
    if _partial(request):
        return _show(
            request, found, mine=not wrong or locks.hold(found.pk, staff_user(request)), told=told, wrong=wrong
        )
    (messages.error if wrong else messages.success)(request, told)
    url = reverse("curation:queue_article", args=[found.pk]) + QueueChoice(request.GET).query()
    return redirect(f"{url}#{at or 'desk'}")


def _show(request: HttpRequest, found: Article, *, mine: bool, **more: object) -> HttpResponse:
    user, query = staff_user(request), QueueChoice(request.GET).query()
    shown = desk(found, user, wanted=[str(more.get("edited", ""))])
    if not shown.total:
        refresh([found.pk])
    context = _context(request, found, shown, mine=mine) | more
    context |= _form(shown, more)
    if _partial(request) == FACT:
        return _one_fact(request, context)
    whole = {
        "title": found.title,
        "trail": [(gettext("待审"), reverse("curation:queue") + query), (found.title, "")],
        "decided": _decided(found),
        "sure": SURE,
        "may_take_over": user.has_perm(TAKE_OVER),
    }
    if _partial(request):
        return render(request, "curation/queue_desk.html", context | whole, status=409 if more.get("wrong") else 200)
    text = {"reading": read(found, shown), "named": list(anchors(shown.evidence)), "is_nav_sidebar_enabled": False}
    return render_page(request, "curation/queue_article.html", context | whole | text)


def _context(request: HttpRequest, found: Article, shown: Desk, *, mine: bool) -> dict[str, object]:
    """What a fact is rendered with."""
    query = QueueChoice(request.GET).query()
    return {
        "article": found,
        "desk": shown,
        "mine": mine,
        "seen": moment(timezone.now()),
        "query": query,
        "base": f"{query[1:]}&" if query else "",
    }


def _one_fact(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """The fact that is being changed, alone; 409 where it can't be."""
    edited, shown = context["edited"], cast("Desk", context["desk"])
    item = next((item for item in shown.items if item.key == edited), None)
    if item is None:
        return HttpResponse(status=409)
    return render(request, "curation/_queue_fact.html", context | {"item": item})


def _facts(request: HttpRequest, found: Article, keys: Collection[str], *, mine: bool = True) -> dict[str, str]:
    """Those of the facts that still wait here, rendered anew; those that don't are empty."""
    if not keys:
        return {}
    shown = desk(found, staff_user(request), wanted=keys)
    context = _context(request, found, shown, mine=mine)
    items = {item.key: item for item in shown.items}
    return {
        key: render_to_string("curation/_queue_fact.html", context | {"item": items[key]}, request)
        if key in items
        else ""
        for key in keys
    }


def _form(shown: Desk, more: dict[str, object]) -> dict[str, object]:
    """The form of the fact that is being changed, if it waits here."""
    item = next((item for item in shown.items if item.key == more.get("edited") and not item.proposal), None)
    if item is None or item.own:
        return {"edited": "", "form": None}
    return {"edited": item.key, "form": more.get("form") or form_for(item.kind, item.fact)}


def _decided(found: Article) -> "QuerySet[Decision]":
    """The newest verdicts on this article."""
    newest = Decision.objects.filter(article=found, undone=False).order_by("-pk")
    return newest.annotate(together=Decision.made_together()).select_related("sitting__user")[:20]


def _partial(request: HttpRequest) -> str:
    """What of the page a script asks for that has the rest: ``desk``, or one ``fact``; empty for the whole page."""
    said = request.headers.get("X-Partial", "")
    return said if said in {DESK, FACT} else ""


def _key(decision: Decision) -> str:
    return f"{decision.kind}-{decision.fact}"
