"""A table as an answer of the site: CSV that spreadsheets know for UTF-8, or XLSX."""

from collections.abc import Iterable

from django.http import FileResponse, HttpResponse, HttpResponseBase

from brands.spreadsheets.cells import Cell
from brands.spreadsheets.csv_lines import csv_lines
from brands.spreadsheets.workbook import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(lines: Iterable[list[Cell]], name: str) -> HttpResponse:
    """The lines as a file `name`.csv; no cell is a formula."""
    response = HttpResponse("".join(csv_lines(lines)), content_type="text/csv; charset=utf-8")
    return attached(response, f"{name}.csv")


def as_xlsx(lines: Iterable[list[Cell]], name: str) -> HttpResponseBase:
    """The lines as a file `name`.xlsx with one sheet."""
    response = FileResponse(workbook(lines, name), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def attached(response: HttpResponse, name: str) -> HttpResponse:
    """The answer as a file of this name, which search engines leave alone."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
