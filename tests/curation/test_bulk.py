"""Many facts are changed at once: shown before, done as one change set, named as set by people, and taken back
whole."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from brands.audit.change_sets import open_change_set, within
from brands.audit.undo import undo
from brands.listing import sync
from brands.models import Brand, ChangeSet, Program, Region, Statistic
from brands.vocabulary.choices import ChangeSetKind
from curation import bulk_edit
from curation.views import bulk_edit as pages
from tests.brands.factories import brand, statistic
from tests.brands.whole import replayed, state, without_long_texts
from tests.curation.deeds import in_bulk, send
from tests.curation.test_batches import MOST_QUERIES, text_of
from tests.staff import client_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(catalogued: None, db: None) -> Client:
    return client_as("reviewer", "shenhe")


def keys(*names: str) -> list[int]:
    return list(Brand.objects.filter(name__in=names).values_list("pk", flat=True))


def page(client: Client, kind: str = "brand", **query: str) -> Any:
    return client.get(reverse("curation:bulk", args=[kind]), query)


def said_of(value: str | None) -> dict[str, str]:
    """What the form says that sets this value; None for emptying."""
    return {"empty": "1"} if value is None else {"value": value}


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


class TestFields:
    @pytest.mark.parametrize(
        ("deed", "value", "stored"),
        [
            ("region", "离石", "141102"),
            ("region", "文水县", "141121"),
            ("region", "500118", "500118"),
            ("industry", "craft", "craft"),
            ("category", "service", "service"),
            ("level", "county", "county"),
            ("level", None, ""),
            ("region", None, None),
        ],
    )
    def test_of_brands_are_set_and_noted(
        self, reviewer: Client, deed: str, value: str | None, stored: str | None
    ) -> None:
        Brand.objects.filter(name="吕梁山护工").update(level="prefectural")
        Brand.objects.filter(name="天镇保姆").update(
            level="national", category="skilled", inferred=["industry", "region"]
        )
        before = state()
        done = in_bulk(reviewer, "brand", keys("天镇保姆", "吕梁山护工"), deed, **said_of(value))
        row = Brand.objects.get(name="天镇保姆")
        column = "region_id" if deed == "region" else deed
        assert (getattr(row, column), row.review, row.hand_set) == (stored, "proposed", [deed])
        assert row.inferred == [name for name in ("industry", "region") if name != deed]
        change_set = ChangeSet.objects.get()
        assert (change_set.kind, change_set.author_name) == (ChangeSetKind.BULK, "shenhe")
        assert change_set.note.endswith("：核对过")
        assert said(done)[-1].startswith("已改动 2 条，记为批次")
        assert list(sync.differences()) == []
        assert undo(change_set, author=None).kept == []
        assert state() == before
        assert replayed() == without_long_texts(state())

    def test_of_programs(self, reviewer: Client) -> None:
        before = state()
        rows = list(Program.objects.values_list("pk", flat=True))
        in_bulk(reviewer, "program", rows, "place", value="潜江市")
        in_bulk(reviewer, "program", rows, "kind", value="campaign")
        assert set(Program.objects.values_list("place", "kind")) == {("429005", "campaign")}
        for change_set in ChangeSet.objects.order_by("-pk"):
            undo(change_set, author=None)
        assert state() == before

    def test_of_numbers_change_their_keys(self, reviewer: Client) -> None:
        before = state()
        rows = list(Statistic.objects.filter(unit="人").values_list("pk", flat=True))
        in_bulk(reviewer, "statistic", rows, "unit", value="人次")
        in_bulk(reviewer, "statistic", rows, "metric", value="training")
        for row in Statistic.objects.filter(pk__in=rows):
            assert (row.unit, row.metric, row.hand_set) == ("人次", "training", ["metric", "unit"])
            assert row.fact_key == row.prepare().fact_key
        assert list(sync.differences()) == []
        for change_set in ChangeSet.objects.order_by("-pk"):
            undo(change_set, author=None)
        assert state() == before

    def test_leave_what_is_so_already(self, reviewer: Client) -> None:
        chosen = keys("天镇保姆", "离石月嫂")
        shown = page(reviewer, rows=",".join(map(str, chosen)), deed="level", value="county")
        assert (len(shown.context["plan"].changing), shown.context["plan"].already) == (1, 1)
        assert "1 条本来就是这样" in text_of(shown)
        send(reviewer, "brand", shown, why="")
        assert [change.row for change in ChangeSet.objects.get().changes.all()] == [str(keys("天镇保姆")[0])]

    @pytest.mark.parametrize("kind", ["brand", "program", "statistic"])
    def test_are_asked_for_before_anything_is_offered(self, reviewer: Client, kind: str) -> None:
        """Also those that may be empty: no field is emptied for want of a value."""
        row = bulk_edit.MODELS[kind]._base_manager.values_list("pk", flat=True)[0]
        for deed in bulk_edit.SETTABLE[bulk_edit.MODELS[kind]]:
            for more in ({}, {"value": ""}, {"value": "", "preview": "1"}):
                shown = page(reviewer, kind, rows=str(row), deed=deed, **more)
                assert "plan" not in shown.context
                assert shown.context["form"]["value"].html_name == "value"
                assert ("请填写新的值" in text_of(shown)) is ("preview" in more)

    def test_are_emptied_only_by_a_choice_of_its_own(self, reviewer: Client) -> None:
        chosen = ",".join(map(str, keys("离石月嫂")))
        assert "清空" in text_of(page(reviewer, rows=chosen, deed="level"))
        assert "清空" not in text_of(page(reviewer, rows=chosen, deed="industry"))
        shown = page(reviewer, rows=chosen, deed="level", value="county", empty="1", preview="1")
        assert "不能两样都选" in text_of(shown)
        shown = page(reviewer, rows=chosen, deed="level", value="", empty="1")
        assert "设级别：（空）" in text_of(shown)
        send(reviewer, "brand", shown, why="")
        assert Brand.objects.get(name="离石月嫂").level == ""

    def test_confirm_no_row_and_leave_a_verdict(self, reviewer: Client) -> None:
        Brand.objects.filter(name="天镇保姆").update(review="confirmed")
        in_bulk(reviewer, "brand", keys("天镇保姆", "吕梁山护工"), "level", value="national")
        assert dict(Brand.objects.filter(level="national").values_list("name", "review")) == {
            "天镇保姆": "confirmed",
            "吕梁山护工": "proposed",
        }

    @pytest.mark.parametrize(
        ("deed", "value", "words"),
        [
            ("region", "不存在县", "没有叫“不存在县”的行政区划"),
            ("region", "", "请填写新的值"),
            ("region", "西城", "“西城”不止一处，请写代码：山西吕梁离石西城 110102、重庆永川西城 500999"),
            ("industry", "x", "没有“x”这个选项"),
        ],
    )
    def test_that_cannot_be_are_told(self, reviewer: Client, deed: str, value: str, words: str) -> None:
        for code, parent in (("110102", "141102"), ("500999", "500118")):
            Region.objects.create(
                adcode=code, name="西城区", common_name="西城", level="county", parent_id=parent, pinyin=""
            )
        shown = page(reviewer, rows=str(keys("天镇保姆")[0]), deed=deed, value=value, preview="1")
        assert words in text_of(shown)
        assert "plan" not in shown.context

    def test_a_unit_has_a_length(self, reviewer: Client) -> None:
        shown = page(reviewer, "statistic", rows=str(Statistic.objects.first().pk), deed="unit", value="长" * 21)  # type: ignore[union-attr]
        assert "plan" not in shown.context


class TestWhatStandsInTheWay:
    def test_a_name_that_the_region_has_already(self, reviewer: Client) -> None:
        region = Region.objects.get(pk="141102")
        taken, other = brand("护工", region=region), brand("护工", region=Region.objects.get(pk="141121"))
        unplaced = brand("护工")
        chosen = [other.pk, unplaced.pk, taken.pk, *keys("天镇保姆")]
        shown = page(reviewer, rows=",".join(map(str, chosen)), deed="region", value="离石区")
        assert [(told.name, str(why)) for told, why in shown.context["hindered"]] == [("护工", "已有相同的一条")] * 2
        done = send(reviewer, "brand", shown, why="")
        assert said(done)[0] == "有 2 条没有改。"
        assert Brand.objects.get(name="天镇保姆").region == region
        assert Brand.objects.filter(region=region, name="护工").count() == 1

    def test_two_of_the_selection_that_would_be_the_same(self, reviewer: Client) -> None:
        first, second = brand("护工", region=Region.objects.get(pk="141121")), brand("护工")
        in_bulk(reviewer, "brand", [first.pk, second.pk], "region", value="离石区")
        assert set(Brand.objects.filter(name="护工").values_list("region", flat=True)) == {"141102", None}

    def test_a_number_that_is_there_already(self, reviewer: Client) -> None:
        carer = Brand.objects.get(name="吕梁山护工")
        one, other = statistic(carer, 5, unit="人"), statistic(carer, 5, unit="名")
        done = in_bulk(reviewer, "statistic", [one.pk], "unit", value="人次")
        assert len(said(done)) == 1
        shown = page(reviewer, "statistic", rows=str(other.pk), deed="unit", value="人次")
        assert "已有相同的一条" in text_of(shown)
        assert 'name="why"' not in shown.content.decode()

    def test_one_s_own_work_where_four_eyes_look(self, reviewer: Client, settings: Any) -> None:
        settings.FOUR_EYES = True
        in_bulk(reviewer, "brand", keys("天镇保姆"), "level", value="county")
        assert Brand.objects.get(name="天镇保姆").review == "proposed"
        shown = page(reviewer, rows=",".join(map(str, keys("天镇保姆", "离石月嫂"))), deed="confirm")
        assert [told.name for told, _why in shown.context["hindered"]] == ["天镇保姆"]
        assert [told.name for told in shown.context["rows"]] == ["离石月嫂"]


class TestVerdicts:
    def test_take_a_page_away_and_bring_it_back(self, reviewer: Client, client: Client) -> None:
        made = Brand.objects.get(name="天镇保姆")
        address = made.get_absolute_url()
        form = reviewer.get(reverse("admin:brands_brand_change", args=[made.pk])).content.decode()
        assert f'<a href="/admin/bulk/brand/?rows={made.pk}&amp;deed=reject">撤下</a>' in form
        in_bulk(reviewer, "brand", [made.pk], "reject", why="这是岗位，不是品牌")
        gone = client.get(address)
        assert gone.status_code == 410
        assert "编辑对照报道核对后" in gone.content.decode()
        form = reviewer.get(reverse("admin:brands_brand_change", args=[made.pk])).content.decode()
        assert f'<a href="/admin/bulk/brand/?rows={made.pk}&amp;deed=restore">恢复</a>' in form
        in_bulk(reviewer, "brand", [made.pk], "restore")
        assert client.get(address).status_code == 200
        assert [change_set.note for change_set in ChangeSet.objects.order_by("pk")] == [
            "撤下：这是岗位，不是品牌",
            "恢复：核对过",
        ]
        assert Brand.objects.get(pk=made.pk).hand_set == []

    def test_to_reject_needs_a_reason(self, reviewer: Client) -> None:
        shown = page(reviewer, rows=str(keys("天镇保姆")[0]), deed="reject")
        again = send(reviewer, "brand", shown, why=" ")
        assert "这个字段是必填项" in text_of(again)
        assert not ChangeSet.objects.exists()

    def test_to_restore_concerns_what_was_rejected(self, reviewer: Client) -> None:
        shown = page(reviewer, rows=str(keys("天镇保姆")[0]), deed="restore")
        assert (shown.context["plan"].changing, shown.context["plan"].already) == ([], 1)


class TestAConfirmation:
    def test_shows_all_that_it_confirms(self, reviewer: Client) -> None:
        Brand.objects.filter(name="天镇保姆").update(organisation="天镇县人社局")
        shown = page(reviewer, rows=",".join(map(str, keys("天镇保姆"))), deed="confirm")
        assert "天镇县人社局" in text_of(shown)

    def test_is_of_no_more_than_the_page_shows(self, reviewer: Client) -> None:
        with sync.gathered():
            for n in range(120):
                brand(f"{n}号绣娘")
        asked = {"where": "q=绣娘", "deed": "confirm"}
        shown = page(reviewer, **asked)
        assert (len(shown.context["rows"]), shown.context["count"]) == (100, 100)
        assert "一次只确认看得到的" in said(shown)[0]
        send(reviewer, "brand", shown, why="")
        assert Brand.objects.filter(name__contains="绣娘", review="confirmed").count() == 100
        send(reviewer, "brand", page(reviewer, **asked), why="")
        assert Brand.objects.filter(name__contains="绣娘", review="confirmed").count() == 120

    def test_of_one_s_own_upload_is_for_others_where_four_eyes_look(self, reviewer: Client, settings: Any) -> None:
        settings.FOUR_EYES = True
        with within(open_change_set(ChangeSetKind.INGEST, author=User.objects.get(username="shenhe"))):
            row = brand("潜江虾工")
        shown = page(reviewer, rows=str(row.pk), deed="confirm")
        assert [str(why) for _told, why in shown.context["hindered"]] == ["是你导入的，请逐条审核，或由别人来审核"]


class TestTheChoice:
    def test_of_all_that_match_goes_on_as_their_filter(self, reviewer: Client) -> None:
        address = reverse("admin:brands_brand_changelist")
        sent = {"action": "reject", "_selected_action": keys("天镇保姆"), "select_across": "1"}
        asked = reviewer.post(f"{address}?province=140000&q=&p=1", sent)
        shown = reviewer.get(asked["Location"])
        assert {told.name for told in shown.context["rows"]} == {"吕梁山护工", "天镇保姆", "离石月嫂"}
        send(reviewer, "brand", shown, why="不是")
        assert Brand.objects.filter(review="rejected").count() == 3

    @pytest.mark.parametrize(("deed", "more"), [("level", {"value": "county"}), ("confirm", {}), ("reject", {})])
    def test_whose_rows_say_something_else_by_now_is_shown_again(
        self, reviewer: Client, deed: str, more: dict[str, str]
    ) -> None:
        chosen = ",".join(map(str, keys("天镇保姆", "吕梁山护工")))
        shown = page(reviewer, rows=chosen, deed=deed, **more)
        Brand.objects.filter(name="吕梁山护工").update(organisation="吕梁市人社局")
        again = send(reviewer, "brand", shown, why="核对过")
        assert "又有变化，还没有写入" in said(again)[0]
        assert [told.name for told in again.context["since"]] == ["吕梁山护工"]
        assert "吕梁市人社局" in text_of(again)
        assert again.context["reason"]["why"].value() == "核对过"
        assert not ChangeSet.objects.exists()
        send(reviewer, "brand", again, why="核对过")
        assert ChangeSet.objects.get().changes.count() == 2

    def test_that_differs_by_now_is_shown_again(self, reviewer: Client) -> None:
        shown = page(reviewer, where="review__exact=proposed", deed="confirm")
        brand("潜江虾工")
        again = send(reviewer, "brand", shown, why="")
        assert "请再核对一遍" in said(again)[0]
        assert not ChangeSet.objects.exists()
        send(reviewer, "brand", again, why="")
        assert not Brand.objects.filter(review="proposed").exists()

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ({}, "没有选中任何记录"),
            ({"rows": "0"}, "没有选中任何记录"),
            ({"rows": "1,x"}, "没有看懂所选的记录"),
            ({"rows": "9" * 30}, "没有看懂所选的记录"),
            ({"where": "nonsense=1"}, "没有选中任何记录"),
        ],
    )
    def test_that_is_none_leads_back(self, reviewer: Client, query: dict[str, str], words: str) -> None:
        response = reviewer.get(reverse("curation:bulk", args=["brand"]), query, follow=True)
        assert response.redirect_chain[0][0] == reverse("admin:brands_brand_changelist")
        assert words in said(response)[0]

    def test_has_a_limit_that_is_told(self, reviewer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pages, "MOST_ROWS", 3)
        response = reviewer.get(reverse("curation:bulk", args=["brand"]), {"where": "", "deed": "confirm"}, follow=True)
        assert "超过 3 条，一次改不了这么多" in said(response)[0]
        assert page(reviewer, where="province=420000", deed="confirm").status_code == 200

    def test_of_a_deed_comes_first(self, reviewer: Client) -> None:
        shown = page(reviewer, rows=str(keys("天镇保姆")[0]))
        assert [label for label, _url in shown.context["deeds"]] == ["确认", "撤下", "恢复"]
        fields = [label for label, _form in shown.context["settings"]]
        assert fields == ["设所在地", "设行业", "设类型", "设级别"]
        assert all(one["value"].value() in {None, ""} for _label, one in shown.context["settings"])
        assert all(
            "" in dict(one.fields["value"].choices) for label, one in shown.context["settings"] if label != "设所在地"
        )
        assert [label for label, _form in page(reviewer, "statistic", where="").context["settings"]] == [
            "设指标",
            "设单位",
            "设口径",
            "设单位口径",
            "设日期依据",
        ]

    @pytest.mark.parametrize("deed", ["x", "name", "review"])
    def test_of_an_odd_deed_is_no_deed(self, reviewer: Client, deed: str) -> None:
        assert "plan" not in page(reviewer, rows=str(keys("天镇保姆")[0]), deed=deed).context

    def test_of_an_odd_kind_is_404(self, reviewer: Client) -> None:
        assert page(reviewer, "article", rows="1").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("editor", 403), ("reviewer", 200), ("admin", 200)])
def test_is_for_who_may(db: None, role: str, status: int) -> None:
    row = brand("天镇保姆")
    client = client_as(role)
    assert page(client, rows=str(row.pk), deed="confirm").status_code == status
    actions = client.post(reverse("admin:brands_brand_changelist"), {"action": "confirm", "_selected_action": [row.pk]})
    assert (actions.status_code == 302 and "/bulk/" in actions["Location"]) is (status == 200)


def test_of_many_shows_the_first_and_asks_little(reviewer: Client, django_assert_max_num_queries: Any) -> None:
    with sync.gathered():
        rows = [brand(f"{n}号绣娘") for n in range(120)]
    with django_assert_max_num_queries(MOST_QUERIES):
        shown = page(reviewer, where="q=绣娘", deed="level", value="county")
    assert (len(shown.context["rows"]), len(shown.context["plan"].changing)) == (100, len(rows))
    assert "只列前 100 条" in text_of(shown)
    assert len(shown.content) < 60_000
    assert bulk_edit.MOST_ROWS == 10_000


def test_that_somebody_thwarts_changes_nothing(reviewer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the plan and the deed another brand of the name came to the region."""
    shown = page(reviewer, rows=str(keys("天镇保姆")[0]), deed="region", value="离石区")
    brand("天镇保姆", region=Region.objects.get(pk="141102"))
    monkeypatch.setattr(bulk_edit, "_doubles", lambda _wanted: set())
    done = send(reviewer, "brand", shown, why="")
    assert "这次没有改动任何内容" in said(done)[0]
    assert not ChangeSet.objects.exists()
    assert set(Brand.objects.filter(name="天镇保姆").values_list("region", flat=True)) == {"140222", "141102"}


def test_values_are_exact(reviewer: Client) -> None:
    number = statistic(Brand.objects.get(name="吕梁山护工"), "0.1234", unit="%")
    in_bulk(reviewer, "statistic", [number.pk], "unit", value="％")
    number.refresh_from_db()
    assert number.value == Decimal("0.1234")
