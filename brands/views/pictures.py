"""Charts to take along, as files and as frames: a picture that stands alone, with its title above and its sources
below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from brands.figures.figures import Figure
from brands.graphics.charts import TextLine
from brands.graphics.lettering import wrapped
from brands.graphics.png import drawable, png
from brands.seo.feeds import printable
from brands.spreadsheets.downloads import attached
from brands.vocabulary.numbers import day

# Around what is drawn.
MARGIN = 20
TITLE_SIZE = 16
SOURCE_SIZE = 10
SOURCE_LINE = 15
# Pixels of a PNG to one of the SVG: sharp on a phone and in print.
PNG_ZOOM = 2

# Papers that a picture names; the table names all.
MAX_SOURCES = 4


class Drawn(Protocol):
    """A chart that is laid out."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with what stands around it, all of it placed."""

    chart: Drawn
    title: str
    head: Sequence[TextLine]
    sources: Sequence[TextLine]
    description: str
    top: int
    margin: int = MARGIN

    @property
    def width(self) -> int:
        return self.chart.width + 2 * MARGIN

    @property
    def height(self) -> int:
        return self.sources[-1].y + MARGIN


def picture_of(chart: Drawn, *, title: str, description: str, figures: Iterable[Figure], page: str) -> Picture:
    """The chart with the papers that give these figures, and the full address of the page where it was found."""
    lines = wrapped(title, room=chart.width / TITLE_SIZE, most=3)
    first = MARGIN + TITLE_SIZE
    head = [TextLine(line, first + (TITLE_SIZE + 6) * number) for number, line in enumerate(lines)]
    top = head[-1].y + MARGIN
    below = top + chart.height + MARGIN
    room = chart.width / SOURCE_SIZE
    sources = [*wrapped(_papers(figures), room=room, most=3), *wrapped(_found_at(page), room=room, most=6)]
    placed = [TextLine(text, below + SOURCE_LINE * number) for number, text in enumerate(sources)]
    return Picture(chart, title, head, placed, description, top)


def drawn(picture: Picture, template: str, name: str, ending: str) -> HttpResponse:
    """The picture as a file `name`, as SVG or in pixels, twice as large; of these 503 on a machine without a font that
    has Chinese."""
    if ending == "png" and not drawable():
        return no_fonts()
    svg = printable(render_to_string(template, {"picture": picture}))
    size = (picture.width, picture.height)
    content = png(svg, size=size, zoom=PNG_ZOOM) if ending == "png" else svg.encode()
    response = HttpResponse(content, content_type="image/png" if ending == "png" else "image/svg+xml")
    return attached(response, f"{name}.{ending}")


def framed(request: HttpRequest, chart: Drawn, *, title: str, figures: Iterable[Figure], page: str) -> HttpResponse:
    """The chart by itself with its papers, for a frame in somebody's page; it leads to the full address `page`."""
    context = {"chart": chart, "title": title, "papers": _papers(figures), "page": page}
    return render(request, "brands/chart_frame.html", context | {"day": timezone.localdate()})


def no_fonts() -> HttpResponse:
    told = gettext("这台服务器没有装中文字体，画不出 PNG 图片。SVG 和 CSV 不受影响。")
    return HttpResponse(f"{told}\n", status=503, content_type="text/plain; charset=utf-8")


def _papers(figures: Iterable[Figure]) -> str:
    """来源：县报 2025年11月19日、省报等"""
    articles = {quote.article_id: quote.article for figure in figures for quote in figure.sources}
    told = [
        " ".join(filter(None, (article.publisher or article.title, day(article.published_on))))
        for article in list(articles.values())[:MAX_SOURCES]
    ]
    more = gettext("等") if len(articles) > MAX_SOURCES else ""
    return gettext("来源：%s") % (gettext("、").join(told) + more)


def _found_at(url: str) -> str:
    return gettext("劳务品牌库 %(url)s，%(day)s查") % {"url": url, "day": day(timezone.localdate())}
