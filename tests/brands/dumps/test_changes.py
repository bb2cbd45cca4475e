"""The feed of changes: what became of public rows, in what order, and from where on."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from brands.audit import base_entries, triggers
from brands.audit.change_sets import open_change_set, within
from brands.audit.merge import MergeChoice, merge
from brands.audit.undo import undo
from brands.dumps.changes import changes_behind
from brands.dumps.position import read, settled, snapshot, written
from brands.dumps.tables import TABLES
from brands.models import Article, Brand, Change, Evidence, Program, Proposal, Region, Statistic
from brands.vocabulary.choices import ChangeSetKind, ReviewState
from tests.brands.factories import article, bear_out, brand, catalogue, program, statistic

pytestmark = pytest.mark.django_db

# Action, table and key of an entry.
Told = tuple[str, str, str]


class Feed:
    """What the interface tells behind the place where the last answer ended."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.since = written(settled())
        self.answers: list[dict[str, Any]] = []

    def new(self, limit: int = 200) -> set[Told]:
        self.answers = []
        more = True
        while more:
            response = self.client.get(f"/api/changes/?since={self.since}&limit={limit}")
            assert response.status_code == 200, response.content
            answer = response.json()
            self.since, more = answer["since"], answer["next"] is not None
            self.answers += answer["results"]
        return {(one["action"], one["table"], one["key"]) for one in self.answers}

    def one(self, table: str, key: object) -> dict[str, Any]:
        found = [one for one in self.answers if (one["table"], one["key"]) == (table, str(key))]
        assert found, (table, key)
        return found[-1]


@pytest.fixture
def feed(client: Client) -> Feed:
    catalogue()
    return Feed(client)


def carer() -> Brand:
    return Brand.objects.get(name="吕梁山护工")


