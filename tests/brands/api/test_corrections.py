"""Readers' reports that staff took over: what is told of them, and what never is."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client
from jsonschema import Draft202012Validator
from rest_framework.renderers import JSONRenderer

from brands.api.serializers import CorrectionSerializer
from brands.corrections import take
from brands.listing.sync import gathered
from brands.models import Brand, Correction
from brands.vocabulary.choices import ReviewState
from curation.review.reports import adopt, decline, report_of
from tests.brands.api.conftest import Ask
from tests.brands.factories import article, brand, regions, statistic

pytestmark = pytest.mark.django_db

# What a reader may have written that is nobody's business.
PRIVATE = {
    "wrong": "我是张某，住在某村，级别不对",
    "right": "省级，找我核实",
    "seen_at": "某人的日记",
    "contact": "13800000000",
}


@pytest.fixture
@gathered()
def made() -> Brand:
    return brand("吕梁山护工", region=regions()["141100"])


@pytest.fixture
def boss() -> User:
    return User.objects.create_superuser("boss", password="x")


def report(about: str) -> Correction:
    return take(about, PRIVATE, visitor="192.0.2.1")


def adopted(boss: User, made: Brand) -> Correction:
    found = report(f"brand:{made.pk}.level")
    opened = report_of(found).form()
    assert opened is not None
    form = adopt(boss, report_of(found), {"level": "provincial", "opened": opened["opened"].value()})
    assert form is not None
    assert not form.errors
    return found


def test_what_was_and_what_became_of_it_and_nothing_of_the_reader(
    ask: Ask, client: Client, boss: User, made: Brand
) -> None:
    found = adopted(boss, made)
    answer = ask("corrections/")
    (record,) = answer["results"]
    assert (answer["count"], answer["next"]) == (1, None)
    assert (record["id"], record["about"], record["field"]) == (
        found.pk,
        {"type": "brand", "key": str(made.pk)},
        "level",
    )
    assert (record["was"], record["became"]) == ("未收录", "级别由“未收录”改为“省级”")
    assert record["reported_at"] <= record["closed_at"]
    found.refresh_from_db()
    found.note = "他打过电话"
    found.save()
    assert ask("corrections/") == answer, "later notes are for staff"
    told = json.dumps(answer, ensure_ascii=False)
    assert not [words for words in (*PRIVATE.values(), "张某", "192.0.2.1", "boss") if words in told]
    history = ask(f"brands/{made.pk}/history/")["results"]
    assert record["change_set"] in {entry["change_set"] for entry in history}
    assert client.get(record["url"], follow=True).status_code == 200


def test_others_are_not_told(ask: Ask, boss: User, made: Brand) -> None:
    decline(boss, report(f"brand:{made.pk}.level"), "一致")
    report(f"brand:{made.pk}")
    assert ask("corrections/")["results"] == []
    adopted(boss, made)
    assert len(ask("corrections/")["results"]) == 1
    Brand.objects.filter(pk=made.pk).update(review=ReviewState.REJECTED)
    assert ask("corrections/")["count"] == 0, "what is no longer public is not told of"


def test_a_report_that_is_closed_is_told_at_once(ask: Ask, client: Client, boss: User, made: Brand) -> None:
    """Though no data has changed, by whose version answers are kept."""
    assert ask("corrections/")["results"] == []
    Correction.objects.create(about=f"brand:{made.pk}", label="x", wrong="y", done=True, outcome="adopted")
    assert ask("corrections/")["count"] == 1
    assert client.get("/api/corrections/").headers["Cache-Control"] == "no-store"


def test_they_are_chosen_by_kind_and_read_page_by_page(ask: Ask, client: Client, boss: User, made: Brand) -> None:
    number = statistic(made, 90, source=article("共90人。"))
    for about in (f"brand:{made.pk}", f"statistic:{number.pk}", "region:141100", "article:1", "brand:999", ""):
        Correction.objects.create(about=about, label="x", wrong="y", done=True, outcome="adopted")
    kinds = [record["about"]["type"] for record in ask("corrections/")["results"]]
    assert kinds[:3] == ["brand", "statistic", "region"]
    assert [record["about"]["type"] for record in ask("corrections/?type=statistic")["results"]] == ["statistic"]
    first = ask("corrections/?limit=1")
    assert client.get(first["next"]).json()["results"][0]["about"]["type"] == "statistic"
    assert client.get("/api/corrections/?type=reader").status_code == 400


def test_they_have_the_fields_that_are_described(ask: Ask, client: Client, boss: User, made: Brand) -> None:
    adopted(boss, made)
    answer = ask("corrections/")
    schema = client.get("/api/schema/").json()
    told = {"$ref": "#/components/schemas/Correction", "components": schema["components"]}
    assert not list(Draft202012Validator(told).iter_errors(answer["results"][0]))
    assert answer["results"][0].keys() == CorrectionSerializer._declared_fields.keys()
    assert JSONRenderer().render(ask("corrections/?fields=was,id")["results"][0]).startswith(b'{"id":')
