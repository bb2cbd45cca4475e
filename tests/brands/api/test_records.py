"""Single records, what became of them, and searches."""

import pytest
from django.test import Client

from brands.audit.change_sets import at_first_change
from brands.audit.merge import MergeChoice, merge
from brands.listing import read_model
from brands.models import Article, Brand, Evidence, Program, Statistic
from brands.vocabulary.choices import ChangeSetKind, ReviewState, Scope
from tests.brands.api.conftest import Ask
from tests.brands.factories import article, brand, detail, program, regions, statistic

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("catalogued")
def test_a_brand_with_all_that_is_public_of_it(ask: Ask) -> None:
    row = Brand.objects.get(name="吕梁山护工")
    found = ask(f"brands/{row.pk}/")
    listed = next(one for one in ask("brands/")["results"] if one["id"] == row.pk)
    assert {name: found[name] for name in listed} == listed
    assert [one["id"] for one in found["statistics"]] == [
        one.pk for one in Statistic.objects.published().filter(brand=row).by_date()
    ]
    assert {one["id"] for one in found["evidence"]} == set(
        Evidence.objects.filter(brand=row).values_list("pk", flat=True)
    )
    assert found["aliases"] == sorted(row.aliases.values_list("name", flat=True))


def test_what_waits_or_was_rejected_is_in_no_record(ask: Ask, client: Client) -> None:
    made = brand("甲护工", source=article("甲护工有500人，也有人说600人。"))
    shown = statistic(made, 500, source=Article.objects.get(), phrase="500人")
    statistic(made, 600, source=Article.objects.get(), phrase="600人", confidence=0.3)
    hidden = brand("乙护工", review=ReviewState.REJECTED)
    assert [row["id"] for row in ask(f"brands/{made.pk}/")["statistics"]] == [shown.pk]
    assert client.get(f"/api/brands/{hidden.pk}/").status_code == 410
    assert {row["fact"]["key"] for row in ask("evidence/")["results"] if row["fact"]["type"] == "brand"} == {made.pk}


def test_no_record_refers_to_what_is_not_public(ask: Ask) -> None:
    waiting = brand("甲工匠", confidence=0.3)
    made = brand("甲护工", series=waiting)
    whole = statistic(made, 600, review=ReviewState.REJECTED)
    part = statistic(made, 500, whole=whole, scope=Scope.PART)
    first = article("与品牌无关。", relevant=False)
    reprint = article("与品牌无关的转载。", reprint_of=first)
    read_model.rebuild()
    assert ask(f"brands/{made.pk}/?fields=series") == {"series": None}
    assert ask(f"statistics/{part.pk}/?fields=whole") == {"whole": None}
    assert ask(f"articles/{reprint.pk}/?fields=reprint_of") == {"reprint_of": None}
    Brand.objects.filter(pk=waiting.pk).update(confidence=0.9)
    Statistic.objects.filter(pk=whole.pk).update(review=ReviewState.CONFIRMED)
    Article.objects.filter(pk=first.pk).update(relevant=True)
    read_model.rebuild()
    assert ask(f"brands/{made.pk}/?fields=series") == {"series": waiting.pk}
    assert ask(f"statistics/{part.pk}/?fields=whole") == {"whole": whole.pk}
    assert ask(f"articles/{reprint.pk}/?fields=reprint_of") == {"reprint_of": first.pk}


def test_a_brand_that_was_merged_leads_to_the_other(client: Client, ask: Ask) -> None:
    kept, gone = brand("甲护工"), brand("乙护工")
    number = gone.pk
    merge(Brand, kept.pk, number, MergeChoice(), author=None, why="")
    response = client.get(f"/api/brands/{number}/")
    assert (response.status_code, response.headers["Location"]) == (301, f"http://testserver/api/brands/{kept.pk}/")
    assert "乙护工" in ask(f"brands/{kept.pk}/")["aliases"]


@pytest.mark.usefixtures("catalogued")
def test_a_program_with_what_it_concerns(ask: Ask) -> None:
    row = Program.objects.get(kind="policy")
    found = ask(f"programs/{row.pk}/")
    assert found["name"] == row.name
    assert {one["id"] for one in found["brands"]} == set(row.brands.values_list("pk", flat=True))
    assert {one["adcode"] for one in found["regions"]} == set(row.regions.values_list("adcode", flat=True))


@pytest.mark.usefixtures("catalogued")
def test_an_article_with_its_sentences_but_not_its_text(client: Client, ask: Ask) -> None:
    row = Article.objects.get(title="护工走出大山")
    found = ask(f"articles/{row.pk}/")
    assert [one["id"] for one in found["evidence"]] == list(
        Evidence.objects.public().filter(article=row).order_by("start", "pk").values_list("pk", flat=True)
    )
    assert row.page.text not in client.get(f"/api/articles/{row.pk}/").content.decode()


def test_history_tells_public_fields_alone(ask: Ask) -> None:
    made = brand("甲护工")
    with at_first_change(ChangeSetKind.EDIT):
        made.level, made.confidence = "county", 0.8
        made.save()
    with at_first_change(ChangeSetKind.REVIEW):
        made.confidence = 0.9
        made.save()
    newest, first = ask(f"brands/{made.pk}/history/")["results"]
    assert (newest["action"], newest["reason"], newest["by_person"]) == ("~", "edit", False)
    assert newest["changes"] == [{"field": "level", "old": None, "new": "county"}]
    assert first["action"] == "+"
    assert {"field": "name", "old": None, "new": "甲护工"} in first["changes"]


def test_history_of_what_is_not_public_is_no_record(client: Client) -> None:
    hidden = statistic(regions()["140000"], 5, confidence=0.4)
    assert client.get(f"/api/statistics/{hidden.pk}/history/").status_code == 404


@pytest.mark.usefixtures("catalogued")
def test_a_search_finds_what_the_page_finds(ask: Ask) -> None:
    found = ask("search/?q=护工")
    first = found["groups"][0]
    assert first["type"] == "brand"
    assert any(hit["name"] == "吕梁山护工" for hit in first["hits"])
    assert [group["type"] for group in ask("search/?q=护工&kind=article")["groups"]] == ["article"]
    assert ask("search/?q=" + "护" * 3000)["complaints"]
    assert [one["name"] for one in ask("suggestions/?q=吕梁")["suggestions"]]
    assert ask("suggestions/")["suggestions"] == []


def test_statements_do_not_grow_with_the_rows(client: Client, django_assert_max_num_queries: object) -> None:
    regions()
    for number in range(30):
        made = brand(f"工匠{number}")
        detail(made, "trade", f"工种{number}")
        statistic(made, number + 20)
        program(f"方案{number}")
    read_model.rebuild()
    for name in ("brands", "programs", "statistics", "articles", "evidence", "regions"):
        with django_assert_max_num_queries(16):  # type: ignore[operator]
            assert client.get(f"/api/{name}/").status_code == 200