class TestWhatItTells:
    def test_nothing_new(self, feed: Feed) -> None:
        assert feed.new() == set()

    def test_a_new_brand(self, feed: Feed) -> None:
        made = brand("文水面塑匠", aliases=("文水面塑",))
        told = feed.new()
        assert {("added", "brands", str(made.pk)), ("added", "brand_names", str(made.aliases.get().pk))} <= told
        assert {action for action, *_ in told} == {"added"}
        assert feed.one("brands", made.pk)["row"]["name"] == "文水面塑匠"

    def test_a_change_with_its_reason(self, feed: Feed) -> None:
        with within(open_change_set(ChangeSetKind.EDIT)) as change_set:
            Brand.objects.filter(pk=carer().pk).update(organisation="吕梁市人社局")
        assert feed.new() == {("changed", "brands", str(carer().pk))}
        told = feed.one("brands", carer().pk)
        assert (told["reason"], told["change_set"], told["by_person"]) == ("edit", change_set.pk, False)
        assert told["row"]["organisation"] == "吕梁市人社局"

    def test_what_is_merged_and_taken_apart_again(self, feed: Feed) -> None:
        kept, gone = carer(), Brand.objects.get(name="天镇保姆")
        change_set = merge(Brand, kept.pk, gone.pk, MergeChoice(), author=None, why="")
        told = feed.new()
        assert ("merged", "brands", str(gone.pk)) in told
        assert feed.one("brands", gone.pk)["into"] == kept.pk
        assert feed.one("brands", gone.pk)["reason"] == "merge"
        assert ("added", "redirects", str(gone.pk)) in told
        undo(change_set, author=None)
        told = feed.new()
        assert ("added", "brands", str(gone.pk)) in told
        assert ("withdrawn", "redirects", str(gone.pk)) in told

    def test_programs_that_are_merged(self, feed: Feed) -> None:
        kept, gone = Program.objects.order_by("pk")[:2]
        change_set = merge(Program, kept.pk, gone.pk, MergeChoice(), author=None, why="")
        assert {("merged", "programs", str(gone.pk)), ("added", "program_redirects", str(gone.pk))} <= feed.new()
        assert feed.one("programs", gone.pk)["into"] == kept.pk
        assert feed.one("program_redirects", gone.pk)["row"]["heir"] == kept.pk
        undo(change_set, author=None)
        told = {("added", "programs", str(gone.pk)), ("withdrawn", "program_redirects", str(gone.pk))}
        assert told <= feed.new()

    def test_all_that_hangs_on_a_brand_goes_and_comes_with_it(self, feed: Feed) -> None:
        row = carer()
        hanging = (
            {("brand_names", pk) for pk in row.aliases.values_list("pk", flat=True)}
            | {("brand_details", pk) for pk in row.details.values_list("pk", flat=True)}
            | {("statistics", pk) for pk in row.statistics.values_list("pk", flat=True)}
            | {("evidence", pk) for pk in row.evidence.values_list("pk", flat=True)}
            | {("evidence", pk) for pk in Evidence.objects.filter(statistic__brand=row).values_list("pk", flat=True)}
            | {("program_brands", row.programs.through._default_manager.get(brand=row).pk)}
        )
        Brand.objects.filter(pk=row.pk).update(review=ReviewState.REJECTED)
        assert feed.new() == {("withdrawn", table, str(pk)) for table, pk in hanging | {("brands", row.pk)}}
        assert all(one["row"] is None for one in feed.answers)
        Brand.objects.filter(pk=row.pk).update(review=ReviewState.CONFIRMED)
        assert feed.new() == {("added", table, str(pk)) for table, pk in hanging | {("brands", row.pk)}}

    def test_a_sentence_makes_a_brand_public(self, feed: Feed) -> None:
        made = Brand.objects.create(name="文水面塑匠", review=ReviewState.CONFIRMED)
        made.aliases.create(name="文水面塑")
        assert feed.new() == set()
        bear_out(made, article("文水面塑匠来了。"), "文水面塑匠")
        feed.new()
        assert feed.one("brands", made.pk)["row"]["name"] == "文水面塑匠"
        assert feed.one("brand_names", made.aliases.get().pk)["row"]["name"] == "文水面塑"
        made.evidence.all().delete()
        assert ("withdrawn", "brands", str(made.pk)) in feed.new()

    def test_an_article_that_is_aside_takes_its_sentences_along(self, feed: Feed) -> None:
        source = Article.objects.get(title="护工走出大山")
        number = source.evidence.filter(statistic__brand__isnull=False, field="")[0].statistic_id
        Article.objects.filter(pk=source.pk).update(relevant=False)
        told = feed.new()
        assert {("withdrawn", "articles", str(source.pk)), ("withdrawn", "statistics", str(number))} <= told
        Article.objects.filter(pk=source.pk).update(relevant=True)
        assert ("added", "articles", str(source.pk)) in feed.new()

    def test_a_division_that_is_renamed(self, feed: Feed) -> None:
        Region.objects.filter(pk="141100").update(name="吕梁地区")
        assert feed.new() == {("changed", "regions", "141100")}

    def test_what_refers_to_the_hidden(self, feed: Feed) -> None:
        head, member = carer(), Brand.objects.get(name="天镇保姆")
        Brand.objects.filter(pk=member.pk).update(series=head)
        feed.new()
        assert feed.one("brands", member.pk)["row"]["series"] == head.pk
        Brand.objects.filter(pk=head.pk).update(review=ReviewState.REJECTED)
        feed.new()
        assert feed.one("brands", member.pk)["row"]["series"] is None

    def test_small_answers_tell_the_same(self, feed: Feed) -> None:
        since = feed.since
        brand("文水面塑匠")
        Brand.objects.filter(name="天镇保姆").update(review=ReviewState.REJECTED)
        feed.new()
        whole = {(one["table"], one["key"]): one["row"] for one in feed.answers}
        feed.since = since
        feed.new(limit=1)
        assert {(one["table"], one["key"]): one["row"] for one in feed.answers} == whole

    def test_base_entries_of_an_upgrade_add_nothing(self, feed: Feed) -> None:
        """A row that is older than the log was there before somebody wrote down what it is."""
        row, table = carer(), Brand._meta.db_table
        with triggers.released():
            Change.objects.filter(table=table, row=str(row.pk)).delete()
            assert base_entries.write({table: Brand}, Change, connection.alias) == 1
        told = feed.new()
        assert ("changed", "brands", str(row.pk)) in told
        assert {action for action, *_ in told} == {"changed"}


