"""Lists of the interface: the rows, counts and order of the pages, for each filter; and paging without an end."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from brands.api import lists
from brands.listing import ArticleList, BrandList, Listing, ProgramList, StatisticList, read_model
from brands.models import Brand, Evidence, Program, Region, Statistic
from brands.vocabulary.choices import Scope
from tests.brands.api.conftest import Ask
from tests.brands.factories import article, bear_out, brand, program, regions, statistic

pytestmark = pytest.mark.django_db

LISTS: dict[str, type[Listing]] = {
    "brands": BrandList,
    "programs": ProgramList,
    "statistics": StatisticList,
    "articles": ArticleList,
}


def keys(answer: dict[str, list[dict[str, int]]]) -> list[int]:
    return [row["id"] for row in answer["results"]]


def states(kind: type[Listing]) -> Iterator[str]:
    """An address's query for each value of each facet of a list, and for each order."""
    listing = kind(QueryDict(""))
    for name, rule in listing.filters.items():
        if rule.faceted:
            yield from (f"{name}={value}" for value in listing.counts(name) if value in rule.field.names([value]))
    yield from (f"sort={name}" for name in listing.ways)
    yield from (f"{name}=1000" for name in listing.filters if name.endswith(("_min", "_max")))


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.usefixtures("catalogued")
def test_rows_are_those_of_the_page_for_each_filter_and_order(ask: Ask, name: str) -> None:
    tried = 0
    for query in states(LISTS[name]):
        listing = LISTS[name](QueryDict(query))
        assert not listing.complaints
        answer = ask(f"{name}/?{query}")
        assert answer["count"] == listing.total(), query
        assert keys(answer) == [getattr(row, "pk", row) for row in listing.slice(0, 100)], query
        tried += 1
    assert tried > 4


@pytest.mark.usefixtures("catalogued")
def test_a_search_and_its_order(ask: Ask) -> None:
    listing = BrandList(QueryDict("q=护工"))
    assert keys(ask("brands/?q=护工")) == listing.matching.pks[:100]
    assert keys(ask("brands/?q=护工&sort=pinyin")) == sorted(listing.matching.pks, key=listing.matching.pks.index)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.usefixtures("catalogued")
def test_pages_of_one_go_on_until_all_are_read(client: Client, ask: Ask, name: str) -> None:
    for query in ("", *(f"sort={order}" for order in LISTS[name].orders if order != "relevance")):
        whole = keys(ask(f"{name}/?{query}"))
        address, found = f"/api/{name}/?limit=1&{query}", []
        while address:
            answer = client.get(address).json()
            found += keys(answer)
            parts = urlsplit(answer["next"] or "")
            address = f"{parts.path}?{parts.query}" if parts.query else ""
        assert found == whole, query


def test_pages_of_rows_that_have_no_value_to_sort_by(client: Client, ask: Ask) -> None:
    """They come last, and both parts are read to their ends."""
    regions()
    for number in range(5):
        made = brand(f"工匠{number}")
        if number % 2:
            statistic(made, 1000 * number, metric="per_capita_income", unit="元/月")
    read_model.rebuild()
    for order in ("income", "income_asc", "headcount", "place", "oldest"):
        whole = keys(ask(f"brands/?sort={order}"))
        after = ""
        found: list[int] = []
        while len(found) < len(whole):
            found += keys(ask(f"brands/?sort={order}&limit=2{after}"))
            after = f"&after={found[-1]}"
        assert found == whole, order
        assert ask(f"brands/?sort={order}&limit=2{after}")["next"] is None


def test_a_page_of_a_number(ask: Ask) -> None:
    regions()
    for number in range(5):
        brand(f"工匠{number}")
    read_model.rebuild()
    answer = ask("brands/?page=2&limit=2&industry=care")
    assert [row["name"] for row in answer["results"]] == ["工匠2", "工匠3"]
    assert answer["next"].startswith("http://testserver/api/brands/?industry=care&limit=2&after=")
    first = ask("brands/?limit=1")["results"][0]["id"]
    assert [row["name"] for row in ask(f"brands/?after={first}&page=2&limit=2")["results"]] == ["工匠3", "工匠4"]


