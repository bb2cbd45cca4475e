"""All public data to be taken along: the lists as files, the dumps, the terms, and how to cite them."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext

from brands.downloads.addresses import files_of
from brands.downloads.tables import TABLES
from brands.dumps.catalogue import address_of, catalogue_of
from brands.dumps.files import Dump, DumpFile, dumps_in, path_in
from brands.dumps.tables import TABLES as TABLES_OF_DUMPS
from brands.listing.address import full
from brands.listing.pages import trail
from brands.seo.head import of_data
from brands.seo.linked_data import MEDIA_TYPES


@dataclass(frozen=True, slots=True)
class WholeList:
    """A list with how many rows it has, and its files: what each is called, and its address."""

    title: str | Promise
    total: int
    files: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class TableFiles:
    """A table of a dump: how many rows it has, and its files."""

    title: str | Promise
    rows: int
    files: list[DumpFile]


def data(request: HttpRequest) -> HttpResponse:
    lists = []
    for kind, table in TABLES.items():
        chosen = table.chosen(QueryDict(""), "")
        lists.append(WholeList(table.title, chosen.total(), files_of(chosen.address, kind)))
    files = [(f"{one.title}（{label}）", address) for one in lists for label, address in one.files]
    dumps = list(dumps_in(settings.DUMPS_DIRECTORY))
    newest = dumps[0] if dumps else None
    if newest:
        files += [(f"{newest.name}/{file.name}", address_of(newest, file)) for file in newest.files if file.sha256]
    context = {
        "lists": lists,
        "dumps": dumps,
        "newest": newest,
        "tables": _tables(newest) if newest else [],
        "rest": _rest(newest) if newest else [],
        "provinces": _provinces(newest) if newest else [],
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL,
        "address": full(request, request.path),
        "reconcile": full(request, reverse("brands:reconcile")),
        "today": timezone.localdate(),
        "head": of_data(request, gettext("开放数据"), files),
        "trail": trail((gettext("开放数据"), "")),
    }
    response = render(request, "brands/data.html", context)
    # A new dump is no change of the data, by which pages are kept.
    response.headers["Cache-Control"] = "no-store"
    return response


def _tables(dump: Dump) -> list[TableFiles]:
    rows = {resource.get("name"): resource.get("rows") for resource in dump.package.get("resources", ())}
    return [
        TableFiles(table.title, rows.get(name) or 0, [file for file in dump.files if file.name.split(".")[0] == name])
        for name, table in TABLES_OF_DUMPS.items()
    ]


def _rest(dump: Dump) -> list[DumpFile]:
    """The files that are of no one table."""
    return [file for file in dump.files if file.name.split(".")[0] not in TABLES_OF_DUMPS]


def _provinces(dump: Dump) -> list[dict[str, Any]]:
    coverage = dump.package["laobrand"].get("coverage")
    return list(coverage.get("provinces", ())) if isinstance(coverage, dict) else []


def dump_file(_request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """A file of a dump. A server in front may serve them itself (deploy/nginx.conf)."""
    path = path_in(settings.DUMPS_DIRECTORY, name, file)
    if path is None:
        raise Http404
    kind = MEDIA_TYPES.get(path.suffix.lstrip("."), "text/plain")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Access-Control-Allow-Origin": "*"}
    return FileResponse(path.open("rb"), content_type=kind, headers=headers | {"X-Robots-Tag": "noindex"})


def catalogue(request: HttpRequest) -> HttpResponse:
    """The data as a catalogue of DCAT."""
    content = json.dumps(catalogue_of(request), ensure_ascii=False, indent=1)
    headers = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}
    return HttpResponse(content, content_type="application/ld+json; charset=utf-8", headers=headers)
