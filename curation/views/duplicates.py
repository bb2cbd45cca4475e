"""Doubles: the pairs that may be the same, and all that is known of one record's."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from brands.audit.merge_records import merges_into
from brands.audit.redirects import row_of_heir
from brands.vocabulary.names import name_key
from curation.duplicates.comparison import MODELS, PLACES, Fact, sides
from curation.duplicates.forms import BackForm, DuplicatePairForm, FindForm, ListForm
from curation.duplicates.store import (
    last_search,
    no_longer_apart,
    of_record,
    pairs,
    said_apart,
    set_apart,
    waiting,
)
from curation.duplicates.task import find_doubles
from curation.models import RecordKind
from curation.pages import render_page, staff_page

PERMISSION = "brands.merge_facts"

# Pairs on a page: each has two records with their sentences.
PAIRS = 8

# Records of a name that are offered.
FOUND = 20


@require_GET
@staff_page(PERMISSION)
def doubles(request: HttpRequest) -> HttpResponse:
    """The pairs that wait, the surest first, or those that somebody said are two."""
    form = ListForm(request.GET)
    kind = form.records
    narrowed = {"province": form.asked("province"), "trade": form.asked("trade")}
    apart = form.asked("show") == "apart"
    rows: Any = said_apart(kind) if apart else waiting(kind, **narrowed)
    page = Paginator(rows, PAIRS).get_page(form.asked("page") or 1)
    done, since = last_search(kind)
    context = {
        "title": gettext("疑似重复"),
        "form": form,
        "apart": apart,
        "page": page,
        "pairs": _with_onward(pairs(kind, list(page))),
        "done": done,
        "since": since,
    }
    return render_page(request, "curation/duplicates.html", context)


def _with_onward(found: list[Any]) -> list[tuple[Any, str]]:
    """Each pair with the name of the next one, to go on with."""
    names = [f"{pair.row.first}-{pair.row.second}" for pair in found]
    return list(zip(found, [*names[1:], names[-2] if len(names) > 1 else ""], strict=True)) if found else []


@require_POST
@staff_page(PERMISSION)
def search(request: HttpRequest) -> HttpResponse:
    """Let the background look for doubles anew."""
    form = BackForm(request.POST)
    find_doubles.enqueue(ListForm(request.POST).records.value)
    messages.info(request, gettext("已开始重新查找，稍后刷新本页即可看到结果。"))
    return to_list(form)


@require_POST
@staff_page(PERMISSION)
def different(request: HttpRequest) -> HttpResponse:
    """Take down that two records are two."""
    form = DuplicatePairForm(request.POST)
    kind, first, second = _two(form)
    set_apart(kind, first, second, author=request.user, why=form.cleaned_data["why"])  # type: ignore[arg-type]
    messages.success(request, gettext("已判定不是同一个，以后不再列出。"))
    return to_list(form)


@require_POST
@staff_page(PERMISSION)
def undecided(request: HttpRequest) -> HttpResponse:
    """Forget that somebody said so."""
    form = DuplicatePairForm(request.POST)
    no_longer_apart(*_two(form))
    messages.success(request, gettext("已撤回判定，这一对会重新列出。"))
    return to_list(form)


def _two(form: DuplicatePairForm) -> tuple[str, int, int]:
    """The pair that a form names; 404 where it names none that is there."""
    if not form.is_valid():
        raise Http404
    kind, first, second = (form.cleaned_data[name] for name in ("kind", "first", "second"))
    if MODELS[kind]._default_manager.filter(pk__in=(first, second)).count() < 2:
        raise Http404
    return kind, first, second


def to_list(form: BackForm) -> HttpResponse:
    """Back to the list as it was."""
    return HttpResponseRedirect(f"{reverse('curation:doubles')}?{form.query}{form.anchor}")


@require_GET
@staff_page(PERMISSION)
def doubles_of(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One record: what was merged into it, what may be the same, and any other that somebody knows to be."""
    found = _side(kind, pk)
    if found is None:
        return _heirs(kind, pk)
    form = FindForm(request.GET)
    context = {
        "title": gettext("“%s”的查重与合并") % found.record,
        "trail": [(gettext("疑似重复"), reverse("curation:doubles")), (str(found.record), "")],
        "kind": kind,
        "record": found.record,
        "address": reverse(f"admin:brands_{kind}_change", args=[pk]),
        "merges": merges_into(found.record),
        "pairs": pairs(kind, list(of_record(kind, pk)[:PAIRS])),
        "form": form,
        "found": _of_name(kind, pk, form),
    }
    return render_page(request, "curation/duplicates_of.html", context)


def _side(kind: str, pk: int) -> Any:
    if kind not in MODELS:
        raise Http404
    return sides(kind, [pk]).get(pk)


def _heirs(kind: str, pk: int) -> HttpResponse:
    """To the record that took this one over."""
    heir = row_of_heir(MODELS[kind], pk) if kind in MODELS else None
    if heir is None:
        raise Http404
    return HttpResponseRedirect(reverse("curation:doubles_of", args=[kind, heir]))


def _of_name(kind: str, pk: int, form: FindForm) -> list[Fact]:
    """Other records whose name holds the words, or whose number they are."""
    words = form.cleaned_data["q"] if form.is_valid() else ""
    key = name_key(words)
    if not key:
        return []
    asked = Q(name_key__contains=key)
    if kind == RecordKind.BRAND:
        asked |= Q(aliases__name_key__contains=key)
    if key.isascii() and key.isdigit() and len(key) < 19:
        asked |= Q(pk=int(key))
    rows = MODELS[kind]._default_manager.filter(asked).exclude(pk=pk).select_related(PLACES[kind]).distinct()
    return list(rows.order_by("name_key", "pk")[:FOUND])