@pytest.mark.usefixtures("catalogued")
def test_one_facet_alone_and_values_by_their_words(ask: Ask) -> None:
    whole = ask("brands/?facets=1")["facets"]
    assert ask("brands/?facet=industry")["facets"] == {"industry": whole["industry"]}
    for query, alone in (("find=护理", False), ("facet=industry&find=护理&facets=1", True)):
        found = ask(f"brands/?{query}")["facets"]
        assert (found.keys() == {"industry"}) == alone, query
        assert [one["label"] for one in found["industry"]["values"]] == ["养老护理"], query


@pytest.mark.usefixtures("catalogued")
def test_facets_are_told_on_demand(client: Client, ask: Ask) -> None:
    assert "facets" not in ask("brands/")
    facet = ask("brands/?facets=1&region=140000&industry=care")["facets"]["industry"]
    values = {value["value"]: value for value in facet["values"]}
    assert {value: values[value]["count"] for value in values} == {"domestic_service": 2, "care": 1}
    assert values["care"]["selected"]
    for value in values.values():
        assert client.get(value["url"]).json()["count"] == value["count"]


@pytest.mark.usefixtures("catalogued")
def test_only_the_fields_that_are_asked_for(ask: Ask) -> None:
    answer = ask("brands/?fields=level,name&limit=1")
    assert [list(row) for row in answer["results"]] == [["name", "level"]]
    assert "fields=name%2Clevel" in answer["next"]
    assert list(ask(f"brands/{Brand.objects.all()[0].pk}/?fields=aliases")) == ["aliases"]


@pytest.mark.usefixtures("catalogued")
def test_divisions_by_what_holds_them(ask: Ask) -> None:
    answer = ask("regions/?parent=140000")
    assert [row["adcode"] for row in answer["results"]] == ["140200", "141100"]
    assert ask("regions/?level=province&limit=1&after=140000")["results"][0]["adcode"] == "420000"
    assert ask("regions/")["count"] == Region.objects.count()
    province = ask("regions/140000/")
    assert [row["adcode"] for row in province["children"]] == ["140200", "141100"]
    assert province["brands"] == BrandList(QueryDict("region=140000")).total()
    assert [row["adcode"] for row in ask("regions/141102/")["lineage"]] == ["140000", "141100"]


@pytest.mark.usefixtures("catalogued")
def test_evidence_by_itself(ask: Ask) -> None:
    all_of_it = ask("evidence/")
    assert all_of_it["count"] == len(all_of_it["results"]) == Evidence.objects.public().count()
    for row in all_of_it["results"]:
        page = Evidence.objects.get(pk=row["id"]).article.page.text
        assert page[row["start"] : row["end"]] == row["words"]
        assert page[row["sentence_start"] : row["sentence_end"]] == row["sentence"]
        assert row["words"] in row["sentence"]
    fact = all_of_it["results"][0]["fact"]
    of_it = ask(f"evidence/?{fact['type']}={fact['key']}")
    assert of_it["results"]
    assert {(row["fact"]["type"], row["fact"]["key"]) for row in of_it["results"]} == {(fact["type"], fact["key"])}
    first = all_of_it["results"][0]["id"]
    assert ask(f"evidence/?after={first}&limit=1")["results"] == all_of_it["results"][1:2]


def test_a_statistic_says_what_it_measures_and_by_which_words(ask: Ask) -> None:
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
    (result,) = ask("statistics/?metric=employment")["results"]
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
    assert (quote["words"], quote["scope_words"], quote["article"]["publisher"]) == ("1200.5人", ["新增"], "县报")
    assert quote["url"].startswith("http://testserver/articles/")


def test_the_largest_page_is_as_large_as_it_says(monkeypatch: pytest.MonkeyPatch, ask: Ask) -> None:
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    for number in range(3):
        program(f"方案{number}")
    answer = ask("programs/")
    assert (answer["count"], len(answer["results"]), bool(answer["next"])) == (3, 2, True)
    assert Program.objects.count() == 3
    assert Statistic.objects.count() == 0
