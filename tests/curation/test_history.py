"""The history of each row: its versions, two compared, one restored; of what refers to it, and of what is gone."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from brands.audit import history
from brands.audit.change_sets import open_change_set, within
from brands.audit.undo import undo
from brands.listing import sync
from brands.models import (
    Brand,
    BrandAlias,
    Change,
    ChangeSet,
    Correction,
    Evidence,
    Program,
    Proposal,
    Region,
    Statistic,
)
from brands.vocabulary.choices import ChangeSetKind
from tests.brands.factories import brand
from tests.brands.whole import replayed, state, without_long_texts
from tests.curation.test_batches import MOST_QUERIES, author, text_of
from tests.staff import client_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(catalogued: None, db: None) -> Client:
    return client_as("reviewer", "shenhe")


@pytest.fixture
def maid(reviewer: Client) -> Brand:
    """A brand in three versions: made, given a level, given another one and a description."""
    row = Brand.objects.get(name="天镇保姆")
    for note, values in (
        ("县级名单", {"level": "county"}),
        ("省级名单", {"level": "provincial", "description": "保姆"}),
    ):
        with within(open_change_set(ChangeSetKind.EDIT, author=author(reviewer), note=note)):
            for name, value in values.items():
                setattr(row, name, value)
            row.set_by_hand(values)
            row.save()
    return row


def versions(row: Any) -> list[Change]:
    """The newest first."""
    return list(history.of_row(row._meta.db_table, str(row.pk)))


def address(page: str, row: Any, pk: Any = None) -> str:
    return reverse(f"curation:{page}", args=[row._meta.model_name, pk or row.pk])


class TestTheVersions:
    def test_say_who_when_why_and_what(self, reviewer: Client, maid: Brand) -> None:
        response = reviewer.get(address("history", maid))
        [(_newest, told), (_second, before), (_first, made)] = response.context["versions"]
        assert [(one.field, one.old, one.new) for one in told.fields] == [
            ("级别", "县级", "省级"),
            ("简介", "", "保姆"),
        ]
        assert [one.action for one in (told, before, made)] == ["~", "~", "+"]
        words = text_of(response)
        assert re.search(r"\d\d:\d\d · shenhe · 编辑 #\d+省级名单 修改", words)
        assert "不属于任何批次 新增 " in words
        assert "名称：天镇保姆" in words

    @pytest.mark.parametrize("name", ["brand", "program", "statistic", "region", "correction", "synonym", "evidence"])
    def test_are_where_the_admin_says_history(self, reviewer: Client, name: str) -> None:
        Correction.objects.create(label="护工", wrong="不对")
        table = history.table_of(name)
        change = Change.objects.filter(table=table).first()
        assert change is not None
        client_as("admin")
        reviewer.force_login(User.objects.create_superuser("root"))
        sent = reviewer.get(reverse(f"admin:brands_{name}_history", args=[change.row]))
        assert sent["Location"] == reverse("curation:history", args=[name, change.row])
        assert reviewer.get(sent["Location"]).status_code == 200

    def test_are_for_all_staff(self, maid: Brand) -> None:
        assert client_as("viewer").get(address("history", maid)).status_code == 200
        assert Client().get(address("history", maid)).status_code == 302

    def test_of_what_the_ledger_does_not_know(self, reviewer: Client) -> None:
        response = reviewer.get(address("history", Brand, pk="nope"))
        assert "还没有变动记录" in text_of(response)
        assert reviewer.get("/admin/history/card/1/").status_code == 404
        assert reviewer.get("/admin/history/user/1/").status_code == 404

    def test_of_many_page_and_ask_little(
        self, reviewer: Client, maid: Brand, django_assert_max_num_queries: Any
    ) -> None:
        for n in range(60):
            Brand.objects.filter(pk=maid.pk).update(recognised_year=1950 + n)
            maid.aliases.create(name=f"保姆{n}")
        with django_assert_max_num_queries(MOST_QUERIES):
            response = reviewer.get(address("history", maid))
        assert len(response.context["versions"]) == 50
        assert len(response.content) < 120_000
        assert len(reviewer.get(address("history", maid), {"page": "2"}).context["versions"]) == 13


class TestWhatRefersToIt:
    def test_stands_below_gone_rows_too(self, reviewer: Client) -> None:
        carer = Brand.objects.get(name="吕梁山护工")
        BrandAlias.objects.get(name="吕梁护工").delete()
        Evidence.objects.filter(brand=carer).first().delete()  # type: ignore[union-attr]
        program = Program.objects.get(name="护工技能大赛")
        program.brands.add(carer)
        program.brands.remove(carer)
        Proposal.objects.create(
            brand=carer, field="region", value="141102", value_key="141102", author=author(reviewer)
        )
        told = [one for _change, one in reviewer.get(address("history", carer)).context["related"]]
        seen = {(one.model, one.name, str(one.action)) for one in told}
        assert {
            ("品牌别名", "吕梁护工", "+"),
            ("品牌别名", "吕梁护工", "-"),
            ("依据", "吕梁山护工", "-"),
            ("关联", "护工技能大赛 – 吕梁山护工", "+"),
            ("关联", "护工技能大赛 – 吕梁山护工", "-"),
            ("数据", "9万余名", "+"),
        } <= seen
        [proposal] = [one for one in told if one.model == "建议"]
        assert ("字段", "所在地") in [(one.field, one.new) for one in proposal.fields]
        assert ("建议值", "离石区") in [(one.field, one.new) for one in proposal.fields]
        assert ("提出人", "shenhe") in [(one.field, one.new) for one in proposal.fields]


class TestComparing:
    def test_shows_all_fields_and_marks_those_that_differ(self, reviewer: Client, maid: Brand) -> None:
        newest, second, first = versions(maid)
        response = reviewer.get(address("compare", maid), {"left": newest.pk, "right": first.pk})
        assert (response.context["left"], response.context["right"]) == (first, newest)
        differ = {one.field: (one.left, one.right) for one in response.context["fields"] if one.differs}
        assert differ == {
            "级别": ("", "省级"),
            "简介": ("", "保姆"),
            "审核": ("待审", "已确认"),
            "人工改动的字段": ("", "简介、级别"),
        }
        assert ("名称", "天镇保姆", "天镇保姆") in [
            (one.field, one.left, one.right) for one in response.context["fields"]
        ]
        assert second.pk not in {newest.pk, first.pk}

    @pytest.mark.parametrize("query", [{}, {"left": "1"}, {"left": "x", "right": "1"}])
    def test_asks_for_two(self, reviewer: Client, maid: Brand, query: dict[str, str]) -> None:
        response = reviewer.get(address("compare", maid), query, follow=True)
        assert "请选择两个版本再比较" in text_of(response)

    def test_knows_only_versions_of_the_row(self, reviewer: Client, maid: Brand) -> None:
        other = versions(Brand.objects.get(name="离石月嫂"))[0]
        query = {"left": other.pk, "right": versions(maid)[0].pk}
        assert reviewer.get(address("compare", maid), query).status_code == 404


class TestRestoring:
    def restore(self, client: Client, row: Any, version: Change, why: str = "") -> Any:
        target = f"{address('restore', row, version.row)}?version={version.pk}"
        assert client.get(target).status_code == 200
        return client.post(target, {"why": why}, follow=True)

    def test_brings_fields_back_as_a_person_s(self, reviewer: Client, maid: Brand) -> None:
        newest, second, _first = versions(maid)
        done = self.restore(reviewer, maid, second, why="名单有误")
        again = Brand.objects.get(pk=maid.pk)
        assert (again.level, again.description, again.review) == ("county", "", "confirmed")
        assert again.hand_set == ["description", "level"]
        change_set = ChangeSet.objects.latest("pk")
        assert (change_set.kind, change_set.note, change_set.author_name) == ("edit", "名单有误", "shenhe")
        assert f'已恢复，记为批次 <a href="/admin/batches/{change_set.pk}/">' in done.content.decode()
        assert list(sync.differences()) == []
        undo(change_set, author=None)
        assert state()["brands_brand", str(maid.pk)]["updated_at"] == maid.updated_at
        assert Brand.objects.get(pk=maid.pk).level == newest.new["level"]  # type: ignore[index]
        assert replayed() == without_long_texts(state())

    def test_keeps_what_people_said_from_the_machine(self, reviewer: Client, maid: Brand) -> None:
        self.restore(reviewer, maid, versions(maid)[-1])
        again = Brand.objects.get(pk=maid.pk)
        assert (again.level, again.description, again.review) == ("", "", "proposed")
        assert again.hand_set == ["description", "level"]
        assert not again.machine_may_write

    def test_brings_a_deleted_row_back_at_its_address(self, reviewer: Client, maid: Brand, client: Client) -> None:
        page, region = maid.get_absolute_url(), maid.region_id
        number = maid.pk
        maid.delete()
        shown = text_of(reviewer.get(address("history", Brand, number)))
        assert "这条记录已经删除" in shown
        self.restore(reviewer, Brand, history.of_row("brands_brand", str(number))[0])
        again = Brand.objects.get(pk=number)
        assert (again.name, again.region_id, again.level, again.get_absolute_url()) == (
            "天镇保姆",
            region,
            "provincial",
            page,
        )
        assert client.get(page).status_code == 410  # nothing bears it out any more
        assert list(sync.differences()) == []

    def test_says_where_the_name_was_given_away(self, reviewer: Client, maid: Brand) -> None:
        number, region = maid.pk, maid.region_id
        maid.delete()
        brand("天镇保姆", region=Region.objects.get(pk=region))
        done = self.restore(reviewer, Brand, history.of_row("brands_brand", str(number))[0])
        assert "天镇保姆：已有相同的一行" in text_of(done)
        assert Brand.objects.filter(name="天镇保姆").count() == 1

    def test_of_a_number_works_out_its_key(self, reviewer: Client) -> None:
        number = Statistic.objects.get(value=90000)
        first = versions(number)[0]
        number.unit = "名"
        number.save()
        self.restore(reviewer, number, first)
        number.refresh_from_db()
        assert (number.unit, number.hand_set) == ("人", ["unit"])
        assert number.fact_key == number.prepare().fact_key

    def test_is_for_reviewers(self, reviewer: Client, maid: Brand) -> None:
        target = f"{address('restore', maid)}?version={versions(maid)[1].pk}"
        for role in ("viewer", "editor"):
            client = client_as(role)
            assert (client.get(target).status_code, client.post(target).status_code) == (403, 403)
            assert "恢复此版" not in text_of(client.get(address("history", maid)))
        assert "恢复此版" in text_of(reviewer.get(address("history", maid)))

    @pytest.mark.parametrize("query", ["", "?version=x", "?version=1000000000"])
    def test_of_no_version_is_404(self, reviewer: Client, maid: Brand, query: str) -> None:
        assert reviewer.post(address("restore", maid) + query).status_code == 404

    def test_is_not_for_what_stands_as_it_was_said(self, reviewer: Client) -> None:
        proposal = Proposal.objects.create(
            brand=Brand.objects.first(), field="level", value="county", value_key="county"
        )
        target = f"{address('restore', proposal)}?version={versions(proposal)[0].pk}"
        assert reviewer.get(target).status_code == 404


class TestDeletedRows:
    def found(self, client: Client, **query: str) -> list[str]:
        response = client.get(reverse("curation:deleted"), query)
        assert response.status_code == 200
        return [told.name for _change, told in response.context["rows"]]

    def test_are_found_by_name(self, reviewer: Client) -> None:
        Brand.objects.filter(name__in=["天镇保姆", "离石月嫂"]).delete()
        Program.objects.get(name="护工技能大赛").delete()
        assert set(self.found(reviewer)) == {"天镇保姆", "离石月嫂"}
        assert self.found(reviewer, q="天镇") == ["天镇保姆"]
        assert self.found(reviewer, q="%") == []
        assert self.found(reviewer, q="大赛", kind="program") == ["护工技能大赛"]
        assert self.found(reviewer, kind="statistic") == []

    def test_are_no_longer_deleted_once_restored(self, reviewer: Client) -> None:
        change_set = open_change_set(ChangeSetKind.EDIT)
        with within(change_set):
            Brand.objects.get(name="天镇保姆").delete()
        undo(change_set, author=None)
        assert self.found(reviewer) == []

    def test_of_an_odd_kind_are_refused(self, reviewer: Client) -> None:
        response = reviewer.get(reverse("curation:deleted"), {"kind": "x"})
        assert "没有“x”这个选项" in text_of(response)

    def test_are_asked_for_by_their_index(self, reviewer: Client) -> None:
        asked = Change.objects.filter(table="brands_brand", action="-").order_by("-pk")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan TO off")  # a short table is read whole
        assert "change_deleted" in asked.explain()
