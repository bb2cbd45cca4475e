"""Any list as a file."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from brands.downloads.asked import NoFileError, asked_file
from brands.downloads.files import response_of
from brands.spreadsheets.workbook import CellTooLongError


def download(request: HttpRequest, kind: str, ending: str) -> HttpResponseBase:
    """All rows that the parameters select, as the page and the interface have them. 400 with the reason, as text, for
    what can't be followed."""
    try:
        return response_of(request, asked_file(kind, ending, request.GET, request.path))
    except (NoFileError, CellTooLongError) as error:
        return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")
