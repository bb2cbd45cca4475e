"""The trades: all of them, and what each has: pay, people, provinces, destinations."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from brands.figures.pay import chart_of, spread, waiting
from brands.listing import MAX_VALUES, not_known
from brands.listing.pages import PAGE_SIZE, trail
from brands.listing.rows import COLUMNS, listed
from brands.listing.trades import TradePage, trade_of, trade_table
from brands.models import Card
from brands.seo.head import of_answer


def industry_list(request: HttpRequest) -> HttpResponse:
    table = trade_table(request.GET.get("sort", ""), request.path)
    name = gettext("各行业的劳务品牌")
    told = gettext("本库的品牌分属 %d 个行业，下表为各行业的品牌数、就业和收入。") % len(table.rows)
    context = {
        "head": of_answer(request, name, told),
        "lead": told,
        "table": table,
        "complaints": [*not_known(request.GET, ("sort",)), *table.complaints][:MAX_VALUES],
        "trail": trail((gettext("行业"), "")),
    }
    return render(request, "brands/industry_list.html", context)


def industry(request: HttpRequest, name: str) -> HttpResponse:
    trade = trade_of([name])
    if trade is None:
        raise Http404
    shown = TradePage(trade)
    cards = Card.objects.values(*COLUMNS).filter(industry=trade).order_by("pinyin", "id")
    context = {
        "shown": shown,
        "trade": trade,
        "narrowed": f"industry={trade.value}",
        "head": of_answer(request, gettext("%s劳务品牌") % trade.label, shown.lead),
        "chart": chart_of(shown.pays),
        "spread": spread(shown.pays),
        "waiting": waiting(trade.value),
        "cards": listed(cards[:PAGE_SIZE]),
        "complaints": not_known(request.GET)[:MAX_VALUES],
        "trail": trail((gettext("行业"), reverse("brands:industry_list")), (str(trade.label), "")),
    }
    return render(request, "brands/industry.html", context)
