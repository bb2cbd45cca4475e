"""What people earn: every brand whose pay a paper reports, beside each other, and the same to take along."""

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_exempt

from brands.figures.figures import figure_words, when_words
from brands.figures.pay import SPREAD, Pay, chart_of, pays, spread, waiting
from brands.listing import MAX_VALUES, not_known
from brands.listing.address import full
from brands.listing.fields import no_such
from brands.listing.pages import trail
from brands.listing.tables import SortedCell, SortedColumn, SortedTable, sorted_table
from brands.listing.trades import TRADES
from brands.place_words import place_words
from brands.reconciliation.views import ANYBODY
from brands.seo.head import of_answer
from brands.spreadsheets.cells import Cell
from brands.spreadsheets.downloads import as_csv
from brands.views.pictures import drawn, framed, picture_of
from brands.vocabulary.choices import Industry, Qualifier
from brands.vocabulary.dates import to_iso
from brands.vocabulary.pinyin import spelled

FILE = "laobrand-pay"


class PayPage:
    """The pays that an address asks for: of all trades, or of one."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        given = request.GET.get("industry", "")
        self.trade = next((trade for trade in TRADES if trade.value == given), None)
        self.complaints = not_known(request.GET, ("industry", "sort"))
        if given.strip() and self.trade is None:
            self.complaints.append(no_such(gettext("行业"), given))

    @cached_property
    def all(self) -> list[Pay]:
        return pays("")

    @cached_property
    def pays(self) -> list[Pay]:
        return [pay for pay in self.all if self.trade in {None, pay.card.industry}]

    @property
    def name(self) -> str:
        return gettext("%s人均收入") % self.trade.label if self.trade else gettext("各行业的人均收入")

    @property
    def lead(self) -> str:
        """How many brands' pay is known, and how it is spread."""
        if not self.pays:
            return gettext("尚无公开的收入数据。")
        told = {"n": len(self.pays), "spread": spread(self.pays)}
        return gettext("本库有 %(n)d 个品牌的公开收入数据：%(spread)s。") % told

    @property
    def trades(self) -> list[tuple[Industry, int]]:
        """The trades with pays, and how many."""
        counts = {trade: sum(pay.card.industry == trade for pay in self.all) for trade in TRADES}
        return [(trade, count) for trade, count in counts.items() if count]

    @property
    def sparse(self) -> bool:
        """Whether there are too few pays of any one trade to draw how they are spread."""
        return bool(self.pays) and chart_of(self.pays) is None

    @cached_property
    def table(self) -> SortedTable:
        columns = [
            SortedColumn("brand", gettext("名称"), is_number=False),
            SortedColumn("pay", gettext("每月收入")),
            SortedColumn("trade", gettext("行业"), is_number=False),
            SortedColumn("place", gettext("所在地"), is_number=False),
            SortedColumn("told", gettext("报道原数")),
            SortedColumn("when", gettext("时间")),
        ]
        kept = {"industry": self.trade.value} if self.trade else {}
        rows = [_row(pay) for pay in self.pays]
        return sorted_table(columns, rows, self.request.GET.get("sort", ""), path=self.request.path, kept=kept)


def pay(request: HttpRequest) -> HttpResponse:
    shown = PayPage(request)
    context = {
        "shown": shown,
        "head": of_answer(request, shown.name, shown.lead),
        "chart": chart_of(shown.pays),
        "fewest": SPREAD,
        "waiting": waiting(shown.trade.value if shown.trade else ""),
        "complaints": [*shown.complaints, *shown.table.complaints][:MAX_VALUES],
        "query": f"industry={shown.trade.value}" if shown.trade else "",
        "trail": trail((gettext("收入"), "")),
    }
    return render(request, "brands/pay.html", context)


def pay_csv(request: HttpRequest) -> HttpResponse:
    """The pays of the page, each with its source."""
    header = [
        gettext("品牌"),
        gettext("行业"),
        gettext("所在地"),
        gettext("数值"),
        gettext("上限"),
        gettext("限定"),
        gettext("单位"),
        gettext("折合每月"),
        gettext("截至"),
        gettext("日期依据"),
        gettext("原文表述"),
        gettext("网址"),
    ]
    return as_csv([[*header], *(_cells(request, pay) for pay in PayPage(request).pays)], FILE)


def _cells(request: HttpRequest, pay: Pay) -> list[Cell]:
    row = pay.figure.statistic
    return [
        pay.card.name,
        str(Industry(pay.card.industry).label),
        pay.card.place,
        f"{row.value.normalize():f}",
        f"{row.value_max.normalize():f}" if row.value_max is not None else "",
        str(Qualifier(row.qualifier).label) if row.qualifier != Qualifier.EXACT else "",
        row.unit,
        f"{pay.monthly:f}",
        to_iso(row.as_of, row.as_of_precision),
        row.get_as_of_basis_display(),
        row.stated,
        full(request, row.get_absolute_url()),
    ]


def pay_svg(request: HttpRequest) -> HttpResponse:
    return _drawn(request, "svg")


def pay_png(request: HttpRequest) -> HttpResponse:
    return _drawn(request, "png")


@xframe_options_exempt
@csp_replace(ANYBODY)
def pay_frame(request: HttpRequest) -> HttpResponse:
    """The chart for a frame in somebody's page. It has no form and no cookie, and needs no script."""
    shown = PayPage(request)
    chart = chart_of(shown.pays)
    if chart is None:
        return _no_chart()
    page = full(request, reverse("brands:pay") + (f"?{request.GET.urlencode()}" if request.GET else ""))
    return framed(request, chart, title=shown.name, figures=[pay.figure for pay in shown.pays], page=page)


def _no_chart() -> HttpResponse:
    told = gettext("这些数字画不成图：一个行业至少要有 %d 个品牌的收入。") % SPREAD
    return HttpResponseBadRequest(f"{told}\n", content_type="text/plain; charset=utf-8")


def _drawn(request: HttpRequest, ending: str) -> HttpResponse:
    shown = PayPage(request)
    chart = chart_of(shown.pays)
    if chart is None:
        return _no_chart()
    dots = [placed.dot for row in chart.rows for placed in row.dots]
    picture = picture_of(
        chart,
        title=shown.name,
        description=gettext("，").join(f"{dot.when} {dot.words}" for dot in dots),
        figures=[pay.figure for pay in shown.pays],
        page=full(request, request.path.rpartition("/")[0] + "/"),
    )
    return drawn(picture, "brands/dots.svg", FILE, ending)


def _row(pay: Pay) -> list[SortedCell]:
    row = pay.figure.statistic
    words = figure_words(row)
    trade = Industry(pay.card.industry)
    return [
        SortedCell(pay.card.name, pay.card.pinyin, pay.card.get_absolute_url(), chinese=True,
                   reading=spelled(pay.card.pinyin)),
        SortedCell(pay.monthly_words, pay.monthly, row.get_absolute_url()),
        SortedCell(str(trade.label), list(Industry).index(trade)),
        SortedCell(place_words(pay.card.adcode, pay.card.place), pay.card.adcode or None),
        SortedCell(words, row.value),
        SortedCell(when_words(row) or gettext("未注明时间"), row.as_of),
    ]  # fmt: skip
