"""Change sets are listed, shown in the words of the interface, and taken back by who may."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from brands.audit import undo as undoing
from brands.audit.change_sets import open_change_set, taken_back, within
from brands.audit.undo import undo
from brands.listing import sync
from brands.models import Brand, BrandAlias, ChangeSet, Evidence, Program, Region, Statistic
from brands.vocabulary.choices import ChangeSetKind
from tests.brands.factories import article, bear_out, brand, statistic
from tests.brands.whole import state
from tests.staff import client_as

pytestmark = pytest.mark.django_db

MOST_QUERIES = 30


def author(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def made_by(
    user: User | None, kind: ChangeSetKind = ChangeSetKind.EDIT, note: str = "", level: str = "county"
) -> ChangeSet:
    """A change set that sets the level of a brand."""
    change_set = open_change_set(kind, author=user, note=note)
    with within(change_set):
        Brand.objects.filter(name="天镇保姆").update(level=level)
    return change_set


def text_of(response: Any) -> str:
    """The words of a page, without tags and repeated spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", re.sub(r"</t[dh]>", " ", response.content.decode())))


@pytest.fixture
def rows(catalogued: None, db: None) -> None:
    """The small catalogue."""


@pytest.fixture
def reviewer(rows: None) -> Client:
    return client_as("reviewer", "shenhe")


class TestTheList:
    def shown(self, client: Client, **query: str) -> list[int]:
        response = client.get(reverse("curation:batch_list"), query)
        assert response.status_code == 200
        return [one.pk for one, _counts, _undone in response.context["rows"]]

    def test_has_what_changed_something_the_newest_first(self, reviewer: Client) -> None:
        first, second = made_by(None), made_by(author(reviewer), level="")
        open_change_set(ChangeSetKind.EDIT)
        assert self.shown(reviewer) == [second.pk, first.pk]

    def test_tells_what_each_did(self, reviewer: Client) -> None:
        change_set = open_change_set(ChangeSetKind.INGEST, note="县报 <b>11</b> 月")
        with within(change_set):
            brand("潜江虾工", aliases=("虾工",))
        response = reviewer.get(reverse("curation:batch_list"))
        [(_one, counts, undone)] = response.context["rows"]
        assert (counts, undone) == (
            [("版面", 1), ("报道", 1), ("劳务品牌", 1), ("品牌别名", 1), ("依据", 1)],
            None,
        )
        assert "县报 &lt;b&gt;11&lt;/b&gt; 月" in response.content.decode()
        assert "自动运行" in text_of(response)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"kind": "ingest"}, [0]),
            ({"kind": "merge"}, []),
            ({"author": "0"}, [0]),
            ({"author": "shenhe"}, [1]),
            ({"since": "2000-01-01", "until": "2100-01-01"}, [1, 0]),
            ({"since": "2100-01-01"}, []),
            ({"until": "2000-01-01"}, []),
        ],
    )
    def test_is_filtered(self, reviewer: Client, query: dict[str, str], found: list[int]) -> None:
        made = [made_by(None, ChangeSetKind.INGEST), made_by(author(reviewer), level="")]
        if query.get("author") == "shenhe":
            query = {"author": str(author(reviewer).pk)}
        assert self.shown(reviewer, **query) == [made[at].pk for at in found]

    def test_holds_all_of_a_day(self, reviewer: Client) -> None:
        change_set = made_by(None)
        day = text_of(reviewer.get(reverse("curation:batch_list")))
        today = re.findall(r"\d{4}-\d\d-\d\d", day)[0]
        assert self.shown(reviewer, since=today, until=today) == [change_set.pk]

    @pytest.mark.parametrize(
        ("query", "words"), [({"since": "昨天"}, "请填日期，如 2025-11-20"), ({"kind": "x"}, "没有“x”这个选项")]
    )
    def test_says_what_is_wrong_with_a_filter(self, reviewer: Client, query: dict[str, str], words: str) -> None:
        made_by(None)
        response = reviewer.get(reverse("curation:batch_list"), query)
        assert words in text_of(response)
        assert len(response.context["rows"]) == 1

    def test_pages_and_asks_little(self, reviewer: Client, django_assert_max_num_queries: Any) -> None:
        for n in range(60):
            made_by(None, level="county" if n % 2 else "")
        with django_assert_max_num_queries(MOST_QUERIES):
            assert len(self.shown(reviewer)) == 50
        assert len(self.shown(reviewer, page="2", kind="edit")) == 9
        assert (
            "kind=edit&amp;page=1"
            in reviewer.get(reverse("curation:batch_list"), {"kind": "edit", "page": "2"}).content.decode()
        )

    def test_marks_what_is_taken_back(self, reviewer: Client) -> None:
        change_set = made_by(None)
        first = undo(change_set, author=None).change_set
        [(_one, _counts, of_undo), (_two, _counts, of_batch)] = reviewer.get(reverse("curation:batch_list")).context[
            "rows"
        ]
        assert (of_undo, of_batch) == (None, first.pk)


