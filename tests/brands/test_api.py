"""The lists of brands and statistics as JSON: what docs/api.md says, and the same as the pages."""

import re
from typing import Any

import pytest
from django.test import Client

from brands.listing import BrandList, StatisticList, read_model
from brands.models import Brand, Statistic
from brands.vocabulary.choices import Scope
from tests.brands.factories import article, bear_out, brand, regions, statistic
from tests.variables import ROOT

pytestmark = pytest.mark.django_db

DOC = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def ask(client: Client, query: str = "") -> dict[str, Any]:
    response = client.get(f"/api/brands/{query}")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    answer: dict[str, Any] = response.json()
    return answer


def listed(title: str, table: int = 0) -> list[str]:
    """The names in the first column of a table below a heading."""
    section = DOC.split(f"## {title}\n")[1].split("\n## ")[0]
    tables = re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE)
    return re.findall(r"^\| `(\w+)` \|", tables[table], re.MULTILINE)


def test_the_documented_parameters_are_those_that_there_are() -> None:
    assert listed("Parameters") == [*BrandList.base_filters, "sort", "facet", "find", "page"]


@pytest.mark.usefixtures("catalogued")
def test_the_documented_fields_are_those_of_the_answer(client: Client) -> None:
    answer = ask(client)
    assert listed("The answer") == list(answer)
    assert sorted(listed("The answer", 1)) == sorted(answer["results"][0])


@pytest.mark.parametrize("name", [name for name in listed("Parameters") if name in BrandList.base_filters])
@pytest.mark.usefixtures("catalogued")
def test_every_documented_parameter_is_understood(client: Client, name: str) -> None:
    """A value that can't be is told under the parameter's name, or selects nothing; an unknown parameter is unknown."""
    known = ask(client, f"?{name}=不会有")
    assert not any("无法识别参数" in told for told in known["complaints"])
    assert known["complaints"] or known["count"] == 0
    assert any("无法识别参数" in told for told in ask(client, f"?{name}x=1")["complaints"])


@pytest.mark.usefixtures("catalogued")
def test_results_counts_and_facets(client: Client) -> None:
    answer = ask(client, "?region=140000&industry=care")
    assert (answer["count"], answer["page"], answer["pages"], answer["next"], answer["previous"]) == (
        1,
        1,
        1,
        None,
        None,
    )
    found = answer["results"][0]
    assert found["url"] == "http://testserver" + Brand.objects.get(name="吕梁山护工").get_absolute_url()
    assert (found["name"], found["place"], found["headcount"], found["income"]) == (
        "吕梁山护工",
        "山西吕梁",
        90000,
        None,
    )
    assert (found["category"], found["year"], found["newest_report"]) == (None, None, "2025-11-19")
    values = {value["value"]: value for value in answer["facets"]["industry"]["values"]}
    assert {value: values[value]["count"] for value in values} == {"domestic_service": 2, "care": 1}
    assert values["care"]["selected"]
    for value in values.values():
        assert ask(client, value["url"].removeprefix("http://testserver/api/brands/"))["count"] == value["count"]


def test_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("brands.api.PAGE_SIZE", 2)
    regions()
    for number in range(5):
        brand(f"工匠{number}")
    read_model.rebuild()
    answer = ask(client, "?page=2&industry=care")
    assert [row["name"] for row in answer["results"]] == ["工匠2", "工匠3"]
    assert answer["next"] == "http://testserver/api/brands/?industry=care&page=3"
    assert answer["previous"] == "http://testserver/api/brands/?industry=care"
    monkeypatch.setattr("brands.api.DEEPEST", 2)
    assert ask(client, "?page=99")["page"] == ask(client)["pages"] == 2
    assert ask(client, "?page=99")["next"] is None


def test_nothing_may_be_posted(client: Client) -> None:
    assert client.post("/api/brands/").status_code == 405


@pytest.mark.usefixtures("catalogued")
def test_statistics_are_documented(client: Client) -> None:
    answer = client.get("/api/statistics/").json()
    assert listed("Statistics") == [*StatisticList.base_filters, "sort", "page"]
    assert list(answer) == listed("The answer")
    assert answer["count"] == len(answer["results"]) == Statistic.objects.published().count()
    for result in answer["results"]:
        assert listed("Statistics", 1) == list(result)
    assert client.get("/api/statistics/?scope=none").json()["complaints"]


def test_a_statistic_says_what_it_measures_and_by_which_words() -> None:
    source = article("据县报，今年新 增1200.5人，比去年多。")
    row = statistic(
        regions()["140000"],
        "1200.5",
        source=source,
        phrase="1200.5人",
        scope=Scope.NEW,
        as_of="2024-05",
        as_of_basis="published",
    )
    bear_out(row, source, "新 增", field="scope")
    hidden = statistic(regions()["140000"], 5, confidence=0.4)
    (result,) = Client().get("/api/statistics/?metric=employment").json()["results"]
    assert result["id"] == row.pk != hidden.pk
    assert result["subject"] == {"type": "region", "key": "140000", "name": "山西"}
    told = {name: result[name] for name in ("value", "value_max", "scope", "as_of", "as_of_basis", "whole", "per")}
    assert told == {
        "value": 1200.5,
        "value_max": None,
        "scope": "new",
        "as_of": "2024-05",
        "as_of_basis": "published",
        "whole": None,
        "per": None,
    }
    (quote,) = result["evidence"]
    assert (quote["words"], quote["scope_words"], quote["publisher"]) == ("1200.5人", ["新增"], "县报")
    assert quote["url"].startswith("http://testserver/articles/")
