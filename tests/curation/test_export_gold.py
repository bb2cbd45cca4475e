"""What people decided goes out as gold: the corpus's score takes it, and models are trained on it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from brands.models import Article, Brand, Page, Program, Proposal, Statistic
from brands.sources import OwnSource, article_of
from brands.vocabulary.choices import ReviewState
from curation.management.commands.export_gold import groups_of
from ingest.load.page import load_page
from ingest.pipeline import extract_bytes
from tests.brands.factories import bear_out
from tests.curation.jobs import samples
from tests.scoring.harvest import sources
from tests.scoring.runs import GoldSet, report_with_misses
from tests.scoring.training.samples import samples_of, staff_gold, training_sets
from tests.scoring.training.tagger import labelled_sentences

pytestmark = [pytest.mark.usefixtures("divisions"), pytest.mark.django_db]

FACTS = (Brand, Program, Statistic)
KINDS = ("brands", "programs", "statistics")
TEXT = "护工走出大山\n\n山西省吕梁市打造劳务品牌“吕梁山护工”，带动就业9万人。劳务品牌“文水面塑匠”也走南闯北。\n"


@pytest.fixture
def page() -> Page:
    return load(TEXT)


def load(text: str, name: str = "1.txt") -> Page:
    load_page(extract_bytes(name, text.encode()), version="test")
    return Page.objects.latest("pk")


def decide(review: ReviewState = ReviewState.CONFIRMED) -> None:
    for model in FACTS:
        model._base_manager.update(review=review)


def export(folder: Path, *more: str) -> list[dict[str, Any]]:
    call_command("export_gold", str(folder), *more, verbosity=0)
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "gold").glob("*.json"))]


def score(corpus: Path, folder: Path) -> dict[str, Any]:
    """What the extraction finds of the gold, read from the texts beside it."""
    return report_with_misses(corpus, GoldSet.of("exported", folder / "gold", folder / "texts"))[0]


def wrong(report: dict[str, Any], kind: str) -> tuple[int, int]:
    return report[kind]["fp"], report[kind]["fn"]


def names(gold: dict[str, Any]) -> list[str]:
    return [one["name"] for one in gold["brands"]]


class TestScoring:
    def test_an_extraction_that_was_confirmed_is_right(self, corpus: Path, tmp_path: Path) -> None:
        for file in samples("02_", "101_", "07_"):
            load_page(extract_bytes(file.name, file.data), version="test")
        decide()
        assert len(export(tmp_path)) == 3
        report = score(corpus, tmp_path)
        for kind in (*KINDS, "statistics_with_scope", "relevant_articles"):
            assert wrong(report, kind) == (0, 0), kind
        assert report["brands"]["tp"] > 10
        assert report["statistics"]["tp"] > 20
        assert {name for name, one in report["accuracy"].items() if one["rate"] < 1} == set()

    def test_what_was_rejected_and_what_was_corrected_is_wrong(self, page: Page, corpus: Path, tmp_path: Path) -> None:
        decide()
        Brand.objects.filter(name="文水面塑匠").update(review=ReviewState.REJECTED)
        row = Statistic.objects.get(value=90000)
        row.value = row.value * 2
        row.save()
        export(tmp_path)
        report = score(corpus, tmp_path)
        assert wrong(report, "brands") == (1, 0)
        assert wrong(report, "statistics") == (1, 1)

    def test_what_was_added_is_missed(self, page: Page, corpus: Path, tmp_path: Path) -> None:
        decide()
        added = Brand.objects.create(name="大山护工队", review=ReviewState.CONFIRMED)
        bear_out(added, Article.objects.get(), "护工走出大山")
        (gold,) = export(tmp_path)
        assert "护工走出大山" in names(gold), "the page calls it so"
        assert wrong(score(corpus, tmp_path), "brands") == (0, 1)


class TestWhichPages:
    def test_a_page_on_which_something_waits_is_none(self, page: Page, corpus: Path, tmp_path: Path) -> None:
        assert export(tmp_path / "none") == []
        Brand.objects.filter(name="吕梁山护工").update(review=ReviewState.CONFIRMED)
        assert export(tmp_path / "one") == []
        (gold,) = export(tmp_path / "partial", "--partial")
        waits = {one["name"] for one in gold["brands"] if one.get("optional")}
        assert waits == set(names(gold)) - {"吕梁山护工"} != set()
        assert all(one["optional"] for one in gold["statistics"])
        report = score(corpus, tmp_path / "partial")
        assert (report["brands"]["tp"], *wrong(report, "brands")) == (1, 0, 0)

    def test_another_value_that_is_proposed_waits(self, page: Page, tmp_path: Path) -> None:
        decide()
        row = Brand.objects.get(name="吕梁山护工")
        Proposal.objects.create(brand=row, field="level", value="county", value_key="county")
        assert export(tmp_path / "none") == []
        Proposal.objects.update(state="declined")
        assert len(export(tmp_path / "all")) == 1

    def test_a_page_of_which_all_was_rejected_teaches_that_there_is_nothing(self, page: Page, tmp_path: Path) -> None:
        decide(ReviewState.REJECTED)
        (gold,) = export(tmp_path / "facts")
        assert [gold[kind] for kind in KINDS] == [[], [], []]
        assert [one.get("optional") for one in gold["articles"]] == [True], "nobody said what it is about"
        Article.objects.get().correct(relevant=False)
        (gold,) = export(tmp_path / "article")
        assert [(one["relevant"], one.get("optional")) for one in gold["articles"]] == [(False, None)]

    def test_numbers_of_a_brand_that_was_rejected_go_with_it(self, page: Page, tmp_path: Path) -> None:
        assert Statistic.objects.get().brand is not None
        Brand.objects.update(review=ReviewState.REJECTED)
        (gold,) = export(tmp_path)
        assert gold["statistics"] == []

    def test_a_source_of_a_person_is_none(self, tmp_path: Path) -> None:
        source = article_of(OwnSource("名单", "县人社局", None, ""), ["文水面塑匠"])
        bear_out(Brand.objects.create(name="文水面塑匠", review=ReviewState.CONFIRMED), source, "文水面塑匠")
        assert export(tmp_path) == []

    def test_only_an_empty_folder_is_written_to(self, tmp_path: Path) -> None:
        (tmp_path / "mine").touch()
        with pytest.raises(CommandError, match="is not empty"):
            export(tmp_path)


class TestWhatIsClaimed:
    def test_the_text_is_the_page_and_the_places_are_in_it(self, tmp_path: Path) -> None:
        told = TEXT.replace("吕梁山护工", "吕梁山\n护 工").replace("\n", "\r\n")
        load_page(extract_bytes("版/1 .txt", told.encode("gb18030")), version="test")
        decide()
        (gold,) = export(tmp_path)
        text = (tmp_path / "texts" / gold["file"]).read_bytes().decode()
        assert text == Page.objects.get().text
        (piece,) = next(one["evidence"] for one in gold["brands"] if one["name"] == "吕梁山护工")
        assert "".join(text[slice(*piece)].split()) == "吕梁山护工"
        (number,) = gold["statistics"]
        assert number["stated"] == "".join(text[slice(*number["evidence"])].split())
        assert "9万" in number["stated"]

    def test_a_brand_is_called_what_the_page_calls_it(self, page: Page, tmp_path: Path) -> None:
        row = Brand.objects.get(name="吕梁山护工")
        row.name = "吕梁护理员"
        row.save()
        row.also_called("吕梁山护工")
        decide()
        (gold,) = export(tmp_path)
        assert "吕梁山护工" in names(gold)
        assert {one["subject"]["name"] for one in gold["statistics"]} == {"吕梁山护工"}

    def test_what_other_pages_say_of_a_brand_is_not_claimed(self, page: Page, tmp_path: Path) -> None:
        load("护工获评省级\n\n山西省公布省级劳务品牌，“吕梁山护工”入选省级劳务品牌。\n", "2.txt")
        decide()
        assert Brand.objects.get(name="吕梁山护工").level == "provincial"
        levels = [
            one.get("level") for gold in export(tmp_path) for one in gold["brands"] if one["name"] == "吕梁山护工"
        ]
        assert sorted(levels, key=str) == [None, "provincial"]

    def test_date_and_paper_are_claimed_where_somebody_set_them(self, page: Page, tmp_path: Path) -> None:
        decide()
        assert "publisher" not in export(tmp_path / "read")[0]["articles"][0]
        Article.objects.get().correct(publisher="吕梁日报")
        assert export(tmp_path / "set")[0]["articles"][0]["publisher"] == "吕梁日报"


class TestTraining:
    def test_models_are_made_from_it(
        self, page: Page, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sets = len(training_sets(corpus))
        decide()
        export(tmp_path)
        monkeypatch.setenv("LAOBRAND_GOLD", str(tmp_path))
        *_others, made = training_sets(corpus)
        assert len(training_sets(corpus)) == sets + 1
        (sample,) = samples_of(made)
        assert (sample.about, sample.unseen) == (True, True)
        begun = sum(labels.count("B") for _features, labels in labelled_sentences(sample, 0.9))
        assert begun == TEXT.count("吕梁山护工") + TEXT.count("文水面塑匠")

    def test_pages_of_other_gold_are_left_out_since_some_is_held_out(
        self, page: Page, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for file in samples("02_", "102_"):
            load_page(extract_bytes(file.name, file.data), version="test")
        decide()
        assert len(export(tmp_path)) == 3
        monkeypatch.setenv("LAOBRAND_GOLD", str(tmp_path))
        (made,) = staff_gold(corpus)
        assert [path.name for path in made.gold.texts()] == [f"1-{page.sha256[:8]}.txt"]

    def test_a_folder_without_gold_is_refused(
        self, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LAOBRAND_GOLD", str(tmp_path))
        with pytest.raises(SystemExit, match="no gold"):
            training_sets(corpus)

    def test_pages_that_tell_of_the_same_are_one_group(self, page: Page, tmp_path: Path) -> None:
        load("护工又走出大山\n\n山西省吕梁市劳务品牌“吕梁山护工”闻名全国。\n", "2.txt")
        load("厨师走出大山\n\n山西省大同市打造劳务品牌“天镇厨师”，带动就业3万人。\n", "3.txt")
        decide()
        export(tmp_path)
        groups = {row["file"][0]: row["group"] for row in sources(tmp_path)}
        assert groups["1"] == groups["2"] != groups["3"]

    def test_groups_are_joined_by_what_lies_between(self) -> None:
        ties = {"a.txt": {"1"}, "b.txt": {"2"}, "c.txt": {"1", "2"}, "d.txt": {"3"}, "e.txt": set[str]()}
        assert groups_of(ties) == {"a.txt": "a", "b.txt": "a", "c.txt": "a", "d.txt": "d", "e.txt": "e"}
