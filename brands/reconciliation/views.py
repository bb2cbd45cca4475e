"""The manifest, the batches of queries and of records to extend, suggestions, and the preview of a record."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.clickjacking import xframe_options_exempt
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from brands.api.conventions import OneForm, OpenView
from brands.api.problems import Fault, Refused
from brands.listing.address import full
from brands.listing.brands import brands_by_division
from brands.models import Region
from brands.models.region import COUNTRY
from brands.place_words import region_title
from brands.reconciliation import properties
from brands.reconciliation.candidates import MatchCandidate, candidates, match_of
from brands.reconciliation.requests import (
    BRAND,
    LONGEST_KEY,
    REGION,
    TYPES,
    ReconciliationQuery,
    extension,
    queries,
)
from brands.search import divisions

# The protocol's version that is spoken.
VERSIONS = ["0.2"]

# For pages that others may show in a frame.
ANYBODY = {"frame-ancestors": ["*"]}

# Points of the preview's frame.
WIDTH, HEIGHT = 420, 220

# Names that are suggested.
SUGGESTED = 10

Named = dict[str, str]


class WrittenInForms(OneForm):
    """A batch comes as a form."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        wanted = (request.content_type or "").partition(";")[0].strip().lower()
        return next((one for one in parsers if one.media_type == wanted), None)


class ServiceView(OpenView):
    """A view of the service: a GET, or a POST that changes nothing, from pages of any origin."""

    content_negotiation_class = WrittenInForms
    parser_classes = [FormParser, MultiPartParser]

    def faults(self, _name: str, _values: Sequence[str]) -> Iterable[Fault]:
        """None: clients send parameters of their own beside those of the protocol."""
        return ()

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
        return response


@extend_schema(exclude=True)
class ReconciliationView(ServiceView):
    """The one address of the service: its manifest, and with `queries` or `extend` the answers to a batch."""

    def get(self, request: Request) -> Response:
        return self._answer(request, request.query_params)

    def post(self, request: Request) -> Response:
        return self._answer(request, request.data if isinstance(request.data, dict) else {})

    def _answer(self, request: Request, given: Mapping[str, Any]) -> Response:
        if "queries" in given and "extend" in given:
            raise Refused([("extend", gettext("不能与 queries 一起填。"))])
        if "queries" in given:
            return Response(_matched(queries(str(given["queries"]))))
        if "extend" in given:
            return Response(_extended(request, str(given["extend"])))
        if request.method == "POST":
            raise Refused([("queries", gettext("没有填值。"))])
        return Response(_manifest(request))


def _manifest(request: HttpRequest) -> dict[str, Any]:
    root = full(request, "/")
    address = full(request, reverse("brands:reconcile"))

    def service(name: str) -> Named:
        return {"service_url": address.rstrip("/"), "service_path": f"/{name}/"}

    return {
        "versions": VERSIONS,
        "name": gettext("劳务品牌库"),
        "identifierSpace": root,
        "schemaSpace": full(request, reverse("brands:api_reference")),
        "documentation": full(request, reverse("brands:api_guide")),
        "defaultTypes": [_type(one) for one in TYPES],
        "view": {"url": f"{root}{{{{id}}}}/"},
        "preview": {"url": f"{address}preview/?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {kind: service(f"suggest/{kind}") for kind in ("entity", "property", "type")},
        "extend": {"propose_properties": service("properties"), "property_settings": []},
    }


def _matched(asked: Mapping[str, ReconciliationQuery]) -> dict[str, Any]:
    called = divisions.by_name() if asked else {}
    told = {}
    for key, query in asked.items():
        found = candidates(query, called)
        match = match_of(found)
        told[key] = {"result": [_result(one, match=one is match) for one in found[: query.limit]]}
    return told


def _result(one: MatchCandidate, *, match: bool) -> dict[str, Any]:
    features = [{"id": name, "value": agrees} for name, agrees in one.agrees.items()]
    return {
        "id": one.id,
        "name": one.name,
        "type": [_type(one.type)],
        "description": one.description,
        "score": one.score,
        "match": match,
        "features": features,
    }


def _extended(request: HttpRequest, written: str) -> dict[str, Any]:
    asked = extension(written)
    unknown = [one for one in asked.properties if one not in properties.PROPERTIES]
    if unknown:
        raise Refused([("extend.properties", gettext("没有“%s”。") % unknown[0][:40])])
    told = [properties.PROPERTIES[one] for one in asked.properties]
    meta = [_property(one) | ({"type": _type(one.kind)} if one.kind else {}) for one in told]
    return {"meta": meta, "rows": properties.rows(request, asked.ids, asked.properties)}


@extend_schema(exclude=True)
class ProposedPropertiesView(ServiceView):
    """What records of a type can be extended by."""

    def get(self, request: Request) -> Response:
        kind = request.query_params.get("type", "")
        limit = request.query_params.get("limit", "")
        found = properties.offered(kind)
        if limit.isascii() and limit.isdigit():
            found = found[: int(limit[:4])]
        return Response({"type": kind, "limit": len(found), "properties": [_property(one) for one in found]})


@extend_schema(exclude=True)
class SuggestView(ServiceView):
    """Records, properties or types whose names begin with what was typed, or hold it."""

    def get(self, request: Request, kind: str) -> Response:
        typed = request.query_params.get("prefix", "")[:60]
        if kind == "entity":
            found: list[dict[str, Any]] = _entities(typed)
        elif kind == "property":
            found = [_property(one) for one in properties.offered("")]
        else:
            found = [_type(one) for one in TYPES]
        if kind != "entity":
            found = [one for one in found if typed.lower() in f"{one['id']} {one['name']}".lower()]
        cursor = request.query_params.get("cursor", "")
        start = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 4 else 0
        return Response({"result": found[start : start + SUGGESTED]})


def _entities(typed: str) -> list[dict[str, Any]]:
    query = ReconciliationQuery(typed, TYPES, 3 * SUGGESTED, ())
    found = candidates(query, divisions.by_name())[: query.limit] if typed.strip() else []
    return [
        {"id": one.id, "name": one.name, "description": one.description, "notable": [_type(one.type)]} for one in found
    ]


@xframe_options_exempt
@csp_replace(ANYBODY)
def preview(request: HttpRequest) -> HttpResponse:
    """A record in a small frame of the client's page: the card of a brand, or the like of a division."""
    kind, _slash, key = request.GET.get("id", "").partition("/")
    if not (key.isascii() and key.isdigit() and len(key) < LONGEST_KEY):
        raise Http404
    if kind == "brands":
        return redirect(reverse("brands:card", args=[int(key)]))
    region = get_object_or_404(Region, pk=key if kind == "regions" else "")
    brands = brands_by_division()["" if key == COUNTRY else key]
    told = ngettext("本库有 %(n)d 个劳务品牌。", "本库有 %(n)d 个劳务品牌。", brands) % {"n": brands}
    url = full(request, region.get_absolute_url())
    return render(request, "brands/card.html", {"name": region_title(region), "url": url, "told": told})


def _type(name: str) -> Named:
    return {"id": name, "name": {BRAND: gettext("劳务品牌"), REGION: gettext("行政区划")}[name]}


def _property(one: properties.Property) -> Named:
    return {"id": one.id, "name": str(one.label)}
