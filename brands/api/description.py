"""What drf-spectacular tells of views beside their fields: the envelope of a list, parameters, problems."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import django_filters
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers

from brands.api.parameters import PLAIN_MEANINGS, WORDS, chosen_fields, described, paging
from brands.api.serializers import (
    FacetSerializer,
    HistoryEntrySerializer,
    ProblemSerializer,
    PublicChangeSerializer,
)
from brands.dumps.changes import MOST
from brands.dumps.position import BEGINNING, PLACE
from brands.listing import Listing
from brands.models import DocumentKind

Kind = type[serializers.Serializer[Any]]
View = TypeVar("View", bound=type)

# The components of records, whose fields can be chosen.
RECORDS = ("Article", "ArticleDetail", "Brand", "BrandDetail", "Correction", "EvidenceOfFact", "Program",
           "ProgramDetail", "Region", "RegionDetail", "Statistic")  # fmt: skip

_JSON, _PROBLEM = "application/json", "application/problem+json"


def _problems(*statuses: int) -> dict[Any, Any]:
    told = {
        400: "a parameter that isn't known or has no such form; `errors` name each",
        404: "no such record, or a parameter names what isn't there",
        410: "it was public once and was withdrawn",
        429: "too many requests; Retry-After says how many seconds to wait",
    }
    return {(status, _PROBLEM): OpenApiResponse(ProblemSerializer, told[status]) for status in statuses}


def _name(kind: Kind) -> str:
    return kind.__name__.removesuffix("Serializer").removesuffix("Detail")


def _envelope(kind: Kind, *, faceted: bool) -> Any:
    fields: dict[str, Any] = {
        "count": serializers.IntegerField(help_text="records that all parameters select"),
        "next": serializers.URLField(allow_null=True, help_text="address that goes on, or null at the end"),
    }
    if faceted:
        told = "notes on the answer, such as that a search found more than it ranks"
        fields["complaints"] = serializers.ListField(child=serializers.CharField(), help_text=told)
    fields["results"] = kind(many=True)
    if faceted:
        facets = serializers.DictField(child=FacetSerializer(), required=False, help_text="with facets=1, by parameter")
        fields["facets"] = facets
    return inline_serializer(f"{_name(kind)}List", fields)


def _get(name: str, **said: Any) -> Callable[[View], View]:
    operation = re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower()
    return extend_schema_view(get=extend_schema(operation_id=operation, **said))


def with_fields_to_choose(result: dict[str, Any], **_said: Any) -> dict[str, Any]:
    """A hook of drf-spectacular: a record has all of its fields, or those that ``fields`` asks for, so none is sure."""
    for name in RECORDS:
        result["components"]["schemas"][name].pop("required")
    return result


def described_list(kind: Kind, listing: type[Listing]) -> Callable[[View], View]:
    answers = {(200, _JSON): _envelope(kind, faceted=True)} | _problems(400, 404, 429)
    return _get(f"list_{_name(kind)}", parameters=described(listing, kind._declared_fields), responses=answers)


def described_record(kind: Kind) -> Callable[[View], View]:
    answers = {(200, _JSON): kind} | _problems(400, 404, 410, 429)
    moved = {301: OpenApiResponse(None, "it was merged into the record at Location")}
    return _get(f"get_{_name(kind)}", parameters=[chosen_fields(kind._declared_fields)], responses=answers | moved)


def described_history(view: View) -> View:
    results: dict[str, Any] = {"results": HistoryEntrySerializer(many=True)}
    answers = {(200, _JSON): inline_serializer("History", results)} | _problems(400, 404, 429)
    return extend_schema_view(get=extend_schema(responses=answers))(view)


def described_plain_list(kind: Kind, filters: Any) -> Callable[[View], View]:
    parameters = [_plain(name, rule) for name, rule in filters.base_filters.items()]
    answers = {(200, _JSON): _envelope(kind, faceted=False)} | _problems(400, 404, 429)
    return _get(f"list_{_name(kind)}", parameters=[*parameters, *paging(kind._declared_fields)], responses=answers)


def _plain(name: str, rule: Any) -> OpenApiParameter:
    schema: dict[str, Any] = {"type": "string"}
    if isinstance(rule, django_filters.CharFilter):
        schema["pattern"] = rule.extra["validators"][0].regex.pattern
    elif isinstance(rule, django_filters.ChoiceFilter):
        schema["enum"] = [value for value, _label in rule.extra["choices"]]
    return OpenApiParameter(name, schema, description=PLAIN_MEANINGS[name])


def described_changes(view: View) -> View:
    fields: dict[str, Any] = {
        "since": serializers.CharField(help_text="the place behind what is told here: begin there the next time"),
        "next": serializers.URLField(allow_null=True, help_text="address that goes on, or null at the end of the log"),
        "results": PublicChangeSerializer(many=True),
    }
    told = "a place in the audit log: that of a dump (`laobrand.changes` of its datapackage.json), or of an answer"
    place = OpenApiParameter(
        "since", {"type": "string", "pattern": f"^{PLACE}$", "default": BEGINNING}, description=told
    )
    told = "entries of the log that the answer tells of, public or not"
    limit = OpenApiParameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": MOST}, description=told
    )
    answers = {(200, _JSON): inline_serializer("Changes", fields)} | _problems(400, 404, 429)
    return _get("list_changes", parameters=[place, limit], responses=answers)(view)


def described_search(kind: Kind, *, kinds: bool = True) -> Callable[[View], View]:
    parameters = [OpenApiParameter("q", dict(WORDS), description="words, as in the search box")]
    if kinds:
        parameters.append(OpenApiParameter("kind", str, enum=DocumentKind.values, description="only these"))
    answers = {(200, _JSON): kind} | _problems(400, 429)
    return _get(f"get_{_name(kind)}", parameters=parameters, responses=answers)
