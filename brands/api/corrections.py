"""What readers reported and staff took over: of which value, what stood there, what it became, and when.

A reader's own words, evidence and address are not told: the form promises that editors alone see how to reach a reader,
and does not say that anything of a report is published.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.response import Response

from brands.api.description import described_plain_list
from brands.api.other_lists import PlainListView
from brands.api.pieces import Record
from brands.api.serializers import CorrectionSerializer
from brands.corrections import public_keys
from brands.listing.address import full
from brands.models import Change, Correction
from brands.models.correction import ReportOutcome

# The kinds of what a report may be about, each with the path of its pages.
KINDS = {
    "brand": "brands",
    "program": "programs",
    "statistic": "statistics",
    "region": "regions",
    "article": "articles",
}


class CorrectionFilters(django_filters.FilterSet):  # type: ignore[misc]
    type = django_filters.ChoiceFilter(
        field_name="about", lookup_expr="startswith", choices=[(kind, kind) for kind in KINDS]
    )


@described_plain_list(CorrectionSerializer, CorrectionFilters)
class CorrectionsView(PlainListView):
    """Readers' reports that were taken over, of what is public still, in the order in which they came."""

    filters, serializer = CorrectionFilters, CorrectionSerializer

    def rows(self) -> QuerySet[Any]:
        adopted = Correction.objects.filter(done=True, outcome=ReportOutcome.ADOPTED)
        by_name: defaultdict[str, list[int]] = defaultdict(list)
        for pk, about in adopted.values_list("pk", "about"):
            by_name[about.partition(".")[0]].append(pk)
        return adopted.filter(pk__in=[pk for name in public_keys(by_name) for pk in by_name[name]])

    def whole(self, request: HttpRequest, after: str, count: int) -> tuple[int, list[Record]]:
        """Counted anew: a report is closed without a change of the data, by whose version counts are kept."""
        rows = self.rows()
        behind = rows.filter(pk__gt=after) if after else rows
        return rows.count(), self.made(request, behind.order_by("pk")[:count])

    def made(self, request: HttpRequest, rows: QuerySet[Any]) -> list[Record]:
        found = list(rows)
        closed = _closed([one.pk for one in found])
        return [_record(request, one, closed.get(one.pk)) for one in found]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        """Not to be kept: a report is closed without a change of the data, whose version pages are kept by."""
        finished: Response = super().finalize_response(request, response, *args, **kwargs)
        finished["Cache-Control"] = "no-store"
        return finished


def _closed(keys: Iterable[int]) -> dict[int, Change]:
    """By the key of a report, the entry of the audit log that took it over; what staff note later is for themselves."""
    entries = Change.objects.filter(table="brands_correction", row__in=[str(key) for key in keys]).order_by("-pk")
    return {int(one.row): one for one in entries if (one.new or {}).get("outcome") == ReportOutcome.ADOPTED}


def _record(request: HttpRequest, one: Correction, closed: Change | None) -> Record:
    kind, _colon, rest = one.about.partition(":")
    key, _dot, field = rest.partition(".")
    return {
        "id": one.pk,
        "about": {"type": kind, "key": key},
        "url": full(request, f"/{KINDS[kind]}/{key}/"),
        "field": field or None,
        "label": one.label,
        "was": one.shown or None,
        "became": ((closed.new or {}).get("note") if closed else "") or None,
        "reported_at": one.created_at,
        "closed_at": closed.at if closed else None,
        "change_set": closed.change_set_id if closed else None,
    }
