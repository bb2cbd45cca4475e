"""A dump that is loaded into an empty installation: the same public data, and pages that work."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from brands.audit.merge import MergeChoice, merge
from brands.audit.redirects import bring_back, leave, names_taken_over
from brands.dumps.files import PACKAGE, SUMS, DumpError, read_package, write_sums
from brands.dumps.loading import load_dump
from brands.dumps.writing import write_dump
from brands.listing import sync
from brands.models import (
    Article,
    Brand,
    BrandAlias,
    ChangeSet,
    Evidence,
    Page,
    Program,
    ProgramRedirect,
    Proposal,
    Redirect,
    Region,
    Statistic,
)
from brands.models.source import BY_HAND
from brands.vocabulary.choices import Departure
from tests.brands.dumps.conftest import LATER, NOON
from tests.brands.factories import catalogue, regions
from tests.brands.pages import page, text_of
from tests.brands.whole import replayed, state, without_long_texts

pytestmark = pytest.mark.django_db


def differing(one: Path, other: Path) -> set[str]:
    return {path.name for path in one.iterdir() if path.read_bytes() != (other / path.name).read_bytes()}


class TestRoundTrip:
    @pytest.fixture(autouse=True)
    def loaded(self, of_samples: Path) -> None:
        self.folder = of_samples
        load_dump(of_samples)

    def test_a_dump_of_what_was_loaded_is_the_same(self, tmp_path: Path, client: Client) -> None:
        again = write_dump(tmp_path, NOON).folder
        assert differing(self.folder, again) <= {PACKAGE, SUMS}
        told, told_again = read_package(self.folder), read_package(again)
        for package in (told, told_again):
            del package["laobrand"]["changes"]  # the audit log is another one
        assert told == told_again
        assert list(sync.differences()) == []
        assert replayed() == without_long_texts(state())
        self.check_pages(client)

    def check_pages(self, client: Client) -> None:
        carer = Brand.objects.get(name="吕梁山护工")
        assert Evidence.objects.filter(brand=carer).exists()
        for piece in Evidence.objects.select_related("article__page"):
            assert piece.quote.strip()
            assert piece.quote in piece.sentence
        quote = Evidence.objects.filter(brand=carer, field="").order_by("article_id", "start")[0]
        assert carer.name in text_of(page(client, carer.get_absolute_url()))
        assert quote.quote in text_of(page(client, quote.article.get_absolute_url()))
        number = Statistic.objects.published().filter(brand=carer)[0]
        html = text_of(page(client, number.get_absolute_url()))
        assert number.evidence.filter(field="")[0].article.title in html
        assert carer.name in text_of(page(client, "/search/?q=吕梁护工"))
        assert carer.name in text_of(page(client, "/brands/?sort=reports"))
        assert not Page.objects.exclude(extractor=BY_HAND).exists()


class TestIntoWhatIsThere:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """A dump of a small catalogue, which stands."""
        catalogue()
        gone = Brand.objects.get(name="无名工匠")
        gone.evidence.all().delete()
        return write_dump(tmp_path, NOON).folder

    def test_a_catalogue_is_not_written_over(self, folder: Path) -> None:
        before = state()
        with pytest.raises(CommandError, match="--replace"):
            call_command("load_dump", folder)
        with pytest.raises(DumpError, match="a catalogue already"):
            load_dump(folder)
        assert state() == before

    def test_a_catalogue_is_replaced_where_that_is_asked_for(self, folder: Path, tmp_path: Path) -> None:
        carer = Brand.objects.get(name="吕梁山护工")
        Proposal.objects.create(brand=carer, field="level", value="county", value_key="county")
        Region.objects.create(adcode="150000", name="多余", common_name="多余", level="province", pinyin="")
        Brand.objects.filter(name="天镇保姆").update(name="改了名", name_key="改了名")
        call_command("load_dump", folder, replace=True, verbosity=0)
        again = write_dump(tmp_path / "again", NOON).folder
        assert differing(folder, again) <= {PACKAGE, SUMS}
        assert not Proposal.objects.exists()
        assert Brand.objects.filter(name="天镇保姆").exists()
        assert list(sync.differences()) == []
        assert ChangeSet.objects.get(note=f"load_dump {folder.name}").kind == "import"

    def test_other_names_are_kept_when_a_page_does_not_say_them(self, folder: Path) -> None:
        load_dump(folder, replace=True)
        assert BrandAlias.objects.get(name="吕梁护工").by_hand

    def test_numbers_go_on_behind_those_of_the_dump(self, tmp_path: Path) -> None:
        """Also behind brands that are gone: their numbers lead to where they went."""
        catalogue()
        gone = Brand.objects.create(pk=900, name="并掉的品牌")
        program = Program.objects.create(pk=900, name="并掉的活动", kind="contest")
        merge(Brand, Brand.objects.get(name="吕梁山护工").pk, gone.pk, MergeChoice(), author=None, why="")
        merge(Program, Program.objects.order_by("pk")[0].pk, program.pk, MergeChoice(), author=None, why="")
        folder = write_dump(tmp_path, LATER).folder
        load_dump(folder, replace=True)
        assert Brand.objects.create(name="新来的").pk > 900
        assert Program.objects.create(name="新来的", kind="contest").pk > 900
        article = Article.objects.order_by("-pk")[0]
        assert Page.objects.create(name="x", sha256="x", encoding="", text="", extractor="").pk > article.page_id

    def test_addresses_of_what_was_merged_lead_on(self, tmp_path: Path, client: Client) -> None:
        """And who reads an old name of a program is led to the one that stayed."""
        catalogue()
        addresses = {}
        model: Any
        for model in (Brand, Program):
            kept, gone = list(model._default_manager.order_by("pk")[:2])
            addresses[gone.get_absolute_url()] = kept
            merge(model, kept.pk, gone.pk, MergeChoice(), author=None, why="")
        merged = Brand.objects.order_by("pk")[1]
        Brand.objects.filter(pk=merged.pk).update(review="confirmed")
        leave([merged], Departure.UNFOUNDED)
        number = merged.pk
        merged.delete()
        folder = write_dump(tmp_path, NOON).folder
        before = addresses_of(Redirect), addresses_of(ProgramRedirect)
        load_dump(folder, replace=True)
        assert (addresses_of(Redirect), addresses_of(ProgramRedirect)) == before
        assert differing(folder, write_dump(tmp_path / "again", NOON).folder) <= {PACKAGE, SUMS}
        for address, heir in addresses.items():
            assert client.get(address)["Location"] == type(heir).objects.get(pk=heir.pk).get_absolute_url()
        assert names_taken_over(Program, [gone.name_key]) == {kept.pk: [(gone.name_key, gone.place_id or "")]}
        again = Brand(name=merged.name, region_id=merged.region_id).prepare()
        bring_back([again])
        assert again.pk == number

    @pytest.mark.parametrize(
        ("damage", "why"),
        [
            pytest.param(lambda folder: _append(folder / "brands.jsonl"), "damaged", id="a byte more"),
            pytest.param(lambda folder: (folder / "brands.csv").unlink(), "missing", id="a file less"),
            pytest.param(lambda folder: (folder / SUMS).unlink(), "SHA256SUMS", id="no sums"),
            pytest.param(lambda folder: (folder / SUMS).write_text("brands.csv"), "no SHA-256 sums", id="bad sums"),
            pytest.param(lambda folder: _package(folder, lambda told: told.update(format=99)), "format 99", id="newer"),
            pytest.param(lambda folder: _package(folder, lambda told: told.clear()), "format None", id="no format"),
            pytest.param(
                lambda folder: _rewrite(folder, "brands.jsonl", '"pinyin"', '"sound"'), "other columns", id="columns"
            ),
            pytest.param(
                lambda folder: _rewrite(folder, "evidence.jsonl", '"sentence": "', '"sentence": "多'),
                "does not fill its place",
                id="a sentence too long",
            ),
            pytest.param(
                lambda folder: _rewrite(folder, "evidence.jsonl", '"words": "', '"words": "多'),
                "are not in their sentence",
                id="words that it does not say",
            ),
            pytest.param(
                lambda folder: _rewrite(folder, "brands.jsonl", '"review": "', '"review": "x'),
                "loaded",
                id="no verdict",
            ),
            pytest.param(
                lambda folder: _rewrite(folder, "brand_names.jsonl", '"brand": ', '"brand": 99'),
                "loaded",
                id="no brand",
            ),
            pytest.param(lambda folder: _rewrite(folder, "brands.jsonl", "{", "["), "loaded", id="no JSON"),
        ],
    )
    def test_a_damaged_or_foreign_dump_is_refused(self, folder: Path, damage: object, why: str) -> None:
        damage(folder)  # type: ignore[operator]
        before = state()
        with pytest.raises(DumpError, match=why):
            load_dump(folder, replace=True)
        assert state() == before

    def test_a_link_out_of_the_folder_is_refused(self, folder: Path, tmp_path: Path) -> None:
        shutil.move(folder / "brands.csv", tmp_path / "elsewhere")
        (folder / "brands.csv").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(DumpError, match=r"brands\.csv is missing"):
            load_dump(folder, replace=True)


def test_into_an_installation_that_has_only_divisions(of_samples: Path) -> None:
    regions()
    Region.objects.filter(pk="140000").update(name="旧名")
    call_command("load_dump", of_samples, verbosity=0)
    assert Region.objects.get(pk="140000").name == "山西省"


def addresses_of(model: Any) -> list[tuple[Any, ...]]:
    return list(model.objects.order_by("pk").values_list("pk", "heir", "since"))


def _append(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(" ")


def _rewrite(folder: Path, name: str, old: str, new: str) -> None:
    """Change the first line, and the sums with it."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    write_sums(folder, [one.name for one in folder.iterdir() if one.name != SUMS])


def _package(folder: Path, change: object) -> None:
    package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    change(package["laobrand"])  # type: ignore[operator]
    (folder / PACKAGE).write_text(json.dumps(package), encoding="utf-8")
    write_sums(folder, [one.name for one in folder.iterdir() if one.name != SUMS])
