"""Any list as a file."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext

from brands.api.lists import refuse
from brands.api.problems import Refused
from brands.downloads.files import MOST_IN_XLSX, file_of
from brands.downloads.tables import TABLES
from brands.listing import Listing
from brands.spreadsheets.workbook import CellTooLongError

# Parameters beside those of the list.
OWN = ("rows", "bom")


def download(request: HttpRequest, kind: str, ending: str) -> HttpResponseBase:
    """All rows that the parameters select, as the page and the interface have them. ``rows=sentences``: a line a
    sentence, of CSV; ``bom=0``: without the mark by which Excel knows UTF-8. 400 with the reason, as text, for what
    can't be followed: a file must not hold other rows than were asked for."""
    table = TABLES[kind]
    chosen = request.GET.copy()
    rows, mark = (chosen.pop(name, [""])[-1] for name in OWN)
    listing = table.source.listing(chosen, table.source.rows(), path=request.path)
    told = list(_refusals(listing))
    if rows not in {"", "sentences"} or (rows and (ending != "csv" or table.proofs is None)):
        told.append(gettext("参数 rows：只有品牌、数据、政策与活动的 CSV 可以按原句（sentences）导出。"))
    if mark not in {"", "0", "1"}:
        told.append(gettext("参数 bom：只能是 0 或 1。"))
    if ending == "xlsx" and listing.total() > MOST_IN_XLSX:
        told.append(gettext("XLSX 最多 %d 行，请先筛选，或者下载 CSV。") % MOST_IN_XLSX)
    if told:
        return _refused(told)
    try:
        return file_of(request, table, listing, ending, sentences=bool(rows), mark=mark != "0")
    except CellTooLongError as error:
        return _refused([str(error)])


def _refusals(listing: Listing) -> Iterable[str]:
    """Why there is no file of this list, a line each: what can't be followed, or what it would leave out."""
    try:
        refuse(listing)
    except Refused as refused:
        return [f"{name}: {detail}" for name, detail in refused.faults]
    return listing.complaints


def _refused(told: Iterable[str]) -> HttpResponse:
    return HttpResponse("\n".join([*told, ""]), status=400, content_type="text/plain; charset=utf-8")