@pytest.mark.usefixtures("rows")
def test_what_is_taken_back_twice_stands_again() -> None:
    change_set = made_by(None)
    first = undo(change_set, author=None).change_set
    assert taken_back([change_set.pk, first.pk]) == {change_set.pk: first.pk}
    second = undo(first, author=None).change_set
    assert taken_back([change_set.pk, first.pk]) == {first.pk: second.pk}
    third = undo(change_set, author=None).change_set
    assert taken_back([change_set.pk, first.pk, second.pk]) == {change_set.pk: third.pk, first.pk: second.pk}


class TestABatch:
    def test_tells_fields_as_people_read_them(self, reviewer: Client) -> None:
        change_set = open_change_set(ChangeSetKind.EDIT, author=author(reviewer), note="看错了")
        with within(change_set):
            row = Brand.objects.get(name="天镇保姆")
            row.region, row.level, row.recognised_year = Region.objects.get(pk="141102"), "county", 2024
            row.set_by_hand(["region"])
            row.save()
            number = Statistic.objects.get(value=90000)
            number.as_of_precision, number.value = "year", Decimal(95000)
            number.save()
        words = text_of(reviewer.get(reverse("curation:batch", args=[change_set.pk])))
        for expected in (
            "看错了",
            "所在地：天镇县 → 离石区",
            "级别：（空） → 县级",
            "认定年份：（空） → 2024",
            "审核：待审 → 已确认",
            "截至：2025年11月 → 2025年",
            "数值：90,000 → 95,000",
        ):
            assert expected in words
        for unsaid in ("name_key", "hand_set", "pinyin", "日期精度", "更新时间", "{", "None"):
            assert unsaid not in words.split("看错了")[1]

    def test_names_new_and_deleted_rows(self, reviewer: Client) -> None:
        change_set = open_change_set(ChangeSetKind.INGEST)
        with within(change_set):
            made = brand("潜江虾工", region=Region.objects.get(pk="429005"))
            Program.objects.get(name="护工技能大赛").delete()
        response = reviewer.get(reverse("curation:batch", args=[change_set.pk]))
        told = {(one.model, one.name): one for one in response.context["rows"]}
        assert told["劳务品牌", "潜江虾工"].address == reverse("admin:brands_brand_change", args=[made.pk])
        assert told["政策与活动", "护工技能大赛"].address == ""
        assert told["政策与活动", "护工技能大赛"].action == "-"
        assert told["依据", "“潜江虾工”（潜江虾工）"].action == "+"
        program_row = told["政策与活动", "护工技能大赛"].row
        assert reverse("curation:history", args=["program", program_row]) in response.content.decode()

    def test_says_where_a_row_ended_as_it_began(self, reviewer: Client) -> None:
        change_set = made_by(None)
        with within(change_set):
            Brand.objects.filter(name="天镇保姆").update(level="")
        assert "改过又改回，前后相同" in text_of(reviewer.get(reverse("curation:batch", args=[change_set.pk])))

    def test_escapes(self, reviewer: Client) -> None:
        change_set = open_change_set(ChangeSetKind.EDIT)
        with within(change_set):
            Brand.objects.filter(name="天镇保姆").update(description="<script>x</script>")
        assert "<script>x" not in reviewer.get(reverse("curation:batch", args=[change_set.pk])).content.decode()

    def test_shows_where_long_texts_begin_to_differ(self, reviewer: Client) -> None:
        Brand.objects.filter(name="天镇保姆").update(description="同" * 5000 + "旧")
        change_set = open_change_set(ChangeSetKind.EDIT)
        with within(change_set):
            Brand.objects.filter(name="天镇保姆").update(description="同" * 5000 + "新")
        words = text_of(reviewer.get(reverse("curation:batch", args=[change_set.pk])))
        assert f"…{'同' * 40}旧 → …{'同' * 40}新" in words

    def test_of_many_rows_pages_and_asks_little(self, reviewer: Client, django_assert_max_num_queries: Any) -> None:
        change_set = open_change_set(ChangeSetKind.INGEST)
        with within(change_set), sync.gathered():
            source = article("甲" * 300)
            for n in range(120):
                made = brand(f"{n}号绣娘", source=article(f"{n}号绣娘"), aliases=(f"绣娘{n}",))
            bear_out(statistic(made, 1, source=source, phrase="甲"), source, "甲甲")
            Evidence.objects.filter(brand__name="天镇保姆").delete()
            BrandAlias.objects.filter(name="吕梁护工").update(brand=made)
            Program.objects.get(name="护工技能大赛").brands.add(made)
        address = reverse("curation:batch", args=[change_set.pk])
        for query in ({}, {"page": "2"}, {"page": "6"}, {"kind": "brand", "page": "2"}):
            with django_assert_max_num_queries(MOST_QUERIES):
                response = reviewer.get(address, query)
            assert response.status_code == 200
            assert 0 < len(response.context["rows"]) <= 100
        assert {one.model for one in response.context["rows"]} == {"劳务品牌"}
        assert len(response.content) < 60_000

    @pytest.mark.parametrize("query", [{"page": "0"}, {"page": "x"}, {"page": "99999"}, {"kind": "x"}, {"kind": "<"}])
    def test_answers_odd_parameters(self, reviewer: Client, query: dict[str, str]) -> None:
        assert reviewer.get(reverse("curation:batch", args=[made_by(None).pk]), query).status_code == 200

    def test_that_is_not_there_is_404(self, reviewer: Client) -> None:
        assert reviewer.get(reverse("curation:batch", args=[10**9])).status_code == 404


