"""Pairs that may be the same: which are found, why, and what staff do with them."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from brands.audit.merge import MergeChoice, merge
from brands.listing.sync import gathered
from brands.models import Brand, Change, ChangeSet, Region
from brands.vocabulary.choices import Industry, ReviewState
from curation.duplicates.blocking import MOST, candidates
from curation.duplicates.records import Naming, Record, sound
from curation.duplicates.scoring import WORDS, in_words, judge
from curation.duplicates.search import search
from curation.duplicates.store import set_apart
from curation.models import Distinct, DuplicatePair, DuplicateSearch, RecordKind
from curation.views.duplicates import PAIRS
from tests.brands.factories import article, bear_out, brand, program, regions, statistic
from tests.brands.whole import state
from tests.staff import member

LVLIANG, LISHI, SHANXI, DATONG, QIANJIANG = "141100", "141102", "140000", "140200", "429005"


def record(name: str, region: str = LVLIANG, *aliases: str, **more: Any) -> Record:
    kind = more.pop("kind", RecordKind.BRAND)
    return Record(kind, hash((name, region)), name, (name, *aliases), region=region, **more)


def like(one: Record, other: Record) -> float:
    verdict = judge(one, other)
    return verdict.score if verdict else 0.0


class TestJudging:
    @pytest.mark.parametrize(
        ("one", "other", "why"),
        [
            (record("护工"), record("护工", SHANXI), "same_name"),
            (record("护工"), record("护工", ""), "same_name"),
            (record("吕梁山护工", LVLIANG, "吕梁护工"), record("吕梁护工"), "alias"),
            (record("吕梁山护工"), record("吕梁护工"), "spelling"),
            (record("吕梁护功"), record("吕梁护工"), "same_sound"),
            (record("吕梁护工劳务品牌"), record("吕梁护工"), "noise"),
            (record("吕梁山护工护理"), record("吕梁山护工"), "part"),
            (record("吕梁护工", cores=frozenset({"护工"})), record("护工"), "same_core"),
        ],
    )
    def test_says_why(self, one: Record, other: Record, why: str) -> None:
        for first, second in ((one, other), (other, one)):
            verdict = judge(first, second)
            assert verdict is not None
            assert verdict.reasons[0][0] == why
            assert all("%" not in said for said in in_words(verdict.reasons))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (record("护工"), record("护工", QIANJIANG)),
            (record("护工", LISHI), record("护工", DATONG)),
            (record("吕梁养老护工"), record("吕梁养老护嫂")),
            (record("天镇保姆"), record("天镇月嫂")),
            (
                record("山西家政师", SHANXI, "家政师", cores=frozenset({"家政师"})),
                record("吕梁家政师", LVLIANG, "家政师", cores=frozenset({"家政师"})),
            ),
            (record("第二届护工大赛"), record("第三届护工大赛")),
            (record("2023年护工大赛"), record("2024年护工大赛")),
        ],
    )
    def test_of_what_is_two(self, one: Record, other: Record) -> None:
        assert judge(one, other) is None

    def test_the_same_name_in_places_that_have_nothing_to_do_with_each_other_is_never_sure(self) -> None:
        """Not even where one paper names both in one article and the trade is the same."""
        there = {"trade": "care", "namings": [Naming(1, 0, 2, 0)]}
        assert like(record("护工", LVLIANG, **there), record("护工", QIANJIANG, **there)) < 0.6

    @pytest.mark.parametrize(
        ("surer", "less"),
        [
            ({"trade": "care"}, {"trade": "craft"}),
            ({"region": LVLIANG}, {"region": LISHI}),
            ({"region": LISHI}, {"region": ""}),
            ({"namings": [Naming(1, 3, 8, 0)]}, {"namings": [Naming(1, 20, 24, 0)]}),
        ],
    )
    def test_weighs_place_trade_and_papers(self, surer: dict[str, Any], less: dict[str, Any]) -> None:
        one = record("吕梁山护工", trade="care", namings=[Naming(1, 4, 8, 0)])
        base = {"region": LVLIANG, "trade": ""}
        scores = [like(one, record("吕梁护工", **(base | more))) for more in (surer, less)]
        assert scores[0] > scores[1]

    def test_programs_of_one_name_differ_by_year_and_rank(self) -> None:
        one = record("技能大赛", SHANXI, kind=RecordKind.PROGRAM, year=2024)
        same = record("技能大赛", SHANXI, kind=RecordKind.PROGRAM, year=2024)
        city = record("技能大赛", LVLIANG, kind=RecordKind.PROGRAM, year=2024)
        later = record("技能大赛", SHANXI, kind=RecordKind.PROGRAM, year=2025)
        assert like(one, same) > like(one, city) > like(one, later) == 0

    def test_every_reason_has_words(self) -> None:
        values = dict.fromkeys(("name", "sound", "rest", "short", "long", "one", "other"), "甲")
        assert len(in_words([(code, values) for code in WORDS])) == len(WORDS)


class TestBlocking:
    def found(self, *records: Record) -> set[tuple[str, str]]:
        return {(records[one].name, records[other].name) for one, other in candidates(records)}

    @pytest.mark.parametrize(
        "names", [("护工", "护工"), ("护功", "护工"), ("吕梁山护工", "吕梁护工"), ("山里护工", "吕梁山里护工")]
    )
    def test_brings_together_what_shares_something(self, names: tuple[str, str]) -> None:
        one, other = names
        for first, second in ((LVLIANG, LVLIANG), (LISHI, SHANXI), (SHANXI, LISHI), ("", LISHI), (LISHI, "")):
            assert self.found(record(one, first), record(other, second)) == {names}

    def test_leaves_apart_what_lies_elsewhere(self) -> None:
        assert self.found(record("护工", LISHI), record("护工", DATONG), record("护工", QIANJIANG)) == set()

    def test_but_looks_at_one_name_in_one_article(self) -> None:
        naming = [Naming(7, 0, 2, 0)]
        assert self.found(record("护工", LISHI, namings=naming), record("护工", DATONG, namings=naming)) == {
            ("护工", "护工")
        }

    def test_passes_over_what_too_many_share(self) -> None:
        """A name that stands in hundreds of others would bring each with it."""
        crowd = [record(f"{chr(0x4E00 + at)}家政服务", LVLIANG, "家政服务") for at in range(MOST + 1)]
        assert all(sound(crowd[one].keys[0]) == sound(crowd[other].keys[0]) for one, other in candidates(crowd))

    def test_looks_at_few_of_many(self) -> None:
        """Twice the records are twice the pairs, not four times."""

        def pairs(count: int) -> int:
            names = (chr(0x4E00 + at) + chr(0x6E00 + at) for at in range(count))
            return len(candidates([record(f"{name}护工", one) for name in names for one in (LISHI, LVLIANG)]))

        assert 400 <= pairs(400) < 2.2 * pairs(200)


@pytest.fixture
def curator(client: Client, db: None) -> User:
    user = member("reviewer", "shenhe")
    client.force_login(user)
    return user


@pytest.fixture
def two(db: None) -> tuple[Brand, Brand]:
    with gathered():
        place = regions()[LVLIANG]
        one = brand("吕梁山护工", region=place, level="national")
        other = brand("吕梁护工", region=place, organisation="市人社局")
        bear_out(one, article("再提吕梁山护工。"), "吕梁山护工")
        statistic(other, 90000)
    search(RecordKind.BRAND)
    return one, other


@pytest.mark.django_db
class TestSearch:
    def test_finds_pairs_of_the_catalogue(self, two: tuple[Brand, Brand]) -> None:
        brand("潜江裁缝", region=Region.objects.get(pk=QIANJIANG))
        assert search(RecordKind.BRAND) == 1
        row = DuplicatePair.objects.get()
        assert (row.kind, row.first, row.second) == ("brand", two[0].pk, two[1].pk)
        assert in_words(row.reasons)[1:] == ["所在地相同", "行业相同"]
        assert DuplicateSearch.objects.get().records == 3

    def test_knows_places_by_the_name_where_the_row_has_none(self) -> None:
        regions()
        program("山西省护工技能大赛")
        program("湖北省护工技能大赛")
        assert search(RecordKind.PROGRAM) == 0

    def test_leaves_out_what_was_rejected(self, two: tuple[Brand, Brand]) -> None:
        Brand.objects.filter(pk=two[1].pk).update(review=ReviewState.REJECTED)
        assert search(RecordKind.BRAND) == 0

    def test_never_brings_back_what_a_person_said_is_two(self, two: tuple[Brand, Brand], curator: User) -> None:
        set_apart("brand", two[1].pk, two[0].pk, author=curator)
        assert search(RecordKind.BRAND) == 0

    def test_nor_its_heir(self, two: tuple[Brand, Brand], curator: User) -> None:
        set_apart("brand", two[1].pk, two[0].pk, author=curator)
        heir = brand("山里护工", region=two[0].region)
        merge(Brand, heir.pk, two[0].pk, MergeChoice(), author=curator, why="")
        assert search(RecordKind.BRAND) == 0

    def test_is_a_command(self, two: tuple[Brand, Brand], capsys: Any) -> None:
        call_command("find_doubles")
        assert "brand: 1 pairs" in capsys.readouterr().out


class TestTheList:
    def test_shows_both_beside_each_other_with_sentences(
        self, client: Client, curator: User, two: tuple[Brand, Brand]
    ) -> None:
        page = client.get("/admin/doubles/").content.decode()
        assert "“吕梁山护工”与“吕梁护工”只差一两个字" in page
        assert "再提吕梁山护工。" in page
        assert "市人社局" in page
        assert page.index(f"#{two[0].pk} 吕梁山护工") < page.index(f"#{two[1].pk} 吕梁护工")  # more articles

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("province=140000", 1),
            ("province=420000", 0),
            (f"trade={Industry.CARE}", 1),
            ("trade=craft", 0),
            ("kind=program", 0),
            ("province=1", 1),
            ("page=99", 1),
            ("show=apart", 0),
        ],
    )
    def test_is_narrowed(self, client: Client, curator: User, two: tuple[Brand, Brand], query: str, count: int) -> None:
        answer = client.get(f"/admin/doubles/?{query}")
        assert answer.status_code == 200
        assert answer.context["page"].paginator.count == count

    def test_takes_few_statements(
        self, client: Client, curator: User, two: tuple[Brand, Brand], django_assert_max_num_queries: Any
    ) -> None:
        for at in range(12):
            place = two[0].region
            brand(f"吕梁{chr(0x5E00 + at)}护工", region=place, aliases=("护工",))
        assert search(RecordKind.BRAND) > 10
        with django_assert_max_num_queries(30):
            answer = client.get("/admin/doubles/")
        assert len(answer.context["pairs"]) == PAIRS

    def test_a_search_is_started_from_it(self, client: Client, curator: User, two: tuple[Brand, Brand]) -> None:
        DuplicatePair.objects.all().delete()
        answer = client.post("/admin/doubles/search/", {"kind": "brand", "back": "province=140000"})
        assert answer["Location"] == "/admin/doubles/?province=140000"
        assert DuplicatePair.objects.count() == 1

    def test_a_pair_is_set_apart_and_that_is_taken_back(
        self, client: Client, curator: User, two: tuple[Brand, Brand]
    ) -> None:
        said = {
            "kind": "brand",
            "first": two[0].pk,
            "second": two[1].pk,
            "why": "两个县",
            "back": "page=2",
            "onward": "3-4",
        }
        answer = client.post("/admin/doubles/different/", said)
        assert answer["Location"] == "/admin/doubles/?page=2#pair-3-4"
        assert (Distinct.objects.get().why, Distinct.objects.get().author) == ("两个县", curator)
        assert client.get("/admin/doubles/").context["pairs"] == []
        assert "两个县" in client.get("/admin/doubles/?show=apart").content.decode()
        client.post("/admin/doubles/undecided/", said)
        assert len(client.get("/admin/doubles/").context["pairs"]) == 1

    @pytest.mark.parametrize(
        "said",
        [
            {},
            {"kind": "brand", "first": 1},
            {"kind": "x", "first": 1, "second": 2},
            {"kind": "brand", "first": 1, "second": 999999},
        ],
    )
    def test_no_such_pair(
        self, client: Client, curator: User, two: tuple[Brand, Brand], said: dict[str, object]
    ) -> None:
        assert client.post("/admin/doubles/different/", said).status_code == 404

    def test_is_not_for_editors(self, client: Client, db: None) -> None:
        user = member("editor", "bianji")
        client.force_login(user)
        assert client.get("/admin/doubles/").status_code == 403


class TestMergingByPage:
    def address(self, two: tuple[Brand, Brand]) -> str:
        return f"/admin/merge/brand/{two[0].pk}/{two[1].pk}/"

    def sent(self, client: Client, two: tuple[Brand, Brand], **more: Any) -> dict[str, Any]:
        """The form as the page has it."""
        context = client.get(self.address(two)).context
        said = {row.name: row.side for row in context["form"].rows() if row.line.differs}
        return {**said, "aliases": "both", "seal": context["seal"], "why": "一样", **more}

    def test_tells_what_would_move_and_writes_nothing(
        self, client: Client, curator: User, two: tuple[Brand, Brand]
    ) -> None:
        before = state()
        page = client.get(self.address(two)).content.decode()
        assert "数据：1 条转到保留方" in page
        assert "别名：新增 1 条" in page.replace("品牌别名", "别名")
        assert (state(), ChangeSet.objects.count()) == (before, 0)

    def test_advises_and_takes_what_is_chosen(self, client: Client, curator: User, two: tuple[Brand, Brand]) -> None:
        said = self.sent(client, two, back="province=140000")
        assert (said["take_name"], said["take_level"], said["take_organisation"]) == ("kept", "kept", "gone")
        answer = client.post(self.address(two), said)
        assert answer["Location"] == "/admin/doubles/?province=140000"
        change_set = ChangeSet.objects.get()
        assert (change_set.author, change_set.note) == (curator, "一样")
        kept = Brand.objects.get(pk=two[0].pk)
        assert (kept.level, kept.organisation, kept.review) == ("national", "市人社局", "confirmed")
        assert client.get("/admin/doubles/").context["pairs"] == []

    def test_a_preview_shows_the_choice_and_does_not_merge(
        self, client: Client, curator: User, two: tuple[Brand, Brand]
    ) -> None:
        answer = client.post(self.address(two), self.sent(client, two, take_level="gone", preview="1"))
        assert answer.status_code == 200
        assert [row.side for row in answer.context["form"].rows() if row.line.field == "level"] == ["gone"]
        assert Brand.objects.count() == 2

    def test_what_changed_meanwhile_is_shown_first(
        self, client: Client, curator: User, two: tuple[Brand, Brand]
    ) -> None:
        said = self.sent(client, two)
        Brand.objects.filter(pk=two[1].pk).update(organisation="县人社局")
        answer = client.post(self.address(two), said)
        assert answer.status_code == 409
        assert "有人改过" in answer.content.decode()
        said["seal"] = answer.context["seal"]
        assert client.post(self.address(two), said).status_code == 302

    def test_a_third_of_the_name_is_named(self, client: Client, curator: User, two: tuple[Brand, Brand]) -> None:
        Brand.objects.filter(pk=two[1].pk).update(region=None)
        brand("吕梁护工", region=two[0].region)
        answer = client.post(self.address(two), self.sent(client, two, take_name="gone"))
        assert (answer.status_code, Brand.objects.count()) == (409, 3)
        assert "已有同名" in answer.content.decode()

    @pytest.mark.parametrize("said", [{"take_level": "other"}, {"aliases": "x"}, {"why": "长" * 501}, {"seal": ""}])
    def test_a_wrong_form_is_shown_again(
        self, client: Client, curator: User, two: tuple[Brand, Brand], said: dict[str, str]
    ) -> None:
        answer = client.post(self.address(two), self.sent(client, two) | said)
        assert (answer.status_code, Brand.objects.count()) == (200, 2)

    @pytest.mark.parametrize("path", ["brand/1/999999", "page/1/2", "brand/{0}/{0}"])
    def test_nothing_to_merge(self, client: Client, curator: User, two: tuple[Brand, Brand], path: str) -> None:
        assert client.get(f"/admin/merge/{path.format(two[0].pk)}/").status_code == 404

    def test_comes_apart_by_page(self, client: Client, curator: User, two: tuple[Brand, Brand]) -> None:
        before = state()
        client.post(self.address(two), self.sent(client, two))
        change_set = ChangeSet.objects.get()
        assert "拆开" in client.get(f"/admin/doubles/brand/{two[0].pk}/").content.decode()
        assert "拆开合并" in client.get(f"/admin/batches/{change_set.pk}/").content.decode()
        assert "恢复为单独的记录" in client.get(f"/admin/unmerge/{change_set.pk}/").content.decode()
        answer = client.post(f"/admin/unmerge/{change_set.pk}/")
        assert answer["Location"] == f"/admin/doubles/brand/{two[0].pk}/"
        assert state() == before
        assert client.post(f"/admin/unmerge/{change_set.pk}/").status_code == 409
        assert len(client.get("/admin/doubles/").context["pairs"]) == 1

    def test_what_became_part_of_a_third_waits_for_that(
        self, client: Client, curator: User, two: tuple[Brand, Brand]
    ) -> None:
        first = merge(Brand, two[0].pk, two[1].pk, MergeChoice(), author=curator, why="")
        third = brand("山里护工", region=two[0].region)
        second = merge(Brand, third.pk, two[0].pk, MergeChoice(), author=curator, why="")
        for address in ("unmerge/{}/", "batches/{}/undo/"):
            path = address.format(first.pk)
            answer = client.post(f"/admin/{path}", {"why": ""})
            assert answer.status_code == 409
            assert f"#{second.pk}" in answer.content.decode()
        assert Change.objects.filter(change_set__kind="undo").count() == 0

    def test_of_one_record_others_are_found_by_name_and_number(
        self, client: Client, curator: User, two: tuple[Brand, Brand]
    ) -> None:
        for words in ("吕梁护", str(two[1].pk)):
            answer = client.get(f"/admin/doubles/brand/{two[0].pk}/", {"q": words})
            assert [row.pk for row in answer.context["found"]] == [two[1].pk]
        assert client.get(f"/admin/doubles/brand/{two[0].pk}/", {"q": "字" * 61}).context["found"] == []

    def test_the_page_of_one_that_was_merged_leads_to_its_heir(
        self, client: Client, curator: User, two: tuple[Brand, Brand]
    ) -> None:
        merge(Brand, two[0].pk, two[1].pk, MergeChoice(), author=curator, why="")
        answer = client.get(f"/admin/doubles/brand/{two[1].pk}/")
        assert answer["Location"] == f"/admin/doubles/brand/{two[0].pk}/"

    def test_programs_too(self, client: Client, curator: User) -> None:
        regions()
        one, other = program("护工技能大赛"), program("“护工”技能比赛")
        page = client.get(f"/admin/merge/program/{one.pk}/{other.pk}/")
        said = {row.name: row.side for row in page.context["form"].rows() if row.line.differs}
        answer = client.post(
            f"/admin/merge/program/{one.pk}/{other.pk}/", {**said, "aliases": "both", "seal": page.context["seal"]}
        )
        assert answer.status_code == 302
        assert not type(one).objects.filter(pk=other.pk).exists()
        assert client.get(f"/admin/doubles/program/{one.pk}/").context["merges"]
