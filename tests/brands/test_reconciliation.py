"""Names in somebody's table, matched as OpenRefine asks: its manifest, its batches, its suggestions."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from jsonschema import Draft202012Validator
from pytest_django import Settings

from brands.listing.sync import gathered
from brands.models import Brand, BrandAlias, Card, Region
from brands.reconciliation.properties import PROPERTIES
from brands.reconciliation.requests import MOST_CANDIDATES, MOST_QUERIES, MOST_RECORDS, PROPERTIES_TO_MATCH
from tests.brands.factories import brand, regions, statistic
from tests.brands.reconciliation_protocol import PROTOCOL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """No test is told that another one has asked too much."""
    cache.clear()


@pytest.fixture
def carers() -> dict[str, Brand]:
    places = regions()
    Region.objects.filter(pk="141102").update(pinyin="lishi")
    with gathered():
        made = {
            "lüliang": brand("吕梁山护工", region=places["141100"], industry="care", level="provincial"),
            "lishi": brand("离石护工", region=places["141102"], industry="care"),
            "qianjiang": brand("离石护工", region=places["429005"]),
        }
        statistic(made["lüliang"], 90_000, as_of="2025-11", qualifier="over")
        BrandAlias.objects.create(brand=made["lishi"], name="离石大姐")
    return made


def matched(client: Client, **asked: Any) -> list[dict[str, Any]]:
    """The candidates of one query, sent as OpenRefine sends it."""
    response = client.post("/reconcile/", {"queries": json.dumps({"q0": asked})})
    assert response.status_code == 200, response.content
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found: list[dict[str, Any]] = response.json()["q0"]["result"]
    return found


def shown(found: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    return [(one["id"], one["match"]) for one in found]


def test_the_manifest_says_what_there_is(client: Client, carers: dict[str, Brand]) -> None:
    told = client.get("/reconcile/").json()
    assert told["versions"] == ["0.2"]
    assert {"name", "identifierSpace", "schemaSpace"} <= set(told)
    assert [one["id"] for one in told["defaultTypes"]] == ["brand", "region"]
    identifier = f"brands/{carers['lüliang'].pk}"
    page = told["view"]["url"].replace("{{id}}", identifier)
    assert client.get(page, follow=True).context["brand"] == carers["lüliang"]
    for service in (*told["suggest"].values(), told["extend"]["propose_properties"]):
        assert client.get(service["service_url"] + service["service_path"]).status_code == 200
    for one in (identifier, "regions/141100"):
        frame = client.get(told["preview"]["url"].replace("{{id}}", one), follow=True)
        assert frame.status_code == 200
        assert "X-Frame-Options" not in frame.headers
        assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert client.get("/reconcile/preview/?id=brands/999999", follow=True).status_code == 404
    assert client.get("/reconcile/preview/?id=articles/1").status_code == 404


def test_a_name_is_matched(client: Client, carers: dict[str, Brand]) -> None:
    found = matched(client, query="吕梁山护工")
    assert found[0] | {"features": []} == {
        "id": f"brands/{carers['lüliang'].pk}",
        "name": "吕梁山护工",
        "type": [{"id": "brand", "name": "劳务品牌"}],
        "description": "山西吕梁 养老护理",
        "score": 100.0,
        "match": True,
        "features": [],
    }
    assert all(not one["match"] for one in found[1:])
    assert shown(matched(client, query="“吕梁山护工” "))[0] == (f"brands/{carers['lüliang'].pk}", True), (
        "marks say nothing"
    )


def test_sounds_are_proposed_and_not_matched(client: Client, carers: dict[str, Brand]) -> None:
    found = matched(client, query="lvliangshan hugong")
    assert shown(found)[0] == (f"brands/{carers['lüliang'].pk}", False)
    assert found[0]["score"] == 80


@pytest.mark.parametrize(
    ("written", "score"),
    [
        ("吕良山护工", 64),  # a character wrong
        ("吕梁护工山", 72),  # another order
        ("护工吕梁山", 72),
        ("吕梁山的护工", 72.7),  # one too many
        ("吕梁山工", 71.1),  # one missing
    ],
)
def test_a_slip_is_proposed_and_not_matched(
    client: Client, carers: dict[str, Brand], written: str, score: float
) -> None:
    found = matched(client, query=written)
    assert (found[0]["id"], found[0]["score"]) == (f"brands/{carers['lüliang'].pk}", score)
    assert not any(one["match"] for one in found)


def test_a_name_behind_its_place_is_matched(client: Client, carers: dict[str, Brand]) -> None:
    for written, name in (
        ("山西省吕梁市 吕梁山护工", "lüliang"),
        ("吕梁市-离石护工", "lishi"),
        ("离石区护工", "lishi"),
    ):
        found = matched(client, query=written)
        assert (shown(found)[0], found[0]["score"]) == ((f"brands/{carers[name].pk}", True), 95), written
    found = matched(client, query="潜江市吕梁山护工")
    assert not found[0]["match"], "it lies elsewhere"


def test_a_name_without_its_place_is_proposed_first(client: Client, carers: dict[str, Brand]) -> None:
    found = matched(client, query="护工", properties=[{"pid": "region", "v": "离石"}])
    assert (shown(found)[0], found[0]["score"]) == ((f"brands/{carers['lishi'].pk}", False), 85)


def test_of_many_that_are_alike_the_ones_of_the_place_are_looked_at(client: Client) -> None:
    places = regions()
    with gathered():
        for number in range(60):
            brand(f"甲{chr(0x4E00 + number)}绣娘", region=places["141100"])
        wanted = brand("乙竹绣娘", region=places["429005"])
    found = matched(client, query="甲竹绣娘", properties=[{"pid": "region", "v": "潜江"}])
    assert found[0]["id"] == f"brands/{wanted.pk}"


def test_another_name_is_matched_where_the_place_agrees(client: Client, carers: dict[str, Brand]) -> None:
    found = matched(client, query="离石大姐")
    assert shown(found)[0] == (f"brands/{carers['lishi'].pk}", False)
    assert found[0]["score"] == 90
    for place, agrees in (("离石", True), ("潜江", False)):
        found = matched(client, query="离石大姐", properties=[{"pid": "region", "v": place}])
        assert shown(found)[0] == (f"brands/{carers['lishi'].pk}", agrees)


def test_a_match_is_judged_before_the_list_is_cut(client: Client, carers: dict[str, Brand]) -> None:
    assert [one["match"] for one in matched(client, query="离石护工", limit=1)] == [False]
    assert [one["match"] for one in matched(client, query="吕梁山护工", limit=1)] == [True]


def test_traditional_characters_are_read(client: Client, carers: dict[str, Brand]) -> None:
    assert shown(matched(client, query="呂梁山護工"))[0] == (f"brands/{carers['lüliang'].pk}", True)


@pytest.mark.parametrize(
    "place",
    ["离石", "山西省吕梁市离石区", "141100", "lishi", "山西-吕梁·离石", {"id": "regions/141102"}, ["潜江市x", "山西"]],
)
def test_of_two_of_one_name_the_place_says_which(client: Client, carers: dict[str, Brand], place: Any) -> None:
    both = [f"brands/{carers[name].pk}" for name in ("lishi", "qianjiang")]
    assert sorted(shown(matched(client, query="离石护工"))[:2]) == sorted((one, False) for one in both)
    found = matched(client, query="离石护工", properties=[{"pid": "region", "v": place}])
    assert shown(found)[:2] == [(both[0], True), (both[1], False)]
    assert [one["features"] for one in found[:2]] == [
        [{"id": "region", "value": True}],
        [{"id": "region", "value": False}],
    ]


@pytest.mark.parametrize(
    ("pid", "value", "agrees"),
    [
        ("industry", "养老护理", True),
        ("industry", "care", True),
        ("industry", "Care for the elderly", True),
        ("industry", "餐饮", False),
        ("level", "省级", True),
        ("level", "national", False),
        ("year", 2024, False),
    ],
)
def test_other_properties_agree_or_not(
    client: Client, carers: dict[str, Brand], pid: str, value: object, agrees: bool
) -> None:
    found = matched(client, query="吕梁山护工", type="brand", properties=[{"pid": pid, "v": value}])
    assert (found[0]["score"], found[0]["match"]) == ((100, True) if agrees else (50, False))
    assert found[0]["features"] == [{"id": pid, "value": agrees}]


def test_a_division_is_matched_and_brands_by_their_place_alone(client: Client, carers: dict[str, Brand]) -> None:
    assert shown(matched(client, query="吕梁市", type="region"))[0] == ("regions/141100", True)
    found = matched(client, properties=[{"pid": "region", "v": "吕梁"}])
    assert {one["id"] for one in found} == {f"brands/{carers[name].pk}" for name in ("lüliang", "lishi")}
    assert not any(one["match"] for one in found)


def test_what_is_not_public_is_no_candidate(client: Client, carers: dict[str, Brand]) -> None:
    hidden = carers["lüliang"]
    hidden.review = "rejected"
    hidden.save()
    assert not Card.objects.filter(pk=hidden.pk).exists()
    assert f"brands/{hidden.pk}" not in [one["id"] for one in matched(client, query="吕梁山护工")]
    extended = client.post(
        "/reconcile/", {"extend": json.dumps({"ids": [f"brands/{hidden.pk}"], "properties": [{"id": "level"}]})}
    )
    assert extended.json()["rows"] == {f"brands/{hidden.pk}": {"level": []}}


def test_records_are_extended(client: Client, carers: dict[str, Brand]) -> None:
    ids = [f"brands/{carers['lüliang'].pk}", "regions/141102", "nonsense", "brands/99999999999"]
    asked = {"ids": ids, "properties": [{"id": name} for name in PROPERTIES]}
    told = client.post("/reconcile/", {"extend": json.dumps(asked)}).json()
    assert [one["id"] for one in told["meta"]] == list(PROPERTIES)
    assert list(told["rows"]) == ids
    found = told["rows"][ids[0]]
    assert found["region"] == [{"id": "regions/141100", "name": "吕梁市"}]
    assert found["industry"] == [{"str": "养老护理"}]
    assert (found["people"], found["people_year"]) == ([{"str": "超 9 万人"}], [{"int": 2025}])
    assert found["pay"] == []
    assert told["rows"][ids[1]]["within"] == [{"id": "regions/141100", "name": "吕梁市"}]
    assert told["rows"][ids[1]]["brands"] == [{"int": 1}]
    assert all(not any(told["rows"][one].values()) for one in ids[2:])


def test_suggestions(client: Client, carers: dict[str, Brand]) -> None:
    def names(kind: str, prefix: str) -> list[str]:
        return [one["name"] for one in client.get(f"/reconcile/suggest/{kind}/", {"prefix": prefix}).json()["result"]]

    assert "吕梁山护工" in names("entity", "吕梁")
    assert names("entity", "") == []
    assert names("type", "品牌") == ["劳务品牌"]
    assert names("property", "industry") == ["行业"]
    offered = client.get("/reconcile/properties/?type=region").json()["properties"]
    assert [one["id"] for one in offered] == ["adcode", "within", "brands"]
    assert set(PROPERTIES_TO_MATCH) <= set(PROPERTIES)


@pytest.mark.parametrize(
    ("sent", "at"),
    [
        ({"queries": "{"}, "queries"),
        ({"queries": '{"\\ud800": {"query": "a"}}'}, "queries"),
        ({"extend": '{"ids": ["\\ud800"], "properties": []}'}, "extend"),
        ({"queries": "[" * 100_000}, "queries"),
        ({"queries": "[]"}, "queries"),
        ({"queries": json.dumps({"q": {"query": "a", "properties": [{"pid": "region"}]}})}, "queries.q.properties.0"),
        ({"queries": json.dumps({"q": {"query": 5}})}, "queries.q.query"),
        ({"queries": json.dumps({"q": {}})}, "queries.q"),
        ({"queries": json.dumps({"q": {"query": "a", "limit": 0}})}, "queries.q.limit"),
        ({"queries": '{"q": {"query": "a", "limit": NaN}}'}, "queries.q.limit"),
        ({"queries": json.dumps({"q": {"query": "a", "type": 3}})}, "queries.q.type"),
        ({"queries": json.dumps({str(n): {"query": "a"} for n in range(MOST_QUERIES + 1)})}, "queries"),
        ({"extend": "{}"}, "extend.ids"),
        ({"extend": json.dumps({"ids": ["a"] * (MOST_RECORDS + 1), "properties": []})}, "extend.ids"),
        ({"extend": json.dumps({"ids": [], "properties": [{"id": "colour"}]})}, "extend.properties"),
        ({"extend": "{}", "queries": "{}"}, "extend"),
        ({}, "queries"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(client: Client, sent: dict[str, str], at: str) -> None:
    response = client.post("/reconcile/", sent)
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")
    assert [one["parameter"] for one in response.json()["errors"]] == [at]


def test_a_cell_that_is_blank_or_no_name_leaves_the_others_their_answers(
    client: Client, carers: dict[str, Brand]
) -> None:
    asked = {"a": {"query": ""}, "b": {"query": " "}, "c": {"query": "护工" * 100}, "d": {"query": "吕梁山护工"}}
    told = client.post("/reconcile/", {"queries": json.dumps(asked)}).json()
    assert [len(told[key]["result"]) for key in "abc"] == [0, 0, 0]
    assert told["d"]["result"][0]["match"]


def test_answers_have_the_form_of_the_protocol(client: Client, carers: dict[str, Brand]) -> None:
    ids = [f"brands/{one.pk}" for one in carers.values()] + ["regions/141102", "regions/140000"]
    asked = [
        {"query": "护工"},
        {"query": "离石", "type": "region"},
        {"query": "离石护工", "type": ["brand"], "limit": 2},
    ]
    asked += [{"query": "吕梁山护工", "properties": [{"pid": "region", "v": ["吕梁", {"id": "regions/140000"}]}]}]
    asked += [
        {"query": "护工", "type_strict": "any", "properties": [{"pid": "year", "v": 2024}, {"pid": "x", "v": True}]}
    ]
    queries = json.dumps({f"q{at}": one for at, one in enumerate(asked)})
    extend = json.dumps({"ids": ids, "properties": [{"id": name, "settings": {}} for name in PROPERTIES]})
    told = [
        ("manifest", client.get("/reconcile/")),
        ("matched", client.post("/reconcile/", {"queries": queries})),
        ("matched", client.get("/reconcile/", {"queries": queries})),
        ("extended", client.post("/reconcile/", {"extend": extend})),
        *(
            ("suggested", client.get(f"/reconcile/suggest/{kind}/?prefix=吕"))
            for kind in ("entity", "property", "type")
        ),
        *(("proposed", client.get(f"/reconcile/properties/?type={kind}&limit=3")) for kind in ("brand", "region")),
    ]
    for form, response in told:
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith("application/json")
        Draft202012Validator(PROTOCOL[form]).validate(response.json())


def test_batches_are_no_forms(client: Client, carers: dict[str, Brand], settings: Settings) -> None:
    settings.FORM_REQUESTS = 1
    for _ in range(3):
        assert matched(client, query="吕梁山护工")


def test_a_batch_may_come_in_the_address_and_no_limit_is_passed(client: Client, carers: dict[str, Brand]) -> None:
    asked = json.dumps({"a": {"query": "护工", "limit": 9_999}, "b": {"query": "-", "type": "person"}})
    told = client.get("/reconcile/", {"queries": asked}).json()
    assert 0 < len(told["a"]["result"]) <= MOST_CANDIDATES
    assert told["b"]["result"] == []
    assert client.post("/reconcile/", "{}", content_type="application/json").status_code in {400, 415}
