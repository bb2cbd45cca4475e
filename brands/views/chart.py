"""Charts to take along: a picture that stands alone, and its numbers for a spreadsheet, each with its sources."""

from collections.abc import Iterator
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.clickjacking import xframe_options_exempt

from brands.figures.figures import Figure, abreast, series
from brands.graphics.charts import Chart
from brands.listing.address import full
from brands.models import Statistic
from brands.reconciliation.views import ANYBODY
from brands.spreadsheets.cells import Cell
from brands.spreadsheets.downloads import as_csv
from brands.views.chart_params import ChartParams, ChartSubject, asked_for
from brands.views.pictures import drawn, framed, picture_of
from brands.vocabulary.choices import Qualifier
from brands.vocabulary.dates import to_iso

NO_CHART = gettext_lazy("这些数字画不成图：要有同一单位的至少三个时间，或者至少两个对象。")


def chart_of(asked: ChartParams) -> Chart | None:
    """The series of one subject, or the newest figures of several; None where they make no chart."""
    if len(asked.sides) == 1:
        return series(asked.sides[0].figures)
    return abreast([(side.name, side.newest) for side in asked.sides if side.newest])


def chart_svg(request: HttpRequest) -> HttpResponse:
    return _drawn(request, "svg")


def chart_png(request: HttpRequest) -> HttpResponse:
    return _drawn(request, "png")


def chart_csv(request: HttpRequest) -> HttpResponse:
    asked = asked_for(request.GET)
    if asked.complaints or not any(side.figures for side in asked.sides):
        return _refused(asked, gettext("没有这样的数字。"))
    rows = (row for side in asked.sides for row in _rows(request, side))
    return as_csv([_header(), *rows], _file_name(asked))


@xframe_options_exempt
@csp_replace(ANYBODY)
def chart_frame(request: HttpRequest) -> HttpResponse:
    """The chart for a frame in somebody's page. It has no form and no cookie, and needs no script."""
    asked = asked_for(request.GET)
    chart = chart_of(asked) if asked.metric else None
    if asked.complaints or chart is None:
        return _refused(asked, NO_CHART)
    return framed(request, chart, title=_title(asked), figures=_shown(asked), page=_page(request, asked))


def _drawn(request: HttpRequest, ending: str) -> HttpResponse:
    """The picture of what is asked for as a file of this kind, or what is wrong with the address."""
    asked = asked_for(request.GET)
    chart = chart_of(asked) if asked.metric else None
    if asked.complaints or chart is None:
        return _refused(asked, NO_CHART)
    picture = picture_of(
        chart, title=_title(asked), description=_description(chart), figures=_shown(asked), page=_page(request, asked)
    )
    return drawn(picture, "brands/chart.svg", _file_name(asked), ending)


def _title(asked: ChartParams) -> str:
    return f"{gettext('、').join(side.name for side in asked.sides)} · {asked.label}"


def _page(request: HttpRequest, asked: ChartParams) -> str:
    return full(request, f"{reverse('brands:statistic_compare')}?{asked.query}")


def _shown(asked: ChartParams) -> list[Figure]:
    if len(asked.sides) == 1:
        return asked.sides[0].figures
    return [side.newest for side in asked.sides if side.newest]


def _description(chart: Chart) -> str:
    return gettext("，").join(f"{column.point.when} {column.point.words}" for column in chart.columns)


def _header() -> list[Cell]:
    return [
        gettext("对象"),
        gettext("指标"),
        gettext("口径"),
        gettext("部分"),
        gettext("数值"),
        gettext("上限"),
        gettext("限定"),
        gettext("单位"),
        gettext("截至"),
        gettext("日期依据"),
        gettext("原文表述"),
        gettext("来源"),
        gettext("网址"),
    ]


def _rows(request: HttpRequest, side: ChartSubject) -> Iterator[list[Cell]]:
    for figure in side.figures:
        row = figure.statistic
        papers = (
            " ".join(
                filter(None, (quote.article.publisher, str(quote.article.published_on or ""), quote.article.title))
            )
            for quote in figure.sources
        )
        yield [
            side.name,
            row.get_metric_display(),
            gettext("，").join(filter(None, (row.get_scope_display(), row.get_per_display()))),
            row.part_of,
            *_digits(row),
            str(Qualifier(row.qualifier).label) if row.qualifier != Qualifier.EXACT else "",
            row.unit,
            to_iso(row.as_of, row.as_of_precision),
            row.get_as_of_basis_display(),
            row.stated,
            "; ".join(papers),
            full(request, row.get_absolute_url()),
        ]


def _digits(row: Statistic) -> list[str]:
    return [f"{number.normalize():f}" if number is not None else "" for number in (row.value, row.value_max)]


def _refused(asked: ChartParams, otherwise: Any) -> HttpResponse:
    """What is wrong with the address, in one line each."""
    told = asked.complaints or [str(otherwise)]
    return HttpResponseBadRequest("\n".join(told) + "\n", content_type="text/plain; charset=utf-8")


def _file_name(asked: ChartParams) -> str:
    return "-".join(["laobrand", asked.metric, *(key.replace(":", "-") for key in asked.keys)])