class TestTakingBack:
    def test_shows_first_and_then_does(self, reviewer: Client) -> None:
        before = state()
        change_set = made_by(author(reviewer))
        address = reverse("curation:undo", args=[change_set.pk])
        changed = state()
        shown = reviewer.get(address)
        assert "撤销后，1 条记录会恢复到这一批之前的样子" in text_of(shown)
        assert state() == changed
        done = reviewer.post(address, {"why": "改错了"}, follow=True)
        own = ChangeSet.objects.latest("pk")
        assert done.redirect_chain == [(reverse("curation:batch", args=[own.pk]), 302)]
        assert (own.kind, own.undoes, own.author_name, own.note) == ("undo", change_set, "shenhe", "改错了")
        assert state() == before
        [said] = done.context["messages"]
        assert (
            f'已撤销批次 #{change_set.pk}，1 条记录复原，记为 <a href="/admin/batches/{own.pk}/">#{own.pk}</a>'
            in str(said)
        )

    def test_names_what_is_kept(self, reviewer: Client) -> None:
        change_set = open_change_set(ChangeSetKind.EDIT, author=author(reviewer))
        with within(change_set):
            Brand.objects.update(level="county", organisation="人社局")
        Brand.objects.filter(name="天镇保姆").update(level="national", organisation="天镇县人社局")
        shown = text_of(reviewer.get(reverse("curation:undo", args=[change_set.pk])))
        assert "另有 1 处此后又有变化" in shown
        assert "天镇保姆（级别、建设单位）：此后另有修改" in shown
        done = reviewer.post(reverse("curation:undo", args=[change_set.pk]), follow=True)
        assert "天镇保姆（级别、建设单位）：此后另有修改" in text_of(done)
        assert Brand.objects.get(name="天镇保姆").level == "national"

    def test_happens_once(self, reviewer: Client) -> None:
        change_set = made_by(author(reviewer))
        address = reverse("curation:undo", args=[change_set.pk])
        reviewer.post(address)
        change_sets = ChangeSet.objects.count()
        again = reviewer.post(address)
        assert again.status_code == 409
        assert "这一批已由批次" in text_of(again)
        assert ChangeSet.objects.count() == change_sets

    def test_of_too_much_says_why_and_how(self, reviewer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        change_set = open_change_set(ChangeSetKind.EDIT, author=author(reviewer))
        with within(change_set):
            Brand.objects.update(level="county")
        for module in (undoing, __import__("curation.views.change_sets", fromlist=["x"])):
            monkeypatch.setattr(module, "MOST_CHANGES", 2)
        for response in (
            reviewer.get(reverse("curation:batch", args=[change_set.pk])),
            reviewer.post(reverse("curation:undo", args=[change_set.pk])),
        ):
            assert "这一批有 4 处变动，一次最多撤销 2 处。请把内容分成小批" in text_of(response)
        assert not ChangeSet.objects.filter(kind=ChangeSetKind.UNDO).exists()

    @pytest.mark.parametrize(
        ("role", "own", "others"),
        [("viewer", 403, 403), ("editor", 403, 403), ("reviewer", 302, 409), ("admin", 302, 302)],
    )
    @pytest.mark.usefixtures("rows")
    def test_is_for_who_may(self, role: str, own: int, others: int) -> None:
        client = client_as(role)
        mine, theirs = made_by(author(client)), made_by(User.objects.create_user("other"), level="national")
        machine = made_by(None, level="")
        assert client.get(reverse("curation:batch", args=[mine.pk])).status_code == 200
        statuses = [client.post(reverse("curation:undo", args=[one.pk])).status_code for one in (machine, theirs, mine)]
        assert statuses == [others, others, own]

    def test_that_would_change_nothing_has_no_button(self, reviewer: Client) -> None:
        change_set = made_by(author(reviewer))
        made_by(None, level="national")
        shown = reviewer.get(reverse("curation:undo", args=[change_set.pk])).content.decode()
        assert "撤销后，0 条记录" in shown
        assert "确认撤销" not in shown


@pytest.mark.usefixtures("rows")
def test_only_staff_see_batches(client: Client) -> None:
    address = reverse("curation:batch", args=[made_by(None).pk])
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_user("nobody"))
    assert client.get(address).status_code == 302
