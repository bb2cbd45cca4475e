"""Charts to take along: a picture that stands alone, and its numbers for a spreadsheet, each with its sources."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from brands.figures.figures import Figure, abreast, series
from brands.graphics.charts import WIDTH, Chart, TextLine
from brands.graphics.lettering import wrapped
from brands.graphics.png import drawable, png
from brands.listing.address import full
from brands.models import Statistic
from brands.seo.feeds import printable
from brands.spreadsheets.cells import Cell
from brands.spreadsheets.downloads import as_csv, attached
from brands.views.chart_params import ChartParams, ChartSubject, asked_for
from brands.vocabulary.choices import Qualifier
from brands.vocabulary.dates import to_iso
from brands.vocabulary.numbers import day

# Around the columns of a picture.
MARGIN = 20
TITLE_SIZE = 16
SOURCE_SIZE = 10
SOURCE_LINE = 15
# Pixels of a PNG to one of the SVG: sharp on a phone and in print.
PNG_ZOOM = 2

# Papers that a picture names; the table names all.
MAX_SOURCES = 4

# From an SVG, and its width and height, to a file.
Encode: TypeAlias = Callable[[str, tuple[int, int]], bytes]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its title above and its sources below, all of it placed."""

    chart: Chart
    title: str
    head: list[TextLine]
    sources: list[TextLine]
    description: str
    top: int
    margin: int = MARGIN

    @property
    def width(self) -> int:
        return self.chart.width + 2 * MARGIN

    @property
    def height(self) -> int:
        return self.sources[-1].y + MARGIN


def chart_of(asked: ChartParams) -> Chart | None:
    """The series of one subject, or the newest figures of several; None where they make no chart."""
    if len(asked.sides) == 1:
        return series(asked.sides[0].figures)
    return abreast([(side.name, side.newest) for side in asked.sides if side.newest])


def chart_svg(request: HttpRequest) -> HttpResponse:
    return _drawn(request, "svg", "image/svg+xml", lambda svg, _size: svg.encode())


def chart_png(request: HttpRequest) -> HttpResponse:
    """The same picture in pixels, twice as large; 503 on a machine without a font that has Chinese."""
    if not drawable():
        return no_fonts()
    return _drawn(request, "png", "image/png", lambda svg, size: png(svg, size=size, zoom=PNG_ZOOM))


def no_fonts() -> HttpResponse:
    told = gettext("这台服务器没有装中文字体，画不出 PNG 图片。SVG 和 CSV 不受影响。")
    return HttpResponse(f"{told}\n", status=503, content_type="text/plain; charset=utf-8")


def chart_csv(request: HttpRequest) -> HttpResponse:
    asked = asked_for(request.GET)
    if asked.complaints or not any(side.figures for side in asked.sides):
        return _refused(asked, gettext("没有这样的数字。"))
    rows = (row for side in asked.sides for row in _rows(request, side))
    return as_csv([_header(), *rows], _file_name(asked))


def _drawn(request: HttpRequest, ending: str, kind: str, encode: Encode) -> HttpResponse:
    """The picture of what is asked for as a file of this kind, or what is wrong with the address."""
    asked = asked_for(request.GET)
    chart = chart_of(asked) if asked.metric else None
    if asked.complaints or chart is None:
        return _refused(asked, gettext("这些数字画不成图：要有同一单位的至少三个时间，或者至少两个对象。"))
    picture = _picture(request, asked, chart)
    svg = printable(render_to_string("brands/chart.svg", {"picture": picture}))
    response = HttpResponse(encode(svg, (picture.width, picture.height)), content_type=kind)
    return attached(response, f"{_file_name(asked)}.{ending}")


def _picture(request: HttpRequest, asked: ChartParams, chart: Chart) -> Picture:
    names = gettext("、").join(side.name for side in asked.sides)
    title = f"{names} · {asked.label}"
    head = _lines(title, size=TITLE_SIZE, first=MARGIN + TITLE_SIZE, step=TITLE_SIZE + 6)
    top = head[-1].y + MARGIN
    below = top + chart.height + MARGIN
    page = reverse("brands:statistic_compare") + f"?{asked.query}"
    sources = [
        *wrapped(_papers(asked), room=WIDTH / SOURCE_SIZE, most=3),
        *wrapped(_found_at(full(request, page)), room=WIDTH / SOURCE_SIZE, most=6),
    ]
    placed = [TextLine(text, below + SOURCE_LINE * number) for number, text in enumerate(sources)]
    return Picture(chart, title, head, placed, _description(chart), top)


def _lines(text: str, *, size: int, first: int, step: int) -> list[TextLine]:
    lines = wrapped(text, room=WIDTH / size, most=3)
    return [TextLine(line, first + step * number) for number, line in enumerate(lines)]


def _papers(asked: ChartParams) -> str:
    """来源：县报 2025年11月19日、省报等"""
    articles = {quote.article_id: quote.article for figure in _shown(asked) for quote in figure.sources}
    told = [
        " ".join(filter(None, (article.publisher or article.title, day(article.published_on))))
        for article in list(articles.values())[:MAX_SOURCES]
    ]
    more = gettext("等") if len(articles) > MAX_SOURCES else ""
    return gettext("来源：%s") % (gettext("、").join(told) + more)


def _shown(asked: ChartParams) -> list[Figure]:
    if len(asked.sides) == 1:
        return asked.sides[0].figures
    return [side.newest for side in asked.sides if side.newest]


def _found_at(url: str) -> str:
    return gettext("劳务品牌库 %(url)s，%(day)s查") % {"url": url, "day": day(timezone.localdate())}


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


def _refused(asked: ChartParams, otherwise: str) -> HttpResponse:
    """What is wrong with the address, in one line each."""
    told = asked.complaints or [otherwise]
    return HttpResponseBadRequest("\n".join(told) + "\n", content_type="text/plain; charset=utf-8")


def _file_name(asked: ChartParams) -> str:
    return "-".join(["laobrand", asked.metric, *(key.replace(":", "-") for key in asked.keys)])
