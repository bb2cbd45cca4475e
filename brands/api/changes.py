"""What changed in the public data, from the audit log: to be followed by a program, and the newest to be read."""

import re
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from brands.api.conventions import OpenView
from brands.api.description import described_changes
from brands.api.pieces import Record
from brands.api.problems import Fault, Refused
from brands.api.records import number
from brands.dumps.changes import MOST, ChangePage, PublicChange, changes_behind, newest_changes
from brands.dumps.position import BEGINNING, PLACE, UnknownPlaceError, read
from brands.listing.address import full
from brands.seo.feeds import ENTRIES, printable

_PLACE, _LIMIT = re.compile(PLACE), re.compile("[1-9][0-9]{0,2}")

# What the feed for readers tells of: the others go with these.
_TOLD = ("brands", "programs", "statistics")


@described_changes
class ChangesView(OpenView):
    """What became of public rows behind a place in the audit log: each as it is now, under the tables and columns of
    the dumps. Who begins with a dump and its place, and applies what comes, has what a new dump has. An answer tells of
    a part of the log, so one may have no results and `next` all the same."""

    parameters = ("since", "limit")

    def get(self, request: Request) -> Response:
        number, limit = _asked(request)
        page = changes_behind(number, limit)
        answer = {
            "since": page.place,
            "next": _address(request, page) if page.more else None,
            "results": [_record(change) for change in page.changes],
        }
        # What is settled may grow without a change of the data, so no kept answer is sure to be the newest.
        return Response(answer, headers={"Cache-Control": "no-store"})


def _asked(request: Request) -> tuple[int, int]:
    """The number of the entry behind which the answer begins, and how many entries it tells of. Raises `Refused`."""
    since = request.query_params.get("since", BEGINNING)
    limit = request.query_params.get("limit", str(MOST))
    faults: list[Fault] = []
    if not _PLACE.fullmatch(since):
        faults.append(("since", gettext("这不是变更记录里的位置。")))
    if not _LIMIT.fullmatch(limit) or int(limit) > MOST:
        faults.append(("limit", gettext("只能填 1 到 %d。") % MOST))
    if faults:
        raise Refused(faults)
    try:
        return read(since), int(limit)
    except UnknownPlaceError as error:
        told = gettext("变更记录里没有这个位置：可能从备份恢复过。请从一次全量数据重新开始。")
        raise Refused([("since", told)], missing=True) from error


def _address(request: Request, page: ChangePage) -> str:
    limit = request.query_params.get("limit")
    return full(request, f"{request.path}?since={page.place}{f'&limit={limit}' if limit else ''}")


def _record(change: PublicChange) -> Record:
    made_by = change.cause.change_set
    return {
        "id": change.cause.pk,
        "at": change.cause.at,
        "action": change.action,
        "table": change.table.name,
        "key": str(change.key),
        "row": None if change.row is None else {name: _plain(value) for name, value in change.row.items()},
        "into": change.into,
        "reason": made_by.kind if made_by else None,
        "change_set": change.cause.change_set_id,
        "by_person": bool(made_by and made_by.author_id),
    }


def _plain(value: Any) -> Any:
    return number(value) if isinstance(value, Decimal) else value


@extend_schema(exclude=True)
class ChangesFeedView(OpenView):
    """The newest changes of brands, programs and numbers as Atom (RFC 4287), the last first."""

    def get(self, request: Request) -> HttpResponse:
        feed = Atom1Feed(
            title=printable(f"{gettext('劳务品牌库')} · {gettext('数据变更')}"),
            link=full(request, reverse("brands:data")),
            description=gettext("新增、修改、合并、撤下的品牌、政策与数据，最近的在前。"),
            language=get_language(),
            author_name=gettext("劳务品牌库"),
            feed_url=full(request, request.path),
        )
        told = [change for change in reversed(newest_changes()) if change.table.name in _TOLD]
        for change in told[:ENTRIES]:
            _add(feed, request, change)
        headers = {"Cache-Control": "no-store", "Content-Type": "application/atom+xml; charset=utf-8"}
        return HttpResponse(feed.writeString("utf-8"), headers=headers)


def _add(feed: Atom1Feed, request: Request, change: PublicChange) -> None:
    path = _path(change)
    made_by = change.cause.change_set
    reason = made_by.get_kind_display() if made_by else ""
    feed.add_item(
        title=printable(f"{_ACTIONS[change.action]()} {_name(change)}"),
        link=full(request, path),
        description=printable(" ".join(filter(None, (str(reason), _went_into(change))))),
        unique_id=full(request, f"{reverse('brands:api_changes')}?{change.cause.pk}-{change.table.name}-{change.key}"),
        pubdate=change.cause.at,
        updateddate=change.cause.at,
    )


_ACTIONS = {
    "added": lambda: gettext("新增"),
    "changed": lambda: gettext("修改"),
    "merged": lambda: gettext("合并"),
    "withdrawn": lambda: gettext("撤下"),
}


def _name(change: PublicChange) -> str:
    """What is told of a row that is public: its name or words. Of others, their number alone."""
    row = change.row or {}
    return str(row.get("name") or row.get("stated") or f"{change.table.model._meta.verbose_name} {change.key}")


def _went_into(change: PublicChange) -> str:
    return gettext("并入编号 %d") % change.into if change.into is not None else ""


def _path(change: PublicChange) -> str:
    """The page of the record, or of the one that took it over."""
    name = change.table.name.removesuffix("s")
    return reverse(f"brands:{name}", args=[change.into if change.into is not None else change.key])
