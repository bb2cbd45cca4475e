"""Permanent addresses: readable, the same for ever, and honest when what they led to is gone."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.test import Client

from brands.audit.change_sets import open_change_set, within
from brands.audit.merge import MergeChoice, merge
from brands.audit.redirects import MAX_HEIRS, bring_back, departure, heir_of, leave
from brands.audit.undo import undo
from brands.models import Brand, Card, Change, Evidence, Program, ProgramRedirect, Redirect
from brands.vocabulary.choices import ChangeSetKind, Departure
from brands.vocabulary.pinyin import SLUG_LENGTH, slug, sort_key
from tests.brands.factories import brand, program, regions
from tests.brands.whole import replayed, state, without_long_texts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("吕梁山护工", "lu-liang-shan-hu-gong"),
        ("女红", "nu-gong"),
        ("绿制茶师", "lu-zhi-cha-shi"),
        ("单县羊汤2024", "shan-xian-yang-tang-2024"),
        ("IT·DV 工匠", "it-dv-gong-jiang"),
        ("“—”", ""),
        ("<b>/../?#", "b"),
    ],
)
def test_slugs(name: str, readable: str) -> None:
    assert slug(sort_key(name)) == readable


def test_a_long_name_is_cut_between_syllables() -> None:
    cut = slug(sort_key("庄" * 60))
    assert cut == "-".join(["zhuang"] * ((SLUG_LENGTH + 1) // 7))
    assert len(slug("x" * 300)) == SLUG_LENGTH


def test_the_address_of_a_brand_and_of_its_card() -> None:
    made = brand("吕梁山护工", region=regions()["141100"])
    assert made.get_absolute_url() == f"/brands/{made.pk}-lu-liang-shan-hu-gong/"
    assert Card(pk=made.pk, pinyin=made.pinyin).get_absolute_url() == made.get_absolute_url()


def test_a_name_without_letters_has_an_address_and_a_page(client: Client) -> None:
    made = brand("甲")
    Brand.objects.filter(pk=made.pk).update(pinyin="")
    made.refresh_from_db()
    assert made.get_absolute_url() == f"/brands/{made.pk}/"
    assert client.get(made.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("tail", ["/", "-wrong/", "-LU-LIANG/", "-吕梁/", "-lu-liang-shan-hu-gong-/", "-%2E/"])
def test_other_addresses_lead_to_the_permanent_one(client: Client, tail: str) -> None:
    made = brand("吕梁山护工")
    response = client.get(f"/brands/{made.pk}{tail}")
    assert (response.status_code, response["Location"]) == (301, made.get_absolute_url())
    assert response["Cache-Control"] == "no-cache"


def test_a_renamed_brand_is_found_at_its_old_address(client: Client) -> None:
    made = brand("吕梁护工")
    old = made.get_absolute_url()
    made.name = "吕梁山护工"
    made.save()
    assert client.get(old)["Location"] == f"/brands/{made.pk}-lu-liang-shan-hu-gong/"


class TestAMerge:
    def test_leads_to_the_heir(self, client: Client) -> None:
        gone, heir = brand("吕梁护工"), brand("吕梁山护工")
        address = gone.get_absolute_url()
        leave([gone], Departure.MERGED, heir=heir)
        gone.delete()
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, heir.get_absolute_url())
        assert response["Cache-Control"] == "no-cache"

    def test_of_the_heir_in_its_turn_leads_on(self) -> None:
        first, second, third = brand("一"), brand("二"), brand("三")
        leave([first], Departure.MERGED, heir=second)
        leave([second], Departure.MERGED, heir=third)
        numbers = [first.pk, second.pk]
        Brand.objects.filter(pk__in=numbers).delete()
        assert [heir_of(Brand, number) for number in numbers] == [third, third]

    def test_into_each_other_ends(self) -> None:
        Redirect.objects.create(pk=901, name="一", name_key="一", reason="merged", heir=902)
        Redirect.objects.create(pk=902, name="二", name_key="二", reason="merged", heir=901)
        assert heir_of(Brand, 901) is None

    def test_is_followed_a_number_of_times(self) -> None:
        last = brand("末")
        for step in range(MAX_HEIRS + 1):
            heir = last.pk if step == 0 else 9000 + step - 1
            Redirect.objects.create(pk=9000 + step, name="一", name_key="一", reason="merged", heir=heir)
        assert heir_of(Brand, 9000 + MAX_HEIRS - 1) == last
        assert heir_of(Brand, 9000 + MAX_HEIRS) is None

    def test_into_what_is_not_public_says_so(self, client: Client) -> None:
        gone, heir = brand("吕梁护工"), brand("吕梁山护工")
        leave([gone], Departure.MERGED, heir=heir)
        address = gone.get_absolute_url()
        gone.delete()
        Brand.objects.filter(pk=heir.pk).update(review="rejected")
        response = client.get(address)
        assert response.status_code == 410
        assert "它曾并入另一个品牌" in response.content.decode()

    @pytest.mark.parametrize(("reason", "heir"), [("merged", None), ("unfounded", 1)])
    def test_has_an_heir_and_nothing_else_has(self, reason: str, heir: int | None) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Redirect.objects.create(pk=1, name="一", name_key="一", reason=reason, heir=heir)


class TestARemoval:
    @pytest.mark.parametrize(
        ("reason", "words"),
        [(Departure.UNFOUNDED, "不再能证实这个品牌"), (Departure.WITHDRAWN, "编辑对照报道核对后")],
    )
    def test_answers_410_with_the_reason(self, client: Client, reason: Departure, words: str) -> None:
        gone = brand("吕梁护工")
        address = gone.get_absolute_url()
        leave([gone], reason)
        gone.delete()
        response = client.get(address)
        assert response.status_code == 410
        html = response.content.decode()
        assert words in html
        assert "<h1>吕梁护工已撤下</h1>" in html
        assert 'name="robots" content="noindex"' in html

    def test_by_a_person_answers_410(self, client: Client) -> None:
        made = brand("吕梁护工", review="rejected")
        assert departure(made.pk) == ("吕梁护工", Departure.WITHDRAWN)
        assert client.get(made.get_absolute_url()).status_code == 410

    def test_by_taking_a_batch_back_answers_410_until_it_returns(self, client: Client) -> None:
        change_set = open_change_set(ChangeSetKind.INGEST)
        with within(change_set):
            made = brand("吕梁护工")
        address = made.get_absolute_url()
        undone = undo(change_set, author=None)
        assert not Brand.objects.exists()
        gone = client.get(address)
        assert gone.status_code == 410
        assert "<h1>吕梁护工已撤下</h1>" in gone.content.decode()
        undo(undone.change_set, author=None)
        assert client.get(address).status_code == 200

    @pytest.mark.parametrize(
        ("confidence", "review", "status"), [(0.1, "proposed", 404), (0.1, "confirmed", 410), (0.9, "rejected", 410)]
    )
    def test_past_all_that_says_so_answers_410_where_it_was_shown(
        self, client: Client, confidence: float, review: str, status: int
    ) -> None:
        made = brand("吕梁护工", confidence=confidence, review=review)
        address = made.get_absolute_url()
        made.delete()
        assert client.get(address).status_code == status

    def test_asks_the_ledger_by_its_index(self) -> None:
        newest = Change.objects.filter(table="brands_brand", row="1").order_by("-pk")[:1]
        if connection.vendor == "sqlite":
            assert "change_of_row" in newest.explain()
        else:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan TO off")  # a short table is read whole
                assert "change_of_row" in newest.explain()

    def test_of_all_evidence_answers_410(self) -> None:
        made = brand("吕梁护工")
        Evidence.objects.all().delete()
        assert departure(made.pk) == ("吕梁护工", Departure.UNFOUNDED)

    def test_of_what_was_never_shown_leaves_no_address(self) -> None:
        leave([brand("猜测", confidence=0.1)], Departure.UNFOUNDED)
        assert not Redirect.objects.exists()

    def test_twice_is_told_as_it_was_last(self) -> None:
        gone = brand("吕梁护工")
        leave([gone], Departure.UNFOUNDED)
        leave([gone], Departure.WITHDRAWN)
        assert Redirect.objects.get().reason == Departure.WITHDRAWN

    @pytest.mark.parametrize("number", [0, 123456789, 10**30])
    def test_of_nothing_is_404(self, client: Client, number: int) -> None:
        assert client.get(f"/brands/{number}-what/").status_code == 404


class TestAReturn:
    def test_gets_the_old_number(self) -> None:
        old = brand("吕梁护工", region=regions()["141100"])
        number = old.pk
        leave([old], Departure.UNFOUNDED)
        old.delete()
        rows = [
            Brand(name=name, region_id=region).prepare() for name, region in (("护工", None), ("吕梁护工", "141100"))
        ]
        bring_back(rows)
        assert [row.pk for row in rows] == [None, number]
        assert not Redirect.objects.exists()

    @pytest.mark.parametrize("region", [None, "140000"])
    def test_to_another_region_is_another_brand(self, region: str | None) -> None:
        old = brand("吕梁护工", region=regions()["141100"])
        leave([old], Departure.UNFOUNDED)
        row = Brand(name="吕梁护工", region_id=region).prepare()
        bring_back([row])
        assert not row.pk

    def test_of_a_merged_brand_is_a_new_one(self) -> None:
        old, heir = brand("吕梁护工"), brand("吕梁山护工")
        leave([old], Departure.MERGED, heir=heir)
        row = Brand(name="吕梁护工").prepare()
        bring_back([row])
        assert not row.pk
        assert Redirect.objects.exists()

    def test_of_several_gets_the_oldest_number(self) -> None:
        for number in (5003, 5001, 5002):
            Redirect.objects.create(pk=number, name="甲", name_key="甲", reason="unfounded")
        row = Brand(name="甲").prepare()
        bring_back([row])
        assert row.pk == 5001
        assert Redirect.objects.count() == 2


class TestProgramsMergedByAnOlderVersion:
    """Only the audit log said where they went; a migration writes it down."""

    def test_lead_to_the_one_that_stayed(self, client: Client) -> None:
        one, gone, hidden, apart = (program(name) for name in ("护工大赛", "护工技能大赛", "护工比赛", "护工技能比赛"))
        Program.objects.filter(pk=hidden.pk).update(confidence=0.1)
        address = gone.get_absolute_url()
        merges = [merge(Program, one.pk, row.pk, MergeChoice(), author=None, why="") for row in (gone, hidden, apart)]
        undo(merges[-1], author=None)
        before = rows_of(ProgramRedirect)
        assert [row["name"] for row in before] == ["护工技能大赛", ""]
        ProgramRedirect.objects.all().delete()
        assert client.get(address).status_code == 404
        migration = import_module("brands.migrations.0029_program_redirect")
        migration.fill(apps, SimpleNamespace(connection=connection))
        assert rows_of(ProgramRedirect) == before
        assert client.get(address)["Location"] == one.get_absolute_url()
        assert replayed() == without_long_texts(state())
        undo(merges[0], author=None)  # whose change set has nothing of the redirect
        assert [row["id"] for row in rows_of(ProgramRedirect)] == [hidden.pk]


def rows_of(model: type[Model]) -> list[dict[str, Any]]:
    """Without the time, which is that of the row or that of the entry."""
    fields = [field.name for field in model._meta.concrete_fields if field.name != "since"]
    return list(model._default_manager.order_by("pk").values(*fields))
