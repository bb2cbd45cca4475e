"""`manage.py export`: the form, what it refuses, that no half file is left, and how the rows are read."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpRequest, QueryDict
from django.test.utils import CaptureQueriesContext

from brands.downloads import chosen, files
from brands.downloads.tables import TABLES
from brands.listing import read_model
from brands.models import Card
from tests.brands.factories import article, brand, statistic
from tests.variables import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def made() -> None:
    for number in range(5):
        one = brand(f"工匠{number}")
        statistic(one, 100 + number, as_of="2025", source=article(f"工匠{number}有{100 + number}人。"))
    read_model.rebuild()


def export(*words: str) -> None:
    call_command("export", *words)


def test_the_ending_says_the_form(tmp_path: Path) -> None:
    for ending, start in (("csv", b"\xef\xbb\xbf"), ("jsonl", b"{"), ("jsonld", b'{"@context"'), ("xlsx", b"PK")):
        export("brands", "--output", str(tmp_path / f"a.{ending}"))
        assert (tmp_path / f"a.{ending}").read_bytes().startswith(start)
    export("brands", "--output", str(tmp_path / "b.csv"), "--no-bom", "--language", "en")
    assert (tmp_path / "b.csv").read_bytes().startswith(b"Number,Name")
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "a.jsonl", "a.jsonld", "a.xlsx", "b.csv"}
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o666 & ~umask


def test_standard_output_by_a_process_of_its_own() -> None:
    """Of an empty database: what stands there is read by others (tests/brands/test_downloads.py)."""
    environment = os.environ | {"DATABASE_URL": "sqlite://:memory:"}
    command = [sys.executable, "manage.py", "export", "--help"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    assert "statistics" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("brands", "--filter", "colour=red"), "colour"),
        (("brands", "--filter", "region=999999"), "999999"),
        (("brands", "--filter", "headcount_min=5&headcount_max=4"), "headcount_max"),
        (("evidence", "--filter", "brand=x"), "brand"),
        (("evidence", "--filter", "brand=999999"), "brand"),
        (("regions", "--filter", "region=140000"), "region"),
        (("articles", "--sentences"), "rows"),
        (("brands", "--sentences", "--form", "xlsx"), "rows"),
        (("brands", "--form", "pdf"), "pdf"),
        (("people",), "people"),
    ],
)
def test_what_can_t_be_followed_is_named(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        export(*words, "--output", str(tmp_path / "file"))
    assert list(tmp_path.iterdir()) == []


def test_a_form_that_the_file_contradicts(tmp_path: Path) -> None:
    for words, told in ((("--output", "a.pdf"), r"\.pdf"), (("--output", "a.csv", "--form", "xlsx"), "csv")):
        with pytest.raises(CommandError, match=told):
            export("brands", *words)
    with pytest.raises(CommandError, match="No such file"):
        export("brands", "--output", str(tmp_path / "nowhere" / "a.csv"))


def test_a_failure_leaves_the_file_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("before")

    def broken(batches: Iterator[Any]) -> Iterator[str]:
        yield "half"
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "_json_lines", broken)
    with pytest.raises(KeyboardInterrupt):
        export("brands", "--output", str(file))
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_csv_without_sentences_reads_none() -> None:
    request = HttpRequest()
    request.META = {"HTTP_HOST": "testserver"}
    for quoted in (True, False):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            (batch,) = TABLES["statistics"].chosen(QueryDict(""), "").batches(request, quoted=quoted)
        assert len(batch) == 5
        assert any("context_start" in one["sql"] for one in asked.captured_queries) == quoted


@pytest.mark.parametrize("kind", ["statistics", "articles", "brands"])
def test_rows_behind_one_are_read_off_the_index(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sorted, however much there is; with OR between the parts SQLite sorted all that comes after."""
    if connection.vendor != "sqlite":
        pytest.skip("how SQLite reads")
    monkeypatch.setattr(chosen, "BATCH", 2)
    listing = TABLES[kind].chosen(QueryDict(""), "").listing  # type: ignore[attr-defined]
    first = listing.slice(0, 2)
    with CaptureQueriesContext(connection) as asked:
        assert listing.following(first[-1]["id"], 2)
    with connection.cursor() as cursor:
        for one in asked.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {one['sql']}")
            plan = [row[3] for row in cursor.fetchall()]
            assert not [step for step in plan if "TEMP B-TREE" in step or "MULTI-INDEX" in step], (plan, one["sql"])
    assert Card.objects.count() == 5
