"""The commands as people run them: on files, folders and standard input, good and bad."""

import json
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from brands.models import Article, Brand, Change, ChangeSet, Evidence, Page, Program, Region, RegionName, Statistic
from ingest.load import change_set
from ingest.load.page import load_page
from ingest.management.commands import extract_facts, ingest_pages
from ingest.pipeline import extract_bytes
from ingest.read import MAX_BYTES
from ingest.records import PageFacts
from tests.ingest.dump import dump

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "ingest" / "samples"
GOOD = ("02_tianzhen_baomu.txt", "08_jingmen_shida.txt", "13_ningxia_liangpi.txt")
BAD = {
    "empty.txt": (b"", "the file is empty"),
    "garbage.txt": (bytes(range(128, 256)) * 40, "the file is in none of the known encodings"),
    "large.txt": ("好".encode() * (MAX_BYTES // 2), "the file is larger than the limit"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 500, "the file is binary, not text"),
}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A folder with three sample pages."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in GOOD:
        shutil.copy(SAMPLES / name, folder)
    return folder


@pytest.fixture
def mixed(good: Path) -> Path:
    """The same folder, with files beside them that are no pages."""
    for name, (data, _reason) in BAD.items():
        (good / name).write_bytes(data)
    (good / "notes.md").write_text("not a page")
    return good


def call(command: str, *arguments: Any, **options: Any) -> tuple[str, str, CommandError | None]:
    """What a command writes to its two outputs, and how it fails."""
    out, err = StringIO(), StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), error
    return out.getvalue(), err.getvalue(), None


def manage(*arguments: str, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    """A command in a process of its own, with a database that nobody could reach."""
    environment = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere"} | options.pop("env", {})
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        **options,
    )


class TestExtractFacts:
    """None of these tests may touch a database; pytest-django raises where one does."""

    def test_prints_a_line_a_page_in_order(self, good: Path) -> None:
        out, err, error = call("extract_facts", good)
        assert [json.loads(line)["file"] for line in out.splitlines()] == list(GOOD)
        assert (err, error) == ("", None)

    def test_prints_facts_that_stand_in_the_file(self, good: Path) -> None:
        out, _, _ = call("extract_facts", good / GOOD[0])
        facts, text = json.loads(out), (good / GOOD[0]).read_text()
        assert "天镇保姆" in {text[start:end] for brand in facts["brands"] for start, end in brand["evidence"]}
        assert all(fact["stated"] for fact in facts["statistics"])

    def test_goes_on_after_bad_files_and_names_them(self, mixed: Path) -> None:
        out, err, error = call("extract_facts", mixed, mixed / "gone.txt")
        assert [json.loads(line)["file"] for line in out.splitlines()] == list(GOOD)
        assert error is not None
        assert (str(error), error.returncode) == ("5 of 8 files failed", 1)
        for name, (_, reason) in BAD.items():
            assert f"{mixed / name}: {reason}" in err
        assert f"{mixed / 'gone.txt'}: no such file or folder" in err
        assert "1 files in folders are not *.txt and were passed over" in err

    def test_names_a_stage_that_fails_and_goes_on(self, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(name: str, data: bytes) -> PageFacts:
            if name == GOOD[1]:
                raise KeyError(name)
            return extract_bytes(name, data)

        monkeypatch.setattr(extract_facts, "extract_bytes", fails)
        out, err, error = call("extract_facts", good)
        assert len(out.splitlines()) == 2
        assert str(error) == "1 of 3 files failed"
        assert err.splitlines() == [
            line for line in err.splitlines() if line.startswith(f"{good / GOOD[1]}: KeyError: ")
        ]

    def test_shares_the_work_without_changing_the_result(self, mixed: Path) -> None:
        one, two = call("extract_facts", mixed), call("extract_facts", mixed, jobs=2)
        assert two[:2] == one[:2]
        assert str(two[2]) == str(one[2])

    def test_needs_no_database_and_reads_standard_input(self, good: Path) -> None:
        data = (good / GOOD[0]).read_bytes()
        done = manage("extract_facts", "-", "--name", "稿.txt", input=data, env={"LC_ALL": "C", "PYTHONUTF8": "0"})
        assert (done.returncode, done.stderr) == (0, b"")
        assert json.loads(done.stdout.decode())["file"] == "稿.txt"

    def test_ends_with_status_1_and_without_a_traceback(self, mixed: Path) -> None:
        done = manage("extract_facts", str(mixed))
        assert (done.returncode, len(done.stdout.splitlines())) == (1, 3)
        assert b"Traceback" not in done.stderr

    def test_ends_quietly_when_nobody_reads(self) -> None:
        command = [sys.executable, "manage.py", "extract_facts", *[str(SAMPLES)] * 5]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            assert process.stdout.readline().startswith(b'{"file"')
            process.stdout.close()
            assert process.wait(30) == extract_facts.CLOSED_PIPE
            assert process.stderr.read() == b""

    def test_writes_each_line_when_it_is_done(self, good: Path) -> None:
        """Standard input stays open, so the last page never comes; the lines before it are there all the same."""
        command = [sys.executable, "manage.py", "extract_facts", str(good), "-"]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdin is not None
            assert [json.loads(process.stdout.readline())["file"] for _ in GOOD] == list(GOOD)
            process.stdin.write((SAMPLES / GOOD[0]).read_bytes())
            process.stdin.close()
            assert json.loads(process.stdout.readline())["file"] == "-"

    @pytest.mark.parametrize("jobs", ["-1", "x", "1.5", ""])
    def test_refuses_a_number_of_jobs_that_is_none(self, good: Path, jobs: str) -> None:
        _, _, error = call("extract_facts", good, f"--jobs={jobs}")
        assert "expected a whole number, 0 or more" in str(error)


@pytest.mark.django_db
class TestLoadRegions:
    def test_loads_all_divisions_and_their_names(self) -> None:
        out, _, _ = call("load_regions")
        assert "created" in out
        assert Region.objects.get(adcode="450000").common_name == "广西"
        assert Region.objects.get(adcode="450181").parent_id == "450100"
        assert Region.objects.filter(level="province").count() == 34
        assert Region.objects.get(adcode="450000").names.filter(name="八桂", kind="literary").exists()

    def test_writes_nothing_the_second_time(self, django_assert_num_queries: Any) -> None:
        call("load_regions")
        changes = Change.objects.count()
        with django_assert_num_queries(13):  # two questions inside a transaction, in a change set that is taken back
            out, _, _ = call("load_regions")
        assert "nothing to change" in out
        assert Change.objects.count() == changes
        assert [change_set.kind for change_set in ChangeSet.objects.all()] == ["regions"]

    def test_mends_what_differs(self) -> None:
        call("load_regions")
        Region.objects.filter(adcode="450181").update(common_name="横县", parent=None)
        Region.objects.create(adcode="999900", name="某市", common_name="某", level="prefecture", pinyin="mou")
        Region.objects.create(
            adcode="999901", name="某区", common_name="某", level="county", pinyin="mou", parent_id="999900"
        )
        RegionName.objects.create(region_id="450000", name="粤西", kind="literary")
        RegionName.objects.filter(name="八桂").update(note="")
        out, err, _ = call("load_regions")
        assert "0 created, 1 updated, 2 deleted; other names: 1 written, 1 deleted" in out
        assert err == ""
        assert "nothing to change" in call("load_regions")[0]

    @pytest.mark.parametrize("use", ["brand", "program"])
    def test_keeps_a_division_that_is_in_use(self, use: str) -> None:
        call("load_regions")
        gone = Region.objects.create(adcode="999900", name="某市", common_name="某", level="prefecture", pinyin="mou")
        if use == "brand":
            Brand.objects.create(name="某护工", region=gone)
        else:
            Program.objects.create(name="某大会", kind="conference").regions.add(gone)
        _, err, _ = call("load_regions")
        assert "999900 某市 is no longer listed, but in use: kept" in err
        assert Region.objects.filter(adcode="999900").exists()


@pytest.mark.usefixtures("regions", "db")
class TestIngestPages:
    def test_tells_a_date_that_it_cannot_read(self, tmp_path: Path) -> None:
        page = tmp_path / "页.txt"
        page.write_text("“平舆防水”劳务品牌进京\n发布时间：11-05\n“平舆防水”劳务品牌带动就业25万人。", encoding="utf-8")
        out, _, _ = call("ingest_pages", page)
        assert f"Date not understood: {page}: 11-05\n" in out
        assert Article.objects.get().published_on is None

    def test_brings_pages_in_and_says_so(self, good: Path) -> None:
        out, err, error = call("ingest_pages", good)
        assert "Pages: 3 new, 0 changed, 0 unchanged, 0 rejected" in out
        assert f"Brand: {Brand.objects.count()} created" in out
        assert (err, error) == ("", None)
        assert {page.name for page in Page.objects.all()} == set(GOOD)
        assert Brand.objects.published().filter(name="天镇保姆").exists()

    def test_a_run_is_a_batch_unless_it_changes_nothing(self, good: Path) -> None:
        call("ingest_pages", good, dry_run=True)
        assert not ChangeSet.objects.filter(kind="ingest").exists()
        call("ingest_pages", good)
        change_set = ChangeSet.objects.get(kind="ingest")
        assert (change_set.author, change_set.note) == (None, str(good))
        assert change_set.changes.filter(table="brands_page", action="+").count() == len(GOOD)
        assert not Change.objects.filter(change_set=None, table="brands_brand").exists()
        call("ingest_pages", good)
        assert ChangeSet.objects.filter(kind="ingest").count() == 1

    def test_every_fact_is_borne_out_by_its_words(self, good: Path) -> None:
        call("ingest_pages", good)
        assert {row.quote for row in Evidence.objects.filter(brand__name="天镇保姆", field="")} == {"天镇保姆"}
        assert not Statistic.objects.filter(evidence=None).exists()

    def test_writes_nothing_the_second_time(self, good: Path) -> None:
        call("ingest_pages", good)
        before = dump()
        shutil.copy(good / GOOD[0], good / "again.txt")
        out, _, _ = call("ingest_pages", good)
        assert out == "Pages: 0 new, 0 changed, 4 unchanged, 0 rejected\n"
        assert dump() == before

    def test_reads_all_again_with_another_extractor(self, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        call("ingest_pages", good)
        monkeypatch.setattr(ingest_pages, "extractor_version", lambda: "0.0+other")
        Brand.objects.filter(name="天镇保姆").update(industry="other")
        Statistic.objects.order_by("pk").last().delete()  # type: ignore[union-attr]
        out, _, _ = call("ingest_pages", good, verbosity=2)
        assert "Pages: 0 new, 2 changed, 1 unchanged, 0 rejected" in out or "1 changed, 2 unchanged" in out
        assert "  ~ Brand 天镇保姆 (industry)" in out
        assert "Statistic: 1 created" in out
        assert set(Page.objects.values_list("extractor", flat=True)) == {"0.0+other"}

    def test_rejects_bad_files_and_brings_in_the_good(self, mixed: Path) -> None:
        out, err, error = call("ingest_pages", mixed, mixed / "gone.txt")
        assert "Pages: 3 new, 0 changed, 0 unchanged, 5 rejected" in out
        for name, (_, reason) in BAD.items():
            assert f"{mixed / name}: {reason}" in err
        assert error is not None
        assert (str(error), error.returncode) == ("5 of 8 files rejected", 1)
        assert Page.objects.count() == 3

    def test_shares_the_work_without_changing_the_result(self, mixed: Path) -> None:
        call("ingest_pages", mixed, jobs=2)
        shared = dump()
        for model in (Page, Brand, Program, Statistic):
            model._default_manager.all().delete()
        call("ingest_pages", mixed)
        assert dump() == shared

    def test_tells_which_field_of_which_file_is_not_understood(self, tmp_path: Path) -> None:
        page = tmp_path / "odd.txt"
        page.write_text("---\ntitle: 甲\npublished_on: 2204-11-06\n---\n甲\n\n正文一句话。\n", encoding="utf-8")
        out, err, error = call("ingest_pages", page)
        assert "Pages: 1 new, 0 changed, 0 unchanged, 0 rejected" in out
        assert "odd.txt: published_on: not understood and left out: 2204-11-06" in err
        assert error is None
        assert Article.objects.get().published_on is None

    def test_a_dry_run_tells_and_writes_nothing(self, mixed: Path) -> None:
        out, err, _ = call("ingest_pages", mixed, dry_run=True)
        assert f"{GOOD[0]}: new" in out
        assert "  + Brand 天镇保姆" in out
        assert "It would have been:\nPages: 3 new" in out
        assert "the file is empty" in err
        assert not Page.objects.exists()
        assert not Brand.objects.exists()

    def test_a_dry_run_tells_of_changes(self, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        call("ingest_pages", good)
        monkeypatch.setattr(ingest_pages, "extractor_version", lambda: "0.0+other")
        Brand.objects.filter(name="天镇保姆").update(industry="other")
        before = dump()
        out, _, _ = call("ingest_pages", good, dry_run=True)
        assert "  ~ Brand 天镇保姆 (industry)" in out
        assert dump() == before

    def test_a_page_that_the_database_refuses_costs_itself_alone(
        self, good: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuses(facts: Any, **options: Any) -> Any:
            if facts.page.name == GOOD[1]:
                raise ValueError("no such region")
            return load_page(facts, **options)

        monkeypatch.setattr(change_set, "load_page", refuses)
        out, err, _ = call("ingest_pages", good)
        assert "2 new" in out
        assert f"{GOOD[1]}: ValueError: no such region" in err

    def test_stops_when_the_database_is_gone(self, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone(facts: Any, **options: Any) -> Any:
            raise OperationalError("connection\nlost")

        monkeypatch.setattr(change_set, "load_page", gone)
        _, _, error = call("ingest_pages", good)
        assert str(error) == "The database failed: connection lost"


@pytest.mark.django_db
def test_without_regions_no_page_is_brought_in(good: Path) -> None:
    _, _, error = call("ingest_pages", good)
    assert "run `manage.py load_regions` first" in str(error)


@pytest.mark.usefixtures("regions", "db")
def test_the_samples_fill_the_map() -> None:
    """What a new installation starts with."""
    _, err, error = call("ingest_pages", SAMPLES)
    assert (err, error) == ("", None)
    published = Brand.objects.published()
    assert published.count() >= 200
    provinces = {code[:2] for code in published.values_list("region_id", flat=True) if code and code != "100000"}
    assert len(provinces - {"71", "81", "82"}) >= 28
    assert Article.objects.filter(relevant=True).count() >= 45