class TestWhatIsNotPublic:
    def test_it_is_never_told(self, feed: Feed) -> None:
        hidden = brand("看不见的品牌", review=ReviewState.REJECTED, aliases=("别名",))
        number = statistic(carer(), 80, phrase="80人", confidence=0.2)
        statistic(hidden, 90, phrase="90人")
        Proposal.objects.create(brand=carer(), field="level", value="county", value_key="county")
        Brand.objects.filter(pk=hidden.pk).update(description="看不见")
        feed.new()
        assert {one["table"] for one in feed.answers} == {"articles"}  # where the sentences stand is no secret
        Statistic.objects.filter(pk=number.pk).update(review=ReviewState.REJECTED)
        number.delete()
        hidden.delete()
        assert feed.new() == set()

    def test_a_program_that_waits_takes_its_links_along(self, feed: Feed) -> None:
        waiting = program("看不见的方案", confidence=0.2)
        waiting.brands.add(carer())
        waiting.regions.add(Region.objects.get(pk="140000"))
        assert {table for _action, table, _key in feed.new()} == {"articles"}


class TestAddresses:
    @pytest.mark.parametrize("since", ["x", "-1", "5", "5-", "5-zzzzzzzz", "5-0000000", "9" * 30 + "-00000000", "０"])
    def test_what_is_no_place(self, feed: Feed, since: str) -> None:
        response = feed.client.get("/api/changes/", {"since": since})
        assert response.status_code == 400
        assert response.json()["errors"][0]["parameter"] == "since"

    @pytest.mark.parametrize("limit", ["0", "201", "x", "-1", "1.5"])
    def test_what_is_no_limit(self, feed: Feed, limit: str) -> None:
        assert feed.client.get("/api/changes/", {"limit": limit}).status_code == 400

    def test_a_place_of_another_log(self, feed: Feed) -> None:
        """After a backup was restored, numbers come again that belonged to other changes."""
        newest = Change.objects.order_by("-pk")[0]
        for since in (f"{newest.pk}-00000000", f"{newest.pk + 1}-00000000"):
            response = feed.client.get("/api/changes/", {"since": since})
            assert response.status_code == 404, since

    def test_from_the_beginning_it_tells_all(self, feed: Feed) -> None:
        feed.since = "0"
        feed.new()
        rows: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
        for one in feed.answers:
            rows[one["table"]][one["key"]] = one["row"]
        for name, table in TABLES.items():
            assert list(rows[name]) or not list(table.records()), name
            assert len(rows[name]) == len(list(table.records())), name

    def test_it_is_never_kept(self, feed: Feed) -> None:
        assert feed.client.get("/api/changes/").headers["Cache-Control"] == "no-store"

    def test_as_a_feed(self, feed: Feed) -> None:
        merge(Brand, carer().pk, Brand.objects.get(name="天镇保姆").pk, MergeChoice(), author=None, why="")
        response = feed.client.get("/api/changes/feed/")
        assert response.headers["Content-Type"].startswith("application/atom+xml")
        text = response.content.decode()
        assert f"并入编号 {carer().pk}" in text
        assert "新增 吕梁山护工" in text
        assert feed.client.get("/api/changes/feed/?x=1").status_code == 400


def in_a_thread(work: Callable[[], object]) -> None:
    """Do it over a connection of its own, and wait."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  told by the thread that waits
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    if failed:
        raise failed[0]


@pytest.mark.django_db(transaction=True)
class TestSeveralAtOnce:
    @pytest.fixture(autouse=True)
    def rows(self) -> Iterator[None]:
        catalogue()
        yield
        connections.close_all()

    def test_a_dump_is_of_one_moment(self) -> None:
        """What others write while it is made belongs to the changes behind its place."""
        with snapshot() as place:
            before = list(TABLES["brands"].records())
            in_a_thread(lambda: brand("文水面塑匠"))
            assert list(TABLES["brands"].records()) == before
        names = {
            change.row["name"] for change in changes_behind(read(place)).changes if change.row and "name" in change.row
        }
        assert "文水面塑匠" in names

    def test_what_is_written_first_and_shown_last_is_not_missed(self) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has one writer at a time")
        since = written(settled())
        begun, end = threading.Event(), threading.Event()

        def slow() -> None:
            with transaction.atomic():
                Region.objects.filter(pk="140000").update(name="先写后到")
                begun.set()
                assert end.wait(60)

        thread = threading.Thread(target=lambda: in_a_thread(slow))
        thread.start()
        try:
            assert begun.wait(60)
            in_a_thread(lambda: Region.objects.filter(pk="420000").update(name="后写先到"))
            page = changes_behind(read(since))
            assert [change.key for change in page.changes] == []
            assert page.place == since
            with snapshot() as place:
                assert place == since
        finally:
            end.set()
            thread.join(60)
        page = changes_behind(read(since))
        assert [change.key for change in page.changes] == ["140000", "420000"]
        assert changes_behind(read(page.place)).changes == []
