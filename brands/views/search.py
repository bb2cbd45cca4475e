"""Search over everything."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from brands.listing.address import Address
from brands.listing.pages import PAGE_SIZE, trail
from brands.models import DocumentKind
from brands.search import hits
from brands.search.lead import Lead, Province
from brands.search.query import QueryError, visible

PARAMETERS = ("q", "exact", "kind", "page")

# Pages of one kind of hits; who has not found it on these will add a word.
FURTHEST = 10

# Words that are named of those that were looked for besides one.
NAMED = 4

# Characters of a wrong parameter or value that a message repeats.
SHOWN = 30

# What the filters that a query names are called.
FILTERS: Mapping[str, object] = {
    "region": gettext_lazy("地区"),
    "industry": gettext_lazy("行业"),
    "category": gettext_lazy("类型"),
    "level": gettext_lazy("级别"),
    "metric": gettext_lazy("指标"),
    "kind": gettext_lazy("类别"),
}


@dataclass(frozen=True, slots=True)
class SearchParams:
    """What an address asks for, and in `complaints` what it says that we can't follow, a sentence each."""

    typed: str
    exact: bool
    kind: DocumentKind | None
    page: int
    complaints: tuple[str, ...]

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        told = [gettext("无法识别参数“%s”，已忽略。") % _short(key) for key in data if key not in PARAMETERS]
        exact, kind, page = (data.get(key, "").strip() for key in PARAMETERS[1:])
        told += [] if exact in {"", "1"} else [_no_such("exact", exact)]
        told += [] if kind in {"", *DocumentKind.values} else [_no_such("kind", kind)]
        number = int(page) if re.fullmatch("[0-9]{1,6}", page) else 1
        told += [] if page in {"", str(number)} else [_no_such("page", page)]
        of_kind = DocumentKind(kind) if kind in DocumentKind.values else None
        return cls(visible(data.get("q", "")), exact == "1", of_kind, max(number, 1) if of_kind else 1, tuple(told))

    def address(self, *, q: str = "", exact: bool | None = None, kind: str | None = None, page: int = 1) -> str:
        """The same search with something changed; another search begins with its first page and all kinds."""
        given = {
            "q": q or self.typed,
            "exact": "1" if (self.exact if exact is None else exact) else "",
            "kind": (self.kind or "") if kind is None and not q else (kind or ""),
            "page": str(page) if page > 1 else "",
        }
        return Address(reverse("brands:search"), PARAMETERS, tuple(pair for pair in given.items() if pair[1])).url


@dataclass(frozen=True, slots=True)
class ResultPages:
    """The pages of one kind, as `_pager.html` draws them."""

    page: Page[Any]
    previous_url: str
    next_url: str

    @property
    def number(self) -> int:
        return self.page.number

    @property
    def pages(self) -> int:
        return self.page.paginator.num_pages


def search(request: HttpRequest) -> HttpResponse:
    """What was typed is shown again, also when it can't be asked."""
    asked = SearchParams.of(request.GET)
    context: dict[str, Any] = {"asked": asked, "typed": asked.typed, "complaints": [*asked.complaints]}
    try:
        if asked.typed:
            context |= _answered(asked, request.GET.get("q", ""))
    except QueryError as error:
        context |= {"problem": True, "complaints": [str(error), *asked.complaints]}
    context["canonical"] = request.build_absolute_uri(asked.address(page=asked.page))
    context["trail"] = trail((gettext("搜索"), ""))
    return render(request, "brands/search.html", context)


def _answered(asked: SearchParams, typed: str) -> dict[str, object]:
    """What the page shows of the answer: of all kinds the first hits, of a chosen one a page."""
    kinds = tuple(DocumentKind) if asked.kind is None else (asked.kind,)
    page = min(asked.page, FURTHEST)
    limit = hits.PER_GROUP if asked.kind is None else PAGE_SIZE * page
    answer = hits.answer(typed, exact=asked.exact, kinds=kinds, limit=limit)
    pages = _pages(asked, answer.groups[0], page) if asked.kind and answer.groups else None
    return {
        "answer": answer,
        "groups": [(group, *_part(asked, group, pages)) for group in answer.groups],
        "pages": pages,
        "chips": [(FILTERS[chip.filter], chip.label, asked.address(q=chip.without)) for chip in answer.chips],
        "added": _added(answer.notes),
        "meant": [(text, asked.address(q=text)) for text in answer.did_you_mean],
        "exact_url": asked.address(exact=True, kind=""),
        "wide_url": asked.address(exact=False, kind=""),
        "list_url": "" if asked.exact else _list_url(asked),
        "provinces": _provinces(asked, answer.lead),
        "elsewhere_url": _elsewhere(asked, answer),
        "all_url": asked.address(kind="") if asked.kind else "",
    }


def _list_url(asked: SearchParams, region: str = "") -> str:
    """The list of the brands that are found, of one division if it is given."""
    chosen = (("q", asked.typed), *((("region", region),) if region else ()))
    return Address(reverse("brands:brand_list"), ("q", "region"), chosen).url


def _provinces(asked: SearchParams, lead: Lead | None) -> list[tuple[Province, str]]:
    """The provinces in which the brands are, each with the list of those."""
    return [(province, _list_url(asked, province.adcode)) for province in lead.provinces] if lead else []


def _elsewhere(asked: SearchParams, answer: hits.Answer) -> str:
    """The search without the division that was typed, where brands are told that lie in others."""
    chip = next((chip for chip in answer.chips if chip.filter == "region"), None)
    return asked.address(q=chip.without) if chip and answer.elsewhere else ""


def _part(asked: SearchParams, group: hits.HitGroup, pages: ResultPages | None) -> tuple[list[hits.Hit], str]:
    """The hits to show of a group, and where the rest is."""
    if pages:
        return group.hits[pages.page.start_index() - 1 : pages.page.end_index()], ""
    return group.hits, asked.address(kind=group.kind) if group.total > len(group.hits) else ""


def _pages(asked: SearchParams, group: hits.HitGroup, number: int) -> ResultPages:
    page = Paginator(range(min(group.total, PAGE_SIZE * FURTHEST)), PAGE_SIZE).get_page(number)
    return ResultPages(
        page,
        asked.address(page=page.previous_page_number()) if page.has_previous() else "",
        asked.address(page=page.next_page_number()) if page.has_next() else "",
    )


def _added(notes: Iterable[hits.Note]) -> list[tuple[str, tuple[str, ...], int]]:
    """Each word with what was looked for besides, and how many more there were; nothing for letters that were read as
    pinyin."""
    found = dict.fromkeys((note.word, note.added) for note in notes)
    return [(word, added[:NAMED], len(added[NAMED:])) for word, added in found]


def _no_such(key: str, value: str) -> str:
    return gettext("参数“%(key)s”没有“%(value)s”这个值，已忽略。") % {"key": key, "value": _short(value)}


def _short(text: str) -> str:
    text = visible(text)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
