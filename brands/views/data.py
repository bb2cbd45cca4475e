"""All public data to be taken along: the lists as files, the terms, and how to cite them."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext

from brands.downloads.addresses import files_of
from brands.downloads.tables import TABLES
from brands.listing.address import full
from brands.listing.pages import trail
from brands.seo.head import of_data


@dataclass(frozen=True, slots=True)
class WholeList:
    """A list with how many rows it has, and its files: what each is called, and its address."""

    title: str | Promise
    total: int
    files: list[tuple[str, str]]


def data(request: HttpRequest) -> HttpResponse:
    lists = []
    for kind, table in TABLES.items():
        listing = table.source.listing(QueryDict(""))
        lists.append(WholeList(table.title, listing.total(), files_of(listing, kind)))
    files = [(f"{one.title}（{label}）", address) for one in lists for label, address in one.files]
    context = {
        "lists": lists,
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL,
        "address": full(request, request.path),
        "today": timezone.localdate(),
        "head": of_data(request, gettext("开放数据"), files),
        "trail": trail((gettext("开放数据"), "")),
    }
    return render(request, "brands/data.html", context)
