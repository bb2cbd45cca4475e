"""Whatever changes a row, documents, index and cards are what the catalogue says, and search finds what is there."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from brands.listing import sync
from brands.models import (
    Article,
    Brand,
    BrandAlias,
    Card,
    DocumentKind,
    Evidence,
    Program,
    Region,
    RegionName,
    SearchDocument,
)
from brands.search import find, store
from brands.search.conditions import Question, Text
from brands.search.documents import Document
from tests.brands.factories import article, bear_out, brand, program, regions, statistic
from tests.curation.deeds import in_bulk
from tests.ready import ROOT

pytestmark = pytest.mark.django_db


def names(word: str) -> set[str]:
    found = find.find(Question(((Text(word),),)), limit=1000)
    documents = SearchDocument.objects.in_bulk([ranked.number for kind in found for ranked in kind.ranked])
    return {f"{document.kind} {document.name}" for document in documents.values()}


def carer() -> Brand:
    return Brand.objects.get(name="吕梁山护工")


def renamed() -> None:
    row = carer()
    row.name = "吕梁山看护"
    row.save()


def moved() -> None:
    Brand.objects.filter(name="离石月嫂").get()
    row = carer()
    row.region_id = "420000"
    row.save()


def rejected() -> None:
    row = carer()
    row.review = "rejected"
    row.save(update_fields=["review"])


def alias_moved() -> None:
    alias = BrandAlias.objects.get(name="吕梁护工")
    alias.brand = Brand.objects.get(name="天镇保姆")
    alias.save()


def evidence_moved() -> None:
    piece = Evidence.objects.filter(brand=carer()).get()
    piece.brand = Brand.objects.get(name="天镇保姆")
    piece.save()


def region_renamed() -> None:
    region = Region.objects.get(pk="141100")
    region.common_name = "离石府"
    region.save()


def region_named() -> None:
    RegionName.objects.create(region_id="140000", name="三晋", kind="literary").delete()
    RegionName.objects.create(region_id="140000", name="河东", kind="literary")


def reprinted() -> None:
    again = article("护工走出大山\n又一次。", title="护工再走出大山")
    again.reprint_of = Article.objects.get(title="护工走出大山")
    again.save()


def linked() -> None:
    work = Program.objects.get(name="护工技能大赛")
    work.brands.add(*Brand.objects.all())
    work.brands.remove(carer())
    work.brands.clear()
    carer().programs.set([work])


def merged() -> None:
    """As two divisions become one: everything moves, and the old one goes."""
    for row in Brand.objects.filter(region="141102"):
        row.region_id = "141100"
        row.save()
    Region.objects.get(pk="141102").delete()


def article_irrelevant() -> None:
    row = Article.objects.get(title="护工走出大山")
    row.relevant = False
    row.save()


def page_deleted() -> None:
    Article.objects.get(title="护工走出大山").page.delete()


CHANGES: list[Callable[[], object]] = [
    renamed,
    moved,
    rejected,
    alias_moved,
    evidence_moved,
    region_renamed,
    region_named,
    reprinted,
    linked,
    merged,
    article_irrelevant,
    lambda: carer().delete(),
    lambda: BrandAlias.objects.all().delete(),
    lambda: Evidence.objects.all().delete(),
    page_deleted,
    lambda: carer().statistics.all().delete(),
    lambda: statistic(carer(), 5, metric="training"),
    lambda: statistic(Program.objects.get(name="护工技能大赛"), 5),
    lambda: brand("新护工", aliases=("新来的",)),
    lambda: program("新护工计划", place=regions()["141100"], held_on=date(2025, 1, 1), held_precision="year"),
]


@pytest.mark.usefixtures("catalogued")
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_change_is_followed(change: Callable[[], object]) -> None:
    assert list(sync.differences()) == []
    change()
    assert list(sync.differences()) == []
    assert (
        SearchDocument.objects.filter(kind="brand").count() == Brand.objects.published().count() == Card.objects.count()
    )


@pytest.mark.usefixtures("catalogued")
def test_the_change_is_found_at_once() -> None:
    renamed()
    assert "brand 吕梁山看护" in names("梁山看")
    assert "brand 吕梁山护工" not in names("山护工")
    rejected_row = Brand.objects.get(name="吕梁山看护")
    rejected_row.review = "rejected"
    rejected_row.save()
    assert names("梁山看") == set()


@pytest.mark.usefixtures("catalogued")
def test_what_is_taken_back_was_never_there() -> None:
    class HaltedError(Exception):
        pass

    def halted() -> None:
        with transaction.atomic():
            brand("半途而废师傅")
            assert "brand 半途而废师傅" in names("半途而废")
            raise HaltedError

    with pytest.raises(HaltedError):
        halted()
    assert names("半途而废") == set()
    assert list(sync.differences()) == []


@pytest.mark.usefixtures("catalogued")
def test_a_save_fails_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no index")

    monkeypatch.setattr(store, "refresh", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        renamed()
    monkeypatch.undo()
    assert carer().name == "吕梁山护工"
    assert list(sync.differences()) == []


@pytest.mark.usefixtures("catalogued")
def test_gathered_changes_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[int]] = []
    refresh = store.refresh

    def watched(keys: Mapping[DocumentKind, set[int]]) -> None:
        asked.append(set(keys[DocumentKind.BRAND]))
        refresh(keys)

    monkeypatch.setattr(store, "refresh", watched)
    with sync.gathered():
        made = [brand(f"第{number}号工匠") for number in range(3)]
    assert asked == [{row.pk for row in made}]
    assert list(sync.differences()) == []


@pytest.mark.usefixtures("catalogued")
class TestAdmin:
    @pytest.fixture
    def staff(self, client: Client) -> Client:
        client.force_login(User.objects.create_superuser("staff", password="x"))
        return client

    @pytest.mark.parametrize(("action", "public"), [("confirm", True), ("reject", False)])
    def test_verdicts_on_many(self, staff: Client, action: str, public: bool) -> None:
        chosen = Brand.objects.filter(name__in=["吕梁山护工", "天镇保姆"])
        in_bulk(staff, "brand", [row.pk for row in chosen], action)
        assert list(sync.differences()) == []
        assert ("brand 吕梁山护工" in names("吕梁山")) is public

    def test_a_verdict_on_numbers_changes_their_brand(self, staff: Client) -> None:
        chosen = carer().statistics.values_list("pk", flat=True)
        in_bulk(staff, "statistic", chosen, "reject")
        assert list(sync.differences()) == []
        assert "metric" not in SearchDocument.objects.get(pk=DocumentKind.BRAND.number(carer().pk)).labels


@pytest.mark.usefixtures("catalogued")
class TestCommands:
    def run(self, command: str, *options: str) -> str:
        told = StringIO()
        call_command(command, *options, stdout=told, stderr=told)
        return told.getvalue()

    def test_check_says_that_all_is_well(self) -> None:
        assert "what the catalogue says" in self.run("check_search_index")

    @pytest.mark.parametrize(
        ("damage", "told"),
        [
            ("UPDATE brands_searchdocument SET name = 'x' WHERE kind = 'brand'", "other name than the catalogue"),
            ("DELETE FROM brands_search_index", "not indexed"),
            ("DELETE FROM brands_searchdocument WHERE kind = 'article'", "no document"),
            ("UPDATE brands_brand SET review = 'rejected'", "not public, but there"),
            ("DELETE FROM brands_card", "card"),
        ],
    )
    def test_check_names_what_differs_and_rebuild_mends_it(self, damage: str, told: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(damage)
        said = StringIO()
        with pytest.raises(CommandError, match="rebuild_search_index"):
            call_command("check_search_index", stdout=said, stderr=said)
        assert told in said.getvalue()
        assert "brand: " in self.run("rebuild_search_index")
        assert "what the catalogue says" in self.run("check_search_index")

    def test_what_an_older_version_has_filled_is_made_up_for_once(self) -> None:
        for table in ("brands_searchdocument", "brands_search_index", "brands_card"):
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table}")
        assert "brand: " in self.run("rebuild_search_index", "--if-missing")
        assert "what the catalogue says" in self.run("check_search_index")
        assert self.run("rebuild_search_index", "--if-missing") == ""

    def test_entries_without_documents_are_found_and_taken_off(self) -> None:
        stray = DocumentKind.BRAND.number(987654)
        store.dialect().write([(stray, ["护工"])])
        assert list(sync.differences()) == ["brand 987654: not public, but there"]
        self.run("rebuild_search_index")
        assert list(sync.differences()) == []

    def test_a_rebuild_that_is_stopped_leaves_what_was_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In the middle of a batch, when its documents are written and its entries are not."""
        before = names("工")
        monkeypatch.setattr(store, "BATCH", 2)
        batch = 0
        index_them = store._index

        def stop(documents: Sequence[Document]) -> None:
            nonlocal batch
            batch += 1
            if batch == 3:
                raise KeyboardInterrupt
            index_them(documents)

        monkeypatch.setattr(store, "_index", stop)
        with pytest.raises(KeyboardInterrupt):
            self.run("rebuild_search_index")
        assert batch == 3
        assert names("工") == before
        assert list(sync.differences()) == []


class TestLoader:
    def ingest(self, folder: Path) -> None:
        call_command("ingest_pages", str(folder), stdout=StringIO(), stderr=StringIO())

    def test_loading_again_changes_nothing_and_another_version_leaves_all_whole(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call_command("load_regions", stdout=StringIO())
        samples = sorted((ROOT / "ingest" / "samples").glob("*.txt"))[:6]
        for path in samples:
            (tmp_path / path.name).write_bytes(path.read_bytes())
        self.ingest(tmp_path)
        assert list(sync.differences()) == []
        documents = list(SearchDocument.objects.order_by("pk").values_list())
        assert {row[1] for row in documents} == set(DocumentKind.values)
        self.ingest(tmp_path)
        assert list(SearchDocument.objects.order_by("pk").values_list()) == documents
        monkeypatch.setattr("ingest.management.commands.ingest_pages.extractor_version", lambda: "another")
        self.ingest(tmp_path)
        assert list(sync.differences()) == []
        first = Brand.objects.order_by("pk").first()
        assert first is not None
        bear_out(first, article(f"又是{first.name}。", title="又一篇"), first.name)
        assert list(sync.differences()) == []
