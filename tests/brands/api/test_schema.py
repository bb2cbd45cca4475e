"""The description of the interface: it is valid, answers are as it says, and its examples are true."""

import itertools
import json
import os
import re
from typing import Any

import pytest
from django.test import Client, RequestFactory
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from brands.api.examples import FILE, examples
from brands.api.listed import LISTS
from brands.api.lists import cut
from brands.api.other_lists import EvidenceView, RegionsView
from brands.api.views import ListView
from brands.models import Article, Brand, Evidence, Program, Region, Statistic
from tests.brands.api.conftest import Ask
from tests.variables import ROOT

pytestmark = pytest.mark.django_db

# An address of each operation, with keys that the catalogue of the tests has.
ADDRESSES = {
    "list_brand": "/api/brands/?region=140000&limit=2",
    "get_brand": "/api/brands/{brand}/",
    "brands_history_retrieve": "/api/brands/{brand}/history/",
    "list_program": "/api/programs/?limit=2",
    "get_program": "/api/programs/{program}/",
    "programs_history_retrieve": "/api/programs/{program}/history/",
    "list_statistic": "/api/statistics/?metric=employment&scope=total&limit=2",
    "get_statistic": "/api/statistics/{statistic}/",
    "statistics_history_retrieve": "/api/statistics/{statistic}/history/",
    "list_article": "/api/articles/?limit=2",
    "get_article": "/api/articles/{article}/",
    "list_region": "/api/regions/?parent=140000",
    "get_region": "/api/regions/141100/",
    "list_evidence_of_fact": "/api/evidence/?brand={brand}&limit=2",
    "list_correction": "/api/corrections/?limit=2",
    "list_changes": "/api/changes/?limit=2",
    "get_search": "/api/search/?q=护工&kind=brand",
    "get_suggestions": "/api/suggestions/?q=吕梁",
}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
    return made


def operations(schema: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    return {operation["get"]["operationId"]: (path, operation["get"]) for path, operation in schema["paths"].items()}


def addresses(client: Client) -> dict[str, str]:
    """`ADDRESSES` with keys of records that say much."""
    found: dict[str, Any] = {}
    for kind in ("brand", "program", "statistic", "article"):
        rows = client.get(f"/api/{kind}s/").json()["results"]
        found[kind] = max(rows, key=lambda row: len(json.dumps(row)))["id"]
    return {name: address.format(**found) for name, address in ADDRESSES.items()}


def test_it_is_valid(schema: dict[str, Any]) -> None:
    validate_schema(schema)  # type: ignore[no-untyped-call]
    assert schema["openapi"] == "3.1.0"


def test_it_is_served_as_it_is(client: Client, schema: dict[str, Any]) -> None:
    response = client.get("/api/schema/")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json()["paths"].keys() == schema["paths"].keys()


def test_each_operation_is_told_of(schema: dict[str, Any]) -> None:
    assert operations(schema).keys() == ADDRESSES.keys()
    for _path, operation in operations(schema).values():
        assert operation["description"]
        assert all(one.get("description") for one in operation.get("parameters", ()) if one["in"] == "query")


@pytest.mark.usefixtures("catalogued")
def test_answers_are_as_it_says(client: Client, schema: dict[str, Any]) -> None:
    """Each field of each record stands in the description, and nothing else does."""
    for name, (_path, operation) in operations(schema).items():
        told = operation["responses"]["200"]["content"]["application/json"]["schema"]
        closed = _closed({**told, "components": schema["components"]})
        for address in (addresses(client)[name], *(["/api/brands/?facets=1"] if name == "list_brand" else [])):
            errors = [error.message for error in Draft202012Validator(closed).iter_errors(client.get(address).json())]
            assert not errors, (address, errors[:3])


@pytest.mark.usefixtures("catalogued")
def test_records_are_what_their_serializers_would_make() -> None:
    """They are written as plain dicts, as serializers take many times as long; what is declared stays what is told."""
    request = RequestFactory().get("/")
    made = {
        name: (source.made(request, list(source.rows()[:100])), view.serializer)
        for name, source in LISTS.items()
        for view in ListView.__subclasses__()
        if view.name == name
    }
    for plain in (RegionsView, EvidenceView):
        view = plain()
        made[plain.__name__] = view.made(Request(request), view.rows().order_by("pk")[:100]), plain.serializer
    assert len(made) == 6
    for name, (records, serializer) in made.items():
        assert records, name
        as_json = JSONRenderer().render([cut(record, serializer._declared_fields) for record in records])
        assert as_json == JSONRenderer().render(serializer(records, many=True).data), name


@pytest.mark.usefixtures("catalogued")
def test_addresses_of_records_are_those_of_their_pages(client: Client) -> None:
    models: dict[str, Any] = {
        "brands": Brand,
        "statistics": Statistic,
        "programs": Program,
        "articles": Article,
        "regions": Region,
    }
    for name, model in models.items():
        for record in client.get(f"/api/{name}/").json()["results"]:
            row = model.objects.get(pk=record.get("id") or record["adcode"])
            assert record["url"] == f"http://testserver{row.get_absolute_url()}"
    for record in client.get("/api/evidence/").json()["results"]:
        assert record["url"] == f"http://testserver{Evidence.objects.get(pk=record['id']).get_absolute_url()}"


def _closed(schema: Any) -> Any:
    """The schema with objects that may have no other fields."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _closed(part) for name, part in schema.items() if name != "examples"}
    return found | ({"additionalProperties": False} if "properties" in found else {})


@pytest.mark.usefixtures("catalogued")
def test_its_examples_are_true(client: Client, schema: dict[str, Any]) -> None:
    true = {
        name: {"address": address, "answer": _lasting(client.get(address).json())}
        for name, address in addresses(client).items()
    }
    if os.environ.get("LAOBRAND_EXAMPLES") == "write":
        FILE.write_text(json.dumps(true, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        examples.cache_clear()
    assert {name: example["address"] for name, example in examples().items()} == {
        name: one["address"] for name, one in true.items()
    }
    for name, example in examples().items():
        assert example["answer"] == true[name]["answer"], name
    for name, (_path, operation) in operations(schema).items():
        assert operation["responses"]["200"]["content"]["application/json"]["examples"], name


def _lasting(answer: Any) -> Any:
    """Without the times of the run, and without the numbers that the audit log gave its entries in it, nor places in
    it."""
    numbers = itertools.count(1)

    def entry(_match: re.Match[str]) -> str:
        return f'"id": {next(numbers)}, "at": "2026-01-01T08:00:00+08:00"'

    text = re.sub(r'"id": [0-9]+, "at": "[^"]+"', entry, json.dumps(answer))
    return json.loads(re.sub("[1-9][0-9]*-[0-9a-f]{8}", "2-00000000", text))


@pytest.mark.usefixtures("catalogued")
def test_the_page_to_try_it_on_names_it(client: Client) -> None:
    html = client.get("/api/docs/").content.decode()
    assert 'data-schema="/api/schema/"' in html
    assert "<style" not in html


def test_the_guide_for_people_tells_all_parameters_and_fields(ask: Ask, schema: dict[str, Any]) -> None:
    guide = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for path, operation in operations(schema).values():
        assert f"`{path}`" in guide, path
        for parameter in operation.get("parameters", ()):
            assert f"`{parameter['name']}`" in guide, (path, parameter["name"])
    for name in ("Brand", "Statistic", "Evidence", "Program", "Article", "Region", "Source"):
        for field in schema["components"]["schemas"][name]["properties"]:
            assert f"`{field}`" in guide, (name, field)
